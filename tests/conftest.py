"""Fixtures that several rooms share."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from imrsearch.indexing import pipeline
from imrsearch.system.settings import SETTINGS, Settings, load_settings
from tests.cluster.servers import (
    NEWER,
    OPENSEARCH,
    Cluster,
    PostgreSQL,
    Server,
    opensearch_home,
    postgresql_binaries,
    run_opensearch,
    run_postgresql,
)

MEMORY = Path("/dev/shm")
ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "letters"
DETERMINATIONS = ROOT.parent / "shared" / "determinations"

# How long one example takes is no finding: a busy machine is slow, and so is whatever loads NLTK
# or compiles the catalogues.  With --torture there are ten times as many examples.
hypothesis.register_profile("imrsearch", deadline=None, max_examples=50)
hypothesis.register_profile("torture", deadline=None, max_examples=500)
hypothesis.load_profile("imrsearch")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--torture``: the tests of reliability in full length; ``--times 5``: five times as many
    killed runs, requests and flipped bits; ``--rounds 20``: so many rounds of each fault of the
    servers (tests/cluster)."""
    parser.addoption("--torture", action="store_true", help="Reliability in full length.")
    parser.addoption("--times", type=int, default=1, help="So many times as much.")
    parser.addoption("--rounds", type=int, default=0, help="Rounds of each fault of the servers.")


def pytest_configure(config: pytest.Config) -> None:
    """More examples in full length; temporary folders in memory, where there is plenty: builds and
    collections are forced to disk, and thousands of them wait for it."""
    if config.getoption("--torture"):
        hypothesis.load_profile("torture")
    if _is_roomy(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _is_roomy(memory: Path) -> bool:
    if not os.access(memory, os.W_OK):
        return False
    found = os.statvfs(memory)
    return found.f_bavail * found.f_frsize > 4 << 30 and not found.f_flag & os.ST_NOEXEC


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: nobody need look through them again and again for
    what has become garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """``rounds(short, long)``: how often a test repeats itself, long with ``--torture``."""
    torture = request.config.getoption("--torture")
    return lambda short, long: long if torture else short


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> int:
    """What the full length of some tests is multiplied by."""
    return int(request.config.getoption("--times"))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for row in SETTINGS:
        monkeypatch.delenv(row.variable, raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an index folder of the test's own."""
    return load_settings({}, index=str(tmp_path / "index"))


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Settings]
) -> Settings:
    """What ``make`` makes in an empty folder and tells of it; of the processes of a run, the first
    that asks for it makes it. For reading only."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, told = root / name, root / f"{name}.index"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            folder.mkdir()
            told.write_text(str(make(folder).index))
    return load_settings({}, index=told.read_text())


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over an index of all the samples. For reading only."""

    def make(folder: Path) -> Settings:
        settings = load_settings({}, index=str(folder / "index"))
        assert not pipeline.index_paths(settings, [SAMPLES], jobs=1).failed
        return settings

    return made_once(tmp_path_factory, "samples", make)


@pytest.fixture(scope="session")
def real_letters() -> Path:
    """The folder of real letters; tests that ask for it are skipped where there is none."""
    if not DETERMINATIONS.is_dir():
        pytest.skip("the real letters are not at hand")
    return DETERMINATIONS


# ------------------------------------------------------------- servers, for the mark "cluster"

_schemas = count()

GIVEN_OPENSEARCH, GIVEN_POSTGRESQL = "IMRSEARCH_TEST_OPENSEARCH", "IMRSEARCH_TEST_POSTGRESQL"
"""Variables that name servers which run already."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL of the tests' own, or the one whose socket is in ``IMRSEARCH_TEST_POSTGRESQL``;
    without its binaries the tests are skipped."""
    if given := os.environ.get(GIVEN_POSTGRESQL):
        yield PostgreSQL(Server([], Path(given)), Path(given))
        return
    if postgresql_binaries() is None:
        pytest.skip("PostgreSQL is not installed: nothing on PostgreSQL is tested here")
    with run_postgresql() as server:
        yield server


def new_database(server: PostgreSQL) -> str:
    """The address of a schema of its own, empty."""
    name = f"test{next(_schemas)}"
    server.run(f"CREATE SCHEMA {name}")
    return f"{server.address()}&options=-csearch_path%3D{name}"


@pytest.fixture
def database(postgresql: PostgreSQL) -> str:
    """The address of an empty database of the test's own."""
    return new_database(postgresql)


def _cluster(version: str, nodes: int = 1) -> Iterator[Cluster]:
    if opensearch_home(version) is None:
        pytest.skip(f"OpenSearch {version} or its Java is missing (make servers): not tested here")
    with run_opensearch(nodes, version=version) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def opensearch() -> Iterator[Cluster]:
    """An OpenSearch node of the tests' own, or the one at ``IMRSEARCH_TEST_OPENSEARCH``; without
    the distribution the tests are skipped."""
    if given := os.environ.get(GIVEN_OPENSEARCH):
        yield Cluster([], given.split(","))
        return
    yield from _cluster(OPENSEARCH)


@pytest.fixture(scope="session")
def three_nodes() -> Iterator[Cluster]:
    """Three processes, for indexes of three shards with a replica each. Who stops one starts it
    again and waits."""
    yield from _cluster(OPENSEARCH, nodes=3)


@pytest.fixture(scope="session")
def newer_opensearch() -> Iterator[Cluster]:
    """A node of the next major version."""
    yield from _cluster(NEWER)
