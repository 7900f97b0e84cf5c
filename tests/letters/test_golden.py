"""Golden letters: every sample and the letters of hard places against their reviewed JSON.

A letter without an expectation gets one written, and the test fails until a person has compared
it with the letter and committed it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imrsearch.cli.options import contract
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.letters.workers import ReadingLimits, read_letter
from tests.conftest import ROOT, SAMPLES

GOLDEN = ROOT / "tests" / "golden"
LETTERS = sorted([*SAMPLES.iterdir(), *(GOLDEN / "letters").iterdir()])


def facts(path: Path) -> dict[str, object]:
    letter = read_letter(Source(path), ReadingLimits(1 << 20, 20))
    assert isinstance(letter, Letter)
    found: dict[str, object] = json.loads(json.dumps(contract(letter.determination), default=str))
    return found


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    expectation = GOLDEN / f"{path.stem}.json"
    found = facts(path)
    if not expectation.exists():
        text = json.dumps(found, indent=1, ensure_ascii=False)
        expectation.write_text(text + "\n", encoding="utf-8")
        pytest.fail(f"{expectation.name} was written: compare it with the letter, then commit it")
    assert found == json.loads(expectation.read_text(encoding="utf-8"))


def test_no_expectation_without_its_letter() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in LETTERS}
