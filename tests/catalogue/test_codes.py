"""Where the code of a service stands alone."""

from __future__ import annotations

import re

import pytest

from imrsearch.catalogue.codes import standing_alone


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
