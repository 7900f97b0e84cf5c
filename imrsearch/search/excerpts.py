"""Excerpts of a text: the passages worth showing, those that decide and those that match; and the
project's one way from plain text to marked HTML.

``marked`` is the only place that marks a text as safe HTML: it escapes each piece first, then puts
the marks between them. (``web.templating`` does the same for the templates that it fills.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape

from markupsafe import Markup

from imrsearch.model import DecisionReason
from imrsearch.query.tree import Leaf, Phrase
from imrsearch.search.matches import Matched, TextMatch, find_matches
from imrsearch.search.results import Excerpt
from imrsearch.text.words import sentences

LENGTH = 280
"""About how many characters a passage has."""
LONGEST_TEXT = 100_000
"""Characters of a text that passages are taken from: far more than any rationale has."""
MOST_MATCHING = 2
"""Excerpts with matches, besides the sentence that decides."""
Score = tuple[int, int, int]
"""Different phrases, different words, all matches."""

# A sentence that decides, one form a line:
#   "… is not medically necessary.", "medical necessity has not been established"
#   "the request is certified", "recommend non-certification"
#   "… is not supported / recommended / warranted / indicated / appropriate / approved …"
_DECIDES = re.compile(
    r"""
    \bmedical(?:ly)?\s+(?:necess|appropriate)
  | \b(?:non-?)?certif(?:y|ied|ication)\b
  | \b(?:is|are|was|were|be|been)\s+(?:therefore\s+)?(?:not\s+)?(?:deemed\s+)?
    (?:supported|recommended|warranted|indicated|appropriate|approved|authorized|necessary|upheld|overturned)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The advice after an opioid denial: it "should not be interpreted as a recommendation to stop".
_ADVISES = re.compile(r"\bnot be (?:interpreted|construed)\b", re.IGNORECASE)

# White space other than one plain blank: "low  back", "low\nback".
_WHITESPACE = re.compile(r"\s{2,}|[^\S ]")
_NO_TEXT = Matched("", ())


@dataclass(frozen=True, slots=True)
class ExcerptPassage:
    """Some whole sentences of a text: the first's and the last's number.

    ``focus`` is the character that a shortened passage must still show.
    """

    first: int
    last: int
    focus: int


recent_sentences = lru_cache(maxsize=2_000)(sentences)
"""The sentences of a text, cached for the latest ones: the same rationale is often found again."""


class ExcerptPassages:
    """Takes passages from one text; none of them shares a sentence with one taken before."""

    def __init__(self, found: Matched) -> None:
        self._found = found
        self._text = found.text[:LONGEST_TEXT]
        self._taken: set[int] = set()

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return recent_sentences(self._text)

    def deciding(self, reasons: Sequence[DecisionReason] = ()) -> list[ExcerptPassage]:
        """The sentence that carries the weightiest reason; where none is recognised, the last
        that reads like a decision, if there is one."""
        starts = [start for start, _ in self._sentences]
        for start in (reason.span[0] for reason in reasons):
            if start in starts:
                index = starts.index(start)
                return [self._take(index, index, start)]
        for index in reversed(range(len(self._sentences))):
            sentence = self._sentences[index]
            decision = _DECIDES.search(self._text, *sentence)
            if decision and not _ADVISES.search(self._text, *sentence):
                return [self._take(index, index, decision.start())]
        return []

    def matching(self, most: int) -> list[ExcerptPassage]:
        """The passages that match best, phrases first, each about ``LENGTH`` characters long."""
        if not self._found.matches or most < 1:
            return []
        best: list[ExcerptPassage] = []
        scored = self._scored()
        for index in sorted(scored, key=lambda index: scored[index][0], reverse=True):
            if len(best) < most and self._free(index):
                best.append(self._take(*self._widened(index), scored[index][1]))
        return best

    def beginning(self) -> list[ExcerptPassage]:
        """The first sentences, unless they are taken."""
        if not self._free(0):
            return []
        return [self._take(*self._widened(0), self._sentences[0][0])]

    def pieces(self, passage: ExcerptPassage) -> Iterator[tuple[str, bool]]:
        """The passage, shortened around its focus where it is too long, cut into what matches and
        what does not."""
        whole = self._span(passage.first, passage.last)
        start, end = self._shortened(*whole, passage.focus)
        if start > whole[0]:
            yield "… ", False
        yield from self._found.pieces(start, end)
        if end < whole[1]:
            yield " …", False

    def _take(self, first: int, last: int, focus: int) -> ExcerptPassage:
        self._taken.update(range(first, last + 1))
        return ExcerptPassage(first, last, focus)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self._sentences[first][0], self._sentences[last][1]

    def _scored(self) -> dict[int, tuple[Score, int]]:
        """The sentences in which anything begins to match: what that is worth, and where."""
        starts = [start for start, _ in self._sentences]
        inside: dict[int, list[TextMatch]] = {}
        for match in self._found.matches:
            if match.start < len(self._text):
                inside.setdefault(bisect_right(starts, match.start) - 1, []).append(match)
        scored: dict[int, tuple[Score, int]] = {}
        for index, some in inside.items():
            leaves = {match.leaf for match in some}
            phrases = sum(isinstance(leaf, Phrase) for leaf in leaves)
            scored[index] = (phrases, len(leaves), len(some)), some[0].start
        return scored

    def _free(self, index: int) -> bool:
        return 0 <= index < len(self._sentences) and index not in self._taken

    def _widened(self, index: int) -> tuple[int, int]:
        """The sentence with its neighbours while they fit and belong to no other passage."""
        first = last = index
        while True:
            if self._free(last + 1) and self._fits(first, last + 1):
                last += 1
            elif self._free(first - 1) and self._fits(first - 1, last):
                first -= 1
            else:
                return first, last

    def _fits(self, first: int, last: int) -> bool:
        start, end = self._span(first, last)
        return end - start <= LENGTH

    def _shortened(self, start: int, end: int, focus: int) -> tuple[int, int]:
        """About ``LENGTH`` characters of a long sentence around ``focus``, whole words only."""
        if end - start <= LENGTH + LENGTH // 4:
            return start, end
        first = max(start, min(focus - LENGTH // 3, end - LENGTH))
        last = first + LENGTH
        if first > start:
            first = self._text.find(" ", first, focus) + 1 or focus
        if last < end:
            blank = self._text.rfind(" ", focus, last)
            last = blank if blank > focus else last
        cut = self._text[first:last]
        return last - len(cut.lstrip()), first + len(cut.rstrip())


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
