"""The page of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from flask import url_for

from imrsearch.catalogue.reasons import reason_label, reason_value
from imrsearch.model import (
    Citation,
    Determination,
    Dose,
    GuidelineStatement,
    Issue,
    Quantity,
)
from imrsearch.schema import FACETS
from imrsearch.schema.citation_words import day
from imrsearch.search.brief.clips import Clip
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import quantity_words
from imrsearch.web.presenters.editions import advice_words, edition_remark
from imrsearch.web.presenters.evidence import FACTS, ISSUE_FACTS, evidence_url
from imrsearch.web.presenters.hits import Highlight, Hits, Marked
from imrsearch.web.presenters.links import Link, citation_links, treatment_link
from imrsearch.web.presenters.quoting import Chosen, Quoting, ShownQuotation, shown_quotation
from imrsearch.web.presenters.words import (
    Verdict,
    case_title,
    category_words,
    sentence_case,
    unnumbered,
    verdict,
)

_SCAN = "This letter is a scan, read by text recognition: check what matters against it."
_POOR_SCAN = (
    "This letter is a poor scan, read by text recognition: many of its words are doubtful, and"
    " facts may be wrong or missing. Check them against the original."
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words; ``url`` leads to the place in the letter that it was read from."""

    label: str
    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A citation in pieces that lead to what cites the same; ``remarks``: how it was understood,
    what is advised there, and whether its edition was in force.

    ``url`` leads to the place in the letter, where the citation has one of its own.
    """

    pieces: tuple[Link, ...]
    remarks: tuple[str, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says it relied on: the printed statement and the citations read from it."""

    label: str
    text: Marked
    url: str | None
    citations: tuple[CitationLine, ...]


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason in plain words, with the sentence that carries it, which ``clip`` names for a brief.

    ``url`` leads to the issues decided for the same reason, ``evidence_url`` into the letter.
    """

    label: str
    sentence: str
    url: str
    evidence_url: str | None
    clip: str


RationalePart = tuple[Marked, str]
"""A stretch of the rationale, and the reason that it carries, empty where it carries none."""


@dataclass(frozen=True, slots=True)
class IssueSection:
    """What the page shows beside an ``issue``.

    ``denial_reasons`` are in plain words and as the case summary prints them. ``comparison`` tells
    how the guidelines of both sides compare, ``advice`` what the rationale quotes of a guideline's
    advice, in plain words and as printed, ``hits`` the number of matches, ``first_hit`` the first.
    """

    issue: Issue
    service: Marked
    verdict: Verdict
    decision_url: str | None
    facts: tuple[Fact, ...]
    treatment: Link | None
    sides: tuple[Side, ...]
    comparison: str
    reasons: tuple[ShownReason, ...]
    denial_reasons: tuple[Fact, ...]
    rationale: tuple[RationalePart, ...]
    rationale_url: str | None
    rationale_citations: tuple[CitationLine, ...]
    advice: tuple[Fact, ...]
    hits: int
    first_hit: int
    quotation: ShownQuotation
    clip: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """What the page shows beside a case; ``absent`` names the facts that the letter lacks."""

    title: str
    unnumbered: str
    scan: str
    permalink: str
    back_url: str | None
    verdict: Verdict
    hits: int
    summary: Marked
    whole_letter: Marked
    issues: tuple[IssueSection, ...]
    facts: tuple[Fact, ...]
    absent: str


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What a case page needs to know beside the case: of the search it was reached by, of its
    issues by number, the name of the index build, and the sentence chosen for the quotation."""

    q: str
    highlight: Highlight
    comparisons: Mapping[int, str]
    build: str
    chosen: Chosen | None = None


def case_page(case: Determination, whole_letter: str, around: CaseContext) -> CasePage:
    """The page of ``case``, with the words of the search marked and numbered.

    ``whole_letter`` is shown in the place of the issues of a letter whose layout is unknown.
    """
    permalink = url_for("pages.case", case_id=case.case_id, _external=True)
    q, hits = around.q, Hits(around.highlight)
    # In the order of the page: the matches are numbered from top to bottom.
    summary = hits.mark(case.summary, "summary")
    issues = tuple(_issue_view(case, issue, hits, permalink, around) for issue in case.issues)
    whole = hits.mark(whole_letter, "rationale")
    facts = tuple(_facts(case))
    told = {fact.label for fact in facts}.union(_SELDOM_TOLD)
    missing = [label for _, label in FACTS if label not in told]
    return CasePage(
        title=case_title(case.case_id),
        unnumbered=unnumbered(case),
        scan=(_POOR_SCAN if case.ocr.poor else _SCAN) if case.ocr else "",
        permalink=permalink,
        back_url=SearchState(q=q).to_url() if q else None,
        verdict=verdict(case.outcome),
        hits=hits.count,
        summary=summary,
        whole_letter=whole,
        issues=issues,
        facts=facts,
        absent=f"Not found in the letter: {', '.join(missing).lower()}." if missing else "",
    )


# ------------------------------------------------------------------------------------- facts


def _facts(case: Determination) -> Iterator[Fact]:
    for path, label in FACTS:
        words = _in_words(attrgetter(path)(case))
        if path == "patient.sex" and case.patient.sex_inferred:
            words += " (inferred from pronouns)"
        if words:
            yield Fact(label, words + _doubt(case, path), evidence_url(case, path))


_SELDOM_TOLD = ("Subspecialty", "Diagnosis code")


def _doubt(case: Determination, path: str) -> str:
    """A remark on a fact that rests on words which text recognition is not sure of."""
    return " (doubtful: see the letter)" if case.ocr and case.ocr.doubts(path) else ""


def _in_words(value: object) -> str:
    match value:
        case None | ():
            return ""
        case date():
            return day(value)
        case tuple():
            return sentence_case(", ".join(str(part) for part in value))
        case Quantity(amount, unit, minimum):
            return quantity_words(amount, unit, minimum)
        case Dose(text):
            return text
        case _:
            return sentence_case(str(value))


# ------------------------------------------------------------------------------------ issues


def _issue_view(
    case: Determination, issue: Issue, hits: Hits, permalink: str, around: CaseContext
) -> IssueSection:
    root = f"issues.{issue.number}"
    before = hits.count
    service = hits.mark(issue.service, "service")
    sides = tuple(_guideline_sides(case, issue, hits))
    rationale = tuple(_rationale(issue, hits)) if issue.rationale else ()
    compared = around.comparisons.get(issue.number)
    return IssueSection(
        issue=issue,
        service=service,
        verdict=verdict(issue.decision),
        decision_url=evidence_url(case, f"{root}.decision"),
        facts=tuple(_issue_facts(case, issue)),
        treatment=treatment_link(issue.treatment),
        sides=sides,
        comparison=FACETS["comparison"].label(compared) if compared else "",
        reasons=tuple(_shown_reasons(case, f"{root}.reasons", issue)),
        denial_reasons=_listed_facts(
            case,
            f"{root}.denial_reasons",
            (
                (reason_label(one.criterion, one.status), one.evidence)
                for one in issue.denial_reasons
            ),
        ),
        rationale=rationale,
        rationale_url=evidence_url(case, f"{root}.rationale"),
        rationale_citations=tuple(
            _citation(citation, evidence_url(case, f"{root}.rationale_citations.{place}"))
            for place, citation in enumerate(issue.rationale_citations)
        ),
        advice=_listed_facts(
            case,
            f"{root}.recommendations",
            ((advice_words(one), one.text) for one in issue.recommendations),
        ),
        hits=hits.count - before,
        first_hit=before + 1,
        quotation=shown_quotation(
            case, issue, Quoting(permalink, around.q, around.chosen, around.build)
        ),
        clip=str(Clip(case.case_id, issue.number)),
    )


def _guideline_sides(case: Determination, issue: Issue, hits: Hits) -> Iterator[Side]:
    for label, name in (
        ("The claims administrator relied on", "claims_administrator"),
        ("The reviewer relied on", "reviewer_guideline"),
    ):
        statement: GuidelineStatement = getattr(issue, name)
        yield Side(
            label=label,
            text=hits.mark(statement.text, "guideline"),
            url=evidence_url(case, f"issues.{issue.number}.{name}.text"),
            citations=tuple(map(_citation, statement.citations)),
        )


def _listed_facts(
    case: Determination, path: str, told: Iterable[tuple[str, str]]
) -> tuple[Fact, ...]:
    """Facts that the model lists under one path, each with its own place in the letter."""
    return tuple(
        Fact(label, words, evidence_url(case, f"{path}.{place}"))
        for place, (label, words) in enumerate(told)
    )


def _shown_reasons(case: Determination, root: str, issue: Issue) -> Iterator[ShownReason]:
    for place, reason in enumerate(issue.reasons):
        value = reason_value(reason.criterion, reason.status)
        yield ShownReason(
            label=reason_label(reason.criterion, reason.status),
            sentence=reason.evidence,
            url=SearchState().with_value("reason", value).to_url(),
            evidence_url=evidence_url(case, f"{root}.{place}"),
            clip=str(Clip.at(case.case_id, issue.number, issue.rationale, reason.span[0])),
        )


def _rationale(issue: Issue, hits: Hits) -> Iterator[RationalePart]:
    """The rationale in order, cut around the sentences that carry reasons."""
    labels: dict[tuple[int, int], list[str]] = {}
    for reason in issue.reasons:
        labels.setdefault(reason.span, []).append(reason_label(reason.criterion, reason.status))
    done = 0
    for (start, end), carried in sorted(labels.items()):
        yield hits.mark(issue.rationale[done:start], "rationale"), ""
        yield hits.mark(issue.rationale[start:end], "rationale"), "; ".join(carried)
        done = end
    yield hits.mark(issue.rationale[done:], "rationale"), ""


def _issue_facts(case: Determination, issue: Issue) -> Iterator[Fact]:
    decision = f"issues.{issue.number}.decision"
    if doubt := _doubt(case, decision):
        yield Fact("Decision", f"{issue.decision}{doubt}", evidence_url(case, decision))
    category = category_words(issue.category, issue.subcategory)
    if category:
        yield Fact("Category", category, None)
    for name, label in ISSUE_FACTS:
        words = _in_words(getattr(issue, name))
        if words:
            path = f"issues.{issue.number}.{name}"
            yield Fact(label, words + _doubt(case, path), evidence_url(case, path))


def _citation(citation: Citation, url: str | None = None) -> CitationLine:
    remarks = ["(chapter concluded from the page)"] if citation.chapter_inferred else []
    remarks += [f"({advice_words(advice)})" for advice in citation.recommendations]
    if citation.not_in_force:
        remarks.append(edition_remark(citation.not_in_force))
    return CitationLine(citation_links(citation), tuple(remarks), url)
