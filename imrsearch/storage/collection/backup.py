"""Backup, restore and salvage of a collection in SQLite: whole files, put in place in one step."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from imrsearch.storage.collection.kept_files import source_of
from imrsearch.storage.collection.proof import DamagedLetter, LettersDone, Proof
from imrsearch.storage.collection.reader import (
    COLLECTION_SCHEMA,
    COPYING,
    FILE,
    INCOMING,
    SIDE_FILES,
    file_of,
    require_known,
)
from imrsearch.storage.collection.tables import LETTERS, METADATA, open_sqlite
from imrsearch.system.disk import (
    fresh_file,
    sqlite_failure,
    to_disk,
    translate_disk_errors,
    writing_file,
)
from imrsearch.system.errors import (
    DamagedCollection,
    IndexBusy,
    NotFound,
    NotWritten,
    UnusableBackup,
)
from imrsearch.text.quantities import count_named

_BEFORE_FORCE = (
    "The collection is unchanged. Restore another backup, or this one with --force and then run "
    "'imrsearch repair'."
)
_BY_FILE = "SELECT case_id, source, path, sha256, rowid FROM letters INDEXED BY letters_by_file"
"""Columns of a covering index, which is stored on other pages than the letters themselves."""
_ONE_BY_ONE = 10_000
"""So many row numbers behind damage are tried one by one; from then on, ever larger steps. A page
holds a few letters, whose numbers may be far apart where letters between them were read anew."""
_HIGHEST_NUMBER = 2**63 - 1


def back_up(folder: Path, target: Path, told: LettersDone | None = None) -> tuple[str, ...]:
    """Copy the collection, as it is at one moment, into the new file ``target``, its owner's alone.

    Others read and write meanwhile. Returns the damaged letters in it, by case number. Raises
    NotIndexed; NotWritten, also where ``target`` is there already; DamagedCollection for damage of
    the file itself.
    """
    source = file_of(folder)
    if target.absolute() == (folder / INCOMING).absolute():
        raise NotWritten(f"{target} is the temporary file of a restore.", "Choose another name.")
    with _telling(folder), writing_file(target), fresh_file(target) as fresh:
        if target.exists():
            raise NotWritten(f"{target} already exists.", "Choose a new file.")
        with _removed_on_failure(fresh):
            return _copy_whole(source, fresh, told)


def _copy_whole(source: Path, fresh: Path, told: LettersDone | None) -> tuple[str, ...]:
    _make_private_file(fresh)
    with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(fresh)) as copy:
        kept.backup(copy)
        if found := _damage(copy):
            raise DamagedCollection(f"The collection in {source} is damaged ({found}).")
        damaged = _damaged_letters(copy, fresh, told)
        copy.execute("PRAGMA journal_mode = DELETE")
    return damaged


def require_file(backup: Path) -> None:
    """Raises NotFound if there is no such file."""
    if not backup.is_file():
        raise NotFound(f"There is no file {backup}.")


def put_back(
    folder: Path, backup: Path, told: LettersDone | None = None, *, force: bool = False
) -> None:
    """Put a backup in the place of the collection; the caller holds the folder's lock.

    No earlier build stands for it from then on: it has no token of its former revisions. Raises
    NotFound without such a file; UnusableBackup for one that is no whole collection or, unless
    forced, has damaged letters, which leaves everything as it is; CollectionTooNew; NotWritten.
    """
    require_file(backup)
    fresh = folder / INCOMING
    if fresh.exists() and backup.samefile(fresh):
        message = f"{backup} is the temporary file of a restore."
        raise UnusableBackup(message, "Copy it to another name first.")
    with _telling(folder), _removed_on_failure(fresh):
        _make_private_file(fresh)
        shutil.copyfile(backup, fresh)
        with suppress(FileNotFoundError):  # what a copied file has beside it belongs to it
            shutil.copyfile(f"{backup}-wal", f"{fresh}-wal")
        with closing(sqlite3.connect(fresh)) as copy:
            _require_usable(copy, backup)
            if not force and (damaged := _damaged_letters(copy, fresh, told)):
                letters = count_named(damaged, "damaged letter")
                raise UnusableBackup(f"{backup} has {letters}.", _BEFORE_FORCE)
            copy.execute("PRAGMA journal_mode = DELETE")
        _put_in_place(folder, fresh)


def salvage(folder: Path) -> list[DamagedLetter]:
    """Replace a damaged collection with a new file of all readable rows; returns the letters that
    are listed but lost. The caller holds the folder's lock.

    Raises DamagedCollection if not even the list of tables can be read; NotWritten.
    """
    source, fresh = file_of(folder), folder / INCOMING
    with _telling(folder), _removed_on_failure(fresh):
        _make_private_file(fresh)
        engine = sa.create_engine(f"sqlite:///{fresh}")
        METADATA.create_all(engine)
        engine.dispose()
        with (
            closing(sqlite3.connect(source)) as damaged,
            closing(sqlite3.connect(fresh)) as saved,
        ):
            known = list(_as_far_as_readable(damaged, _BY_FILE))
            for table in METADATA.sorted_tables:
                numbers = [row[-1] for row in known] if table is LETTERS else []
                _copy_readable(damaged, saved, table.name, numbers)
            _complete_meta(saved)
            saved.commit()
            here = {case_id for (case_id,) in saved.execute("SELECT case_id FROM letters")}
        _put_in_place(folder, fresh)
    return [
        DamagedLetter(case_id, source_of(path, key), sha256)
        for case_id, key, path, sha256, _ in known
        if case_id not in here
    ]


def _put_in_place(folder: Path, fresh: Path) -> None:
    """Make ``fresh`` the collection of the folder, known by no token of an earlier revision."""
    with closing(sqlite3.connect(fresh)) as copy, copy:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'revisions'").fetchone():
            copy.execute("DELETE FROM revisions")
    to_disk(fresh)
    _write_log_into(folder / FILE)
    _remove_side_files(folder / FILE)
    to_disk(folder)
    fresh.rename(folder / FILE)
    to_disk(folder)


def _write_log_into(file: Path) -> None:
    """Bring the changes in a collection's write-ahead log into its file: until another one takes
    its place, the file is whole without the log. One that cannot be read stays as it is.

    Raises IndexBusy where somebody still reads an earlier state; sqlite3.Error for a full disk.
    """
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file)) as old:
            [(busy, *_)] = old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise
        return
    if busy:
        told = f"The collection in {file.parent} is being read."
        raise IndexBusy(told, "Try again later.")


def _damage(connection: sqlite3.Connection) -> str:
    [(found,), *_] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    return "" if found == "ok" else str(found)


def _damaged_letters(
    copy: sqlite3.Connection, file: Path, told: LettersDone | None
) -> tuple[str, ...]:
    """The damaged letters in an open file, by case number; none in one of a version without
    checksums, whose tables differ."""
    query = "SELECT 1 FROM pragma_table_info('letters') WHERE name = ?"
    if not copy.execute(query, (LETTERS.c.checksum.name,)).fetchone():
        return ()
    engine = open_sqlite(file)
    try:
        return tuple(one.case_id for one in Proof(engine).damaged_letters(told))
    finally:
        engine.dispose()


def _require_usable(copy: sqlite3.Connection, backup: Path) -> None:
    """Raises UnusableBackup for anything but a whole collection; CollectionTooNew."""
    try:
        if found := _damage(copy):
            raise UnusableBackup(f"{backup} is damaged ({found}).")
        meta = dict(copy.execute("SELECT name, value FROM meta"))
        version = meta["schema"]
        copy.execute("SELECT case_id FROM letters LIMIT 1")
    except (sqlite3.DatabaseError, ValueError, KeyError) as error:
        if isinstance(sqlite_failure(backup.parent, error), IndexBusy | NotWritten):
            raise  # the disk fails, not the file
        raise UnusableBackup(f"{backup} is not a backup of a collection.") from error
    require_known(version, backup)
    if COPYING in meta:
        raise UnusableBackup(f"{backup} is a copy of a collection that is not finished.")


def _copy_readable(
    damaged: sqlite3.Connection, saved: sqlite3.Connection, table: str, known: Sequence[int]
) -> None:
    names = [name for _, name, *_ in damaged.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(names))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    for row in _rows(damaged, f"SELECT rowid, {', '.join(names)} FROM {table} NOT INDEXED", known):  # noqa: S608
        with suppress(sqlite3.IntegrityError):  # a value is missing that must be there
            saved.execute(insert, row[1:])


def _rows(
    connection: sqlite3.Connection, query: str, known: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows in their order, those behind damage too; then those of the ``known`` numbers that
    were passed over."""
    found = set()
    for row in _rows_in_order(connection, query):
        found.add(row[0])
        yield row
    for number in known:
        if number not in found:
            yield from _as_far_as_readable(connection, f"{query} WHERE rowid = {number}")


def _rows_in_order(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    last, tried = 0, 0
    while last < _HIGHEST_NUMBER:
        with suppress(sqlite3.DatabaseError):
            for row in connection.execute(f"{query} WHERE rowid > {last} ORDER BY rowid"):
                if row[0] <= last:
                    break  # a damaged page leads back: without end, perhaps
                last, tried = row[0], 0
                yield row
            else:
                return
        tried += 1
        last += 2 ** max(0, tried - _ONE_BY_ONE)


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


def _make_private_file(path: Path) -> None:
    """Create an empty file that only its owner can access, over whatever a killed run left."""
    _remove_side_files(path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)
    os.close(handle)


def _remove_side_files(path: Path) -> None:
    for suffix in SIDE_FILES:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """Raises errors of SQLite and of the disk as ours."""
    with translate_disk_errors(folder):
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise (sqlite_failure(folder, error) or error) from error


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _remove_side_files(path)
        path.unlink(missing_ok=True)
        raise
