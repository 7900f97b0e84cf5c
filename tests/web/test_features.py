"""Every feature that ``docs/features.md`` claims has the test that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (N?\d+) \| (.+?) \| (yes|in part|no) \| (.+) \|$",
    (ROOT / "docs" / "features.md").read_text(),
    re.MULTILINE,
)
CLAIMED = [(number, shown.strip("`")) for number, _, here, shown in ROWS if here == "yes"]


def test_every_row_is_there_once() -> None:
    numbers = [row[0] for row in ROWS]
    assert numbers == [*map(str, range(1, 48)), *(f"N{number}" for number in range(1, 18))]


@pytest.mark.parametrize(("number", "test"), CLAIMED)
def test_what_is_claimed_is_tested(number: str, test: str) -> None:
    file, _, name = test.partition("::")
    assert f"\ndef {name}(" in (ROOT / file).read_text(), f"row {number}"
