"""Torn, changed and missing files: the build before answers, or one clear error."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import cycle
from pathlib import Path

import pytest

from imrsearch.engines import EMBEDDED
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedCollection, ImrsearchError, NotIndexed
from tests.reliability.folders import Folder, quick_place
from tests.reliability.saying import say

Damage = Callable[[bytes], bytes]


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def nothing(data: bytes) -> bytes:
    return b""


def flipped(part: float) -> Damage:
    def flip(data: bytes) -> bytes:
        changed = bytearray(data or b"\0")
        changed[round((len(changed) - 1) * part)] ^= 0x41
        return bytes(changed)

    return flip


def longer(data: bytes) -> bytes:
    return data + b"\0" * 512


DAMAGES: dict[str, Damage | None] = {
    "missing": None,
    "empty": nothing,
    "cut in half": half,
    "longer": longer,
    "first byte": flipped(0),
    "middle byte": flipped(0.5),
    "last byte": flipped(1),
}


@contextmanager
def damaged(path: Path, damage: Damage | None) -> Iterator[None]:
    """The file damaged within the block; ``None``: gone."""
    data = path.read_bytes()
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(data))
    yield
    path.write_bytes(data)


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Folder]:
    """Two builds, of 2 and of 5 issues."""
    with quick_place() as place:
        folder = Folder.fresh(place, getattr(request, "param", "whoosh"))
        for issues in (2, 3):
            folder.write(issues=issues)
            folder.run()
        yield folder


@pytest.mark.parametrize("folder", EMBEDDED, indirect=True)
def test_every_file_of_a_build(folder: Folder, rounds: Callable[[int, int], int]) -> None:
    """Each file with each damage; in short, each tenth with one of them in turn."""
    build = (folder.index / "current").resolve()
    files = [path for path in sorted(build.rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix != ".lock"]  # empty, and made by whoever looks
    files = files[:: rounds(10, 1)]
    turns = cycle(DAMAGES.items())
    tried = 0
    for path in files:
        for name, damage in [next(turns) for _ in range(rounds(1, len(DAMAGES)))]:
            unchanged = damage is not None and damage(path.read_bytes()) == path.read_bytes()
            with damaged(path, damage):
                answering = Builds(folder.index).current()
            with closing(answering.index):
                held = (answering.index.count(), answering.note is None)
            assert held == ((5, True) if unchanged else (2, False)), (path, name)
            tried += 1
    say(f"{folder.engine}: {tried} damages to {len(files)} files; the build before answered")
    folder.write()
    folder.run()
    folder.require_complete()


@pytest.mark.parametrize("name", ["current", "lock", "rolled-back.json", "current.new", "builds"])
def test_what_is_beside_the_builds(name: str, folder: Folder) -> None:
    """Replaced by rubbish: a whole build answers as before, the next run puts it in order."""
    path = folder.index / name
    if name == "builds":
        shutil.rmtree(path)
        with pytest.raises(ImrsearchError):
            folder.total()
    else:
        path.unlink(missing_ok=True)
        path.write_bytes(b"rubbish")
        assert folder.total() == 5
    folder.write()
    folder.run()
    folder.require_complete()


def test_a_pointer_to_nowhere(folder: Folder) -> None:
    (folder.index / "current").unlink()
    (folder.index / "current").symlink_to("builds/build-30000101-000000-000")
    assert folder.total() == 5
    folder.run()
    folder.require_complete()


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_collection_is_told_and_costs_no_build(name: str, folder: Folder) -> None:
    with damaged(folder.index / FILE, DAMAGES[name]):
        assert folder.total() == 5
        with suppress(DamagedCollection, NotIndexed):
            _read_all(folder)
        with suppress(ImrsearchError):
            folder.run()
        assert folder.total() == 5


def test_every_page_of_the_collection(folder: Folder, rounds: Callable[[int, int], int]) -> None:
    """A page overwritten anywhere: what is read is right or an error of ours."""
    path = folder.index / FILE
    whole = path.read_bytes()
    pages = range(0, len(whole), 4096)
    told = 0
    for start in pages[:: max(1, len(pages) // rounds(4, len(pages)))]:
        path.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        try:
            _read_all(folder)
        except DamagedCollection:
            told += 1
        assert folder.total() == 5
    path.write_bytes(whole)
    assert told
    folder.run()
    folder.require_complete()


def _read_all(folder: Folder) -> None:
    with closing(Collection.open(folder.index)) as collection:
        collection.summary()
        collection.unread()
        for case_id in collection.case_ids():
            collection.determination(case_id)
            collection.letter(case_id)
