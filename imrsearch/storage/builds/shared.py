"""Builds without a shared folder: PostgreSQL keeps which build answers, and its files.

Where the collection is on PostgreSQL, so are the builds. The index folder of each machine is then
a copy, brought up to date when a build is opened or the index is written:

==================  ============================================================================
``builds``          every build; ``writing`` until it is published, ``gone`` until nothing of it is
                    left. A row is there before anything else, so that what a killed run leaves is
                    found by the next one, on whichever machine
``build_files``     the files of published builds, in parts
``pointer``         one row: the build that answers, and the note of a rollback
==================  ============================================================================

A build is published by one transaction, on the connection that holds the lock: if its session was
lost, so is the publication.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from imrsearch.storage.builds.index_folder import (
    COPY,
    IndexFolder,
    all_builds,
    current_name,
    id_of,
    lock_folder,
    path_of,
    point_to,
    write_note,
)
from imrsearch.storage.collection.postgresql import lock_keys, open_postgresql, setting_up, shown
from imrsearch.storage.collection.store import Collection
from imrsearch.system.disk import all_to_disk, to_disk, translate_disk_errors
from imrsearch.system.errors import IndexBusy, ServerUnavailable
from imrsearch.system.settings import Settings

WRITING, PUBLISHED, GONE = "writing", "published", "gone"

_BUILD_TABLES = sa.MetaData()
_BUILDS = sa.Table(
    "builds",
    _BUILD_TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("engine", sa.String, nullable=False),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
)
_BUILD_FILES = sa.Table(
    "build_files",
    _BUILD_TABLES,
    sa.Column("build", sa.String, primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
_POINTER = sa.Table(
    "pointer",
    _BUILD_TABLES,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("build", sa.String, nullable=False),
    sa.Column("note", sa.LargeBinary),
)
_CURRENT = "current"
_BYTES_A_PART = 8 << 20
_FETCHED = "fetched-"
"""What the folder of a build begins with until all of its files are there."""
_LOCK = lock_keys(4_805_971)
"""The writers' advisory lock."""

_writers: ContextVar[Mapping[str, sa.Connection]] = ContextVar(
    "writers", default=MappingProxyType({})
)


class SharedBuilds(IndexFolder):
    """The builds in a database, of which the folder is this machine's copy."""

    def __init__(self, settings: Settings) -> None:
        # A copy has a separate folder: what its database does not know is removed from it.
        super().__init__(settings, settings.index / COPY)
        self._key = f"{self.folder} {settings.collection}"

    @cached_property
    def _database(self) -> sa.Engine:
        return open_postgresql(self.settings.collection, kept=0)

    def letters(self) -> Collection:
        """The letters that the builds are made of. Raises as ``Collection.open`` does."""
        return Collection.open(self.settings.collection)

    # ---------------------------------------------------------------------------------- writing

    @contextmanager
    def lock(self, *, together: bool = False) -> Iterator[None]:
        """See ``place.lock``."""
        with lock_folder(self.folder), self.lock_database(together=together):
            self.refresh(older=True)
            yield

    @contextmanager
    def lock_database(self, *, together: bool = False) -> Iterator[None]:
        """Lock the index for writing, on all machines; the same thread may lock it again.

        ``together``: with others that lock it so, until ``take_alone``. Creates the tables. Raises
        IndexBusy, ServerUnavailable.
        """
        if self._key in _writers.get():
            yield
            return
        with setting_up(self._database):
            _BUILD_TABLES.create_all(self._database)
        with self._database.connect() as connection:
            take = sa.func.pg_try_advisory_lock_shared if together else sa.func.pg_try_advisory_lock
            if not connection.execute(sa.select(take(*_LOCK))).scalar():
                raise IndexBusy(f"Another run is writing the index on {shown(self._database.url)}.")
            connection.commit()
            token = _writers.set({**_writers.get(), self._key: connection})
            try:
                yield
            finally:
                _writers.reset(token)
                connection.invalidate()  # its session ends, and the lock with it

    def take_alone(self) -> None:
        """Hold alone a lock held together, as soon as nobody else holds it; fetch what is new."""
        with self._transaction() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_unlock_shared(*_LOCK)))
            connection.execute(sa.select(sa.func.pg_advisory_lock(*_LOCK)))
        self.refresh(older=True)

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        """A transaction on the connection that holds the lock."""
        connection = _writers.get()[self._key]
        try:
            with connection.begin():
                yield connection
        except sa.exc.PendingRollbackError as error:
            raise ServerUnavailable("The connection that held the index lock was lost.") from error

    def announce(self, build: Path, engine_name: str) -> str:
        """As in a folder, and a row in the database."""
        label = super().announce(build, engine_name)
        row = {"id": id_of(build), "engine": engine_name, "label": label, "state": WRITING}
        with self._transaction() as connection:
            connection.execute(sa.insert(_BUILDS), row)
        return label

    def publish(self, build: Path) -> None:
        """Keep the files of a build and make it the one that answers, all or nothing."""
        with self._transaction() as connection:
            for path in sorted(path for path in build.rglob("*") if path.is_file()):
                _keep_file(connection, id_of(build), path.relative_to(build).as_posix(), path)
            _set_state(connection, id_of(build), PUBLISHED)
            _point_to(connection, id_of(build))

    def point_back(self, build: Path, note: bytes | None) -> None:
        """Make a published build the one that answers, with the note of the rollback."""
        with self._transaction() as connection:
            _point_to(connection, id_of(build))
            if note is not None:
                connection.execute(sa.update(_POINTER).values(note=note))
        self.refresh(older=True)

    def remove(self, build: Path, *, published: bool = True) -> None:
        """Note that a build is going to be removed, if it is in the state said, and remove it."""
        state = PUBLISHED if published else WRITING
        query = sa.select(_BUILDS).where(_BUILDS.c.id == id_of(build), _BUILDS.c.state == state)
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return
            _set_state(connection, row.id, GONE)
            connection.execute(sa.delete(_BUILD_FILES).where(_BUILD_FILES.c.build == row.id))
        self._clear(row)

    def remove_leftovers(self) -> None:
        """As in a folder, and what killed runs have left on any machine: builds that were never
        published, or not wholly removed."""
        super().remove_leftovers()
        with self._transaction() as connection:
            left = connection.execute(sa.select(_BUILDS).where(_BUILDS.c.state != PUBLISHED)).all()
        for row in left:
            self._clear(row)

    def _clear(self, row: sa.Row[Any]) -> None:
        """Remove what is left of a build and, if nothing is, its row."""
        build = path_of(self.folder, row.id)
        if self._forget(row.engine, build, row.label):
            shutil.rmtree(build, ignore_errors=True)
            with self._transaction() as connection:
                connection.execute(sa.delete(_BUILDS).where(_BUILDS.c.id == row.id))

    # ---------------------------------------------------------------------------------- reading

    def _pointer(self) -> tuple[str | None, bytes | None]:
        with self._database.connect() as connection:
            if not sa.inspect(connection).has_table(_POINTER.name):
                return None, None
            row = connection.execute(sa.select(_POINTER)).one_or_none()
        return (row.build, row.note) if row else (None, None)

    def refresh(self, *, older: bool = False) -> None:
        """See ``IndexFolder``."""
        current, note = self._pointer()
        if current is None:
            return
        if not older and current_name(self.folder) == path_of(self.folder, current).name:
            return
        with (
            translate_disk_errors(self.folder),
            self._one_at_a_time(),
            self._database.connect() as connection,
        ):
            rows = connection.execute(sa.select(_BUILDS))
            states = {row.id: row.state for row in rows}
            kept = [one for one, state in states.items() if state == PUBLISHED]
            for build_id in kept if older else [current]:
                if not path_of(self.folder, build_id).is_dir():
                    self._fetch(connection, build_id)
            if note is not None:
                write_note(self.folder, note)
            if current_name(self.folder) != path_of(self.folder, current).name:
                point_to(self.folder, path_of(self.folder, current))
            for build in all_builds(self.folder):
                if id_of(build) not in states:  # one that is being written has a row
                    shutil.rmtree(build, ignore_errors=True)

    def _fetch(self, connection: sa.Connection, build_id: str) -> None:
        build = path_of(self.folder, build_id)
        build.parent.mkdir(mode=0o700, exist_ok=True)
        for left in build.parent.glob(f"{_FETCHED}*"):  # by a process that was killed
            shutil.rmtree(left)
        query = (
            sa.select(_BUILD_FILES.c.name, _BUILD_FILES.c.bytes)
            .where(_BUILD_FILES.c.build == build_id)
            .order_by(_BUILD_FILES.c.name, _BUILD_FILES.c.part)
            .execution_options(yield_per=1)
        )
        with tempfile.TemporaryDirectory(dir=build.parent, prefix=_FETCHED) as scratch:
            place = Path(scratch) / build.name
            place.mkdir(mode=0o700)
            with connection.execute(query) as parts:
                for name, part in parts:
                    (place / name).parent.mkdir(exist_ok=True)
                    with (place / name).open("ab") as file:
                        file.write(part)
            all_to_disk(place)
            place.rename(build)
        to_disk(build.parent)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """While one process of this machine brings the folder up to date, others wait."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.folder / "lock.pull", os.O_WRONLY | os.O_CREAT, 0o600)) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _keep_file(connection: sa.Connection, build_id: str, name: str, path: Path) -> None:
    with path.open("rb") as file:
        for number in count():
            part = file.read(_BYTES_A_PART)
            if not part and number:
                return
            row = {"build": build_id, "name": name, "part": number, "bytes": part}
            connection.execute(sa.insert(_BUILD_FILES), row)


def _set_state(connection: sa.Connection, build_id: str, state: str) -> None:
    connection.execute(sa.update(_BUILDS).where(_BUILDS.c.id == build_id).values(state=state))


def _point_to(connection: sa.Connection, build_id: str) -> None:
    if not connection.execute(sa.update(_POINTER).values(build=build_id)).rowcount:
        connection.execute(sa.insert(_POINTER), {"name": _CURRENT, "build": build_id})
