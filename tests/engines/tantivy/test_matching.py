"""Which documents match: all rows at once, some rows, and their number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines import engine
from imrsearch.engines.queries import strip_scoring
from imrsearch.engines.tantivy.engine import TantivyIndex
from imrsearch.engines.tantivy.matching import bits_at
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    FieldEquals,
    FieldMissing,
    Leaf,
    MatchAll,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    walk,
)
from tests.engines import reference
from tests.engines.corpus import CORPUS, random_query

GONE = "b"
"""The case that an update removed; its row stays."""
LEFT = [row for row, one in enumerate(CORPUS) if one.id[0] != GONE]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """The corpus without a case."""
    first, second = (tmp_path_factory.mktemp("index") for _ in range(2))
    issues = [replace(one, values={**one.values, "case": (one.id[0],)}) for one in CORPUS]
    engine("tantivy").create(first, issues)
    engine("tantivy").update(second, first, [GONE], [])
    return TantivyIndex(second)


@given(query=random_query, rows=st.lists(st.sampled_from(LEFT), unique=True))
def test_masks_bits_and_counts_tell_the_same(
    index: TantivyIndex, query: Query, rows: list[int]
) -> None:
    plain = strip_scoring(query)
    expected = [row for row in LEFT if reference.matches(CORPUS[row], plain)]
    found = index.matching()
    mask = found.mask(plain) & index.columns.everything
    assert np.flatnonzero(mask).tolist() == expected
    assert found.count(plain) == len(expected)
    assert found.mask_at(plain, np.array(rows, np.int64)).tolist() == [
        row in expected for row in rows
    ]


@pytest.mark.parametrize(
    "query", [Boost(Term("pain"), 2.0), ConstantScore(MatchAll(), 1.0), Boosted(MatchAll(), ())]
)
def test_what_only_scores_is_a_defect_of_ours(index: TantivyIndex, query: Query) -> None:
    with pytest.raises(TypeError, match="only scores"):
        index.matching().matched(query)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        pytest.param(Term("pain"), [], id="a word"),
        pytest.param(Prefix("pa"), [], id="a beginning"),
        pytest.param(Not(Term("pain")), [], id="all but a word: it may be there"),
        pytest.param(And((Not(Term("pain")), MatchAll())), [], id="the same inside"),
        pytest.param(FieldEquals("body", "knee"), [3], id="values are at hand"),
        pytest.param(Not(FieldEquals("body", "knee")), [0, 1, 4, 5], id="all but a value"),
        pytest.param(Or((Term("pain"), FieldEquals("body", "knee"))), [3], id="either"),
        pytest.param(
            And((FieldMissing("body"), Or((Term("to", ("rationale",)),)))), [], id="name of a value"
        ),
    ],
)
def test_when_time_is_over_nothing_wrong_is_found(
    index: TantivyIndex, query: Query, rows: list[int]
) -> None:
    found = index.matching(seconds=-1.0)
    mask = found.mask(query) & index.columns.everything
    assert np.flatnonzero(mask).tolist() == rows
    assert found.timed_out == any(isinstance(node, Leaf) for node in walk(query, negated=True))


def test_scores_of_a_leaf_are_those_of_the_documents_left(index: TantivyIndex) -> None:
    """A frequent word has a bitmap, and no scores."""
    found = index.matching()
    ladder = found.scores(Term("ladder", ("summary",)))
    assert ladder is not None
    assert ladder.rows.tolist() == [3]
    assert ladder.scores[0] > 0
    assert found.scores(Phrase(("range", "of", "motion"))) is not None
    assert found.scores(Term("pain")) is None


@given(mask=st.lists(st.booleans(), min_size=1, max_size=70))
def test_bits_by_row(mask: list[bool]) -> None:
    bitmap = np.packbits(np.array(mask, bool))
    assert bits_at(bitmap, np.arange(len(mask))).tolist() == mask
    assert bits_at(bitmap, np.array([len(mask) - 1])).tolist() == mask[-1:]
