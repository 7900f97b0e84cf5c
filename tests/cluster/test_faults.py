"""Databases restarted, runs killed: nothing lost, nothing twice, nothing half.

In full length (``--torture``): 20 restarts, 100 killed runs.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from imrsearch.builds.publishing import Builds
from imrsearch.collection.store import Collection
from imrsearch.errors import ServerUnavailable
from imrsearch.indexing import maintenance
from imrsearch.indexing.pipeline import index_paths
from imrsearch.settings import Settings, load_settings
from tests.cluster.servers import Cluster, postgresql_binaries, run_postgresql
from tests.collection.test_store import letter
from tests.reliability.saying import say
from tests.waiting import pause, wait_until

pytestmark = pytest.mark.cluster


def test_a_restarted_database(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """Letters are written and read all the time: each is there once, or its writer was told."""
    if postgresql_binaries() is None:
        pytest.skip("PostgreSQL is not installed: no restart of it is tested here")
    kept: set[str] = set()
    told: Counter[str] = Counter()
    names = [f"CM16-00{number:05}.txt" for number in range(4000)]
    letters = iter([letter(tmp_path, "CM16-0000901.txt")] * len(names))
    with run_postgresql() as server:
        settings = load_settings({}, collection=server.address(), index=str(tmp_path / "index"))
        stop = threading.Event()

        def write() -> None:
            with closing(Collection.create(settings.place)) as collection:
                for name, one in zip(names, letters, strict=True):
                    if stop.is_set():
                        return
                    case = Path(name).stem
                    source = replace(one.source, path=tmp_path / name)
                    determination = replace(one.determination, case_id=case)
                    try:
                        collection.keep(
                            [replace(one, source=source, determination=determination)], 1
                        )
                        assert collection.determination(case).case_id == case
                        kept.add(case)
                        told["kept"] += 1
                    except ServerUnavailable:
                        told["error"] += 1

        writer = threading.Thread(target=write)
        writer.start()
        for _ in range(rounds(3, 20)):
            before = len(kept)
            wait_until(lambda before=before: len(kept) > before + 5)  # type: ignore[misc]
            server.server.kill(signal.SIGINT)
            server.server.start()
            server.wait()
        before = len(kept)
        wait_until(lambda: len(kept) > before + 5)
        stop.set()
        writer.join()
        with closing(Collection.open(settings.place)) as collection:
            found = set(collection.case_ids())
            assert kept <= found  # of a lost COMMIT nobody knows whether it came through
            assert len(found - kept) <= told["error"]
            assert collection.promised().letters == len(found)
    say(f"restarted database: {dict(told)}")


RUN = """
import sys
from pathlib import Path
from imrsearch.indexing.pipeline import index_paths
from imrsearch.settings import load_settings

collection, index, urls, letters = sys.argv[1:]
settings = load_settings({}, collection=collection, index=index, opensearch_urls=urls,
                         engine="opensearch", opensearch_prefix="killed")
print("begun", flush=True)
index_paths(settings, [Path(letters)], jobs=1)
"""


def test_killed_runs(
    opensearch: Cluster, database: str, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    """Killed wherever it is, a run leaves letters once and builds whole, and the next completes."""
    settings = load_settings(
        {},
        collection=database,
        index=str(tmp_path / "index"),
        engine="opensearch",
        opensearch_urls=",".join(opensearch.urls),
        opensearch_prefix="killed",
    )
    letters = tmp_path / "letters"
    letters.mkdir()
    chance, killed = random.Random(5), 0
    letter(letters, "CM16-0000900.txt")
    index_paths(settings, [letters], jobs=1)
    for number in range(rounds(4, 100)):
        letter(letters, f"CM16-0001{number:03}.txt")
        run = [sys.executable, "-c", RUN, database, settings.index, settings.opensearch_urls[0]]
        process = subprocess.Popen([*map(str, run), str(letters)], stdout=subprocess.PIPE)
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            pause(chance.uniform(0, 6))
            killed += process.poll() is None
            process.kill()
        _require_whole(settings)
        report = index_paths(replace(settings, index=tmp_path / "other"), [letters], jobs=1)
        assert not report.failed
        assert _cases(settings) == sorted(path.stem for path in letters.iterdir())
        _require_whole(settings)
        assert _indexes(settings) == len(maintenance.listing(settings))  # no half-written one
    say(f"{killed} runs killed")


def _cases(settings: Settings) -> list[str]:
    with closing(Collection.open(settings.place)) as collection:
        return collection.case_ids()


def _require_whole(settings: Settings) -> None:
    """The current build answers with what it says."""
    build = Builds(settings).current()
    assert build.note is None
    assert build.index.count() == build.manifest.issues
    maintenance.verify(settings)


def _indexes(settings: Settings) -> int:
    with closing(OpenSearch(list(settings.opensearch_urls), timeout=60)) as client:
        return len(client.indices.get(index=f"{settings.opensearch_prefix}-*"))
