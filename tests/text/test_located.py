"""A value with its place."""

from __future__ import annotations

import re

from imrsearch.text.located import Located


def test_the_place_of_a_match_and_of_one_of_its_groups() -> None:
    match = re.search(r"(?P<number>\d+) visits", "asks for 12 visits")
    assert match
    assert Located.at(match, "visits") == Located("visits", 9, 18)
    assert Located.at(match, 12, "number") == Located(12, 9, 11)
