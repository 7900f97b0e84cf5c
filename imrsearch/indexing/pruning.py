"""Removal of letters whose file is gone."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path

from imrsearch.letters.files import is_under
from imrsearch.storage.builds.publishing import require_most
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings

_HINT = (
    "No letter was removed. If the files are gone on purpose, run this again with --force; "
    "otherwise put them back."
)


def present(places: Set[Path]) -> set[Path]:
    """The places that are there: a folder that is not (its disk is not mounted, its name is
    misspelt) says nothing of the letters that were read from it."""
    return {place for place in places if os.path.exists(place)}  # noqa: PTH110 - never raises


def prune_letters(
    settings: Settings, collection: Collection, places: Set[Path], *, force: bool
) -> int:
    """Remove letters whose file is gone, under the places that are present; returns the number.

    Raises TooFewIssues, unless forced, if a build of the rest would not be published: then all
    letters stay.
    """
    gone: list[str] = []
    there = present(places)
    left = collection.documents()
    for files in collection.files.every():
        keys = [
            file.source.key
            for file in files
            if is_under(file.source.path, there) and file.source.is_gone()
        ]
        if keys:
            left -= collection.files.documents(keys)
            gone += keys
    if gone and not force:
        require_most(settings, left, _HINT)
    if gone:
        collection.drop(gone)
    return len(gone)
