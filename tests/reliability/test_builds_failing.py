"""A failure after every step of a run: the old build answers, the message names the cause, the
next run completes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.engines import EMBEDDED
from imrsearch.indexing import maintenance, rebuild
from imrsearch.system.errors import ImrsearchError
from tests.reliability.failing import STEPS
from tests.reliability.folders import Folder, quick_place
from tests.reliability.saying import say

# A file that Whoosh was writing when it failed is closed when it is forgotten.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CAUSES = ("the disk is full", "No space left on device")

RUNS: dict[str, Callable[[Folder], object]] = {
    "index": Folder.run,
    "reindex": lambda folder: rebuild.reindex(folder.settings),
    "rollback": lambda folder: maintenance.rollback(folder.index),
}


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("name", RUNS)
def test_a_failure_after_every_step(
    name: str, engine: str, rounds: Callable[[int, int], int]
) -> None:
    run = RUNS[name]
    with quick_place() as place:
        folder = Folder.fresh(place, engine)
        for _ in range(2):
            folder.write(issues=2)
            folder.run()
        folder.write()
        folder.save(place / "before")
        with STEPS.under(folder.index):
            run(folder)
        steps = STEPS.count
        tried = range(0, steps, max(1, steps // rounds(2, steps)))
        told = 0
        for step in tried:
            folder.restore(place / "before")
            told += _fails(folder, run, step)
            _require_sound(folder)
    assert told
    say(f"{name} on {engine}: {len(tried)} of {steps} steps failed, {told} of them ended the run")


def _require_sound(folder: Folder) -> None:
    """One of the builds answers, whole, and the next runs complete."""
    held = maintenance.verify(folder.index).manifest.issues
    assert folder.total() == held
    assert held in (2, 4, 5)
    if not folder.run().build:  # A rollback holds until a new index is asked for.
        rebuild.reindex(folder.settings)
    folder.require_complete()


def _fails(folder: Folder, run: Callable[[Folder], object], step: int) -> bool:
    """Whether the run ended when the step failed: some failures cost nothing."""
    try:
        with STEPS.under(folder.index, fails=step):
            run(folder)
    except ImrsearchError as error:
        assert any(cause in error.message for cause in CAUSES), error.message
        return True
    return False
