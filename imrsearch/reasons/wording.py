"""Sentences, asked for the catalogue's phrases.

Sentences are in lower case with straight apostrophes. Words may be parted by anything but a
semicolon: "short-term" is read by "short term".

More than a thousand phrases are asked of every sentence; a regular expression for each would take
seconds to compile. So sets are numbers here, with a bit for each member:

1. Every word knows for which phrases it is the first, second … word that they need. One pass over
   a sentence leaves the phrases whose needed words stand in it in their order.
2. The places of a word in the sentence are a set as well. A phrase is followed from its last step
   to its first by shifting such sets; what is left are the places where it begins.

The work on a phrase is bounded by its own length and the sentence's, whatever stands in either.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations
from typing import NamedTuple

from imrsearch.reasons.language import NUMBER, Step, Steps, phrase, words_of
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import Stretch

# "didnt" is "didn't".
_NO_APOSTROPHE = re.compile(
    r"\b(did|do|does|is|are|was|were|has|have|had|could|would|ca|wo)nt\b", re.IGNORECASE
)


def with_apostrophes(text: str) -> str:
    """Short negations as they are spelt: "didnt" is "didn't"."""
    return _NO_APOSTROPHE.sub(r"\1n't", text)


# ------------------------------------------------------------------------------- phrases

_NEEDS = 4
"""So many words that a phrase needs are looked for in the first pass."""
_SEMICOLON = ";"


class _Known(NamedTuple):
    """The words of phrases that a printed word is, and for each need the phrases it serves."""

    words: tuple[str, ...]
    serves: tuple[int, ...]


_BORDER = _Known((), ())
"""A semicolon."""


class PhraseSet:
    """Phrases, each of a kind and with a name for what it stands for, to be asked at once."""

    def __init__(self, lines: Iterable[tuple[str, str, str]]) -> None:
        """Kind, name and line of each phrase. Raises ValueError as ``phrase`` does."""
        self.phrases: list[tuple[Steps, str, str]] = []
        self.begun = [0] * _NEEDS
        """The phrases that have fewer needs: as if the first ones had been met."""
        self._of_kind: dict[str, int] = {}
        self._serves: list[dict[str, int]] = [{} for _ in range(_NEEDS)]
        for kind, name, line in lines:
            self._add(phrase(line), name, kind)
        self._words = frozenset(chain.from_iterable(words_of(steps) for steps, *_ in self.phrases))
        self._beginnings = sorted({len(word) - 1 for word in self._words if word[-1] == "*"})
        self.known = lru_cache(maxsize=2**14)(self._look_up)
        # A sentence is asked eight times, for the same kinds as any other: putting their sets
        # together each time took a twentieth of reading a new letter's facts.
        self.of_kinds = lru_cache(maxsize=64)(self._union_of_kinds)

    def _add(self, steps: Steps, name: str, kind: str) -> None:
        bit = 1 << len(self.phrases)
        self.phrases.append((steps, name, kind))
        self._of_kind[kind] = self._of_kind.get(kind, 0) | bit
        needs = [step.words.union(step.longer) for step in steps if not step.optional]
        while len(needs) > _NEEDS:
            needs.remove(max(needs, key=len))  # what many words serve tells least
        for serves, need in zip(reversed(self._serves), reversed(needs), strict=False):
            for word in need:
                serves[word] = serves.get(word, 0) | bit
        if len(needs) < _NEEDS:
            self.begun[-len(needs) - 1] |= bit

    def _union_of_kinds(self, *kinds: str) -> int:
        """The set of all phrases of these kinds."""
        found = 0
        for kind in kinds:
            found |= self._of_kind.get(kind, 0)
        return found

    def _look_up(self, printed: str) -> _Known | None:
        """What "improved" is in phrases: "improved", "improv*" …; ``None`` where nothing."""
        if printed == _SEMICOLON:
            return _BORDER
        word = printed.removeprefix("'")
        forms = {word, printed}
        for one in (word, printed):
            forms.update(f"{one[:length]}*" for length in self._beginnings if length <= len(one))
        if word.isdecimal() or word in NUMBER_WORDS:
            forms.add(NUMBER)
        words = self._words & forms
        serves = [0] * _NEEDS
        for need, served in enumerate(self._serves):
            for one in words:
                serves[need] |= served.get(one, 0)
        return _Known(tuple(words), tuple(serves)) if words else None


# ------------------------------------------------------------------------------- sentences

# "isn't" is "isn", "'t".
_WORD_OR_SEMICOLON = re.compile(rf"'?\w+|{_SEMICOLON}")
_NO_WORDS = 64
"""Places without a word for a semicolon: more than the gaps of a phrase reach over."""
_ANYWHERE = -1
"""The set of all places."""
# "12.5", "10/28/2016": each part is a word, but they are one number as well.
_LONG_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,/]+\d+)+(?!\w)")
_DIGIT_RUN = re.compile(r"\d+")


class FoundPhrase(NamedTuple):
    """Where a phrase stands in a sentence, what it stands for, and its kind."""

    span: Stretch
    name: str
    kind: str


class Sentence:
    """A lowered sentence that can be asked for the phrases of a set."""

    __slots__ = ("_likely", "_phrases", "_places", "low")

    def __init__(self, low: str, phrases: PhraseSet) -> None:
        words = list(map(phrases.known, _WORD_OR_SEMICOLON.findall(low)))
        self.low = low
        self._phrases = phrases
        self._likely = _first_pass(words, phrases.begun)
        self._places = _WordPlaces(low, words)

    def find(self, *kinds: str) -> list[FoundPhrase]:
        """Every place where a phrase of these kinds stands."""
        return [
            FoundPhrase(self._places.span(steps, stands, place), name, kind)
            for (steps, name, kind), stands in self._standing(kinds)
            for place in _members(stands[-1])
        ]

    def has(self, kind: str) -> bool:
        """Whether any phrase of this kind stands."""
        return any(True for _ in self._standing((kind,)))

    def _standing(self, kinds: Iterable[str]) -> Iterator[tuple[tuple[Steps, str, str], list[int]]]:
        for number in _members(self._likely & self._phrases.of_kinds(*kinds)):
            one = self._phrases.phrases[number]
            stands = self._places.stands(one[0], _ANYWHERE)
            if stands:
                yield one, stands


def _first_pass(words: Sequence[_Known | None], begun: Sequence[int]) -> int:
    """The phrases whose needs are met in their order, on one side of a semicolon."""
    first, second, third, _ = begun
    fourth = 0
    for word in words:
        if word is _BORDER:
            first, second, third, _ = begun
        elif word:
            one, two, three, four = word.serves
            fourth |= third & four
            third |= second & three
            second |= first & two
            first |= one
    return fourth


class _WordPlaces:
    """Where the words of a sentence stand, by their number in it.

    A phrase ends at the place of the word that would be next.
    """

    __slots__ = ("_long_numbers", "_low", "_of", "_spans", "_words")

    def __init__(self, low: str, words: Sequence[_Known | None]) -> None:
        self._low = low
        self._spans: list[Stretch] = []
        self._of = of = dict[str, int]()
        place = 1
        for word in words:
            for one in word.words if word else ():
                of[one] = of[one] | place if one in of else place
            place <<= _NO_WORDS if word is _BORDER else 1
        self._words = frozenset(of)
        self._long_numbers = list(self._read_long_numbers()) if NUMBER in of else []

    def stands(self, steps: Steps, ends: int) -> list[int]:
        """The places of each step, the last one first, from which it and all that follow stand;
        empty where they do not. What comes after the last step may begin at ``ends``."""
        found: list[int] = []
        for words, gap, optional, longer, _ in reversed(steps):
            here = self._before(ends, words)
            if longer:
                for word in self._words.intersection(longer):
                    for choice in longer[word]:
                        here |= (self.stands(choice, ends) or (0,))[-1]
            if self._long_numbers and NUMBER in words:
                for length, at in self._long_numbers:
                    here |= at & ends >> length
            if optional:
                here |= ends
            if not here:
                return []
            found.append(here)
            ends = _reached(here, gap) if gap else here
        return found

    def _before(self, ends: int, words: frozenset[str]) -> int:
        """Where one of these words stands right before such a place."""
        here = 0
        for word in words & self._words:
            here |= self._of[word]
        return here & ends >> 1

    def span(self, steps: Steps, stands: list[int], place: int) -> Stretch:
        """What a phrase covers that begins at a place, as ``stands`` has found."""
        end = self._end(steps, stands, place, _ANYWHERE)
        if not self._spans:
            self._spans = _spans(self._low)
        return self._spans[place][0], self._spans[end - 1][1]

    def _end(self, steps: Steps, stands: list[int], place: int, ends: int) -> int:
        """Where a phrase ends, read with the shortest gaps and the first alternatives that fit."""
        for number, step in enumerate(steps, start=1):
            ahead = stands[-number] >> place
            place += (ahead & -ahead).bit_length()  # after the nearest
            if step.choices or step.optional or self._long_numbers:
                is_last = number == len(steps)
                after = ends if is_last else _reached(stands[-number - 1], steps[number].gap)
                place = self._end_of_step(step, place - 1, after)
        return place

    def _end_of_step(self, step: Step, place: int, ends: int) -> int:
        for length, at in self._long_numbers if NUMBER in step.words else ():
            if at >> place & 1 and ends >> place + length & 1:
                return place + length
        if self._words.isdisjoint(step.longer):
            is_word = self._before(ends, step.words) >> place & 1
            return place + 1 if is_word else place  # nothing of an optional list
        for choice in step.choices:
            stands = self.stands(choice, ends)
            if stands and stands[-1] >> place & 1:
                return self._end(choice, stands, place, ends)
        return place

    def _read_long_numbers(self) -> Iterator[tuple[int, int]]:
        """How many words numbers of several words have, the most first, and where they begin."""
        found: dict[int, int] = {}
        for number in _LONG_NUMBER.finditer(self._low):
            self._spans = self._spans or _spans(self._low)
            first = bisect_left(self._spans, (number.start(), 0))
            last = first + len(_DIGIT_RUN.findall(number[0]))
            for begin, end in combinations(range(first, last + 1), 2):
                found[end - begin] = found.get(end - begin, 0) | 1 << begin
        return ((length, found[length]) for length in sorted(found, reverse=True))


def _spans(low: str) -> list[Stretch]:
    """Where each word stands in the sentence, by its place."""
    spans = [token.span() for token in _WORD_OR_SEMICOLON.finditer(low)]
    if "'" not in low and _SEMICOLON not in low:
        return spans
    placed: list[Stretch] = []
    for start, end in spans:
        if low[start] == _SEMICOLON:
            placed += [(start, start)] * _NO_WORDS
        else:
            placed.append((start + (low[start] == "'"), end))
    return placed


def _reached(here: int, gap: int) -> int:
    """The places from which one of those here is reached past at most 0, 3 or 8 words."""
    if gap:
        here |= here >> 1
        here |= here >> 2
    if gap > 3:
        here |= here >> 4
        here |= here >> 1
    return here


def _members(some: int) -> Iterator[int]:
    """The members of a set, in order."""
    while some:
        lowest = some & -some
        yield lowest.bit_length() - 1
        some ^= lowest
