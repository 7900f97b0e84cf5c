"""Which documents match a query: masks over the rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.columns.filtering import match_values
from imrsearch.engines.columns.reader import Columns, Mask
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
        self._nothing: Mask = np.zeros(len(columns), dtype=bool)
        self.timed_out = False

    def mask(self, query: Query) -> Mask:
        """The rows that match; dead ones may be among them."""
        match query:
            case Term() | Phrase() | Prefix():
                return self._text(query)
            case And((FieldMissing(), Or(said))) if all(
                isinstance(one, Term | Phrase) and one.fields for one in said
            ):
                # Few documents together; the words alone may be in many, and have no bitmap.
                return self._text(query)
            case And(parts):
                return reduce(np.logical_and, self._parts(parts), self._columns.everything)
            case Or(parts):
                return reduce(np.logical_or, map(self.mask, parts), self._nothing)
            case MinShouldMatch(parts, count):
                bytes_each = 1 if len(parts) < 256 else 4
                matched: NDArray[Any] = np.zeros(len(self._columns), f"u{bytes_each}")
                for part in parts:
                    matched += self.mask(part)
                return np.asarray(matched >= count)
            case Not(part):
                mask = self.mask(part)
                # Words that were not read would let in documents that they should exclude.
                return self._nothing if self.timed_out else ~mask
            case FieldEquals() | FieldMissing() | Range():
                return self._of_values(query)
            case _:
                return match_values(query, self._columns)  # type: ignore[arg-type]  # bare

    def scores(self, leaf: Leaf) -> Scores | None:
        """The scores of what matches a leaf; ``None`` where that is much."""
        self.mask(leaf)
        return self._cached.get(leaf)[1]

    def _of_values(self, query: FieldEquals | FieldMissing | Range) -> Mask:
        """A pass over a column of a million issues takes some ten times as long as its bitmap."""
        known, _ = self._cached.get(query)
        if known is not None:
            return self._unpacked(known)
        mask = match_values(query, self._columns)
        self._cached.put(query, mask, None)
        return mask

    def _parts(self, parts: Sequence[Query]) -> list[Mask]:
        """The masks of what must all match; words without a bitmap are searched for together."""
        text = tuple(
            part
            for part in parts
            if isinstance(part, Term | Phrase | Prefix) and self._bits(part) is None
        )
        masks = [self.mask(part) for part in parts if part not in text]
        if text:
            masks.append(self._text(text[0] if len(text) == 1 else And(text)))
        return masks

    def _bits(self, query: Query) -> NDArray[Any] | None:
        """The bitmap of a frequent stem or name that is searched for in all fields."""
        return self._common.bits(bitmap_key(query))

    def _text(self, query: Query) -> Mask:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return self._nothing
        known = self._bits(query)
        if known is None:
            known, _ = self._cached.get(query)
        if known is not None:
            return self._unpacked(known)
        mask, scores = self._found(query)
        mask &= self._columns.everything
        self._cached.put(query, mask, scores)
        return mask

    def _found(self, query: Query) -> tuple[Mask, Scores | None]:
        common: list[NDArray[Any]] = []
        if isinstance(query, Prefix) and not query.fields:
            common, words = self._prefixed(query.start)
        if not common:
            return find_rows(self._searcher, self._translated(query), len(self._columns))
        others, _ = find_rows(self._searcher, self._translated.spelt(words), len(self._columns))
        return others | self._unpacked(reduce(np.bitwise_or, common)), None

    def _unpacked(self, bits: NDArray[Any]) -> Mask:
        return np.unpackbits(bits, count=len(self._columns)).view(bool)

    def _prefixed(self, start: str) -> tuple[list[NDArray[Any]], list[str]]:
        """The bitmaps of frequent stems all of whose words begin with ``start``, and the remaining
        words that do: ``ther*`` is "therapy" with its forms, and some rare words."""
        stems: dict[str, list[str]] = {}
        for word in self._translated.words(start):
            stems.setdefault("" if is_stop_word(word) else stem(word), []).append(word)
        common: list[NDArray[Any]] = []
        words: list[str] = []
        for one, some in stems.items():
            bits = self._common.bits(one)
            if bits is not None and set(self._translated.variants(one)) <= set(some):
                common.append(bits)
            else:
                words += some
        return common, words
