from __future__ import annotations

import pytest

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
        pytest.param("specialty", "surg", ("surg",), id="no half words without a star"),
        pytest.param("specialty", "*", ("*",), id="a star alone"),
        pytest.param("decision", "Granted", ("overturned",), id="granted, though there is none"),
        pytest.param("decision", "non-certified", ("upheld",), id="non-certified"),
        pytest.param("case", "cm13-0000001", ("CM13-0000001",), id="case number"),
        pytest.param("case", "my-letter", ("my-letter",), id="case named by its file"),
        pytest.param("body", "knee", ("knee",), id="a field of which nothing is known"),
    ],
)
def test_typed_values(field: str, typed: str, found: tuple[str, ...]) -> None:
    assert VOCABULARY.resolve(field, typed) == found


def test_one_typed_value_stands_for_so_many_at_most() -> None:
    assert len(VOCABULARY.resolve("cites", "odg-low-back")) == MOST_VALUES


def test_has() -> None:
    assert VOCABULARY.has("decision", "upheld")
    assert not VOCABULARY.has("decision", "overturned")
    assert VOCABULARY.has("case", "anything")
