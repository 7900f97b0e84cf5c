"""A letter's facts, put together: whose they are, where they stand, and what stands in for what."""

from __future__ import annotations

from datetime import date

import pytest

from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.model import Determination
from tests.letters.forms import NOTICE, PROFESSIONAL_REVIEW, credentials_letter, issue

LETTER = credentials_letter(issue("Cane: Upheld", "It helps."))
NAME = "CM15-0000001.txt"


def read(letter: str) -> Determination:
    return parse(kept_text(letter), NAME)


def printed(letter: str, path: str) -> str:
    """What the letter prints where a fact stands."""
    span = read(letter).evidence[path]
    return kept_text(letter)[span.start : span.end]


def test_the_printed_case_number_goes_before_the_file_s_name() -> None:
    assert read(LETTER).case_id == "CM16-0000901"
    assert printed(LETTER, "case_id") == "CM16-0000901"
    unnumbered = read(LETTER.replace("Case Number: CM16-0000901\n", ""))
    assert unnumbered.case_id == "CM15-0000001"
    assert "case_id" not in unnumbered.evidence
    assert unnumbered.file == NAME


def test_the_priority_is_told_in_lower_case() -> None:
    assert read(LETTER).priority == "standard"
    assert printed(LETTER, "priority") == "Standard"
    assert read(NOTICE).priority is None


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        (("Upheld",), "upheld"),
        (("Overturned", "Overturned"), "overturned"),
        (("Overturned", "Upheld"), "partly overturned"),
        pytest.param(("Modified",), None, id="another word"),
        pytest.param(("Upheld", "Modified"), None, id="beside one of the two"),
        pytest.param((), None, id="no issue"),
    ],
)
def test_the_outcome_of_a_case(decisions: tuple[str, ...], outcome: str | None) -> None:
    issues = (issue(f"Cane: {word}", "It helps.") for word in decisions)
    assert read(credentials_letter(*issues)).outcome == outcome


def test_the_summary_tells_the_day_of_injury_where_the_fields_do_not() -> None:
    assert printed(LETTER, "dates.injury") == "10/17/2016"
    told = LETTER.replace("Date of Injury: 10/17/2016", "").replace(
        "on the job on", "in an injury on"
    )
    assert read(told).dates.injury == date(2016, 10, 17)
    assert printed(told, "dates.injury") == "10-17-2016"


def test_sex_is_inferred_only_where_no_noun_tells_it() -> None:
    assert (read(LETTER).patient.sex, read(LETTER).patient.sex_inferred) == ("female", False)
    by_pronouns = LETTER.replace("female who hurt her back", "cook who hurt her back; she fell")
    assert (read(by_pronouns).patient.sex, read(by_pronouns).patient.sex_inferred) == (
        "female",
        True,
    )
    assert printed(by_pronouns, "patient.sex") == "her"
    untold = read(LETTER.replace("female who hurt her back", "cook who fell")).patient
    assert (untold.sex, untold.sex_inferred) == (None, False)


def test_each_fact_of_a_reviewer_has_its_place() -> None:
    assert read(LETTER).reviewer.licensed_in == ("California", "Texas")
    assert printed(LETTER, "reviewer.licensed_in.1") == "Texas"
    assert printed(LETTER, "reviewer.specialties.0") == "Occupational Medicine"


def test_a_reviewer_who_adopts_the_guidelines_cites_the_same() -> None:
    _, brace = read(NOTICE).issues
    assert brace.reviewer_guideline.basis == "mtus"
    assert brace.reviewer_guideline.citations == brace.claims_administrator.citations != ()
    assert brace.reviewer_guideline.text == "The Expert Reviewer relied on the same page."
    path = "issues.2.reviewer_guideline"
    assert printed(NOTICE, f"{path}.basis") == "relied on the\nsame page"
    assert printed(NOTICE, f"{path}.citations.0") == "ACOEM, page 301"


@pytest.mark.parametrize(
    ("administrator", "reviewer"),
    [
        pytest.param("ACOEM, page 301", "the ODG, Low Back", id="one with citations of its own"),
        pytest.param("a lack of records", "the same page", id="where there is nothing to adopt"),
    ],
)
def test_other_reviewers_cite_what_they_cite(administrator: str, reviewer: str) -> None:
    letter = NOTICE.replace("on ACOEM, page 301", f"on {administrator}")
    _, brace = read(letter.replace("on the\nsame page", f"on {reviewer}")).issues
    own = [one.guideline for one in brace.reviewer_guideline.citations]
    assert own == (["odg-low-back"] if "ODG" in reviewer else [])


def test_amounts_of_a_modified_request() -> None:
    heading = (
        "Therapy, 12 visits was the original request. Therapy, 6 visits was authorized by the "
        "Claims Administrator. The remaining IMR eligible portion of the original request, "
        "Physical therapy, 4 visits is: Upheld"
    )
    letter = credentials_letter(issue(heading, "It helps."))
    (only,) = read(letter).issues
    amounts = (only.original_quantity, only.authorized_quantity, only.quantity)
    assert [one and one.amount for one in amounts] == [12, 6, 4]
    assert printed(letter, "issues.1.quantity") == "4 visits"
    assert printed(letter, "issues.1.authorized") == "Therapy, 6 visits"


def test_a_letter_of_an_unknown_form_is_kept_as_text() -> None:
    found = read("A letter of no known form on Independent Medical Review, IMR, by MAXIMUS.")
    assert (found.era, found.outcome, found.issues) == ("unknown", None, ())
    assert [one.code for one in found.warnings] == ["unknown-layout", "no-issues"]


def test_headings_that_stand_once_for_each_issue_are_not_told_as_repeated() -> None:
    dispute = PROFESSIONAL_REVIEW[: PROFESSIONAL_REVIEW.index("MEDICAL REVIEWER")]
    twice = read(dispute + dispute.replace("acupuncture", "massage"))
    assert len(twice.issues) == 2
    repeated = [one.message for one in twice.warnings if one.code == "repeated-heading"]
    assert len(repeated) == 2
    assert all("summary" in one or "documents" in one for one in repeated)
