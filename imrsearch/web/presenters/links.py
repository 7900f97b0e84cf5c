"""A link as shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; ``current``: this is where one is; no ``url``: a gap."""

    label: str
    url: str | None = None
    current: bool = False
    rel: str = ""
