"""The tables of the collection (``collection.py``)."""

from __future__ import annotations

import zlib
from typing import Any

import sqlalchemy as sa

SCHEMA = 2
"""Raised when the tables change; ``Collection`` brings older ones up to date."""


class Compressed(sa.types.TypeDecorator[bytes]):
    """Bytes kept packed: letters shrink to a third."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Pack what goes in."""
        return None if value is None else zlib.compress(value, 6)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Unpack what comes out."""
        return None if value is None else zlib.decompress(value)


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


def prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - a DB-API connection
    """Let readers read while a writer writes."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def set_meta(name: str, value: int) -> sa.Update:
    """The statement that changes a number of the collection."""
    return sa.update(META).where(META.c.name == name).values(value=value)


def upgrade(engine: sa.Engine) -> None:
    """From schema 1, which did not know which letters had changed when."""
    column = "ALTER TABLE letters ADD COLUMN revision INTEGER NOT NULL DEFAULT 0"
    with engine.begin() as connection:
        connection.execute(sa.text(column))
        for index in LETTERS.indexes:
            index.create(connection)
        connection.execute(set_meta("schema", SCHEMA))
