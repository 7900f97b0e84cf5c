"""kill -9 at random moments: nothing half, nothing lost, and the next run completes."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from imrsearch.engines import EMBEDDED
from imrsearch.indexing import maintenance
from imrsearch.storage import CURRENT
from imrsearch.storage.builds.reading import Builds
from imrsearch.system.errors import NotIndexed
from tests.reliability.folders import Folder, quick_place
from tests.reliability.killing import JOBS, End, Job, Runs
from tests.reliability.saying import say

ROUNDS_IN_FOLDER = 20
"""Then a new one, so that first runs are killed too, and no run grows long."""


@dataclass(slots=True)
class Known:
    """What is known to be in a folder: the cases committed, the builds that were whole."""

    folder: Folder
    committed: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def require_sound(self, killed: End) -> bool:
        """What must be true after a run was killed; tells whether it had published."""
        self.committed |= set(killed.kept)
        if self.committed:
            assert self.committed <= set(self.folder.cases())
        index = self.folder.index
        if not self.whole and not (index / CURRENT).is_symlink():
            with suppress(NotIndexed):  # or the first build, which lacked but the last step
                assert Builds(index).current().note
            return False
        build = Builds(index).current()
        assert build.note is None
        assert build.id in self.whole or build.id > max(self.whole, default="")
        maintenance.verify(index)
        return build.id not in self.whole

    def require_complete(self) -> None:
        """What must be true after a run that was let to its end."""
        self.folder.require_complete()
        self.committed = set(self.folder.written)
        self.whole = {one.id for one in maintenance.listing(self.folder.index)}


@pytest.mark.parametrize(
    ("engine", "beside"), [*((name, False) for name in EMBEDDED), ("tantivy", True)]
)
def test_killed_at_random_moments(
    engine: str, beside: bool, rounds: Callable[[int, int], int], times: int
) -> None:
    seed = secrets.randbits(64)
    say(f"seed {seed}")
    dice, wanted = random.Random(seed), rounds(2, 200 * times)
    counts: Counter[str] = Counter()
    took = dict.fromkeys(JOBS, 0.5)
    with Runs(beside) as runs, quick_place() as place:
        for number in range(0, wanted, ROUNDS_IN_FOLDER):
            folder = Folder.fresh(place / str(number), engine)
            _kill(runs, folder, dice, counts, took, min(wanted, number + ROUNDS_IN_FOLDER))
    say(f"{engine}{' in two processes' * beside}: {dict(counts)}")


def _kill(
    runs: Runs,
    folder: Folder,
    dice: random.Random,
    counts: Counter[str],
    took: dict[str, float],
    wanted: int,
) -> None:
    """Rounds in one folder, until so many runs were killed: some end before they can be.

    ``took`` follows how much processor time runs take on this machine at this moment.
    """
    known = Known(folder)
    while counts["killed"] < wanted:
        folder.write(dice.randint(1, 3), dice.randint(1, 3))
        name = dice.choice(JOBS) if known.whole else "index"
        end = runs(_job(folder, name, kill_after=dice.uniform(0, took[name])))
        assert end.killed or end.status == 0
        published = known.require_sound(end)
        if end.killed:
            counts.update(["killed", f"{name} killed"])
            counts.update(["killed with letters kept"] * bool(end.kept))
            counts.update(["killed with the build published"] * published)
        took[name] *= 1.2 if end.killed else 0.7
        assert runs(_job(folder, "index")).status == 0
        known.require_complete()


def _job(folder: Folder, name: str, kill_after: float | None = None) -> Job:
    return Job(name, str(folder.index), str(folder.letters), folder.engine, kill_after)
