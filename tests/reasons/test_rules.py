"""What the catalogue's phrases find in one sentence."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.reasons import MET, UNMET
from imrsearch.reasons.rules import (
    Findings,
    decisive_reasons,
    find_reasons,
    kept_sentence,
    least_spoken_of,
    sentence_of,
)


def certain(text: str, status: str, *ruled_out: str) -> tuple[str, ...]:
    return find_reasons(sentence_of(text), status, frozenset(ruled_out)).certain


@pytest.mark.parametrize(
    ("text", "unmet", "met"),
    [
        pytest.param("there are red flags.", (), ("red-flags",), id="what is shown is met"),
        pytest.param("there are no red flags.", ("red-flags",), (), id="what is denied is unmet"),
        pytest.param(
            "there are red flags but no weakness.",
            ("neurologic-findings",),
            ("red-flags",),
            id="each as far as the denial reaches",
        ),
        pytest.param(
            "the patient has not improved with exercises at home.",
            ("functional-improvement",),
            ("conservative-care-failed",),
            id="a denial that belongs to what is met",
        ),
        pytest.param(
            "the diagnosis is uncertain.",
            ("specialist-input-needed",),
            ("specialist-input-needed",),
            id="a word that denies by itself",
        ),
        pytest.param(
            "no weakness is seen and there are no red flags.",
            ("neurologic-findings", "red-flags"),
            (),
            id="in the order of the sentence",
        ),
        pytest.param(
            "there are no red flags and no sign of any red flag.",
            ("red-flags",),
            (),
            id="each once",
        ),
        pytest.param(
            "the request for surgery without red flags is not medically necessary.",
            (),
            (),
            id="the conclusion gives no reason",
        ),
    ],
)
def test_what_a_sentence_names(text: str, unmet: tuple[str, ...], met: tuple[str, ...]) -> None:
    assert (certain(text, UNMET), certain(text, MET)) == (unmet, met)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "no physical findings are described.", ("objective-findings",), id="alone, it counts"
        ),
        pytest.param(
            "no physical findings or red flags are described.",
            ("red-flags",),
            id="beside something specific it does not",
        ),
        pytest.param(
            "no objective findings explain why this was ordered.",
            ("objective-findings",),
            id="of several the first of the catalogue",
        ),
        pytest.param("physical findings are described.", (), id="what is not denied is not unmet"),
    ],
)
def test_what_is_said_in_general(text: str, expected: tuple[str, ...]) -> None:
    assert certain(text, UNMET) == expected


def test_the_specific_displaces_the_vague() -> None:
    text = "there is no rationale for another lumbar mri without a change in symptoms."
    assert certain(text, UNMET) == ("new-findings-since-last-test",)
    assert certain(text, UNMET, "new-findings-since-last-test") == ("rationale-documented",)


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("mtus does not recommend this drug.", UNMET, ("guideline-recommends",)),
        ("the brace is supported by the guideline.", MET, ("guideline-recommends",)),
        ("there are no red flags.", UNMET, ()),
    ],
)
def test_what_counts_for_want_of_better(text: str, status: str, expected: tuple[str, ...]) -> None:
    assert find_reasons(sentence_of(text), status).fallback == expected


def test_what_is_ruled_out_counts_for_nothing() -> None:
    assert certain("there are no red flags or weakness.", UNMET, "red-flags") == (
        "neurologic-findings",
    )
    drug = sentence_of("mtus does not recommend this drug.")
    assert find_reasons(drug, UNMET, frozenset({"guideline-recommends"})) == Findings((), ())


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        pytest.param(
            "the patient has not improved with exercises at home.", UNMET, (), id="in passing"
        ),
        pytest.param(
            "the patient has failed therapy although pain relief with tramadol was good for years.",
            MET,
            ("first-line-tried",),
            id="approvals join what was shown",
        ),
        pytest.param(
            "it is now past 72 hours and there are no red flags.",
            UNMET,
            ("recovery-phase", "red-flags"),
            id="each part of the sentence speaks of its own",
        ),
        pytest.param("there are red flags.", UNMET, (), id="nothing"),
    ],
)
def test_what_decides(text: str, status: str, expected: tuple[str, ...]) -> None:
    assert decisive_reasons(sentence_of(text), status).certain == expected


@pytest.mark.parametrize(
    ("topics", "least"),
    [
        pytest.param({"a": 0.9, "b": 0.2}, 0.36, id="two fifths of the most"),
        pytest.param({"a": 0.5}, 0.2, id="just clear enough"),
        pytest.param({"a": 0.4}, 0.0, id="of nothing clearly"),
        pytest.param({"a": 0.6, "out": 1.0}, 0.24, id="what is ruled out sets no measure"),
        pytest.param({}, 0.0, id="of nothing at all"),
    ],
)
def test_how_far_a_sentence_has_to_speak_of_what_it_names(
    topics: dict[str, float], least: float
) -> None:
    assert least_spoken_of(topics, frozenset({"out"}), 0.5) == pytest.approx(least)


def test_sentences_of_letters_are_kept() -> None:
    assert kept_sentence("there are no red flags.") is kept_sentence("there are no red flags.")
    assert sentence_of("there are no red flags.") is not sentence_of("there are no red flags.")
