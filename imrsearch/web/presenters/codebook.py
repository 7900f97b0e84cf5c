"""What the columns of exports mean, and what an export's file is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imrsearch.search.columns import ABOUT_COLUMNS, COLUMNS
from imrsearch.search.state import SearchState

_LONGEST_LABEL = 80
_NO_PART_OF_A_NAME = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: its name, what it means, what its values are."""

    name: str
    meaning: str
    kind: str


@dataclass(frozen=True, slots=True)
class CodebookPage:
    """Everything on the page about the columns; ``limit``: rows of one export."""

    columns: tuple[ColumnLine, ...]
    about: tuple[ColumnLine, ...]
    limit: str


def codebook_page(max_export: int) -> CodebookPage:
    """The page; the columns are those that the exports write."""
    return CodebookPage(
        columns=tuple(ColumnLine(one.name, one.meaning, one.kind) for one in COLUMNS.values()),
        about=tuple(ColumnLine(name, meaning, "text") for name, meaning in ABOUT_COLUMNS.items()),
        limit=f"{max_export:,}",
    )


def file_name(state: SearchState) -> str:
    """A name that says the search: ``imrsearch-knee-mri-overturned``. Small letters, digits and
    hyphens alone."""
    chosen = ("not " * choice.excluded + choice.value for choice in state.choices)
    told = " ".join(("imrsearch", state.q, *chosen)).lower()
    return _NO_PART_OF_A_NAME.sub("-", told)[:_LONGEST_LABEL].strip("-")
