"""The tables of the collection, letters as their rows, and their upgrade from older schemas."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from imrsearch.letters.letter import Letter
from imrsearch.model import OVERTURNED, UPHELD, Determination
from imrsearch.storage.collection.postgresql import prepare_for_postgresql
from imrsearch.storage.collection.reader import COLLECTION_SCHEMA, unpacked
from imrsearch.system.disk import sqlite_failure


class Compressed(sa.types.TypeDecorator[bytes]):
    """Bytes stored compressed: letters shrink to a third."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Compress a value."""
        return None if value is None else zlib.compress(value, 6)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Decompress a value. Raises DamagedCollection."""
        return None if value is None else unpacked(value)


METADATA = sa.MetaData()
META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

LETTERS = sa.Table(
    "letters",
    METADATA,
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
    sa.Column("checksum", sa.String),
)
CHECKED_COLUMNS = tuple(column.name for column in LETTERS.columns if column.name != "checksum")


def row_checksum(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a letter's row (all columns but this, unpacked): a row proves itself."""
    values = [row[name] for name in CHECKED_COLUMNS]
    return hashlib.sha256(msgspec.msgpack.encode(values)).hexdigest()


# Covering indexes: a query over every letter need not read past the long texts and facts.
sa.Index("letters_by_revision", LETTERS.c.revision)
sa.Index("letters_by_reader", LETTERS.c.reader)
sa.Index("letters_by_file", *(LETTERS.c[name] for name in ("source", "case_id", "sha256", "path")))
sa.Index(
    "letters_counted",
    *(LETTERS.c[name] for name in ("era", "decided", "issues", "upheld", "overturned", "warnings")),
)
REVISIONS = sa.Table(
    "revisions",
    METADATA,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("token", sa.BigInteger, nullable=False),
)
REMOVED = sa.Table(
    "removed",
    METADATA,
    sa.Column("case_id", sa.String, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
)
UNREAD = sa.Table(
    "unread",
    METADATA,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("message", sa.String, nullable=False),
)
for _table in METADATA.sorted_tables:
    prepare_for_postgresql(_table)


def as_stored(table: sa.Table) -> sa.TableClause:
    """The table with compressed values as they are stored."""
    return sa.table(
        table.name,
        *(
            sa.column(one.name, sa.LargeBinary() if isinstance(one.type, Compressed) else one.type)
            for one in table.columns
        ),
    )


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """What an index of all letters must hold: letters, documents, upheld and overturned issues."""

    letters: int
    documents: int
    upheld: int
    overturned: int


def sum_of(value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The sum of a column; 0 if there are no rows."""
    return sa.func.coalesce(sa.func.sum(value), 0)


DOCUMENTS = sum_of(sa.case((LETTERS.c.issues == 0, 1), else_=LETTERS.c.issues))
"""The number of documents of letters: one an issue, else one a letter."""

EXPECTED_COUNTS = sa.select(
    sa.func.count(),
    DOCUMENTS,
    sum_of(LETTERS.c.upheld),
    sum_of(LETTERS.c.overturned),
)
"""Selects the columns of ``ExpectedCounts``."""


def open_sqlite(file: Path) -> sa.Engine:
    """The database in a file. Its errors are NotWritten, DamagedCollection and IndexBusy."""
    engine = sa.create_engine(
        f"sqlite:///{file}", connect_args={"timeout": 30, "cached_statements": 8}
    )

    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - a DB-API connection
        try:
            _configure(connection)
        except UnicodeDecodeError as error:  # SQLAlchemy passes on errors of the database alone
            raise (sqlite_failure(file.parent, error) or error) from error

    def tell(context: sa.ExceptionContext) -> None:
        failure = sqlite_failure(file.parent, context.original_exception)
        if failure:
            raise failure from context.original_exception

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "handle_error", tell)
    return engine


def _configure(connection: Any) -> None:  # noqa: ANN401 - a DB-API connection
    """Configure a connection: readers do not wait for a writer, commits survive a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    # For each connection. With the defaults (four times the cache, 128 cached statements) a server
    # grew by two or three megabytes with every thousand pages, for hours.
    cursor.execute("PRAGMA cache_size = -500")
    cursor.close()


def set_meta(name: str, value: int | sa.ColumnElement[int]) -> sa.Update:
    """The statement that changes a number in the table ``meta``."""
    return sa.update(META).where(META.c.name == name).values(value=value)


_BEGIN = sa.text("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")


def begin_meta(engine: sa.Engine, held: Collection[str]) -> None:
    """Add the numbers that the table ``meta`` lacks, unless another process is faster."""
    first = {"schema": COLLECTION_SCHEMA, "revision": 0}
    rows = [{"name": name, "value": value} for name, value in first.items() if name not in held]
    if rows:
        with engine.begin() as connection:
            connection.execute(_BEGIN, rows)


_STEPS: Mapping[int, tuple[str, ...]] = {
    # Schema 1 did not know which letters had changed when.
    1: ("ALTER TABLE letters ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",),
    # Schema 2 had no checksums; a letter gets one when it is kept or read anew.
    2: ("ALTER TABLE letters ADD COLUMN checksum VARCHAR",),
}
"""The statements from one schema to the next; new tables and indexes are created separately."""


def is_incomplete(engine: sa.Engine) -> bool:
    """Whether a table is missing, or an index of one: a run killed while making them left some
    out."""
    held = sa.inspect(engine)
    return any(
        not held.has_table(table.name)
        or not {one.name for one in table.indexes}
        <= {one["name"] for one in held.get_indexes(table.name)}
        for table in METADATA.sorted_tables
    )


def upgrade(engine: sa.Engine) -> None:
    """Upgrade the tables of an older schema, and create what is missing, in one transaction:
    between a table and its indexes, nothing may stop it."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # sqlite3 begins a transaction before changes of data, not before changes of tables.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        query = sa.select(META.c.value).where(META.c.name == "schema")
        found = connection.execute(query).scalar_one()  # another process may have upgraded it
        for version in range(found, COLLECTION_SCHEMA):
            for step in _STEPS[version]:
                connection.exec_driver_sql(step)
        METADATA.create_all(connection)
        for index in LETTERS.indexes:
            index.create(connection, checkfirst=True)
        connection.execute(set_meta("schema", COLLECTION_SCHEMA))


def sealed(row: Mapping[str, Any], revision: int) -> dict[str, Any]:
    """A letter's row of this revision, with its checksum."""
    of_revision = {**row, "revision": revision}
    return {**of_revision, "checksum": row_checksum(of_revision)}


def letter_row(letter: Letter, reader: int) -> dict[str, Any]:
    """A letter, read by this parser version, as the columns of its row without revision and
    checksum."""
    return {
        "case_id": letter.determination.case_id,
        "source": letter.source.key,
        "path": str(letter.source.path),
        "member": letter.source.member,
        "name": letter.source.name,
        "sha256": letter.sha256,
        "read_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "text": letter.text.encode(),
        **fact_columns(letter.determination, reader),
    }


def fact_columns(determination: Determination, reader: int) -> dict[str, Any]:
    """The columns that depend on the parsed facts."""
    decisions = [issue.decision for issue in determination.issues]
    return {
        "reader": reader,
        "era": determination.era,
        "decided": determination.dates.decided,
        "issues": len(decisions),
        "upheld": decisions.count(UPHELD),
        "overturned": decisions.count(OVERTURNED),
        "warnings": len(determination.warnings),
        "determination": msgspec.json.encode(determination),
    }


REPLACE_FACTS = sa.update(LETTERS).where(LETTERS.c.case_id == sa.bindparam("of_case"))
"""Writes the result of ``changed_facts``."""


def changed_facts(
    row: Mapping[str, Any], found: Determination, reader: int, revision: int
) -> dict[str, Any]:
    """What changes in a stored row with the facts from a later parser: facts, revision and
    checksum; the case is ``of_case``. The text, most of a row, is not written again."""
    facts = fact_columns(found, reader)
    checksum = sealed({**row, **facts}, revision)["checksum"]
    return {"of_case": row["case_id"], **facts, "revision": revision, "checksum": checksum}
