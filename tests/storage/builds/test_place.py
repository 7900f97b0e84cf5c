"""Where an index is: its folder, and the copy of a database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.storage.builds.index_folder import IndexFolder
from imrsearch.storage.builds.place import lock, place_of, require_folder
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import NotIndexed
from imrsearch.system.settings import Settings


def test_a_folder_alone_is_an_index_with_default_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the environment names another one in a database: a folder means the folder."""
    monkeypatch.setenv("IMRSEARCH_COLLECTION", "postgresql+psycopg://imr@db.example/imr")
    monkeypatch.setenv("IMRSEARCH_THREADS", "7")
    place = place_of(tmp_path)
    assert (place.folder, type(place)) == (tmp_path, IndexFolder)
    assert (place.settings.index, place.settings.threads) == (tmp_path, 7)


def test_a_copy_of_a_database_has_a_folder_of_its_own(settings: Settings) -> None:
    """What the database does not know is removed there: never a build of the index folder."""
    copy = replace(settings, collection="postgresql+psycopg://imr@db.example/imr")
    assert place_of(copy).folder == settings.index / "copy"


def test_the_letters_are_those_of_the_folder(settings: Settings) -> None:
    with pytest.raises(NotIndexed):
        place_of(settings).letters()
    Collection.create(settings.index).close()
    letters = place_of(settings).letters()
    assert list(letters.every_letter()) == []
    letters.close()


def test_a_folder_is_not_made_for_those_who_only_look(settings: Settings) -> None:
    with pytest.raises(NotIndexed, match="There is no index folder"):
        require_folder(settings)
    assert not settings.index.exists()
    with lock(settings):
        place_of(settings).take_alone()  # nobody else can have it
    require_folder(settings)
    require_folder(replace(settings, collection="postgresql+psycopg://imr@db.example/imr"))
