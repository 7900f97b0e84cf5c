"""Which treatments a pasted text is likely to dispute, where the rules find none or too many.

A logistic classifier, trained on our own pasted texts (``make request-classifier``): it asks for
each treatment that a text names whether it is a request in dispute, or history, certified, quoted,
a plan. Where the rules know a manner of writing, they read all its details; where they do not, the
classifier is right more often. Docs: docs/reasons.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, sqrt

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.treatments import find_treatments
from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.mentions import (
    NamedTreatment,
    named_places,
    seen_by_name,
    seen_of_text,
)
from imrsearch.search.pasted.request import Reading
from imrsearch.search.pasted.wording.cited import begins_with_citation
from imrsearch.search.pasted.wording.clauses import depends_on_another, without_decision_ahead
from imrsearch.search.pasted.wording.manners import DECISIONS, NONE, manner_of
from imrsearch.search.pasted.wording.prose import (
    asks_nothing,
    has_verb,
    is_of_guideline,
    is_of_patient,
    tells_condition,
)
from imrsearch.search.pasted.wording.services import BEGINNING, treatments_in_earnest
from imrsearch.system.package_data import data_file
from imrsearch.text.phrases import split_words

_PATTERNS = patterns("likely_requests")

REQUEST_CLASSIFIER_FILE = "request_classifier.tsv"
SURE = 0.4
"""Likelihood from which a request is added to those that the rules found."""
SURE_NOT_PAST = 0.6
"""… where the rules take it for history, or a sentence names it that only tells something."""
UNLIKELY = 0.04
"""Likelihood below which a request that the rules found and nothing denies is dropped."""
_THERE_IS_NO = _PATTERNS["there_is_no"]
_OF_EARLIER_CARE = _PATTERNS["of_earlier_care"]
_OF_A_DAY = _PATTERNS["of_a_day"]
_STUDIES = "Diagnostic Testing"
_LEAD_IN_ABOUT = _PATTERNS["lead_in_about"]
_OPENS_CRITERIA = _PATTERNS["opens_criteria"]
BIAS = "^"
"""The feature that every treatment has."""


@dataclass(frozen=True, slots=True)
class LikelyRequest:
    """How likely a text disputes a treatment, from 0 to 1, and the line that speaks for it most."""

    likelihood: float
    line: str


def likely_requests(told: Sequence[TextPiece]) -> dict[str, LikelyRequest]:
    """The treatments that a text names, each with what speaks for its being a request."""
    of_text = seen_of_text(told)
    told = list(_without_criteria(told))
    return {
        name: LikelyRequest(
            likelihood(request_features(name, places, of_text), _request_weights()),
            max(places, key=lambda one: likelihood(one.seen, _request_weights())).line,
        )
        for name, places in by_treatment(told).items()
    }


def _without_criteria(told: Iterable[TextPiece]) -> Iterator[TextPiece]:
    """The pieces but for the items of a guideline's list of criteria."""
    is_list = False
    for piece in told:
        if not (is_list and piece.is_item):
            is_list = _OPENS_CRITERIA.search(piece.text or piece.label) is not None
            yield piece


def is_likely(likely: Mapping[str, LikelyRequest], name: str | None, least: float) -> bool:
    """Whether a treatment is likely enough disputed; true also for one that was not weighed."""
    weighed = likely.get(name or "")
    return weighed is None or weighed.likelihood >= least


def missed_lines(likely: Mapping[str, LikelyRequest], reading: Reading) -> frozenset[str]:
    """The lines that surely name a request of which the rules found nothing."""
    known = {*(one.treatment for one in reading.requests), *reading.aside()}
    missed: set[str] = set()
    for name, one in likely.items():
        line = one.line
        tells = name in reading.history or (has_verb(line) and manner_of(line) == NONE)
        least = SURE_NOT_PAST if tells else SURE
        if one.likelihood >= least and name not in known and not _is_veto(line, known):
            missed.add(line)
    return frozenset(missed)


def _is_veto(line: str, known: Collection[str | None]) -> bool:
    """Whether a line asks for nothing: it cites or quotes a guideline, says what is missing, gives
    a reason, tells of the patient, or is about a known request: "As to the hospital bed, …"."""
    about = _LEAD_IN_ABOUT.match(line)
    if about and not set(treatments_in_earnest(about[0])).isdisjoint(known):
        return True
    return (
        begins_with_citation(line)
        or is_of_guideline(line)
        or _THERE_IS_NO.match(line) is not None
        or depends_on_another(line)
        or _OF_EARLIER_CARE.match(line) is not None
        or tells_condition(line)
        or _tells_study(line)
        or bool(without_decision_ahead(line))
        or asks_nothing(line)
        or (is_of_patient(line) and manner_of(line) == NONE)
    )


def _tells_study(line: str) -> bool:
    """Whether a line begins with a study and its day: what it found."""
    first = next(iter(find_treatments(split_words(line[:BEGINNING]))), None)
    is_study = first is not None and first.value.treatment.category == _STUDIES
    told = first is not None and _OF_A_DAY.match(line, first.end) is not None
    return is_study and told and manner_of(line) not in DECISIONS


def with_missed(before: Reading, again: Reading, likely: Mapping[str, LikelyRequest]) -> Reading:
    """A reading with the likely requests of a second one (``again``), which took in the lines that
    were missed; what those lines name in passing stays out: "Non-cert. She walks with a cane"."""
    known = {one.treatment for one in before.requests}
    missed = (
        one
        for one in again.requests
        if one.treatment not in known and is_likely(likely, one.treatment, SURE)
    )
    return replace(before, requests=(*before.requests, *missed))


def by_treatment(told: Sequence[TextPiece]) -> Mapping[str, list[NamedTreatment]]:
    """The places that name each treatment."""
    named: dict[str, list[NamedTreatment]] = defaultdict(list)
    for one in named_places(told):
        named[one.treatment].append(one)
    return named


def request_features(
    name: str, places: Iterable[NamedTreatment], of_text: frozenset[str]
) -> set[str]:
    """All that is seen of a treatment, wherever the text names it."""
    return {*seen_by_name(name), *of_text}.union(*(one.seen for one in places))


def likelihood(seen: Iterable[str], weights: Mapping[str, float]) -> float:
    """How likely a treatment with these features is a request, from 0 to 1."""
    known = [weights[name] for name in seen if name in weights]
    return 1 / (1 + exp(-weights[BIAS] - sum(known) / sqrt(max(1, len(known)))))


@cache
def _request_weights() -> Mapping[str, float]:
    return read_request_weights(data_file(REQUEST_CLASSIFIER_FILE).read_text(encoding="utf-8"))


def read_request_weights(text: str) -> dict[str, float]:
    """The weights of a classifier's file, a line for each feature."""
    lines = (one.partition("\t") for one in text.splitlines())
    return {name: float(told) for name, _, told in lines}


def written_request_weights(weights: Mapping[str, float]) -> Iterator[str]:
    """The lines of a classifier's file."""
    return (f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()))
