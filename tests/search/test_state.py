from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imrsearch.schema import FACETS
from imrsearch.search.state import GROUPS, MATCHES, PAGE_SIZES, SORTS, Choice, SearchState

choices = st.builds(Choice, st.sampled_from(sorted(FACETS)), st.text(max_size=12), st.booleans())
states = st.builds(
    SearchState,
    q=st.text(max_size=40),
    choices=st.lists(choices, max_size=6).map(tuple),
    sort=st.sampled_from(SORTS),
    page=st.integers(-1, 10**6),
    per_page=st.sampled_from(PAGE_SIZES),
    match=st.sampled_from(MATCHES),
    group=st.sampled_from(GROUPS),
    expand=st.booleans(),
    intent=st.booleans(),
    spell=st.booleans(),
)


@given(states)
def test_every_state_survives_its_url(state: SearchState) -> None:
    assert SearchState.from_url(state.to_url()) == state
    assert SearchState.from_url(state.query_string()) == state


@given(states)
def test_the_url_is_canonical(state: SearchState) -> None:
    assert SearchState.from_url(state.to_url()).to_url() == state.to_url()


@given(st.text())
def test_any_query_string_is_a_state(text: str) -> None:
    state = SearchState.from_url(text)
    assert SearchState.from_url(state.to_url()) == state


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param("q=knee&page=2", "/search?page=2&q=knee", id="keys sorted"),
        pytest.param("q=&decision=&sort=relevance&page=1", "/search", id="empty and default"),
        pytest.param("q=knee&utm_source=x", "/search?q=knee", id="unknown key ignored"),
        pytest.param(
            "decision=maybe", "/search?decision=maybe", id="unknown value kept, never silently lost"
        ),
        pytest.param("category=B&category=A", "/search?category=A&category=B", id="same key is OR"),
        pytest.param("body=knee&body=knee", "/search?body=knee", id="repeated value"),
        pytest.param("not.category=Surgery", "/search?not.category=Surgery", id="left out"),
        pytest.param("body=~unknown", "/search?body=~unknown", id="missing"),
        pytest.param("year=2013..2016", "/search?year=2013..2016", id="range"),
        pytest.param(
            "cites=mtus-chronic-pain%3A58", "/search?cites=mtus-chronic-pain:58", id="cited page"
        ),
        pytest.param("page=0&q=a", "/search?q=a", id="page below 1"),
        pytest.param("page=second&q=a", "/search?q=a", id="page no number"),
        pytest.param("page=" + "9" * 5000, "/search", id="page of 5000 digits"),
        pytest.param("per_page=1000", "/search", id="page size that is not offered"),
        pytest.param("sort=shuffle", "/search", id="sort that does not exist"),
        pytest.param("q=%20a%0A%20b%00", "/search?q=a+b", id="blanks and control characters"),
        pytest.param("/search?q=a", "/search?q=a", id="an address with its path"),
        pytest.param("?q=a", "/search?q=a", id="a query string with its question mark"),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert SearchState.from_url(url).to_url() == canonical


def test_another_path_takes_the_same_query() -> None:
    assert SearchState(q="knee").to_url("/search.json") == "/search.json?q=knee"


def test_a_multidict_is_read_like_a_query_string() -> None:
    class Multi:
        def items(self, multi: bool = False) -> list[tuple[str, str]]:
            assert multi
            return [("body", "knee"), ("q", "mri"), ("body", "hip")]

    assert SearchState.from_url(Multi()) == SearchState.from_url("q=mri&body=hip&body=knee")


def test_every_change_but_turning_the_page_starts_at_page_one() -> None:
    state = SearchState.from_url("q=mri&body=knee&page=4")
    changed = [
        state.with_value("body", "hip"),
        state.with_excluded("body", "hip"),
        state.without_value("body", "knee"),
        state.without_facet("body"),
        state.without_choices(),
        state.with_sort("newest"),
        state.with_per_page(20),
        state.with_query("ct"),
    ]
    assert [other.page for other in changed] == [1] * len(changed)
    assert state.with_page(5) == SearchState.from_url("q=mri&body=knee&page=5")


def test_asking_for_a_value_ends_leaving_it_out() -> None:
    state = SearchState().with_excluded("body", "knee").with_value("body", "knee")
    assert (state.filters, state.excluded) == ({"body": ("knee",)}, {})


@given(states, choices)
def test_the_many_links_of_a_table_are_those_of_the_states(
    state: SearchState, choice: Choice
) -> None:
    clean = SearchState(choices=(choice,)).choices
    assume(clean)
    choice = clean[0]
    chosen = choice.value in state.filters.get(choice.facet, ())
    step = state.without_value if chosen else state.with_value
    told = state.value_urls()(choice.facet)(choice.value)
    assert told == step(choice.facet, choice.value).to_url()


@given(states, choices)
def test_adding_and_taking_away_a_new_value_changes_nothing(
    state: SearchState, choice: Choice
) -> None:
    value = " ".join(choice.value.split())
    without = state.without_value(choice.facet, value)
    if value.isprintable() and value:
        added = without.with_value(choice.facet, value)
        assert value in added.filters[choice.facet]
        assert added.without_value(choice.facet, value) == without.with_page(1)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_any_pairs_are_a_state(pairs: list[tuple[str, str]]) -> None:
    readable = [
        (a.encode("utf-8", "ignore").decode(), b.encode("utf-8", "ignore").decode())
        for a, b in pairs
    ]
    state = SearchState.from_url(urlencode(readable))
    assert SearchState.from_url(state.to_url()) == state
