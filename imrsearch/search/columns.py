"""The columns of exports: every fact of an issue, with what it means. One table for CSV, JSON,
Parquet, the command line and the codebook (``columns.toml``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from imrsearch.catalogue.reasons import reason_value
from imrsearch.model import Citation, DecisionReason, Issue
from imrsearch.schema.extract import guideline_comparison
from imrsearch.search.results import ResultRow
from imrsearch.system.package_data import load_toml

CellValue = str | int | float | tuple[str, ...] | None
"""The value of a cell; ``None`` if the letter does not say."""
NUMBER, LIST = "number", "list of texts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, a description of its values, its meaning, and its value for a row."""

    name: str
    kind: str
    meaning: str
    value: Callable[[ResultRow], CellValue]


def _reader_of_fact(fact: str) -> Callable[[ResultRow], CellValue]:
    """The value of a column whose ``fact`` is told by its attributes from a row on, such as
    ``issue.dose.text``."""
    owner, _, name = fact.rpartition(".")
    owner_of = attrgetter(owner) if owner else None

    def value(row: ResultRow) -> CellValue:
        known = owner_of(row) if owner_of else row
        told: CellValue = None if known is None else _cell_value(getattr(known, name))
        return told

    return value


COLUMNS: Mapping[str, Column] = {
    name: Column(name, kind, meaning, _reader_of_fact(fact))
    for name, (kind, fact, meaning) in load_toml("columns.toml").items()
}
"""The columns by name, in order."""

ABOUT_COLUMNS: Mapping[str, str] = {
    "search": "Address of the search that found the row",
    "found": "How many issues that search found; the file may hold fewer",
    "build": "Index build that was searched: the same search of it gives the same file",
}
"""The further columns of each row of a CSV file."""


def row_values(row: ResultRow, origin: str = "") -> dict[str, CellValue]:
    """Every fact of a row by column; ``origin`` is put before its address."""
    values = {name: column.value(row) for name, column in COLUMNS.items()}
    return values | {"url": origin + row.url}


def _citation_value(citation: Citation) -> str:
    """In the syntax of ``cites:``, such as ``mtus-chronic-pain: Manual therapy, p. 58, 59``."""
    if citation.guideline is None:
        return citation.text
    pages = f"p. {', '.join(map(str, citation.pages))}" if citation.pages else ""
    places = [*citation.sections, *([pages] if pages else [])]
    return citation.guideline + (f": {', '.join(places)}" if places else "")


_TOLD_AS: Mapping[type, Callable[[Any], CellValue]] = {
    bool: lambda so: "yes" if so else None,
    tuple: lambda facts: tuple(map(_cell_value, facts)),
    Citation: _citation_value,
    DecisionReason: lambda reason: reason_value(reason.criterion, reason.status),
    Issue: guideline_comparison,
}
"""How facts are told that are no values themselves; of an issue, how its guidelines compare."""


def _cell_value(fact: Any) -> Any:  # noqa: ANN401 - any fact of a row
    told = _TOLD_AS.get(type(fact))
    return told(fact) if told else fact


def cell(value: CellValue) -> str:
    """A value as one cell of text: several texts are joined by ``; ``."""
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)
