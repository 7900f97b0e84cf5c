from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imrsearch.schema import FACETS
from imrsearch.search.state import (
    GROUPS,
    MATCHES,
    PAGE_SIZES,
    SORTS,
    VIEWS,
    Choice,
    SearchState,
    compare_url,
)

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
    view=st.sampled_from(VIEWS),
    mentions=st.booleans(),
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
        pytest.param("per_page=1000", "/search", id="page longer than the longest"),
        pytest.param("per_page=51", "/search", id="page a row longer than the longest"),
        pytest.param("per_page=50", "/search?per_page=50", id="the longest page"),
        pytest.param("per_page=1", "/search?per_page=1", id="one row: whoever asks for it gets it"),
        pytest.param("per_page=0", "/search", id="page without rows"),
        pytest.param("match=some&group=x&view=y", "/search", id="forms that do not exist"),
        pytest.param("match=most&group=wording", "/search?group=wording&match=most", id="forms"),
        pytest.param("match=all&group=case", "/search?group=case&match=all", id="other forms"),
        pytest.param("view=compact", "/search?view=compact", id="rows in one line"),
        pytest.param("mentions=1", "/search?mentions=1", id="mentions too"),
        pytest.param("mentions=yes", "/search", id="only 1 asks for mentions"),
        pytest.param(
            "spell=0&intent=0&expand=0", "/search?expand=0&intent=0&spell=0", id="switched off"
        ),
        pytest.param("spell=1&expand=no", "/search", id="only 0 switches off"),
        *(
            pytest.param(f"sort={sort}", f"/search?sort={sort}", id=sort)
            for sort in ("newest", "oldest", "overturned", "quantity", "visits_so_far")
        ),
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


CHOSEN = "q=mri&body=knee&not.year=2014&sort=oldest&per_page=50&match=all&group=case&page=4"


@pytest.mark.parametrize(
    ("step", "changed"),
    [
        pytest.param(lambda s: s.with_query("ct"), {"q": "ct"}, id="words"),
        pytest.param(lambda s: s.with_value("cites", "odg:5"), {"cites": "odg:5"}, id="value"),
        pytest.param(
            lambda s: s.with_value("year", "2014"), {"not.year": "", "year": "2014"}, id="opposite"
        ),
        pytest.param(
            lambda s: s.with_excluded("body", "knee"), {"body": "", "not.body": "knee"}, id="not"
        ),
        pytest.param(lambda s: s.without_value("body", "knee"), {"body": ""}, id="value gone"),
        pytest.param(lambda s: s.without_value("body", "hip"), {}, id="another value gone"),
        pytest.param(lambda s: s.without_facet("year"), {"not.year": ""}, id="facet gone"),
        pytest.param(lambda s: s.without_choices(), {"body": "", "not.year": ""}, id="none"),
        pytest.param(lambda s: s.with_sort("newest"), {"sort": "newest"}, id="order"),
        pytest.param(lambda s: s.with_per_page(20), {"per_page": "20"}, id="page size"),
        pytest.param(lambda s: s.with_match("most"), {"match": "most"}, id="match"),
        pytest.param(lambda s: s.with_group("wording"), {"group": "wording"}, id="group"),
        pytest.param(lambda s: s.with_mentions(True), {"mentions": "1"}, id="mentions"),
        pytest.param(lambda s: s.without("spell"), {"spell": "0"}, id="switch"),
        pytest.param(lambda s: s.with_page(5), {"page": "5"}, id="page"),
        pytest.param(lambda s: s.with_view("compact"), {"view": "compact", "page": "4"}, id="view"),
    ],
)
def test_a_step_changes_what_it_says_and_starts_at_page_one(
    step: Callable[[SearchState], SearchState], changed: dict[str, str]
) -> None:
    """But for turning the page, and for another view of it."""
    before = dict(pair.split("=") for pair in CHOSEN.split("&"))
    expected = urlencode({**before, "page": "1", **changed})
    assert step(SearchState.from_url(CHOSEN)) == SearchState.from_url(expected)


def test_values_stand_in_order_whatever_order_they_were_chosen_in() -> None:
    state = SearchState.from_url("body=wrist&body=hip&not.body=neck&body=knee&not.body=back")
    assert state.filters == {"body": ("hip", "knee", "wrist")}
    assert state.excluded == {"body": ("back", "neck")}


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


@pytest.mark.parametrize(
    ("url", "value", "told"),
    [
        pytest.param("body=knee", "knee", "/search", id="the only one: taken away"),
        pytest.param("body=knee", "hip", "/search?body=hip&body=knee", id="another of its facet"),
        pytest.param("not.body=knee", "knee", "/search?body=knee", id="left out: asked for"),
        pytest.param("", " the  hip ", "/search?body=the+hip", id="nothing chosen before"),
        pytest.param(
            "basis=mtus&q=a", "hip", "/search?basis=mtus&body=hip&q=a", id="between neighbours"
        ),
        pytest.param("q=a&page=3", "hip", "/search?body=hip&q=a", id="from the first page"),
    ],
)
def test_the_link_of_a_value(url: str, value: str, told: str) -> None:
    assert SearchState.from_url(url).value_urls()("body")(value) == told


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


def test_the_address_of_a_comparison_keeps_the_filters() -> None:
    beside = SearchState.from_url("q=mri&body=neck&page=3")
    assert compare_url("mri", "ct scan", beside) == "/compare?a=mri&b=ct+scan&body=neck"
    assert compare_url("mri", "ct") == "/compare?a=mri&b=ct"
    unknown = SearchState.from_url("year=~unknown")
    assert compare_url("body:neck", "a,b", unknown, ".csv") == (
        "/compare.csv?a=body:neck&b=a,b&year=~unknown"
    )
