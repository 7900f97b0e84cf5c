"""What a printed service is: its category, treatment, body parts, quantity and flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from imrsearch.catalogue.body_parts import BodyParts, read_body_parts
from imrsearch.catalogue.services import SURGERY, flags_apart, is_history
from imrsearch.catalogue.treatments import (
    PHARMACEUTICALS,
    Mention,
    ServiceWords,
    Treatment,
    find_treatments,
    in_context,
    resembling,
    written_together,
)
from imrsearch.letters.evidence import Evidence
from imrsearch.letters.quantity import read_dose, read_quantity
from imrsearch.model import Dose, Quantity, Span
from imrsearch.text.phrases import PhraseMatch, Word, split_words
from imrsearch.text.words import Stretch

# What a service is counted in where no unit is printed; others in "units".
_COUNTED_IN = {
    "Rehabilitation": "sessions",
    "Therapies": "sessions",
    "Psych Services": "sessions",
    "Home Health": "visits",
    "Evaluation & Management": "visits",
    "Injection": "injections",
}

_NO_OPERATION = ("Surgical Consult", "Adjunct Surgical Services")
_REHABILITATION = "Rehabilitation"
_TESTS = "Diagnostic Testing"

# "Consultation for lumbar fusion", "second opinion: right knee arthroscopy": what is asked for
# stands ahead of the operation, or right behind it: "rotator cuff repair consultation".
_CONSULTED = (
    r"(?:consult(?:ation)?s?|evaluat(?:ion|e)|assessment|referral|(?:second|2nd)\s+opinion)\b"
)
_CONSULTED_ABOUT = re.compile(
    rf"\b{_CONSULTED}(?:(?!\b(?:and|with|plus)\b)[^.;,]){{0,60}}?"
    r"(?:\b(?:for|regarding|about|re|concerning|to\s+discuss)\b|:)\W*(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_CONSULTED_AFTER = re.compile(rf"\s+(?:surgery\s+)?{_CONSULTED}", re.IGNORECASE)
# "Pre-op labs: CBC"
_HEADS = re.compile(r"\s*:")
# Between two therapies asked for in one: "physical therapy/chiropractic", "PT and acupuncture"
_AND_ALSO = re.compile(r"\s*(?:/|&|\+|,?\s(?:and|or|and/or)\s)\s*", re.IGNORECASE)
_UNKNOWN = Treatment("", None, None)
_SURGICAL_CONSULT = Treatment("surgical consultation", SURGERY, "Surgical Consult")


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """The facts of one service; unknown is ``None`` or empty, never a guess.

    ``category`` and ``subcategory`` are names of the State's form; ``treatment`` is the normal
    name ("hydrocodone/acetaminophen" for Norco); ``body_parts`` are regions (body_parts.toml) and
    ``levels`` spine levels ("L4-5"). ``spans`` tells where in the service each fact stands:
    "category", "treatment", "body_parts.0", "sides.0", "levels.0", "quantity", "dose", "flags.0".
    ``further_treatments`` are asked for in one with ``treatment``: "PT/OT".
    """

    category: str | None
    subcategory: str | None
    treatment: str | None
    further_treatments: tuple[str, ...]
    body_parts: tuple[str, ...]
    sides: tuple[str, ...]
    levels: tuple[str, ...]
    quantity: Quantity | None
    dose: Dose | None
    flags: tuple[str, ...]
    spans: Mapping[str, Span]


SERVICE_FACTS = tuple(one.name for one in fields(ServiceFacts) if one.name != "spans")
"""The names of a service's facts, which an ``Issue`` has as well."""


@lru_cache(maxsize=4096)  # a fifth of the services of 120 letters had been printed before
def read_service(service: str) -> ServiceFacts:
    """The facts of ``service``: a printed heading, or the disputed part of a modified request."""
    flags, request = flags_apart(service)
    words = split_words(request)
    parts = read_body_parts(request, words)
    treatment, place, further = _read_treatment(request, words, parts)
    quantity = read_quantity(request, _COUNTED_IN.get(treatment.category or "", "units"))
    is_drug = treatment.category == PHARMACEUTICALS
    dose = read_dose(request, treatment.name) if is_drug else None
    names = {
        "category": treatment.category,
        "subcategory": treatment.subcategory,
        "treatment": treatment.name or None,
    }
    evidence = Evidence({})
    for name, fact in names.items():
        if place and fact is not None:
            evidence.note(name, *place)
    return ServiceFacts(
        **names,
        further_treatments=further,
        body_parts=evidence.keep_each("body_parts", parts.regions),
        sides=evidence.keep_each("sides", parts.sides),
        levels=evidence.keep_each("levels", parts.levels),
        quantity=evidence.keep("quantity", quantity),
        dose=evidence.keep("dose", dose),
        flags=evidence.keep_each("flags", flags),
        spans=evidence.spans,
    )


def read_amount(text: str, category: str | None) -> Quantity | None:
    """The amount that another wording of a service of ``category`` names: what was asked for before
    a modification, or was authorized; ``None`` for no text, as mostly."""
    if not text:
        return None
    found = read_quantity(flags_apart(text)[1], _COUNTED_IN.get(category or "", "units"))
    return found.value if found else None


def _read_treatment(
    request: str, words: Sequence[Word], parts: BodyParts
) -> tuple[Treatment, Stretch | None, tuple[str, ...]]:
    """The treatment asked for, where it is named, and those that are asked for in one with it."""
    named = find_treatments(words)
    if all(found.value.weakness for found in named):
        named = resembling(words) + named
    if not named:
        return _UNKNOWN, None, ()
    chosen = _listed_test(_asked_for(named, words), named, request)
    treatment = in_context(chosen.value.treatment, _surroundings(words, parts, named))
    place = chosen.start, chosen.end
    if _is_consulted_about(chosen, treatment, request):
        return _SURGICAL_CONSULT, place, ()
    return treatment, place, tuple(_joined_to(chosen, treatment, named, request))


def _listed_test(
    heading: PhraseMatch[Mention], named: Iterable[PhraseMatch[Mention]], request: str
) -> PhraseMatch[Mention]:
    """The one test behind a heading that names another: CBC of "Pre-op labs: CBC".

    Several, "Labs: CBC, CMP", are what their heading says.
    """
    treatment = heading.value.treatment
    if treatment.category != _TESTS and treatment.name != "medical clearance":
        return heading
    if not _HEADS.match(request, heading.end):
        return heading
    tests = [
        found
        for found in named
        if found.start > heading.end
        and not found.value.weakness
        and found.value.treatment.category == _TESTS
    ]
    return tests[0] if len({found.value.treatment for found in tests}) == 1 else heading


def _is_consulted_about(found: PhraseMatch[Mention], treatment: Treatment, request: str) -> bool:
    """Whether an operation is named to say what a consultation is about."""
    if treatment.category != SURGERY or treatment.subcategory in _NO_OPERATION:
        return False
    ahead = _CONSULTED_ABOUT.search(request[: found.start])
    return bool(ahead or _CONSULTED_AFTER.match(request, found.end))


def _joined_to(
    chosen: PhraseMatch[Mention],
    treatment: Treatment,
    named: Sequence[PhraseMatch[Mention]],
    request: str,
) -> Iterator[str]:
    """The other therapies asked for in one with a therapy: "physical therapy/acupuncture"."""
    names = {treatment.name: None}
    names |= dict.fromkeys(written_together(request[chosen.start : chosen.end]))
    end = chosen.end
    for found in named:
        other = found.value.treatment
        therapies = {treatment.category, other.category} == {_REHABILITATION}
        if found.start >= end and therapies and _AND_ALSO.fullmatch(request, end, found.start):
            names[other.name] = None
            end = found.end
    yield from list(names)[1:]


def _surroundings(
    words: Sequence[Word], parts: BodyParts, named: Iterable[PhraseMatch[Mention]]
) -> ServiceWords:
    """The surroundings of a treatment; what is named only weakly does not count among others."""
    others = {found.value.treatment for found in named if not found.value.weakness}
    return ServiceWords(
        words=frozenset(word.key for word in words),
        regions=tuple(parts.regions),
        treatments=frozenset(other.name for other in others),
        drugs=sum(other.category == PHARMACEUTICALS for other in others),
    )


def _asked_for(
    named: Sequence[PhraseMatch[Mention]], words: Sequence[Word]
) -> PhraseMatch[Mention]:
    """The first that is named in earnest: neither weakly nor as a surgery that has been."""
    return min(named, key=lambda found: found.value.weakness + is_history(found, words))
