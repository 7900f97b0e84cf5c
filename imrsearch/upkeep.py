"""What people do with builds: list them, prove them, go back to an earlier one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from imrsearch.build_folder import (
    all_builds,
    current_name,
    current_path,
    id_of,
    lock,
    path_of,
    point_to,
    to_disk,
)
from imrsearch.builds import open_build, require_promised
from imrsearch.collection import Collection
from imrsearch.errors import DamagedBuild, NotFound, NotIndexed
from imrsearch.manifests import Manifest, read_manifest, require_whole
from imrsearch.selfcheck import require_agreement

ROLLED_BACK = "rolled-back.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """A build as listed. ``manifest``: ``None`` where it cannot be read; ``size``: its files in
    bytes, those shared with other builds too; ``damage``: what is wrong with it, as far as a look
    at its files tells."""

    id: str
    manifest: Manifest | None
    size: int
    current: bool
    damage: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a build that is whole says of itself, and whether it was compared with the collection:
    only a build made from the collection as it is now can be."""

    manifest: Manifest
    compared: bool


@dataclass(frozen=True, slots=True)
class State:
    """A state of a collection: its identity, and its revision then."""

    collection: int
    revision: int


def listing(folder: Path) -> list[Listed]:
    """All builds, newest first. Raises NotIndexed where there is none."""
    found = [_listed(build, current_name(folder)) for build in all_builds(folder)]
    if not found:
        raise NotIndexed(f"There is no index in {folder}.")
    return found


def _listed(build: Path, current: str | None) -> Listed:
    manifest, damage = None, None
    try:
        manifest = read_manifest(build)
        require_whole(build, manifest)
    except DamagedBuild as found:
        damage = found.message
    size = sum(path.stat().st_size for path in build.rglob("*") if path.is_file())
    return Listed(id_of(build), manifest, size, build.name == current, damage)


def verify(folder: Path, build_id: str | None = None) -> Verified:
    """Compare every byte of a build, the current one by default, with its manifest, its index with
    the counts there, and with the collection if that is as it was.

    Raises NotIndexed; NotFound for an id that no build has; DamagedBuild; DamagedCollection.
    """
    build = _named(folder, build_id) if build_id else current_path(folder)
    manifest = _proven(build)
    opened = open_build(build)
    with closing(opened.index):
        require_promised(opened)
        with _collection_behind(folder, manifest) as collection:
            if collection:
                require_agreement(opened.index, collection)
    return Verified(manifest, compared=collection is not None)


@contextmanager
def _collection_behind(folder: Path, manifest: Manifest) -> Iterator[Collection | None]:
    """The collection, if the build was made from it as it is now."""
    collection = Collection.open(folder)
    try:
        now = State(collection.identity, collection.revision)
        yield collection if now == made_from(manifest) else None
    finally:
        collection.close()


def rollback(folder: Path, build_id: str | None = None) -> Manifest:
    """Let an earlier build answer: the one named, else the newest whole one before the current.

    It does so until the collection changes or a new index is asked for: see ``stands_for``.
    Raises IndexBusy, NotWritten; NotIndexed; NotFound where there is no such build; DamagedBuild
    for one that is named and damaged.
    """
    with lock(folder):
        current = current_path(folder)
        manifest = _proven(_named(folder, build_id)) if build_id else _newest_before(current)
        if manifest is None or current == path_of(folder, manifest.id):
            raise NotFound(f"There is no other whole build to go back to in {folder}.")
        _remember(folder, current, manifest)
        point_to(folder, path_of(folder, manifest.id))
        to_disk(folder)
        return manifest


def _named(folder: Path, build_id: str) -> Path:
    """The place of a build; looked up, as the id comes from outside."""
    for build in all_builds(folder):
        if id_of(build) == build_id:
            return build
    raise NotFound(f"There is no build {build_id} in {folder}.", "'imrsearch builds' lists them.")


def _newest_before(current: Path) -> Manifest | None:
    for build in all_builds(current.parent.parent):
        with suppress(DamagedBuild):
            if build.name < current.name:
                return _proven(build)
    return None


def _proven(build: Path) -> Manifest:
    manifest = read_manifest(build)
    require_whole(build, manifest, thoroughly=True)
    return manifest


def _remember(folder: Path, turned_away: Path, chosen: Manifest) -> None:
    """Note which state of the collection the chosen build stands for from now on.

    Where the build turned away cannot say what it was made from, nothing is noted: the next run
    makes a new one.
    """
    with suppress(DamagedBuild):
        state = stands_for(folder, read_manifest(turned_away))
        fresh = folder / f"{ROLLED_BACK}.new"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(_Note(chosen.id, state)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / ROLLED_BACK)


@dataclass(frozen=True, slots=True)
class _Note:
    build: str
    state: State


def stands_for(folder: Path, current: Manifest) -> State:
    """The state of the collection that the current build answers for.

    That is what it was made from or, after a rollback to it, what the build turned away was made
    from: so a rollback lasts until the collection changes.
    """
    with suppress(OSError, msgspec.DecodeError):
        note = msgspec.json.decode((folder / ROLLED_BACK).read_bytes(), type=_Note)
        if note.build == current.id:
            return note.state
    return made_from(current)


def made_from(manifest: Manifest) -> State:
    """The state of the collection that a build was made from."""
    return State(manifest.collection, manifest.revision)
