"""``imrsearch show``."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("case_id", ["CM16-0000101", "cm16-0000101"])
def test_show(ask: Run, case_id: str) -> None:
    assert "CM16-0000101" in ask("show", case_id).output
    assert json.loads(ask("show", case_id, "--json").stdout)["case_id"] == "CM16-0000101"


@pytest.mark.parametrize(
    ("case_id", "cited"),
    [
        ("CM16-0000106", "ODG Shoulder: Continuous-flow cryotherapy"),
        ("CM16-0000119", "ACOEM ch. 13, Knee Complaints, pp. 343, 344, 345"),
    ],
)
def test_citations_name_the_work(ask: Run, case_id: str, cited: str) -> None:
    assert cited in " ".join(ask("show", case_id).output.split())


def test_show_an_unknown_case(ask: Run) -> None:
    result = ask("show", "CM99-9999999")
    assert result.exit_code == 1
    assert result.output.count("\n") == 1


def test_show_one_issue_of_a_case(ask: Run) -> None:
    (whole, one) = (
        json.loads(ask("show", named, "--json").stdout)
        for named in ("CM16-0000101", "CM16-0000101#2")
    )
    assert one == whole | {"issues": [whole["issues"][1]]}
    assert ask("show", "CM16-0000101#9").exit_code == 1
