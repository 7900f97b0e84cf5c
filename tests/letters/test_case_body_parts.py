from __future__ import annotations

import tomllib

import pytest

from imrsearch.letters.case_body_parts import read_case_body_parts
from imrsearch.text.words import sentences
from tests.conftest import ROOT

LABELLED = ROOT / "tests" / "data" / "case_body_parts.toml"


def read(summary: str) -> tuple[set[str], str]:
    found = read_case_body_parts(summary, list(sentences(summary)))
    return (set(found[0]), found[1]) if found else (set(), "")


def test_labelled_summaries() -> None:
    """Written before the reader: what is read is right, and little is left unread."""
    labelled = tomllib.loads(LABELLED.read_text())["summary"]
    wrong = {text: parts for text, parts in _wrong(labelled).items() if parts}
    unread = [one["text"] for one in labelled if one["parts"] and not read(one["text"])[0]]
    assert not wrong
    assert len(unread) <= 1


def _wrong(labelled: list[dict[str, object]]) -> dict[str, set[str]]:
    return {
        str(one["text"]): read(str(one["text"]))[0] - set(one["parts"])  # type: ignore[call-overload]
        for one in labelled
    }


@pytest.mark.parametrize(
    ("summary", "parts", "source"),
    [
        pytest.param(
            "He complains of knee pain. The diagnosis is lumbar sprain.",
            {"low back"},
            "diagnosis",
            id="a diagnosis goes before complaints",
        ),
        pytest.param("He complains of knee pain.", {"knee"}, "case summary", id="complaints"),
        pytest.param("He denied complaints of knee pain.", set(), "", id="denied"),
        pytest.param(
            "Diagnoses include low back pain radiating to the leg.",
            {"low back"},
            "diagnosis",
            id="where the pain goes is not where it comes from",
        ),
        pytest.param(
            "Impression: 1. Wrist sprain. 2. Knee sprain.",
            {"wrist", "knee"},
            "diagnosis",
            id="a numbered list",
        ),
    ],
)
def test_sources(summary: str, parts: set[str], source: str) -> None:
    assert read(summary) == (parts, source)


def test_places_are_those_of_the_words() -> None:
    summary = "The patient is 40. Diagnoses include knee strain."
    found = read_case_body_parts(summary, list(sentences(summary)))
    assert found
    assert {summary[slice(*span)] for span in found[0].values()} == {"knee"}
