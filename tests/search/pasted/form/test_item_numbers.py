"""Which items labels and sentences speak of; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.item_numbers import (
    counted,
    numbers_begun,
    numbers_listed,
    numbers_told,
    referred_numbers,
)


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
        ("Rationale for #3", ["3"]),
        ("Why not 2", ["2"]),
        ("Questions A or B", ["A", "B"]),
        ("medications 1; 2 & 3", ["1", "2", "3"]),
        ("Nos. 2 thru 4", ["2", "3", "4"]),
        ("Rationale", []),
        ("Rationale for the cane", []),
        ("About a cane", []),
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
        ("With respect to the request #2, he walks.", ["2"]),
        ("DECISION ITEM 02 CERTIFIED", ["2"]),
        ("B, C and D are not certified since he walks.", ["B", "C", "D"]),
        ("1 and 3 were approved.", ["1", "3"]),
        ("A stands.", ["A"]),
        ("As to B and C, he walks.", ["B", "C"]),
        ("They denied #1 because he walks.", ["1"]),
        ("We can pay for 1 and 4.", ["1", "4"]),
        ("We do not certify 2 since he walks", ["2"]),
        ("I only approved 3", ["3"]),
        ("We certify 2 visits", []),
        ("1 visit was approved.", []),
        ("a cane is denied.", []),
        ("Item 2 x 3", []),
        ("Lines 2 of 5", []),
        ("Treatments 2 were denied.", []),
        ("(2) alone is an item of its own.", []),
        ("Services 4 hours a day were asked for.", []),
        ("The surgery in item 1 is not approved.", []),
    ],
)
def test_beginnings(sentence: str, numbers: list[str]) -> None:
    assert [one for one in numbers_begun(sentence) if "row" not in one] == numbers


def test_rows_are_counted() -> None:
    assert numbers_told("Approved: row 4 only") == ("4", "row 4")


@pytest.mark.parametrize(
    ("listed", "numbers"),
    [
        ("1, 3 to 5", "1 3 4 5"),
        ("2 & 4", "2 4"),
        ("one through three", "1 2 3"),
        ("a, b", "a b"),
        # A range that runs backwards, and one that is none
        ("3-1", "3 1"),
        ("a to c", "a c"),
        ("1-99", f"{' '.join(map(str, range(1, 21)))} 99"),
    ],
)
def test_ranges_are_told_one_by_one(listed: str, numbers: str) -> None:
    assert numbers_listed(listed) == tuple(numbers.split())


@pytest.mark.parametrize(
    ("printed", "number"),
    [("01", "1"), ("one", "1"), ("Two", "2"), ("10", "10"), ("0", "0"), ("A", "A")],
)
def test_numbers_are_compared_as_digits(printed: str, number: str) -> None:
    assert counted(printed) == number
