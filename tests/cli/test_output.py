"""What a terminal and a pipe show of results: blocks within 80 columns, tables, facets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from inspect import cleandoc
from typing import Any

import pytest

from imrsearch.cli.output import page_words, show_both_sides, show_facet, show_result
from imrsearch.model import Citation
from imrsearch.query.notes import Note
from imrsearch.schema import FACETS
from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, FacetValue, SearchResult
from imrsearch.search.similar import BothSides
from tests.cli.conftest import Run
from tests.search.memory import search


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, without the blanks that fill the lines."""
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())


def result(**changes: object) -> SearchResult:
    """The third page of a search, with two issues."""
    third_page = replace(search("q=visits"), page=3, pages=3)
    return replace(third_page, **changes)  # type: ignore[arg-type]


def test_a_page_of_results_is_numbered_on_from_the_page_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (first, second) = search("q=visits").rows
    cites = tuple(Citation(None, "other", None, None, None, (), (), name) for name in "AB")
    show_result(
        result(
            total=22,
            rows=(
                replace(first, excerpts=first.excerpts[:1], citations=cites),
                replace(second, excerpts=(), decided=None, decision=None, others=1200),
            ),
            notes=(Note("wildcard", "Read so."), Note("only-mentioned", "3 more mention it.")),
            close=(replace(first, excerpts=()), replace(second, excerpts=())),
        )
    )
    assert shown(capsys) == cleandoc(
        """
        22 issues: 1 overturned (too few for a rate)
        Read as: visits, in all text
        Note: Read so.
        Note: 3 more mention it. (--mentions)

        21. CM16-0000001 #1  Overturned  2016-12-09
           Chiropractic care 6 visits
           rationale: Six visits are necessary.
           reviewer cites: A; B

        22. CM16-0000002 #1  Decision unknown  no date
           Chiropractic care 12 visits
           + 1,200 with the same wording

        Close matches, not counted:
        1. CM16-0000001 #1  Overturned  2016-12-09
           Chiropractic care 6 visits

        2. CM16-0000002 #1  Upheld  2014-03-01
           Chiropractic care 12 visits

        21–22 of 22; page 3 of 3
        """
    )


def found(ask: Run, *words: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(ask("search", *words, "--json").stdout)
    return value


def test_a_block_for_each_issue_within_80_columns(ask: Run) -> None:
    output = ask("search", "chiropractic").output
    assert all(len(line) <= 80 for line in output.splitlines())
    first = " ".join(output.splitlines()[:2])
    assert re.match(r"\d+ issues: \d+ overturned \(.*whole\s+collection\s+\d+%\)", first)
    heads = re.findall(r"^\d+\. (\S+) #(\d+)  (\w+)", output, re.MULTILINE)
    assert [(case, int(number), word.lower()) for case, number, word in heads] == [
        (row["case_id"], row["number"], row["decision"])
        for row in found(ask, "chiropractic")["results"]
    ]
    assert "reviewer cites: " in output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--year", "2016..2017"), "Read as: all issues, Year decided: 2016 to 2017"),
        (("cane", "--not", "body", "knee"), "Read as: disputed (cane), Body part: not Knee"),
    ],
)
def test_filters_are_told_with_the_reading(ask: Run, words: tuple[str, ...], told: str) -> None:
    assert told in ask("search", *words).output


def test_what_is_close_stands_apart(ask: Run) -> None:
    """Under a line of its own, after the count of what matches all of the search."""
    output = ask("search", "chiropractic", "gym").output
    above, _, below = output.partition("Close matches, not counted:")
    shown = found(ask, "chiropractic", "gym")
    assert output.startswith(f"{shown['total']} issue")
    for part, match in ((above, "all"), (below, "close")):
        cases = [row["case_id"] for row in shown["results"] if row["match"] == match]
        assert re.findall(r"^\d+\. (\S+) #", part, re.MULTILINE) == cases
    assert below


def test_of_few_issues_no_rate_is_told(ask: Run) -> None:
    output = ask("search", "case:CM16-0000101").output
    assert "too few for a rate" in output.splitlines()[0]


@pytest.mark.parametrize(
    "search", [("--decision", "overturned"), ("decision:overturn",), ("knee NOT decision:upheld",)]
)
def test_of_issues_chosen_by_their_decision_no_rate_is_told(
    search: tuple[str, ...], ask: Run
) -> None:
    first = ask("search", *search).output.splitlines()[0]
    assert "(selected by decision: no rate)" in first
    assert "%" not in first


def test_pages_are_counted_and_can_be_turned(ask: Run) -> None:
    output = ask("search", "--limit", "7", "--page", "2").output
    assert re.search(r"^8–14 of \d+; page 2 of \d+\. Next: --page 3$", output, re.MULTILINE)
    assert len(re.findall(r"^\d+\. \S+ #", output, re.MULTILINE)) == 7
    assert "\n8. " in output


def test_columns_are_for_pipes(ask: Run) -> None:
    lines = ask("search", "chiropractic", "--columns", "case_id,decision,age").stdout.splitlines()
    assert lines[0] == "case_id\tdecision\tage"
    assert all(line.count("\t") == 2 for line in lines)
    results = found(ask, "chiropractic")["results"]
    assert len(lines) == 1 + sum(row["match"] == "all" for row in results)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("serch", "mri"), "Did you mean search?"),
        (("xyzzy",), "There are index, "),
        (("facets", "bodi"), "Did you mean body?"),
        (("search", "--columns", "servise"), "Did you mean service?"),
        (("search", "--not", "catgory", "x"), "Did you mean category"),
    ],
)
def test_what_was_meant_is_offered(ask: Run, words: tuple[str, ...], told: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rows": ()}, "Nothing to show."),
        ({"page": 1, "pages": 1}, "1–2 of 2; page 1 of 1"),
        ({"page": 1, "pages": 3, "total": 1204}, "1–2 of 1,204; page 1 of 3. Next: --page 2"),
        ({"page": 121, "pages": 121, "total": 1202}, "1,201–1,202 of 1,202; page 121 of 121"),
        (
            {"page": 1, "pages": 1, "wordings": 2, "total": 1500},
            "1–2 of 2 wordings in 1,500 issues; page 1 of 1",
        ),
    ],
)
def test_a_page_tells_what_it_shows_and_how_to_go_on(changes: dict[str, Any], told: str) -> None:
    assert page_words(result(**changes)) == told


@pytest.mark.parametrize(
    ("issues", "overturned", "everywhere", "told"),
    [
        (0, 0, 0.12, "0 issues"),
        (9, 3, 0.12, "9 issues: 3 overturned (too few for a rate)"),
        (10, 3, None, "10 issues: 3 overturned (30%, likely 11–60%)"),
        (
            1204,
            1100,
            0.12,
            "1,204 issues: 1,100 overturned (91%, likely 90–93%; whole collection 12%)",
        ),
        (1204, 1100, None, "1,204 issues: 1,100 overturned (91%, likely 90–93%)"),
    ],
)
def test_the_rate_is_told_with_its_range_and_that_of_everything(
    issues: int,
    overturned: int,
    everywhere: float | None,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_result(result(total=issues, outcome=outcome(issues, overturned, everywhere)))
    printed = shown(capsys)
    assert printed.splitlines()[0] == told
    assert "Close matches" not in printed


def test_both_sides_are_told_also_where_one_has_no_issue(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (row, other) = (replace(row, excerpts=()) for row in search("q=visits").rows)
    show_both_sides(BothSides((row, other), ()))
    assert shown(capsys).rstrip() == cleandoc(
        """
        Nearest overturned
        1. CM16-0000001 #1  Overturned  2016-12-09
           Chiropractic care 6 visits
        2. CM16-0000002 #1  Upheld  2014-03-01
           Chiropractic care 12 visits

        Nearest upheld
           No issue of this kind was upheld.
        """
    )


def test_the_values_of_a_facet_stand_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """A label is told where it says more than the value; a pipe gets each value on one line."""
    label = "California" + " and more" * 9
    values = (
        FacetValue("low back", "Low back", 1204, 12, False, ""),
        FacetValue("ca", label, 1, 1, False, ""),
    )
    show_facet(Facet("body", "Body part", values))
    assert shown(capsys).splitlines() == [
        "Body part: 2 values",
        "low back    1,204 issues     12 overturned",
        f"ca              1 issue       1 overturned  {label}",
    ]
    show_facet(Facet("body", "Body part", ()))
    assert shown(capsys) == "Body part: 0 values"


def test_facets_are_listed(ask: Run) -> None:
    output = ask("facets").output
    assert [line.split()[0] for line in output.splitlines()] == list(FACETS)


def test_the_values_of_a_facet_sum_up_to_the_search(ask: Run) -> None:
    lines = ask("facets", "decision", "chiropractic").output.splitlines()[1:]
    counts = [int(re.sub(r".*?([\d,]+) issues.*", r"\1", line)) for line in lines]
    assert sum(counts) == found(ask, "chiropractic")["total"]
    values = json.loads(ask("facets", "decision", "chiropractic", "--json").stdout)["values"]
    assert [value["count"] for value in values] == counts


@pytest.mark.parametrize("case_id", ["CM16-0000101", "CM16-0000105", "CM15-0000103"])
def test_show_prints_everything(ask: Run, case_id: str) -> None:
    """Every text and number of the case stands in the output, wherever lines are broken."""
    case = json.loads(ask("show", case_id, "--json").stdout)
    lines = (line.strip() for line in ask("show", case_id).output.splitlines())
    output = "".join("".join(lines).split())
    missing = [one for one in _leaves(case) if "".join(str(one).split()) not in output]
    assert missing == []


# How the reader filed a fact; a citation's text stands in the statement.
_FILED = ("basis", "guideline", "family", "chapter", "chapter_inferred", "decision", "span")


def _leaves(value: object, key: str = "") -> Iterator[object]:
    """The texts and numbers in a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    elif value is not None and not isinstance(value, bool) and key not in _FILED:
        yield value
