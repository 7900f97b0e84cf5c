"""The register of notes, ``notes.toml``: what users may be told of how a search was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imrsearch.system.package_data import load_toml


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One kind of note; ``notes.toml`` tells what its facts mean."""

    meaning: str
    cuts: bool = False
    undo: str | None = None
    widens: bool = False
    advice: str = ""


NOTES: Mapping[str, NoteKind] = {
    code: NoteKind(**told) for code, told in load_toml("notes.toml").items()
}
"""Every kind of note by its code."""
