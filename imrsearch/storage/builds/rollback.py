"""The note of a rollback, which keeps the chosen build current until the collection changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from imrsearch.storage.builds.index_folder import ROLLED_BACK
from imrsearch.storage.builds.manifest import Manifest, read_manifest
from imrsearch.storage.collection.reader import CollectionState
from imrsearch.system.errors import DamagedBuild


@dataclass(frozen=True, slots=True)
class _Note:
    """The build that was made current again, and the collection's state that it stands for."""

    build: str
    state: CollectionState


def rollback_note(folder: Path, turned_away: Path, chosen: Manifest) -> bytes | None:
    """The note of which state of the collection the chosen build stands for from now on.

    ``None`` if the manifest of the build ``turned_away`` is unreadable: the next run then makes a
    new build.
    """
    with suppress(DamagedBuild):
        state = effective_state(folder, read_manifest(turned_away))
        return msgspec.json.encode(_Note(chosen.id, state))
    return None


def effective_state(folder: Path, current: Manifest) -> CollectionState:
    """The state of the collection that the current build stands for.

    This is the state it was made from or, after a rollback to it, the state that the build turned
    away was made from.
    """
    note = _read_note(folder)
    return note.state if note and note.build == current.id else made_from(current)


def made_from(manifest: Manifest) -> CollectionState:
    """The state of the collection that a build was made from."""
    return CollectionState(manifest.revision, manifest.token)


def rolled_back_to(folder: Path) -> str | None:
    """The id of the build that the last rollback chose, which may no longer be current."""
    note = _read_note(folder)
    return note.build if note else None


def _read_note(folder: Path) -> _Note | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((folder / ROLLED_BACK).read_bytes(), type=_Note)
    return None
