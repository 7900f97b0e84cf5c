"""What is indexed: the fields of an issue, how facts tell their values, and the facets.

A new facet is a row of ``VALUES`` and one of ``FACETS``: its box, its page,
its option of the command line and its part of the search language follow.

A facet's name is its key in the URL and the name of a value field at once. A value's label says in
plain words what the value means, for people who do not know the field's jargon.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from typing import Generic, TypeVar

from imrsearch.catalogue.eras import era_labels
from imrsearch.catalogue.guidelines import place_label
from imrsearch.catalogue.reasons import criteria, reason_label
from imrsearch.catalogue.warning_codes import WARNING_CODES
from imrsearch.model import EVIDENCE_GRADES, CitedPlace, Determination, Issue
from imrsearch.schema import extract

TEXT_FIELDS: Mapping[str, float] = {"service": 3.0, "rationale": 1.0, "summary": 0.6}
"""Full-text fields with their weight in ranking. Each has a stemmed and an exact form."""

ToldValue = TypeVar("ToldValue")


@dataclass(frozen=True, slots=True)
class CaseField(Generic[ToldValue]):
    """A field that all issues of a case have alike; ``of`` tells it from the case's facts."""

    name: str
    of: Callable[[Determination], ToldValue]


@dataclass(frozen=True, slots=True)
class IssueField(Generic[ToldValue]):
    """A field that each issue has for itself; ``of`` tells it from the issue's facts."""

    name: str
    of: Callable[[Issue], ToldValue]


FieldValues = tuple[str | None, ...]
"""A field's values as facts tell them; ``None`` is unknown and is left out."""

VALUES: tuple[CaseField[FieldValues] | IssueField[FieldValues], ...] = (
    CaseField("case", lambda case: (case.case_id,)),
    IssueField("decision", lambda issue: (issue.decision,)),
    IssueField("category", lambda issue: (issue.category,)),
    IssueField("subcategory", lambda issue: (extract.kind_of_service(issue),)),
    IssueField("treatment", lambda issue: (issue.treatment, *issue.further_treatments)),
    IssueField("disputes", extract.disputed),
    IssueField("body", lambda issue: () if issue.body_part_source else issue.body_parts),
    IssueField("case_body", lambda issue: issue.body_parts),
    IssueField("guideline", extract.cited_guidelines),
    IssueField("cites", extract.cited_in_statements),
    IssueField("rationale_cites", extract.cited_in_rationale),
    IssueField("basis", lambda issue: (issue.reviewer_guideline.basis,)),
    IssueField("advice", extract.advice),
    IssueField("evidence", extract.evidence),
    CaseField("specialty", lambda case: case.reviewer.specialties),
    CaseField("state", lambda case: case.reviewer.licensed_in),
    CaseField("year", lambda case: (extract.year(case.dates.decided),)),
    CaseField("era", lambda case: (case.era,)),
    CaseField("sex", lambda case: (case.patient.sex,)),
    IssueField("flag", lambda issue: issue.flags),
    CaseField("outcome", lambda case: (case.outcome,)),
    IssueField("comparison", lambda issue: (extract.guideline_comparison(issue),)),
    IssueField("reason", extract.reason_values),
    IssueField("ur", lambda issue: (issue.ur_action,)),
    IssueField("visits", lambda issue: (extract.band("visits", extract.visits(issue)),)),
    IssueField("tablets", lambda issue: (extract.band("tablets", extract.tablets(issue)),)),
    IssueField("dose", lambda issue: (extract.band("dose", extract.dose(issue)),)),
    IssueField(
        "visits_so_far",
        lambda issue: (extract.band("visits_so_far", extract.visits_so_far(issue)),),
    ),
    CaseField("diagnosis", lambda case: case.diagnoses),
    CaseField("warning", lambda case: tuple(one.code for one in case.warnings)),
    CaseField("ageband", lambda case: (extract.age_band(case.patient.age),)),
)
VALUE_FIELDS: tuple[str, ...] = tuple(field.name for field in VALUES)
"""Fields of whole values, any number in one document; equality, facets, filters.

``treatment`` is what an issue is filed as; ``disputes`` are all treatments that its service or the
original request names. ``body`` are the body parts that the service names, ``case_body`` these or,
where it names none, those of its case.
"""

NUMBERS: tuple[CaseField[int | None] | IssueField[int | None], ...] = (
    CaseField("year", lambda case: case.dates.decided.year if case.dates.decided else None),
    CaseField("age", lambda case: case.patient.age),
    IssueField("quantity", extract.quantity),
    IssueField("visits", extract.visits),
    IssueField("tablets", extract.tablets),
    IssueField("dose", extract.dose),
    IssueField("visits_so_far", extract.visits_so_far),
    IssueField("original", extract.original_amount),
    IssueField("authorized", extract.authorized),
    IssueField("remaining", extract.remaining),
    CaseField("decided", lambda case: extract.day_number(case.dates.decided)),
)
NUMBER_FIELDS: tuple[str, ...] = tuple(field.name for field in NUMBERS)
"""Single whole numbers for ranges and sorting; ``decided`` is a day as 20161209, ``quantity`` the
amount asked for in whatever unit, rounded (12 sessions, 60 tablets). A field that is both here and
among ``VALUES`` has bands as values: ``7..12``."""

OTHER_NAMES: Mapping[str, str] = {"amount": "quantity"}
"""Fields by the other names that people type."""

FIELDS: tuple[str, ...] = (*TEXT_FIELDS, *VALUE_FIELDS, *NUMBER_FIELDS)
"""Every field, as a build's manifest tells: a build with other fields is refused."""


_VALUE_NAMES, _NUMBER_NAMES = frozenset(VALUE_FIELDS), frozenset(NUMBER_FIELDS)


@dataclass(frozen=True, slots=True)
class IssueDocument:
    """One issue as an engine sees it. ``id`` is ``case_id#number``; absent values are absent.

    Raises ValueError for a field that is in none of the tables above: it would be lost silently.
    """

    id: str
    texts: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]

    def __post_init__(self) -> None:
        unknown = (
            (self.texts.keys() - TEXT_FIELDS.keys())
            | (self.values.keys() - _VALUE_NAMES)
            | (self.numbers.keys() - _NUMBER_NAMES)
        )
        if unknown:
            raise ValueError(f"{self.id} has fields that no engine knows: {sorted(unknown)}.")


# ------------------------------------------------------------------------------------- facets

UNKNOWN = "~unknown"
"""The value that stands for "nothing is known" in a URL: ``body=~unknown``."""

DECISION_LABELS = {
    "upheld": "Upheld: treatment denied",
    "overturned": "Overturned: treatment approved",
}


def decision_label(decision: str | None) -> str:
    """The decision in plain words; a word the letter prints instead is shown as it stands."""
    if decision is None:
        return "Decision unknown"
    return DECISION_LABELS.get(decision, _capitalized(decision))


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One line of a facet table. ``value`` ``None`` counts the documents without a value."""

    value: str | None
    count: int
    overturned: int


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet of whole values.

    ``unknown`` says what it means that an issue has no value: "Ordinary request". A value's label
    is that of ``labels``, else its ``wording``. ``order`` tells the place of a line where people
    read them in another order than the engine's.
    """

    name: str
    title: str
    unknown: str
    labels: Mapping[str, str] = field(default_factory=dict)
    wording: Callable[[str], str] = _capitalized
    order: Callable[[FacetCount], tuple[bool, int]] | None = None

    def label(self, value: str) -> str:
        """The value in plain words."""
        if value == UNKNOWN:
            return self.unknown
        return self.labels[value] if value in self.labels else self.wording(value)

    def ordered(self, counts: Sequence[FacetCount]) -> Sequence[FacetCount]:
        """The table's lines in the order people read them."""
        return sorted(counts, key=self.order) if self.order else counts


def _lowest_first(line: FacetCount) -> tuple[bool, int]:
    """By the number that a value begins with ("..6" and "under 20" with none), the unknown ones
    last."""
    first = "".join(takewhile(str.isdecimal, line.value or ""))
    return line.value is None, int(first or 0)


def _reason_label(value: str) -> str:
    """Such as ``unmet functional-improvement``, in the catalogue's words."""
    status, _, criterion = value.partition(" ")
    known = criteria().get(criterion)
    return reason_label(criterion, status) if known and status in known.labels else value


def amount_label(value: str) -> str:
    """A number or a range of numbers in words: ``7..12`` is "7 to 12", ``25..`` "25 or more"."""
    return _range_label(value, "{} or more", "Up to {}")


def _range_label(value: str, from_low: str, to_high: str) -> str:
    low, dots, high = value.partition("..")
    if not dots:
        return value
    if low and high:
        return f"{low} to {high}"
    return from_low.format(low) if low else to_high.format(high)


_PlaceFacet = partial(FacetKind, wording=lambda value: place_label(CitedPlace.parse(value)))
_NumberFacet = partial(FacetKind, wording=amount_label, order=_lowest_first)

FACETS: Mapping[str, FacetKind] = {
    facet.name: facet
    for facet in (
        FacetKind("decision", "Decision", "Decision not read", DECISION_LABELS),
        FacetKind("subcategory", "Kind of service", "Kind not recognized"),
        FacetKind("treatment", "Treatment or drug", "No treatment recognized"),
        FacetKind("body", "Body part", "No body part named"),
        FacetKind(
            "guideline",
            "Guideline cited",
            "No known guideline cited",
            wording=lambda value: place_label(CitedPlace(value)),
        ),
        _PlaceFacet("cites", "Page or section cited", "No page or section cited"),
        FacetKind("reason", "Reason", "No reason recognized", wording=_reason_label),
        FacetKind(
            "year",
            "Year decided",
            "No date of decision",
            wording=lambda value: _range_label(value, "{} or later", "{} or earlier"),
            order=lambda line: (line.value is None, -int(line.value or 0)),
        ),
        FacetKind("specialty", "Reviewer's specialty", "Specialty not printed"),
        FacetKind("category", "Category", "Category not recognized"),
        FacetKind("flag", "Kind of request", "Ordinary request"),
        FacetKind(
            "comparison",
            "Reviewer against administrator",
            "Cannot be compared",
            labels={
                "same": "Same guidelines and pages",
                "reviewer adds": "Reviewer adds to the administrator's",
                "same page": "A page in common",
                "same section": "A section in common, no page",
                "same guideline": "A guideline in common, no page or section",
                "nothing in common": "Nothing in common",
                "administrator cited none": "Administrator cited none",
            },
        ),
        FacetKind(
            "basis",
            "Reviewer relied on",
            "Not stated",
            labels={
                "mtus": "MTUS",
                "non-mtus": "Sources outside the MTUS",
                "mtus+non-mtus": "MTUS and other sources",
                "none": "No source cited",
            },
        ),
        FacetKind(
            "advice",
            "What the guideline advises",
            "No advice quoted",
            labels={"no recommendation": "No recommendation: neither for nor against"},
        ),
        FacetKind(
            "evidence",
            "Strength of evidence quoted",
            "No grade quoted",
            labels={grade: f"{grade}: {word}" for grade, word in EVIDENCE_GRADES.items()},
        ),
        _PlaceFacet("rationale_cites", "Cited in the rationale", "Nothing cited there"),
        FacetKind(
            "ur",
            "Utilization review",
            "Action not told",
            labels={"denied": "Denied", "modified": "Modified: a part authorized"},
        ),
        _NumberFacet("visits", "Visits asked for", "No number of visits"),
        _NumberFacet("visits_so_far", "Visits so far", "Not told"),
        _NumberFacet("tablets", "Tablets asked for", "No number of tablets"),
        _NumberFacet("dose", "Dose in mg", "No dose in mg"),
        FacetKind("case_body", "Body part of the case", "No body part told"),
        FacetKind("diagnosis", "Diagnosis code", "No code printed"),
        FacetKind("outcome", "Outcome of the case", "Outcome not read"),
        FacetKind(
            "ageband",
            "Patient's age",
            "Age not told",
            wording=lambda value: _capitalized(value).replace("-", "–"),
            order=_lowest_first,
        ),
        FacetKind("sex", "Patient's sex", "Sex not told"),
        FacetKind("state", "Reviewer licensed in", "License not printed"),
        FacetKind(
            "era",
            "Form of the letter",
            "Form not known",
            wording=lambda value: era_labels().get(value, _capitalized(value)),
        ),
        FacetKind("warning", "Warning about the letter", "No warning", WARNING_CODES),
    )
}
"""The facets in order of use."""
