"""How an issue is cited and quoted on its case's page, with the sentences to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from imrsearch.model import Determination, Issue
from imrsearch.search.quoting import quotation, rationale_sentences

# "2", "2.5"
_CHOSEN_SENTENCE = re.compile(r"(\d{1,3})(?:\.(\d{1,4}))?", re.ASCII)

MOST_QUOTABLE = 100
"""So many sentences of a rationale are offered; no known one has more."""

Chosen = tuple[int, int]
"""The issue whose sentences are to be chosen from, and the number of the one that is; 0: none."""


@dataclass(frozen=True, slots=True)
class QuotableSentence:
    """A sentence of the rationale; ``url`` quotes it, ``current`` tells that it is quoted."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    """A citation and a quotation to copy.

    ``choose`` is the address at which the ``sentences`` to choose from are shown; ``open``: they
    are.
    """

    citation: str
    quote: str
    choose: str | None
    sentences: tuple[QuotableSentence, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Quoting:
    """What a quotation is made from beside the issue: the case's ``permalink``, the search's words
    ``q`` in the page's address, the sentence ``chosen`` there, and the index's name."""

    permalink: str
    q: str
    chosen: Chosen | None
    build: str


def read_chosen(text: str) -> Chosen | None:
    """``2`` is issue 2, ``2.5`` its fifth sentence; ``None`` for anything else."""
    match = _CHOSEN_SENTENCE.fullmatch(text)
    return (int(match[1]), int(match[2] or 0)) if match else None


def shown_quotation(case: Determination, issue: Issue, around: Quoting) -> ShownQuotation:
    """How to cite and quote ``issue``."""
    is_open = around.chosen is not None and around.chosen[0] == issue.number
    number = around.chosen[1] if around.chosen and is_open else 0
    quoted = quotation(case, issue, around.permalink, around.build, number)
    offered = rationale_sentences(issue)[:MOST_QUOTABLE] if is_open else []
    return ShownQuotation(
        citation=quoted.citation,
        quote=quoted.quote,
        choose=_quoting_url(case, issue, around.q) if issue.rationale else None,
        sentences=tuple(
            QuotableSentence(
                text, _quoting_url(case, issue, around.q, place), place == quoted.number
            )
            for place, text in enumerate(offered, start=1)
        ),
        open=is_open,
    )


def _quoting_url(case: Determination, issue: Issue, q: str, sentence: int | None = None) -> str:
    """The case's page with a sentence of the issue quoted, or with all to choose from."""
    chosen = f"{issue.number}.{sentence}" if sentence else f"{issue.number}"
    words = urlencode({"q": q, "quote": chosen} if q else {"quote": chosen})
    return f"/case/{case.case_id}?{words}#quotation-{issue.number}"
