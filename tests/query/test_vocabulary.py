"""The values that an index holds, found by their words."""

from __future__ import annotations

import pytest

from imrsearch.model import CitedPlace
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
        "rationale_cites": [FacetCount("odg-knee-leg:7", 1, 0)],
    }
)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        pytest.param("surgery", ("Hand Surgery", "Orthopedic Surgery", "Surgery"), id="in order"),
        pytest.param("Surgery HAND", ("Hand Surgery",), id="words in any order and case"),
        pytest.param("surg*", ("Hand Surgery", "Orthopedic Surgery", "Surgery"), id="beginning"),
        pytest.param("surgery ortho*", ("Orthopedic Surgery",), id="the last word continued"),
        pytest.param("hand ortho*", (), id="not both in one value"),
        pytest.param("ortho", (), id="no half words"),
        pytest.param("*", (), id="a star alone"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_values_with_all_the_words(typed: str, values: tuple[str, ...]) -> None:
    assert VOCABULARY.with_words("specialty", typed) == values
    assert VOCABULARY.with_words("state", typed) == ()


def test_one_typed_value_stands_for_the_more_frequent() -> None:
    found = VOCABULARY.with_words("cites", "odg-low-back")
    assert found == tuple(VOCABULARY.values("cites"))[:MOST_VALUES]


@pytest.mark.parametrize(
    ("typed", "values"), [("HAND surgery", ("Hand Surgery",)), ("hand", ()), ("", ())]
)
def test_the_value_that_is_the_same_but_for_capitals(typed: str, values: tuple[str, ...]) -> None:
    assert VOCABULARY.same("specialty", typed) == values
    assert VOCABULARY.same("state", typed) == ()


def test_values_and_their_counts() -> None:
    """Issues without a value are of none."""
    assert list(VOCABULARY.values("specialty")) == ["Hand Surgery", "Orthopedic Surgery", "Surgery"]
    assert list(VOCABULARY.values("state")) == []
    assert VOCABULARY.count("specialty", "Orthopedic Surgery") == 4
    assert VOCABULARY.count("specialty", "Medicine") == 0


def test_has() -> None:
    assert VOCABULARY.has("specialty", "Surgery")
    assert not VOCABULARY.has("specialty", "surgery")
    assert not VOCABULARY.has("state", "Surgery")
    assert VOCABULARY.has("case", "anything")


def test_cited_places_of_several_fields_are_parsed_once() -> None:
    known = VOCABULARY.places(["cites", "rationale_cites"])
    assert list(known)[:2] == [
        CitedPlace("odg-low-back", page=0),
        CitedPlace("odg-low-back", page=1),
    ]
    assert list(known)[-1] == CitedPlace("odg-knee-leg", page=7)
    assert VOCABULARY.places(["cites", "rationale_cites"]) is known
    assert list(VOCABULARY.places(["rationale_cites"])) == [CitedPlace("odg-knee-leg", page=7)]
