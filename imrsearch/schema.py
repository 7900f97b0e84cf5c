"""The facets that a search can be narrowed by: one declaration a line, one small class a kind.

A facet's name is its key in the URL and the engine's value field at once. A value's label says in
plain words what the value means, for people who do not know the field's jargon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imrsearch.engines.base import (
    And,
    Count,
    Filter,
    Missing,
    Not,
    Or,
    Query,
    Range,
    Value,
)

UNKNOWN = "~unknown"
"""The value that stands for "nothing is known" in a URL: ``body=~unknown``."""

DECISION_LABELS = {
    "upheld": "Upheld: treatment denied",
    "overturned": "Overturned: treatment approved",
}

# "2013..2016", "2013..", "..2016", and "2013-2016" as people type it.
_YEARS = re.compile(r"(\d{4})?(?:\.\.|-)(\d{4})?")


def decision_label(decision: str | None) -> str:
    """The decision in plain words; a word the letter prints instead is shown as it stands."""
    if decision is None:
        return "Decision unknown"
    return DECISION_LABELS.get(decision, _capitalized(decision))


def number_range(field_name: str, text: str) -> Range | None:
    """``2014``, ``2013..2016``, ``2013..`` or ``..2016`` as a range; ``None`` for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return Range(field_name, int(text), int(text))
    match = _YEARS.fullmatch(text)
    if match is None or match.groups() == (None, None):
        return None
    low, high = (int(year) if year else None for year in match.groups())
    return Range(field_name, low, high)


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet of whole values, labelled by the values themselves."""

    name: str
    title: str

    def query(self, value: str) -> Query:
        """What the value asks of the engine."""
        return Missing(self.name) if value == UNKNOWN else Value(self.name, value)

    def label(self, value: str) -> str:
        """The value in plain words."""
        return "Unknown" if value == UNKNOWN else self._known(value)

    def _known(self, value: str) -> str:
        return _capitalized(value)

    def ordered(self, counts: Sequence[Count]) -> Sequence[Count]:
        """The table's lines in the order people read them: as the engine gives them."""
        return counts


@dataclass(frozen=True, slots=True)
class WordedFacet(FacetKind):
    """A facet with few values, each with a wording of its own."""

    labels: Mapping[str, str] = field(default_factory=dict)

    def _known(self, value: str) -> str:
        return self.labels.get(value, _capitalized(value))


@dataclass(frozen=True, slots=True)
class GuidelineFacet(FacetKind):
    """Guidelines of the catalogue, by their short names."""

    def _known(self, value: str) -> str:
        from imrsearch.catalogue.guidelines import guideline  # the catalogue loads when asked for

        known = guideline(value)
        return known.short if known else value


@dataclass(frozen=True, slots=True)
class CitedPlaceFacet(FacetKind):
    """Pages and sections of guidelines: ``mtus-chronic-pain:58``."""

    def _known(self, value: str) -> str:
        from imrsearch.catalogue.guidelines import cite_label

        return cite_label(value)


@dataclass(frozen=True, slots=True)
class YearFacet(FacetKind):
    """Years, newest first; a value may be a range such as ``2013..2016``."""

    def query(self, value: str) -> Query:
        """A year or a range of years; a value that is neither matches nothing, but is kept."""
        if value == UNKNOWN:
            return Missing(self.name)
        return number_range(self.name, value) or Value(self.name, value)

    def _known(self, value: str) -> str:
        low, dots, high = value.partition("..")
        if not dots:
            return value
        if low and high:
            return f"{low} to {high}"
        return f"{low} or later" if low else f"{high} or earlier"

    def ordered(self, counts: Sequence[Count]) -> Sequence[Count]:
        """Newest year first, the unknown ones last."""
        return sorted(counts, key=lambda count: count.value or "", reverse=True)


FACETS: Mapping[str, FacetKind] = {
    facet.name: facet
    for facet in (
        WordedFacet("decision", "Decision", DECISION_LABELS),
        FacetKind("category", "Category"),
        FacetKind("subcategory", "Kind of service"),
        FacetKind("treatment", "Treatment or drug"),
        FacetKind("body", "Body part"),
        GuidelineFacet("guideline", "Guideline cited"),
        CitedPlaceFacet("cites", "Page or section cited"),
        WordedFacet(
            "basis",
            "Reviewer relied on",
            {
                "mtus": "MTUS",
                "non-mtus": "Sources outside the MTUS",
                "mtus+non-mtus": "MTUS and other sources",
                "none": "No source cited",
            },
        ),
        WordedFacet(
            "comparison",
            "Reviewer against administrator",
            {
                "same": "Same guidelines and pages",
                "reviewer adds": "Reviewer adds to the administrator's",
                "different": "Different guidelines or pages",
                "administrator cited none": "Administrator cited none",
            },
        ),
        FacetKind("specialty", "Reviewer's specialty"),
        FacetKind("state", "Reviewer licensed in"),
        YearFacet("year", "Year decided"),
        FacetKind("flag", "Kind of request"),
        FacetKind("outcome", "Outcome of the case"),
        FacetKind("ageband", "Patient's age"),
        FacetKind("sex", "Patient's sex"),
        WordedFacet(
            "era",
            "Form of the letter",
            {
                "notice": "Notice (2013)",
                "professional-review": "Professional review (2013)",
                "documents-reviewed": "Documents reviewed (2013-2014)",
                "sentence": "Reviewer in a sentence (2013-2014)",
                "credentials": "Reviewer's credentials (2015 and later)",
                "unknown": "Unknown layout",
            },
        ),
    )
}


def facet_filter(name: str, values: Sequence[str], excluded: Sequence[str]) -> Filter:
    """One facet's restriction: any of ``values`` and none of ``excluded``."""
    kind = FACETS[name]
    wanted = (Or(tuple(kind.query(value) for value in values)),) if values else ()
    unwanted = tuple(Not(kind.query(value)) for value in excluded)
    parts = wanted + unwanted
    return Filter(name, parts[0] if len(parts) == 1 else And(parts))


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
