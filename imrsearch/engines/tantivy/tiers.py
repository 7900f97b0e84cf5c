"""Candidates for the best documents, by the values that they hold.

Where a query scores values ("low back" as the body part) beside words, the values tell thousands of
documents apart, and cost a pass over some bitmaps. Documents that hold the same of them are a tier.
Only within a tier do words decide, and there Tantivy reads few documents: those of the values, with
the query's words looked up in each. To rank by the words and their other names at once it would
read every document of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.combining import Scoring
from imrsearch.engines.columns.values import Mask, Selection
from imrsearch.engines.queries import strip_scoring
from imrsearch.engines.tantivy.grading import ScoreColumn
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    Filtered,
    Leaf,
    MinShouldMatch,
    Or,
    Query,
    Term,
)

_LEAST_SCORE = 2.0
"""Values that score less do not make a tier: words decide more."""
_MOST_VALUES = 7
"""Values that make tiers: a byte tells which of them a document holds, and whether it is chosen."""
_CHOSEN = 1 << _MOST_VALUES
_MOST_WORDS = 10
"""Words that are looked up in the documents of a tier; a story has dozens."""
_SPARSE = 8
"""Where fewer than one of so many documents is chosen, only these are looked at."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Documents that hold the same values: how many, what the values score, and the values."""

    size: int
    score: float
    values: tuple[Query, ...]
    code: int


class Tiers:
    """The tiers of the ``chosen`` documents for one query."""

    def __init__(self, query: Query, matching: Matching, chosen: Selection) -> None:
        self._query = query
        self._matching = matching
        self._chosen = chosen
        self._values = _strongest(query)

    def __iter__(self) -> Iterator[Tier]:
        """The tiers, those that score most first; none where no value scores."""
        if not self._values:
            return
        scores = _OfValues(self._values).score(self._query)
        counts = _counted(self._codes)[_CHOSEN:]
        for code in np.argsort(-scores, kind="stable").tolist():
            if counts[code]:
                values = (one for at, one in enumerate(self._values) if code >> at & 1)
                yield Tier(int(counts[code]), float(scores[code]), tuple(values), code)

    def rows(self, tier: Tier) -> NDArray[Any]:
        """The rows of a tier, ascending: ``(tier.size,)`` int64."""
        found = np.flatnonzero(self._codes == _CHOSEN + tier.code)
        return self._chosen.rows[found] if self._is_sparse else found

    @property
    def _is_sparse(self) -> bool:
        return self._chosen.size * _SPARSE < len(self._chosen.mask)

    @cached_property
    def _codes(self) -> NDArray[np.uint8]:
        """Which of the values each row holds, a bit each: of all rows, or of those chosen."""
        if self._is_sparse:
            codes = np.full(self._chosen.size, _CHOSEN, np.uint8)
            rows = self._chosen.rows
            masks: Iterable[Mask] = (self._matching.mask_at(one, rows) for one in self._values)
        else:
            codes = self._chosen.mask.view(np.uint8) << np.uint8(_MOST_VALUES)
            masks = map(self._matching.mask, self._values)
        for at, mask in enumerate(masks):
            codes |= mask.view(np.uint8) << np.uint8(at)
        return codes


def _counted(codes: NDArray[np.uint8]) -> NDArray[Any]:
    """How often each byte occurs, ``(256,)`` int64. NumPy counts numbers eight bytes long: half as
    many of them if two codes are one number."""
    even = len(codes) // 2 * 2
    pairs = np.bincount(codes[:even].view(np.uint16), minlength=1 << 16).reshape(256, 256)
    last = np.bincount(codes[even:], minlength=256)
    return np.asarray(pairs.sum(0) + pairs.sum(1) + last)


class _OfValues(Scoring):
    """What each set of values scores, in the order of codes: bit 0 is the first value. All match:
    only documents that do are asked about."""

    def __init__(self, values: Sequence[Query]) -> None:
        held = np.arange(1 << _MOST_VALUES)
        everything = np.ones(len(held), dtype=bool)
        super().__init__(np.zeros(len(held), np.float32), lambda _: everything)
        self._held = {value: (held >> at & 1).astype(bool) for at, value in enumerate(values)}
        self._weak = ~everything

    def leaf(self, leaf: Leaf) -> ScoreColumn:
        """Nothing."""
        return self._nothing

    def value(self, query: Query) -> Mask:
        """Whether the value is held; ``False`` for a weak one."""
        return self._held.get(strip_scoring(query), self._weak)


def _strongest(query: Query) -> list[Query]:
    """The values that score most, wherever they stand, without scores."""
    scores: dict[Query, float] = {}
    for node, weight in _scored(query):
        if isinstance(node, ConstantScore):
            value = strip_scoring(node)
            scores[value] = scores.get(value, 0.0) + node.score * weight
    strong = (value for value, score in scores.items() if score >= _LEAST_SCORE)
    return sorted(strong, key=lambda value: -scores[value])[:_MOST_VALUES]


def words_within(query: Query) -> list[Query]:
    """What documents of a tier differ by most: words that are not weighed down, as other names are,
    and words wished for in one field."""
    found = (
        Boost(node, weight)
        for node, weight in _scored(query)
        if isinstance(node, Term) and (weight >= 1 or node.fields)
    )
    return list(islice(dict.fromkeys(found), _MOST_WORDS))


def _scored(query: Query, weight: float = 1.0) -> Iterator[tuple[Query, float]]:
    """The words and values that score, with their weights."""
    match query:
        case And(parts) | Or(parts) | MinShouldMatch(parts) | DisMax(parts):
            for part in parts:
                yield from _scored(part, weight)
        case Boosted(part, wishes):
            for one in (part, *wishes):
                yield from _scored(one, weight)
        case Boost(part, more):
            yield from _scored(part, weight * more)
        case Filtered(part):
            yield from _scored(part, weight)
        case ConstantScore() | Term():
            yield query, weight
