"""Databases restarted, runs killed: nothing lost, nothing twice, nothing half.

In full length (``--torture``): 20 restarts, 100 killed runs of two machines.
"""

from __future__ import annotations

import pkgutil
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from imrsearch.indexing import maintenance
from imrsearch.indexing.pipeline import Report, index_paths
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import IndexBusy, ServerUnavailable
from imrsearch.system.settings import Settings, load_settings
from tests.cluster.servers import Cluster, postgresql_binaries, run_postgresql
from tests.reliability.saying import say
from tests.storage.collection.test_store import letter
from tests.waiting import pause, wait_until


@pytest.mark.cluster
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
import importlib, os, signal, sys
from pathlib import Path
from imrsearch.storage.collection import claims
from imrsearch.system.errors import ImrsearchError
from imrsearch.indexing.pipeline import index_paths
from imrsearch.system.settings import load_settings

collection, index, urls, letters, step, when = sys.argv[1:]
if step:
    module, _, path = step.partition(":")
    owner = importlib.import_module(module)
    *within, name = path.split(".")
    for one in within:
        owner = getattr(owner, one)
    real = getattr(owner, name)

    def killed(*given, **named):
        if "older" in named:  # the copy is brought up to date while the lock is taken
            return real(*given, **named)
        if when == "after":
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, killed)
claims.FILES_AT_ONCE = 2
settings = load_settings({}, collection=collection, index=index, opensearch_urls=urls,
                         engine="opensearch", opensearch_prefix="killed")
print("begun", flush=True)
try:
    index_paths(settings, [Path(letters)], jobs=1)
except ImrsearchError as error:
    print(repr(error), file=sys.stderr)
    sys.exit(error.exit_code)
"""

STEPS = [
    (f"imrsearch.{step}", when)
    for step, moments in {
        "storage.collection.claims:_SharedFiles._offer": "before after",
        "storage.collection.store:Collection.keep": "before after",
        "indexing.pipeline:_Reading._keep_copies": "after",  # the files are still claimed
        "indexing.pipeline:_Reading._keep": "after",
        "storage.builds.shared:SharedBuilds.take_alone": "before after",
        "storage.builds.shared:SharedBuilds.announce": "before after",
        "engines.opensearch.writing:_written_down": "after",
        "engines.opensearch.writing:_marked": "before",  # the index is created
        "engines.opensearch.writing:_in_bulk": "after",
        "engines.opensearch.writing:_seal": "after",
        "storage.builds.publishing:hashes": "before",
        "storage.builds.publishing:write_manifest": "before after",
        "storage.builds.publishing:_check_build": "after",
        "storage.builds.shared:SharedBuilds.publish": "before after",
        "storage.builds.shared:_keep_file": "after",  # inside the transaction, as the next two
        "storage.builds.shared:_set_state": "after",
        "storage.builds.shared:_point_to": "after",
        "storage.builds.shared:SharedBuilds.refresh": "before after",
        "storage.builds.shared:SharedBuilds.remove": "before after",
    }.items()
    for when in moments.split()
]
"""Between every two steps of a run, from the first file offered to the last build removed."""


def test_the_steps_have_these_names() -> None:
    """Else a run would end of that, rounds later, where no server is tested every time."""
    for step, _ in STEPS:
        assert callable(pkgutil.resolve_name(step))


TOLD = IndexBusy, ServerUnavailable
"""What a run may end with beside: one that came while another built; the next completes."""

LETTER = "CM16-{:07}.txt"


@pytest.mark.cluster
def test_killed_runs(
    opensearch: Cluster, database: str, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    """Two machines index the same letters, and one is killed: the other, or else the next run,
    completes. In full length each step is one round's; the others end at random moments."""
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
    chance, killed = random.Random(5), Counter[str]()
    letter(letters, LETTER.format(900))
    index_paths(settings, [letters], jobs=1)
    total = rounds(4, 100)
    steps = chance.sample(STEPS, min(len(STEPS), total // 2))
    for number in range(total):
        for more in range(3):
            letter(letters, LETTER.format(1000 + 3 * number + more))
        step, when = steps[number] if number < len(steps) else ("", "")
        given = [*settings.opensearch_urls, letters]
        run = [sys.executable, "-c", RUN, database]
        machines = [
            [*run, settings.index, *given, step, when],
            [*run, tmp_path / "other", *given, "", ""],
        ]
        # Of a machine that ends at a step, the other one is not there in every second round.
        machines = machines[: 1 + number % 2] if step else machines
        begun = [_begin(machine, tmp_path / "told") for machine in machines]
        if not step:
            pause(chance.uniform(0, 8))
            begun[0].kill()
        ends = [process.wait() for process in begun]
        killed[(step and "at a step") or "at random"] += ends[0] == -signal.SIGKILL
        told = (tmp_path / "told").read_text()
        assert {*ends} <= {0, *(one.exit_code for one in TOLD), -signal.SIGKILL}, told
        _require_whole(settings)
        assert not _index_once_free(replace(settings, index=tmp_path / "third"), letters).failed
        assert _cases(settings) == sorted(path.stem for path in letters.iterdir())
        _require_whole(settings)
        assert _indexes(settings) == len(maintenance.listing(settings))  # no half-written one
        say(f"{number + 1} of {total} rounds; killed {dict(killed)}; {told}")


def _begin(command: Sequence[object], told: Path) -> subprocess.Popen[bytes]:
    """A run that has loaded what it needs; what goes wrong in it is added to a file."""
    with told.open("a") as errors:
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=errors)
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
    return process


def _index_once_free(settings: Settings, letters: Path) -> Report:
    """The next run. The database notices a killed one's end when it next has an answer for it;
    on a busy machine a server may take too long, and says so."""
    reports: list[Report] = []

    def runs() -> bool:
        with suppress(*TOLD):
            reports.append(index_paths(settings, [letters], jobs=1))
        return bool(reports)

    wait_until(runs)
    return reports[0]


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
