"""The issues most like one issue, on either side: nearest overturned and nearest upheld.

Adverse authority must be known as well as the helpful kind, so there are always both. What makes
issues alike, in this order: the treatment, the kind of service, the body part, the words of the
service, and the way that both sides' guidelines compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.engines.base import Filter, IndexSearcher, SearchRequest
from imrsearch.model import OVERTURNED, UPHELD, IssueId
from imrsearch.query.tree import Boosted, ConstantScore, FieldEquals, Not, Or, Query, Term
from imrsearch.schema import IssueDocument
from imrsearch.search.results import ResultRow
from imrsearch.search.rows import Determinations, make_rows
from imrsearch.text.words import is_stop_word, words

MAX_SIMILAR = 3
"""Most issues named on each side."""
_MOST_WORDS_COMPARED = 12
_SAME_VALUE = {"treatment": 40.0, "subcategory": 20.0, "body": 10.0, "comparison": 1.0}
"""The score of each shared value; a shared word of the service scores ``_WORD_WEIGHT``."""
_WORD_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class BothSides:
    """The nearest issues that were overturned, and the nearest that were upheld."""

    overturned: tuple[ResultRow, ...]
    upheld: tuple[ResultRow, ...]


def both_sides_of(
    index: IndexSearcher, letters: Determinations, issue: IssueDocument
) -> BothSides | None:
    """The issues of other cases nearest to ``issue``; ``None`` where its kind is not known."""
    kind = _same_kind(issue)
    if kind is None:
        return None
    query = Boosted(kind, tuple(_alike_wishes(issue)))

    def nearest(decision: str) -> tuple[ResultRow, ...]:
        others = Not(FieldEquals("case", IssueId.parse(issue.id).case_id))
        filters = (Filter("decision", FieldEquals("decision", decision)), Filter("case", others))
        hits = index.search(SearchRequest(query, filters, limit=MAX_SIMILAR)).hits
        return make_rows(hits, letters, with_excerpts=False)

    return BothSides(nearest(OVERTURNED), nearest(UPHELD))


def _same_kind(issue: IssueDocument) -> Query | None:
    """The same treatment or kind of service, else at least the same category."""
    for fields in (("treatment", "subcategory"), ("category",)):
        same = tuple(
            ConstantScore(FieldEquals(field, value), 0.0)
            for field in fields
            for value in issue.values.get(field, ())
        )
        if same:
            return Or(same)
    return None


def _alike_wishes(issue: IssueDocument) -> Iterator[Query]:
    for field, score in _SAME_VALUE.items():
        for value in issue.values.get(field, ()):
            yield ConstantScore(FieldEquals(field, value), score)
    told = [word for word in words(issue.texts.get("service", "")) if not is_stop_word(word)]
    for word in dict.fromkeys(told[:_MOST_WORDS_COMPARED]):
        yield ConstantScore(Term(word, ("service",)), _WORD_WEIGHT)
