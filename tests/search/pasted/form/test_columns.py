"""Tables in columns whose cells run over several lines; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.columns import in_rows
from imrsearch.search.pasted.reading import read_requests, read_text

TABLES = {
    "cells over several lines": (
        (
            "Treatment Requested      Decision       Reason\n\n"
            "Cognitive behavioral     MODIFIED       Too many sessions\n"
            "therapy, 12 sessions     4 sessions     for a trial.\n\n"
            "Xanax 0.5 mg #60         DENIED         Used for years.\n\n"
            "Reviewer: a psychologist, who can be called on weekdays"
        ),
        [
            "| Treatment Requested | Decision | Reason |",
            (
                "| Cognitive behavioral therapy, 12 sessions | MODIFIED 4 sessions"
                " | Too many sessions for a trial. |"
            ),
            "| Xanax 0.5 mg #60 | DENIED | Used for years. |",
            "",
            "Reviewer: a psychologist, who can be called on weekdays",
        ],
    ),
    "no blank lines: a row begins with its decision": (
        (
            "Service          Outcome and reason\n"
            "Knee brace       DENIED. The knee\n"
            "                 is stable.\n"
            "Cane             APPROVED."
        ),
        [
            "| Service | Outcome and reason |",
            "| Knee brace | DENIED. The knee is stable. |",
            "| Cane | APPROVED. |",
        ],
    ),
    "codes that a legend explains": (
        (
            "Line  Description      Action    Remark\n"
            "1     Knee brace       DENIED    R12\n"
            "2     Cane             ALLOWED\n"
            "\nR12  The knee\n     is stable."
        ),
        [
            "| Line | Description | Action | Remark |",
            "| 1 | Knee brace | DENIED | The knee is stable. |",
            "| 2 | Cane | ALLOWED |  |",
            "",
            "",
            "",
        ],
    ),
    "a heading below ends the table": (
        "Service          Decision\nKnee brace       DENIED\nRationale\nThe knee is stable.",
        ["| Service | Decision |", "| Knee brace | DENIED |", "Rationale", "The knee is stable."],
    ),
    "prose with wide blanks is no table": (
        "The  service was  denied.\nNo  reason.",
        ["The  service was  denied.", "No  reason."],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_rows_on_one_line(text: str, expected: list[str]) -> None:
    assert in_rows(text.split("\n")) == expected


def test_a_row_has_its_decision_and_reason() -> None:
    reading = read_text(TABLES["codes that a legend explains"][0])
    (brace,) = reading.requests
    assert brace.treatment == "knee brace"
    assert brace.reasons[0].evidence == "The knee is stable."
    assert reading.certified == ("cane",)


@pytest.mark.parametrize(
    ("code", "legend"),
    [("A", "A   "), ("B", "(B) "), ("2", "2. "), ("*", "*  "), ("R-1", "R-1: ")],
)
def test_a_legend_explains_the_codes(code: str, legend: str) -> None:
    (brace,) = read_requests(
        "SERVICE               DECISION        REASON(S)     SOURCE\n"
        f"Knee brace, right     Not certified   {code:<9}     ACOEM ch. 13 p. 340\n\n"
        f"KEY TO REASONS\n{legend}There is no instability of the knee on examination.\n"
    )
    assert [one.criterion for one in brace.reasons] == ["objective-findings"]
    assert [one.pages for one in brace.citations] == [(340,)]
