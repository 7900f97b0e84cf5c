"""Maintenance of builds: list, verify, roll back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from imrsearch.engines import engine
from imrsearch.indexing.agreement import check_against_collection
from imrsearch.storage.builds.index_folder import (
    all_builds,
    current_name,
    current_path,
    id_of,
    path_of,
)
from imrsearch.storage.builds.manifest import Manifest, check_files, read_manifest
from imrsearch.storage.builds.place import Where, place_of, require_folder
from imrsearch.storage.builds.publishing import check_decisions
from imrsearch.storage.builds.reading import open_build
from imrsearch.storage.builds.rollback import made_from, rollback_note
from imrsearch.storage.collection.proof import LettersDone
from imrsearch.storage.collection.store import Collection, Place
from imrsearch.system.errors import DamagedBuild, NotFound, NotIndexed


@dataclass(frozen=True, slots=True)
class Listed:
    """A build in a listing. ``manifest``: ``None`` if unreadable; ``size``: its files in bytes,
    including those shared with other builds; ``damage``: what a quick check of its files found."""

    id: str
    manifest: Manifest | None
    size: int
    current: bool
    damage: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """The manifest of an intact build, and whether it was compared with the collection, which is
    possible only if the collection has not changed since."""

    manifest: Manifest
    compared: bool


def listing(where: Where) -> list[Listed]:
    """All builds, newest first. Raises NotIndexed if there is none."""
    place = place_of(where)
    place.refresh(older=True)
    folder = place.folder
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


def verify(where: Where, build_id: str | None = None) -> Verified:
    """Compare every byte of a build (by default the current one) with its manifest, its counts
    with the manifest's, and its index with the collection if that has not changed since.

    Raises NotIndexed; NotFound for an unknown id; DamagedBuild; DamagedCollection.
    """
    place = place_of(where)
    place.refresh(older=True)
    build = _build_named(place.folder, build_id) if build_id else current_path(place.folder)
    manifest = _checked_manifest(build)
    engine(manifest.engine, place.settings).verify(build / "engine")
    opened = open_build(build, place.settings)
    with closing(opened.index):
        check_decisions(opened)
        with closing(Collection.open(place.settings.place)) as collection:
            is_present = collection.state == made_from(manifest)
            if is_present:
                check_against_collection(opened.index, collection)
    return Verified(manifest, compared=is_present)


@dataclass(frozen=True, slots=True)
class ProvedCollection:
    """A collection that was read as a whole: its letters, the damaged ones by case number, and how
    many carry no checksum, as a version kept them that made none."""

    letters: int
    damaged: tuple[str, ...]
    without_checksum: int


def prove_collection(place: Place, told: LettersDone | None = None) -> ProvedCollection:
    """Let the database check its file, and compare every letter with its checksum.

    Raises NotIndexed; DamagedCollection for damage of the file itself.
    """
    with closing(Collection.open(place)) as collection:
        collection.proof.require_whole_file()
        damaged = tuple(one.case_id for one in collection.proof.damaged_letters(told))
        letters, unproved = collection.promised().letters, collection.proof.without_checksum()
        return ProvedCollection(letters, damaged, unproved)


def rollback(where: Where, build_id: str | None = None) -> Manifest:
    """Make an earlier build current: the one named, else the newest intact one before the current.

    It stays current until the collection changes or a new index is requested (see
    ``builds.rollback``). Raises IndexBusy; NotWritten; NotIndexed; NotFound if there is no such
    build; DamagedBuild if the one named is damaged; ServerUnavailable.
    """
    place = place_of(where)
    folder = place.folder
    require_folder(where)
    with place.lock():
        current = current_path(folder)
        manifest = (
            _checked_manifest(_build_named(folder, build_id))
            if build_id
            else _newest_before(current)
        )
        chosen = path_of(folder, manifest.id)
        if current == chosen:
            raise NotFound(f"Build {manifest.id} is already the current one.")
        engine(manifest.engine, place.settings).verify(chosen / "engine")
        place.point_back(chosen, rollback_note(folder, current, manifest))
        return manifest


def _build_named(folder: Path, build_id: str) -> Path:
    """The folder of a build, looked up because the id is user input."""
    for build in all_builds(folder):
        if id_of(build) == build_id:
            return build
    raise NotFound(f"There is no build {build_id} in {folder}.", "'imrsearch builds' lists them.")


def _newest_before(current: Path) -> Manifest:
    """The newest intact build before the current one. Raises NotFound, with the damages found."""
    damages = []
    for build in all_builds(current.parent.parent):
        try:
            if build.name < current.name:
                return _checked_manifest(build)
        except DamagedBuild as damage:
            damages.append(damage.message)
    raise NotFound(" ".join(["There is no intact build before the current one.", *damages]))


def _checked_manifest(build: Path) -> Manifest:
    manifest = read_manifest(build)
    check_files(build, manifest, thoroughly=True)
    return manifest
