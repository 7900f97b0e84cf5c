"""A build's manifest: its description, and whether its files are still those written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from imrsearch.engines import engine
from imrsearch.schema import FIELDS
from imrsearch.system.errors import DamagedBuild, SettingsError

BUILD_SCHEMA = 14
"""Raised when what engines write, or the words and stems they are given, changes."""

SMALL = 1 << 20
"""Bytes; files up to this size are hashed whenever a build is opened."""

_FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class File:
    """A file as hashed; it counts as unchanged while size, time and inode are the same.

    ``size`` is in bytes, ``changed`` in nanoseconds.
    """

    sha256: str
    size: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What a build is made from: a collection at ``revision`` and ``token``, with its numbers of
    letters and of unread files. ``wanted`` is the engine requested, or ``auto``."""

    letters: int
    unread: int
    revision: int = 0
    token: int = 0
    wanted: str = "auto"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is and holds. ``decisions``: issues by decision; ``updated``: cases changed by
    updates since the index was last written completely; ``files`` by their paths in the build;
    ``fields``: what is indexed (``schema.FIELDS``); the others as in ``Origin``."""

    id: str
    created: str
    engine: str
    wanted: str
    schema: int
    version: str
    revision: int
    token: int
    letters: int
    unread: int
    issues: int
    decisions: dict[str, int]
    updated: int
    files: dict[str, File]
    fields: tuple[str, ...] = ()


class _Sealed(msgspec.Struct):
    """A manifest as written, with the hash of its own bytes."""

    sha256: str
    manifest: msgspec.Raw


class _Counted(msgspec.Struct):
    """The one field that is also read from manifests of other versions."""

    issues: int


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Write the manifest into the build."""
    told = msgspec.json.format(msgspec.json.encode(manifest))
    sealed = _Sealed(hashlib.sha256(told).hexdigest(), msgspec.Raw(told))
    (build / _FILE_NAME).write_bytes(msgspec.json.encode(sealed))


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build. Raises DamagedBuild if it cannot be used."""
    told = _unsealed(build)
    try:
        manifest = msgspec.json.decode(told, type=Manifest)
    except msgspec.DecodeError as error:
        raise DamagedBuild(f"The manifest of {build.name} has another version.") from error
    if (manifest.schema, manifest.fields) != (BUILD_SCHEMA, FIELDS):
        raise DamagedBuild(f"Build {manifest.id} was made by imrsearch {manifest.version}.")
    return manifest


def issues_in(build: Path) -> int | None:
    """The number of issues in a build of any version; ``None`` if its manifest is unreadable."""
    with suppress(DamagedBuild, msgspec.DecodeError):
        return msgspec.json.decode(_unsealed(build), type=_Counted).issues
    return None


def _unsealed(build: Path) -> bytes:
    """The manifest's bytes after a check of their hash. Raises DamagedBuild."""
    try:
        sealed = msgspec.json.decode((build / _FILE_NAME).read_bytes(), type=_Sealed)
    except (OSError, msgspec.DecodeError) as error:
        raise DamagedBuild(f"The manifest of {build.name} cannot be read ({error}).") from error
    told = bytes(sealed.manifest)
    if hashlib.sha256(told).hexdigest() != sealed.sha256:
        raise DamagedBuild(f"The manifest of {build.name} was changed.")
    return told


def check_files(build: Path, manifest: Manifest, thoroughly: bool = False) -> None:
    """Raises DamagedBuild unless the build's files match its manifest.

    Large files with unchanged size, time and inode are not hashed again: at a million issues that
    would delay each start by gigabytes (see ``guard.FileCheck``). ``thoroughly``, and for an engine
    that runs code from its files, every file is hashed; and other users must not be able to write
    such files.
    """
    runs_code = _runs_code(manifest)
    large = {name: file for name, file in manifest.files.items() if file.size > SMALL}
    try:
        if runs_code:
            _require_own(build)
        found = hashes(build, {} if thoroughly or runs_code else large)
    except OSError as error:
        raise DamagedBuild(f"Files of build {manifest.id} cannot be read ({error}).") from error
    if {name: file.sha256 for name, file in found.items()} != {
        name: file.sha256 for name, file in manifest.files.items()
    }:
        raise DamagedBuild(f"Files of build {manifest.id} are missing or changed.")


def _require_own(build: Path) -> None:
    """Raises DamagedBuild if others can write files that would run as code when opened.

    Nothing needs checking below a folder that others cannot access.
    """
    for path in (build, *build.rglob("*")):
        status = path.stat()
        if status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
            raise DamagedBuild(
                f"Other users can write {path.relative_to(build.parent)}, which a Whoosh build"
                " would run as code.",
                "As the owner of the index, remove their write permission (chmod -R go-w), then run"
                " 'imrsearch reindex'.",
            )
        if path == build and not status.st_mode & 0o077:
            return


def _runs_code(manifest: Manifest) -> bool:
    try:
        return engine(manifest.engine).runs_code
    except SettingsError as error:
        raise DamagedBuild(f"Build {manifest.id} uses an unknown engine.") from error


def hashes(build: Path, known: Mapping[str, File]) -> dict[str, File]:
    """The files of a build by their paths; an unchanged ``known`` file is not hashed again."""
    return {
        path.relative_to(build).as_posix(): _hashed_file(
            path, known.get(path.relative_to(build).as_posix())
        )
        for path in sorted((build / "engine").rglob("*"))
        if path.is_file() and path.suffix != ".lock"  # readers create lock files
    }


def _hashed_file(path: Path, known: File | None) -> File:
    stat = path.stat()
    seen = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    if known and seen == (known.size, known.changed, known.inode):
        return known
    with path.open("rb") as file:
        return File(hashlib.file_digest(file, "sha256").hexdigest(), *seen)
