"""What is read for an index has the model's names and values, and skips what no index holds."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path

import msgspec
import pytest

from imrsearch.model import Determination
from imrsearch.schema.facts import IndexedDetermination
from tests.conftest import ROOT

GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.json"))
SKIPPED = {
    *("Determination.file", "Determination.evidence", "Determination.ocr"),
    *("Issue.heading", "Issue.formulary", "LetterWarning.message", "GuidelineStatement.text"),
    *("DecisionReason.evidence", "DecisionReason.span", "Dose.text"),
    *("VisitsSoFar.evidence", "VisitsSoFar.span", "VisitsSoFar.source"),
    *("Recommendation.strength", "Recommendation.confidence", "Recommendation.text"),
    *("Citation.family", "Citation.title", "Citation.chapter", "Citation.chapter_inferred"),
    *("Citation.year", "Citation.edition", "Citation.not_in_force"),
}


def same(whole: object, indexed: object, skipped: set[str]) -> bool:
    """Whether the facts are the same but for the skipped ones, which are added to ``skipped``."""
    if isinstance(whole, tuple):
        assert isinstance(indexed, tuple)
        return all(same(one, other, skipped) for one, other in zip(whole, indexed, strict=True))
    if not is_dataclass(whole):
        return whole == indexed
    assert isinstance(indexed, msgspec.Struct)
    names = {one.name for one in fields(whole)}
    left = names - set(indexed.__struct_fields__)
    skipped |= {f"{type(whole).__name__}.{name}" for name in left}
    assert set(indexed.__struct_fields__) <= names
    return all(same(getattr(whole, name), getattr(indexed, name), skipped) for name in names - left)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_indexed_facts_are_those_of_the_model(path: Path) -> None:
    text = path.read_text("utf-8")
    skipped: set[str] = set()
    whole = msgspec.json.decode(text, type=Determination)
    assert same(whole, msgspec.json.decode(text, type=IndexedDetermination), skipped)
    assert skipped <= SKIPPED


def test_nothing_else_is_skipped() -> None:
    skipped: set[str] = set()
    for path in GOLDEN:
        text = path.read_text("utf-8")
        whole = msgspec.json.decode(text, type=Determination)
        same(whole, msgspec.json.decode(text, type=IndexedDetermination), skipped)
    assert skipped == SKIPPED


def test_wrong_facts_are_refused() -> None:
    facts = json.loads(GOLDEN[0].read_text("utf-8"))
    for wrong in ({**facts, "issues": 5}, {**facts, "era": None}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(json.dumps(wrong), type=IndexedDetermination)


def test_indexed_facts_stay_as_they_are() -> None:
    """They are keys of caches."""
    case = msgspec.json.decode(GOLDEN[0].read_text("utf-8"), type=IndexedDetermination)
    assert isinstance(hash(case), int)
    with pytest.raises(AttributeError, match="immutable"):
        case.era = "other"
