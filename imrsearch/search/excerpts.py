"""Excerpts of an issue's text, and the project's one way from plain text to marked HTML.

``highlight`` is the only place that declares a text safe: everything in it is escaped first, and
the marks are put between the escaped pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from imrsearch.engines.contract import Phrase
from imrsearch.search.matches import Leaf, Match, find_matches
from imrsearch.search.results import Excerpt
from imrsearch.text import sentences

LENGTH = 280
"""About how many characters an excerpt has."""
MOST_MATCHING = 2
"""How many excerpts show matches, beside the operative sentence."""
LONGEST_TEXT = 100_000
"""Characters of a text that excerpts are taken from: far more than any rationale has."""

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


@dataclass(frozen=True, slots=True)
class _Passage:
    """Some whole sentences of a text: the first's and the last's number.

    ``focus`` is the character that a shortened passage must still show; ``score`` orders passages
    by what they match: different phrases, different words, all matches.
    """

    first: int
    last: int
    focus: int = 0
    score: tuple[int, int, int] = (0, 0, 0)

    def touches(self, other: _Passage) -> bool:
        return self.first <= other.last and other.first <= self.last


def excerpts(texts: Mapping[str, str], terms: Sequence[Leaf]) -> tuple[Excerpt, ...]:
    """The sentence that decides, then up to two excerpts with matches, rationale before summary.

    ``texts`` holds the issue's texts by place (``rationale``, ``summary``); missing ones are
    empty. Where nothing matches, the rationale's beginning is shown.
    """
    rationale = _Text("rationale", texts.get("rationale", ""), terms)
    summary = _Text("summary", texts.get("summary", ""), terms)
    operative = rationale.operative()
    taken = [operative] if operative else []
    matching = rationale.best(MOST_MATCHING, taken)
    found = [rationale.excerpt(passage) for passage in taken + matching]
    if len(matching) < MOST_MATCHING:
        found += [summary.excerpt(p) for p in summary.best(MOST_MATCHING - len(matching), [])]
    if len(found) == len(taken) and (beginning := rationale.beginning(taken)):
        found.append(rationale.excerpt(beginning))
    return tuple(found)


class _Text:
    """One text of an issue with its sentences and matches."""

    def __init__(self, place: str, text: str, terms: Sequence[Leaf]) -> None:
        self._place = place
        self._text = text[:LONGEST_TEXT]
        self._terms = terms
        self._sentences = sentences(self._text)
        self._matches = find_matches(self._text, terms, place)
        self._starts = [match.start for match in self._matches]

    def operative(self) -> _Passage | None:
        """The last sentence that reads like a decision."""
        for index in reversed(range(len(self._sentences))):
            sentence = self._sentences[index]
            decision = _DECIDES.search(self._text, *sentence)
            if decision and not _ADVISES.search(self._text, *sentence):
                return _Passage(index, index, decision.start())
        return None

    def beginning(self, taken: Sequence[_Passage]) -> _Passage | None:
        """The first sentences, as far as they are not ``taken``."""
        return self._widened(_Passage(0, 0), taken) if self._free(0, taken) else None

    def best(self, most: int, taken: Sequence[_Passage]) -> list[_Passage]:
        """The sentences that match best, phrases first, widened to an excerpt's length."""
        matching = filter(None, map(self._matching, range(len(self._sentences))))
        chosen: list[_Passage] = []
        for passage in sorted(matching, key=lambda passage: passage.score, reverse=True):
            if len(chosen) < most and self._free(passage.first, [*taken, *chosen]):
                chosen.append(self._widened(passage, [*taken, *chosen]))
        return chosen

    def excerpt(self, passage: _Passage) -> Excerpt:
        """The passage's words on one line, shortened around its focus where it is too long."""
        whole = self._span(passage)
        start, end = self._shortened(*whole, passage.focus)
        words = " ".join(self._text[start:end].split())
        text = ("… " if start > whole[0] else "") + words + (" …" if end < whole[1] else "")
        return Excerpt(self._place, text, highlight(text, self._terms, self._place))

    def _span(self, passage: _Passage) -> tuple[int, int]:
        return self._sentences[passage.first][0], self._sentences[passage.last][1]

    def _matching(self, index: int) -> _Passage | None:
        """The sentence with its score, if anything matches in it."""
        first, last = (bisect_left(self._starts, place) for place in self._sentences[index])
        inside = self._matches[first:last]
        if not inside:
            return None
        leaves = {match.leaf for match in inside}
        phrases = sum(isinstance(leaf, Phrase) for leaf in leaves)
        return _Passage(index, index, inside[0].start, (phrases, len(leaves), len(inside)))

    def _free(self, index: int, taken: Sequence[_Passage]) -> bool:
        sentence = _Passage(index, index)
        return 0 <= index < len(self._sentences) and not any(map(sentence.touches, taken))

    def _widened(self, passage: _Passage, taken: Sequence[_Passage]) -> _Passage:
        """Neighbouring sentences added while they fit and belong to no other passage."""
        while True:
            after = replace(passage, last=passage.last + 1)
            before = replace(passage, first=passage.first - 1)
            if self._free(after.last, taken) and self._fits(after):
                passage = after
            elif self._free(before.first, taken) and self._fits(before):
                passage = before
            else:
                return passage

    def _fits(self, passage: _Passage) -> bool:
        start, end = self._span(passage)
        return end - start <= LENGTH

    def _shortened(self, start: int, end: int, focus: int) -> tuple[int, int]:
        """About ``LENGTH`` characters of a long sentence around ``focus``, whole words only."""
        if end - start <= LENGTH + LENGTH // 4:
            return start, end
        first = max(start, min(focus - LENGTH // 3, end - LENGTH))
        last = min(end, first + LENGTH)
        if first > start:
            first = self._text.find(" ", first, focus) + 1 or focus
        if last < end:
            last = max(self._text.rfind(" ", focus, last), focus + 1)
        return first, last
