"""Excerpts of an issue's text, and the project's one way from plain text to marked HTML.

``marked`` is the only place that marks a text as safe HTML: it escapes each piece first, then puts
the marks between them. (``web.templating`` does the same for the templates that it fills.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from markupsafe import Markup

from imrsearch.model import DecisionReason
from imrsearch.query.tree import Leaf
from imrsearch.search.matches import Matched, find_matches
from imrsearch.search.passages import ExcerptPassage, ExcerptPassages
from imrsearch.search.results import Excerpt

MOST_MATCHING = 2
"""Excerpts with matches, besides the sentence that decides."""
_NO_TEXT = Matched("", ())

# White space other than one plain blank: "low  back", "low\nback".
_WHITESPACE = re.compile(r"\s{2,}|[^\S ]")


def excerpts(
    texts: Mapping[str, Matched], reasons: Sequence[DecisionReason] = ()
) -> tuple[Excerpt, ...]:
    """The sentence that decides, then up to two excerpts with matches, rationale before summary.

    The deciding sentence is the one with the weightiest of ``reasons``, from the rationale.

    ``texts`` holds the issue's texts by place (``rationale``, ``summary``); missing ones are
    empty. Matching words are shown in any field, even if they were searched for in another one. If
    nothing matches, the beginning of the rationale is shown.
    """
    rationale = ExcerptPassages(texts.get("rationale", _NO_TEXT))
    summary = ExcerptPassages(texts.get("summary", _NO_TEXT))
    decides = rationale.deciding(reasons)
    matches = rationale.matching(MOST_MATCHING)
    further = summary.matching(MOST_MATCHING - len(matches))
    fallback = [] if matches or further else rationale.beginning()
    shown = [_excerpt("rationale", rationale, one) for one in decides + matches + fallback]
    return (*shown, *(_excerpt("summary", summary, one) for one in further))


def highlight(text: str, terms: Iterable[Leaf], place: str | None = None) -> Markup:
    """``text`` escaped, with ``<mark>`` around the matches of ``terms``.

    Terms bound to other fields than ``place`` are not marked; without a place, all are.
    """
    return marked(Matched(text, find_matches(text, terms, place)).pieces())


def marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """The pieces of a text escaped, with ``<mark>`` around those that match."""
    html = (f"<mark>{escape(text)}</mark>" if matches else escape(text) for text, matches in pieces)
    return Markup("".join(html))  # noqa: S704 - every piece is escaped, the marks are our own


def _excerpt(place: str, passages: ExcerptPassages, passage: ExcerptPassage) -> Excerpt:
    """A passage on one line."""
    pieces = [(_WHITESPACE.sub(" ", text), matches) for text, matches in passages.pieces(passage)]
    return Excerpt(place, "".join(text for text, _ in pieces), marked(pieces))
