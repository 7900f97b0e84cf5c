"""Letters travel between processes, and facts of a wrong type are refused."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter, check_facts
from imrsearch.letters.parse import parse
from imrsearch.model import Determination
from imrsearch.system.errors import LetterError
from tests.letters.forms import credentials_letter, issue

TEXT = credentials_letter(issue("Cane: Upheld", "It helps."))


def read() -> Determination:
    return parse(TEXT, "a.txt")


def test_a_letter_arrives_as_it_was_sent() -> None:
    letter = Letter(Source(Path("a.zip"), "a.txt"), "0" * 64, TEXT, read())
    assert pickle.loads(pickle.dumps(letter)) == letter


def test_facts_that_can_be_read_again_pass() -> None:
    check_facts(read())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param({"priority": 3}, "$.priority", id="a wrong type, found by decoding"),
        pytest.param({"summary": object()}, "$.summary", id="what cannot be encoded"),
        pytest.param({"diagnoses": ("M54.5", {1j})}, "$.diagnoses[1]", id="in a list"),
        pytest.param({"diagnoses": ["M54.5", 1j]}, "$.diagnoses[1]", id="in one that can change"),
        pytest.param({"evidence": {"summary": 1j}}, "$.evidence.summary", id="in a table"),
    ],
)
def test_a_wrong_fact_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(LetterError) as caught:
        check_facts(replace(read(), **change))
    assert caught.value.code == "defect"
    assert caught.value.message.startswith("a fact has the wrong type (")
    assert caught.value.message.endswith(f" - at `{told}`)")


def test_a_wrong_fact_of_an_issue_is_named() -> None:
    determination = read()
    wrong: Any = object()
    (only,) = determination.issues
    with pytest.raises(LetterError, match=r"at `\$\.issues\[0\]\.service`"):
        check_facts(replace(determination, issues=(replace(only, service=wrong),)))
