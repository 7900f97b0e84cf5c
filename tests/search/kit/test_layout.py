"""How forms, screens and lists are laid out; each row is another office's screen or print."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.layout import with_colons
from imrsearch.search.kit.reading import read_requests

SCREENS = {
    "a payer's site": (
        "ITEM                Home health care\nASKED FOR           3 weeks\n"
        "RESULT              No\nREMARK              She goes out to church and to the store.\n"
    ),
    "a print with other words": (
        "Service             Home health care\nRequested           3 weeks\n"
        "Determination       Denied\nRationale           She goes out to the store.\n"
    ),
    "copied with tabs": (
        "Treatment\tHome health care\nQuantity\t3 weeks\nDecision\tDenied\n"
        "Comments\tShe goes out.\n"
    ),
    "a value on two lines": (
        "Item            Home health care\nAmount          3 weeks\nOutcome         Not certified\n"
        "Reason          She goes out to church and\n                to the store.\n"
    ),
    "fields of the person between": (
        "Treatment       Home health care\nDuration        3 weeks\nMember          A. Sample\n"
        "Status          Denied\n"
    ),
    "a heading above": (
        "REVIEW 17     FINAL\n\nProcedure         Home health care\nUnits             3 weeks\n"
        "Ruling            No\n"
    ),
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_screen_s_fields(screen: str) -> None:
    (request,) = read_requests(f"The patient fell.\n\n{screen}")
    assert request.treatment == "home health care"
    assert request.quantity is not None
    assert request.quantity.amount == 3


@pytest.mark.parametrize(
    "table",
    [
        ["Item          Decision", "Cane          Denied", "Walker        Certified"],
        ["Cane               DENIED", "Knee brace         DENIED"],
        ["Monday          closed", "Tuesday         open"],
        ["ITEM            Cane", "then prose that ends the run."],
    ],
)
def test_what_is_no_column_of_labels(table: list[str]) -> None:
    assert with_colons(table) == table


def test_each_item_of_a_screen() -> None:
    cane, bed = read_requests(
        "ITEM         Cane\nRESULT       Denied\nREASON       He walks a mile without help.\n\n"
        "ITEM         Hospital bed\nRESULT       Denied\nREASON       X-rays were not submitted.\n"
    )
    assert [one.criterion for one in cane.reasons] == ["assistance-need"]
    assert [one.criterion for one in bed.reasons] == ["test-corroboration"]
