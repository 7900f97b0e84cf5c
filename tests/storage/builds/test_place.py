"""Where an index is, and what becomes of builds that are no longer wanted."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.storage.builds.index_folder import path_of
from imrsearch.storage.builds.place import IndexPlace, lock, require_folder, take_alone
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import NotIndexed
from imrsearch.system.settings import Settings

NOBODY = ("http://127.0.0.1:1",)
"""No cluster answers there."""


@pytest.fixture
def place(settings: Settings) -> IndexPlace:
    """An index whose engine keeps its documents elsewhere, on a cluster that does not answer."""
    return IndexPlace(replace(settings, opensearch_urls=NOBODY, opensearch_seconds=1))


def made(place: IndexPlace, name: str, engine: str) -> Path:
    """A build that an engine has begun: where its documents are elsewhere, it has noted where."""
    build = path_of(place.folder, name)
    (build / "engine").mkdir(parents=True)
    place.announce(build, engine)
    (build / "engine" / "index.json").write_text('{"index": "imrsearch-1"}')
    return build


def left(place: IndexPlace) -> list[str]:
    return sorted(path.name for path in (place.folder / "builds").iterdir())


def test_a_folder_alone_is_an_index_with_default_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the environment names another one in a database: a folder means the folder."""
    monkeypatch.setenv("IMRSEARCH_COLLECTION", "postgresql+psycopg://imr@db.example/imr")
    monkeypatch.setenv("IMRSEARCH_THREADS", "7")
    place = IndexPlace(tmp_path)
    assert (place.folder, place.shared) == (tmp_path, None)
    assert (place.settings.index, place.settings.threads) == (tmp_path, 7)


def test_a_copy_of_a_database_has_a_folder_of_its_own(settings: Settings) -> None:
    """What the database does not know is removed there: never a build of the index folder."""
    copy = replace(settings, collection="postgresql+psycopg://imr@db.example/imr")
    assert IndexPlace(copy).folder == settings.index / "copy"


def test_the_letters_are_those_of_the_folder(settings: Settings) -> None:
    with pytest.raises(NotIndexed):
        IndexPlace(settings).letters()
    Collection.create(settings.index).close()
    letters = IndexPlace(settings).letters()
    assert list(letters.every_letter()) == []
    letters.close()


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_build_on_this_machine_goes_with_its_files(engine: str, place: IndexPlace) -> None:
    place.remove(made(place, "1", engine))
    place.discard(made(place, "2", engine))
    assert left(place) == []


def test_a_build_elsewhere_is_remembered_until_it_can_be_removed(
    place: IndexPlace, caplog: pytest.LogCaptureFixture
) -> None:
    """No reader takes it for a build meanwhile, and nobody else would know of its documents."""
    caplog.set_level(logging.WARNING)
    place.remove(made(place, "1", "opensearch"))
    place.discard(made(place, "2", "opensearch"))
    assert left(place) == ["gone-build-1", "gone-build-2"]
    place.remove_leftovers()
    assert left(place) == ["gone-build-1", "gone-build-2"]
    told = [record.getMessage() for record in caplog.records]
    assert len([one for one in told if one.endswith("A later run removes gone-build-1.")]) == 2


def test_where_a_build_s_documents_are_is_on_the_disk_before_any_is_written(
    place: IndexPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut an empty file would name no engine, and they would stay on the cluster."""
    forced: list[Path] = []
    monkeypatch.setattr("imrsearch.storage.builds.place.to_disk", forced.append)
    build = made(place, "1", "opensearch")
    assert forced == [build / "engine.name", build]
    made(place, "2", "whoosh")
    assert len(forced) == 2


def test_an_engine_that_is_no_longer_known_keeps_nothing(place: IndexPlace) -> None:
    place.remove(made(place, "1", "sphinx"))
    assert left(place) == []


def test_each_build_has_a_label_of_its_own(place: IndexPlace) -> None:
    """Of the same moment on two machines: on a cluster both would write one index."""
    build = path_of(place.folder, "1")
    first, second = (place.announce(build, "whoosh") for _ in range(2))
    assert first.startswith("1-")
    assert first != second


def test_a_folder_is_not_made_for_those_who_only_look(settings: Settings) -> None:
    with pytest.raises(NotIndexed, match="There is no index folder"):
        require_folder(settings)
    assert not settings.index.exists()
    with lock(settings):
        take_alone(settings)  # nobody else can have it
    require_folder(settings)
    require_folder(replace(settings, collection="postgresql+psycopg://imr@db.example/imr"))


def test_only_the_files_of_a_restore_are_removed(place: IndexPlace) -> None:
    """A backup may be beside them, under a name that begins alike."""
    Collection.create(place.folder).close()
    names = {"collection.sqlite3.new", "collection.sqlite3.new-wal"}
    others = {"collection.sqlite3.new-2016-12-09", "collection.sqlite3.newest"}
    for name in names | others:
        (place.folder / name).write_bytes(b"letters")
    (place.folder / "collection.sqlite3.new-folder").mkdir()
    place.remove_leftovers()
    there = {path.name for path in place.folder.glob("*.new*")}
    assert there == {*others, "collection.sqlite3.new-folder"}
