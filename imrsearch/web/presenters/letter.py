"""The letter as kept, with the place that a fact was read from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from imrsearch.model import Determination
from imrsearch.web.presenters.evidence import evidence_path, fact_name
from imrsearch.web.presenters.words import case_title


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter's kept text, split where the marked place begins and ends."""

    title: str
    name: str
    fact: str
    before: str
    marked: str
    after: str
    case_url: str
    original_url: str


def letter_page(case: Determination, name: str, text: str, fact: str | None) -> LetterPage:
    """The kept ``text``; the place that ``fact`` was read from is marked, if it is known."""
    path = evidence_path(case, fact) if fact else None
    span = case.evidence[path] if path else None
    start, end = (span.start, span.end) if span else (len(text), len(text))
    return LetterPage(
        title=case_title(case.case_id),
        name=name,
        fact=f"Marked: where “{fact_name(path)}” was read from." if path else "",
        before=text[:start],
        marked=text[start:end],
        after=text[end:],
        case_url=url_for("pages.case", case_id=case.case_id),
        original_url=url_for("pages.original", case_id=case.case_id),
    )
