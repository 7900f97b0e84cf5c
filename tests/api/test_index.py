"""An index folder in a script: search, cases, issues, exports."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

import imrsearch
from imrsearch.cli import cli
from imrsearch.search.results import to_json
from imrsearch.system.errors import IndexClosed, NotFound, NotIndexed, UnknownValue
from imrsearch.system.settings import Settings


@pytest.fixture(scope="module")
def index(sample_index: Settings) -> Iterator[imrsearch.Index]:
    with imrsearch.open_index(sample_index.index) as opened:
        yield opened


def test_a_search_finds_what_the_command_finds(index: imrsearch.Index) -> None:
    found = index.search("chiropractic", decision="overturned", sort="newest")
    chosen = ["--decision", "overturned", "--sort", "newest", "--json"]
    command = ["--index", str(index.settings.index), "search", "chiropractic", *chosen]
    told = CliRunner().invoke(cli, command)
    assert found.total
    assert json.loads(told.output) == json.loads(json.dumps(to_json(found)))


@pytest.mark.parametrize(
    ("facets", "exclude", "url"),
    [
        pytest.param({"body": ["neck", "knee"]}, None, "body=neck&body=knee", id="any of two"),
        pytest.param({"decision": "upheld", "body": ("neck",)}, None, "decision=upheld&body=neck"),
        pytest.param({}, {"body": "neck"}, "not.body=neck", id="left out"),
        pytest.param({"year": "2014..2016"}, {"era": ["notice"]}, "year=2014..2016&not.era=notice"),
    ],
)
def test_keywords_are_facets(
    index: imrsearch.Index,
    facets: dict[str, str | list[str]],
    exclude: dict[str, str] | None,
    url: str,
) -> None:
    state = imrsearch.SearchState.from_url(url)
    by_keywords = index.search(exclude=exclude, **facets)  # type: ignore[arg-type]
    assert by_keywords == index.search_state(state)


def test_all_options_reach_the_search(index: imrsearch.Index) -> None:
    result = index.search("MRI lumbar", per_page=20, match="most", group="case", as_typed=True)
    assert (result.per_page, result.match, result.group) == (20, "most", "case")
    assert "expanded" not in {note.code for note in result.notes}
    assert index.search("the", page=2, as_typed=True).page == 2


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"colour": "red"}, TypeError, "no facet 'colour'; there are decision"),
        ({"exclude": {"colour": "red"}}, TypeError, "no facet 'colour'"),
        ({"body": "nope"}, UnknownValue, "“nope”"),  # as the command: an empty result said nothing
        ({"exclude": {"body": "nope"}}, UnknownValue, "“nope”"),
        ({"sort": "best"}, ValueError, "sort='best' is none of"),
        ({"per_page": 11}, ValueError, "per_page=11"),
        ({"match": "some"}, ValueError, "match='some'"),
        ({"group": "year"}, ValueError, "group='year'"),
    ],
)
def test_what_does_not_exist_is_refused(
    index: imrsearch.Index, options: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        index.search("mri", **options)  # type: ignore[arg-type]  # what a typo may be


def test_a_case_by_its_number_in_any_form(index: imrsearch.Index) -> None:
    case = index.case("cm16-0000101")
    assert case.case_id == "CM16-0000101"
    span = case.evidence["issues.1.service"]
    assert index.text("CM16-0000101")[span.start : span.end]
    with pytest.raises(NotFound):
        index.case("CM00-0000000")
    with pytest.raises(NotFound):
        index.text("CM00-0000000")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        pytest.param("CM16-0000101#2", 2, id="as cited"),
        pytest.param("cm16-0000101#1", 1, id="in small letters"),
        pytest.param("CM16-0000104", 1, id="the only issue of its case"),
    ],
)
def test_an_issue_by_its_number(index: imrsearch.Index, asked: str, number: int) -> None:
    case, issue = index.issue(asked)
    assert case == index.case(asked.partition("#")[0])
    assert issue == case.issues[number - 1]
    assert issue.number == number


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        pytest.param("CM16-0000101", "CM16-0000101#1, CM16-0000101#2", id="which of two?"),
        pytest.param("cm16-0000101#3", "CM16-0000101#1, CM16-0000101#2", id="there are two"),
        pytest.param("CM16-0000104#2", "CM16-0000104#1", id="there is one"),
        pytest.param("CM16-0000101#one", "CM16-0000101#1, CM16-0000101#2", id="no number"),
    ],
)
def test_an_issue_that_is_not_there_is_answered_by_those_that_are(
    index: imrsearch.Index, asked: str, hint: str
) -> None:
    with pytest.raises(NotFound) as refused:
        index.issue(asked)
    assert str(refused.value) == f"There is no issue “{asked}”."
    assert refused.value.hint == f"This case has {hint}."


def test_an_issue_with_its_like_and_its_citation(index: imrsearch.Index) -> None:
    """Those of other cases, on either side; cited by its address on the site."""
    both = index.similar("CM16-0000101#1")
    assert {row.decision for row in both.overturned} == {"overturned"}
    assert {row.decision for row in both.upheld} == {"upheld"}
    assert all(row.case_id != "CM16-0000101" for row in (*both.overturned, *both.upheld))
    assert {row.issue.treatment for row in both.upheld} == {"chiropractic"}
    cited = index.cite("CM16-0000101#1")
    assert cited.url.endswith("/case/CM16-0000101#issue-1")
    assert cited.citation.endswith(f"(index build {index.build}).")
    assert cited.sentence in index.text("CM16-0000101").replace("\n", " ")


def test_every_row_one_facet_and_the_reasons_of_a_search(index: imrsearch.Index) -> None:
    state = imrsearch.SearchState("injection", mentions=True)
    found = index.search_state(state)
    rows = list(index.every_row(state))
    assert len(rows) == found.total > len(found.rows)
    assert {row.excerpts for row in rows} == {()}
    decisions = index.facet("decision", state)
    assert sum(value.count for value in decisions.values) == found.total
    with pytest.raises(NotFound, match="colour"):
        index.facet("colour", state)
    assert (index.won_lost(state).q, index.won_lost(state).total) == ("injection", found.total)


def test_every_issue_as_a_row(index: imrsearch.Index) -> None:
    rows = list(index.issues())
    assert len(rows) == sum(len(case.issues) for case in index.cases())
    assert [row["case_id"] for row in rows] == sorted(row["case_id"] for row in rows)
    assert len({tuple(row) for row in rows}) == 1  # the same keys in each
    row = next(row for row in rows if row["case_id"] == "CM16-0000101")
    case = index.case("CM16-0000101")
    assert row["dates_decided"] == str(case.dates.decided)
    assert row["patient_age"] == case.patient.age
    assert row["service"] == case.issues[0].service
    assert json.loads(json.dumps(row)) == row


def test_an_export_holds_all_rows(index: imrsearch.Index) -> None:
    state = imrsearch.SearchState("injection", mentions=True)
    assert len(index.export(state).rows) == index.search_state(state).total > 10


def test_settings_can_be_given(sample_index: Settings) -> None:
    with imrsearch.open_index(sample_index.index, max_export=3) as index:
        assert len(index.export(imrsearch.SearchState()).rows) == 3
        assert repr(index) == f"Index({str(sample_index.index)!r})"


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda index: index.search("mri"), id="a search: rows were shown as damaged"),
        pytest.param(lambda index: index.search("zebra"), id="a search that reads no letter"),
        pytest.param(lambda index: index.case("CM16-0000101"), id="a case"),
        pytest.param(lambda index: next(index.cases()), id="all cases"),
        pytest.param(lambda index: index.kit("MRI of the knee is denied."), id="a kit"),
        pytest.param(lambda index: index.build, id="the build"),
    ],
)
def test_a_closed_index_says_so(
    sample_index: Settings, ask: Callable[[imrsearch.Index], object]
) -> None:
    index = imrsearch.open_index(sample_index.index)
    index.close()
    with pytest.raises(IndexClosed, match="is closed"):
        ask(index)


def test_an_index_of_another_thread_is_no_damaged_one(sample_index: Settings) -> None:
    with imrsearch.open_index(sample_index.index) as index, ThreadPoolExecutor(1) as pool:
        found = pool.submit(index.case, "CM16-0000101").exception()
    assert isinstance(found, sqlite3.ProgrammingError)


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NotIndexed):
        imrsearch.open_index(tmp_path)
