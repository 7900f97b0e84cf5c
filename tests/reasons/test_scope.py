"""Guideline or patient, denied or not."""

from __future__ import annotations

import pytest

from imrsearch.reasons.rules import sentence_of
from imrsearch.reasons.scope import (
    APPLIED,
    BACKGROUND,
    FIXED,
    PRELIMINARY,
    conclusion,
    denials,
    found_nothing,
    quotations,
    refers_back,
    role,
    role_in_rationale,
    tells_of_case,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mtus recommends a trial of six visits.", BACKGROUND),
        ("the odg states that mri is indicated if derangement is suspected.", BACKGROUND),
        ("treatment should be stopped if the patient fails to improve.", BACKGROUND),
        ("outcomes were better with active care (smith, 2004).", BACKGROUND),
        ("in this case, mri is not supported by the guideline.", APPLIED),
        ("there is no documentation of a trial.", APPLIED),
        ("the injured worker has had 14 visits.", APPLIED),
        ("gabapentin had to be stopped because of sedation.", APPLIED),  # names neither
        ("the number asked for is within the guideline.", APPLIED),  # measured against it
        ("most patients improve within weeks.", BACKGROUND),
        ("mtus allows six visits and, if there is evidence of a gain, up to 18.", BACKGROUND),
        ("passive care without effort on the part of the patient is not indicated.", BACKGROUND),
        ("acoem finds no evidence that one drug of the class is better.", BACKGROUND),
        ("odg allows a unit where there is no response to other care.", BACKGROUND),
        ("the mtus expects a patient on opioids to be seen every month.", BACKGROUND),
        ("per odg, when there are no red flags, imaging can wait.", BACKGROUND),
        ("this should not be interpreted as a recommendation to stop.", FIXED),
        # The regulation's words, quoted with or without all of its marks
        ('functional improvement" means either a reduction in work restrictions or …', FIXED),
        ("(1) time to produce functional improvement: 3 to 6 treatments.", FIXED),
        ("(2) frequency: 1 to 3 times per week.", FIXED),
        ("(3) optimum duration: 1 to 2 months.", FIXED),
        ("the therapy took longer than the optimum duration.", APPLIED),
        ("mtus recommends acupuncture for this patient.", BACKGROUND),  # it opens the sentence
        ("for this patient mtus recommends acupuncture.", APPLIED),
        ("mtus recommends acupuncture and this patient has had it.", APPLIED),  # and is applied
        ("a patient with neck pain is seen first.", BACKGROUND),  # any patient
        ("[84, 89] opioids are for severe pain.", BACKGROUND),
        ("opioids are for severe pain [84].", APPLIED),
    ],
)
def test_what_a_sentence_speaks_of(text: str, expected: str) -> None:
    assert role(sentence_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "part", "denied"),
    [
        ("no red flags or deficits", "deficits", True),  # one negation governs all it lists
        ("weakness but no spasm", "weakness", False),
        ("no spasm, but weakness", "weakness", False),
        ("the goals were not stated", "goals", True),  # what stands before
        ("pain relief is unclear", "pain relief", True),
        ("although the mri shows a tear, care was not completed", "mri", False),  # conceded
        ("not only weakness", "weakness", False),
        ("criteria including, but not limited to, red flags", "red flags", False),
        ("the surgery is not medically necessary given weakness", "weakness", False),
        ("no deficit to warrant an mri", "mri", False),  # what it would be for is not denied
        ("no spasm despite weakness", "weakness", False),  # what stands against it
        ("weakness, but the spasm was not noted", "weakness", False),  # another part's denial
        ("even though the mri shows a tear, care was not completed", "care", True),
        ("however, no weakness was seen", "weakness", True),  # what stops stands before it
        ("the spasm was not noted, but weakness was", "spasm", True),  # or behind it
        ("relief is unclear and no weakness was seen", "relief", True),
        (
            "no weakness, spasm was not noted",
            "weakness",
            True,
        ),  # each denial reaches as far as it does
    ],
)
def test_what_a_sentence_denies(text: str, part: str, denied: bool) -> None:
    start = text.index(part)
    assert denials(sentence_of(text)).cover(start, start + len(part)) is denied


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        (
            "due to the lack of benefit, the request for therapy is not medically necessary",
            "the request for therapy is not medically necessary",
        ),
        (
            "the request for therapy is medically necessary because function has improved",
            "the request for therapy is medically necessary ",
        ),
        ("it is not medically necessary as asked", "it is not medically necessary as asked"),
        (
            "the brace is medically necessary as there was a fall",
            "the brace is medically necessary ",
        ),
        ("since the surgery is not medically necessary, the brace goes too", ""),
        ("the request is for care", ""),
        ("the request exceeds the guideline and is not medically necessary", ""),
        *(
            (whole, whole)
            for whole in (
                "in light of the above, shoulder arthroscopy is medically necessary",
                "as such, therapy to the knee x6 is deemed not medically necessary",
                "for all of these reasons acupuncture is not medically necessary",
                "given these findings, the brace is medically necessary",
                "under the circumstances, a home aide is medically necessary",
                "on the basis of the foregoing, tramadol is not medically necessary",
                "no, the decision is not medically appropriate",
            )
        ),
        ("given that care was not tried, the brace is not medically necessary", ""),
        ("due to the tear, arthroscopy is medically necessary", ""),
    ],
)  # fmt: skip
def test_the_conclusion_is_told_from_its_reason(text: str, decided: str) -> None:
    assert text[slice(*conclusion(sentence_of(text)))] == decided


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("during that month a rental is preferred over a purchase.", False),
        ("the purpose of the injection is to reduce pain and avoid surgery.", False),
        ("when the examination is less clear, further evidence can be obtained.", False),
        ("for chronic pain the rules are stricter and call for an agreement.", False),
        ("treatment may go on if the patient improves.", False),
        ("the results were encouraging in three trials.", False),
        ("this surgery is not meant for patients with mild symptoms.", False),
        ("the claimant fell from a roof.", True),
        ("the therapist has not said why.", True),
        ("there is no documentation of a trial.", True),
        ("six visits were certified last month.", True),
        ("the date of injury is barely two weeks before the order.", True),
        ("prior therapy did not help.", True),
        ("the request is for twelve visits.", True),
    ],
)
def test_whether_a_sentence_names_the_case(text: str, expected: bool) -> None:
    assert tells_of_case(sentence_of(text)) is expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BACKGROUND, "the utilization reviewer noted a gain."),
        (BACKGROUND, "mtus recommends six visits."),
        (PRELIMINARY, "the patient is a 40 year old cook."),
        (APPLIED, "function improved."),
        pytest.param(
            BACKGROUND,
            "ur found that therapy had helped the patient, who is a 40 year old cook.",
            id="the review's view goes before who the patient is",
        ),
    ],
)
def test_what_a_sentence_of_a_rationale_speaks_of(kind: str, text: str) -> None:
    assert role_in_rationale(sentence_of(text)) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neither is on record.", True),
        ("however, no such trial was submitted.", True),
        ("in this case, none of these was tried.", True),
        ("not a single one is noted.", True),
        ("of the list above, not one applies.", True),
        ("such a trial was not reported.", True),
        ("these criteria are not met.", True),
        ("the above criteria have not been met.", True),
        ("this is missing.", True),
        ("neither the patient nor his wife has it.", False),
        ("this patient has not improved.", False),
        ("this medication is not shown.", False),
        ("this is not medically necessary.", False),
        ("this was not recommended.", False),
        ("the request is not met.", False),
        ("relief is missing; none of these helped.", False),
    ],
)
def test_whether_a_sentence_denies_what_the_one_before_names(text: str, expected: bool) -> None:
    assert refers_back(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the records do not indicate that the drug is not tolerated.", True),
        ("the note did not show that it helped.", True),
        ("the notes show that he did not improve.", False),
        ("it does not report relief.", False),
    ],
)
def test_whether_a_sentence_says_that_something_was_not_shown(text: str, expected: bool) -> None:
    assert found_nothing(sentence_of(text)) is expected


LONG = "therapy is recommended where it has been shown to be of use to people"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param(f'odg says "{LONG}." this is so.', [f'"{LONG}."'], id="straight marks"),
        pytest.param(f"“{LONG}”, it says.", [f"“{LONG}”"], id="curly marks, at the beginning"),
        pytest.param(f'“{LONG}” and "{LONG}"', [f"“{LONG}”", f'"{LONG}"'], id="each by itself"),
        pytest.param('odg says "of use".', [], id="a word or two is none"),
        pytest.param(f"he is 6'2\" and {LONG}, 5'1\" or so.", [], id="inches"),
    ],
)
def test_long_quotations(text: str, quoted: list[str]) -> None:
    assert [text[slice(*span)] for span in quotations(text)] == quoted
