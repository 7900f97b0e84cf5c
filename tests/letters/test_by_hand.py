"""The facts of letters written by hand, each beside its letter in ``tests/golden/by_hand``.

Unlike those of ``samples/written`` no two share a sentence. ``notice.toml`` tells how to read the
files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.survival import read_facts
from samples.written.facts import Facts, differing
from tests.conftest import ROOT

FILES = sorted((ROOT / "tests" / "golden" / "by_hand").rglob("*.toml"))
STATEMENTS = {"administrator": "claims_administrator", "reviewer": "reviewer_guideline"}
NAMES = {"original": "original_request"}
MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_facts_of_letters_written_by_hand(path: Path) -> None:
    missed = {
        facts["case_id"]: differing(facts, read_facts(text, f"{facts['case_id']}.txt"))
        for text, facts in letters(path)
    }
    assert {case_id: paths for case_id, paths in missed.items() if paths} == {}


def letters(path: Path) -> Iterator[tuple[str, Facts]]:
    """Each letter of a file: its text without marks, and its facts."""
    data: dict[str, Any] = with_nulls(tomllib.loads(path.read_text(encoding="utf-8")))
    era = "credentials" if path.stem == "later" else path.stem
    for row in data["letter"]:
        text = row.pop("text").replace("\\f", "\f")
        text = re.sub(r"\{form\|(\w+)\}", lambda match: data["form"][match[1]], text)
        issues = row.pop("issue")
        facts = {**row, "era": era, "issues": issues, "summary": None}
        number = 0
        for part, words in MARK.findall(text):
            if part == "summary":
                facts["summary"] = words
            elif part in STATEMENTS:
                issues[number][STATEMENTS[part]]["text"] = words
            else:
                issues[number][NAMES.get(part, part)] = words
            number += part == "rationale"
        yield MARK.sub(r"\2", text).lstrip("\n"), facts


def with_nulls(value: Any) -> Any:  # noqa: ANN401 - any value of TOML
    """TOML has no null: the files write "null"."""
    if isinstance(value, dict):
        return {key: with_nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_nulls(inner) for inner in value]
    return None if value == "null" else value
