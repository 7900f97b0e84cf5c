"""Which documents match a query: masks over the rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.columns.filtering import match_values
from imrsearch.engines.columns.reader import Columns, Mask
from imrsearch.engines.tantivy.bitmaps import Bitmap, at_least, bits_at, count_bits
from imrsearch.engines.tantivy.query import Translation
from imrsearch.engines.tantivy.rows import (
    FrequentBitmaps,
    QueryMaskCache,
    Scores,
    bitmap_key,
    find_rows,
)
from imrsearch.query.tree import (
    And,
    FieldEquals,
    FieldMissing,
    Leaf,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.text.words import is_stop_word, stem

_View = Callable[[Bitmap], NDArray[Any]]
"""What is kept of each bitmap: all of it, or the bits of some rows as a mask."""


class Matching:
    """The masks of one request's queries. ``timed_out``: words were not read in time, and their
    documents are missing."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        translated: Translation,
        columns: Columns,
        cached: QueryMaskCache,
        common: FrequentBitmaps,
        seconds: float | None,
    ) -> None:
        self._searcher = searcher
        self._translated = translated
        self._columns = columns
        self._cached = cached
        self._common = common
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._everything = columns.living
        self._nothing = np.zeros_like(columns.living)
        self.timed_out = False

    def mask(self, query: Query) -> Mask:
        """The rows that match: ``(n_rows,)`` bool. Dead ones may be among them."""
        return np.unpackbits(self._matched(query, _all), count=len(self._columns)).view(bool)

    def mask_at(self, query: Query, rows: NDArray[Any]) -> Mask:
        """Which of some rows match: ``(len(rows),)`` bool."""
        return self._matched(query, partial(bits_at, rows=rows))

    def count(self, query: Query) -> int:
        """How many documents match."""
        return count_bits(self._matched(query, _all) & self._everything)

    def scores(self, leaf: Leaf) -> Scores | None:
        """The scores of what matches a leaf; ``None`` where that is much."""
        self._text(leaf)
        return self._cached.get(leaf)[1]

    def _matched(self, query: Query, view: _View) -> NDArray[Any]:
        match query:
            case Term() | Phrase() | Prefix():
                return view(self._text(query))
            case And((FieldMissing(), Or(said))) if all(
                isinstance(one, Term | Phrase) and one.fields for one in said
            ):
                # Few documents together; the words alone may be in many, and have no bitmap.
                return view(self._text(query))
            case And(parts):
                return reduce(np.bitwise_and, self._parts(parts, view), view(self._everything))
            case Or(parts):
                found = (self._matched(part, view) for part in parts)
                return reduce(np.bitwise_or, found, view(self._nothing))
            case MinShouldMatch(parts, count):
                each = [self._matched(part, view) for part in parts]
                return at_least(each, count, view(self._nothing))
            case Not(part):
                matched = self._matched(part, view)
                # Words that were not read would let in documents that they should exclude.
                return view(self._nothing) if self.timed_out else ~matched
            case FieldEquals() | FieldMissing() | Range():
                return view(self._of_values(query))
            case MatchAll():
                return view(self._everything)
            case MatchNone():
                return view(self._nothing)
            case _:
                raise TypeError(f"{query} only scores.")

    def _of_values(self, query: FieldEquals | FieldMissing | Range) -> Bitmap:
        """A pass over a column of a million issues takes some ten times as long as its bitmap."""
        known, _ = self._cached.get(query)
        if known is None:
            known = self._cached.put(query, match_values(query, self._columns), None)
        return known

    def _parts(self, parts: Sequence[Query], view: _View) -> list[NDArray[Any]]:
        """What must all match; words without a bitmap are searched for together."""
        text = tuple(
            part
            for part in parts
            if isinstance(part, Term | Phrase | Prefix) and self._bits(part) is None
        )
        found = [self._matched(part, view) for part in parts if part not in text]
        if text:
            found.append(view(self._text(text[0] if len(text) == 1 else And(text))))
        return found

    def _bits(self, query: Query) -> Bitmap | None:
        """The bitmap of a frequent stem or name that is searched for in all fields."""
        return self._common.bits(bitmap_key(query))

    def _text(self, query: Query) -> Bitmap:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return self._nothing
        known = self._bits(query)
        if known is None:
            known, _ = self._cached.get(query)
        if known is None:
            mask, scores = self._found(query)
            known = self._cached.put(query, mask & self._columns.everything, scores)
        return known

    def _found(self, query: Query) -> tuple[Mask, Scores | None]:
        common: list[Bitmap] = []
        if isinstance(query, Prefix) and not query.fields:
            common, words = self._prefixed(query.start)
        if not common:
            return find_rows(self._searcher, self._translated(query), len(self._columns))
        others, _ = find_rows(self._searcher, self._translated.spelt(words), len(self._columns))
        frequent = np.unpackbits(reduce(np.bitwise_or, common), count=len(self._columns))
        return others | frequent.view(bool), None

    def _prefixed(self, start: str) -> tuple[list[Bitmap], list[str]]:
        """The bitmaps of frequent stems all of whose words begin with ``start``, and the remaining
        words that do: ``ther*`` is "therapy" with its forms, and some rare words."""
        stems: dict[str, list[str]] = {}
        for word in self._translated.words(start):
            stems.setdefault("" if is_stop_word(word) else stem(word), []).append(word)
        common: list[Bitmap] = []
        words: list[str] = []
        for one, some in stems.items():
            bits = self._common.bits(one)
            if bits is not None and set(self._translated.variants(one)) <= set(some):
                common.append(bits)
            else:
                words += some
        return common, words


def _all(bitmap: Bitmap) -> Bitmap:
    return bitmap
