"""Kits over the current build, as pages and commands ask for them."""

from __future__ import annotations

from collections.abc import Mapping

from imrsearch.search.kit.corrections import Correction
from imrsearch.search.kit.kit import Kit, make_kit
from imrsearch.search.service import BuildSource
from imrsearch.search.won_lost import Determinations
from imrsearch.system.settings import Settings


class KitMaker:
    """Makes kits of pasted texts. Safe to share between threads.

    It stands apart from ``SearchService``: whoever only searches does without the reader of
    letters, which takes as long to load as a search.
    """

    def __init__(self, letters: Determinations, builds: BuildSource, settings: Settings) -> None:
        self._letters = letters
        self._builds = builds
        self._seconds = float(settings.search_seconds)

    def kit(self, text: str, corrections: Mapping[int, Correction] | None = None) -> Kit:
        """The requests of a pasted text, each with who won and who lost with it; ``corrections``
        are a reader's, by the requests' places from 0. Nothing of the text is kept. Raises
        NotIndexed or DamagedBuild."""
        build = self._builds.current()
        return make_kit(text, build.index, self._letters, build.id, self._seconds, corrections)
