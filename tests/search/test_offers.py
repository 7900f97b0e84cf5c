from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.search.state import Choice, SearchState
from tests.search.memory import (
    search,
    service,
)


def test_nothing_found_gets_offers_that_find() -> None:
    result = search("q=chiropractic+MRI+wheelchair&body=knee&year=2014")
    assert [(note.code, note.message) for note in result.notes] == []
    result = search("q=chiropractic+visits&body=knee&year=2014")
    assert [note.message for note in result.notes] == [
        "Without the filter “Body part”: 1 issue",
        "Without any filter: 2 issues",
    ]
    result = search("q=chiropractic+MRI+-brace")
    assert [(note.code, note.message) for note in result.notes] == [
        ("any-word", "With any of the words: 3 issues")
    ]


@settings(deadline=None)  # the first sentence read loads NLTK
@given(
    st.lists(
        st.sampled_from(["chiropractic", "mri", "absent", "-care", "decision:upheld"]), max_size=4
    ),
    st.lists(
        st.sampled_from([Choice("body", "knee"), Choice("year", "2014"), Choice("sex", "male")])
    ),
)
def test_every_offer_finds_what_it_says(words: list[str], choices: list[Choice]) -> None:
    engine = service()
    result = engine.search(SearchState(" ".join(words), tuple(choices)))
    for note in result.notes:
        if note.url:
            total = engine.search(SearchState.from_url(note.url)).total
            assert total > 0
            assert f": {total} issue" in note.message
