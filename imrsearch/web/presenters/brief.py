"""The page of a brief: what is clipped, in order, with comments; and the same words for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.schema.citation_words import citation_words
from imrsearch.search.brief.authorities import Authority
from imrsearch.search.brief.clips import Clip
from imrsearch.search.brief.document import Brief, BriefEntry
from imrsearch.search.brief.original_pages import pages_words
from imrsearch.search.excerpts import recent_sentences
from imrsearch.search.quoting import quoted_citation
from imrsearch.search.results import issue_address
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import Verdict, sentence_case, verdict

_OTHER_SIDE = {OVERTURNED: UPHELD, UPHELD: OVERTURNED}
_MOST_TREATMENTS = 3


@dataclass(frozen=True, slots=True)
class ShownAuthority:
    """One authority on the page; ``others``: the rest of its rationale under its first clip, each
    sentence with the clip that adds it."""

    clip: str
    url: str
    verdict: Verdict
    entry: BriefEntry
    others: tuple[tuple[str, Clip], ...]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What the page shows beside the brief. ``one_sided``: why the list is to be completed, with
    searches."""

    permalink: str
    authorities: tuple[ShownAuthority, ...]
    one_sided: str
    other_side: tuple[Link, ...]


def brief_of(found: Sequence[Authority], origin: str, build: str) -> Brief:
    """The brief in words; ``origin`` begins every address in it."""
    return Brief(tuple(_brief_entry(one, origin) for one in found), build)


def brief_page(found: Sequence[Authority], brief: Brief) -> BriefPage:
    """The page of a brief, whose words are ``brief``."""
    decisions = {one.issue.decision for one in found}
    one_sided = decisions.pop() if len(decisions) == 1 else None
    return BriefPage(
        permalink=url_for("brief.brief", clip=[str(one.clip) for one in found]),
        authorities=tuple(_shown_authorities(found, brief)),
        one_sided=f"All of these were {one_sided}." if one_sided in _OTHER_SIDE else "",
        other_side=tuple(_other_side(found, _OTHER_SIDE.get(one_sided or ""))),
    )


def _brief_entry(one: Authority, origin: str) -> BriefEntry:
    return BriefEntry(
        citation=quoted_citation(one.case, one.issue),
        decision=verdict(one.issue.decision).word,
        quotation=one.quotation,
        guideline="; ".join(
            citation_words(cited) for cited in one.issue.reviewer_guideline.citations
        ),
        page=pages_words(one.pages),
        url=origin + issue_address(one.clip.case_id, one.clip.number),
        comment=one.comment,
    )


def _shown_authorities(found: Sequence[Authority], brief: Brief) -> Iterator[ShownAuthority]:
    clipped = {one.clip for one in found}
    shown: set[tuple[str, int]] = set()
    for one, entry in zip(found, brief.entries, strict=True):
        issue = (one.clip.case_id, one.clip.number)
        others = () if issue in shown else tuple(_other_sentences(one, clipped))
        shown.add(issue)
        yield ShownAuthority(
            clip=str(one.clip),
            url=issue_address(one.clip.case_id, one.clip.number),
            verdict=verdict(one.issue.decision),
            entry=entry,
            others=others,
        )


def _other_sentences(one: Authority, clipped: Iterable[Clip]) -> Iterator[tuple[str, Clip]]:
    text = one.issue.rationale
    for number, (start, end) in enumerate(recent_sentences(text), start=1):
        clip = Clip(one.clip.case_id, one.clip.number, number)
        if clip not in clipped:
            yield " ".join(text[start:end].split()), clip


def _other_side(found: Sequence[Authority], decision: str | None) -> Iterator[Link]:
    """Searches for the same treatments decided the other way."""
    if decision is None:
        return
    named = dict.fromkeys(one.issue.treatment for one in found if one.issue.treatment)
    for treatment in list(named)[:_MOST_TREATMENTS]:
        state = SearchState().with_value("treatment", treatment).with_value("decision", decision)
        yield Link(f"{sentence_case(treatment)}, {decision}", state.to_url())
