"""What a terminal and a pipe show: blocks within 80 columns, tables, everything of a case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from imrsearch.schema import FACETS
from tests.cli.conftest import Run


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
