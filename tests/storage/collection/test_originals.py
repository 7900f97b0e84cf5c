"""Copies of original files: kept for machines that do not see where they were read."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from imrsearch.indexing.pipeline import index_paths
from imrsearch.letters.files import Source
from imrsearch.storage.collection.kept_files import KeptFile
from imrsearch.storage.collection.originals import IN_DATABASE, keep_originals, originals_of
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import NotWritten, SettingsError
from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from tests.reliability.failing import STEPS
from tests.storage.collection.test_store import letter

CASES = ["CM16-0000001", "CM16-0000002"]


@pytest.fixture(params=["folder", pytest.param(IN_DATABASE, marks=pytest.mark.cluster)])
def machine(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Settings:
    if request.param == IN_DATABASE:
        database = request.getfixturevalue("database")
        return replace(settings, collection=database, originals=IN_DATABASE)
    return replace(settings, originals=str(tmp_path / "originals"))


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for case in CASES:
        letter(folder, f"{case}.txt")
    return folder


def original(machine: Settings, case: str) -> tuple[int, bytes]:
    with create_app(machine).test_client() as client:
        answer = client.get(f"/case/{case}/original")
        return answer.status_code, answer.data


def kept(machine: Settings, data: bytes) -> bool:
    with closing(Collection.open(machine.place)) as collection:
        copies = originals_of(machine.originals, collection.database)
        return copies.read(sha256(data).hexdigest()) is not None


def test_a_copy_is_served_where_the_file_is_gone(
    settings: Settings, letters: Path, tmp_path: Path
) -> None:
    machine = replace(settings, originals=str(tmp_path / "originals"))
    data = (letters / f"{CASES[0]}.txt").read_bytes()
    index_paths(machine, [letters], jobs=1)
    for path in letters.iterdir():
        path.unlink()
    assert original(machine, CASES[0]) == (200, data)


def test_copies_follow_the_letters(machine: Settings, letters: Path) -> None:
    """Of letters known before, copies are made; of one that is forgotten, none is left."""
    first, second = (letters / f"{case}.txt" for case in CASES)
    one, other = first.read_bytes(), second.read_bytes()
    index_paths(replace(machine, originals=""), [letters], jobs=1)
    assert not kept(machine, one)
    index_paths(machine, [letters], jobs=1)
    assert kept(machine, one)
    assert kept(machine, other)
    second.unlink()
    index_paths(machine, [letters], prune=True, jobs=1)
    assert kept(machine, one)
    assert not kept(machine, other)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("other words")])
def test_in_a_folder_only_what_was_kept_is_handed_out_or_deleted(
    settings: Settings, letters: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    machine = replace(settings, originals=str(tmp_path))
    index_paths(machine, [letters], jobs=1)
    data = (letters / f"{CASES[0]}.txt").read_bytes()
    copy = tmp_path / sha256(data).hexdigest()[:2] / sha256(data).hexdigest()
    change(copy)
    note = copy.with_name("a-note-of-somebody.txt")
    note.touch()
    assert original(machine, CASES[0]) == (200, data)  # the file where it was read
    (letters / f"{CASES[0]}.txt").unlink()
    assert original(machine, CASES[0])[0] == 404
    index_paths(machine, [letters], prune=True, jobs=1)
    assert note.exists()


def test_only_what_was_read_is_copied(settings: Settings, tmp_path: Path) -> None:
    """Not a file that has changed since, is gone, or has grown beyond what is read."""
    files = []
    for name in ("same", "changed", "gone", "large"):
        (tmp_path / name).write_text(f"a letter, {name}" + " indeed" * (name == "large"))
        hashed = sha256((tmp_path / name).read_bytes()).hexdigest()
        files.append(KeptFile(Source(tmp_path / name), name, hashed))
    (tmp_path / "changed").write_text("another letter")
    (tmp_path / "gone").unlink()
    with closing(Collection.create(settings.index)) as collection:
        copies = originals_of(str(tmp_path / "originals"), collection.database)
        keep_originals(copies, files, max_bytes=20)
        same, *others = (file.sha256 for file in files)
        assert copies.are_kept
        assert copies.read(same) == b"a letter, same"
        assert copies.missing([same, *others]) == set(others)


def test_where_no_copies_are_kept_none_is_missing(settings: Settings) -> None:
    with closing(Collection.create(settings.index)) as collection:
        copies = originals_of("", collection.database)
        copies.keep(b"a letter")
        copies.forget_unused()
        of = sha256(b"a letter").hexdigest()
        assert (copies.are_kept, copies.missing([of]), copies.read(of)) == (False, set(), None)


def test_copies_of_letters_that_are_gone_are_deleted_whatever_their_hashes(
    settings: Settings, tmp_path: Path
) -> None:
    """Both lists go in the order of the hashes; what others put there is left alone."""
    texts = [f"a letter, number {number}".encode() for number in range(30)]
    wanted = texts[::3]
    one = letter(tmp_path)
    (tmp_path / "originals" / "zz").mkdir(parents=True)
    (tmp_path / "originals" / "zz" / "note").touch()
    (tmp_path / "originals" / "zy").touch()
    with closing(Collection.create(settings.index)) as collection:
        collection.keep(
            [
                replace(
                    one,
                    source=Source(tmp_path / str(number)),
                    sha256=sha256(text).hexdigest(),
                    determination=replace(one.determination, case_id=str(number)),
                )
                for number, text in enumerate(wanted)
            ],
            reader=1,
        )
        copies = originals_of(str(tmp_path / "originals"), collection.database)
        for text in texts:
            copies.keep(text)
        copies.forget_unused()
        kept = [text for text in texts if copies.read(sha256(text).hexdigest())]
    assert kept == wanted
    assert (tmp_path / "originals" / "zz" / "note").exists()


def test_what_a_killed_run_had_written_of_a_copy_is_deleted(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of a letter whose copy is there: that one stays."""
    one, place = letter(tmp_path), tmp_path / "originals"
    with closing(Collection.create(settings.index)) as collection:
        data = one.source.read(1 << 20)
        collection.keep([one], reader=1)
        copies = originals_of(str(place), collection.database)
        with monkeypatch.context() as killed:
            killed.setattr(Path, "replace", lambda *_: None)
            copies.keep(data)
        copies.keep(data)
        assert len(list(place.glob("*/*"))) == 2
        copies.forget_unused()
        assert copies.read(one.sha256) == data
    assert [path.name for path in place.glob("*/*")] == [one.sha256]


def test_all_bytes_of_a_copy_are_forced_to_the_disk(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only those that were written so far: the rest could wait in memory."""
    sizes: list[int] = []
    monkeypatch.setattr("os.fsync", lambda number: sizes.append(os.fstat(number).st_size))
    with closing(Collection.create(settings.index)) as collection:
        copies = originals_of(str(tmp_path / "originals"), collection.database)
        sizes.clear()
        copies.keep(b"a letter")
    assert sizes == [len(b"a letter")]


def test_a_copy_is_whole_or_not_there(settings: Settings, tmp_path: Path) -> None:
    """Whichever step fails. Its bytes are on the disk before it has its name: under that it is
    never missed again."""
    place, told = tmp_path / "originals", []
    with closing(Collection.create(settings.index)) as collection:
        copies = originals_of(str(place), collection.database)
        with STEPS.under(place):
            copies.keep(b"a letter")
        [copy] = place.glob("*/*")
        assert (copy.read_bytes(), copy.stat().st_mode & 0o777) == (b"a letter", 0o600)
        for step in range(STEPS.count):
            copy.unlink(missing_ok=True)
            try:
                with STEPS.under(place, fails=step):
                    copies.keep(b"a letter")
            except NotWritten as error:
                told.append(error.message)
                assert list(place.glob("*/*")) == []
    assert any("(fsync)" in message for message in told)


def test_not_in_the_database_of_a_folder(settings: Settings, letters: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be kept"):
        index_paths(replace(settings, originals=IN_DATABASE), [letters], jobs=1)
