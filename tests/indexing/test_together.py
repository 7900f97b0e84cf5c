"""Several machines that read the letters of one index: each letter by one of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.indexing.pipeline import index_paths
from imrsearch.letters.files import Source
from imrsearch.model import Unread
from imrsearch.storage.builds.place import lock, place_of
from imrsearch.storage.builds.reading import current_manifest
from imrsearch.storage.collection import claims
from imrsearch.storage.collection.claims import FilesToRead, files_to_read
from imrsearch.storage.collection.postgresql import open_postgresql
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import IndexBusy
from imrsearch.system.settings import Settings, load_settings
from tests.storage.collection.test_store import letter

pytestmark = pytest.mark.cluster


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "FILES_AT_ONCE", 2)


@pytest.fixture
def letters(tmp_path: Path) -> list[Source]:
    folder = tmp_path / "letters"
    folder.mkdir()
    return [letter(folder, f"CM16-000000{number}.txt").source for number in range(1, 6)]


@pytest.fixture
def files(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], FilesToRead]:
    """Makes the files of a run of another machine, over the same folder."""

    def made() -> FilesToRead:
        engine = open_postgresql(database)
        files = files_to_read(engine, [tmp_path / "letters"])
        request.addfinalizer(engine.dispose)
        request.addfinalizer(files.close)
        return files

    return made


def test_each_file_is_claimed_once(files: Callable[[], FilesToRead], letters: list[Source]) -> None:
    one, other = files(), files()
    here = one.offered(letters)
    mine = [next(here)]  # and with it the second
    theirs = list(other.offered(letters))
    mine += here
    assert [mine, theirs] == [letters[:2], letters[2:]]
    one.done(2)
    other.done(3)
    assert list(files().left()) == []


def test_what_a_run_gives_back_another_reads(
    files: Callable[[], FilesToRead], letters: list[Source]
) -> None:
    """As of a killed one, whose session the database ends."""
    one = files()
    assert list(one.offered(letters)) == letters
    one.done(3)  # the third is done, but claimed together with the fourth
    one.close()
    assert list(files().left()) == letters[2:]


def test_files_that_are_gone_and_files_elsewhere_are_left_alone(
    files: Callable[[], FilesToRead], letters: list[Source], tmp_path: Path
) -> None:
    unread = Unread("a.txt", "a.txt", "missing", "it is gone")
    elsewhere = Source(tmp_path / "elsewhere.txt")
    one = files()
    offered = one.offered([unread, elsewhere, *letters])
    assert next(offered) == unread
    for source in letters[:2]:
        source.path.unlink()
    assert list(offered) == letters[2:]


def test_who_reads_far_ahead_holds_few_connections(
    files: Callable[[], FilesToRead], tmp_path: Path
) -> None:
    """Each claim that is open holds one, and there are 25."""
    (tmp_path / "letters").mkdir()
    sources = [Source(tmp_path / "letters" / f"{number:04}.txt") for number in range(400)]
    for source in sources:
        source.path.touch()
    assert list(files().offered(sources)) == sources


def test_machines_index_together(database: str, letters: list[Source], tmp_path: Path) -> None:
    """While one reads, another may, but none may build; who comes last finds all done."""
    one = load_settings({}, collection=database, index=str(tmp_path / "one"))
    other = replace(one, index=tmp_path / "other")
    folder = [tmp_path / "letters"]
    with lock(one, together=True), closing(Collection.create(one.place)) as collection:
        files = files_to_read(collection.database, folder)
        assert len(list(files.offered(letters))) == 5
        with pytest.raises(IndexBusy), lock(other):
            pass
        with lock(other, together=True):
            files.close()
    first = index_paths(other, folder, jobs=1)
    assert (first.read, first.build) == (5, current_manifest(one))
    second = index_paths(one, folder, jobs=1)
    assert (second.read, second.unchanged, second.build) == (0, 5, None)


def test_who_builds_is_alone(database: str, letters: list[Source], tmp_path: Path) -> None:
    one = load_settings({}, collection=database, index=str(tmp_path / "one"))
    with lock(one, together=True):
        place_of(one).take_alone()
        with pytest.raises(IndexBusy), lock(replace(one, index=tmp_path / "two"), together=True):
            pass


def test_a_folder_is_read_by_one(settings: Settings, letters: list[Source]) -> None:
    with closing(Collection.create(settings.place)) as collection:
        files = files_to_read(collection.database, [])
        assert list(files.offered(letters)) == letters
        assert list(files.left()) == []
