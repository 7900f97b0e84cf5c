"""The catalogue's names as searches look for them."""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.catalogue.names import catalogue_names
from imrsearch.query.compose import as_name
from imrsearch.query.tree import Phrase


def named_phrases() -> Iterator[Phrase]:
    """The names of several words, each once: "low back", "physical therapy"."""
    named = dict.fromkeys(map(as_name, filter(str.strip, catalogue_names())))
    yield from (name for name in named if isinstance(name, Phrase))
