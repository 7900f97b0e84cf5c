"""Finds a catalogue's phrases in a text: word by word, the longest match first, in one pass.

Case, punctuation and plurals do not matter: "X-rays", "x ray" and "X-Ray" are the same phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Generic, TypeVar

Value = TypeVar("Value")

# "TENS/EMS unit, 5%" -> TENS, EMS, unit, 5, %. The percent sign is a word: it marks a cream.
_PHRASE_WORD = re.compile(r"[^\W_]+|%")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as compared (``key``: lower case, singular) and its span."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[Value]):
    """A phrase found: its value, its span, and the number of its ``first`` word."""

    value: Value
    start: int
    end: int
    first: int


class PhraseIndex(Generic[Value]):
    """Phrases with their values; of equal phrases the first one is found."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        groups: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in phrases:
            keys = _keys(phrase)
            groups.setdefault(keys[0], []).append((keys, value))
        for group in groups.values():
            group.sort(key=lambda choice: -len(choice[0]))
        self._phrases = [*chain.from_iterable(groups.values())]
        self._values = dict(reversed(self._phrases))
        self._lengths = {
            first: [*dict.fromkeys(len(keys) for keys, _ in group)]
            for first, group in groups.items()
        }
        """How many words the phrases have that begin with a word, the most first."""

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], Value]]:
        """Every phrase, as the keys of its words, with its value."""
        return iter(self._phrases)

    def get(self, phrase: str) -> Value | None:
        """The value of a phrase as a whole; ``None`` where it is none of these."""
        return self._values.get(_keys(phrase))

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all words of the phrases."""
        return frozenset(chain.from_iterable(keys for keys, _ in self._phrases))

    def find(self, words: Sequence[Word]) -> Iterator[PhraseMatch[Value]]:
        """The phrases in ``words`` from left to right, without overlaps."""
        keys = tuple([word.key for word in words])
        at = 0
        while at < len(keys):
            phrase = self._longest(keys, at)
            if phrase:
                last = words[at + len(phrase) - 1]
                yield PhraseMatch(self._values[phrase], words[at].start, last.end, at)
            at += len(phrase) or 1

    def _longest(self, keys: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The longest phrase that begins with this word; empty where none does."""
        for length in self._lengths.get(keys[at], ()):
            if (phrase := keys[at : at + length]) in self._values:
                return phrase
        return ()


def split_words(text: str) -> list[Word]:
    """The words of ``text`` as phrases are compared."""
    return [
        Word(_word_key(found.group()), found.start(), found.end())
        for found in _PHRASE_WORD.finditer(text)
    ]


def any_phrase(phrases: Iterable[str]) -> str:
    """A pattern of any of the phrases, the longest first, with any blanks between their words."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


def phrase_key(text: str) -> str:
    """The common form of all spellings of a phrase: "Trigger-Point Injections" -> "trigger point
    injection"."""
    return " ".join(_keys(text))


def without_longer(names: Mapping[str, Value]) -> dict[str, Value]:
    """What is there by phrase keys, without the keys that contain another one: whoever searches for
    "hydrocodone" finds "hydrocodone/acetaminophen" too."""
    return {
        key: value
        for key, value in names.items()
        if not any(f" {shorter} " in f" {key} " for shorter in names if shorter != key)
    }


def _keys(text: str) -> tuple[str, ...]:
    """The keys of ``split_words`` without spans: faster for a catalogue's thousands of phrases."""
    return tuple([_word_key(word) for word in _PHRASE_WORD.findall(text)])


# "Ten weeks" of a program are no TENS unit, "men" and "pen" no MENS and PENS, "oat" no OATS.
_NO_PLURALS = frozenset({"tens", "mens", "pens", "oats"})


@lru_cache(maxsize=16_384)
def _word_key(word: str) -> str:
    """Studies -> study, patches -> patch, visits -> visit; NCS and "-ss" stay as they are."""
    word = word.lower()
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss") or word in _NO_PLURALS:
        return word
    if word.endswith(("tches", "xes", "sses")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
