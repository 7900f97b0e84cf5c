from __future__ import annotations

import pytest

from imrsearch.model import CitedPlace
from imrsearch.query.values import nearest, resolve, unknown_value
from imrsearch.query.vocabulary import MOST_VALUES, Vocabulary
from imrsearch.schema import FacetCount

VOCABULARY = Vocabulary(
    {
        "specialty": [
            FacetCount("Hand Surgery", 9, 0),
            FacetCount("Orthopedic Surgery", 4, 0),
            FacetCount("Surgery", 2, 0),
            FacetCount(None, 1, 0),
        ],
        "cites": [FacetCount(f"odg-low-back:{page}", 1, 0) for page in range(300)],
        "decision": [FacetCount("upheld", 9, 0)],
        "body": [FacetCount("low back", 9, 0), FacetCount("knee", 4, 0)],
        "treatment": [
            FacetCount("hydrocodone/acetaminophen", 3, 0),
            FacetCount("acupuncture", 2, 0),
            FacetCount("physical therapy", 2, 0),
        ],
        "subcategory": [FacetCount("Pharmaceuticals > Opioids", 3, 0)],
        "state": [FacetCount("California", 9, 0)],
        "sex": [FacetCount("male", 3, 0), FacetCount("female", 3, 0)],
        "reason": [FacetCount("unmet red-flags", 3, 0), FacetCount("met red-flags", 1, 1)],
    }
)


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        pytest.param("specialty", "surgery", ("Surgery",), id="the equal value alone"),
        pytest.param("specialty", "hand", ("Hand Surgery",), id="a word of the value"),
        pytest.param("specialty", "surgery hand", ("Hand Surgery",), id="words in any order"),
        pytest.param(
            "specialty", "surg*", ("Hand Surgery", "Orthopedic Surgery", "Surgery"), id="beginning"
        ),
        pytest.param("specialty", "surgery ortho*", ("Orthopedic Surgery",), id="word, beginning"),
        pytest.param(
            "reason", "red-flags", ("unmet red-flags", "met red-flags"), id="of either status"
        ),
        pytest.param("reason", "unmet:red-flags", ("unmet red-flags",), id="with its status"),
        pytest.param("specialty", "surg", ("surg",), id="no half words without a star"),
        pytest.param("specialty", "*", ("*",), id="a star alone"),
        pytest.param("decision", "Granted", ("overturned",), id="granted, though there is none"),
        pytest.param("decision", "non-certified", ("upheld",), id="non-certified"),
        pytest.param("case", "cm13-0000001", ("CM13-0000001",), id="case number"),
        pytest.param("case", "my-letter", ("my-letter",), id="case named by its file"),
        pytest.param("decision", "overturn", ("overturned",), id="a form of the word"),
        pytest.param("body", "lumbar", ("low back",), id="another name of a body part"),
        pytest.param("treatment", "norco", ("hydrocodone/acetaminophen",), id="a brand"),
        pytest.param("treatment", "PT", ("physical therapy",), id="an abbreviation"),
        pytest.param("subcategory", "narcotics", ("Pharmaceuticals > Opioids",), id="a class"),
        pytest.param("state", "CA", ("California",), id="a postal code"),
        pytest.param("sex", "women", ("female",), id="a word for a sex"),
        pytest.param("treatment", "elbow macaroni", ("elbow macaroni",), id="nothing known"),
        pytest.param("era", "old", ("old",), id="a field of which nothing is known"),
    ],
)
def test_typed_values(field: str, typed: str, found: tuple[str, ...]) -> None:
    assert resolve(VOCABULARY, field, typed) == found


def test_one_typed_value_stands_for_so_many_at_most() -> None:
    assert len(resolve(VOCABULARY, "cites", "odg-low-back")) == MOST_VALUES


@pytest.mark.parametrize(
    ("field", "typed", "near"),
    [
        ("treatment", "acupunctur", ("acupuncture",)),
        ("treatment", "zzz", ()),
        ("treatment", "vicodn", ("hydrocodone/acetaminophen",)),
        ("body", "lumbr", ("low back",)),
        ("specialty", "ortho surgery", ("Surgery", "Orthopedic Surgery", "Hand Surgery")),
    ],
)
def test_nearest_values(field: str, typed: str, near: tuple[str, ...]) -> None:
    assert nearest(VOCABULARY, field, typed) == near


def test_a_value_that_no_issue_has_is_told_with_the_nearest() -> None:
    told = unknown_value(VOCABULARY, "state", "Californa")
    assert told == "No issue has “Californa” under “Reviewer licensed in”. Nearest: California."


def test_part_of_many_values_is_told_with_the_most_frequent() -> None:
    told = unknown_value(VOCABULARY, "specialty", "surg*")
    assert told == (
        "“surg*” is more than one value of “Reviewer's specialty”. "
        "Most frequent: Hand Surgery, Orthopedic Surgery, Surgery."
    )


def test_has() -> None:
    assert VOCABULARY.has("decision", "upheld")
    assert not VOCABULARY.has("decision", "overturned")
    assert VOCABULARY.has("case", "anything")


def test_cited_places_of_several_fields_are_parsed_once() -> None:
    known = VOCABULARY.places(["cites", "rationale_cites"])
    assert next(iter(known)) == CitedPlace("odg-low-back", page=0)
    assert VOCABULARY.places(["cites", "rationale_cites"]) is known
