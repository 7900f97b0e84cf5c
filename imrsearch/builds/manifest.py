"""What a build says of itself, and whether that is still true."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from imrsearch.engines import engine
from imrsearch.errors import DamagedBuild, SettingsError

SCHEMA = 10
"""Raised when what engines write, or the words and stems they are given, changes."""

_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was hashed; while size, time and inode are the same, so is it."""

    sha256: str
    size: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What a build is made from: a collection in the state ``revision`` and ``token``, with so many
    letters read and files unread. ``wanted`` is the engine asked for, ``auto`` too."""

    letters: int
    unread: int
    revision: int = 0
    token: int = 0
    wanted: str = "auto"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is and holds. ``decisions``: issues by decision; ``updated``: how many cases
    were changed by updates since the index was last written as a whole; ``files`` by their names
    in the build; the others as in ``Origin``."""

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


class _Sealed(msgspec.Struct):
    """A manifest as written: with the hash of its bytes, so that it vouches for itself too."""

    sha256: str
    manifest: msgspec.Raw


class _Counted(msgspec.Struct):
    """The one thing that is asked of the manifests of other versions as well."""

    issues: int


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Put the manifest into the build."""
    told = msgspec.json.format(msgspec.json.encode(manifest))
    sealed = _Sealed(hashlib.sha256(told).hexdigest(), msgspec.Raw(told))
    (build / _NAME).write_bytes(msgspec.json.encode(sealed))


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build. Raises DamagedBuild where it cannot be used."""
    told = _told(build)
    try:
        manifest = msgspec.json.decode(told, type=Manifest)
    except msgspec.DecodeError as error:
        raise DamagedBuild(f"The manifest of {build.name} is of another version.") from error
    if manifest.schema != SCHEMA:
        raise DamagedBuild(f"Build {manifest.id} was made by imrsearch {manifest.version}.")
    return manifest


def issues_in(build: Path) -> int | None:
    """How many issues a build holds, of whatever version it is; ``None`` where it cannot tell."""
    with suppress(DamagedBuild, msgspec.DecodeError):
        return msgspec.json.decode(_told(build), type=_Counted).issues
    return None


def _told(build: Path) -> bytes:
    """The bytes of the manifest, as they were written. Raises DamagedBuild."""
    try:
        sealed = msgspec.json.decode((build / _NAME).read_bytes(), type=_Sealed)
    except (OSError, msgspec.DecodeError) as error:
        raise DamagedBuild(f"The manifest of {build.name} cannot be read ({error}).") from error
    told = bytes(sealed.manifest)
    if hashlib.sha256(told).hexdigest() != sealed.sha256:
        raise DamagedBuild(f"The manifest of {build.name} was changed.")
    return told


def check_files(build: Path, manifest: Manifest, thoroughly: bool = False) -> None:
    """Raises DamagedBuild unless the files are those of the manifest.

    Files that look untouched are taken as such: hashing gigabytes at each start would keep people
    waiting. Not so ``thoroughly``, and never the files of an engine that runs what they say.
    """
    thoroughly = thoroughly or _runs_code(manifest)
    try:
        found = hashes(build, {} if thoroughly else manifest.files)
    except OSError as error:
        raise DamagedBuild(f"Files of build {manifest.id} cannot be read ({error}).") from error
    if {name: file.sha256 for name, file in found.items()} != {
        name: file.sha256 for name, file in manifest.files.items()
    }:
        raise DamagedBuild(f"Files of build {manifest.id} are missing or changed.")


def _runs_code(manifest: Manifest) -> bool:
    try:
        return engine(manifest.engine).runs_code
    except SettingsError as error:
        raise DamagedBuild(f"Build {manifest.id} is of an unknown engine.") from error


def hashes(build: Path, known: Mapping[str, File]) -> dict[str, File]:
    """The files of a build; the hash of a ``known`` one is taken over while it looks the same."""
    return {
        path.relative_to(build).as_posix(): _file(
            path, known.get(path.relative_to(build).as_posix())
        )
        for path in sorted((build / "engine").rglob("*"))
        if path.is_file() and path.suffix != ".lock"  # made by whoever looks
    }


def _file(path: Path, known: File | None) -> File:
    stat = path.stat()
    seen = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    if known and seen == (known.size, known.changed, known.inode):
        return known
    return File(_sha256(path), *seen)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
