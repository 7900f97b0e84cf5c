"""``imrsearch similar``."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_both_sides_as_json_and_for_people(ask: Run) -> None:
    told = json.loads(ask("similar", "cm16-0000101#1", "--json").stdout)
    assert set(told) == {"overturned", "upheld", "build"}
    shown = ask("similar", "CM16-0000101#1").stdout
    assert max(map(len, shown.splitlines())) <= 80
    for side in ("overturned", "upheld"):
        for row in told[side]:
            assert row["decision"] == side
            assert row["case_id"] != "CM16-0000101"
            assert f"{row['case_id']} #{row['number']}" in shown


@pytest.mark.parametrize(
    ("issue", "message"),
    [
        ("CM16-0000101#9", "This case has CM16-0000101#1, CM16-0000101#2."),
        ("CM16-0000101", "This case has CM16-0000101#1, CM16-0000101#2."),
        ("CM99-0000001#1", "CM99-0000001"),
        ("#", "Error:"),
    ],
)
def test_an_issue_that_is_not_there(ask: Run, issue: str, message: str) -> None:
    refused = ask("similar", issue)
    assert refused.exit_code == 1
    assert message in refused.stderr
