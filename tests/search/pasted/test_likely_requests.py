"""What a pasted text is likely to dispute, where the rules find none or too many."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.likely_requests import (
    BIAS,
    SURE,
    UNLIKELY,
    LikelyRequest,
    is_likely,
    likelihood,
    likely_requests,
    missed_lines,
    read_request_weights,
    with_missed,
    written_request_weights,
)
from imrsearch.search.pasted.reading import pieces_of, read_text
from imrsearch.search.pasted.request import Reading, Request


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


def reading(
    *treatments: str, certified: tuple[str, ...] = (), history: tuple[str, ...] = ()
) -> Reading:
    requests = tuple(Request(one, one, None, (), None) for one in treatments)
    return Reading(requests, certified, (), (), history, ())


@pytest.mark.parametrize(("likely", "is_so"), [(0.3, False), (0.4, True), (0.5, True)])
def test_a_treatment_is_likely_from_a_bound_on(likely: float, is_so: bool) -> None:
    weighed = {"cane": LikelyRequest(likely, "Cane")}
    assert is_likely(weighed, "cane", 0.4) is is_so
    assert is_likely(weighed, "walker", 0.4)
    assert is_likely(weighed, None, 0.4)


MISSED = ["MRI, thumbs down", "As to the MRI, thumbs down"]
KNOWN_TO_BE_NONE = {
    "a citation": "ODG, MRI",
    "a guideline's advice": "MTUS recommends an MRI",
    "what is missing": "There was no MRI",
    "a reason": "As the release is denied the MRI falls",
    "care that was given": "Relief after the MRI",
    "a study of a day": "MRI of 5/2/16: a tear",
    "a decision ahead": "Denied: no MRI was done",
    "what nobody asks for": "No need for an MRI",
    "what the patient does": "He dreads an MRI",
    "what is known": "As to the cane, an MRI",
}


@pytest.mark.parametrize("line", MISSED)
def test_a_line_that_the_rules_missed(line: str) -> None:
    assert missed_lines({"MRI": LikelyRequest(0.45, line)}, reading("cane")) == {line}
    assert not missed_lines({"MRI": LikelyRequest(0.35, line)}, reading("cane"))
    assert not missed_lines({"MRI": LikelyRequest(0.9, line)}, reading("MRI"))
    assert not missed_lines({"MRI": LikelyRequest(0.9, line)}, reading(certified=("MRI",)))


@pytest.mark.parametrize("line", KNOWN_TO_BE_NONE.values(), ids=KNOWN_TO_BE_NONE)
def test_a_line_that_asks_for_nothing_is_not_missed(line: str) -> None:
    assert not missed_lines({"MRI": LikelyRequest(0.9, line)}, reading("cane"))


def test_what_is_told_of_the_past_must_be_likelier() -> None:
    for line, past in (("MRI, thumbs down", ("MRI",)), ("An MRI has come", ())):
        told = reading(history=past)
        assert not missed_lines({"MRI": LikelyRequest(0.55, line)}, told)
        assert missed_lines({"MRI": LikelyRequest(0.65, line)}, told) == {line}


def test_what_was_missed_is_added_behind_the_requests() -> None:
    before, again = reading("cane", history=("MRI",)), reading("MRI", "cane", "walker")
    likely = {"MRI": LikelyRequest(0.9, ""), "walker": LikelyRequest(0.1, "")}
    found = with_missed(before, again, likely)
    assert [one.treatment for one in found.requests] == ["cane", "MRI"]
    assert found.history == ("MRI",)
