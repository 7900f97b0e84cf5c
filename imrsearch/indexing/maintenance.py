"""What people do with builds: list them, prove them, go back to an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from imrsearch.builds.index_folder import (
    all_builds,
    current_name,
    current_path,
    id_of,
    lock,
    path_of,
    point_to,
    to_disk,
)
from imrsearch.builds.manifest import Manifest, check_files, read_manifest
from imrsearch.builds.publishing import check_decisions, open_build
from imrsearch.builds.rollback import made_from, note_rollback
from imrsearch.collection.store import Collection
from imrsearch.errors import DamagedBuild, NotFound, NotIndexed
from imrsearch.indexing.agreement import check_against_collection


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
        check_files(build, manifest)
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
        check_decisions(opened)
        with _collection_behind(folder, manifest) as collection:
            if collection:
                check_against_collection(opened.index, collection)
    return Verified(manifest, compared=collection is not None)


@contextmanager
def _collection_behind(folder: Path, manifest: Manifest) -> Iterator[Collection | None]:
    """The collection, if the build was made from it as it is now."""
    collection = Collection.open(folder)
    try:
        yield collection if collection.state == made_from(manifest) else None
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
        if current == path_of(folder, manifest.id):
            raise NotFound(f"Build {manifest.id} is the one that answers already.")
        note_rollback(folder, current, manifest)
        point_to(folder, path_of(folder, manifest.id))
        to_disk(folder)
        return manifest


def _named(folder: Path, build_id: str) -> Path:
    """The place of a build; looked up, as the id comes from outside."""
    for build in all_builds(folder):
        if id_of(build) == build_id:
            return build
    raise NotFound(f"There is no build {build_id} in {folder}.", "'imrsearch builds' lists them.")


def _newest_before(current: Path) -> Manifest:
    """The newest whole build before the current one. Raises NotFound, with what is wrong with those
    that are damaged."""
    damages = []
    for build in all_builds(current.parent.parent):
        try:
            if build.name < current.name:
                return _proven(build)
        except DamagedBuild as damage:
            damages.append(damage.message)
    raise NotFound(" ".join(["There is no whole build before the current one.", *damages]))


def _proven(build: Path) -> Manifest:
    manifest = read_manifest(build)
    check_files(build, manifest, thoroughly=True)
    return manifest
