"""What a pasted text is likely to dispute, where the rules find none or too many."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.likely_requests import (
    BIAS,
    SURE,
    UNLIKELY,
    likelihood,
    likely_requests,
    read_request_weights,
    written_request_weights,
)
from imrsearch.search.kit.reading import pieces_of, read_text


def _likelihoods(text: str) -> dict[str, float]:
    return {name: one.likelihood for name, one in likely_requests(pieces_of(text)).items()}


def test_a_request_is_likelier_than_history_and_guidelines() -> None:
    likely = _likelihoods(
        "UTILIZATION REVIEW DETERMINATION\n\n1. Acupuncture, 6 visits - NON-CERTIFIED\n\n"
        "Clinical summary: The claimant has been taking naproxen and had therapy in 2013.\n\n"
        "Rationale: The guideline recommends acupuncture where medication is reduced.\n"
    )
    assert likely["acupuncture"] > SURE > likely["naproxen"]


def test_the_line_that_speaks_for_it() -> None:
    likely = likely_requests(
        pieces_of("He has used a cane since May.\n\nRequested: cane\nDetermination: denied.")
    )
    assert likely["cane"].line == "cane"


def test_weights_are_read_as_written() -> None:
    weights = {BIAS: -1.25, "line denied": 2.5}
    assert read_request_weights("\n".join(written_request_weights(weights))) == weights


def test_a_likelihood_weighs_what_is_known_alone() -> None:
    weights = {BIAS: 0.0, "line denied": 2.0, "line history": -2.0}
    assert likelihood(["line denied", "never seen"], weights) == pytest.approx(0.881, abs=0.001)
    assert likelihood(["line denied", "line history"], weights) == 0.5
    assert likelihood([], weights) == 0.5


FOUND = [
    # No rule knows the manner; what stands around the service tells it.
    "Knee brace is certified.\nAs to the lumbar MRI the outcome is thumbs down.\n",
    "Knee brace: approved.\nLumbar MRI without contrast x 1: the physician came down against it.\n",
    "Outcome for the lumbar MRI: thumbs down.\n\nThe file holds no red flags.\n",
]


@pytest.mark.parametrize("told", FOUND)
def test_what_no_rule_finds(told: str) -> None:
    assert [one.treatment for one in read_text(told).requests] == ["MRI"]


NOT_FOUND = [
    "The cane is denied. There is no urine drug screen.",
    "The cane is denied.\nMTUS Chronic Pain Guidelines, Opioids, p. 80",
    "PLAN\n- Cane.\n- Gabapentin: has enough at home.",
    "2014-2015: acupuncture, 18 visits. The cane is denied.",
]


@pytest.mark.parametrize("told", NOT_FOUND)
def test_what_a_rule_knows_to_be_none(told: str) -> None:
    assert [one.treatment for one in read_text(told).requests] == ["cane"]


def test_what_is_denied_stays_however_unlikely() -> None:
    told = "He was not able to certify the cane."
    assert _likelihoods(told)["cane"] < UNLIKELY
    assert [one.treatment for one in read_text(told).requests] == ["cane"]


def test_a_guidelines_list_of_criteria_names_no_request() -> None:
    criteria = "(1) physical therapy; (2) age over 50; (3) an X-ray with bone on bone."
    assert _likelihoods(f"Knee replacement. Criteria: {criteria}").keys() == {"knee replacement"}
    assert "X-ray" in _likelihoods(f"Knee replacement. Requested: {criteria}")
