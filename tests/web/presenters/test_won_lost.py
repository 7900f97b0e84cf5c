"""The page of what won and what lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from imrsearch.search.results import Facet, FacetValue, ReasonRow, ReasonSentence, ReasonSide
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import WonLost
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.won_lost import (
    ShownSentence,
    ShownSide,
    reason_panel,
    shown_rows,
)
from tests.search.memory import search
from tests.web.markup import Page, rendered


def side(count: int) -> ReasonSide:
    return ReasonSide("Pain relief documented", count, "/search?reason=x", ())


@pytest.mark.parametrize(
    ("met", "low", "high", "told"),
    [
        pytest.param(
            4,
            0.117,
            0.546,
            "Of 14 issues that it decided, 4 were overturned: 29%, likely 12–55%",
            id="with its interval",
        ),
        pytest.param(
            1,
            0.016,
            0.377,
            "Of 11 issues that it decided, 1 was overturned: 9%, likely 2–38%",
            id="a single one",
        ),
        pytest.param(4, None, None, "", id="too few to tell a share"),
    ],
)
def test_the_share_of_a_reason(met: int, low: float | None, high: float | None, told: str) -> None:
    row = ReasonRow("pain-relief", side(met), side(10), low, high)
    table = WonLost("", "/search", 14, 4, (row,), 0, "/search", partial=False, build="b")
    assert shown_rows(table)[0].range == told


def told(count: int, label: str = "Red flags") -> ReasonSide:
    """A side with three sentences."""
    sentences = (
        ReasonSentence("CM16-1", n, "MRI", f"Sentence {n}.", f"/case/CM16-1#issue-{n}")
        for n in (1, 2, 3)
    )
    return ReasonSide(label, count, f"/search?reason={count}", tuple(sentences))


ROWS = (
    ReasonRow("red-flags", told(1200), told(0, "No red flags"), None, None),
    ReasonRow("pain-relief", told(3, "Pain relief"), told(3, "No pain relief"), None, None),
    ReasonRow("frequency", told(2, "Frequency within"), told(9, "Frequency too high"), 0.1, 0.4),
)
TABLE = WonLost(
    "mri",
    "/search?q=mri",
    1400,
    1300,
    ROWS,
    without=1,
    without_url="/search?q=mri&reason=~unknown",
    partial=True,
    build="build-1",
)


def test_the_page(client: FlaskClient) -> None:
    state = SearchState.from_url("q=mri&body=knee&page=2")
    rows = shown_rows(TABLE)

    def page(table: WonLost) -> Page:
        return rendered(
            client, "reasons.html", state=state, table=table, subject=" for “mri”", rows=rows
        )

    told = page(TABLE)
    assert told.text("h1") == "What won, what lost for “mri”"
    assert "1,400 issues, 1,300 of 1,400 (93%) overturned." in told.text("main")
    assert "only what was found in time is counted" in told.text("main")
    links = told.links()
    assert links["Show the issues"] == "/search?q=mri"
    assert links["1 issue without a recognised reason"] == "/search?q=mri&reason=~unknown"
    addresses = [told.all("link", rel="canonical")[0].attributes["href"], links["CSV"]]
    assert [*addresses, links["JSON"]] == [
        f"/reasons{form}?body=knee&page=2&q=mri" for form in ("", ".csv", ".json")
    ]
    assert "build-1" in told.text("footer")
    assert [row.criterion for row in rows] == ["red-flags", "pain-relief", "frequency"]
    whole = page(replace(TABLE, without=0, partial=False)).text("main")
    assert "without a recognised reason" not in whole and "in time" not in whole


def test_a_row_shows_both_sides_each_with_its_link_and_sentences() -> None:
    row = shown_rows(TABLE)[0]
    issue = Link("CM16-1 #2", "/case/CM16-1#issue-2")
    assert row.met.number == Link("1,200", "/search?reason=1200")
    assert row.met.sentences[1] == ShownSentence("Sentence 2.", issue)
    assert len(row.met.sentences) == 3
    assert (row.unmet.label, row.unmet.number) == ("No red flags", None)


def test_a_table_is_shown_as_far_as_there_is_room() -> None:
    rows = shown_rows(TABLE, most=2, sentences=1)
    assert [row.criterion for row in rows] == ["red-flags", "pain-relief"]
    assert [len(side.sentences) for row in rows for side in (row.met, row.unmet)] == [1] * 4
    assert len(shown_rows(TABLE)) == 3


def test_the_panel_above_the_results_names_the_weightier_side_of_each_criterion() -> None:
    result = replace(search("q=visits"), leading_reasons=ROWS)
    panel = reason_panel(result)
    assert panel is not None
    assert panel.summary == "red flags (1,200), frequency too high (9), pain relief (3)"
    assert [row.criterion for row in panel.rows] == ["red-flags", "pain-relief", "frequency"]
    assert isinstance(panel.rows[0].met, ShownSide)


def test_without_a_recognised_reason_there_is_no_panel() -> None:
    assert reason_panel(search("q=visits")) is None


@pytest.mark.parametrize(
    ("name", "value", "count", "shown"),
    [
        pytest.param("treatment", "mri", 6, True, id="more than half"),
        pytest.param("treatment", "mri", 5, False, id="half"),
        pytest.param("treatment", "~unknown", 9, False, id="of no known treatment"),
        pytest.param("body", "knee", 9, False, id="no treatment"),
    ],
)
def test_the_treatment_that_most_issues_dispute_has_its_page(
    name: str, value: str, count: int, shown: bool
) -> None:
    less = FacetValue("ct", "CT scan", 1, 0, False, "/")
    found = Facet(name, name, (FacetValue(value, "MRI scan", count, 0, False, "/"), less))
    empty = Facet("treatment", "Treatment", ())
    result = replace(search("q=visits"), total=10, leading_reasons=ROWS, facets=(empty, found))
    panel = reason_panel(result)
    assert panel is not None
    assert panel.treatment == (Link("All about MRI scan", "/treatments/mri") if shown else None)
