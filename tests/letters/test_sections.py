"""The era of a letter, its sections, and the headings of its numbered issues."""

from __future__ import annotations

import pytest

from imrsearch.letters.layout import kept_text
from imrsearch.letters.sections import Sections, issue_number, numbered_headings, split_sections
from imrsearch.system.errors import LetterError
from tests.letters.forms import (
    DOCUMENTS_REVIEWED,
    NOTICE,
    PROFESSIONAL_REVIEW,
    credentials_letter,
    issue,
)

CREDENTIALS = credentials_letter(issue("Cane: Upheld", "It helps."))
SAID = "The injured worker is a 41 year old female who hurt her back on the job on 10-17-2016."


def split(letter: str) -> Sections:
    return split_sections(kept_text(letter))


def era(letter: str) -> str | None:
    template = split(letter).template
    return template.name if template else None


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        pytest.param(CREDENTIALS, "credentials", id="credentials"),
        pytest.param(
            f"Notice of Independent Medical Review Determination\n\n{CREDENTIALS}",
            "credentials",
            id="credentials behind a cover that has the notice's title",
        ),
        pytest.param(CREDENTIALS.upper(), "credentials", id="credentials in capitals"),
        pytest.param(
            "CASE SUMMARY\n\nHe fell.\n\nIMR ISSUE, DECISION AND RATIONALE\n\nCane: Upheld",
            "sentence",
            id="headings of one issue",
        ),
        pytest.param(NOTICE, "notice", id="notice"),
        pytest.param(PROFESSIONAL_REVIEW, "professional-review", id="professional review"),
        pytest.param(DOCUMENTS_REVIEWED, "documents-reviewed", id="documents reviewed"),
    ],
)
def test_the_era_of_a_letter(letter: str, name: str) -> None:
    assert era(letter) == name


def test_an_era_is_known_by_three_of_its_headings_where_its_marks_are_misprinted() -> None:
    headings = (
        "CLINICAL CASE SUMARY\nHe fell.\n\nIMR ISSUES, DECISIONS AND RATIONLES\nA cane: Upheld\n\n"
    )
    last = "HOW THE IMR FINAL DETERMINATION WAS MDE\nBy MAXIMUS.\n"
    assert era(headings + last) is not None
    assert era(f"MAXIMUS {headings}") is None


def test_headings_of_one_issue_and_of_a_summary_that_is_not_called_clinical() -> None:
    found = split(
        CREDENTIALS.replace(
            "ISSUES, DECISIONS AND RATIONALES", "ISSUE, DECISION AND RATIONALE"
        ).replace("CLINICAL CASE", "CASE")
    )
    assert str(found.get("issues")).startswith("Cane: Upheld")
    assert str(found.get("summary")).endswith("10-17-2016.")


def test_a_letter_of_no_known_era_is_kept_whole() -> None:
    sections = split("MAXIMUS Federal Services\nIndependent Medical Review\n\nNothing else.")
    assert sections.template is None
    assert sections.head == sections.letter
    assert not sections.get("summary")
    assert not sections.parts


def test_a_section_that_is_missing_is_empty() -> None:
    missing = split(CREDENTIALS).get("documents")
    assert (missing.start, missing.end) == (0, 0)


def test_another_text_is_no_letter() -> None:
    with pytest.raises(LetterError) as caught:
        split("The claims administrator wrote to the tenant.")  # one of the letters' words
    assert caught.value.code == "not-a-letter"


def test_what_stands_before_the_first_heading() -> None:
    head = str(split(CREDENTIALS).head)
    assert head.startswith("Case Number: CM16-0000901")
    assert head.endswith("12/01/2016")


@pytest.mark.parametrize(
    ("printed", "summary"),
    [
        pytest.param(SAID, SAID, id="as printed"),
        pytest.param(f"“{SAID}”", SAID, id="in quotation marks as a whole"),
        pytest.param(f"“{SAID[:-1]}” it says.", f"“{SAID[:-1]}” it says.", id="in part"),
        pytest.param(f"{SAID[:-1]}”", f"{SAID[:-1]}”", id="closed without being opened"),
        pytest.param('"', '"', id="a mark alone"),
    ],
)
def test_a_summary_goes_without_the_forms_own_sentence(printed: str, summary: str) -> None:
    assert split(CREDENTIALS.replace(SAID, printed)).get("summary").unwrap().text == summary


def test_a_heading_printed_again_is_told_and_the_first_counts() -> None:
    again = CREDENTIALS.replace(SAID, f"{SAID}\n\nCLINICAL CASE SUMMARY\n\nHe fell.\n")
    assert split(again).repeated == ("summary",)
    assert str(split(again).get("summary")).endswith("10-17-2016.")
    twice = CREDENTIALS.replace(
        "CLINICAL CASE SUMMARY", "CLINICAL CASE SUMMARY\n\n\fCLINICAL CASE SUMMARY"
    )
    assert split(twice).repeated == ()
    assert split(twice).get("summary").unwrap().text == SAID


def test_the_next_letter_of_a_file_is_no_part_of_the_first() -> None:
    found = split(CREDENTIALS + "\n\f" + CREDENTIALS.replace("0000901", "0000902"))
    assert (found.joined, found.repeated) == ("CM16-0000902", ())
    assert str(found.get("issues")).endswith("It helps.")


@pytest.mark.parametrize(
    "named",
    [
        pytest.param("Case Number: CM16-0000901\n", id="a page's head names its own"),
        pytest.param("Case Number: CM16-0000777 was decided before.\n", id="another is named"),
    ],
)
def test_a_case_that_is_named_begins_no_other_letter(named: str) -> None:
    again = f"{SAID}\n\n{named}\nCLINICAL CASE SUMMARY\n\nHe fell.\n"
    found = split(CREDENTIALS.replace(SAID, again))
    assert (found.joined, found.repeated) == (None, ("summary",))
    assert "It helps." in str(found.get("issues"))


def test_what_closes_a_letter_may_stand_in_several_places() -> None:
    closed = split(f"{DOCUMENTS_REVIEWED}\nSincerely,\nA physician\n\nDisclaimer: none.\n")
    assert [part.name for part in closed.parts][-2:] == ["closing", "closing"]
    assert closed.repeated == ()
    assert str(closed.get("issues")).endswith("A cane suffices.")


def test_of_headings_that_stand_once_for_each_dispute_a_misprinted_one_is_found() -> None:
    dispute = PROFESSIONAL_REVIEW[: PROFESSIONAL_REVIEW.index("MEDICAL REVIEWER")]
    second = dispute.replace("RATIONALE FOR WHY", "RATIONAL FOR WHY")
    names = [part.name for part in split(dispute + second).parts]
    assert names == [part.name for part in split(dispute + dispute).parts]
    assert names.count("rationale") == 2


@pytest.mark.parametrize("misprinted", ["CASE SUMMRY:", "Case summary:", "CASE SUMARY:"])
def test_a_misprinted_heading_is_found_where_it_is_missing(misprinted: str) -> None:
    sections = split(PROFESSIONAL_REVIEW.replace("CASE SUMMARY:", misprinted))
    assert str(sections.get("summary")) == "A 38 year old woman with wrist pain."


@pytest.mark.parametrize(
    ("heading", "negative"),
    [("IS/WAS\nNOT MEDICALLY NECESSARY:", True), ("IS/WAS\nMEDICALLY NECESSARY:", False)],
)
def test_a_rationale_s_heading_tells_the_decision(heading: str, negative: bool) -> None:
    letter = PROFESSIONAL_REVIEW.replace("IS/WAS\nNOT MEDICALLY NECESSARY:", heading)
    (part,) = (part for part in split(letter).parts if part.name == "rationale")
    assert part.negative is negative
    assert part.heading.unwrap().text.endswith(heading.replace("\n", " "))
    assert str(part.body).startswith("Six visits")


def test_the_issues_begin_at_the_first_number_and_end_the_section_before() -> None:
    sections = split(NOTICE)
    assert str(sections.get("documents")) == "The application, the denial and the records."
    assert str(sections.get("issues")).startswith("1) Regarding")
    assert str(sections.get("issues")).endswith("appropriate.")


def numbers(letter: str) -> list[int]:
    sections = split(letter)
    assert sections.template
    return [
        issue_number(match)
        for match in numbered_headings(sections.get("issues"), sections.template)
    ]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        pytest.param(NOTICE, [1, 2], id="as printed"),
        pytest.param(NOTICE.replace("1) Regarding", "l) Regarding"), [1, 2], id="an l for a one"),
        pytest.param(NOTICE.replace("2) Regarding", "3) Regarding"), [1, 3], id="ahead of a label"),
        pytest.param(
            NOTICE.replace("Land exercise", "3) Regarding the request for a cane:\nLand exercise"),
            [1, 2],
            id="out of turn and without a label it is none",
        ),
        pytest.param(
            NOTICE.replace("\n\n2) Regarding", " 2) Regarding"), [1, 2], id="inside a line"
        ),
        pytest.param(
            NOTICE.replace("2) Regarding", "Documents Reviewed:\nNone.\n\n2) Regarding"),
            [1, 2],
            id="behind a section that is printed among them",
        ),
        pytest.param(
            NOTICE.replace("Land exercise", "as in 2) Regarding the request for a cane: land"),
            [1, 2],
            id="once named inside a rationale",
        ),
        pytest.param(DOCUMENTS_REVIEWED, [1, 2], id="by their decision"),
        pytest.param(
            DOCUMENTS_REVIEWED.replace(
                "The gait", "1. Rest has failed.\n2. A splint is not medically necessary.\nThe gait"
            ),
            [1, 2],
            id="a list of the rationale's own is none",
        ),
        pytest.param(
            DOCUMENTS_REVIEWED + "\n3. A ramp is medically necessary.\n", [1, 2, 3], id="the next"
        ),
        pytest.param(
            DOCUMENTS_REVIEWED + "\n4. A ramp is medically necessary.\n", [1, 2], id="not the next"
        ),
    ],
)
def test_numbered_issues(printed: str, found: list[int]) -> None:
    assert numbers(printed) == found
