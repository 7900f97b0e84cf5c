"""Everyday words for treatments and their classes (``glosses.toml``): hints, never names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum

from imrsearch.catalogue.treatments import categories, treatments
from imrsearch.system.errors import CatalogueError
from imrsearch.system.package_data import load_toml
from imrsearch.text.words import stem, words

FEWEST_WORDS, MOST_WORDS = 5, 12
"""How many words a gloss may have."""
RARE = 6
"""A word that stands in at most so many glosses may mean each of them by itself."""
FEW_WORDS = 6
"""In a search of more words, one word of a gloss says nothing."""
MOST_MEANT = 8
"""Most glosses that one search may mean."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """The ``stems`` that describe a treatment, or a class ("category > subcategory")."""

    name: str
    is_class: bool
    stems: frozenset[str]


def meant_by(typed: Collection[str], regions: Collection[str] = ()) -> tuple[Gloss, ...]:
    """The glosses that share most words with ``typed``, in lower case: two or more, or a rare one.

    Those of rarer words come first. Words for body parts, ``regions``, tell nothing alone.
    ``["falling", "asleep"]`` means sleeping pills, and so does ``["sleep", "night"]``.
    """
    owners = _by_stem()
    stems = dict.fromkeys(map(stem, (*typed, *regions)))
    asked = {found: owners[found] for found in stems if found in owners}
    shared = Counter(gloss for some in asked.values() for gloss in some)
    if not shared:
        return ()
    most = max(shared.values())
    if most == 1:
        rare = dict.fromkeys(_rare(asked, {stem(word) for word in typed}))
        return tuple(rare)[:MOST_MEANT] if len(typed) <= FEW_WORDS else ()
    best = [gloss for gloss, count in shared.items() if count == most]
    # Exact: the order of a set differs from process to process, and with it an inexact sum.
    best.sort(key=lambda gloss: -fsum(1 / len(asked[each]) for each in gloss.stems & asked.keys()))
    return tuple(best[:MOST_MEANT])


def _rare(asked: Mapping[str, tuple[Gloss, ...]], stems: Collection[str]) -> Iterator[Gloss]:
    """The glosses of those of the ``stems`` that say something by themselves."""
    ordinary = set(map(stem, load_toml("glosses.toml")["ordinary"]["words"].split()))
    for found, some in asked.items():
        if found in stems and len(some) <= RARE and found not in ordinary:
            yield from some


@cache
def glosses() -> tuple[Gloss, ...]:
    """All of ``glosses.toml``, classes first; raises CatalogueError for a faulty one."""
    table = load_toml("glosses.toml")
    known = {treatment.name for treatment, _ in treatments()}
    return (
        *(_gloss(name, text, _known_classes(), True) for name, text in table["classes"].items()),
        *(_gloss(name, text, known, False) for name, text in table["treatments"].items()),
    )


def _gloss(name: str, text: str, known: Collection[str], is_class: bool) -> Gloss:
    stems = [stem(word) for word in words(text)]
    kind = "class" if is_class else "treatment"
    if name not in known:
        raise CatalogueError(f"The gloss “{name}” in glosses.toml: there is no such {kind}.")
    if len(set(stems)) < len(stems):
        raise CatalogueError(f"The gloss “{name}” in glosses.toml has a word twice.")
    if not FEWEST_WORDS <= len(stems) <= MOST_WORDS:
        raise CatalogueError(
            f"The gloss “{name}” in glosses.toml has {len(stems)} words; it needs {FEWEST_WORDS} to"
            f" {MOST_WORDS}."
        )
    return Gloss(name, is_class, frozenset(stems))


def _known_classes() -> frozenset[str]:
    """Every class that an issue can be filed under: a category without parts is one itself."""
    return frozenset(
        f"{category} > {part}" if part else category
        for category, parts in categories().items()
        for part in parts or ("",)
    )


@cache
def _by_stem() -> dict[str, tuple[Gloss, ...]]:
    found: defaultdict[str, list[Gloss]] = defaultdict(list)
    for gloss in glosses():
        for each in gloss.stems:
            found[each].append(gloss)
    return {each: tuple(some) for each, some in found.items()}
