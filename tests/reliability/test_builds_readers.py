"""Readers while builds are published, and two writers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner

from imrsearch.cli import cli
from imrsearch.engines import EMBEDDED
from imrsearch.indexing import rebuild
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.storage.builds.place import lock
from imrsearch.storage.builds.reading import Builds, current_manifest
from imrsearch.storage.collection.store import Collection
from tests.reliability.folders import Folder
from tests.reliability.saying import say
from tests.waiting import pause, wait_until

PAUSE = 0.1
"""Between searches: the publishes want some of the machine, too."""

Seen = list[tuple[str, int, int]]
"""The build, the total and the sum of the table of decisions of each answer."""


def read(folder: Folder, stop: str, service: SearchService | None = None) -> Seen:
    """Search until there is a file ``stop``, and once more; tell of the first answer by a file."""
    seen: Seen = []
    stopped = False
    with closing(Collection.open(folder.index)) as collection:
        service = service or SearchService(collection, Builds(folder.index), folder.settings)
        while not stopped:
            stopped = Path(stop).exists()
            result = service.search(SearchState("walk safely"))
            tables = {facet.name: facet.values for facet in result.facets}
            decided = sum(value.count for value in tables["decision"])
            assert len(result.rows) == min(result.total, 10)
            seen.append((result.build, result.total, decided))
            answered(Path(stop)).touch()
            pause(PAUSE)
    return seen


def answered(stop: Path) -> Path:
    """The file that tells of the first answer."""
    return stop.with_name("answered")


@contextmanager
def readers(folder: Folder, stop: Path) -> Iterator[Callable[[], list[Seen]]]:
    """Two threads that share what they read from; a thread and a process that do not. One of them
    has answered: on a busy machine all had begun after the last publish."""
    with (
        closing(Collection.open(folder.index)) as collection,
        ThreadPoolExecutor(3) as threads,
        ProcessPoolExecutor(1, get_context("spawn")) as processes,
    ):
        shared = SearchService(collection, Builds(folder.index), folder.settings)
        running = [threads.submit(read, folder, str(stop), shared) for _ in range(2)]
        running += [
            pool.submit(read, folder, str(stop)) for pool in (threads, processes, processes)
        ]
        try:
            wait_until(answered(stop).exists)
            yield lambda: [reader.result() for reader in running]
        finally:
            stop.touch()


@pytest.mark.parametrize("engine", EMBEDDED)
def test_readers_during_publishes(
    engine: str, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    """Every answer is of one build: the total is that build's, and its tables add up to it."""
    folder = Folder.fresh(tmp_path, engine)
    folder.write(3)
    folder.run()
    held = {current_manifest(folder.index).id: 3}
    with readers(folder, tmp_path / "stop") as results:
        for _ in range(rounds(2, 50)):
            folder.write()
            report = folder.run()
            assert report.build is not None
            held[report.build.id] = report.build.issues
        (tmp_path / "stop").touch()
        answers = [answer for seen in results() for answer in seen]
    wrong = [one for one in answers if not one[1] == one[2] == held[one[0]]]
    assert wrong == []
    read_from = {build for build, _, _ in answers}
    assert len(read_from) > 1
    say(f"{engine}: {len(held) - 1} publishes, {len(answers)} answers from {len(read_from)} builds")


def test_a_second_writer_is_refused_with_a_message(tmp_path: Path) -> None:
    folder = Folder.fresh(tmp_path, "whoosh")
    folder.write()
    folder.run()
    with lock(folder.index), ThreadPoolExecutor(1) as other:
        for command in ("index", str(folder.letters)), ("reindex",), ("rollback",):
            given = [*command, "--index", str(folder.index)]
            ended = other.submit(CliRunner().invoke, cli, given).result()
            assert ended.exit_code == 4
            assert ended.stderr.count("\n") == 1
            assert f"Another run is writing the index in {folder.index}." in ended.stderr
    rebuild.reindex(folder.settings)
    folder.require_complete()
