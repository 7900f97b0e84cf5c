"""After every run the index holds what the letters' folder holds, whatever happened before it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from imrsearch.engines.base import SearchRequest
from imrsearch.indexing import maintenance, pipeline
from imrsearch.query.tree import Term
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.reader import FILE
from imrsearch.system.errors import NotFound
from imrsearch.system.settings import load_settings
from tests.letters.forms import credentials_letter, issue

CASES = st.sampled_from([f"CM16-000091{number}" for number in range(4)])
WORDS = ("alpha", "beta", "gamma")


class Indexing(RuleBasedStateMachine):
    """Letters come, change and go; backups are restored, builds rolled back, commits lost."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        root = Path(self.place.name)
        self.letters, self.backup, self.before = (
            root / name for name in ("letters", "backup", "before")
        )
        self.settings = load_settings({}, index=str(root / "index"))
        self.held: dict[str, str] = {}
        self.is_rolled_back = False
        self.letters.mkdir()
        self.write_and_index("CM16-0000910", WORDS[0])

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(case=CASES, word=st.sampled_from(WORDS))
    def write_and_index(self, case: str, word: str) -> None:
        text = credentials_letter(issue("Cane: Upheld", f"It helps {word}."))
        (self.letters / f"{case}.txt").write_text(text.replace("CM16-0000901", case))
        self.held[case] = word
        self.index()

    @precondition(lambda self: len(self.held) > 1)
    @rule()
    def take_away_and_index(self) -> None:
        case, _ = self.held.popitem()
        (self.letters / f"{case}.txt").unlink()
        self.index()

    @rule()
    def index(self) -> None:
        """A run; what the collection was before it stays aside."""
        self.copy(self.before)
        report = pipeline.index_paths(self.settings, [self.letters], prune=True, jobs=1)
        self.is_rolled_back &= report.build is None
        if not self.is_rolled_back:
            assert self.found() == self.held

    def found(self) -> dict[str, str]:
        index = Builds(self.settings.index).current().index
        return {
            hit.id.removesuffix("#1"): word
            for word in WORDS
            for hit in index.search(SearchRequest(Term(word))).hits
        }

    @rule()
    def roll_back(self) -> None:
        try:
            maintenance.rollback(self.settings.index)
        except NotFound:
            return
        self.is_rolled_back = True

    @rule()
    def back_up(self) -> None:
        self.copy(self.backup)

    @precondition(lambda self: self.backup.exists())
    @rule()
    def restore(self) -> None:
        """The collection of another day, under the builds of today."""
        self.put_back(self.backup)

    @rule()
    def lose_the_last_commits(self) -> None:
        """A power cut: the build is on the disk, what the last run committed is not."""
        if any(self.before.iterdir()):
            self.put_back(self.before)

    def copy(self, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for file in self.settings.index.glob(f"{FILE}*"):
            shutil.copy2(file, target)

    def put_back(self, source: Path) -> None:
        for file in self.settings.index.glob(f"{FILE}*"):
            file.unlink()
        for file in source.iterdir():
            shutil.copy2(file, self.settings.index)


ONE, OTHER = "CM16-0000911", "CM16-0000912"
SEQUENCES = {
    "a backup is restored, and other letters bring it to the same revision": (
        Indexing.back_up,
        partial(Indexing.write_and_index, case=ONE, word="beta"),
        Indexing.restore,
        partial(Indexing.write_and_index, case=OTHER, word="gamma"),
    ),
    "a power cut takes the last commit, and the letter is another by the next night": (
        partial(Indexing.write_and_index, case=ONE, word="beta"),
        Indexing.lose_the_last_commits,
        partial(Indexing.write_and_index, case=ONE, word="gamma"),
    ),
    "a build rolled back to, and a backup that has its revision again": (
        Indexing.back_up,
        partial(Indexing.write_and_index, case=ONE, word="beta"),
        Indexing.roll_back,
        Indexing.restore,
        partial(Indexing.write_and_index, case=ONE, word="gamma"),
    ),
}


@pytest.mark.parametrize("steps", SEQUENCES.values(), ids=SEQUENCES)
def test_sequences_that_left_new_letters_out(steps: tuple[Callable[[Indexing], None]]) -> None:
    machine = Indexing()
    machine.begin()
    for step in steps:
        step(machine)
    machine.teardown()


def test_any_sequence(rounds: Callable[[int, int], int]) -> None:
    examples = rounds(3, 1_000)
    run_state_machine_as_test(
        Indexing, settings=profile(max_examples=examples, stateful_step_count=10, deadline=None)
    )
