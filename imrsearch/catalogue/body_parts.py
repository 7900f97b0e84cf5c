"""Body parts in a service: the region, the side, and the levels of the spine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import PhraseIndex, Word, phrase_key
from imrsearch.text.words import Stretch

_NO_REGION = "nowhere"

# "L4-5", "L5-S1", "L4/5", "C5 - C7", "L3-4-5", "T10": a letter of the spine, then numbers joined
# by dashes or strokes. Not "L3000" (a code for supplies), "T2.5" or "S1%".
_LEVELS = re.compile(
    r"(?<![\w-])[CTLS]\d{1,2}(?:\s?[-–/]\s?[CTLS]?\d{1,2})*(?!\w|%|\.\d)", re.IGNORECASE
)
# "L5-S1" -> (L, 5), (S, 1)
_SPINE_LEVEL = re.compile(r"([CTLS]?)(\d{1,2})", re.IGNORECASE)
# How many vertebrae each part of the spine has (a sixth lumbar one is a known variant).
_VERTEBRAE = {"C": 8, "T": 12, "L": 6, "S": 5}


@dataclass(frozen=True, slots=True)
class BodyParts:
    """Regions, sides and spine levels in the order named, each with its place in the text."""

    regions: dict[str, Stretch]
    sides: dict[str, Stretch]
    levels: dict[str, Stretch]


def read_body_parts(text: str, words: Sequence[Word]) -> BodyParts:
    """The body parts named in ``text``, whose words are ``words``.

    "Left L4-5 and L5-S1": low back, left, L4-5 and L5-S1 (a level implies its region).
    """
    levels = [
        (level, found.span())
        for found in _LEVELS.finditer(text)
        for level in _level_names(_single_levels(found.group()))
    ]
    named = [
        (region, (found.start, found.end))
        for found in _region_phrases().find(words)
        for region in found.value
        if region != _NO_REGION
    ]
    implied = [(_level_regions()[level[0]], span) for level, span in levels]
    sides = [(found.value, (found.start, found.end)) for found in _side_phrases().find(words)]
    places = _without_general(_first_places(named + implied))
    return BodyParts(places, _first_places(sides), _first_places(levels))


def _without_general(places: dict[str, Stretch]) -> dict[str, Stretch]:
    """``places`` without the spine at large ("spinal") if a part of it that has levels is there."""
    precise = not places.keys().isdisjoint(_level_regions().values())
    return {
        name.lstrip("~"): span
        for name, span in places.items()
        if not name.startswith("~") or not (precise or name.lstrip("~") in places)
    }


@cache
def regions() -> tuple[str, ...]:
    """Every region there is, from head to foot."""
    return tuple(name for name in load_toml("body_parts.toml")["regions"] if name != _NO_REGION)


def names_of_region(region: str) -> tuple[str, ...]:
    """The phrases that name a region: lumbar, lumbosacral and others for the low back."""
    phrases = load_toml("body_parts.toml")["regions"].get(region, ())
    return tuple(phrase.lstrip("~") for phrase in phrases)


def parts_of_region(region: str) -> tuple[str, ...]:
    """The regions that a search for ``region`` asks for too: the upper and low back."""
    return tuple(load_toml("body_parts.toml")["includes"].get(region, ()))


@lru_cache(maxsize=1024)
def is_whole_region(text: str) -> bool:
    """Whether ``text`` names a region as a whole: the knee, lumbar; not the carpal tunnel."""
    wholes = (*regions(), *load_toml("body_parts.toml")["plain"]["words"])
    return phrase_key(text) in map(phrase_key, wholes)


WIDER, BESIDE, FAR = 0.6, 0.5, 0.25
"""What a wider or narrower part, the next one, and another one of the same limb are worth."""


def kin_of(names: Iterable[str]) -> list[tuple[float, list[str]]]:
    """The parts akin to regions, with what they are worth beside them, the nearest first.

    Of the wrist: the upper extremity; forearm and hand; elbow and shoulder.
    """
    near: dict[str, float] = {}
    for name in names:
        for part, share in _kin().get(name, {}).items():
            near[part] = max(share, near.get(part, 0.0))
    shares = sorted(set(near.values()), reverse=True)
    return [
        (share, [part for part in near if near[part] == share and part not in names])
        for share in shares
    ]


@cache
def _kin() -> dict[str, dict[str, float]]:
    kin: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for whole, parts in load_toml("body_parts.toml")["wholes"].items():
        for at, part in enumerate(parts):
            kin[whole][part] = kin[part][whole] = WIDER
            for other_at, other in enumerate(parts):
                if other != part:
                    kin[part][other] = BESIDE if abs(at - other_at) == 1 else FAR
    return dict(kin)


def _first_places(found: Iterable[tuple[str, Stretch]]) -> dict[str, Stretch]:
    """Each thing once, where it is named first, in the order of the text."""
    kept: dict[str, Stretch] = {}
    for name, span in sorted(found, key=lambda item: item[1]):
        kept.setdefault(name, span)
    return kept


@cache
def _region_phrases() -> PhraseIndex[tuple[str, ...]]:
    by_phrase: dict[str, tuple[str, ...]] = {}
    for region, phrases in load_toml("body_parts.toml")["regions"].items():
        for phrase in [region, *phrases]:
            name = f"~{region}" if phrase.startswith("~") else region
            by_phrase[phrase] = (*by_phrase.get(phrase, ()), name)
    return PhraseIndex(by_phrase.items())


@cache
def _side_phrases() -> PhraseIndex[str]:
    table = load_toml("body_parts.toml")["sides"]
    return PhraseIndex(
        (phrase, side) for side, phrases in table.items() for phrase in [side, *phrases]
    )


@cache
def _level_regions() -> dict[str, str]:
    return dict(load_toml("body_parts.toml")["levels"])


def _single_levels(printed: str) -> list[tuple[str, int]]:
    """L3-4-5 -> (L, 3), (L, 4), (L, 5): a bare number is of the letter before it."""
    singles: list[tuple[str, int]] = []
    for letter, number in _SPINE_LEVEL.findall(printed):
        letter = letter.upper() or singles[-1][0]
        if 1 <= int(number) <= _VERTEBRAE[letter]:
            singles.append((letter, int(number)))
        else:
            return []
    return singles


def _level_names(singles: list[tuple[str, int]]) -> Iterator[str]:
    """(L, 4), (L, 5), (S, 1) -> L4-5, L5-S1; one alone stays as it is."""
    if len(singles) == 1:
        yield "{}{}".format(*singles[0])
    for (upper, first), (lower, second) in pairwise(singles):
        yield f"{upper}{first}-{second}" if upper == lower else f"{upper}{first}-{lower}{second}"
