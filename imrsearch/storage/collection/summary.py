"""Counts over the whole collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from imrsearch.storage.collection.tables import LETTERS, UNREAD, sum_of

UNREAD_FILES = sa.select(sa.func.count()).select_from(UNREAD)
"""Selects the number of files that gave no letter."""


@dataclass(frozen=True, slots=True)
class CollectionSummary:
    """What the collection holds: counts, the first and last day of a decision (ISO dates), unread
    files, and letters by era and by year of decision."""

    letters: int
    issues: int
    upheld: int
    overturned: int
    first_decided: str | None
    last_decided: str | None
    warnings: int
    unread: int
    eras: dict[str, int]
    years: dict[str, int]


def summarize(connection: sa.Connection) -> CollectionSummary:
    """The summary of the collection behind a connection."""
    column = LETTERS.c
    row = connection.execute(
        sa.select(
            sa.func.count(),
            *map(sum_of, (column.issues, column.upheld, column.overturned)),
            sa.func.min(column.decided),
            sa.func.max(column.decided),
            sum_of(column.warnings),
        )
    ).one()
    letters, issues, upheld, overturned, first, last, warnings = tuple(row)
    return CollectionSummary(
        letters,
        issues,
        upheld,
        overturned,
        first_decided=None if first is None else str(first),
        last_decided=None if last is None else str(last),
        warnings=warnings,
        unread=connection.execute(UNREAD_FILES).scalar_one(),
        eras=_letters_by(connection, column.era),
        years=_letters_by(connection, sa.extract("year", column.decided)),
    )


def _letters_by(connection: sa.Connection, value: sa.ColumnElement[Any]) -> dict[str, int]:
    query = sa.select(value, sa.func.count()).group_by(value).order_by(value)
    return {str(name): count for name, count in connection.execute(query) if name is not None}
