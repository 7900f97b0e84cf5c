"""Which documents match words and values, and what words score: ``combining`` does the rest.

Scores are BM25F: the counts of a word in all fields are added, weighted by field and normalized by
text length, before they become a score, so that a word repeated in the summary counts little more
than once. Leaves read lately are kept with theirs: a search asks for the same words and values
again for each of its offers, its next page and its next facet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.answering import match_values
from imrsearch.engines.columns.combining import Masking, Scoring
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.values import Mask
from imrsearch.engines.queries import RecentQueries, sought
from imrsearch.query.tree import (
    FieldEquals,
    FieldMissing,
    Leaf,
    Prefix,
    Query,
    Range,
    Term,
    walk,
)
from imrsearch.schema import TEXT_FIELDS

K1 = 1.2
B = 0.75
"""The usual constants of BM25: how fast repetition saturates, how much length counts."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a word occurs in one field, as uint32 arrays: the documents (ascending) and the counts,
    each ``(n_documents,)``, and the positions in the first document, the second, and so on,
    ``(counts.sum(),)``."""

    documents: NDArray[Any]
    counts: NDArray[Any]
    positions: NDArray[Any]


class Words(Protocol):
    """The words of an index."""

    weights: Mapping[str, NDArray[Any]]
    """For each text field what one occurrence weighs in each document (see ``weights``)."""

    def postings(self, field: str, word: str) -> Postings | None:
        """Where the word occurs, as written; ``None`` if nowhere."""

    def with_stem(self, stem: str) -> Iterable[str]:
        """The words that have this stem, stop words left out."""

    def with_prefix(self, field: str, start: str) -> Iterable[str]:
        """The words of a field that begin with ``start``."""


LEAF_BYTES = 32 << 20
"""Bytes: some three hundred leaves of an index of 10,000 issues."""


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """For each row: whether it matches, bool, and its score, float64 (0 where it does not)."""

    matched: Mask
    scores: NDArray[Any]

    @property
    def nbytes(self) -> int:
        """The bytes of both arrays."""
        return self.matched.nbytes + self.scores.nbytes


class Matcher(Masking):
    """Which documents of one index match queries, and which are best.

    ``leaves`` are those of the index that were read before.
    """

    def __init__(
        self,
        columns: Columns,
        words: Words,
        seconds: float | None,
        leaves: RecentQueries[ScoredRows],
    ) -> None:
        super().__init__(columns.everything, seconds)
        self._columns = columns
        self._words = words
        self._size = len(columns)
        self._no_scores = np.zeros(self._size)
        self._leaves = leaves
        self._read_now: dict[Leaf, ScoredRows] = {}
        self._unread: set[Leaf] = set()

    def scores(self, query: Query) -> NDArray[Any]:
        """What each row scores: ``(n_rows,)`` float64, 0 where it does not match."""
        return _Scores(self._no_scores, self).score(query)

    def text(self, query: Leaf) -> Mask:
        """What matches words."""
        return self.leaf(query).matched

    def values(self, query: FieldEquals | FieldMissing | Range) -> Mask:
        """What matches a query of values or numbers."""
        found = self._leaves.get(query)
        if found is None:
            found = ScoredRows(match_values(query, self._columns), self._no_scores)
            self._leaves.put(query, found)
        return found.matched

    def leaf(self, query: Leaf) -> ScoredRows:
        """The documents that match words, with their scores.

        A request asks twice, for masks and for scores: what it has read it finds again, also once
        its time is over.
        """
        found = self._read_now.get(query)
        if found is None and not self.is_late():
            found = self._leaves.get(query)
        if found is None:
            found = self._read_leaf(query)
            if self.timed_out:
                self._unread.add(query)
            else:
                self._leaves.put(query, found)
        self._read_now[query] = found
        return found

    def is_unread(self, query: Query) -> bool:
        """Whether words of a query that was matched were not read to the end."""
        return any(node in self._unread for node in walk(query, negated=True))

    def _read_leaf(self, query: Leaf) -> ScoredRows:
        strength = self._no_scores.copy()
        for field in query.fields or TEXT_FIELDS:
            strength += self._words.weights[field] * self._counts(query, field)
        return _bm25(strength)

    def _counts(self, query: Leaf, field: str) -> NDArray[Any]:
        if isinstance(query, Prefix):
            return self._count_words(field, self._words.with_prefix(field, query.start))
        wanted, exact, slop = sought(query)
        said = [(at, (word,) if exact else self._words.with_stem(word)) for at, word in wanted]
        if isinstance(query, Term):
            return self._count_words(field, said[0][1])
        return self._count_phrase(field, said, slop)

    def _read(self, field: str, words: Iterable[str]) -> Iterator[Postings]:
        for word in words:
            if self.is_late():
                return
            postings = self._words.postings(field, word)
            if postings is not None:
                yield postings

    def _count_words(self, field: str, words: Iterable[str]) -> NDArray[Any]:
        counts = np.zeros(self._size)
        for postings in self._read(field, words):
            counts[postings.documents] += postings.counts
        return counts

    def _count_phrase(
        self, field: str, said: Sequence[tuple[int, Iterable[str]]], slop: int
    ) -> NDArray[Any]:
        """How often a phrase begins in each document: ``(n_rows,)`` float64. ``said``: the
        positions of its words, each with all words that may stand there.

        A place is the document's row and a position in one int64, less the word's own position
        in the phrase: the words of a phrase without slop all have the same place; with slop their
        places never fall, and rise by ``slop`` at most. For each following word the first place
        that fits is the best one.
        """
        places = [self._places(field, offset, words) for offset, words in said]
        starts = places[0] if places else _NO_PLACES
        reached = starts
        for following in places[1:]:
            following = np.append(following, _BEYOND)
            reached = following[np.searchsorted(following, reached)]
        starts = starts[reached - starts <= slop]
        return np.bincount(starts + _MARGIN >> 32, minlength=self._size).astype(float)

    def _places(self, field: str, offset: int, words: Iterable[str]) -> NDArray[Any]:
        places = [
            (np.repeat(found.documents.astype(np.int64), found.counts) << 32)
            + (found.positions.astype(np.int64) - offset)
            for found in self._read(field, words)
        ]
        return np.sort(np.concatenate(places), kind="stable") if places else _NO_PLACES


class _Scores(Scoring):
    """What queries score in all rows."""

    def __init__(self, nothing: NDArray[Any], matcher: Matcher) -> None:
        super().__init__(nothing, matcher.matched)
        self._matcher = matcher

    def leaf(self, leaf: Leaf) -> NDArray[Any]:
        return self._matcher.leaf(leaf).scores


_NO_PLACES = np.zeros(0, np.int64)
_BEYOND = 1 << 62
# A place may lie before its document's first position: the phrase would begin outside.
_MARGIN = 1 << 16


def weights(field: str, lengths: NDArray[Any]) -> NDArray[Any]:
    """What one occurrence of a word in a field weighs in each document, given the number of words
    in each, ``(n_rows,)``: the field's weight at the average length (over documents that have
    any), less in longer ones."""
    average = max(1.0, lengths.sum() / max(1, int(np.count_nonzero(lengths))))
    return np.asarray(TEXT_FIELDS[field] / (1 - B + B / average * lengths))


def _bm25(strength: NDArray[Any]) -> ScoredRows:
    matched = strength > 0
    size, holding = len(strength), np.count_nonzero(matched)
    rarity = np.log(1 + (size - holding + 0.5) / (holding + 0.5))
    return ScoredRows(matched, rarity * strength * (K1 + 1) / (strength + K1))
