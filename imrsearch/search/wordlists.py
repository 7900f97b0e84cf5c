"""The word lists of ``wordlists.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from imrsearch.resources import PACKAGE


@cache
def word_lists() -> dict[str, Any]:
    """The tables of the file, not to be changed."""
    return tomllib.loads((PACKAGE / "search" / "wordlists.toml").read_text(encoding="utf-8"))


@cache
def fillers() -> frozenset[str]:
    """Words that nothing hangs on in questions and told stories."""
    return frozenset(word_lists()["fillers"]["words"].split())
