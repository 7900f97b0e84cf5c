"""Columns as read: who holds a value, lines of tables, orders, samples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines.base import MAX_SAME, Hit
from imrsearch.engines.columns.reader import ABSENT, Columns
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.query.tree import Range
from imrsearch.schema import FacetCount, IssueDocument

PARTS = ("neck", "knee", "hip")


def written(folder: Path, documents: Sequence[IssueDocument]) -> Columns:
    columns = ColumnsWriter()
    columns.add(documents)
    assert columns.write(folder) == len(documents)
    return Columns(folder)


def issue(number: int, *, said: str = "", age: int | None = None, **values: str) -> IssueDocument:
    """An issue; several values of a field are joined by commas."""
    return IssueDocument(
        f"CM16-{number:07}#1",
        {"rationale": said},
        {"case": (f"CM16-{number:07}",)}
        | {name: tuple(value.split(",")) for name, value in values.items()},
        {} if age is None else {"age": age},
    )


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """Body parts in no order, three ages with one twice, two issues overturned."""
    return written(
        tmp_path_factory.mktemp("five"),
        [
            issue(0, age=40, body="neck,knee", decision="overturned"),
            issue(1, body="knee", decision="upheld"),
            issue(2, age=50, decision="overturned"),
            issue(3, age=40, body="hip", decision="upheld"),
            issue(4, age=-7, body="ankle,knee", decision="upheld"),
        ],
    )


@pytest.mark.parametrize(
    ("value", "rows"),
    [("knee", [0, 1, 4]), ("hip", [3]), ("ankle", [4]), ("elbow", [])],
)
def test_who_holds_a_value(five: Columns, value: str, rows: list[int]) -> None:
    assert five.values["body"].holding(value).tolist() == [row in rows for row in range(5)]


@pytest.mark.parametrize("rare", [pytest.param(30, id="few"), pytest.param(2, id="every second")])
@pytest.mark.parametrize("others", [pytest.param("hip", id="one"), pytest.param("hip,ankle")])
def test_who_holds_a_value_among_several_is_found_in_each_way(
    tmp_path: Path, rare: int, others: str
) -> None:
    """Where most rows hold one value, what stands first and the rest are compared apart; else few
    entries are looked up one by one, and past many of them it is counted."""
    held = [number % rare == 1 for number in range(90)]
    said = [f"{others},knee" if has else others for has in held]
    columns = written(tmp_path, [issue(n, body=body) for n, body in enumerate(said)])
    body = columns.values["body"]
    assert body.holding("knee").tolist() == held
    assert body.holding("hip").all()
    assert not body.empty().any()
    some = columns.select(np.arange(90) < 40)
    knees = {line.value: line.count for line in columns.tables(["body"], some)["body"]}
    assert knees.get("knee") == sum(held[:40])
    assert knees["hip"] == 40


def test_lines_of_a_table_are_read_as_of_a_list(five: Columns) -> None:
    table = five.tables(["body"], five.select(five.everything))["body"]
    lines = [
        FacetCount("knee", 3, 1),
        FacetCount("ankle", 1, 0),
        FacetCount("hip", 1, 0),
        FacetCount("neck", 1, 1),
        FacetCount(None, 1, 1),
    ]
    assert list(table) == lines == table
    assert [table[place] for place in range(-5, 5)] == lines * 2
    assert (table[1:3], table[-2:]) == (lines[1:3], lines[-2:])
    assert (len(table), hash(table), repr(table)) == (5, hash(5), repr(tuple(lines)))
    assert table != lines[:4]
    with pytest.raises(IndexError):
        table[5]


@pytest.mark.parametrize("rows", [[], [2], [0, 1], [0, 1, 3, 4], [0, 1, 2, 3, 4]])
def test_a_table_counts_what_is_selected(five: Columns, rows: list[int]) -> None:
    """Of more than half, the others are counted and taken away."""
    selection = five.select(np.isin(np.arange(5), rows))
    table = five.tables(["decision", "body"], selection)["decision"]
    won, lost = (sum(row in side for row in rows) for side in ({0, 2}, {1, 3, 4}))
    expected = {FacetCount("overturned", won, won), FacetCount("upheld", lost, 0)}
    assert set(table) == {line for line in expected if line.count}
    assert selection.size == len(rows)
    assert selection.rest.rows.tolist() == [row for row in range(5) if row not in rows]


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        pytest.param("relevance", [4, 1, 3, 0, 2], id="equal scores stay in order"),
        pytest.param("overturned", [0, 2, 4, 1, 3], id="overturned first, each by score"),
        pytest.param("age", [2, 0, 3, 4, 1], id="the highest first, none last"),
    ],
)
@pytest.mark.parametrize("limit", range(7))
def test_the_first_rows_of_an_order(five: Columns, sort: str, rows: list[int], limit: int) -> None:
    scores = np.array([1.0, 2.0, 0.5, 2.0, 3.0])
    expected = [(scores[row], row) for row in rows[:limit]]
    assert five.order(sort, np.arange(5), scores, limit) == expected
    some = np.array([1, 3, 4])
    expected = [(scores[row], row) for row in rows if row in some][:limit]
    assert five.order(sort, some, scores[some], limit) == expected


@pytest.mark.parametrize(
    ("low", "high", "rows"),
    [
        (None, None, [0, 2, 3, 4]),
        (40, None, [0, 2, 3]),
        (None, 40, [0, 3, 4]),
        (-7, -7, [4]),
        (41, 49, []),
        (ABSENT, None, [0, 2, 3, 4]),
    ],
)
def test_no_number_is_in_no_range(
    five: Columns, low: int | None, high: int | None, rows: list[int]
) -> None:
    assert np.flatnonzero(five.within(Range("age", low, high))).tolist() == rows


@given(rows=st.integers(0, 20), size=st.integers(0, 25))
def test_a_sample_is_spread_evenly(rows: int, size: int) -> None:
    columns = object.__new__(Columns)
    columns.everything = np.ones(rows, bool)
    columns.ids = np.array([str(row).encode() for row in range(rows)], "S2")
    sampled = [int(one) for one in columns.sample(size)]
    assert len(sampled) == min(rows, size)
    if len(sampled) > 1:
        assert (sampled[0], sampled[-1]) == (0, rows - 1)
        steps = np.diff(sampled)
        assert steps.min() >= 1
        assert steps.max() - steps.min() <= 1


def test_removed_documents_are_in_nothing(five: Columns, tmp_path: Path) -> None:
    updated = ColumnsWriter(five, ["CM16-0000000", "CM16-0000004", "CM16-9999999"])
    updated.add([issue(5, body="neck", decision="overturned")])
    assert updated.write(tmp_path) == 4
    columns = Columns(tmp_path)
    assert (len(columns), columns.count, columns.cases()) == (6, 4, 4)
    assert columns.sample(2) == ("CM16-0000001#1", "CM16-0000005#1")
    assert columns.select(np.ones(6, bool)).rows.tolist() == [1, 2, 3, 5]
    assert columns.values["body"].whole == [
        FacetCount("hip", 1, 0),
        FacetCount("knee", 1, 0),
        FacetCount("neck", 1, 1),
        FacetCount(None, 1, 1),
    ]
    most = columns.select(np.arange(6) != 2)
    assert columns.tables(["body"], most)["body"] == [
        FacetCount("hip", 1, 0),
        FacetCount("knee", 1, 0),
        FacetCount("neck", 1, 1),
    ]
    assert most.rest.rows.tolist() == [2]
    assert [columns.case(row) for row in (0, 5)] == ["CM16-0000000", "CM16-0000005"]


def test_a_hit_names_some_of_those_with_the_same_wording(tmp_path: Path) -> None:
    said = "The records show no plan for surgery of the knee, so it is not necessary."
    many = MAX_SAME + 3
    columns = written(tmp_path, [issue(n, said=said, decision="upheld") for n in range(many)])
    selection = columns.select(np.arange(many) != 1)
    hit = columns.folded_hit(2, 4.5, selection)
    ids = [f"CM16-{number:07}#1" for number in range(many)]
    assert hit == Hit(ids[2], 4.5, MAX_SAME + 1, tuple([ids[0], *ids[3:]][:MAX_SAME]))
    assert columns.folded_hit(many - 1, 0.0, selection).same == tuple([ids[0], *ids[2:]][:MAX_SAME])
    assert columns.count_wordings(selection) == 1
