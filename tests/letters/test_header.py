"""The field block, whatever the order in which an extractor prints it."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.eras import templates
from imrsearch.letters.header import case_id_of_name, read_fields, read_told_dates
from imrsearch.letters.passage import Passage
from imrsearch.model import normal_case_id
from tests.letters.forms import FIELDS, NOTICE

EXPECTED = {
    "case_id": "CM16-0000901",
    "assigned": "12/07/2016",
    "injury": "10/17/2016",
    "decided": "01/11/2017",
    "ur_denial": "11/23/2016",
    "received": "12/01/2016",
    "priority": "Standard",
}

ACROSS = """\
Case Number:          CM16-0000901
Date Assigned:        12/07/2016                Date of Injury:      10/17/2016
Decision Date:        01/11/2017                UR Denial Date:      11/23/2016
Priority:             Standard                  Application          12/01/2016
                                                Received:
"""
DOWN = """\
Case Number: CM16-0000901
Date Assigned: 12/07/2016
Decision Date: 01/11/2017
Priority: Standard
Date of Injury: 10/17/2016
UR Denial Date: 11/23/2016
Application
Received: 12/01/2016
"""
LABELS_FIRST = """\
Case Number:
Date Assigned:
Decision Date:
Priority:
Date of Injury:
UR Denial Date:
Application Received:
CM16-0000901
12/07/2016
01/11/2017
Standard
10/17/2016
11/23/2016
12/01/2016
"""


def values(text: str) -> dict[str, str]:
    return {name: found.value for name, found in read_fields(Passage.whole(text)).items()}


def test_a_date_whose_label_s_words_stand_the_other_way_round() -> None:
    assert values(DOWN.replace("Date Assigned", "Assigned Date")) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FIELDS, id="line by line, the split label last"),
        pytest.param(ACROSS, id="as laid out, the value inside the split label"),
        pytest.param(DOWN, id="column by column"),
        pytest.param(LABELS_FIRST, id="all labels, then all values"),
    ],
)
def test_order_does_not_matter(text: str) -> None:
    assert values(text) == EXPECTED


def test_an_empty_value_takes_no_other_label_s() -> None:
    text = "Date of Injury:   UR Denial Date: 11/23/2016\nDecision Date:\n"
    assert values(text) == {"ur_denial": "11/23/2016"}


def test_two_labels_before_one_value_are_no_column() -> None:
    assert values("Date Assigned:\nDecision Date:\n\n12/07/2016 something") == {
        "decided": "12/07/2016"
    }


def test_the_notice_s_head() -> None:
    assert values(NOTICE.split("1) MAXIMUS")[0]) == {
        "decided": "9/26/2013",
        "ur_denial": "7/16/2013",
        "injury": "1/28/2012",
        "received": "7/24/2013",
        "case_id": "CM13-0000902",
    }


def test_spans_stand_on_the_values() -> None:
    for found in read_fields(Passage.whole(FIELDS)).values():
        assert FIELDS[found.start : found.end] == found.value


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("CM16-0213037", "CM16-0213037"),
        ("cm16 - 0213037", "CM16-0213037"),
        ("CM16-02130377", None),
        ("16-0213037", None),
    ],
)
def test_normal_case_id(printed: str, expected: str | None) -> None:
    assert normal_case_id(printed) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("CM16-0000001.pdf", "CM16-0000001", id="the usual name"),
        pytest.param("copy of cm16-0000001 (2).PDF", "CM16-0000001", id="a number inside"),
        pytest.param("003_6ce2ce.txt", "003_6ce2ce-2d711642b726", id="the stem and the text"),
        pytest.param("003_6ce2ce40348261aa.txt", "003_6ce2ce40348261aa", id="a hash of its own"),
        pytest.param(
            f"{'a' * 60}_6ce2ce40348261aa.txt", "a" * 51 + "-2d711642b726", id="cut off in part"
        ),
        pytest.param("folder/my letter.txt", "my-letter-2d711642b726", id="fit for a URL"),
        pytest.param("ж.txt", "letter-2d711642b726", id="nothing left"),
        pytest.param("a" * 90 + ".txt", "a" * 51 + "-2d711642b726", id="not too long"),
    ],
)
def test_case_id_of_name(name: str, expected: str) -> None:
    assert case_id_of_name(name, "x") == expected


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("Independent Medical Review was filed on\n9/6/2013 disputing", "received", "9/6/2013"),
        ("the Utilization Review Denial dated 8/30/2013.", "ur_denial", "8/30/2013"),
        ("denial/modification dated August 30, 2013.", "ur_denial", "August 30, 2013"),
        ("provided to the above parties on 9/23/2013", "assigned", "9/23/2013"),
    ],
)
def test_days_told_by_sentences(text: str, name: str, day: str) -> None:
    told = next(row for row in templates() if row.name == "notice").told
    assert told
    letter = Passage.whole(
        text.replace("Independent", "An application for Independent")
        .replace("the Utilization", "disputing the Utilization")
        .replace("denial/", "taken directly from the utilization review denial/")
        .replace("provided", "A Notice of Assignment and Request for Information was provided")
    )
    assert {key: found.value for key, found in read_told_dates(letter, told).items()} == {name: day}


def test_letters_with_names_alike_are_different_cases() -> None:
    """Names in other scripts, and long ones, keep too little to tell their letters apart."""
    names = ["ж.txt", "я.txt", f"{'a' * 70}1.txt", f"{'a' * 70}2.txt", "a b.txt", "a  b.txt"]
    assert len({case_id_of_name(name, text=name) for name in names}) == len(names)
    assert case_id_of_name("1/letter.txt", "one") != case_id_of_name("2/letter.txt", "other")
