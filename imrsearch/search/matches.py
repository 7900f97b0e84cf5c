"""Finds the words of a search in a plain text.

Matching uses the same words and stems as the index, so that exactly what was found is highlighted.
Splitting a whole text into words is slow and substring search is fast, so words are read only where
the letters occur with which a match must begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from imrsearch.query.tree import Leaf, Phrase, Prefix, Term
from imrsearch.text.words import is_stop_word, lowered, stem, tokenize


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A span ``text[start:end]`` that one leaf of the query matches."""

    start: int
    end: int
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Matched:
    """A text with the matches of a search in order, found once for excerpts, highlights and
    reasons."""

    text: str
    matches: Sequence[TextMatch]

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[tuple[str, bool]]:
        """The text between ``start`` and ``end`` cut where matches begin and end, each piece with
        whether it is one. Overlapping matches are joined; those that reach beyond the range are
        skipped."""
        last = len(self.text) if end is None else end
        inside = (one for one in self.matches if start <= one.start and one.end <= last)
        for first, beyond in _merged(inside):
            yield self.text[start:first], False
            yield self.text[first:beyond], True
            start = beyond
        yield self.text[start:last], False


def _merged(matches: Iterable[TextMatch]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for match in matches:
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return merged


def find_matches(text: str, leaves: Iterable[Leaf], place: str | None = None) -> list[TextMatch]:
    """Every match in ``text``, in order; leaves bound to other fields than ``place`` are skipped.

    Without a place all leaves count.
    """
    return LeafFinder(leaf for leaf in leaves if not place or concerns(leaf, place)).matches(text)


class LeafFinder:
    """Finds the same leaves in many texts. Leaves that begin with the same word, as names of a
    treatment often do, are searched for together: "home health", "home nursing"."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._leaves = list(leaves)
        alike: dict[tuple[str, str], list[_Numbered]] = {}
        for number, leaf in enumerate(self._leaves):
            sought = _sought(leaf)
            alike.setdefault((sought.how, sought.parts[0]), []).append((number, sought))
        self._alike = [_LeavesAlike(some) for some in alike.values()]

    def matches(self, text: str) -> list[TextMatch]:
        """Every match in ``text``, in order; of two equal matches, the earlier leaf's comes
        first."""
        if not self._leaves:
            return []
        low = lowered(text)
        found = [
            (start, -end, number)
            for alike in self._alike
            for number, start, end in alike.stretches(low)
        ]
        return [
            TextMatch(start, -end, self._leaves[number]) for start, end, number in sorted(found)
        ]


def concerns(leaf: Leaf, place: str) -> bool:
    """Whether a leaf is searched for in this field."""
    return not leaf.fields or place in leaf.fields


@dataclass(frozen=True, slots=True)
class _Sought:
    """The normalized words of a leaf: ``how`` is ``start`` (the word's beginning is
    given), ``stem`` or ``word``. ``roots``: the letters with which each word begins in a text."""

    parts: tuple[str, ...]
    roots: tuple[str, ...]
    how: str
    slop: int = 0

    @property
    def width(self) -> int:
        """The largest number of words in a match."""
        return len(self.parts) + self.slop

    def compared(self, word: str) -> str:
        """A normalized word of a text."""
        return _stemmed(word) if self.how == "stem" else word

    def fits(self, place: int, compared: str) -> bool:
        """Whether such a word is the one at this place of the leaf."""
        part = self.parts[place]
        return compared.startswith(part) if self.how == "start" else compared == part


@lru_cache(maxsize=2_000)
def _sought(leaf: Leaf) -> _Sought:
    match leaf:
        case Prefix(start):
            return _Sought((start,), (start,), "start")
        case Term(word, _, exact):
            words: tuple[str, ...] = (word,)
            slop = 0
        case Phrase(words, _, exact, slop):
            pass
    if exact or all(map(is_stop_word, words)):
        return _Sought(words, words, "word", slop)
    parts = tuple(map(_stemmed, words))
    return _Sought(parts, tuple(map(_root, parts)), "stem", slop)


def _stemmed(word: str) -> str:
    """The stem; all stop words are alike, so that a stemmed phrase may have any of them there."""
    return "" if is_stop_word(word) else stem(word)


def _root(stem: str) -> str:
    """The letters with which every word of this stem begins.

    The stemmer of the index only ever changes the last letter of what it leaves: "happy" becomes
    "happi", "hoping" "hope", "skies" "sky", "possibility" "possibl". Only "dying", "lying" and
    "tying" change two.
    """
    if len(stem) == len("die") and stem.endswith("ie"):
        return stem[0]
    return stem[:-1] if stem.endswith(("e", "i", "l", "y")) else stem


_Numbered = tuple[int, _Sought]
"""A leaf's number, and its words as they are compared."""


class _LeavesAlike:
    """Leaves that begin with the same word. Those that allow no other words in between are looked
    up by their second word, as a text holds hardly any of a treatment's names."""

    def __init__(self, leaves: Sequence[_Numbered]) -> None:
        self._first = leaves[0][1]
        self._leaves = leaves
        self._single = [number for number, sought in leaves if len(sought.parts) == 1]
        longer = [(number, sought) for number, sought in leaves if len(sought.parts) > 1]
        self._loose = [(number, sought) for number, sought in longer if sought.slop]
        self._by_second: dict[str, list[_Numbered]] = {}
        for number, sought in longer:
            if not sought.slop:
                self._by_second.setdefault(sought.parts[1], []).append((number, sought))
        self._longest = max(sought.width for _, sought in leaves)

    def stretches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where the words of leaves stand in order: number, start and end."""
        first = self._first
        if not first.roots[0] and not any(  # any word may be the first: "the TENS unit"
            all(root in text for root in sought.roots) for _, sought in self._leaves
        ):
            return
        for start in _word_beginnings(first.roots[0], text):
            tokens = tokenize(text, start)
            word, _, end = next(tokens, ("", 0, 0))
            if not first.fits(0, first.compared(word)):
                continue
            yield from ((number, start, end) for number in self._single)
            if self._longest > 1:
                yield from self._longer(start, end, tokens)

    def _longer(
        self, start: int, end: int, tokens: Iterator[tuple[str, int, int]]
    ) -> Iterator[tuple[int, int, int]]:
        """Those of several words whose first word begins and ends there."""
        compared = ((self._first.compared(word), end) for word, _, end in tokens)
        second = list(islice(compared, 1))
        likely = [*self._loose, *(self._by_second.get(second[0][0], ()) if second else ())]
        if likely:
            following = second + list(islice(compared, self._longest - 2))
            for number, sought in likely:
                last = _end(sought, end, following)
                if last is not None:
                    yield number, start, last


def _end(sought: _Sought, end: int, following: Sequence[tuple[str, int]]) -> int | None:
    """Where the leaf's last word ends, if the others follow the first, which ends at ``end``, with
    at most ``slop`` other words among them."""
    left = iter(following[: sought.width - 1])
    for place in range(1, len(sought.parts)):
        found = next((end for word, end in left if sought.fits(place, word)), None)
        if found is None:
            return None
        end = found
    return end


def _word_beginnings(root: str, text: str) -> Iterator[int]:
    """Where words begin with these letters."""
    if not root:
        yield from (start for _, start, _ in tokenize(text))
        return
    at = text.find(root)
    while at >= 0:
        if _word_begins(text, at):
            yield at
        at = text.find(root, at + 1)


def _word_begins(text: str, at: int) -> bool:
    """Whether a word begins here: after a sign that is in no word, or as a word of its own after
    one of those that may be ("50mg", "1,000", "patient's")."""
    before = text[at - 1 : at]
    if before.isalpha():
        return False
    if before.isalnum() or before in ("'", ".", ","):
        blank = max(text.rfind(sign, 0, at) for sign in " \n")
        return any(start == at for _, start, _ in tokenize(text, blank + 1))
    return True
