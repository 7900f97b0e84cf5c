"""Values of fields that need more than one fact, or a fact in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from imrsearch.catalogue.guidelines import FAMILY_WHOLES, cited_places
from imrsearch.model import CitedPlace
from imrsearch.schema.facts import CitationFacts, IssueFacts

YOUNGEST, OLDEST = 20, 70
"""The ends of the age bands."""


def year(day: date | None) -> str | None:
    """The year of a day, as a value."""
    return str(day.year) if day else None


def day_number(day: date | None) -> int | None:
    """A day as a number that sorts: 20161209."""
    return day.year * 10000 + day.month * 100 + day.day if day else None


def kind_of_service(issue: IssueFacts) -> str | None:
    """The subcategory under its category: ``Rehabilitation > Chiropractic``."""
    return f"{issue.category} > {issue.subcategory}" if issue.subcategory else None


def disputed(issue: IssueFacts) -> tuple[str | None, ...]:
    """The treatments that an issue disputes: its own, and those that its service or the original
    request names."""
    from imrsearch.letters.service import named_treatments  # a search does without: 0.04 s

    printed = filter(None, (issue.service, issue.original_request))
    own = (issue.treatment, *issue.further_treatments)
    return (*own, *chain.from_iterable(map(named_treatments, printed)))


def quantity(issue: IssueFacts) -> int | None:
    """The amount asked for, as a whole number."""
    return round(issue.quantity.amount) if issue.quantity else None


def reasons(issue: IssueFacts) -> tuple[str, ...]:
    """Why it was decided so: ``unmet functional-improvement``."""
    return tuple(f"{reason.status} {reason.criterion}" for reason in issue.reasons)


def cited_guidelines(issue: IssueFacts) -> tuple[str | None, ...]:
    """The guidelines that both sides' statements cite."""
    return tuple(citation.guideline for citation in _in_statements(issue))


def cited_in_statements(issue: IssueFacts) -> tuple[str, ...]:
    """The pages and sections that both sides' statements cite."""
    cited = _in_statements(issue)
    return tuple(str(place) for citation in cited for place in cited_places(citation))


def cited_in_rationale(issue: IssueFacts) -> tuple[str, ...]:
    """The guidelines, pages and sections that the rationale cites."""
    return tuple(map(str, _named_places(issue.rationale_citations)))


def _in_statements(issue: IssueFacts) -> tuple[CitationFacts, ...]:
    return (*issue.reviewer_guideline.citations, *issue.claims_administrator.citations)


def age_band(age: int | None) -> str | None:
    """Ten years each: ``30-39``; the ends are open."""
    if age is None:
        return None
    if not YOUNGEST <= age < OLDEST:
        return f"under {YOUNGEST}" if age < YOUNGEST else f"{OLDEST} and over"
    return f"{age // 10 * 10}-{age // 10 * 10 + 9}"


def _named_places(citations: Iterable[CitationFacts]) -> Iterator[CitedPlace]:
    """The guidelines that are cited, each before the pages and sections cited of it."""
    for citation in citations:
        if citation.guideline:
            yield CitedPlace(citation.guideline)
        yield from cited_places(citation)


def comparison(issue: IssueFacts) -> str | None:
    """How the guidelines of reviewer and administrator compare: the most exact thing in common.

    ``None`` where the reviewer's are not known: nothing can be compared.
    """
    reviewer = issue.reviewer_guideline.citations
    administrator = issue.claims_administrator.citations
    if not administrator:
        return "administrator cited none"
    if not reviewer:
        return None
    ours, theirs = _sources(reviewer), _sources(administrator)
    if ours >= theirs:
        return "same" if ours == theirs else "reviewer adds"
    common = ours & theirs
    if any(place.page for place in common):
        return "same page"
    if any(place.section for place in common):
        return "same section"
    alike = common or _wholes(ours) & _families(theirs) or _families(ours) & _wholes(theirs)
    return "same guideline" if alike else "nothing in common"


def _sources(citations: Iterable[CitationFacts]) -> set[CitedPlace]:
    """What is cited: guidelines and places in them, a free citation by its own words."""
    sources = set(_named_places(citations))
    free = (citation.text.lower() for citation in citations if citation.guideline is None)
    return sources.union(map(CitedPlace, free))


def _wholes(places: Iterable[CitedPlace]) -> set[str]:
    """The guidelines cited at large of which chapters are cited too: ACOEM, the ODG."""
    return {place.guideline for place in places}.intersection(FAMILY_WHOLES)


def _families(places: Iterable[CitedPlace]) -> set[str]:
    """The family of each guideline, which its id begins with: odg-knee-leg -> odg."""
    return {place.guideline.partition("-")[0] for place in places}
