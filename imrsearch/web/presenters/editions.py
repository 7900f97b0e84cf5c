"""Editions of guidelines and what they advise, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imrsearch.catalogue.editions import Edition, editions_on_subject
from imrsearch.catalogue.guidelines import guideline
from imrsearch.model import EVIDENCE_GRADES, NotInForce, Recommendation
from imrsearch.schema.citation_words import day
from imrsearch.web.presenters.links import Link, guideline_url
from imrsearch.web.presenters.words import sentence_case

_DAYS_OF = {"ur_denial": "utilization review", "decided": "decision"}


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition on a guideline's page: its work, when it was in force, where that is printed."""

    work: Link
    edition: str
    in_force: str
    source: str


def edition_lines(guideline_id: str) -> tuple[EditionLine, ...]:
    """The editions on a guideline's subject in the order of time; empty where none is known."""
    return tuple(_edition_lines(guideline_id))


def _edition_lines(guideline_id: str) -> Iterator[EditionLine]:
    for edition in editions_on_subject(guideline_id):
        work = guideline(edition.guideline)
        title = work.title if work else edition.guideline
        here = edition.guideline == guideline_id
        link = Link(title, None if here else guideline_url(edition.guideline))
        yield EditionLine(link, edition_name(edition.name), _in_force(edition), edition.source)


def edition_name(name: str) -> str:
    """An edition's day or year in words: 2016-02-24 -> "Feb 24, 2016", 2009 -> "2009"."""
    if len(name) == len("2016-02-24"):
        return day(name)
    return f"{date.fromisoformat(f'{name}-01'):%b %Y}" if "-" in name else name


def _in_force(edition: Edition | NotInForce) -> str:
    if edition.until is None:
        return f"since {day(edition.since)}; no later edition is known here"
    return f"{day(edition.since)} to {day(edition.until)}"


def edition_remark(remark: NotInForce) -> str:
    """That an edition was not in force on the day of the review, with all dates and the source."""
    return (
        f"(edition {edition_name(remark.edition)} was not in force on the day of the "
        f"{_DAYS_OF[remark.day_of]}, {day(remark.day)}: in force {_in_force(remark)}; "
        f"dates from {remark.source})"
    )


def advice_words(advice: Recommendation) -> str:
    """A recommendation in words: "Not recommended; evidence I (insufficient)"."""
    parts = [" ".join(filter(None, (advice.strength, advice.advice)))]
    if advice.evidence:
        parts.append(f"evidence {advice.evidence} ({EVIDENCE_GRADES[advice.evidence]})")
    if advice.confidence:
        parts.append(f"level of confidence {advice.confidence}")
    words = "; ".join(filter(None, parts))
    return sentence_case(words)
