from __future__ import annotations

import pytest

from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount
from imrsearch.search.choices import known_choices
from imrsearch.search.state import Choice, SearchState
from tests.search.memory import search

VOCABULARY = Vocabulary(
    {
        "body": [FacetCount("low back", 9, 0), FacetCount("knee", 3, 0)],
        "treatment": [FacetCount("hydrocodone/acetaminophen", 3, 0)],
        "decision": [FacetCount("upheld", 9, 0)],
        "cites": [FacetCount(f"odg-pain:{page}", 1, 0) for page in range(11)],
    }
)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        pytest.param("body=lumbar", "body=low+back", id="another name"),
        pytest.param("body=KNEE", "body=knee", id="other capitals"),
        pytest.param("not.body=lumbar", "not.body=low+back", id="left out"),
        pytest.param("treatment=norco", "treatment=hydrocodone%2Facetaminophen", id="a brand"),
        pytest.param("decision=overturn", "decision=overturned", id="no issue, but a decision"),
        pytest.param("body=lumbar&body=low+back", "body=low+back", id="one value twice"),
        pytest.param("year=2013..2016", "year=2013..2016", id="a range"),
        pytest.param("body=~unknown", "body=~unknown", id="what is not known"),
        pytest.param("q=x&page=3&body=knee", "body=knee&page=3&q=x", id="known as it is"),
    ],
)
def test_values_are_known_by_all_their_names(url: str, known: str) -> None:
    state, unknown = known_choices(VOCABULARY, SearchState.from_url(url))
    assert state.query_string() == known
    assert unknown == ()


def test_a_name_of_several_values_chooses_each_of_them() -> None:
    """Left out or not as the one that was typed, beside whatever else was chosen."""
    pages = [FacetCount(f"odg-pain:{page}", 1, 0) for page in (3, 8)]
    vocabulary = Vocabulary({"cites": pages, "body": [FacetCount("knee", 3, 0)]})
    state = SearchState(choices=(Choice("body", "knee"), Choice("cites", "odg-pain", True)))
    known, unknown = known_choices(vocabulary, state)
    assert known.choices == (
        Choice("body", "knee"),
        Choice("cites", "odg-pain:3", True),
        Choice("cites", "odg-pain:8", True),
    )
    assert unknown == ()


def test_what_no_issue_has_stands_beside_what_is_known_by_another_name() -> None:
    state = SearchState(choices=(Choice("body", "moustache"), Choice("body", "lumbar")))
    known, unknown = known_choices(VOCABULARY, state)
    assert set(known.choices) == {Choice("body", "moustache"), Choice("body", "low back")}
    assert unknown == (Choice("body", "moustache"),)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("body", "lumbr"),
        Choice("body", "moustache", excluded=True),
        Choice("year", "soon"),
        pytest.param(Choice("cites", "odg-pain"), id="more than ten values"),
    ],
)
def test_what_no_issue_has_stays_as_it_is(choice: Choice) -> None:
    state = SearchState(choices=(choice,))
    assert known_choices(VOCABULARY, state) == (state, (choice,))


def test_nothing_found_by_a_chosen_value_offers_the_nearest() -> None:
    result = search("body=lumbr&q=visits")
    assert result.total == 0
    assert [(note.code, note.message) for note in result.notes] == [
        ("no-such-value", "No issue has “lumbr” under “Body part”. Nearest: low back."),
        ("nearest-value", "Body part “Low back”: 2 issues"),
        ("without-filter", "Without the filter “Body part”: 2 issues"),
    ]
    offer = result.notes[1].url or ""
    assert search(offer).filters == {"body": ("low back",)}


def test_a_value_left_out_that_no_issue_has_is_told() -> None:
    result = search("not.body=lumbr")
    assert result.total == 4
    assert [note.code for note in result.notes] == ["no-such-value"]
