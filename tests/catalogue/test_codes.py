"""Codes of services: what they mean, and where one stands alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.query.concepts import find_concepts
from imrsearch.system.package_data import load_toml


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("72148", ["72148"]),
        ("L1832, 72148; (E0730).", ["L1832", "72148", "E0730"]),
        ("#72148 EX-72148 /72148 .72148 1,72148", []),
        ("721480 72148-26 72148.5 72148,5 72148/72131 A72148", []),
    ],
)
def test_what_is_attached_to_a_number_makes_it_no_code(text: str, found: list[str]) -> None:
    assert re.findall(standing_alone(r"\d{5}|[A-Z]\d{4}"), text) == found


def test_each_code_stands_once_and_names_one_treatment() -> None:
    table = load_toml("codes.toml")
    codes = [code for group in table.values() for codes in group.values() for code in codes]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    for words in set(service_codes().values()):
        named = [name for concept in find_concepts(words) for name in concept.treatments]
        assert len(named) == 1, words
