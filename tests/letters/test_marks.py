"""Headings and labels, also with one letter wrong."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.eras import FormWords, templates
from imrsearch.letters.marks import find_marks, out_of_turn, with_misprints
from imrsearch.letters.passage import Passage

NAMES = {"claims_administrator", "reviewer_guideline", "rationale"}


def labels() -> FormWords:
    found = next(row for row in templates() if row.name == "credentials").labels
    assert found
    return found


def names(text: str) -> list[str]:
    passage = Passage.whole(text)
    marks = with_misprints(passage, labels(), find_marks(passage, labels()), NAMES)
    return [f"{mark.name} {text[mark.start : mark.end]!r}" for mark in marks]


@pytest.mark.parametrize(
    "label",
    [
        pytest.param("Decision ratinale:", id="a letter missing"),
        pytest.param("Decision rationnale:", id="a letter doubled"),
        pytest.param("Decision rotionale:", id="a letter wrong"),
        pytest.param("Decision rationael:", id="two letters swapped"),
        pytest.param("Decison\nrationale:", id="over a line's end"),
        pytest.param("ecision rationale:", id="the first letter missing"),
        pytest.param("Decision  rational:", id="the last letter missing"),
    ],
)
def test_a_misprinted_label_is_found(label: str) -> None:
    assert names(f"MAXIMUS guideline: x\n{label} y") == [
        "reviewer_guideline 'MAXIMUS guideline:'",
        f"rationale {label!r}",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Decision rationale:: y", "Decision rationale::", id="two colons"),
        pytest.param("Decision rationale - It", "Decision rationale -", id="a dash"),
        pytest.param("Decision rationale It", "Decision rationale ", id="nothing, then a capital"),
        pytest.param("Decison rationale - It", "Decison rationale -", id="misprinted, a dash"),
        pytest.param(
            "see MAXIMUS. Decision rationale: y", "Decision rationale:", id="lines joined"
        ),
    ],
)
def test_a_label_may_end_otherwise_or_stand_inside_a_line(text: str, label: str) -> None:
    assert names(f"MAXIMUS guideline: x\n{text}")[1:] == [f"rationale {label!r}"]


def test_a_label_as_text_recognition_misreads_it() -> None:
    assert names("Clairns Administrator guideline: x\nMAXlMUS guideline: y") == [
        "claims_administrator 'Clairns Administrator guideline:'",
        "reviewer_guideline 'MAXlMUS guideline:'",
    ]


def test_words_in_a_sentence_are_no_label() -> None:
    assert not names("The decision rationale is\nclaims administrator guideline policy.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Decison rationle: y", id="two letters wrong"),
        pytest.param("A Decison rationale: y", id="not at a line's start"),
        pytest.param("Decison rationale y", id="without its colon"),
        pytest.param("Decision rationale: x\nDecison rationale: y", id="beside its own"),
    ],
)
def test_what_is_no_misprint(text: str) -> None:
    assert not any("Decison" in name for name in names(text))


def test_labels_that_do_not_take_turns_are_looked_for() -> None:
    order = ("claims_administrator", "reviewer_guideline", "rationale")
    whole = "Claims Administrator guideline: a\nMAXIMUS guideline: b\nDecision rationale: c\n"
    marks = find_marks(Passage.whole(whole * 2), labels())
    assert out_of_turn(marks, order) == set()
    for place in range(6):
        assert out_of_turn([*marks[:place], *marks[place + 1 :]], order) == NAMES
    assert out_of_turn([], order) == NAMES


def test_a_misprint_in_each_of_three_items_and_all_of_one_s() -> None:
    """Each label is then there as often as the others."""
    first = "Claims Adminstrator guideline: a\nMAXIMUS guideline: b\nDecision rationale: c\n"
    second = "Claims Administrator guideline: a\nMAXIMUS guidline: b\nDecision rationale: c\n"
    third = "Claims Administrator guideline: a\nMAXIMUS guideline: b\nDecison rationale: c\n"
    last = "Claims Administrater guideline: a\nMAXIMUS guidelline: b\nDecision rationnale: c\n"
    order = [name.split()[0] for name in names(first + second + third + last + first)]
    assert order == ["claims_administrator", "reviewer_guideline", "rationale"] * 5


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        pytest.param("CLINICAL CASE SUMMARY\nA", True, id="as printed"),
        pytest.param("CLINICAL CASE SUMMARYY\nA", False, id="its last letter doubled"),
        pytest.param("CLINICAL CASE SUMMARYThe patient", True, id="its line end lost"),
    ],
)
def test_where_a_heading_ends(printed: str, found: bool) -> None:
    sections = next(row for row in templates() if row.name == "sentence").sections
    assert bool(find_marks(Passage.whole(printed), sections)) is found
