"""Values of fields that need more than one fact, or a fact in other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain

from imrsearch.catalogue.guidelines import FAMILY_WHOLES, cited_places
from imrsearch.catalogue.reasons import reason_value
from imrsearch.catalogue.services import named_treatments
from imrsearch.catalogue.treatments import PHARMACEUTICALS
from imrsearch.model import Citation, CitedPlace, Issue, Quantity, Recommendation

YOUNGEST, OLDEST = 20, 70
"""The ends of the age bands."""
BANDS: Mapping[str, tuple[int, ...]] = {
    "visits": (6, 12, 24),
    "visits_so_far": (6, 12, 24),
    "tablets": (30, 60, 90, 120),
    "dose": (5, 10, 25, 50, 100, 500),
}
"""The highest number of each band but the last: visits as trials and the guidelines' limits (six, a
course of twelve, twenty-four), tablets as months' supplies, doses in mg."""
VISITS = frozenset(("sessions", "visits", "treatments", "appointments"))
_TABLETS = frozenset(("tablets", "capsules", "pills"))
_NOT_TAKEN = re.compile(
    r"%|(?<![a-z])(?:cream|gel|ointment|patch|patches|lotion|topical|compound\w*|spray|drops?"
    r"|solution|suspension|injection|inhaler|kit|pads?|gms?|grams?|ml)(?![a-z])",
    re.IGNORECASE,
)


def year(day: date | None) -> str | None:
    """The year of a day, as a value."""
    return str(day.year) if day else None


def day_number(day: date | None) -> int | None:
    """A day as a number that sorts: 20161209."""
    return day.year * 10000 + day.month * 100 + day.day if day else None


def kind_of_service(issue: Issue) -> str | None:
    """The subcategory under its category: ``Rehabilitation > Chiropractic``."""
    return f"{issue.category} > {issue.subcategory}" if issue.subcategory else None


def disputed(issue: Issue) -> tuple[str | None, ...]:
    """The treatments that an issue disputes: its own, and those that its service or the original
    request names."""
    printed = filter(None, (issue.service, issue.original_request))
    own = (issue.treatment, *issue.further_treatments)
    return (*own, *chain.from_iterable(map(named_treatments, printed)))


def quantity(issue: Issue) -> int | None:
    """The amount asked for, as a whole number."""
    return _whole_amount(issue.quantity)


def visits(issue: Issue) -> int | None:
    """How many visits, sessions or treatments are asked for."""
    return (
        _whole_amount(issue.quantity) if issue.quantity and issue.quantity.unit in VISITS else None
    )


def tablets(issue: Issue) -> int | None:
    """How many tablets or capsules are asked for: "#60" of a drug that is swallowed."""
    if issue.quantity is None:
        return None
    counted = issue.quantity.unit == "units" and issue.category == PHARMACEUTICALS
    swallowed = counted and not _NOT_TAKEN.search(issue.service)
    return _whole_amount(issue.quantity) if swallowed or issue.quantity.unit in _TABLETS else None


def visits_so_far(issue: Issue) -> int | None:
    """How many visits the patient had before."""
    return issue.visits_so_far.count if issue.visits_so_far else None


def dose(issue: Issue) -> int | None:
    """The dose in whole mg."""
    return round(issue.dose.amount) if issue.dose and issue.dose.unit == "mg" else None


def original_amount(issue: Issue) -> int | None:
    """The amount asked for before a modification."""
    return _whole_amount(issue.original_quantity)


def authorized(issue: Issue) -> int | None:
    """The amount that a modification authorized."""
    return _whole_amount(issue.authorized_quantity)


def remaining(issue: Issue) -> int | None:
    """The amount that remains in dispute after a modification."""
    return _whole_amount(issue.quantity) if issue.original_request else None


def _whole_amount(amount: Quantity | None) -> int | None:
    return round(amount.amount) if amount else None


def band(name: str, number: int | None) -> str | None:
    """The band of a number as a range that a search takes: ``7..12``, ``25..``."""
    if number is None:
        return None
    ends = BANDS[name]
    place = bisect_left(ends, number)
    low = str(ends[place - 1] + 1) if place else ""
    return f"{low}..{ends[place] if place < len(ends) else ''}"


def reason_values(issue: Issue) -> tuple[str, ...]:
    """Why it was decided so: ``unmet functional-improvement``."""
    return tuple(reason_value(reason.criterion, reason.status) for reason in issue.reasons)


def cited_guidelines(issue: Issue) -> tuple[str | None, ...]:
    """The guidelines that both sides' statements cite."""
    return tuple(citation.guideline for citation in _in_statements(issue))


def cited_in_statements(issue: Issue) -> tuple[str, ...]:
    """The pages and sections that both sides' statements cite."""
    cited = _in_statements(issue)
    return tuple(str(place) for citation in cited for place in cited_places(citation))


def cited_in_rationale(issue: Issue) -> tuple[str, ...]:
    """The guidelines, pages and sections that the rationale cites."""
    return tuple(map(str, _named_places(issue.rationale_citations)))


def advice(issue: Issue) -> tuple[str | None, ...]:
    """What guidelines advise, as the reviewer quotes them: ``not recommended``."""
    return tuple(each.advice for each in _quoted_advice(issue))


def evidence(issue: Issue) -> tuple[str | None, ...]:
    """The grades of the evidence for it: ``A``, ``B``, ``C``, ``I``."""
    return tuple(each.evidence for each in _quoted_advice(issue))


def _quoted_advice(issue: Issue) -> Iterator[Recommendation]:
    """The advice printed with the reviewer's citations and in the rationale."""
    for citation in issue.reviewer_guideline.citations:
        yield from citation.recommendations
    yield from issue.recommendations


def _in_statements(issue: Issue) -> tuple[Citation, ...]:
    return (*issue.reviewer_guideline.citations, *issue.claims_administrator.citations)


def age_band(age: int | None) -> str | None:
    """Ten years each: ``30-39``; the ends are open."""
    if age is None:
        return None
    if not YOUNGEST <= age < OLDEST:
        return f"under {YOUNGEST}" if age < YOUNGEST else f"{OLDEST} and over"
    return f"{age // 10 * 10}-{age // 10 * 10 + 9}"


def _named_places(citations: Iterable[Citation]) -> Iterator[CitedPlace]:
    """The guidelines that are cited, each before the pages and sections cited of it."""
    for citation in citations:
        if citation.guideline:
            yield CitedPlace(citation.guideline)
        yield from cited_places(citation)


def guideline_comparison(issue: Issue) -> str | None:
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


@lru_cache(maxsize=10_000)
def _sources(citations: tuple[Citation, ...]) -> frozenset[CitedPlace]:
    """What is cited: guidelines and places in them, a free citation by its own words."""
    sources = frozenset(_named_places(citations))
    free = (citation.text.lower() for citation in citations if citation.guideline is None)
    return sources.union(map(CitedPlace, free))


def _wholes(places: Iterable[CitedPlace]) -> set[str]:
    """The guidelines cited at large of which chapters are cited too: ACOEM, the ODG."""
    return {place.guideline for place in places}.intersection(FAMILY_WHOLES)


def _families(places: Iterable[CitedPlace]) -> set[str]:
    """The family of each guideline, which its id begins with: odg-knee-leg -> odg."""
    return {place.guideline.partition("-")[0] for place in places}
