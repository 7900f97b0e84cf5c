"""Where citations begin, and what their first words name."""

from __future__ import annotations

import pytest

from imrsearch.citations.extract import Clause, ClauseKind, Head, find_heads


def heads(text: str, kind: ClauseKind) -> list[Head]:
    return find_heads(text, Clause(kind, 0, len(text)))


def named(text: str, kind: ClauseKind) -> list[tuple[str, tuple[str, ...] | str | None]]:
    """Each head as printed, with the guidelines that it may name, else its family."""
    return [(text[head.start : head.end], head.ids or head.family) for head in heads(text, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Low Back Complaints", [("Low Back Complaints", ("acoem-low-back",))], id="a name alone"
        ),
        pytest.param("see page 9", [("", "mtus")], id="of no name: the MTUS itself"),
        pytest.param(
            "(ACOEM Practice Guidelines, Chapter 8), page 3",
            [("(ACOEM Practice Guidelines, Chapter 8)", ("acoem-neck-upper-back",))],
            id="with the parenthesis that it opened",
        ),
        pytest.param(
            "ACOEM Chapter 8, ACOEM Chapter 12",
            [
                ("ACOEM Chapter 8", ("acoem-neck-upper-back",)),
                ("ACOEM Chapter 12", ("acoem-low-back",)),
            ],
            id="a family named again introduces another chapter",
        ),
        pytest.param(
            "Chapter 8, ACOEM, page 3",
            [("Chapter 8, ACOEM", ("acoem-neck-upper-back",))],
            id="or belongs to the one before",
        ),
        pytest.param(
            "ACOEM, Chapter 8; Chapter 12",
            [("ACOEM, Chapter 8", ("acoem-neck-upper-back",)), ("Chapter 12", ("acoem-low-back",))],
            id="the second without its family",
        ),
        pytest.param(
            "ACOEM Chapter 13 Low Back Complaints",
            [("ACOEM Chapter 13 Low Back Complaints", "acoem")],
            id="number and name of two chapters: neither",
        ),
        pytest.param(
            "ACOEM Chapter 13. Low Back Complaints",
            [("ACOEM Chapter 13", ("acoem-knee",)), ("Low Back Complaints", ("acoem-low-back",))],
            id="in two sentences: both",
        ),
        pytest.param("ACOEM Chapter 99", [("ACOEM", "acoem")], id="no such chapter"),
        pytest.param("Opioids", [("", "mtus")], id="a short name of a later guideline"),
        pytest.param(
            "Opioids 2017", [("Opioids 2017", ("acoem-opioids",))], id="which needs its year"
        ),
        pytest.param("ACOEM Opioids", [("ACOEM Opioids", ("acoem-opioids",))], id="or its family"),
        pytest.param(
            "Chronic Pain, and Opioids 2016",
            [("Chronic Pain", ("mtus-chronic-pain",)), ("Opioids 2016", ("acoem-opioids",))],
            id="a year tells of another guideline in a list",
        ),
        pytest.param(
            "ACOEM, Knee", [("ACOEM, Knee", ("acoem-knee", "acoem-knee-disorders"))], id="open"
        ),
        pytest.param(
            "ACOEM, Chapter 13 Knee", [("ACOEM, Chapter 13 Knee", ("acoem-knee",))], id="numbered"
        ),
        pytest.param(
            "Chronic Pain Medical Treatment 2016, Section(s): Initial Care; Opioid Treatment 2016",
            [
                ("Chronic Pain Medical Treatment 2016", ("mtus-chronic-pain",)),
                ("Opioid Treatment 2016", ("mtus-opioids",)),
            ],
            id="behind a list of sections",
        ),
        pytest.param(
            "General Approaches 2017, Section: Independent Medical Examinations and Consultations",
            [("General Approaches 2017", ("acoem-general-approaches",))],
            id="an old chapter as a section of a new one",
        ),
        pytest.param(
            "General Approaches 2017; Independent Medical Examinations and Consultations",
            [
                ("General Approaches 2017", ("acoem-general-approaches",)),
                ("Independent Medical Examinations and Consultations", ("acoem-examinations",)),
            ],
            id="without a list it is itself",
        ),
        pytest.param("UpToDate", [("", "mtus")], id="a source outside is none of the MTUS"),
    ],
)
def test_heads_of_a_statement_on_the_mtus(
    text: str, expected: list[tuple[str, tuple[str, ...] | str]]
) -> None:
    assert named(text, "mtus") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Low Back, MRI, ODG Preface",
            [("Low Back", ("odg-low-back",)), ("ODG Preface", ("odg-preface",))],
            id="a chapter ahead of its family",
        ),
        pytest.param(
            "the Low Back chapter, ODG Preface",
            [("the Low Back chapter", ("odg-low-back",)), ("ODG Preface", ("odg-preface",))],
            id="in words around it",
        ),
        pytest.param("Low Back brace, ODG", [("ODG", "odg")], id="a thing is no chapter"),
        pytest.param("Low Back; MRI, ODG", [("ODG", "odg")], id="a semicolon parts them"),
        pytest.param("Use of Low Back, ODG", [("ODG", "odg")], id="it has to come first"),
        pytest.param(
            "Low Back, ACOEM Chapter 9",
            [("ACOEM Chapter 9", ("acoem-shoulder",))],
            id="ahead of another family",
        ),
        pytest.param(
            "Low Back, 2016, ODG", [("ODG", "odg")], id="behind it another citation's year"
        ),
        pytest.param("Low Back", [], id="of no family"),
        pytest.param("Chapter 12", [], id="a number of no family"),
        pytest.param(
            "ODG Neck; Low Back",
            [("ODG Neck", ("odg-neck-upper-back",)), ("Low Back", ("odg-low-back",))],
            id="a list of chapters",
        ),
        pytest.param(
            "ODG Neck; Low Back brace",
            [("ODG Neck", ("odg-neck-upper-back",))],
            id="and of a topic",
        ),
        pytest.param("ODG; Knee", [("ODG; Knee", ("odg-knee-leg",))], id="behind the family"),
        pytest.param("ODG, brace, Knee", [("ODG", "odg")], id="a body part of a topic"),
        pytest.param(
            "ODG, Low Back Chapter, brace, and Knee Chapter",
            [("ODG, Low Back Chapter", ("odg-low-back",)), ("Knee Chapter", ("odg-knee-leg",))],
            id="called a chapter, it is one",
        ),
        pytest.param(
            "ODG, Low Back Chapter, brace Knee Chapter",
            [("ODG, Low Back Chapter", ("odg-low-back",))],
            id="unless nothing parts it from the topic",
        ),
        pytest.param(
            "ODG Knee & Leg, Knee brace",
            [("ODG Knee & Leg", ("odg-knee-leg",))],
            id="its first word again begins a section",
        ),
        pytest.param(
            "ODG Neck (Acute & Chronic), MRI",
            [("ODG Neck (Acute & Chronic)", ("odg-neck-upper-back",))],
            id="its parenthesis is its own",
        ),
        pytest.param(
            "ODG Mental Illness & Stress, ODG",
            [("ODG Mental Illness & Stress", ("odg-mental-illness-stress",)), ("ODG", "odg")],
            id="the family again is another citation",
        ),
        pytest.param(
            "Official Disability Guidelines (ODG), Knee",
            [("Official Disability Guidelines (ODG), Knee", ("odg-knee-leg",))],
            id="its initials are not",
        ),
        pytest.param(
            "ACOEM, Chapter 9, UpToDate",
            [("ACOEM, Chapter 9", ("acoem-shoulder",)), ("UpToDate", "other")],
            id="a source outside behind a comma",
        ),
        pytest.param(
            "ODG Knee UpToDate", [("ODG Knee", ("odg-knee-leg",))], id="is none without a mark"
        ),
        pytest.param(
            "ODG Knee http://b.example",
            [("ODG Knee", ("odg-knee-leg",)), ("http://b.example", "other")],
            id="but an address is",
        ),
        pytest.param(
            "http://a.example and http://b.example",
            [("http://a.example", "other"), ("http://b.example", "other")],
            id="addresses, one after another",
        ),
        pytest.param(
            "http://a.example on http://b.example",
            [("http://a.example", "other")],
            id="a page at an address",
        ),
    ],
)
def test_heads_of_a_statement_on_other_guidelines(
    text: str, expected: list[tuple[str, tuple[str, ...] | str]]
) -> None:
    assert named(text, "non-mtus") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the MTUS (ACOEM)", [("MTUS (ACOEM)", "acoem")]),
        ("ACOEM of the MTUS, Chapter 9", [("ACOEM of the MTUS, Chapter 9", ("acoem-shoulder",))]),
        ("ODG (MTUS)", [("ODG", "odg"), ("MTUS", "mtus")]),
        (
            "MTUS Chronic Pain, ACOEM",
            [("MTUS Chronic Pain", ("mtus-chronic-pain",)), ("ACOEM", "acoem")],
        ),
        ("ACOEM, ODG", [("ACOEM", "acoem"), ("ODG", "odg")]),
    ],
)
def test_families_that_go_together(
    text: str, expected: list[tuple[str, tuple[str, ...] | str]]
) -> None:
    assert named(text, "prose") == expected


def test_all_that_belongs_to_a_head() -> None:
    text = "ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12 Low Back Complaints, page 5"
    (head,) = heads(text, "mtus")
    assert head == Head(
        start=0,
        end=text.index(", page"),
        family="acoem",
        ids=("acoem-low-back",),
        chapter=12,
        edition=2,
        year=2004,
        named=True,
    )


@pytest.mark.parametrize(
    ("text", "edition", "year", "day"),
    [
        ("ACOEM 3rd edition 2nd edition Low Back", 3, None, None),
        ("ACOEM (May 1, 2015), (June 2, 2016) Low Back", None, 2015, "2015-05-01"),
        ("Low Back Disorders (ACOEM February 24, 2016)", 3, 2016, "2016-02-24"),
        ("ODG Low Back (updated 12/20/16)", None, None, None),
    ],
)
def test_the_first_edition_and_year_of_a_head_count(
    text: str, edition: int | None, year: int | None, day: str | None
) -> None:
    (head,) = heads(text, "prose")
    assert (head.edition, head.year, head.day, head.end) == (edition, year, day, len(text))


def test_the_forms_own_joint_leaves_what_follows_free() -> None:
    text = "ACOEM and Other Medical Treatment Guidelines Lee on Braces"
    first, joint = heads(text, "mtus")
    assert not first.joint
    assert joint.joint
    assert text[joint.start : joint.end] == "and Other Medical Treatment Guidelines"
