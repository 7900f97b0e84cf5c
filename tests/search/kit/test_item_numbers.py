"""Which items labels and sentences speak of; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.item_numbers import numbers_begun, numbers_told, referred_numbers


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Rationale for items 2 and 3", ["2", "3"]),
        ("Lines 2 to 4", ["2", "3", "4"]),
        ("Request No. 2", ["2"]),
        ("Requests #2-4", ["2", "3", "4"]),
        ("Service two", ["2"]),
        ("Criteria for Issue A", ["A"]),
        ("Reasons (b), (c)", ["b", "c"]),
        ("Lines 1, 3 through 5 and 7", ["1", "3", "4", "5", "7"]),
        ("A and B", ["A", "B"]),
        ("1, 2 and 4", ["1", "2", "4"]),
        ("Rationale", []),
    ],
)
def test_labels(label: str, numbers: list[str]) -> None:
    assert [one for one in referred_numbers(label) if "row" not in one] == numbers


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("As to (1), no film was made.", ["1"]),
        ("With regard to item 02, he walks.", ["2"]),
        ("Items 2, 3 and 4 fall with the surgery.", ["2", "3", "4"]),
        ("Regarding requests two through four, …", ["2", "3", "4"]),
        ("(2),(3) Since the release is refused they fall.", ["2", "3"]),
        ("(b) and (c): no operation, no stay.", ["b", "c"]),
        ("(2) alone is an item of its own.", []),
        ("Services 4 hours a day were asked for.", []),
        ("The surgery in item 1 is not approved.", []),
    ],
)
def test_beginnings(sentence: str, numbers: list[str]) -> None:
    assert [one for one in numbers_begun(sentence) if "row" not in one] == numbers


def test_rows_are_counted() -> None:
    assert numbers_told("Approved: row 4 only") == ("4", "row 4")
