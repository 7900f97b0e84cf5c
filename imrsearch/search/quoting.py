"""An issue as it is cited and quoted in a brief: plain text to copy."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from imrsearch.model import Determination, Issue
from imrsearch.schema import decision_label
from imrsearch.schema.citation_words import citation_words, cited_number, day
from imrsearch.search.excerpts import LONGEST_TEXT, ExcerptPassages, recent_sentences
from imrsearch.search.matches import Matched

_FRAGMENT_WORDS = 5
"""Words at either end of a long sentence by which a browser finds it in the page."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """``citation`` names the issue; ``quote`` is a sentence of the rationale, whole, with its
    source: the one that carries the leading reason, or the one that was asked for.

    ``sentence`` is that sentence alone, ``number`` its place in the rationale from 1, ``url`` the
    issue's address; a letter without a readable reason has no sentence (0) and no quote.
    """

    citation: str
    quote: str
    sentence: str
    number: int
    url: str


def quotation(
    case: Determination, issue: Issue, permalink: str, build: str, number: int = 0
) -> Quotation:
    """How to cite and quote ``issue``; ``permalink`` is the case's address, ``build`` the index's
    name, ``number`` the sentence wanted. Without a number, or if there is no such sentence, the
    leading one is quoted."""
    here = f"{permalink}#issue-{issue.number}"
    citation = quoted_citation(case, issue)
    known = rationale_sentences(issue)
    if not 0 < number <= len(known):
        passages = ExcerptPassages(Matched(issue.rationale, ()))
        number = next((one.first + 1 for one in passages.deciding(issue.reasons)), 0)
    sentence = known[number - 1] if number else ""
    cited = "; ".join(map(citation_words, issue.reviewer_guideline.citations))
    citing = f", citing {cited}" if cited else ""
    said = f"“{sentence}” {citation}{citing}" if sentence else ""
    source = f"(index build {build})."
    return Quotation(
        citation=f"{citation}, {here} {source}",
        quote=f"{said}, {here}{_fragment(sentence)} {source}" if sentence else "",
        sentence=sentence,
        number=number,
        url=here,
    )


def rationale_sentences(issue: Issue) -> list[str]:
    """The sentences of the rationale, each whole and on one line."""
    text = issue.rationale[:LONGEST_TEXT]
    return [" ".join(text[start:end].split()) for start, end in recent_sentences(text)]


def quoted_citation(case: Determination, issue: Issue) -> str:
    """The issue as a brief cites it: case, day, number, service and decision."""
    decided = f", decided {day(case.dates.decided)}" if case.dates.decided else ""
    # "overturned" of "Overturned: treatment approved"
    word = decision_label(issue.decision).partition(":")[0].lower()
    decision = f", {word}" if issue.decision else ""
    number = f"Issue {issue.number} of {len(case.issues)}"
    return (
        f"Independent Medical Review, California DWC, {cited_number(case)}{decided}, "
        f"{number} ({issue.service}){decision}"
    )


def _fragment(sentence: str) -> str:
    """The end of an address that lets browsers show the sentence: ``:~:text=first,last``."""
    told = sentence.split()
    if len(told) <= 2 * _FRAGMENT_WORDS:
        return f":~:text={_as_fragment(told)}"
    return f":~:text={_as_fragment(told[:_FRAGMENT_WORDS])},{_as_fragment(told[-_FRAGMENT_WORDS:])}"


def _as_fragment(told: list[str]) -> str:
    # A hyphen has a meaning of its own in a text fragment.
    return quote(" ".join(told), safe="").replace("-", "%2D")
