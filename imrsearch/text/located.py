"""What a text tells, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

LocatedValue = TypeVar("LocatedValue")


@dataclass(frozen=True, slots=True)
class Located(Generic[LocatedValue]):
    """A value, and where it stands: ``text[start:end]``."""

    value: LocatedValue
    start: int
    end: int

    @classmethod
    def at(
        cls, match: re.Match[str], value: LocatedValue, group: str | int = 0
    ) -> Located[LocatedValue]:
        """A value that a match tells, or one group of it."""
        return cls(value, *match.span(group))
