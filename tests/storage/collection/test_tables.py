"""Collections of earlier schemas: brought up to date as a whole, or left as they are."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from imrsearch.letters.parse import parse
from imrsearch.storage.collection import tables
from imrsearch.storage.collection.backup import back_up, salvage
from imrsearch.storage.collection.reader import COLLECTION_SCHEMA, FILE, CollectionReader
from imrsearch.storage.collection.revisions import Changes
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import CollectionTooNew, DamagedCollection, NotWritten
from tests.letters.forms import credentials_letter, issue

SCHEMA_1 = """
CREATE TABLE meta (name VARCHAR NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name));
CREATE TABLE letters (
    case_id VARCHAR NOT NULL, source VARCHAR NOT NULL, path VARCHAR NOT NULL, member VARCHAR,
    name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, reader INTEGER NOT NULL, era VARCHAR NOT NULL,
    decided DATE, issues INTEGER NOT NULL, upheld INTEGER NOT NULL, overturned INTEGER NOT NULL,
    warnings INTEGER NOT NULL, read_at VARCHAR NOT NULL, text BLOB NOT NULL,
    determination BLOB NOT NULL, PRIMARY KEY (case_id), UNIQUE (source));
CREATE TABLE unread (
    source VARCHAR NOT NULL, name VARCHAR NOT NULL, code VARCHAR NOT NULL,
    message VARCHAR NOT NULL, PRIMARY KEY (source));
INSERT INTO meta VALUES ('schema', 1), ('revision', 7), ('identity', 42);
INSERT INTO unread VALUES ('/l/torn.pdf', 'torn.pdf', 'damaged', 'torn');
"""
"""As the first version made them."""

CASES = [f"CM16-000090{number}" for number in range(1, 6)]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An index folder whose collection is of schema 1, with some letters."""
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.executescript(SCHEMA_1)
        for case in CASES:
            text = credentials_letter(issue("Cane: Overturned", "It helps."))
            determination = parse(text.replace(CASES[0], case), f"{case}.txt")
            facts = msgspec.json.encode(determination)
            packed = zlib.compress(text.encode()), zlib.compress(facts)
            file = (f"/l/{case}.txt", f"/l/{case}.txt", None, f"{case}.txt", "ab")
            told = (1, "credentials", "2017-01-11", 1, 0, 1, 0, "2016-12-12")
            row = (case, *file, *told, *packed)
            connection.execute(f"INSERT INTO letters VALUES ({','.join('?' * len(row))})", row)
        connection.commit()
    return tmp_path


def structure(folder: Path) -> set[tuple[str, str]]:
    """The tables, their columns, and the indexes."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        query = "SELECT m.name, c.name FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c"
        return {(table, column) for table, column in connection.execute(query)}


def test_nothing_is_lost(old: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second time there is nothing to do
        with closing(Collection.open(old)) as collection:
            assert collection.case_ids() == CASES
            assert collection.state.revision == 7
            assert collection.changes(0) == Changes((), ())
            assert collection.determination(CASES[4]).issues[0].service == "Cane"
            assert "It helps." in collection.letter(CASES[4]).text
            assert [file.key for file in collection.unread()] == ["/l/torn.pdf"]
            assert (collection.summary().letters, collection.summary().overturned) == (5, 5)
    Collection.create(tmp_path / "new").close()
    assert structure(old) == structure(tmp_path / "new")


def test_changes_are_known_from_then_on(old: Path) -> None:
    with closing(Collection.open(old)) as collection:
        collection.drop([f"/l/{CASES[0]}.txt"])
        assert collection.changes(7) == Changes((), (CASES[0],))


@contextmanager
def stopped_after(statements: int) -> Iterator[None]:
    """In the block, what sends more statements than these to a database is interrupted."""
    left = iter(range(statements))

    def send(*_: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    sa.event.listen(sa.Engine, "before_cursor_execute", send)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", send)


def test_a_collection_whose_making_was_interrupted_is_completed(tmp_path: Path) -> None:
    """Whichever statement was the last one: a table without its indexes would stay without."""
    Collection.create(tmp_path / "whole").close()
    for statements in count(step=2):
        folder = tmp_path / str(statements)
        with suppress(KeyboardInterrupt), stopped_after(statements):
            Collection.create(folder).close()
            break
        Collection.create(folder).close()
        assert structure(folder) == structure(tmp_path / "whole"), statements
    assert statements > 10


@pytest.mark.parametrize("step", range(4))
def test_an_interruption_leaves_the_old_one(
    step: int, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever statement that changes something is the last one."""
    before = structure(old)
    changes = 0

    def stop(connection: object, cursor: object, statement: str, *_: object) -> None:
        nonlocal changes
        changes += statement.split()[0] in ("ALTER", "CREATE", "UPDATE")
        if changes > step:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        upgrade = tables.upgrade

        def interrupted(engine: sa.Engine) -> None:
            sa.event.listen(engine, "before_cursor_execute", stop)
            upgrade(engine)

        patch.setattr("imrsearch.storage.collection.store.upgrade", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Collection.open(old)
    assert changes == step + 1
    assert structure(old) == before
    with closing(Collection.open(old)) as collection:
        assert collection.case_ids() == CASES


KILLED = """
import os, signal, sys
from pathlib import Path
from imrsearch.storage.collection import tables
from imrsearch.storage.collection.store import Collection

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

tables.set_meta = killed
Collection.open(Path(sys.argv[1]))
"""


def test_killed_before_the_last_step(old: Path) -> None:
    before = structure(old)
    run = [sys.executable, "-c", KILLED, str(old)]
    assert subprocess.run(run, check=False).returncode == -9
    assert structure(old) == before
    with closing(Collection.open(old)) as collection:
        assert collection.case_ids() == CASES


def test_a_full_disk_leaves_the_old_one(old: Path) -> None:
    """SQLite's own limit of the size of a file: what it says is what it says of a full disk."""
    before = structure(old)
    pages = (old / FILE).stat().st_size // 4096

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    sa.event.listen(sa.Pool, "connect", limit)
    try:
        with pytest.raises(NotWritten, match="the disk is full"):
            Collection.open(old)
    finally:
        sa.event.remove(sa.Pool, "connect", limit)
    assert structure(old) == before
    with closing(Collection.open(old)) as collection:
        assert collection.case_ids() == CASES


def test_every_older_schema_has_its_steps() -> None:
    assert sorted(tables._STEPS) == list(range(1, COLLECTION_SCHEMA))


def test_a_later_schema_is_refused_and_left_alone(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE)) as connection:
        connection.execute(f"UPDATE meta SET value = {COLLECTION_SCHEMA + 1} WHERE name = 'schema'")
        connection.commit()
    before = structure(old)
    for open_it in (Collection.open, Collection.create):
        with pytest.raises(
            CollectionTooNew,
            match=f"{COLLECTION_SCHEMA + 1}; this imrsearch supports up to {COLLECTION_SCHEMA}",
        ):
            open_it(old)
    assert structure(old) == before


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(Collection.open, id="open"),
        pytest.param(CollectionReader, id="a search from the shell"),
        pytest.param(lambda folder: back_up(folder, folder / "backup"), id="back up"),
        pytest.param(salvage, id="salvage"),
    ],
)
def test_a_damaged_name_of_a_table_is_told(read: Callable[[Path], object], tmp_path: Path) -> None:
    """SQLite's message quotes it, and Python's library cannot decode the message."""
    Collection.create(tmp_path).close()
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data.replace(b"CREATE TABLE meta", b"CR\xf9ATE TABLE meta"))
    with pytest.raises(DamagedCollection, match="not valid text"):
        read(tmp_path)
