"""Verification of a collection: whether every letter can still be read as stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from imrsearch.letters.files import Source
from imrsearch.storage.collection.reader import determination_of, unpacked
from imrsearch.storage.collection.tables import LETTERS, as_stored, row_checksum
from imrsearch.system.errors import DamagedCollection

_ROWS_AT_ONCE = 100
_PACKED_COLUMNS = ("text", "determination")
_STORED = as_stored(LETTERS)

LettersDone = Callable[[int, int], None]
"""Called along the way with the number of letters that are done, and that of all."""


@dataclass(frozen=True, slots=True)
class DamagedLetter:
    """A damaged row: its case, where it was read from, and the hash of that file.
    ``text`` is the letter's text, if that can be read; ``has_facts``: its facts can."""

    case_id: str
    source: Source
    sha256: str
    text: str | None = None
    has_facts: bool = False


class Proof:
    """Looks for damage in a collection; reads all of it, in batches."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def require_whole_file(self) -> None:
        """Raises DamagedCollection with the damage that the database finds in its file."""
        if self._engine.dialect.name != "sqlite":
            return  # a database server checks its own pages
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
        if found != ["ok"]:
            told = "; ".join(" ".join(str(one).split()) for one in found)
            raise DamagedCollection(f"The collection's file is damaged ({told}).")

    def damaged_letters(self, told: LettersDone | None = None) -> Iterator[DamagedLetter]:
        """The damaged letters by case number; rows may be changed during the iteration."""
        after, done, total = "", 0, self._count(sa.true())
        while rows := self._rows(after):
            yield from (_damaged(row) for row in rows if not _is_proved(row))
            after, done = rows[-1]["case_id"], done + len(rows)
            if told:
                told(done, total)

    def without_checksum(self) -> int:
        """The number of letters without a checksum, stored by an earlier version: read, not
        verified."""
        return self._count(LETTERS.c.checksum.is_(None))

    def _count(self, which: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(LETTERS).where(which)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def _rows(self, after: str) -> list[dict[str, Any]]:
        query = sa.select(_STORED).where(_STORED.c.case_id > after)
        query = query.order_by(_STORED.c.case_id).limit(_ROWS_AT_ONCE)
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _is_proved(row: dict[str, Any]) -> bool:
    if _readable_text(row) is None or not _has_facts(row):
        return False
    whole = row | {name: unpacked(row[name]) for name in _PACKED_COLUMNS}
    return row["checksum"] in (None, row_checksum(whole))


def _damaged(row: dict[str, Any]) -> DamagedLetter:
    source = Source(Path(row["path"]), row["member"])
    return DamagedLetter(
        row["case_id"], source, row["sha256"], _readable_text(row), _has_facts(row)
    )


def _readable_text(row: dict[str, Any]) -> str | None:
    with suppress(DamagedCollection, UnicodeDecodeError):
        return unpacked(row["text"]).decode()
    return None


def _has_facts(row: dict[str, Any]) -> bool:
    with suppress(DamagedCollection):
        determination_of(unpacked(row["determination"]))
        return True
    return False
