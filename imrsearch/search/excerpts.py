"""Excerpts of an issue's text, and the project's one way from plain text to marked HTML.

``highlight`` is the only place that declares a text safe: everything in it is escaped first, and
the marks are put between the escaped pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from imrsearch.search.matches import Leaf, Match, find_matches
from imrsearch.search.passages import Passages
from imrsearch.search.results import Excerpt

MOST_MATCHING = 2
"""How many excerpts show matches, beside the sentence that decides."""


def excerpts(texts: Mapping[str, str], terms: Sequence[Leaf]) -> tuple[Excerpt, ...]:
    """The sentence that decides, then up to two excerpts with matches, rationale before summary.

    ``texts`` holds the issue's texts by place (``rationale``, ``summary``); missing ones are
    empty. Words are shown wherever they stand, also those sought in another field. Where nothing
    matches, the rationale's beginning is shown.
    """
    rationale = Passages(texts.get("rationale", ""), terms)
    summary = Passages(texts.get("summary", ""), terms)
    decides = rationale.deciding()
    matches = rationale.matching(MOST_MATCHING)
    further = summary.matching(MOST_MATCHING - len(matches))
    fallback = [] if matches or further else rationale.beginning()
    shown = [("rationale", rationale.words(passage)) for passage in decides + matches + fallback]
    shown += [("summary", summary.words(passage)) for passage in further]
    return tuple(Excerpt(place, text, highlight(text, terms)) for place, text in shown)


def highlight(text: str, terms: Iterable[Leaf], place: str | None = None) -> Markup:
    """``text`` escaped, with ``<mark>`` around what ``terms`` match in it.

    Terms bound to fields other than ``place`` are not marked; without a place all are.
    """
    pieces: list[str] = []
    done = 0
    for start, end in _merged(find_matches(text, terms, place)):
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    pieces.append(escape(text[done:]))
    return Markup("".join(pieces))  # noqa: S704 - every piece is escaped or our own


def _merged(matches: Iterable[Match]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for match in matches:
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return merged
