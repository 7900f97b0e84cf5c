"""Masks of values and filters, the tables under them, and what is kept of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from imrsearch.engines.base import SearchRequest
from imrsearch.engines.columns.answering import apply_filters, match_values, tables
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.query.tree import FieldEquals, FieldMissing, MatchAll, Range
from imrsearch.schema import FacetCount
from tests.engines.corpus import CORPUS

Leaf = FieldEquals | FieldMissing | Range


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
