"""Which passages of a text are worth showing: those that decide, and those that match."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from imrsearch.engines.contract import Phrase
from imrsearch.search.matches import Leaf, find_matches
from imrsearch.text import sentences

LENGTH = 280
"""About how many characters a passage has."""
LONGEST_TEXT = 100_000
"""Characters of a text that passages are taken from: far more than any rationale has."""

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


@dataclass(frozen=True, slots=True)
class Passage:
    """Some whole sentences of a text: the first's and the last's number.

    ``focus`` is the character that a shortened passage must still show; ``score`` orders passages
    by what they match: different phrases, different words, all matches.
    """

    first: int
    last: int
    focus: int = 0
    score: tuple[int, int, int] = (0, 0, 0)

    def touches(self, other: Passage) -> bool:
        """Whether the two share a sentence."""
        return self.first <= other.last and other.first <= self.last


_sentences = lru_cache(maxsize=2_000)(sentences)
"""The sentences of the texts looked at lately: a rationale is often found again."""


class Passages:
    """Takes passages from one text; none of them shares a sentence with one taken before."""

    def __init__(self, text: str, leaves: Iterable[Leaf]) -> None:
        self._text = text[:LONGEST_TEXT]
        self._matches = find_matches(self._text, leaves)
        self._starts = [match.start for match in self._matches]
        self._taken: list[Passage] = []

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return _sentences(self._text)

    def deciding(self) -> list[Passage]:
        """The last sentence that reads like a decision, if there is one."""
        for index in reversed(range(len(self._sentences))):
            sentence = self._sentences[index]
            decision = _DECIDES.search(self._text, *sentence)
            if decision and not _ADVISES.search(self._text, *sentence):
                return [self._take(Passage(index, index, decision.start()))]
        return []

    def matching(self, most: int) -> list[Passage]:
        """The passages that match best, phrases first, each about ``LENGTH`` characters long."""
        if not self._matches or most < 1:
            return []
        found = filter(None, map(self._scored, range(len(self._sentences))))
        best: list[Passage] = []
        for passage in sorted(found, key=lambda passage: passage.score, reverse=True):
            if len(best) < most and self._free(passage.first):
                best.append(self._take(self._widened(passage)))
        return best

    def beginning(self) -> list[Passage]:
        """The first sentences, unless they are taken."""
        return [self._take(self._widened(Passage(0, 0)))] if self._free(0) else []

    def words(self, passage: Passage) -> str:
        """The passage on one line, shortened around its focus where it is too long."""
        whole = self._span(passage)
        start, end = self._shortened(*whole, passage.focus)
        before, after = "… " * (start > whole[0]), " …" * (end < whole[1])
        return before + " ".join(self._text[start:end].split()) + after

    def _take(self, passage: Passage) -> Passage:
        self._taken.append(passage)
        return passage

    def _span(self, passage: Passage) -> tuple[int, int]:
        return self._sentences[passage.first][0], self._sentences[passage.last][1]

    def _scored(self, index: int) -> Passage | None:
        """The sentence with its score, if anything matches in it."""
        first, last = (bisect_left(self._starts, place) for place in self._sentences[index])
        inside = self._matches[first:last]
        if not inside:
            return None
        leaves = {match.leaf for match in inside}
        phrases = sum(isinstance(leaf, Phrase) for leaf in leaves)
        return Passage(index, index, inside[0].start, (phrases, len(leaves), len(inside)))

    def _free(self, index: int) -> bool:
        sentence = Passage(index, index)
        return 0 <= index < len(self._sentences) and not any(map(sentence.touches, self._taken))

    def _widened(self, passage: Passage) -> Passage:
        """Neighbouring sentences added while they fit and belong to no other passage."""
        while True:
            after = replace(passage, last=passage.last + 1)
            before = replace(passage, first=passage.first - 1)
            if self._free(after.last) and self._fits(after):
                passage = after
            elif self._free(before.first) and self._fits(before):
                passage = before
            else:
                return passage

    def _fits(self, passage: Passage) -> bool:
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
