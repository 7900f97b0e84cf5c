"""Distinguishes what a search asks for from circumstances: "epidural after six weeks of therapy".

A search that tells a story names many things: it is about the treatment that follows words of
request, and the body part beside that treatment, or the first one, weighs more than the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from imrsearch.catalogue.word_lists import circumstance_cue, people, request_cue

ASKED = 3.0
"""Factor for a treatment that the search says is requested."""
CIRCUMSTANCE = 1 / 3
"""Factor for a treatment that the search says is not requested."""
ELSEWHERE = 0.5
"""Factor for a body part of a story other than the treated one."""
PARAGRAPH = 16
"""A search with more words than this tells a story: "your chiropractor" is a person, not a
request."""
_NEAR_BY = 25
"""Most characters between a treatment and its body part."""


class Named(Protocol):
    """A span of a search that names something; ``is_region``: only a body part."""

    @property
    def start(self) -> int:
        """Its start in the text."""

    @property
    def end(self) -> int:
        """Its end in the text."""

    @property
    def is_region(self) -> bool:
        """Whether it names a body part and nothing else."""

    @property
    def is_wide(self) -> bool:
        """Whether it names a whole category: "surgery"."""


def is_story(text: str) -> bool:
    """Whether a text has more words than people type in a search."""
    return len(text.split()) > PARAGRAPH


def roles(text: str, named: Sequence[Named]) -> list[float]:
    """The weight of each of ``named``, in text order: less than 1 means circumstance."""
    if not is_story(text):
        return [1.0 if one.is_region else _role_behind(text[: one.start]) for one in named]
    weights = [1.0 if one.is_region else _role_in_story(text, one) for one in named]
    asked = [one for one, weight in zip(named, weights, strict=True) if weight == ASKED]
    treated = _treated(named, asked)
    found = []
    for one, weight in zip(named, weights, strict=True):
        if one.is_region:
            found.append(1.0 if one is treated else ELSEWHERE)
        else:
            found.append(CIRCUMSTANCE if asked and weight != ASKED else weight)
    return found


def _role_behind(before: str) -> float:
    if request_cue().search(before):
        return ASKED
    return CIRCUMSTANCE if circumstance_cue().search(before) else 1.0


def _role_in_story(text: str, one: Named) -> float:
    """The weight of a name in a story; whole categories and people who treat are circumstance."""
    if one.is_wide or text[one.start : one.end].lower() in people():
        return CIRCUMSTANCE
    return _role_behind(text[: one.start])


def _treated(named: Sequence[Named], asked: Sequence[Named]) -> Named | None:
    """The body part beside the requested treatment, else the first one."""
    regions = [one for one in named if one.is_region]
    beside = (
        region
        for region in regions
        for one in asked
        if max(region.start - one.end, one.start - region.end) < _NEAR_BY
    )
    return next(beside, regions[0] if regions else None)
