"""The issues section cut into items."""

from __future__ import annotations

import pytest

from imrsearch.letters.decision import (
    decision_of_section,
    decision_of_word,
    heading_without_decision,
)
from imrsearch.letters.issues import Item, split_items
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.letters.sections import split_sections
from tests.letters.forms import (
    DOCUMENTS_REVIEWED,
    NOTICE,
    PROFESSIONAL_REVIEW,
    credentials_letter,
    issue,
)

FIRST = issue("X-ray of the hip: Upheld", "No red flag is told. It is not medically necessary.")
CLOSING = "No red flag is told. It is not medically necessary."
MODIFIED = (
    "Twelve visits of therapy was the original request. Six visits of therapy was authorized by "
    "the\nClaims Administrator. The remaining IMR eligible portion of the original request, six\n"
    "visits of therapy is"
)


def items(text: str) -> tuple[Item, ...]:
    return split_items(split_sections(kept_text(text)))


def heads(text: str) -> list[tuple[str, str | None]]:
    return [
        (
            heading_without_decision(item.heading).unwrap().text,
            found.value if (found := decision_of_word(item.heading)) else None,
        )
        for item in items(text)
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param("Cane: Overturned", ("Cane", "overturned"), id="one line"),
        pytest.param("Cane:\nOverturned", ("Cane", "overturned"), id="decision on the next line"),
        pytest.param("Cane:\n\fOverturned", ("Cane", "overturned"), id="decision on the next page"),
        pytest.param(
            "Cane:\n\n\fOverturned", ("Cane", "overturned"), id="decision a paragraph apart"
        ),
        pytest.param(
            "A cane with a\nthree-legged foot: Upheld",
            ("A cane with a three-legged foot", "upheld"),
            id="two lines",
        ),
        pytest.param(
            "Gel #30, DOS: 11/14/16: Upheld", ("Gel #30, DOS: 11/14/16", "upheld"), id="colons"
        ),
        pytest.param(
            "Associated surgical service: Cane: Upheld",
            ("Associated surgical service: Cane", "upheld"),
            id="a prefix with a colon",
        ),
        pytest.param("Cane : Upheld.", ("Cane", "upheld"), id="loose punctuation"),
        pytest.param("Cane: Over-\nturned", ("Cane", "overturned"), id="broken by a hyphen"),
        pytest.param("Cane: UPHELD", ("Cane", "upheld"), id="capitals"),
        pytest.param("Cane - Upheld", ("Cane", "upheld"), id="a dash"),
        pytest.param("Cane (Overturned)", ("Cane", "overturned"), id="in parentheses"),
        pytest.param("Cane: **Upheld**", ("Cane", "upheld"), id="marks of bold print"),
        pytest.param("2. Cane\nDecision: Upheld", ("Cane", "upheld"), id="numbered, with a label"),
        pytest.param("0.5 mg tablets: Upheld", ("0.5 mg tablets", "upheld"), id="no item's number"),
        pytest.param("Cane:Upheld", ("Cane", "upheld"), id="no blank"),
        pytest.param(
            "Cane: Overturned in part",
            ("Cane", "overturned in part"),
            id="another word is kept as printed",
        ),
        pytest.param(
            f"{MODIFIED}:\nUpheld", (" ".join(MODIFIED.split()), "upheld"), id="modified request"
        ),
    ],
)
def test_heading(second: str, expected: tuple[str, str]) -> None:
    text = credentials_letter(FIRST, issue(second, "It helps."))
    assert heads(text) == [("X-ray of the hip", "upheld"), expected]
    assert items(text)[0].rationale.unwrap().text == CLOSING


@pytest.mark.parametrize(
    ("border", "second"),
    [
        pytest.param("\n\f", "Cane: Upheld", id="a page break without an empty line"),
        pytest.param("\n\f", f"{MODIFIED}: Upheld", id="a modified request after a page break"),
        pytest.param("\n", "Cane: Upheld", id="an extract without empty lines"),
        pytest.param(" ", "Cane: Upheld", id="lines joined"),
        pytest.param("\n", f"{MODIFIED}: Upheld", id="a modified request, no empty lines"),
        pytest.param(
            "\n\n",
            MODIFIED.replace("Administrator. The", "Administrator.\n\fThe") + ": Upheld",
            id="a page break between the sentences of a modified request",
        ),
        pytest.param(
            "\n\n",
            MODIFIED.replace("the\nClaims Admin", "the Claims\n\n\fAdmin") + ": Upheld",
            id="a page break amid a sentence of a modified request, as pdftotext prints it",
        ),
    ],
)
def test_heading_without_a_paragraph_s_border(border: str, second: str) -> None:
    text = credentials_letter(FIRST.rstrip("\n") + border + issue(second, "It helps."))
    expected = second.removesuffix(": Upheld")
    head, decision = heads(text)[1]
    assert (" ".join(head.split()), decision) == (" ".join(expected.split()), "upheld")
    assert items(text)[0].rationale.unwrap().text == CLOSING


def test_first_heading_after_a_page_break() -> None:
    letter = credentials_letter("\f" + FIRST.lstrip())
    assert heads(letter) == [("X-ray of the hip", "upheld")]


def test_rationale_of_several_paragraphs() -> None:
    first = issue("Cane: Upheld", "First part.\n\nSecond part.")
    found = items(credentials_letter(first, FIRST))
    assert found[0].rationale.unwrap().text == "First part.\n\nSecond part."
    assert [item.number for item in found] == [1, 2]


def test_no_empty_line_between_the_conclusion_of_a_rationale_and_the_next_heading() -> None:
    first = issue("Cane: Upheld", "First part.\n\nIt is not medically necessary.").rstrip("\n")
    letter = credentials_letter(f"{first}\n{FIRST}")
    assert [head for head, _ in heads(letter)] == ["Cane", "X-ray of the hip"]


def test_all_labels_of_one_item_misprinted() -> None:
    misspelt = issue("Cane: Upheld", "It helps.")
    for label in ("Claims Administrator guid", "MAXIMUS guid", "Decision ration"):
        misspelt = misspelt.replace(label, label[:-2] + label[-1])
    found = items(credentials_letter(misspelt, FIRST))
    assert [item.rationale.unwrap().text for item in found] == ["It helps.", CLOSING]


def test_a_heading_without_any_colon_is_the_last_paragraph() -> None:
    found = items(credentials_letter(FIRST, issue("Cane, not decided", "It helps.")))
    assert [str(item.heading) for item in found[1:]] == ["Cane, not decided"]
    assert found[0].rationale.unwrap().text == CLOSING


def test_labels_in_the_plural() -> None:
    (only,) = items(credentials_letter(FIRST.replace("guideline:", "guidelines:")))
    assert str(only.claims_administrator).endswith("2004.")
    assert str(only.reviewer_guideline).endswith("58-60.")


def test_the_label_of_one_side_missing() -> None:
    letter = credentials_letter(
        FIRST.replace("MAXIMUS guideline:", "Other:"), issue("Cane: Upheld", "It helps.")
    )
    assert len(items(letter)) == 2
    assert not items(letter)[0].reviewer_guideline


def test_notice() -> None:
    found = items(NOTICE)
    assert [item.number for item in found] == [1, 2]
    assert found[0].claims_administrator.unwrap().text.startswith("The Claims Administrator based")
    assert found[0].reviewer_guideline.unwrap().text.startswith("The Expert Reviewer found")
    assert found[1].rationale.unwrap().text.startswith("The brace shortens")


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param(NOTICE + "\nSincerely,\n\nDisclaimer: No advice.\n", id="two closings"),
        pytest.param(
            NOTICE.replace("\nINDEPENDENT", "\nSincerely,\n\nINDEPENDENT")
            + "\nSincerely,\nA name\n",
            id="the notice and the decision are signed",
        ),
    ],
)
def test_a_letter_s_closing_is_no_rationale(letter: str) -> None:
    last = items(letter)[-1]
    assert last.rationale.unwrap().text.endswith("is medically necessary and appropriate.")
    assert split_sections(kept_text(letter)).repeated == ()


@pytest.mark.parametrize(
    ("printed", "service"),
    [
        pytest.param(
            "Regarding the retrospective request for a", "retrospective request for a", id="past"
        ),
        pytest.param("Regarding the requests for a", "a", id="plural"),
        pytest.param("Regarding the requested a", "requested a", id="no request's noun"),
        pytest.param("Reagrding the request for a", "a", id="a word misspelt"),
        pytest.param("Regarding the reqest for a", "a", id="another word misspelt"),
        pytest.param("Regarding th request forr a", "a", id="short words misspelt"),
        pytest.param("Regardingthe request for a", "a", id="a blank lost"),
        pytest.param("Regarding left knee repair for a", "left knee repair for a", id="none lost"),
    ],
)
def test_a_notice_s_headings_vary(printed: str, service: str) -> None:
    match = items(NOTICE.replace("Regarding the request for a", printed))[-1].match
    assert match and match["service"] == f"{service} back brace"


def test_a_notice_s_headings_are_numbered_with_a_full_stop() -> None:
    letter = NOTICE.replace("1) Regarding", "1. Regarding").replace("2) Regarding", "2. Regarding")
    assert [item.number for item in items(letter)] == [1, 2]


@pytest.mark.parametrize("number", ["l)", "(1)", "1))", "#1)", "1 )"])
def test_a_heading_s_number_varies(number: str) -> None:
    letter = NOTICE.replace("1) Regarding", f"{number} Regarding")
    assert [item.number for item in items(letter)] == [1, 2]


@pytest.mark.parametrize(
    ("said", "negative"),
    [
        ("is not medicaly necessary and appropriate", True),
        ("is not medically necessary an dappropriate", True),
        ("is nt medically necesary and apropriate", True),
        ("isnot medicallynecessary and appropriate", True),
        ("is medically necesssary and appropriate", False),
        ("is nnot medically necessary", True),
        ("is noy medically necessary", True),
        ("iu not medically necessary", True),
        ("si medically necessary", False),
        ("is edically necessary", False),
        ("is now medically necessary", None),
        ("are medically necessary", False),
    ],
)
def test_a_heading_s_decision_with_a_letter_wrong(said: str, negative: bool | None) -> None:
    """``None``: what is said in other words is no heading."""
    letter = DOCUMENTS_REVIEWED.replace("is medically necessary and appropriate", said, 1)
    first = items(letter)[0]
    if negative is None:
        assert first.match and first.match["service"] != "A cane"
    else:
        assert first.match
        assert (first.match["service"], bool(first.match["negative"])) == ("A cane", negative)


@pytest.mark.parametrize(
    ("letter", "heading"),
    [(NOTICE, "2) Regarding"), (NOTICE, "1) Regarding"), (DOCUMENTS_REVIEWED, "2. A power")],
)
def test_a_heading_joined_to_the_line_before(letter: str, heading: str) -> None:
    joined = letter.replace(f"\n\n{heading}", f" {heading}")
    assert joined != letter
    assert [str(one.rationale) for one in items(joined)] == [
        str(one.rationale) for one in items(letter)
    ]


def test_a_rationale_s_list_in_parentheses_is_no_list_of_issues() -> None:
    said = (
        "It asks:\n(1) is it unsafe;\n(2) it helps; (3) it is medically necessary and appropriate."
    )
    letter = DOCUMENTS_REVIEWED.replace("The gait is unsafe without one.", said)
    assert [str(one.rationale) for one in items(letter)] == [said, "A cane suffices."]


def test_a_number_amid_a_line_is_no_heading() -> None:
    said = "It holds 2. A cane is medically necessary. The gait is unsafe without one."
    letter = DOCUMENTS_REVIEWED.replace("The gait is unsafe without one.", said)
    assert str(items(letter)[0].rationale) == said


def test_the_request_for_is_no_part_of_the_service() -> None:
    first = items(DOCUMENTS_REVIEWED.replace("1. A cane", "1. The request for a cane"))[0].match
    assert first and first["service"] == "a cane"


def test_a_notice_s_heading_breaks_behind_a_colon_of_its_own() -> None:
    letter = NOTICE.replace(
        "Regarding the request for a back", "Regarding the request for brace:\na"
    )
    match = items(letter)[-1].match
    assert match and match["service"] == "brace:\na brace"


def test_documents_reviewed() -> None:
    found = items(DOCUMENTS_REVIEWED)
    assert [str(item.match.group("number")) for item in found if item.match] == ["1", "2"]
    assert found[0].rationale.unwrap().text == "The gait is unsafe without one."
    assert "ACOEM Chapter 13" in found[0].reviewer_guideline.unwrap().text


@pytest.mark.parametrize("letter", [NOTICE, DOCUMENTS_REVIEWED])
def test_a_page_that_opens_with_a_label(letter: str) -> None:
    opened = letter.replace("\nThe Claims", "\n\n\fThe Claims").replace("\nSection", "\n\fSection")
    assert all(item.claims_administrator for item in items(opened))


def test_professional_review_is_one_item() -> None:
    (only,) = items(PROFESSIONAL_REVIEW)
    assert only.heading.unwrap().text == "Six visits of acupuncture"


@pytest.mark.parametrize(
    ("listed", "services"),
    [
        ("1. Acupuncture\n2. A cane", ["Acupuncture", "A cane"]),
        ("(1) Acupuncture\n2) A cane", ["Acupuncture", "A cane"]),
        ("1. Acupuncture 2. A cane\n3. Gel", ["Acupuncture", "A cane", "Gel"]),
        ("1. Acupuncture, 2 x 3. Gel\n2. A cane", ["Acupuncture, 2 x 3. Gel", "A cane"]),
    ],
)
def test_professional_review_with_a_numbered_dispute(listed: str, services: list[str]) -> None:
    text = PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", listed)
    assert [item.heading.unwrap().text for item in items(text)] == services
    beside = text.replace("ISSUE AT DISPUTE:\n", "ISSUE AT DISPUTE: ")
    assert [item.heading.unwrap().text for item in items(beside)] == services


REVIEWED = (
    "Acupuncture Medical Treatment Guidelines, part of the MTUS.",
    "Six visits without a trial of three exceed the guideline. It is a MAXIMUS decision.",
)
SECOND_DISPUTE = """
ISSUE AT DISPUTE: A cane

MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:
The Official Disability Guidelines.

RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS MEDICALLY NECESSARY:
She falls.

MEDICAL REVIEWER QUALIFICATIONS:"""


@pytest.mark.parametrize(
    "misprint",
    [
        ("She falls.", "She falls."),
        ("DISPUTE: A", "DISPUT: A"),
        ("IS/WAS MEDICALLY NECESSARY:\nShe", "IS/WAS MEDICALY NECESSARY:\nShe"),
        ("PROFESSIONAL REVIEWER AND WHY:\nThe", "PROFESIONAL REVIEWER AND WHY:\nThe"),
    ],
)
def test_professional_review_of_one_dispute_after_another(misprint: tuple[str, str]) -> None:
    second = SECOND_DISPUTE.replace(*misprint)
    text = PROFESSIONAL_REVIEW.replace("MEDICAL REVIEWER QUALIFICATIONS:", second)
    first, other = items(text)
    assert str(first.rationale) != "She falls."
    assert (other.number, str(other.heading)) == (2, "A cane")
    assert str(other.reviewer_guideline) == "The Official Disability Guidelines."
    assert str(other.rationale) == "She falls."
    decisions = [found.value for one in (first, other) if (found := decision_of_section(one))]
    assert decisions == ["upheld", "overturned"]
    assert not any(one.code == "repeated-heading" for one in parse(kept_text(text), "x").warnings)


def test_professional_review_with_lists_under_its_headings() -> None:
    text = PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", "1. Acupuncture\n2. A cane")
    text = text.replace(REVIEWED[0], "1. The MTUS.\n2. The ODG,\nKnee Chapter.")
    text = text.replace(REVIEWED[1], "1. It has not helped.\n\n2. She does not fall.")
    assert [str(one.reviewer_guideline) for one in items(text)] == [
        "The MTUS.",
        "The ODG,\nKnee Chapter.",
    ]
    assert [str(one.rationale) for one in items(text)] == [
        "It has not helped.",
        "She does not fall.",
    ]


@pytest.mark.parametrize("listed", ["It holds:\n1. Rest.\n2. Ice.", "1. Rest.\n2. Ice.\n3. Heat."])
def test_professional_review_whose_rationale_holds_for_all(listed: str) -> None:
    text = PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", "1. Acupuncture\n2. A cane")
    text = text.replace(REVIEWED[1], listed)
    assert [str(one.rationale) for one in items(text)] == [listed, listed]


def test_a_dispute_told_twice_counts_once() -> None:
    text = PROFESSIONAL_REVIEW.replace(
        "CASE SUMMARY:", "ISSUE AT DISPUTE:\nSix visits of\nacupuncture\n\nCASE SUMMARY:"
    )
    assert len(items(text)) == 1


def test_a_list_printed_twice_counts_once() -> None:
    assert len(items(NOTICE + NOTICE.split("Documents Reviewed:")[1])) == 2


@pytest.mark.parametrize("mark", [".", ")"])
def test_a_rationale_s_own_list_is_no_list_of_issues(mark: str) -> None:
    """Not even where its lines say what is necessary, or where the next number would be due."""
    listed = (
        f"1{mark} Rest is medically necessary.\n2{mark} A scooter is not medically necessary.\n"
        f"3{mark} Surgery is\nnot medically necessary."
    )
    letter = DOCUMENTS_REVIEWED.replace("The gait is unsafe without one.", f"It holds:\n{listed}")
    first, second = items(letter)
    assert str(first.rationale) == f"It holds:\n{listed}"
    assert str(second.rationale) == "A cane suffices."


def test_an_item_without_labels_follows_the_numbers() -> None:
    letter = DOCUMENTS_REVIEWED + "\n3. A ramp is not medically necessary.\n\nThe scooter is not.\n"
    assert [str(item.rationale) for item in items(letter)][2] == "The scooter is not."


@pytest.mark.parametrize("joint", [", so the", ". Therefore, the", ". The"])
def test_the_reviewer_s_statement_may_begin_with_the_silent_mtus(joint: str) -> None:
    said = f"The MTUS does not address scooters{joint} Physician Reviewer based his/her decision on"
    letter = DOCUMENTS_REVIEWED.replace("The Physician Reviewer based his/her decision on", said)
    for one in items(letter):
        assert str(one.claims_administrator).endswith("Official Disability Guidelines.")
        assert str(one.reviewer_guideline).startswith("The MTUS does not address scooters")


def test_a_silent_mtus_in_the_administrator_s_paragraph_is_theirs() -> None:
    said = "Guidelines.\nThe MTUS does not address scooters."
    letter = DOCUMENTS_REVIEWED.replace("Official Disability Guidelines.", f"ODG {said}", 1)
    assert str(items(letter)[0].claims_administrator).endswith(said)


def test_a_sentence_of_the_rationale_that_begins_like_a_label_is_none() -> None:
    said = "The Claims Administrator based its decision on costs.\nThe gait is unsafe without one."
    letter = DOCUMENTS_REVIEWED.replace("The gait is unsafe without one.", said)
    assert str(items(letter)[0].rationale).startswith("The Claims Administrator based its")


@pytest.mark.parametrize("verb", ["are", "is/was"])
def test_a_dispute_asked_as_a_question(verb: str) -> None:
    asked = f"Whether the request for six visits of acupuncture {verb} medically necessary."
    (only,) = items(PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", asked))
    assert only.match is not None
    assert only.match["service"] == "six visits of acupuncture"


@pytest.mark.parametrize(
    "heading",
    [
        "Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer",
        "Medical Treatment Utilization Schedule (MTUS) Relied Upon by the Expert Reviewer:",
        "Medical Treatment Guidelines Relied Upon by the Expert Reviewer to Make Hiss/Her Decision",
        "Medical Treatment Guidelines Relied Upon by the Expert Reviewer t Make His/Her Decision",
        "Medical Treatment Guidelines Relied Upon by the Expert Reviewer to Make His/Her Dicision",
    ],
)
def test_other_headings_of_a_notice_s_guidelines(heading: str) -> None:
    printed = (
        "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert "
        "Reviewer to Make\nHis/Her Decision"
    )
    assert printed in NOTICE
    for one in items(NOTICE.replace(printed, heading)):
        assert str(one.claims_administrator).startswith("The Claims Administrator based")
        assert str(one.reviewer_guideline).startswith("The Expert Reviewer")


@pytest.mark.parametrize(
    "said",
    ["The Expertt Reviewer", "Teh Expert Reviewer", "TheExpert Reviewer", "The Exprt\nReviewer"],
)
def test_the_reviewer_s_side_with_a_letter_wrong(said: str) -> None:
    for one in items(NOTICE.replace("The Expert Reviewer", said)):
        assert str(one.reviewer_guideline).startswith(said)


@pytest.mark.parametrize(
    ("letter", "printed", "label"),
    [
        (NOTICE, "Rationale for the Decision:", "Rationale for the Decision."),
        (NOTICE, "Rationale for the Decision:", "Rationale for the Decision"),
        (DOCUMENTS_REVIEWED, "decision rationale:", "decision rationale."),
        (DOCUMENTS_REVIEWED, "decision rationale:", "decision rationale"),
        (PROFESSIONAL_REVIEW, "NECESSARY:", "NECESSARY."),
        (PROFESSIONAL_REVIEW, "NECESSARY:", "NECESSARY"),
        (credentials_letter(FIRST), "guideline:", "guideline."),
        (credentials_letter(FIRST), "rationale:", "rationale."),
        (NOTICE, "Rationale for the Decision:", "Rationale for Decision:"),
        (NOTICE, "Rationale for the Decision:", "Decision rationale:"),
        (DOCUMENTS_REVIEWED, "The Physician Reviewer's decision rationale:", "Decision rationale:"),
        (DOCUMENTS_REVIEWED, "The Physician Reviewer's decision rationale:", "Rationale:"),
    ],
)
def test_a_label_in_another_manner(letter: str, printed: str, label: str) -> None:
    found = items(letter.replace(printed, label))
    assert [str(one.rationale) for one in found] == [str(one.rationale) for one in items(letter)]
    assert [str(one.reviewer_guideline) for one in found] == [
        str(one.reviewer_guideline) for one in items(letter)
    ]


@pytest.mark.parametrize(
    ("letter", "heading", "printed"),
    [
        (NOTICE, "Case Summary:", "Case Summary"),
        (NOTICE, "Case Summary:", "Case summary"),
        (PROFESSIONAL_REVIEW, "CASE SUMMARY:", "CASE SUMMARY."),
        (PROFESSIONAL_REVIEW, "CASE SUMMARY:", "Case Summary:"),
        (DOCUMENTS_REVIEWED, "CLINICAL CASE SUMMARY", "Clinical case summary"),
        (credentials_letter(FIRST), "CLINICAL CASE SUMMARY", "Clinical Case Summary"),
        (
            DOCUMENTS_REVIEWED,
            "CLINICAL CASE SUMMARY",
            "CLINICAL CASE SUMMARY\n\nCLINICAL CASE SUMMARY",
        ),
    ],
)
def test_a_summary_s_heading_in_another_manner(letter: str, heading: str, printed: str) -> None:
    assert heading in letter
    found, usual = (
        split_sections(kept_text(text)) for text in (letter.replace(heading, printed), letter)
    )
    assert str(found.get("summary")) == str(usual.get("summary")) != ""
    assert found.repeated == ()


def test_a_notice_s_summary_by_its_longer_heading() -> None:
    letter = NOTICE.replace("Case Summary:", "Expert Reviewer Case Summary:")
    summary = split_sections(kept_text(letter)).get("summary")
    assert str(summary).startswith("The patient is a 52-year-old man")
