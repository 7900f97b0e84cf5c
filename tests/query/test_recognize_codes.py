"""Codes of services in a search, and the table that tells what they mean."""

from __future__ import annotations

from collections import Counter

import pytest

from imrsearch.catalogue.codes import service_codes
from imrsearch.query.concepts import find_concepts
from imrsearch.search.state import SearchState
from imrsearch.system.package_data import load_toml
from tests.search.memory import determination, issue, service

CASE = determination(
    "CM16-0000001",
    issue(1, "MRI of the lumbar spine", body_parts=("low back",)),
    issue(2, "MRI of the knee", body_parts=("knee",)),
    issue(3, "TENS unit"),
    issue(4, "Item 72148"),
)


def found(q: str, *, intent: bool = True) -> list[int]:
    rows = service([CASE]).search(SearchState(q, intent=intent)).rows
    return sorted(row.number for row in rows)


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("72148", [1]),
        ("CPT 72148", [1]),
        ("cpt code 72148,", [1]),
        ("HCPCS: e0730", [3]),
        ("72148 OR E0730", [1, 3]),  # an operator beside it applies to all of its words
        ("73721 knee", [2]),  # any joint of the leg: the body part is typed
        ('"72148"', [4]),  # quoted, it is what is printed
    ],
)
def test_a_code_asks_for_what_it_means(q: str, numbers: list[int]) -> None:
    assert found(q) == numbers


def test_a_code_itself_can_be_searched_for() -> None:
    (note,) = [
        one
        for one in service([CASE]).search(SearchState("72148")).notes
        if one.code == "service-code"
    ]
    assert note.message == "“72148” was read as “low back MRI”."
    assert found("72148", intent=False) == [4]


@pytest.mark.parametrize("q", ["99999", "#72148", "72148-26x", "1,72148", "M5416"])
def test_other_numbers_are_no_codes(q: str) -> None:
    notes = service([CASE]).search(SearchState(q)).notes
    assert "service-code" not in {note.code for note in notes}


def test_each_code_stands_once_and_names_one_treatment() -> None:
    table = load_toml("codes.toml")
    codes = [code for group in table.values() for codes in group.values() for code in codes]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    for words in set(service_codes().values()):
        named = [name for concept in find_concepts(words) for name in concept.treatments]
        assert len(named) == 1, words
