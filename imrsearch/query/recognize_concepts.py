"""Treatments, body parts and other names in a search, as queries by all that they are called.

A service's code, "72148" or "CPT 97140", stands for the words of the service.

"MRI without contrast" is another service than "MRI with contrast": "without" is a common word that
no search asks for, so that the one would find the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from imrsearch.catalogue.body_parts import kin_of, parts_of_region
from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.catalogue.mentions import mentioned_as
from imrsearch.catalogue.treatments import kinds_of
from imrsearch.catalogue.word_lists import operation_words, word_lists
from imrsearch.query.close import in_class
from imrsearch.query.compose import all_of, any_of, as_name, as_typed
from imrsearch.query.concepts import Concept, find_concepts, roles
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning, Recogniser
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Or,
    Phrase,
    Query,
    Term,
)
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.text.phrases import any_phrase
from imrsearch.text.words import words

NAME_WEIGHT = 0.5
"""What another name counts for, beside the one typed."""
VALUE_SCORE = 2.5
"""What the same treatment or body part counts for where no name of it is written."""
TREATMENT_WISH, BODY_WISH, CLASS_WISH = 9.0, 5.0, 4.0
"""What an issue gains whose own treatment, body part or class is the one searched for."""
OWN_TEXT = ("service", "rationale")
"""The fields of an issue's own text; the summary is that of the case."""
MOST_NAMES = 10
_SERVICE = ("service",)
# "CPT code 97140", "HCPCS: E0730", "98941": what names the system of the code goes with it.
_TYPED_CODE = re.compile(
    standing_alone(r"(?:(?:CPT|HCPCS)(?: codes?)?:? )?(?P<code>\d{5}|[A-Z]\d{4}|\d{4}T)"),
    re.IGNORECASE,
)


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
                note = _parts_noted(said, concept) if self.expand else None
                yield Meaning(concept.start, concept.end, query, note or _noted(query))

    def wishes(self, text: str) -> Iterator[Query]:
        """What an issue gains by the treatments and body parts that ``text`` names."""
        for concept in find_concepts(text):
            yield from self._wishes(concept, 1)

    def _query(self, said: str, typed: Query, concept: Concept, weight: float) -> Query:
        # Who types "tests before an operation" does not want the operations.
        things = None
        if concept.is_region or weight >= 1:  # the class disputed, else any of the treatments
            kinds = [FieldEquals("disputes", name) for name in _kinds_named(concept)]
            things = any_of([in_class(name) for name in concept.classes] or kinds)
        regions = _region_query(concept)
        query: Query = typed
        if self.expand:
            names = (Boost(as_name(name), NAME_WEIGHT) for name in concept.names[:MOST_NAMES])
            value = all_of((things, regions))
            others = (*names, *((ConstantScore(value, VALUE_SCORE),) if value else ()))
            query = DisMax((typed, *others)) if others else typed
            if regions:  # or the words for it, in the own text of an issue without a body part
                said_of = (as_name(name, OWN_TEXT) for name in concept.names[:MOST_NAMES])
                own_text = Or((_to_own_text(typed), *said_of))
                regions = Or((regions, And((FieldMissing("body"), own_text))))
        wanted = all_of((things, regions)) if self.expand else None
        wishes = tuple(self._wishes(concept, weight))
        query = Boosted(query, wishes) if wishes else query
        if wanted is None:
            return query
        mention = None
        if things and concept.treatments and not concept.regions:
            mention = _mention(mentioned_as(said, concept.treatments), wanted, wishes)
        return Filtered(query, wanted, "treatment" if things else "body", mention)

    def _wishes(self, concept: Concept, weight: float) -> Iterator[Query]:
        """What an issue gains by its own treatment, body part or class."""
        treatments = self._known("treatment", _kinds_named(concept))
        regions = self._known("body", concept.regions)
        classes = tuple(map(in_class, concept.classes))
        if treatments:
            yield ConstantScore(Or(treatments), TREATMENT_WISH * weight, "treatment")
        part_weight = weight if concept.is_region else 1.0
        if parts := tuple(self._parts(regions, concept.regions, part_weight)):
            yield DisMax(parts) if len(parts) > 1 else parts[0]
        if classes and not treatments:
            yield ConstantScore(Or(classes), CLASS_WISH * weight, "class")

    def _parts(
        self, regions: tuple[Query, ...], names: Sequence[str], weight: float
    ) -> Iterator[Query]:
        """What an issue gains by the body part, or by one that is wider, narrower or beside it."""
        if regions:
            yield ConstantScore(Or(regions), BODY_WISH * weight, "body")
        for share, kin in kin_of(names):
            if known := self._known("body", kin):
                yield ConstantScore(Or(known), BODY_WISH * share * weight, "kin")

    def _known(self, name: str, values: Iterable[str]) -> tuple[Query, ...]:
        return tuple(
            FieldEquals(name, value)
            for value in dict.fromkeys(values)
            if self.vocabulary.has(name, value)
        )


def _mention(names: Sequence[str], wanted: Query, wishes: tuple[Query, ...]) -> Query:
    """The issues that call something by any of its names, or that dispute it."""
    others = (Boost(as_name(name), NAME_WEIGHT) for name in names[1:])
    named = DisMax((as_name(names[0]), *others, ConstantScore(wanted, VALUE_SCORE)))
    return Boosted(named, wishes) if wishes else named


def _parts_noted(said: str, concept: Concept) -> Note | None:
    parts = [part for part in _regions_asked(concept) if part not in concept.regions]
    if not parts:
        return None
    message = f"“{said}” was searched for with its parts: {', '.join(parts)}."
    return Note("expanded", message)


def _noted(query: Query) -> Note | None:
    best = query.part if isinstance(query, Filtered) else query
    best = best.part if isinstance(best, Boosted) else best
    if not isinstance(best, DisMax):
        return None
    return Note("expanded", "Other names were searched for too.")


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


def _to_own_text(query: Query) -> Query:
    match query:
        case Term(word, _, exact):
            return Term(word, OWN_TEXT, exact)
        case Phrase(words, _, exact, slop):
            return Phrase(words, OWN_TEXT, exact, slop)
        case And(parts):
            return And(tuple(map(_to_own_text, parts)))
    raise TypeError(f"no words in {query!r}")


def contrast(text: str) -> Iterator[Meaning]:
    """The stretches that ask for a study with contrast or without, as phrases of the service."""
    pattern, phrases = _contrasts()
    for found in pattern.finditer(text):
        message = f"“{found.group()}” was searched for in the service, in any wording."
        typed = Phrase(tuple(words(found.group())), _SERVICE)
        alike = dict.fromkeys((typed, *phrases[" ".join(found.group().lower().split())]))
        yield Meaning(*found.span(), DisMax(tuple(alike)), Note("contrast", message))


@cache
def _contrasts() -> tuple[re.Pattern[str], Mapping[str, tuple[Phrase, ...]]]:
    """A pattern of all ways to say it, and each way with all phrases that say the same."""
    table = word_lists()["contrast"]
    found: dict[str, tuple[Phrase, ...]] = {}
    for name in ("without", "with"):
        ways = list(map("".join, product(table[name], " -", table["agents"])))  # "non-contrast"
        found |= dict.fromkeys(ways, tuple(Phrase(tuple(words(one)), _SERVICE) for one in ways))
    return re.compile(rf"(?<![\w/-])(?:{any_phrase(found)})(?![\w/-])", re.IGNORECASE), found


def codes_as(concepts: Recogniser) -> Recogniser:
    """Recognises the codes of services, with what ``concepts`` makes of their words."""

    def codes(text: str) -> Iterator[Meaning]:
        for found in _TYPED_CODE.finditer(text):
            service = service_codes().get(found["code"].upper())
            if service is not None:
                query = all_of([one.query for one in concepts(service) if one.query])
                note = Note("service-code", f"“{found.group()}” was read as “{service}”.")
                yield Meaning(*found.span(), query, note, is_unit=True)

    return codes
