"""The page of a case, and its letter with the place that a fact was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from flask import url_for
from markupsafe import Markup

from imrsearch.model import Caution, Citation, Determination, GuidelineStatement, Issue, Quantity
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.results import category_words
from imrsearch.web.presenters.words import Verdict, citation_words, count, day, search_for, verdict

Highlight = Callable[[str, str], Markup]
"""Escapes a text and marks the query's words in it; the second argument names the text's place."""

FACTS: tuple[tuple[str, str], ...] = (
    ("dates.decided", "Decided"),
    ("dates.injury", "Date of injury"),
    ("dates.ur_denial", "Denied by utilization review"),
    ("dates.received", "Application received"),
    ("dates.assigned", "Assigned to the reviewer"),
    ("priority", "Priority"),
    ("reviewer.specialties", "Reviewer’s specialty"),
    ("reviewer.subspecialties", "Subspecialty"),
    ("reviewer.licensed_in", "Licensed in"),
    ("patient.age", "Patient’s age"),
    ("patient.sex", "Patient’s sex"),
)
"""The facts of a case by their path in the model, in the order shown."""

ISSUE_FACTS: tuple[tuple[str, str], ...] = (
    ("original_request", "Original request"),
    ("authorized", "Authorized before review"),
    ("treatment", "Treatment"),
    ("body_parts", "Body part"),
    ("quantity", "Quantity"),
    ("flags", "Kind of request"),
)
"""The facts of an issue, likewise."""

_SIDES = (
    ("claims_administrator", "The claims administrator relied on"),
    ("reviewer_guideline", "The reviewer relied on"),
)
_OTHER_NAMES = {
    "service": "Service",
    "decision": "Decision",
    "category": "Category",
    "rationale": "Rationale",
    **{name: label.replace("relied on", "cited") for name, label in _SIDES},
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words; ``url`` leads to the place in the letter that it was read from."""

    label: str
    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A citation in words, with a remark on how it was understood.

    ``search_url`` finds what cites the same, ``url`` leads to its place in the letter.
    """

    words: str
    search_url: str | None
    remark: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says it relied on: the printed statement and the citations read from it."""

    label: str
    text: Markup
    citations: tuple[CitationLine, ...]


@dataclass(frozen=True, slots=True)
class IssueSection:
    """One issue on the case page; ``name`` is its service without marks."""

    number: int
    name: str
    service: Markup
    verdict: Verdict
    decision_url: str | None
    facts: tuple[Fact, ...]
    sides: tuple[Side, ...]
    rationale: Markup


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case."""

    case_id: str
    q: str
    url: str
    permalink: str
    back_url: str | None
    verdict: Verdict
    count: str
    summary: Markup
    whole_letter: Markup
    issues: tuple[IssueSection, ...]
    contents: tuple[IssueSection, ...]
    warnings: tuple[Caution, ...]
    facts: tuple[Fact, ...]
    absent: str
    file: str
    original_url: str
    letter_url: str
    json_url: str
    build: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter's kept text, split where the marked place begins and ends."""

    case_id: str
    name: str
    fact: str
    before: str
    marked: str
    after: str
    case_url: str
    original_url: str


def case_page(
    case: Determination, whole_letter: str, q: str, highlight: Highlight, build: str
) -> CasePage:
    """The page of ``case``, with the words of ``q`` marked by ``highlight``.

    ``whole_letter`` is shown in the place of the issues of a letter whose layout is unknown.
    """
    here = url_for("pages.case", case_id=case.case_id)
    issues = tuple(_issue(case, issue, highlight) for issue in case.issues)
    return CasePage(
        case_id=case.case_id,
        q=q,
        url=here,
        permalink=url_for("pages.case", case_id=case.case_id, _external=True),
        back_url=SearchState(q=q).to_url() if q else None,
        verdict=verdict(case.outcome),
        count=count(len(case.issues), "issue") + " decided",
        summary=highlight(case.summary, "summary"),
        whole_letter=highlight(whole_letter, "rationale"),
        issues=issues,
        contents=issues if len(issues) > 1 else (),
        warnings=case.warnings,
        facts=tuple(_facts(case)),
        absent=_absent(case),
        file=case.file,
        original_url=url_for("pages.original", case_id=case.case_id),
        letter_url=url_for("pages.letter", case_id=case.case_id),
        json_url=url_for("data.case", case_id=case.case_id),
        build=build,
    )


def letter_page(case: Determination, name: str, text: str, fact: str | None) -> LetterPage:
    """The kept ``text``; the place that ``fact`` was read from is marked, if it is known."""
    path = _evidence_path(case, fact) if fact else None
    span = case.evidence[path] if path else None
    start, end = (span.start, span.end) if span else (len(text), len(text))
    return LetterPage(
        case_id=case.case_id,
        name=name,
        fact=f"Marked: where “{_fact_name(path)}” was read from." if path else "",
        before=text[:start],
        marked=text[start:end],
        after=text[end:],
        case_url=url_for("pages.case", case_id=case.case_id),
        original_url=url_for("pages.original", case_id=case.case_id),
    )


# ------------------------------------------------------------------------------------- facts


def _facts(case: Determination) -> Iterator[Fact]:
    for path, label in FACTS:
        words = _in_words(attrgetter(path)(case))
        if words:
            yield Fact(label, words, _evidence_url(case, path))


def _absent(case: Determination) -> str:
    missing = [label for path, label in FACTS if not _in_words(attrgetter(path)(case))]
    missing = [label for label in missing if label != "Subspecialty"]
    return f"Not found in the letter: {', '.join(missing).lower()}." if missing else ""


def _in_words(value: object) -> str:
    match value:
        case None | ():
            return ""
        case date():
            return day(value)
        case tuple():
            return _sentence_case(", ".join(str(part) for part in value))
        case Quantity(amount, unit):
            return f"{amount:,} {unit}"
        case _:
            return _sentence_case(str(value))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _evidence_path(case: Determination, path: str) -> str | None:
    """The evidence of a fact; a list of values is shown by its first one's."""
    if path in case.evidence:
        return path
    return next((known for known in case.evidence if known.startswith(f"{path}.")), None)


def _evidence_url(case: Determination, path: str) -> str | None:
    if _evidence_path(case, path) is None:
        return None
    return url_for("pages.letter", case_id=case.case_id, fact=path, _anchor="evidence")


def _fact_name(path: str) -> str:
    """ "dates.injury" -> "Date of injury"; "issues.2.decision" -> "Decision of issue 2"."""
    if not path.startswith("issues."):
        return next((label for known, label in FACTS if path.startswith(known)), path)
    _, number, name = path.split(".")[:3]
    label = {**dict(ISSUE_FACTS), **_OTHER_NAMES}.get(name, name)
    return f"{label}, issue {number}"


# ------------------------------------------------------------------------------------ issues


def _issue(case: Determination, issue: Issue, highlight: Highlight) -> IssueSection:
    root = f"issues.{issue.number}"
    return IssueSection(
        number=issue.number,
        name=issue.service,
        service=highlight(issue.service, "service"),
        verdict=verdict(issue.decision),
        decision_url=_evidence_url(case, f"{root}.decision"),
        facts=tuple(_issue_facts(case, issue)),
        sides=tuple(
            Side(
                label,
                highlight(getattr(issue, name).text, "guideline"),
                tuple(_citations(case, f"{root}.{name}", getattr(issue, name))),
            )
            for name, label in _SIDES
        ),
        rationale=highlight(issue.rationale, "rationale"),
    )


def _issue_facts(case: Determination, issue: Issue) -> Iterator[Fact]:
    category = category_words(issue.category, issue.subcategory)
    if category:
        yield Fact("Category", category, None)
    for name, label in ISSUE_FACTS:
        words = _in_words(getattr(issue, name))
        if words:
            yield Fact(label, words, _evidence_url(case, f"issues.{issue.number}.{name}"))


def _citations(
    case: Determination, root: str, statement: GuidelineStatement
) -> Iterator[CitationLine]:
    for position, citation in enumerate(statement.citations):
        yield CitationLine(
            citation_words(citation),
            search_for(citation),
            _remark(citation),
            _evidence_url(case, f"{root}.citations.{position}"),
        )


def _remark(citation: Citation) -> str:
    return "(chapter concluded from the page)" if citation.chapter_inferred else ""
