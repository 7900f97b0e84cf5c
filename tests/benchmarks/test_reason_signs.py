"""Whole rationales are put together again, and weights are learnt that tell what is given."""

from __future__ import annotations

from pathlib import Path

from benchmarks.reason_signs import Asked, learnt, whole
from imrsearch.catalogue.reasons import MET, UNMET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken
from imrsearch.reasons.likely import SpokenSentence

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


def test_what_is_said_clearly_weighs_more() -> None:
    said = SpokenSentence((0, 9), Spoken({"pain-relief": 0.9}, met=0.9, unmet=0.9), ())
    hardly = SpokenSentence((0, 9), Spoken({"red-flags": 0.2}, met=0.3, unmet=0.3), ())
    asked = [
        Asked(status, frozenset({"pain-relief"}), (), (said, hardly), frozenset())
        for status in (MET, UNMET)
    ]
    for weights in learnt(asked).values():
        assert weights["likely"] > 0
        assert weights["topic"] > 0
