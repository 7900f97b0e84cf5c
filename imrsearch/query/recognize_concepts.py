"""Treatments, body parts and other names in a search: what the catalogue knows of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.catalogue.synonyms import find_expandable
from imrsearch.catalogue.treatments import categories, find_treatments
from imrsearch.query.compose import as_name, as_typed
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import And, Boost, Boosted, ConstantScore, DisMax, FieldEquals, Or, Query
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.query.word_lists import request_cue
from imrsearch.text.phrases import PhraseIndex, split_words

NAME_WEIGHT = 0.5
"""What another name counts for, beside the one typed."""
VALUE_SCORE = 2.5
"""What the same treatment or body part counts for where no name of it is written."""
TREATMENT_WISH, BODY_WISH, CATEGORY_WISH = 9.0, 4.0, 4.0
"""What an issue gains whose own treatment, body part or category is the one searched for."""
_ASKED = 3  # times as much, where the search says that this treatment is asked for
MOST_NAMES = 10

# "L5-S1" lies in the low back, but who types it wants that level.
_LEVEL = re.compile(r"\d")


@dataclass(slots=True)
class Concept:
    """A stretch of a search that the catalogue knows, with all it knows of it.

    ``is_region``: it names a body part and nothing else.
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    treatments: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    is_region: bool = False


@dataclass(frozen=True, slots=True)
class Concepts:
    """Recognises treatments and body parts; with ``expand`` their other names count as well."""

    vocabulary: Vocabulary
    expand: bool = True

    def __call__(self, text: str) -> Iterator[Meaning]:
        """The concepts in a run of words, each as a query of all its names."""
        for concept in find_concepts(text):
            typed = as_typed(text[concept.start : concept.end])
            if typed:
                is_asked = bool(request_cue().search(text[: concept.start]))
                query = self._query(typed, concept, _ASKED if is_asked else 1)
                yield Meaning(concept.start, concept.end, query, _noted(query))

    def _query(self, typed: Query, concept: Concept, weight: float) -> Query:
        treatments = self._known("treatment", concept.treatments)
        regions = self._known("body", concept.regions)
        categories = self._known("category", concept.categories)
        things = treatments or categories
        values = _values(things, regions) if things or concept.is_region else None
        query = self._with_names(typed, concept.names, values) if self.expand else typed
        wishes = [ConstantScore(Or(treatments), TREATMENT_WISH * weight)] if treatments else []
        wishes += [ConstantScore(Or(regions), BODY_WISH)] if regions else []
        wishes += [ConstantScore(Or(categories), CATEGORY_WISH)] if categories else []
        return Boosted(query, tuple(wishes)) if wishes else query

    def _with_names(self, typed: Query, names: Sequence[str], values: Query | None) -> Query:
        others: list[Query] = [Boost(as_name(name), NAME_WEIGHT) for name in names[:MOST_NAMES]]
        others += [ConstantScore(values, VALUE_SCORE)] if values else []
        return DisMax((typed, *others)) if others else typed

    def _known(self, name: str, values: Iterable[str]) -> tuple[Query, ...]:
        return tuple(
            FieldEquals(name, value)
            for value in dict.fromkeys(values)
            if self.vocabulary.has(name, value)
        )


def _noted(query: Query) -> Note | None:
    best = query.part if isinstance(query, Boosted) else query
    if not isinstance(best, DisMax):
        return None
    return Note("expanded", "Other names of what you typed were searched for as well.")


def _values(treatments: tuple[Query, ...], regions: tuple[Query, ...]) -> Query | None:
    """The treatment at the body part, where both are named in one: "lumbar injection"."""
    parts = tuple(Or(some) if len(some) > 1 else some[0] for some in (treatments, regions) if some)
    return And(parts) if len(parts) > 1 else parts[0] if parts else None


def find_concepts(text: str) -> list[Concept]:
    """The treatments, body parts and expandable terms of ``text``, the longest of those that
    overlap."""
    found: dict[tuple[int, int], Concept] = {}
    for expandable in find_expandable(text):
        concept = Concept(expandable.start, expandable.end, expandable.expansions)
        found[concept.start, concept.end] = concept
    _add_treatments(text, found)
    _add_categories(text, found)
    _add_regions(text, found)
    return _longest(found.values())


def _add_treatments(text: str, found: dict[tuple[int, int], Concept]) -> None:
    for match in find_treatments(split_words(text)):
        span = (match.start, match.end)
        one_of_two = "/" in text[match.start : match.end] and span not in found
        if not match.value.weakness and not one_of_two:
            concept = found.setdefault(span, Concept(*span))
            concept.treatments.append(match.value.treatment.name)
    for concept in found.values():
        if not concept.treatments:
            concept.treatments += _treatments(concept.names)


def _add_categories(text: str, found: dict[tuple[int, int], Concept]) -> None:
    """A category of the State's form, named by a word that names nothing else: "surgery"."""
    for match in _categories().find(split_words(text)):
        concept = found.setdefault((match.start, match.end), Concept(match.start, match.end))
        if not concept.treatments:
            concept.categories.append(match.value)


@cache
def _categories() -> PhraseIndex[str]:
    return PhraseIndex((name, name) for name in categories())


def _treatments(names: Iterable[str]) -> Iterator[str]:
    """The treatments that other names stand for: sleeping pills are zolpidem, and so on."""
    for name in names:
        words = split_words(name)
        for match in find_treatments(words):
            if match.start == 0 and match.end == words[-1].end and not match.value.weakness:
                yield match.value.treatment.name


def _add_regions(text: str, found: dict[tuple[int, int], Concept]) -> None:
    for region, span in read_body_parts(text, split_words(text)).regions.items():
        if _LEVEL.search(text[slice(*span)]):
            continue
        around = [one for one in found.values() if one.start <= span[0] and span[1] <= one.end]
        for concept in around or [found.setdefault(span, Concept(*span))]:
            if not any(map(_tells_region, concept.treatments)):
                concept.regions.append(region)
                concept.is_region = span == (concept.start, concept.end)


def _tells_region(treatment: str) -> bool:
    """Whether the treatment's own name tells a body part: a lumbar brace."""
    return bool(read_body_parts(treatment, split_words(treatment)).regions)


def _longest(concepts: Iterable[Concept]) -> list[Concept]:
    kept: list[Concept] = []
    for concept in sorted(concepts, key=lambda one: (one.start - one.end, one.start)):
        if all(concept.end <= one.start or one.end <= concept.start for one in kept):
            kept.append(concept)
    return sorted(kept, key=lambda one: one.start)
