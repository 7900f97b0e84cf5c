"""Copies hold the same bytes, go on where they stopped, and are not opened before they are done."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from imrsearch.model import Unread
from imrsearch.storage.collection.copying import copy_collection
from imrsearch.storage.collection.reader import CollectionReader
from imrsearch.storage.collection.revisions import Changes
from imrsearch.storage.collection.store import Collection, Place
from imrsearch.system.errors import IndexBusy, NotIndexed, NotWritten
from tests.storage.collection.test_store import execute, letter

CASES = [f"CM16-00009{number:02}" for number in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection with letters, an unread file and a removed case."""
    with closing(Collection.create(tmp_path / "index")) as collection:
        letters = [letter(tmp_path, f"{case}.txt") for case in CASES]
        collection.keep(letters[:5], reader=1)
        collection.keep(letters[5:], reader=2)
        collection.drop([letters[3].source.key])
        collection.files.note_unread([Unread("/l/torn.pdf", "torn.pdf", "damaged", "torn")])
    return tmp_path / "index"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return tmp_path / "copy"
    return str(request.getfixturevalue("database"))


def test_there_and_back_again(folder: Path, target: Place, tmp_path: Path) -> None:
    """Every letter as it was, with the revisions and tokens by which builds know their state."""
    assert copy_collection(folder, target) == 11
    assert copy_collection(target, tmp_path / "back") == 11
    with (
        closing(Collection.open(folder)) as first,
        closing(Collection.open(target)) as second,
        closing(Collection.open(tmp_path / "back")) as third,
    ):
        assert first.state == second.state == third.state
        assert (
            list(first.every_letter()) == list(second.every_letter()) == list(third.every_letter())
        )
        assert second.changes(1) == third.changes(1) == first.changes(1)
        assert second.changes(0).removed == (CASES[3],)
        assert second.unread() == third.unread() == first.unread()
        second.keep([letter(tmp_path)], reader=1)
        assert second.changes(first.state.revision) == Changes((CASES[1],), ())


def test_an_interrupted_copy_goes_on(
    folder: Path, target: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imrsearch.storage.collection.copying.ROWS_AT_ONCE", 4)
    copied: list[int] = []

    def stop(done: int, total: int) -> None:
        copied.append(done)
        if done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_collection(folder, target, stop)
    with pytest.raises(NotIndexed, match="not finished"):
        Collection.open(target)
    if isinstance(target, Path):
        with pytest.raises(NotIndexed, match="not finished"):
            CollectionReader(target)
    assert copy_collection(folder, target, lambda done, total: copied.append(done)) == 11
    assert copied == [4, 8, 11]
    Collection.open(target).close()


def test_a_copy_of_what_has_changed_since_begins_anew(
    folder: Path, target: Place, tmp_path: Path
) -> None:
    def change(done: int, total: int) -> None:
        with closing(Collection.open(folder)) as collection:
            collection.keep([letter(tmp_path, service="Bed")], reader=3)

    with pytest.raises(IndexBusy, match="changed while"):
        copy_collection(folder, target, change)
    assert copy_collection(folder, target) == 11
    with closing(Collection.open(target)) as copy:
        assert copy.determination(CASES[1]).issues[0].service == "Bed"


def test_other_letters_are_not_written_over(folder: Path, target: Place, tmp_path: Path) -> None:
    with closing(Collection.create(target)) as other:
        other.keep([letter(tmp_path)], reader=1)
    with pytest.raises(NotWritten, match="already holds letters"):
        copy_collection(folder, target)


def test_a_copy_that_differs_is_told(folder: Path, target: Place) -> None:
    copy_collection(folder, target)
    execute(target, f"UPDATE letters SET reader = 9 WHERE case_id = '{CASES[7]}'")
    with pytest.raises(Exception, match=f"differs in letters, at {CASES[7]}"):
        copy_collection(folder, target)
