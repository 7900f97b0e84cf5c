from __future__ import annotations

import gc
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from imrsearch.storage.builds import reading
from imrsearch.storage.builds.index_folder import current_path
from imrsearch.storage.builds.manifest import Origin
from imrsearch.storage.builds.publishing import publish
from imrsearch.storage.builds.reading import Builds
from imrsearch.system.memory import share_memory, trim_heap
from tests.engines.corpus import CORPUS

MAPPED = Path("/proc/self/maps")


def test_it_can_be_asked_for_at_any_time() -> None:
    share_memory()
    trim_heap()


def test_once_for_each_build_that_nobody_searches_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(reading, "trim_heap", lambda: given_back.append(True))
    readers = Builds(tmp_path)
    for _ in range(2):
        publish(tmp_path, "whoosh", CORPUS, Origin(4, 0))
        held = readers.current()
    gc.collect()
    assert given_back == [True]
    assert held.index.count() == len(CORPUS)


@pytest.mark.skipif(not MAPPED.exists(), reason="Linux alone tells what is mapped")
def test_when_all_of_the_build_has_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build holds cannot be returned before it is free."""
    publish(tmp_path, "whoosh", CORPUS, Origin(4, 0))
    readers = Builds(tmp_path)
    place = f"{current_path(tmp_path)}/"
    still_there: list[bool] = []
    monkeypatch.setattr(
        reading, "trim_heap", lambda: still_there.append(place in MAPPED.read_text())
    )
    assert readers.current().index.count() == len(CORPUS)
    assert place in MAPPED.read_text()
    publish(tmp_path, "whoosh", CORPUS, Origin(4, 0))
    readers.current()
    assert still_there == [False]


# In a process of its own: the rules of this one may have been changed already.
_FAULTS = """
import resource, sys
import numpy as np
from imrsearch.system.memory import tune_malloc
if sys.argv[1] == "kept":
    tune_malloc()
for _ in range(3):
    one, other = np.ones(1 << 20), np.ones(1 << 20)  # what a search drops before the next
    del one, other
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    one, other = np.ones(1 << 20), np.ones(1 << 20)
    del one, other
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def _faults(how: str) -> int:
    command = [sys.executable, "-c", _FAULTS, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone is told")
def test_memory_that_was_given_back_is_not_asked_for_again() -> None:
    assert _faults("kept") * 20 < _faults("as always")


def test_what_is_loaded_is_not_looked_through_for_cycles() -> None:
    """In a process of its own: what is frozen stays so."""
    code = """
import gc
from imrsearch.system.memory import keep_loaded, tune_collector
tune_collector()
before = gc.get_threshold()
class Cycle: pass
one = Cycle(); one.own = one; del one
keep_loaded()
frozen = gc.get_freeze_count()
print(before, frozen > 1000, any(type(found) is Cycle for found in gc.get_objects()))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split("(")[1] == "10000, 10, 10) True False\n"
