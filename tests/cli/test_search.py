"""``imrsearch search``."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import Run


def found(ask: Run, *words: str) -> dict[str, object]:
    value: dict[str, object] = json.loads(ask("search", *words, "--json").stdout)
    return value


def test_issues_not_cases(ask: Run) -> None:
    """A case with chiropractic overturned and something else upheld is not among them."""
    result = found(ask, "decision:upheld service:chiropractic*")
    rows = result["results"]
    assert isinstance(rows, list)
    assert rows
    for row in rows:
        assert row["decision"] == "upheld"
        assert "chiropractic" in row["service"].lower()
    assert "CM16-0000101" not in {row["case_id"] for row in rows}


def test_the_json_contract(ask: Run) -> None:
    result = found(ask, "chiropractic")
    assert {"query", "total", "outcome", "results", "facets", "notes", "partial", "build"} <= set(
        result
    )
    row = result["results"][0]  # type: ignore[index]
    assert row["url"] == f"/case/{row['case_id']}#issue-{row['number']}"
    assert "<mark>" in "".join(excerpt["html"] for excerpt in row["excerpts"])


def test_filters_are_options(ask: Run) -> None:
    every = found(ask, "chiropractic")
    upheld = found(ask, "chiropractic", "--decision", "upheld")
    without = found(ask, "chiropractic", "--not", "decision", "upheld")
    assert upheld["total"] + without["total"] == every["total"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("option", "typed", "value"),
    [
        ("--decision", "Overturned", "overturned"),
        ("--decision", "approved", "overturned"),
        ("--body", "lumbar", "low back"),
        ("--state", "ca", "California"),
        ("--treatment", "Norco", "hydrocodone/acetaminophen"),
        ("--subcategory", "opioids", "Pharmaceuticals > Opioids"),
        ("--year", "2013..2016", "2013..2016"),
    ],
)
def test_values_are_known_by_all_their_names(ask: Run, option: str, typed: str, value: str) -> None:
    result = found(ask, option, typed)
    assert result["query"]["filters"] == {option[2:]: [value]}  # type: ignore[index]
    assert result["total"]


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("--treatment", "acupunctur"), "Nearest: acupuncture"),
        (("--state", "Atlantis"), "“Reviewer licensed in”"),
        (("--decision", "perhaps"), "Most frequent: upheld"),
        (("--not", "body", "moustache"), "“Body part”"),
        (("treatment:acupunctur",), "Nearest: acupuncture"),
        (("body:moustache", "--csv"), "“Body part”"),
    ],
)
def test_an_unknown_value_is_an_error_that_names_the_nearest(
    ask: Run, words: tuple[str, ...], near: str
) -> None:
    result = ask("search", *words)
    assert result.exit_code == 2
    assert near in result.output
    assert "0 issues" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("export", "treatment:acupunctur"),
        ("export", "--treatment", "acupunctur"),
        ("facets", "decision", "--treatment", "acupunctur"),
        ("reasons", "treatment:acupunctur"),
    ],
)
def test_every_command_that_searches_refuses_an_unknown_value(
    ask: Run, words: tuple[str, ...]
) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert "Nearest: acupuncture" in result.output


def test_issues_that_only_mention_a_treatment(ask: Run) -> None:
    disputed, mentioned = found(ask, "acupuncture"), found(ask, "acupuncture", "--mentions")
    more = mentioned["total"] - disputed["total"]  # type: ignore[operator]
    assert more == disputed["only_mentioned"] == mentioned["only_mentioned"]
    assert more > 0


def test_an_unknown_facet_is_wrong_usage(ask: Run) -> None:
    assert ask("search", "x", "--not", "colour", "red").exit_code == 2


def test_nothing_found_is_no_error(ask: Run) -> None:
    result = ask("search", "xylophone")
    assert result.exit_code == 0
    assert result.output.startswith("0 issues")


def test_csv(ask: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("search", "chiropractic", "--csv").stdout)))
    assert len(rows) == found(ask, "chiropractic")["total"]
    assert {row["decision"] for row in rows} == {"upheld", "overturned"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sort", "oldest"), {"sort": "oldest", "group": "", "page": 1}),
        (("--group", "case"), {"sort": "relevance", "group": "case", "page": 1}),
        (("--page", "2"), {"sort": "relevance", "group": "", "page": 2}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_options_order_group_and_turn_the_results(
    ask: Run, words: tuple[str, ...], told: dict[str, object]
) -> None:
    query = found(ask, "pain", *words)["query"]
    assert isinstance(query, dict)
    assert {name: query[name] for name in told} == told


def test_most_of_the_words_are_enough_if_that_is_asked_for(ask: Run) -> None:
    every, most = (
        found(ask, "chiropractic gym visits", "--match", match)["total"]
        for match in ("all", "most")
    )
    assert isinstance(every, int)
    assert isinstance(most, int)
    assert every < most


def test_words_are_searched_as_typed_where_that_is_asked_for(ask: Run) -> None:
    """Without other names of a treatment, and without a correction of the spelling."""
    assert found(ask, "acupunture")["total"]
    assert not found(ask, "acupunture", "--as-typed")["total"]


def test_columns_are_told_with_the_page_and_keep_to_their_line(ask: Run) -> None:
    """A rationale has line ends of its own; what is told of the page is not among the rows."""
    told = ask("search", "chiropractic", "--columns", "case_id, rationale", "--limit", "3")
    head, *rows = told.stdout.splitlines()
    assert head == "case_id\trationale"
    assert [row.count("\t") for row in rows] == [1, 1, 1]
    assert told.stderr.splitlines()[-1].startswith("1–3 of ")
