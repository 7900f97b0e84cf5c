"""The tables of the collection (``collection.py``)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from imrsearch.collection.reader import SCHEMA, unpacked
from imrsearch.system.disk import sqlite_failure


class Compressed(sa.types.TypeDecorator[bytes]):
    """Bytes kept packed: letters shrink to a third."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Pack what goes in."""
        return None if value is None else zlib.compress(value, 6)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Unpack what comes out. Raises DamagedCollection."""
        return None if value is None else unpacked(value)


schema = sa.MetaData()
META = sa.Table(
    "meta",
    schema,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
LETTERS = sa.Table(
    "letters",
    schema,
    sa.Column("case_id", sa.String, primary_key=True),
    sa.Column("source", sa.String, nullable=False, unique=True),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("member", sa.String),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("reader", sa.Integer, nullable=False),
    sa.Column("era", sa.String, nullable=False),
    sa.Column("decided", sa.Date),
    sa.Column("issues", sa.Integer, nullable=False),
    sa.Column("upheld", sa.Integer, nullable=False),
    sa.Column("overturned", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("read_at", sa.String, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("text", Compressed, nullable=False),
    sa.Column("determination", Compressed, nullable=False),
)
# Texts and facts lie between the short columns of a table: what looks at every letter reads an
# index in its place.
sa.Index("letters_by_revision", LETTERS.c.revision)
sa.Index("letters_by_reader", LETTERS.c.reader)
sa.Index("letters_by_file", *(LETTERS.c[name] for name in ("source", "case_id", "sha256", "path")))
sa.Index(
    "letters_counted",
    *(LETTERS.c[name] for name in ("era", "decided", "issues", "upheld", "overturned", "warnings")),
)
REVISIONS = sa.Table(
    "revisions",
    schema,
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("token", sa.Integer, nullable=False),
)
REMOVED = sa.Table(
    "removed",
    schema,
    sa.Column("case_id", sa.String, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
)
UNREAD = sa.Table(
    "unread",
    schema,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("message", sa.String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """Letters, the documents that an index makes of them, issues upheld and overturned."""

    letters: int
    documents: int
    upheld: int
    overturned: int


def _sum(value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(value), 0)


PROMISED = sa.select(
    sa.func.count(),
    _sum(sa.case((LETTERS.c.issues == 0, 1), else_=LETTERS.c.issues)),
    _sum(LETTERS.c.upheld),
    _sum(LETTERS.c.overturned),
)
"""Asks for what ``ExpectedCounts`` tells."""


def open_sqlite(file: Path) -> sa.Engine:
    """The database in a file, whose errors are ours: NotWritten, DamagedCollection, IndexBusy."""
    engine = sa.create_engine(
        f"sqlite:///{file}", connect_args={"timeout": 30, "cached_statements": 8}
    )
    sa.event.listen(engine, "connect", _prepare)

    def tell(context: sa.ExceptionContext) -> None:
        failure = sqlite_failure(file.parent, context.original_exception)
        if failure:
            raise failure from context.original_exception

    sa.event.listen(engine, "handle_error", tell)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - a DB-API connection
    """Let readers read while a writer writes; what is committed survives a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    # Of each connection. By itself it takes four times as much, and keeps 128 statements: a server
    # grew by two or three megabytes with every thousand pages, for hours.
    cursor.execute("PRAGMA cache_size = -500")
    cursor.close()


def set_meta(name: str, value: int) -> sa.Update:
    """The statement that changes a number of the collection."""
    return sa.update(META).where(META.c.name == name).values(value=value)


_STEPS: Mapping[int, tuple[str, ...]] = {
    # Schema 1 did not know which letters had changed when.
    1: ("ALTER TABLE letters ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",),
}
"""What changes the tables of a schema into those of the next; new tables and indexes come by
themselves."""


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables of an older schema up to date: all at once or not at all."""
    with engine.begin() as connection:
        # Python's SQLite begins by itself before data are changed, not before tables are.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        query = sa.select(META.c.value).where(META.c.name == "schema")
        found = connection.execute(query).scalar_one()  # another process may have been quicker
        for version in range(found, SCHEMA):
            for step in _STEPS[version]:
                connection.exec_driver_sql(step)
        schema.create_all(connection)
        for index in LETTERS.indexes:
            index.create(connection, checkfirst=True)
        connection.execute(set_meta("schema", SCHEMA))
