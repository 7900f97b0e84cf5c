"""Treatments, body parts and other names in a search: found, weighed, and as queries by all that
they are called.

"Epidural after six weeks of therapy" asks for one treatment and tells the other as circumstance. A
search that tells a story names many things: it is about the treatment that follows words of
request, and the body part beside that treatment, or the first one, weighs more than the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from imrsearch.catalogue.body_parts import (
    is_whole_region,
    kin_of,
    parts_of_region,
    read_body_parts,
)
from imrsearch.catalogue.mentions import mentioned_as
from imrsearch.catalogue.synonyms import (
    context_of,
    expansions,
    find_expandable,
    means_something_else,
)
from imrsearch.catalogue.treatments import (
    class_of,
    classes,
    drugs_in_other_forms,
    find_treatments,
    kinds_of,
    named_by,
    names_of,
)
from imrsearch.catalogue.word_lists import circumstance_cue, operation_words, people, request_cue
from imrsearch.query.compose import all_of, any_of, as_name, as_typed, in_class, wishing
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import (
    And,
    Boost,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Or,
    Query,
)
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.text.phrases import phrase_key, split_words

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
# "L5-S1" lies in the low back, but who types it wants that level.
_LEVEL = re.compile(r"\d")
NAME_WEIGHT = 0.5
"""What another name counts for, beside the one typed."""
VALUE_SCORE = 2.5
"""What the same treatment or body part counts for where no name of it is written."""
TREATMENT_WISH, BODY_WISH, CLASS_WISH = 9.0, 5.0, 4.0
"""What an issue gains whose own treatment, body part or class is the one searched for."""
OWN_TEXT = ("service", "rationale")
"""The fields of an issue's own text; the summary is that of the case."""
MOST_NAMES = 10


@dataclass(slots=True)
class Concept:
    """A stretch of a search that the catalogue knows, with all it knows of it.

    ``classes``: categories, and subcategories as "category > subcategory", that it names as
    wholes. ``is_region``: it names a body part and nothing else.
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    treatments: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    is_region: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether it names a whole category: "surgery"."""
        return bool(self.classes) and not any(" > " in name for name in self.classes)

    @property
    def is_operation(self) -> bool:
        """Whether it names surgery, or treatments filed under it."""
        classes = (*self.classes, *(class_of(name) or "" for name in self.treatments))
        return any(name.split(" > ")[0] == "Surgery" for name in classes)


def find_concepts(text: str) -> list[Concept]:
    """The treatments, body parts and expandable terms of ``text``, the longest of those that
    overlap."""
    found: dict[tuple[int, int], Concept] = {}
    for expandable in find_expandable(text):
        concept = Concept(expandable.start, expandable.end, expandable.value)
        found[concept.start, concept.end] = concept
    _add_treatments(text, found)
    found = {span: one for span, one in found.items() if not _is_class_at_part(text[slice(*span)])}
    _add_classes(text, found)
    _add_regions(text, found)
    return _longest_apart(found.values())


def _add_treatments(text: str, found: dict[tuple[int, int], Concept]) -> None:
    words = split_words(text)
    context, in_story = context_of(words), is_story(text)
    for match in find_treatments(words):
        span = (match.start, match.end)
        typed, name = text[match.start : match.end], match.value.treatment.name
        halves = [] if span in found or phrase_key(typed) == phrase_key(name) else typed.split("/")
        is_several = 1 < len(halves) == len(_treatments(halves))  # each of PT/OT is found by itself
        means_it = not means_something_else(typed, names_of(name), context, in_story)
        if means_it and not match.value.weakness and not is_several:
            concept = found.setdefault(span, Concept(*span))
            meant = tuple(dict.fromkeys((name, *_sharing_a_word(halves))))
            concept.treatments += (*meant, *drugs_in_other_forms(typed))
            if not concept.names and phrase_key(typed) != phrase_key(name):
                # "Chiropratic" is only in one letter, the treatment's usual names in all others.
                concept.names = (*meant, *chain.from_iterable(map(expansions, meant)))
    for concept in found.values():
        if not concept.treatments:
            concept.treatments += _treatments(concept.names)


def _is_class_at_part(name: str) -> bool:
    """Whether a name is a category and a body part: a "knee injection" is whatever "injection of
    the knee" is."""
    return any(
        not any(" > " in category for category in found.value)
        and is_whole_region(f"{name[: found.start]} {name[found.end :]}")
        for found in classes().find(split_words(name))
    )


def _add_classes(text: str, found: dict[tuple[int, int], Concept]) -> None:
    """The classes that words name as a whole: "surgery", "opioids"."""
    for match in classes().find(split_words(text)):
        span = (match.start, match.end)
        found.setdefault(span, Concept(*span)).classes.extend(match.value)


def _sharing_a_word(halves: Sequence[str]) -> list[str]:
    """The treatments of halves whose last word is that of all: letters file "physical/occupational
    therapy" with physical therapy, and it asks for occupational therapy too."""
    if len(halves) < 2:
        return []
    *_, shared = halves[-1].split() or [""]
    return _treatments([*(f"{half.strip()} {shared}" for half in halves[:-1]), halves[-1]])


def _treatments(names: Iterable[str]) -> list[str]:
    """The treatments that other names stand for: sleeping pills are zolpidem, and so on."""
    named = filter(None, map(named_by, names))
    return [mention.treatment.name for mention in named if not mention.weakness]


def _add_regions(text: str, found: dict[tuple[int, int], Concept]) -> None:
    for region, span in read_body_parts(text, split_words(text)).regions.items():
        if _LEVEL.search(text[slice(*span)]):
            continue
        around = [one for one in found.values() if one.start <= span[0] and span[1] <= one.end]
        for concept in around or [found.setdefault(span, Concept(*span))]:
            # A treatment's own name may tell its body part: a lumbar brace.
            if not any(
                read_body_parts(treatment, split_words(treatment)).regions
                for treatment in concept.treatments
            ):
                concept.regions.append(region)
                concept.is_region = span == (concept.start, concept.end)


def _longest_apart(concepts: Iterable[Concept]) -> list[Concept]:
    kept: list[Concept] = []
    for concept in sorted(concepts, key=lambda one: (one.start - one.end, one.start)):
        if all(concept.end <= one.start or one.end <= concept.start for one in kept):
            kept.append(concept)
    return sorted(kept, key=lambda one: one.start)


def is_story(text: str) -> bool:
    """Whether a text has more words than people type in a search."""
    return len(text.split()) > PARAGRAPH


def roles(text: str, named: Sequence[Concept]) -> list[float]:
    """The weight of each of ``named``, in text order: less than 1 means circumstance."""
    in_story = is_story(text)
    weights = [1.0 if one.is_region else _role(text, one, in_story) for one in named]
    if not in_story:
        return weights
    asked = [one for one, weight in zip(named, weights, strict=True) if weight == ASKED]
    treated = _treated(named, asked)
    found = []
    for one, weight in zip(named, weights, strict=True):
        if one.is_region:
            found.append(1.0 if one is treated else ELSEWHERE)
        else:
            found.append(CIRCUMSTANCE if asked and weight != ASKED else weight)
    return found


def _role(text: str, one: Concept, in_story: bool) -> float:
    """The weight of a name by what stands before it; in a story, whole categories and people who
    treat are circumstance."""
    if in_story and (one.is_wide or text[one.start : one.end].lower() in people()):
        return CIRCUMSTANCE
    before = text[: one.start]
    if request_cue().search(before):
        return ASKED
    return CIRCUMSTANCE if circumstance_cue().search(before) else 1.0


def _treated(named: Sequence[Concept], asked: Sequence[Concept]) -> Concept | None:
    """The body part beside the requested treatment, else the first one."""
    regions = [one for one in named if one.is_region]
    beside = (
        region
        for region in regions
        for one in asked
        if max(region.start - one.end, one.start - region.end) < _NEAR_BY
    )
    return next(beside, regions[0] if regions else None)


@dataclass(frozen=True, slots=True)
class Concepts:
    """Recognises treatments and body parts; with ``expand`` as what issues are about, by all their
    names, else as words that rank."""

    vocabulary: Vocabulary
    expand: bool = True

    def __call__(self, text: str) -> Iterator[Meaning]:
        """The concepts in a run of words, each as a query of all its names."""
        concepts = find_concepts(text)
        for concept, role in zip(concepts, roles(text, concepts), strict=True):
            said = text[concept.start : concept.end]
            if typed := as_typed(said):
                if role < 1 and concept.is_operation:
                    concept.names += operation_words(text[: concept.start])
                query = self._query(said, typed, concept, role)
                note = _noted(said, concept, query) if self.expand else None
                yield Meaning(concept.start, concept.end, query, note)

    def wishes(self, text: str) -> Iterator[Query]:
        """What an issue gains by the treatments and body parts that ``text`` names."""
        for concept in find_concepts(text):
            yield from self._wishes(concept, 1)

    def _query(self, said: str, typed: Query, concept: Concept, weight: float) -> Query:
        wishes = tuple(self._wishes(concept, weight))
        if not self.expand:
            return wishing(typed, wishes)
        # Who types "tests before an operation" does not want the operations.
        things = None
        if concept.is_region or weight >= 1:  # the class disputed, else any of the treatments
            kinds = [FieldEquals("disputes", name) for name in _kinds_named(concept)]
            things = any_of([in_class(name) for name in concept.classes] or kinds)
        regions, names = _region_query(concept), concept.names[:MOST_NAMES]
        value = all_of((things, regions))
        query = wishing(_called(typed, names, value), wishes)
        if value is None:
            return query
        wanted, mention = value, None
        if regions:  # or the words for it, in the own text of an issue without a body part
            others = (as_name(name, OWN_TEXT) for name in names)
            own_text = Or((as_typed(said, OWN_TEXT) or typed, *others))
            regions = Or((regions, And((FieldMissing("body"), own_text))))
            wanted = all_of((things, regions)) or regions
        if things and concept.treatments and not concept.regions:
            name, *names_too = mentioned_as(said, concept.treatments)
            mention = wishing(_called(as_name(name), names_too, value), wishes)
        return Filtered(query, wanted, "treatment" if things else "body", mention)

    def _wishes(self, concept: Concept, weight: float) -> Iterator[Query]:
        """What an issue gains by its own treatment, body part (or one that is wider, narrower or
        beside it) or class."""
        treatments = self._known("treatment", _kinds_named(concept))
        classes = tuple(map(in_class, concept.classes))
        if treatments:
            yield ConstantScore(Or(treatments), TREATMENT_WISH * weight, "treatment")
        part_weight = weight if concept.is_region else 1.0
        parts = tuple(
            ConstantScore(
                Or(known), BODY_WISH * share * part_weight, "body" if share == 1.0 else "kin"
            )
            for share, some in ((1.0, concept.regions), *kin_of(concept.regions))
            if (known := self._known("body", some))
        )
        if parts:
            yield DisMax(parts) if len(parts) > 1 else parts[0]
        if classes and not treatments:
            yield ConstantScore(Or(classes), CLASS_WISH * weight, "class")

    def _known(self, name: str, values: Iterable[str]) -> tuple[Query, ...]:
        return tuple(
            FieldEquals(name, value)
            for value in dict.fromkeys(values)
            if self.vocabulary.has(name, value)
        )


def _called(name: Query, others: Iterable[str], value: Query | None) -> Query:
    """What is called by a name or, which counts for less, by others, or has the value."""
    ways = [name, *(Boost(as_name(other), NAME_WEIGHT) for other in others)]
    ways += [ConstantScore(value, VALUE_SCORE)] if value else []
    return DisMax(tuple(ways)) if len(ways) > 1 else name


def _noted(said: str, concept: Concept, query: Query) -> Note | None:
    """What was searched for beside the words: the parts of a body part, or other names."""
    if parts := [part for part in _regions_asked(concept) if part not in concept.regions]:
        message = f"“{said}” was searched for with its parts: {', '.join(parts)}."
        return Note("expanded", message)
    if concept.names or isinstance(query, Filtered):
        return Note("expanded", "Other names were searched for too.")
    return None


def _kinds_named(concept: Concept) -> Iterable[str]:
    """The treatments that a concept names, with their kinds: ultrasound, diagnostic ultrasound."""
    return dict.fromkeys(kind for name in concept.treatments for kind in kinds_of(name))


def _region_query(concept: Concept) -> Query | None:
    """The body part of a treatment ("lumbar injection"), or what is nothing but a body part."""
    if not (concept.is_region or concept.classes or concept.treatments):
        return None
    return any_of([FieldEquals("body", region) for region in _regions_asked(concept)])


def _regions_asked(concept: Concept) -> Iterable[str]:
    """The body parts that a concept names, with those that they include."""
    return dict.fromkeys(
        part for region in concept.regions for part in (region, *parts_of_region(region))
    )
