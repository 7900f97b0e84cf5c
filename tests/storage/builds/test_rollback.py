"""The note of a rollback: which state of the collection the chosen build stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.storage.builds.index_folder import ROLLED_BACK, write_note
from imrsearch.storage.builds.manifest import Manifest, write_manifest
from imrsearch.storage.builds.rollback import (
    effective_state,
    made_from,
    rollback_note,
    rolled_back_to,
)
from imrsearch.storage.collection.reader import CollectionState
from tests.storage.builds.test_manifest import build, manifest_of

__all__ = ["build"]  # a fixture


@pytest.fixture
def older(build: Path) -> Manifest:
    """The build that a rollback chooses."""
    return manifest_of(build, id="0", revision=2, token=5)


def test_without_a_note_a_build_stands_for_what_it_was_made_from(
    older: Manifest, tmp_path: Path
) -> None:
    assert made_from(older) == CollectionState(2, 5)
    assert effective_state(tmp_path, older) == CollectionState(2, 5)
    assert rolled_back_to(tmp_path) is None


def test_the_chosen_build_stands_for_the_state_of_the_one_turned_away(
    older: Manifest, build: Path, tmp_path: Path
) -> None:
    """So the next run sees nothing to do, until the collection changes."""
    write_manifest(build, manifest_of(build))
    note = rollback_note(tmp_path, build, older)
    assert note is not None
    write_note(tmp_path, note)
    assert rolled_back_to(tmp_path) == "0"
    assert effective_state(tmp_path, older) == CollectionState(3, 7)


def test_the_note_is_of_one_build_alone(older: Manifest, build: Path, tmp_path: Path) -> None:
    """A build published since then stands for itself."""
    write_manifest(build, manifest_of(build))
    write_note(tmp_path, rollback_note(tmp_path, build, older) or b"")
    newer = manifest_of(build, id="2", revision=4, token=9)
    assert effective_state(tmp_path, newer) == CollectionState(4, 9)
    assert rolled_back_to(tmp_path) == "0"


def test_a_second_rollback_keeps_the_state_of_the_first(
    older: Manifest, build: Path, tmp_path: Path
) -> None:
    """From 1 to 0 and on to an even older one: all three times it is 1's state that is answered."""
    write_manifest(build, manifest_of(build))
    write_note(tmp_path, rollback_note(tmp_path, build, older) or b"")
    write_manifest(build, older)
    oldest = manifest_of(build, id="00", revision=1, token=4)
    write_note(tmp_path, rollback_note(tmp_path, build, oldest) or b"")
    assert effective_state(tmp_path, oldest) == CollectionState(3, 7)


def test_of_an_unreadable_build_there_is_no_note(
    older: Manifest, build: Path, tmp_path: Path
) -> None:
    """Then the next run makes a new build, as it should after damage."""
    assert rollback_note(tmp_path, build, older) is None


@pytest.mark.parametrize("note", [b"", b"{}", b'{"build": 3}'])
def test_a_damaged_note_says_nothing(note: bytes, older: Manifest, tmp_path: Path) -> None:
    (tmp_path / ROLLED_BACK).write_bytes(note)
    assert rolled_back_to(tmp_path) is None
    assert effective_state(tmp_path, older) == CollectionState(2, 5)
