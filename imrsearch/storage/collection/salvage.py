"""Salvages the readable rows of a collection whose file is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from imrsearch.letters.files import Source
from imrsearch.storage.collection.backup import FRESH, make_private_file, put_in_place, telling
from imrsearch.storage.collection.proof import DamagedLetter
from imrsearch.storage.collection.reader import COLLECTION_SCHEMA, file_of
from imrsearch.storage.collection.tables import METADATA

_BY_FILE = "SELECT case_id, source, path, sha256, rowid FROM letters INDEXED BY letters_by_file"
"""Columns of a covering index, which is stored on other pages than the letters themselves."""


def salvage(folder: Path) -> list[DamagedLetter]:
    """Replace a damaged collection with a new file of all readable rows; returns the letters that
    are listed but lost. The caller holds the folder's lock.

    Raises DamagedCollection if not even the list of tables can be read; NotWritten.
    """
    source, fresh = file_of(folder), folder / FRESH
    with telling(folder):
        make_private_file(fresh)
        engine = sa.create_engine(f"sqlite:///{fresh}")
        METADATA.create_all(engine)
        engine.dispose()
        with (
            closing(sqlite3.connect(source)) as damaged,
            closing(sqlite3.connect(fresh)) as saved,
        ):
            known = list(_as_far_as_readable(damaged, _BY_FILE))
            highest = max((row[-1] for row in known), default=0)
            for table in METADATA.sorted_tables:
                _copy(damaged, saved, table.name, highest if table.name == "letters" else 0)
            _complete_meta(saved)
            saved.commit()
            here = {case_id for (case_id,) in saved.execute("SELECT case_id FROM letters")}
        put_in_place(folder, fresh)
    return [
        # The key is the path and, inside an archive, "!" and the member's name.
        DamagedLetter(case_id, Source(Path(path), key[len(path) + 1 :] or None), sha256)
        for case_id, key, path, sha256, _ in known
        if case_id not in here
    ]


def _copy(damaged: sqlite3.Connection, saved: sqlite3.Connection, table: str, most: int) -> None:
    names = [name for _, name, *_ in damaged.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(names))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    for row in _rows(damaged, f"SELECT rowid, {', '.join(names)} FROM {table} NOT INDEXED", most):  # noqa: S608
        with suppress(sqlite3.IntegrityError):  # a value is missing that must be there
            saved.execute(insert, row[1:])


def _rows(connection: sqlite3.Connection, query: str, most: int) -> Iterator[tuple[Any, ...]]:
    """The rows in their order up to the first damage, then one by one up to the number ``most``."""
    last = 0
    for row in _as_far_as_readable(connection, f"{query} ORDER BY rowid"):
        last = row[0]
        yield row
    for number in range(last + 1, most + 1):
        yield from _as_far_as_readable(connection, f"{query} WHERE rowid = {number}")


def _as_far_as_readable(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    with suppress(sqlite3.DatabaseError):
        yield from connection.execute(query)


def _complete_meta(saved: sqlite3.Connection) -> None:
    """Make the revision at least as high as that of any row."""
    [(highest,)] = saved.execute(
        "SELECT max(r) FROM (SELECT max(revision) AS r FROM letters"
        " UNION ALL SELECT max(revision) FROM removed"
        " UNION ALL SELECT max(value) FROM meta WHERE name = 'revision')"
    )
    saved.executemany(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
        [("schema", COLLECTION_SCHEMA), ("revision", highest or 0)],
    )
