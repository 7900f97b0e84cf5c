"""Copies a collection: from a file to a database, or back, or to another place of the same kind.

Letters are copied as they are stored, in the order of their cases, some at a time. A copy that was
interrupted goes on where it stopped; until it is finished, nobody else can open it.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from hashlib import sha256
from itertools import islice, zip_longest
from typing import Any

import sqlalchemy as sa

from imrsearch.storage.collection.proof import LettersDone
from imrsearch.storage.collection.reader import COPYING, ROWS_AT_ONCE
from imrsearch.storage.collection.store import Collection, Place
from imrsearch.storage.collection.tables import (
    LETTERS,
    META,
    METADATA,
    REMOVED,
    REVISIONS,
    UNREAD,
    as_stored,
    set_meta,
)
from imrsearch.system.errors import DamagedCollection, IndexBusy, NotWritten

_SMALL_TABLES = (UNREAD, REMOVED, REVISIONS)


def copy_collection(source: Place, target: Place, told: LettersDone | None = None) -> int:
    """Copy all letters, then compare both collections byte by byte; returns the number of letters.

    The caller holds the locks of both. Raises NotIndexed if there is no source, NotWritten if the
    target holds other letters, IndexBusy if the source changes meanwhile, DamagedCollection if the
    copy differs.
    """
    with (
        closing(Collection.open(source)) as old,
        closing(Collection.create(target, unfinished=True)) as new,
    ):
        state = old.state
        if new.state != state:
            _begin(new, state.token)
            _copy_letters(old, new, told)
            if old.state != state:
                raise IndexBusy("The collection changed while it was being copied.")
            _copy_small_tables(old, new)
        _require_same(old, new)
        return old.promised().letters


def _begin(new: Collection, token: int) -> None:
    """Note in the copy what it is to be a copy of; a copy of an earlier state begins anew."""
    with new.database.begin() as connection:
        query = sa.select(META.c.value).where(META.c.name == COPYING)
        noted = connection.execute(query).scalar_one_or_none()
        if noted is None and connection.execute(sa.select(LETTERS.c.case_id).limit(1)).first():
            raise NotWritten(
                "The target collection already holds letters.",
                "Choose a new folder, or a database without tables.",
            )
        if noted != token:
            for table in (LETTERS, *_SMALL_TABLES):
                connection.execute(sa.delete(table))
            connection.execute(sa.delete(META).where(META.c.name == COPYING))
            connection.execute(sa.insert(META), {"name": COPYING, "value": token})


def _copy_letters(old: Collection, new: Collection, told: LettersDone | None) -> None:
    letters = as_stored(LETTERS)
    total = old.promised().letters
    with new.database.connect() as connection:
        last = connection.execute(sa.select(sa.func.max(LETTERS.c.case_id))).scalar() or ""
    done = new.promised().letters
    with closing(_streamed_rows(old, letters, after=last)) as rows:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            with new.database.begin() as connection:
                connection.execute(sa.insert(letters), some)
            done += len(some)
            if told:
                told(done, total)


def _copy_small_tables(old: Collection, new: Collection) -> None:
    """Copy the small tables and let the copy be opened, in one transaction."""
    with old.database.connect() as read, new.database.begin() as write:
        for table in _SMALL_TABLES:
            write.execute(sa.delete(table))
            rows = [dict(row) for row in read.execute(sa.select(table)).mappings()]
            if rows:
                write.execute(sa.insert(table), rows)
        revision = read.execute(sa.select(META.c.value).where(META.c.name == "revision"))
        write.execute(set_meta("revision", revision.scalar_one()))
        write.execute(sa.delete(META).where(META.c.name == COPYING))


def _require_same(old: Collection, new: Collection) -> None:
    """Raises DamagedCollection unless both hold the same bytes."""
    for table in METADATA.sorted_tables:
        stored = as_stored(table)
        if table is META:
            continue  # an old collection's identity is of no use any more
        with (
            closing(_streamed_rows(old, stored)) as ours,
            closing(_streamed_rows(new, stored)) as theirs,
        ):
            for one, other in zip_longest(ours, theirs):
                if one is None or other is None or _hash(one) != _hash(other):
                    named = next(iter((one or other or {}).values()), "")
                    raise DamagedCollection(f"The copy differs in {table.name}, at {named}.")


def _hash(row: dict[str, Any]) -> bytes:
    return sha256(repr(sorted(row.items())).encode()).digest()


def _streamed_rows(
    collection: Collection, table: sa.TableClause, after: str | None = None
) -> Generator[dict[str, Any], None, None]:
    """The rows by their first column, streamed; with ``after`` those that follow."""
    first = next(iter(table.columns))
    query = sa.select(table).order_by(first)
    if after is not None:
        query = query.where(first > after)
    with (
        collection.database.connect() as connection,
        connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query) as rows,
    ):
        yield from (dict(row) for row in rows.mappings())
