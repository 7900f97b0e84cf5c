"""Stretches of a letter's kept text that know where they stand.

Parsing never copies text away from its place: a passage is ``text[start:end]`` of the letter, and
its unwrapped reading (lines and pages joined) maps every position back. That is how each fact
comes to carry its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TypeVar

from imrsearch.model import Span
from imrsearch.text.words import Stretch

# What unwrapping closes. One blank between words stays, and so does the place of one line end
# ("left\nknee" reads "left knee"), but for one after a mark that may join words: "10-28-\n2016".
# A pattern that begins with a set of characters is looked for four times as fast as any other, and
# only at lines' ends three times as fast again as at every blank.
_BEHIND_A_BLANK = r"(?:[ \t\n\f]+|(?<=[-/][\t\n\f]))"
_GAP = re.compile(rf"[ \t\n\f]{_BEHIND_A_BLANK}")
_GAP_AT_LINE_END = re.compile(rf"[\t\n\f]{_BEHIND_A_BLANK}")
_BLANKS_WITHIN_LINES = ("  ", " \t", " \n", " \f")
_PARAGRAPH = re.compile(r"\n[ \t\f]*\n")
_LONGEST_HALVES = 40
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_PRINTED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of a letter."""

    text: str
    start: int
    end: int

    @classmethod
    def whole(cls, text: str) -> Passage:
        """The passage that is the entire text."""
        return cls(text, 0, len(text))

    def __str__(self) -> str:
        return self.text[self.start : self.end]

    def __bool__(self) -> bool:
        return self.end > self.start

    @property
    def span(self) -> Span:
        """The place in the letter."""
        return Span(self.start, self.end)

    def slice(self, start: int, end: int) -> Passage:
        """The part between two positions counted from this passage's own start."""
        return Passage(self.text, self.start + start, min(self.start + end, self.end))

    def between(self, start: int, end: int) -> Passage:
        """The passage between two places of the letter, without blanks at its borders."""
        return Passage(self.text, start, max(start, end)).strip()

    def strip(self) -> Passage:
        """The passage without blanks at its borders."""
        raw = self.text[self.start : self.end]
        if raw and not (raw[0].isspace() or raw[-1].isspace()):
            return self
        left = len(raw) - len(raw.lstrip())
        return Passage(self.text, self.start + left, self.start + max(left, len(raw.rstrip())))

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern's first match inside the passage; its positions are the letter's."""
        return pattern.search(self.text, self.start, self.end)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches inside the passage; their positions are the letter's."""
        return pattern.finditer(self.text, self.start, self.end)

    def finditer_at_lines(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches of a pattern that is never empty and stands only at the start of a line or
        page: as ``finditer``, in a twentieth of the time."""
        done = self.start
        if match := pattern.match(self.text, done, self.end):
            yield match
            done = match.end()
        for border in _behind_border(pattern).finditer(self.text, done, self.end):
            if border.start() >= done and (
                match := pattern.match(self.text, border.end(), self.end)
            ):
                yield match
                done = match.end()

    def findall(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """As ``finditer``, at once."""
        return list(self.finditer(pattern))

    def group(self, match: re.Match[str], name: str | int) -> Passage | None:
        """The passage of a match's group, ``None`` where the group took no part."""
        start, end = match.span(name)
        return None if start < 0 else Passage(self.text, start, end).strip()

    def unwrap(self) -> Unwrapped:
        """The passage as it reads: see ``Unwrapped``."""
        return _unwrap(self.strip())


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A passage with lines and pages joined, single blanks, paragraphs a blank line apart.

    A line that ends in a hyphen or slash between word characters is joined without a blank:
    ``"10-28-\\n2016"`` reads ``10-28-2016``, ``"anti-\\ninflammatory"`` reads anti-inflammatory.
    The hyphen goes too where it only broke the word: ``"documen-\\ntation"`` reads documentation
    in a letter that prints this word elsewhere, and not with a hyphen.
    """

    text: str
    _starts: list[int] = field(repr=False)
    _places: list[int] = field(repr=False)

    def place(self, position: int) -> int:
        """Where the character at ``position`` of the reading stands in the letter."""
        piece = bisect_right(self._starts, position) - 1
        return self._places[piece] + position - self._starts[piece]

    def span(self, start: int, end: int) -> Stretch:
        """Where in the letter ``text[start:end]`` of the reading (not empty) stands."""
        return self.place(start), self.place(end - 1) + 1


@lru_cache(maxsize=8)  # a summary is unwrapped by three readers in turn, a statement by two
def _unwrap(passage: Passage) -> Unwrapped:
    text, pieces, starts, places, length = passage.text, [], [], [], 0
    position = passage.start
    gap_pattern = _GAP_AT_LINE_END if _is_tidy(text) else _GAP
    for gap in [*gap_pattern.finditer(text, passage.start, passage.end), None]:
        end = gap.start() if gap else passage.end
        piece = text[position:end].replace("\n", " ").replace("\t", " ").replace("\f", " ")
        if gap:
            joint = _joint(text, gap)
            piece = piece[:-1] if joint is None else piece + joint
        starts.append(length)
        places.append(position)
        pieces.append(piece)
        length += len(piece)
        position = gap.end() if gap else end
    return Unwrapped("".join(pieces), starts, places)


@lru_cache(maxsize=2)
def _is_tidy(text: str) -> bool:
    """Whether no run of blanks begins within a line: so it is in every kept text."""
    return not any(run in text for run in _BLANKS_WITHIN_LINES)


def _joint(text: str, gap: re.Match[str]) -> str | None:
    """What stands for a run of blanks: nothing, one blank, a paragraph border; ``None``: nothing,
    and the hyphen before it goes too."""
    run = gap.group()
    if len(run) > 1 and _PARAGRAPH.search(run):
        return "\n\n"
    before, after = gap.start() - 1, gap.end()
    if (
        ("\n" in run or "\f" in run)
        and text[before] in "-/"
        and before > 0
        and text[before - 1].isalnum()
        and text[after : after + 1].isalnum()
    ):
        return None if text[before] == "-" and _broke_a_word(text, before, after) else ""
    return " "


def _broke_a_word(text: str, hyphen: int, after: int) -> bool:
    """Whether the letter prints the word elsewhere in one, and never with this hyphen."""
    left = _LETTERS_BEFORE.search(text, max(0, hyphen - _LONGEST_HALVES), hyphen)
    right = _LETTERS_AFTER.match(text, after, after + _LONGEST_HALVES)
    if left is None or right is None:
        return False
    first, second = left.group().lower(), right.group().lower()
    low = _lower(text)
    if first + second not in low:  # mostly so, and told at once
        return False
    printed = _printed_words(low)
    return first + second in printed and f"{first}-{second}" not in printed


_lower = lru_cache(maxsize=2)(str.lower)


@lru_cache(maxsize=2)
def _printed_words(low: str) -> frozenset[str]:
    """The words that stand whole within a line, hyphenated pairs too."""
    printed = _PRINTED.findall(low)
    pairs = (pair.split("-") for pair in printed if "-" in pair)
    return frozenset(printed).union(*pairs)


@lru_cache(maxsize=512)
def _behind_border(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A border of lines or pages behind which the pattern stands."""
    return re.compile(rf"[\n\f](?={pattern.pattern})", pattern.flags)


T = TypeVar("T")


def with_next(items: Sequence[T]) -> Iterator[tuple[T, T | None]]:
    """Each item with the one after it; ``None`` after the last."""
    return zip_longest(items, items[1:])
