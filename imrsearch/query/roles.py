"""What a search asks for, and what is circumstance: "epidural after six weeks of therapy".

A told story names many things: the treatment behind words of request is the one it is about, and
the body part beside that treatment, or the first one, weighs more than the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from imrsearch.catalogue.word_lists import circumstance_cue, people, request_cue

ASKED = 3.0
"""Times as much, where the search says that this treatment is asked for."""
CIRCUMSTANCE = 1 / 3
"""As much, where it says that this treatment is not."""
ELSEWHERE = 0.5
"""As much is another body part of a story worth than the one that is treated."""
PARAGRAPH = 16
"""A search of more words than this tells a story: "your chiropractor" is who, and not what."""
_NEAR_BY = 25
"""So many characters lie at most between a treatment and its body part."""


class Named(Protocol):
    """A stretch of a search that names something; ``is_region``: nothing but a body part."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def is_region(self) -> bool:
        """Whether it names a body part and nothing else."""

    @property
    def is_wide(self) -> bool:
        """Whether it names a whole category: "surgery"."""


def is_story(text: str) -> bool:
    """Whether a text has more words than people type to search."""
    return len(text.split()) > PARAGRAPH


def roles(text: str, named: Sequence[Named]) -> list[float]:
    """What each of ``named``, in order of the text, counts for: less than 1 is circumstance."""
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
            found.append(min(weight, CIRCUMSTANCE) if asked and weight < ASKED else weight)
    return found


def _role_behind(before: str) -> float:
    if request_cue().search(before):
        return ASKED
    return CIRCUMSTANCE if circumstance_cue().search(before) else 1.0


def _role_in_story(text: str, one: Named) -> float:
    """A whole category and the people who treat are never what a story is about."""
    if one.is_wide or text[one.start : one.end].lower() in people():
        return CIRCUMSTANCE
    return _role_behind(text[: one.start])


def _treated(named: Sequence[Named], asked: Sequence[Named]) -> Named | None:
    """The body part beside what is asked for, else the first one."""
    regions = [one for one in named if one.is_region]
    beside = (
        region
        for region in regions
        for one in asked
        if -_NEAR_BY < region.start - one.end < _NEAR_BY or 0 <= one.start - region.end < _NEAR_BY
    )
    return next(beside, regions[0] if regions else None)
