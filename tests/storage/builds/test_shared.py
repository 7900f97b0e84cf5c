"""Builds in a database: what one machine publishes, others serve, whatever happens in between."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from imrsearch.storage.builds.index_folder import all_builds, id_of, path_of
from imrsearch.storage.builds.manifest import Manifest, Origin
from imrsearch.storage.builds.place import lock, place_of
from imrsearch.storage.builds.publishing import publish
from imrsearch.storage.builds.reading import Builds, current_manifest
from imrsearch.storage.builds.shared import SharedBuilds
from imrsearch.storage.collection.postgresql import open_postgresql
from imrsearch.system.errors import (
    IndexBusy,
    NotIndexed,
    NotWritten,
    ServerUnavailable,
    SettingsError,
)
from imrsearch.system.settings import Settings, load_settings
from tests.cluster.servers import PostgreSQL
from tests.engines.corpus import CORPUS
from tests.reliability.failing import STEPS
from tests.storage.builds.test_publishing import total

pytestmark = pytest.mark.cluster


@pytest.fixture
def machine(database: str, tmp_path: Path) -> Settings:
    return load_settings({}, collection=database, index=str(tmp_path / "one"))


@pytest.fixture
def other(machine: Settings, tmp_path: Path) -> Settings:
    """Another machine: the same database, a folder of its own."""
    return replace(machine, index=tmp_path / "other")


def put(machine: Settings, issues: int = len(CORPUS)) -> Manifest:
    return publish(machine, "whoosh", CORPUS[:issues], Origin(4, 1), force=True)


def kept(machine: Settings) -> list[str]:
    """The ids of the builds in the copy of a machine, newest first."""
    at = place_of(machine)
    at.refresh(older=True)
    return [id_of(build) for build in all_builds(at.folder)]


def test_what_one_machine_publishes_another_serves(machine: Settings, other: Settings) -> None:
    with pytest.raises(NotIndexed):
        Builds(other).current()
    first = put(machine, issues=2)
    builds = Builds(other)
    assert (builds.current().id, total(builds.current())) == (first.id, 2)
    second = put(machine)
    assert current_manifest(other) == second
    assert total(Builds(other).current()) == 6


def test_two_older_builds_are_kept_everywhere(machine: Settings, other: Settings) -> None:
    made = [put(machine, issues=count).id for count in (1, 2)]
    assert kept(other) == made[::-1]
    made += [put(other, issues=count).id for count in (3, 4)]
    assert kept(machine) == kept(other) == made[:0:-1]


def test_one_machine_writes_at_a_time(machine: Settings, other: Settings) -> None:
    with lock(machine):
        put(machine, issues=1)  # the same run may
        with pytest.raises(IndexBusy):
            put(other)
    assert put(other).id == current_manifest(machine).id


def test_a_failed_build_leaves_nothing(machine: Settings, other: Settings) -> None:
    good = put(machine)
    with pytest.raises(SettingsError):
        publish(machine, "sphinx", CORPUS, Origin(1, 0))
    assert kept(machine) == kept(other) == [good.id]
    assert current_manifest(other) == good


def test_a_rollback_is_seen_everywhere(machine: Settings, other: Settings) -> None:
    first, second = put(machine, issues=5), put(machine)
    at = place_of(other)
    with lock(other):
        at.point_back(at.folder / "builds" / f"build-{first.id}", b"a note")
    assert current_manifest(machine) == first
    assert (place_of(machine).folder / "rolled-back.json").read_bytes() == b"a note"
    assert kept(machine) == [second.id, first.id]


def test_a_copy_that_failed_at_any_step_is_made_by_the_next_reader(
    machine: Settings, other: Settings
) -> None:
    """Its files are on the disk before it is a build: one that is there is not fetched again."""
    put(machine)
    place, told = place_of(other).folder, []
    with STEPS.under(place):
        place_of(other).refresh()
    for step in range(0, STEPS.count, STEPS.count // 6):
        shutil.rmtree(place)
        try:
            with STEPS.under(place, fails=step):
                place_of(other).refresh()
        except NotWritten as error:
            told.append(error.message)
        assert total(Builds(other).current()) == 6
        assert len(list((place / "builds").iterdir())) == 1
    assert any("(fsync)" in message for message in told)


def test_what_a_killed_reader_had_fetched_is_removed(machine: Settings, other: Settings) -> None:
    put(machine, issues=5)
    builds = path_of(place_of(other).folder, "")
    (builds.with_name("fetched-1") / "engine").mkdir(parents=True)
    assert total(Builds(other).current()) == 5
    assert len(list(builds.parent.iterdir())) == 1


KILLED = """
import os, signal, sys
from imrsearch.storage.builds import publishing
from imrsearch.storage.builds.manifest import Origin
from imrsearch.storage.builds.shared import SharedBuilds
from imrsearch.system.settings import load_settings
from tests.engines.corpus import CORPUS

owner = {"shared": SharedBuilds, "publishing": publishing}[sys.argv[3]]
real = getattr(owner, sys.argv[4])

def step(*given, **named):
    if "older" in named:  # the lock is taken
        return real(*given, **named)
    if sys.argv[5] == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, sys.argv[4], step)
settings = load_settings({}, collection=sys.argv[1], index=sys.argv[2])
publishing.publish(settings, "whoosh", CORPUS, Origin(1, 0), force=True)
"""


@pytest.mark.parametrize(
    ("owner", "step", "when", "published"),
    [
        ("shared", "announce", "before", False),
        ("shared", "announce", "after", False),
        ("publishing", "write_manifest", "after", False),
        ("shared", "publish", "before", False),
        ("shared", "publish", "after", True),
        ("shared", "refresh", "before", True),
        ("publishing", "prune_builds", "after", False),
    ],
)
def test_a_killed_run_leaves_all_or_nothing(
    machine: Settings, other: Settings, owner: str, step: str, when: str, published: bool
) -> None:
    """The next run, on another machine, finds the lock free and removes what was left."""
    before = put(machine, issues=4)
    command = [sys.executable, "-c", KILLED, machine.collection, str(machine.index)]
    ended = subprocess.run([*command, owner, step, when], check=False)
    assert ended.returncode == -9
    current = current_manifest(other)
    assert (current.id != before.id) == published
    assert total(Builds(other).current()) == (6 if published else 4)
    last = put(other)
    assert current_manifest(machine) == last
    assert set(kept(machine)) == {before.id, current.id, last.id}
    with closing(open_postgresql(other.collection, kept=0).connect()) as connection:
        states = connection.execute(sa.text("SELECT state FROM builds")).scalars().all()
    assert set(states) == {"published"}


def test_a_lost_session_publishes_nothing(
    postgresql: PostgreSQL, machine: Settings, other: Settings
) -> None:
    """Whoever held the lock when the database was restarted has lost it, and says so."""
    good = put(machine)
    with pytest.raises(ServerUnavailable), lock(machine):
        postgresql.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        put(machine, issues=1)
    assert current_manifest(other) == good
    assert put(other).id == current_manifest(machine).id


def test_passwords_in_an_address_are_refused(machine: Settings) -> None:
    told = replace(machine, collection="postgresql+psycopg://imr:secret@db.example/imr")
    with pytest.raises(SettingsError) as caught:
        current_manifest(told)
    assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_a_folder_alone_is_no_copy(tmp_path: Path) -> None:
    assert not isinstance(place_of(tmp_path), SharedBuilds)
