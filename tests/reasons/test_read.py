"""Reasons of whole rationales."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.read import LONGEST_SENTENCE, MOST_REASONS, MOST_TEXT, read_reasons
from tests.conftest import ROOT

RATIONALES: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "data" / "reasons.toml").read_text(encoding="utf-8")
)["rationale"]

FRESH: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "data" / "reasons_fresh.toml").read_text(encoding="utf-8")
)["rationale"]

THIRD: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "data" / "reasons_third.toml").read_text(encoding="utf-8")
)["rationale"]


def names(rationale: str, decision: str | None = UPHELD) -> list[str]:
    return [reason.criterion for reason in read_reasons(rationale, decision)]


def test_rationales_of_our_own_are_read_as_labelled() -> None:
    right = wrong = missed = 0
    for one in RATIONALES:
        found, labelled = set(names(one["text"], one["decision"])), set(one["reasons"])
        right += len(found & labelled)
        wrong += len(found - labelled)
        missed += len(labelled - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.85
    assert right / (right + wrong) >= 0.90


@pytest.mark.parametrize(
    ("rationales", "recall", "precision"), [(FRESH, 0.75, 0.80), (THIRD, 0.90, 0.85)]
)
def test_rationales_written_later_are_read_as_labelled(
    rationales: list[dict[str, Any]], recall: float, precision: float
) -> None:
    found = {
        (one["text"], name) for one in rationales for name in names(one["text"], one["decision"])
    }
    labelled = {(one["text"], name) for one in rationales for name in one["reasons"]}
    assert len(found & labelled) >= recall * len(labelled)
    assert len(found & labelled) >= precision * len(found)


@pytest.mark.parametrize(
    ("rationale", "decision", "criteria"),
    [
        pytest.param(
            "No functional gain is recorded, and twelve more would exceed the ten visits which the "
            "guideline allows.",
            UPHELD,
            ["functional-improvement", "amount-within-guideline"],
            id="what is not recorded is the worker's, though the guideline speaks too",
        ),
        pytest.param(
            "The visits requested would go past the ten visits of the guideline.",
            UPHELD,
            ["amount-within-guideline"],
            id="past a number",
        ),
        pytest.param(
            "The records do not state any relief.", UPHELD, ["pain-relief"], id="relief is of pain"
        ),
        pytest.param(
            "No opioid is being taken.", UPHELD, ["indicated-condition"], id="nothing to test for"
        ),
        pytest.param(
            "He reports relief by one half with this drug.",
            OVERTURNED,
            ["pain-relief"],
            id="a share in words",
        ),
        pytest.param(
            "In this case, blocks are limited to non-radicular pain.",
            UPHELD,
            ["indicated-condition"],
            id="what it is limited to",
        ),
    ],
)
def test_what_new_letters_said(rationale: str, decision: str, criteria: list[str]) -> None:
    assert names(rationale, decision) == criteria


def test_a_criterion_that_never_decides_such_a_request_is_left_out() -> None:
    told = "There is no documentation of red flags or of functional improvement."
    both = {reason.criterion for reason in read_reasons(told, UPHELD)}
    cream = {reason.criterion for reason in read_reasons(told, UPHELD, "Pharmaceuticals")}
    scan = {
        reason.criterion
        for reason in read_reasons(told, UPHELD, "Diagnostic Testing", "Imaging/Radiology")
    }
    assert (both, cream, scan) == (
        {"red-flags", "functional-improvement"},
        {"functional-improvement"},
        {"red-flags"},
    )


@pytest.mark.parametrize(
    ("rationale", "expected"),
    [
        # A denial may be what makes a criterion met …
        ("The patient has not had acupuncture before.", ["trial-first"]),
        ("The consultation is needed as the diagnosis is uncertain.", ["specialist-input-needed"]),
        # … but not where it is said that something was not shown.
        (
            "The notes do not show that naproxen was not tolerated. He has not had acupuncture.",
            ["trial-first"],
        ),
        # The reason may follow the conclusion.
        (
            "The request for therapy is medically necessary because she went back to full duty.",
            ["functional-improvement"],
        ),
        # … and that a guideline recommends something counts where nothing else is said.
        ("The use of this brace is supported by the guideline.", ["guideline-recommends"]),
        (
            "The use of this brace is supported by the guideline. The surgery has been approved.",
            ["parent-treatment-necessary"],
        ),
    ],
)
def test_approvals_have_wording_of_their_own(rationale: str, expected: list[str]) -> None:
    assert names(rationale, OVERTURNED) == expected


def test_the_evidence_is_the_sentence_as_printed() -> None:
    for one in RATIONALES:
        for reason in read_reasons(one["text"], one["decision"]):
            start, end = reason.span
            assert one["text"][start:end] == reason.evidence
            assert reason.evidence.endswith((".", "?", "!"))


@pytest.mark.parametrize(
    ("rationale", "expected"),
    [
        # What the guideline says is no reason; what is said of the patient is.
        ("MTUS recommends MRI after failure of conservative care.", []),
        (
            (
                "MTUS recommends MRI after failure of conservative care. The patient has not failed"
                " conservative care."
            ),
            ["conservative-care-failed"],
        ),
        # One negation denies all that it lists.
        (
            "There is no evidence of red flags, a neurologic deficit or a plan for surgery.",
            ["neurologic-findings", "red-flags", "surgery-planned"],
        ),
        # What is conceded is no reason.
        (
            "There is radiculopathy on examination, but no MRI was performed to confirm it.",
            ["test-corroboration"],
        ),
        # A sentence may deny what the one before it names.
        (
            "Opioids follow a trial of acetaminophen and NSAIDs. Neither was prescribed.",
            ["first-line-tried"],
        ),
        ("Opioids follow a trial of acetaminophen and NSAIDs. This patient is a cook.", []),
        # The specific wins over "no rationale".
        (
            "There is no rationale for another lumbar MRI without a change in symptoms.",
            ["new-findings-since-last-test"],
        ),
        # Fixed sentences never count.
        (
            (
                "The decision should not be interpreted as a recommendation to stop opioids"
                " abruptly."
            ),
            [],
        ),
    ],
)
def test_what_counts(rationale: str, expected: list[str]) -> None:
    assert sorted(names(rationale)) == expected


def test_what_the_conclusion_repeats_comes_first() -> None:
    rationale = (
        "There are no red flags. There is no documented functional improvement. Due to the lack of"
        " functional improvement, the request is not medically necessary."
    )
    assert names(rationale) == ["functional-improvement", "red-flags"]


def test_at_most_six_reasons_are_given_the_first_ones() -> None:
    told = (
        "There are no red flags. There is no weakness. Surgery is not planned. There is no"
        " documented functional improvement. The patient has not failed conservative care. No"
        " first-line medication was tried."
    )
    assert len(names(told)) == MOST_REASONS
    assert names(f"{told} There is no muscle spasm.") == names(told)


def test_a_long_quotation_is_no_reason() -> None:
    quoted = "The patient has no red flags in any of the records that were sent to the reviewer."
    own = "There was no muscle spasm."
    assert names(f"{quoted} {own}") == ["red-flags", "objective-findings"]
    assert names(f"“{quoted}” {own}") == ["objective-findings"]


def test_of_a_sentence_without_an_end_the_beginning_is_read() -> None:
    hurts = "It hurts " + "and hurts " * (LONGEST_SENTENCE // 10)
    assert names(f"{hurts} and there are no red flags. There was no muscle spasm.") == [
        "objective-findings"
    ]
    assert "red-flags" in names(f"There are no red flags and {hurts}.")


def test_the_decision_gives_the_status() -> None:
    text = "The patient has failed physical therapy and other conservative care."
    (reason,) = read_reasons(text, OVERTURNED)
    assert (reason.criterion, reason.status) == ("conservative-care-failed", "met")
    assert read_reasons(text, None) == ()
    assert names(f"{text} There is no documented functional improvement.", UPHELD) == [
        "functional-improvement"
    ]


def test_of_a_broken_text_the_end_is_read() -> None:
    text = "It hurts. " * MOST_TEXT + "There is no documented functional improvement."
    (reason,) = read_reasons(text, UPHELD)
    assert text[slice(*reason.span)] == reason.evidence


@given(st.text(), st.sampled_from([UPHELD, OVERTURNED, None]))
def test_any_text_is_read_and_evidence_is_verbatim(text: str, decision: str | None) -> None:
    for reason in read_reasons(text, decision):
        assert text[slice(*reason.span)] == reason.evidence


OF_GUIDELINE = (
    "The MTUS recommends a TENS unit as an adjunct. During that month a rental is preferred over"
    " a purchase."
)
OF_CASE = "There is no documentation that first-line medication was tried."


def test_the_guideline_has_the_word_until_the_case_is_named() -> None:
    assert names(f"{OF_GUIDELINE} {OF_CASE}") == ["first-line-tried"]


def test_the_case_is_named_by_who_the_patient_is() -> None:
    told = "The patient is a 45 year old cook. Sensation is decreased at C6."
    assert names(f"{OF_GUIDELINE} {told}", OVERTURNED) == ["neurologic-findings"]


def test_what_the_guideline_says_counts_where_nothing_else_does() -> None:
    told = "ODG has a section on relaxants. The drug is not recommended for longer than two weeks."
    assert names(told) == ["amount-within-guideline"]
    assert names(f"{told} There was no muscle spasm.") == ["objective-findings"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The physician does not say how much relief there is after taking the opioid.",
         ["pain-relief"]),
        ("The MRI was read as mild arthropathy without stenosis.", ["test-corroboration"]),
        ("There was no diagnosis of osteoarthritis of the knee.", ["indicated-condition"]),
        ("The patient has not failed an adequate course of exercise and medication.",
         ["conservative-care-failed"]),
        ("There is no mention of dyspepsia, ulcer, anticoagulants or high-dose or multiple NSAIDs.",
         ["risk-factors"]),
        # each part of the sentence has a reason of its own
        ("It is now well past 72 hours since the head injury and there are no red flags.",
         ["recovery-phase", "red-flags"]),
    ],
)  # fmt: skip
def test_what_is_only_named_in_passing_is_no_reason(told: str, expected: list[str]) -> None:
    assert names(told) == expected


@pytest.mark.parametrize(
    ("view", "own", "expected"),
    [
        ("The claims administrator noted that strength was reduced.",
         "The MRI shows a full thickness tear.", ["test-corroboration"]),
        ("The prior denial was based on an improvement in function.",
         "Sensation is decreased at C6.", ["neurologic-findings"]),
        ("UR found that therapy had helped.",
         "The patient has failed six weeks of therapy and bracing.",
         ["conservative-care-failed"]),
        ("The rationale of the non-certification was that spasm had been found.",
         "Pain is down from 8 to 3 with the drug.", ["pain-relief"]),
        ("The visits were denied by the adjuster as function had improved.",
         "Sensation is decreased at C6.", ["neurologic-findings"]),
    ],
)  # fmt: skip
def test_the_utilization_reviews_view_is_no_reason(
    view: str, own: str, expected: list[str]
) -> None:
    assert names(f"{view} {own}", OVERTURNED) == expected


@pytest.mark.parametrize(
    "introduction",
    [
        "The patient is a 45 year old cook who has taken Norco for three years.",
        "The claimant is a 52-year-old man with numbness of both hands and no surgery.",
        "The employee is a fifty year old driver on cyclobenzaprine for years.",
        "She was a 61-year-old cashier when she fell from a ladder.",
        "The injured worker is a 38 y/o nurse without a history of ulcer.",
        "This patient fell from a ladder and did not see a physician for a week.",
        "The claimant struck his head seven weeks before the request.",
        "She slipped on a wet floor, without loss of consciousness.",
        "The applicant was hit by a pallet and has no fracture.",
        "He twisted the knee one week before the study was ordered.",
    ],
)
def test_who_the_patient_is_decides_only_where_nothing_else_does(introduction: str) -> None:
    assert names(f"{introduction} There was no muscle spasm.") == ["objective-findings"]
