"""From a query tree to the documents that match, with their scores.

Every node becomes a mask, ``(n_rows,)`` bool, and scores, ``(n_rows,)`` float64; ``And``, ``Or``
and ``Not`` are then arithmetic. Scores are BM25F: the counts of a word in all fields are added,
weighted by field and normalized by text length, before they become a score, so that a word
repeated in the summary counts little more than once. Leaves read lately are kept with theirs: a
search asks for the same words and values again for each of its offers, its next page and its next
facet.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.base import Hit, SearchRequest, SearchResponse
from imrsearch.engines.columns.filtering import apply_filters, match_values, tables
from imrsearch.engines.columns.reader import Columns, Mask
from imrsearch.engines.columns.wordings import fold
from imrsearch.engines.queries import BY_SCORE, RecentQueries, phrase_positions, strip_scoring
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from imrsearch.schema import TEXT_FIELDS
from imrsearch.text.words import is_stop_word, stem

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


_LEAF_BYTES = 32 << 20
"""Bytes: some three hundred leaves of an index of 10,000 issues."""


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """For each row: whether it matches, bool, and its score, float64 (0 where it does not)."""

    matched: Mask
    scores: NDArray[Any]


def leaf_cache(room: int = _LEAF_BYTES) -> RecentQueries[ScoredRows]:
    """For the rows of leaves that were read to the end."""
    return RecentQueries(room, lambda rows: rows.matched.nbytes + rows.scores.nbytes)


class Matcher:
    """Evaluates query trees on one index, for up to ``seconds`` (``None``: no limit).

    Words that are not read in time count as absent and set ``timed_out``; what is found still
    matches. ``leaves`` are those of the index that were read before.
    """

    def __init__(
        self,
        columns: Columns,
        words: Words,
        seconds: float | None,
        leaves: RecentQueries[ScoredRows],
    ) -> None:
        self.timed_out = False
        self._columns = columns
        self._words = words
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._size = len(columns)
        self._no_scores = np.zeros(self._size)
        self._leaves = leaves

    def find(self, query: Query) -> ScoredRows:
        """The documents that match ``query``."""
        match query:
            case Term() | Phrase() | Prefix():
                return self._scored(query)
            case FieldEquals():
                found = self._leaves.get(query)
                if found is None:
                    found = ScoredRows(match_values(query, self._columns), self._no_scores)
                    self._leaves.put(query, found)
                return found
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return self._at_least(parts, 1)
            case MinShouldMatch(parts, count):
                return self._at_least(parts, count)
            case DisMax(parts):
                return self._best(parts)
            case Boost(part, weight):
                found = self.find(part)
                return ScoredRows(found.matched, found.scores * weight)
            case ConstantScore(part, score):
                matched = self.find(part).matched
                return ScoredRows(matched, matched * score)
            case Boosted(part, wishes):
                found = self.find(part)
                added = sum((self.find(wish).scores for wish in wishes), self._no_scores)
                return ScoredRows(found.matched, (found.scores + added) * found.matched)
            case Filtered(part, narrowing):
                found, mask = self.find(part), self.find(narrowing).matched
                return ScoredRows(found.matched & mask, found.scores * mask)
            case Not(part):
                matched = self.find(part).matched
                # Words that were not read would let in documents that they should exclude.
                left = np.zeros_like(matched) if self.timed_out else ~matched
                return ScoredRows(left, self._no_scores)
            case _:
                return ScoredRows(match_values(query, self._columns), self._no_scores)

    def _all(self, parts: Iterable[Query]) -> ScoredRows:
        matched, scores = np.ones(self._size, dtype=bool), self._no_scores
        for found in map(self.find, parts):
            matched = matched & found.matched
            scores = scores + found.scores
        return ScoredRows(matched, scores * matched)

    def _at_least(self, parts: Iterable[Query], count: int) -> ScoredRows:
        times, scores = np.zeros(self._size, dtype=int), self._no_scores
        for found in map(self.find, parts):
            times = times + found.matched
            scores = scores + found.scores
        return ScoredRows(times >= count, scores * (times >= count))

    def _best(self, parts: Iterable[Query]) -> ScoredRows:
        matched, scores = np.zeros(self._size, dtype=bool), self._no_scores
        for found in map(self.find, parts):
            matched = matched | found.matched
            scores = np.maximum(scores, found.scores)
        return ScoredRows(matched, scores)

    def _scored(self, query: Term | Phrase | Prefix) -> ScoredRows:
        found = None if self._is_late() else self._leaves.get(query)
        if found is None:
            found = self._read_leaf(query)
            if not self.timed_out:
                self._leaves.put(query, found)
        return found

    def _read_leaf(self, query: Term | Phrase | Prefix) -> ScoredRows:
        strength = self._no_scores.copy()
        for field in query.fields or TEXT_FIELDS:
            strength += self._words.weights[field] * self._counts(query, field)
        return _bm25(strength)

    def _counts(self, query: Term | Phrase | Prefix, field: str) -> NDArray[Any]:
        match query:
            case Term(word, _, exact):
                return self._count_words(field, self._variants(word, exact))
            case Prefix(start):
                return self._count_words(field, self._words.with_prefix(field, start))
            case Phrase():
                return self._count_phrase(field, query)

    def _variants(self, word: str, exact: bool) -> Iterable[str]:
        """The indexed words that a searched word matches; a stop word matches itself only."""
        return (word,) if exact or is_stop_word(word) else self._words.with_stem(stem(word))

    def _read(self, field: str, words: Iterable[str]) -> Iterator[Postings]:
        for word in words:
            if self._is_late():
                return
            postings = self._words.postings(field, word)
            if postings is not None:
                yield postings

    def _is_late(self) -> bool:
        """Whether time is over; then the answer is partial."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return True
        return False

    def _count_words(self, field: str, words: Iterable[str]) -> NDArray[Any]:
        counts = np.zeros(self._size)
        for postings in self._read(field, words):
            counts[postings.documents] += postings.counts
        return counts

    def _count_phrase(self, field: str, phrase: Phrase) -> NDArray[Any]:
        """How often the phrase begins in each document: ``(n_rows,)`` float64.

        A place is the document's row and a position in one int64, less the word's own position
        in the phrase: the words of a phrase without slop all have the same place; with slop their
        places never fall, and rise by ``slop`` at most. For each following word the first place
        that fits is the best one.
        """
        exact, wanted = phrase_positions(phrase)
        places = [
            self._places(field, offset, self._variants(word, exact)) for offset, word in wanted
        ]
        starts = places[0] if places else _NO_PLACES
        reached = starts
        for following in places[1:]:
            following = np.append(following, _BEYOND)
            reached = following[np.searchsorted(following, reached)]
        starts = starts[reached - starts <= phrase.slop]
        return np.bincount(starts + _MARGIN >> 32, minlength=self._size).astype(float)

    def _places(self, field: str, offset: int, words: Iterable[str]) -> NDArray[Any]:
        places = [
            (np.repeat(found.documents.astype(np.int64), found.counts) << 32)
            + (found.positions.astype(np.int64) - offset)
            for found in self._read(field, words)
        ]
        return np.sort(np.concatenate(places), kind="stable") if places else _NO_PLACES


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


def respond(request: SearchRequest, matcher: Matcher, columns: Columns) -> SearchResponse:
    """The hits of the requested page, exact totals and facet counts."""
    found = matcher.find(request.query)
    filters = [(part.facet, matcher.find(part.query).matched) for part in request.filters]
    chosen = columns.select(apply_filters(found.matched, filters))
    scores = found.scores if request.sort in BY_SCORE else np.zeros(len(columns))
    last = min(request.offset + request.limit, chosen.size)

    def best(limit: int) -> list[tuple[float, int]]:
        rows = columns.order(request.sort, chosen.rows, scores[chosen.rows], limit)
        return [(float(scores[row]), int(row)) for row in rows]

    if request.fold:
        ranked = fold(best, columns.wordings, request.offset, last, chosen.size)
        hits = tuple(columns.folded_hit(row, score, chosen) for score, row in ranked)
    else:
        hits = tuple(Hit(columns.id(row), score) for score, row in best(last)[request.offset :])
    beside = (matcher.find(strip_scoring(query)).matched for query in request.beside)
    return SearchResponse(
        hits=hits,
        total=chosen.size,
        overturned=int(np.count_nonzero(chosen.mask & columns.overturned)),
        facets=tables(request, found.matched, filters, chosen, columns),
        beside=tuple(columns.select(apply_filters(mask, filters)).size for mask in beside),
        timed_out=matcher.timed_out,
        wordings=columns.count_wordings(chosen) if request.fold else None,
    )
