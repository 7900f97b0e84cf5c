"""Phrases of the catalogue as patterns: ``improve* ... [function|mobility]``.

The language is explained in ``reasons.toml``. Patterns read a ``Sentence``, in lower case and with
straight apostrophes. Words may be parted by anything but a semicolon: "short-term" is read by
"short term". A gap has a bounded number of words, so the work of a pattern on a sentence is bounded
by the sentence's length.

Hundreds of phrases are asked of every sentence. So each knows the beginnings of words that it
needs, and is tried only where its first word stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from string import ascii_lowercase
from typing import Generic, TypeVar

_SEPARATOR = r"[^\w;]+"
_GAPS = {"..": 3, "...": 8}
_ANY_NUMBER = (
    r"(?:\d[\d.,/]*%?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|eighteen|twenty|thirty|sixty|ninety)"
)
_NUMBER = re.compile(_ANY_NUMBER)
_MARK = re.compile(r"\.{2,3}|[\[\]|]|[^\s\[\]|]+")
_PLAIN_WORD = re.compile(r"\w+")
_KEY = 4
"""How many letters of a word are its beginning."""

T = TypeVar("T")
Span = tuple[int, int]
Beginnings = frozenset[str]
_NUMBERS: Beginnings = frozenset("#")


def lowered(text: str) -> str:
    """``text`` in lower case with straight apostrophes, every character at its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.replace("’", "'")


# "didnt" is "didn't".
_NO_APOSTROPHE = re.compile(
    r"\b(did|do|does|is|are|was|were|has|have|had|could|would|ca|wo)nt\b", re.IGNORECASE
)


def with_apostrophes(text: str) -> str:
    """Short negations as they are spelt: "didnt" is "didn't"."""
    return _NO_APOSTROPHE.sub(r"\1n't", text)


class Sentence:
    """A lowered sentence with the places of its words, by their beginnings; of numbers by ``#``."""

    __slots__ = ("low", "places")

    def __init__(self, low: str) -> None:
        self.low = low
        places: dict[str, list[int]] = {}
        for word in _PLAIN_WORD.finditer(low):
            start, end = word.span()
            beginning = low[start : end if end - start < _KEY else start + _KEY]
            if beginning in places:
                places[beginning].append(start)
            else:
                places[beginning] = [start]
            if _NUMBER.match(low, start):
                places.setdefault("#", []).append(start)
        self.places = places


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """A phrase as a pattern's source.

    ``needs`` are groups of beginnings of which each must occur; ``first`` those of its first word,
    ``None`` where that may be any.
    """

    source: str
    needs: tuple[Beginnings, ...]
    first: Beginnings | None


def phrase(line: str) -> PhrasePattern:
    """The pattern of one line. Raises ValueError for brackets that do not match, or no word."""
    marks = _MARK.findall(line)
    node, rest = _nodes(marks, 0)
    if rest != len(marks):
        raise ValueError(f"unbalanced brackets in the phrase {line!r}")
    return PhrasePattern(node.source, node.needs, node.first)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    # Compiling all of them takes a second: only those that may stand in a sentence.
    return re.compile(source)


class PhraseSet(Generic[T]):
    """Many phrases, each standing for something, asked of a sentence at once."""

    def __init__(self, lines: Iterable[tuple[str, T]]) -> None:
        """Pairs of a phrase's line and what it stands for. Raises ValueError as ``phrase`` does."""
        self._entries: list[tuple[str, Beginnings | None, T]] = []
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        self._bits: dict[str, int] = {}
        self._masks: list[tuple[int, ...]] = []
        for number, (line, value) in enumerate(lines):
            entry = phrase(line)
            self._entries.append((entry.source, entry.first, value))
            rarest, *others = sorted(entry.needs, key=_worth, reverse=True)
            self._masks.append(tuple(map(self._mask, others)))
            for beginning in rarest:
                self._by_beginning[beginning].append(number)

    def _mask(self, need: Beginnings) -> int:
        """The need as a number with one bit for each beginning: compared at once."""
        bits = (self._bits.setdefault(one, 1 << len(self._bits)) for one in sorted(need))
        return sum(bits)

    def find(self, sentence: Sentence) -> list[tuple[Span, T]]:
        """Every place where a phrase stands, phrase by phrase."""
        low, places = sentence.low, sentence.places
        found: list[tuple[Span, T]] = []
        for number in self._likely(places):
            source, first, value = self._entries[number]
            pattern = _compiled(source)
            starts = places if first is None else places.keys() & first
            for beginning in starts:
                for start in places[beginning]:
                    match = pattern.match(low, start)
                    if match:
                        found.append((match.span(), value))
        return found

    def _likely(self, places: Mapping[str, list[int]]) -> list[int]:
        """The numbers of the phrases whose needs are met by the words."""
        chosen: set[int] = set()
        present = 0
        for beginning in places:
            if beginning in self._by_beginning:
                chosen.update(self._by_beginning[beginning])
            present |= self._bits.get(beginning, 0)
        return [
            number
            for number in chosen
            if not self._masks[number] or all(map(present.__and__, self._masks[number]))
        ]


# ------------------------------------------------------------------------------- compiling


@dataclass(frozen=True, slots=True)
class _Node:
    source: str
    needs: tuple[Beginnings, ...]
    first: Beginnings | None
    optional: bool = False


def _nodes(marks: Sequence[str], at: int) -> tuple[_Node, int]:
    """Words, gaps and lists up to a ``|``, a ``]`` or the end."""
    nodes: list[_Node | int] = []
    while at < len(marks) and marks[at] not in "|]":
        mark = marks[at]
        if mark in _GAPS:
            nodes.append(_GAPS[mark])
            at += 1
        elif mark == "[":
            node, at = _list(marks, at + 1)
            nodes.append(node)
        else:
            nodes += _word_nodes(mark)
            at += 1
    return _joined(nodes), at


def _list(marks: Sequence[str], at: int) -> tuple[_Node, int]:
    alternatives: list[_Node] = []
    while True:
        node, at = _nodes(marks, at)
        alternatives.append(node)
        if at >= len(marks):
            raise ValueError("a bracket is not closed")
        at += 1
        if marks[at - 1] == "]":
            break
    some = [node for node in alternatives if node.source]
    optional = len(some) < len(alternatives)
    source = f"(?:{'|'.join(node.source for node in some)})"
    first = _union([node.first for node in some])
    return _Node(source, () if optional else _need_of_any(some), first, optional), at


def _need_of_any(alternatives: list[_Node]) -> tuple[Beginnings, ...]:
    """One need for a list: the best of each alternative; none where one has none."""
    need = _union([max(node.needs, key=_worth, default=None) for node in alternatives])
    return () if need is None else (need,)


def _union(groups: list[Beginnings | None]) -> Beginnings | None:
    known = [group for group in groups if group is not None]
    return frozenset(chain.from_iterable(known)) if len(known) == len(groups) else None


def _worth(need: Beginnings) -> float:
    """Long beginnings, and few of them, are the rarest in sentences."""
    return min(map(len, need)) / len(need)


def _word_nodes(mark: str) -> Iterator[_Node]:
    """A word, or the parts of one with hyphens; the last may have any ending."""
    if mark == "#":
        yield _Node(_ANY_NUMBER, (_NUMBERS,), _NUMBERS)
        return
    parts = re.findall(r"[^\W_]+(?:'\w+)?|\*", mark)
    if not parts or parts == ["*"]:
        raise ValueError(f"{mark!r} is no word of a phrase")
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part != "*":
            yield _word(part, open_end=following == "*")


def _word(word: str, *, open_end: bool) -> _Node:
    first = word.partition("'")[0][:_KEY]
    beginnings = {first}
    if open_end and len(first) < _KEY:
        beginnings |= {first + letter for letter in ascii_lowercase}
    some = frozenset(beginnings)
    return _Node(re.escape(word) + (r"\w*" if open_end else r"\b"), (some,), some)


def _joined(nodes: list[_Node | int]) -> _Node:
    """The nodes one after the other, with what stands between words, and gaps."""
    source, gap, between = "", 0, False
    needs: list[Beginnings] = []
    firsts: list[Beginnings | None] = []
    for node in nodes:
        if isinstance(node, int):
            gap = node
            continue
        if not between:
            firsts.append(node.first)
        if node.optional and not between:
            source += f"(?:{node.source}{_SEPARATOR})?"
        elif node.optional:
            source += f"{_gap(gap)}(?:{_SEPARATOR}{node.source})?"
            gap = 0
        else:
            source += (_gap(gap) + _SEPARATOR if between else "") + node.source
            between, gap = True, 0
        needs += node.needs
    return _Node(source, tuple(needs), _union(firsts))


def _gap(most: int) -> str:
    return rf"(?:{_SEPARATOR}\w+){{0,{most}}}?" if most else ""
