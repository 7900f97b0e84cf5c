"""Which documents match a query: bitmaps, ``(n_rows / 8,)`` uint8, the first row the highest bit.

For three million rows a bitmap takes 0.4 MB, an eighth of a mask, and is as much faster to combine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial, reduce
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.analysis import StemWords
from imrsearch.engines.columns.answering import match_values
from imrsearch.engines.columns.combining import Bits, BitsView, Masking, whole
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.values import Mask
from imrsearch.engines.queries import strip_scoring
from imrsearch.engines.tantivy.query import Translation
from imrsearch.engines.tantivy.rows import (
    VARIANTS,
    FrequentBitmaps,
    MaskBits,
    Scores,
    bitmap_key,
    find_rows,
    recent_masks,
)
from imrsearch.engines.tantivy.texts import register_tokenizers
from imrsearch.query.tree import (
    And,
    FieldEquals,
    FieldMissing,
    Leaf,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.system.errors import DamagedBuild
from imrsearch.text.words import is_stop_word, stem


class OpenFiles:
    """What is read of an open index; threads share it. Raises DamagedBuild."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder / "words"))
        register_tokenizers(index)
        index.config_reader("manual")
        self.columns = Columns(folder)
        self.recent = recent_masks(len(self.columns))
        self.common = FrequentBitmaps(folder)
        self.variants = StemWords(folder / VARIANTS)
        self.schema = index.schema
        self._searcher: tantivy.Searcher | None = index.searcher()
        if self._searcher.num_docs != self.columns.count:
            raise DamagedBuild("The text index and the columns do not hold the same documents.")

    @property
    def searcher(self) -> tantivy.Searcher:
        """Tantivy's view of the index; raises ValueError once it is closed."""
        if self._searcher is None:
            raise ValueError("The index is closed.")
        return self._searcher

    def close(self) -> None:
        """Searching afterwards is an error."""
        self._searcher = None


class Matching(Masking):
    """Which documents match the queries of one request, as bitmaps.

    ``translated``: what puts queries to Tantivy, for the same request.
    """

    def __init__(self, files: OpenFiles, seconds: float | None = None) -> None:
        super().__init__(files.columns.living, seconds)
        self.files = files
        self.searcher = files.searcher
        self.translated = Translation(files.searcher, files.schema, files.variants)

    @property
    def is_partial(self) -> bool:
        """Whether documents are missing: words were not read in time, or a phrase was narrowed."""
        return self.timed_out or self.translated.cut

    def mask(self, query: Query) -> Mask:
        """The rows that match: ``(n_rows,)`` bool. Removed ones may be among them."""
        return self._unpacked(self.matched(strip_scoring(query)))

    def mask_at(self, query: Query, rows: NDArray[Any]) -> Mask:
        """Which of some rows match: ``(len(rows),)`` bool."""
        return self.matched(strip_scoring(query), partial(bits_at, rows=rows))

    def count(self, query: Query) -> int:
        """How many documents match."""
        living = self.matched(strip_scoring(query)) & self.files.columns.living
        return int(np.bitwise_count(living).sum())

    def scores(self, leaf: Leaf) -> Scores | None:
        """The scores of what matches a leaf; ``None`` where that is much."""
        self.text(leaf)
        return self.known_scores(leaf)

    def known_scores(self, query: Query) -> Scores | None:
        """The scores of what matches, where it was searched for before and is not much."""
        known = self.files.recent.get(query)
        return known.scores if known else None

    def matched(self, query: Query, view: BitsView = whole) -> Bits:
        """What matches a query without what only ranks."""
        match query:
            case And((FieldMissing(), Or(said))) if all(
                isinstance(one, Term | Phrase) and one.fields for one in said
            ):
                # Few documents together; the words alone may be in many, and have no bitmap.
                return view(self.text(query))
            case _:
                return super().matched(query, view)

    def all_of(self, parts: Sequence[Query], view: BitsView) -> Iterable[Bits]:
        """What matches each of the parts; words without a bitmap are searched for together."""
        text = tuple(
            part for part in parts if isinstance(part, Leaf) and self._frequent(part) is None
        )
        yield from self.each((part for part in parts if part not in text), view)
        if text:
            yield view(self.text(text[0] if len(text) == 1 else And(text)))

    def values(self, query: FieldEquals | FieldMissing | Range) -> Bits:
        """A pass over a column of a million issues takes some ten times as long as its bitmap."""
        known = self.files.recent.get(query)
        return known.bits if known else self._kept(query, match_values(query, self.files.columns))

    def text(self, query: Query) -> Bits:
        """What matches a leaf, or words that must all match."""
        if self.is_late():
            return self._nothing
        frequent = self._frequent(query)
        if frequent is not None:
            return frequent
        known = self.files.recent.get(query)
        if known:
            return known.bits
        mask, scores = self._found(query)
        return self._kept(query, mask & self.files.columns.everything, scores)

    def _kept(self, query: Query, mask: Mask, scores: Scores | None = None) -> Bits:
        found = MaskBits(np.packbits(mask), scores)
        self.files.recent.put(query, found)
        return found.bits

    def _unpacked(self, bits: Bits) -> Mask:
        return np.unpackbits(bits, count=len(self.files.columns)).view(bool)

    def _frequent(self, query: Query) -> Bits | None:
        """The bitmap of a frequent stem or name that is searched for in all fields."""
        return self.files.common.bits(bitmap_key(query))

    def _found(self, query: Query) -> tuple[Mask, Scores | None]:
        size, common = len(self.files.columns), list[Bits]()
        if isinstance(query, Prefix) and not query.fields:
            common, words = self._prefixed(query.start)
        if not common:
            return find_rows(self.searcher, self.translated(query), size)
        others, _ = find_rows(self.searcher, self.translated.spelt(words), size)
        return others | self._unpacked(reduce(np.bitwise_or, common)), None

    def _prefixed(self, start: str) -> tuple[list[Bits], list[str]]:
        """The bitmaps of frequent stems all of whose words begin with ``start``, and the remaining
        words that do: ``ther*`` is "therapy" with its forms, and some rare words."""
        stems: dict[str, list[str]] = {}
        for word in self.translated.words(start):
            stems.setdefault("" if is_stop_word(word) else stem(word), []).append(word)
        common: list[Bits] = []
        words: list[str] = []
        for one, some in stems.items():
            bits = self.files.common.bits(one)
            if bits is not None and set(self.files.variants(one)) <= set(some):
                common.append(bits)
            else:
                words += some
        return common, words


def bits_at(bits: Bits, rows: NDArray[Any]) -> Mask:
    """The bits of some rows: ``(len(rows),)`` bool."""
    places = (7 - (rows & 7)).astype(np.uint8)
    return np.asarray(bits[rows >> 3] >> places & 1).view(bool)
