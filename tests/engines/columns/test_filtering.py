"""Masks of values and filters, the tables under them, and what is kept of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from imrsearch.engines.base import SearchRequest
from imrsearch.engines.columns.filtering import RecentQueries, apply_filters, match_values, tables
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.query.tree import FieldEquals, FieldMissing, MatchAll, MatchNone, Range, Term
from imrsearch.schema import FacetCount
from tests.engines.corpus import CORPUS

Leaf = MatchAll | MatchNone | FieldEquals | FieldMissing | Range


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    folder: Path = tmp_path_factory.mktemp("columns")
    made = ColumnsWriter()
    made.add(CORPUS)
    made.write(folder)
    return Columns(folder)


@pytest.mark.parametrize(
    ("leaf", "rows"),
    [
        pytest.param(MatchAll(), [0, 1, 2, 3, 4, 5], id="everything"),
        pytest.param(MatchNone(), [], id="nothing"),
        pytest.param(FieldEquals("body", "knee"), [2, 3], id="a value"),
        pytest.param(FieldMissing("body"), [4, 5], id="no value"),
        pytest.param(FieldEquals("age", "41"), [], id="a number field holds no value"),
        pytest.param(FieldMissing("age"), [0, 1, 2, 3, 4, 5], id="so all lack one"),
        pytest.param(Range("age", 40, 50), [0, 1], id="a number"),
    ],
)
def test_leaves_without_words(columns: Columns, leaf: Leaf, rows: list[int]) -> None:
    mask = match_values(leaf, columns)
    assert mask.dtype == bool
    assert mask.shape == (6,)
    assert np.flatnonzero(mask).tolist() == rows


def test_a_facet_is_counted_without_its_own_filters_in_the_order_asked_for(
    columns: Columns,
) -> None:
    body = columns.values["body"]
    filters = [
        ("body", body.holding("knee")),
        ("decision", columns.values["decision"].holding("upheld")),
        ("body", ~body.holding("neck")),
    ]
    chosen = columns.select(apply_filters(columns.everything, filters))
    assert chosen.rows.tolist() == [3]
    request = SearchRequest(MatchAll(), facets=("body", "category", "decision"))
    counted = tables(request, columns.everything, filters, chosen, columns)
    assert list(counted) == ["body", "category", "decision"]
    assert counted["body"] == [
        FacetCount("knee", 1, 0),
        FacetCount("low back", 1, 0),
        FacetCount("neck", 1, 0),
        FacetCount(None, 1, 0),
    ]
    assert counted["category"] == [FacetCount("Diagnostic Testing", 1, 0)]
    assert counted["decision"] == [FacetCount("overturned", 1, 1), FacetCount("upheld", 1, 0)]


WORDS = [Term(word) for word in ("neck", "knee", "hip", "ankle")]


@pytest.mark.parametrize(
    ("recent", "kept"),
    [
        pytest.param(RecentQueries(30, len), "neck hip ankle", id="as far as there is room"),
        pytest.param(RecentQueries(29, len), "hip ankle", id="a byte less"),
        pytest.param(RecentQueries(99, len, most=3), "neck hip ankle", id="so many at most"),
        pytest.param(RecentQueries(99, len), "neck knee hip ankle", id="all"),
        pytest.param(RecentQueries(9, len), "", id="nothing has room"),
    ],
)
def test_what_was_asked_for_last_is_kept(recent: RecentQueries[str], kept: str) -> None:
    neck, knee, hip, ankle = WORDS
    for one in (neck, knee, hip):
        recent.put(one, "ten bytes!")
    recent.get(neck)
    recent.put(ankle, "ten bytes!")
    assert " ".join(one.word for one in WORDS if recent.get(one)) == kept


def test_what_two_threads_find_takes_its_room_once() -> None:
    recent = RecentQueries[str](20, len)
    for _ in range(3):
        recent.put(WORDS[0], "ten bytes!")
    recent.put(WORDS[1], "ten bytes!")
    assert [recent.get(one) is not None for one in WORDS] == [True, True, False, False]
