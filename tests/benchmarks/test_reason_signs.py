"""Whole rationales are put together again, and weights are learnt that tell what is given."""

from __future__ import annotations

from pathlib import Path

from benchmarks.reason_signs import Asked, learnt, whole
from imrsearch.catalogue.reasons import MET, UNMET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken
from imrsearch.reasons.likely import ANY_KIND, SpokenSentence

FILE = """\
trial-first	none	A trial comes first.
trial-first	unmet	There was no trial.
request-specific	unmet	There was no trial.
general	none	The device is not medically necessary.
pain-relief	met	Her pain is halved.
general	none	The drug is medically necessary.
general	none	Nothing else is asked.
"""


def test_a_rationale_ends_with_its_conclusion(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text(FILE, encoding="utf-8")
    denied, approved = whole(path)
    assert denied.rationale == (
        "A trial comes first. There was no trial. The device is not medically necessary."
    )
    assert (denied.decision, denied.criteria) == (
        UPHELD,
        frozenset({"trial-first", "request-specific"}),
    )
    assert (approved.decision, approved.criteria) == (OVERTURNED, frozenset({"pain-relief"}))


def asked(status: str, given: str, category: str | None = None) -> Asked:
    said = SpokenSentence((0, 9), Spoken({given: 0.9}, met=0.9, unmet=0.9), ())
    hardly = SpokenSentence((0, 9), Spoken({"red-flags": 0.2}, met=0.3, unmet=0.3), ())
    return Asked(status, frozenset({given}), {}, (said, hardly), category, frozenset())


def test_what_is_said_clearly_weighs_more() -> None:
    for taught in learnt(asked(status, "pain-relief") for status in (MET, UNMET)).values():
        assert taught.weights["likely"] > 0
        assert taught.weights["topic"] > 0


def test_what_a_category_gives_often_is_usual_for_it() -> None:
    drug, scan = "Pharmaceuticals", "Diagnostic Testing"
    given = [asked(status, "pain-relief", drug) for status in (MET, UNMET)]
    given += [asked(status, "surgery-planned", scan) for status in (MET, UNMET)]
    for taught in learnt(given).values():
        usual = taught.usual
        assert usual[drug]["pain-relief"] > usual[ANY_KIND]["pain-relief"]
        assert usual[scan]["pain-relief"] < usual[ANY_KIND]["pain-relief"]
        assert usual[ANY_KIND]["pain-relief"] > usual[ANY_KIND]["weaning"]
