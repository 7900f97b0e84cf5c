"""All values of a facet: filtered, sorted, chosen, left out, in pages."""

from __future__ import annotations

import pytest

from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, FacetTables, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.listing import (
    LONGEST_FIND,
    PER_PAGE,
    Listing,
    ListingPage,
    listing_page,
)


def value(name: str, count: int = 1, overturned: int = 0, selected: bool = False) -> FacetValue:
    """A line of a facet's table, labelled by its value."""
    return FacetValue(name, name.capitalize(), count, overturned, selected, "")


VALUES = (
    value("neck", 40, 4),
    value("knee", 12, 6),
    value("low back", 9, 8),
    value("~unknown", 50, 1),
)


def listed(query: str, values: tuple[FacetValue, ...] = VALUES) -> list[str]:
    """The labels of the page that an address asks for."""
    return [line.label for line in page_of(query, values).lines]


def page_of(query: str, values: tuple[FacetValue, ...] = VALUES) -> ListingPage:
    """The page that an address asks for, of a search that finds seven issues."""
    facets = {"body": Facet("body", "Body part", values)}
    tables = FacetTables(7, outcome(7, 0, None), facets, "b")
    return listing_page(listing(query), tables)


def listing(query: str) -> Listing:
    """The list that an address asks for."""
    parameters = dict(pair.split("=") for pair in query.split("&") if pair)
    return Listing.from_url("body", SearchState.from_url(query), parameters)


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["Neck", "Knee", "Low back", "~unknown"]),
        ("order=name", ["Knee", "Low back", "Neck", "~unknown"]),
        ("order=rate", ["Low back", "Knee", "Neck", "~unknown"]),  # 8 of 9, 6 of 12, few of many
        ("order=bogus", ["Neck", "Knee", "Low back", "~unknown"]),
        ("find=BACK", ["Low back"]),  # a word inside
        ("find=ne", ["Neck"]),  # how a word begins, not what is inside of it
        ("find=xyz", []),
    ],
)
def test_values_are_filtered_and_sorted(query: str, labels: list[str]) -> None:
    assert listed(query) == labels


def test_what_was_never_overturned_stands_behind_what_was_of_however_few() -> None:
    values = (value("low back", 18, 0), value("neck", 15, 2), value("knee", 7, 3))
    assert listed("order=rate", values) == ["Knee", "Neck", "Low back"]
    assert "lower end" in page_of("order=rate", values).about_order
    assert page_of("", values).about_order == ""


def test_many_values_come_in_pages() -> None:
    values = tuple(value(f"v{number:04}", 9999 - number) for number in range(PER_PAGE + 5))
    assert len(listed("", values)) == PER_PAGE
    assert listed("page=2", values) == [f"V{number:04}" for number in range(PER_PAGE, PER_PAGE + 5)]
    assert listed("page=99", values) == listed("page=2", values)  # the last there is


def test_a_value_is_added_beside_others_and_the_list_stays_as_it_is() -> None:
    page = page_of("q=mri&body=knee&find=neck&order=name", (value("neck"),))
    (neck,) = page.lines
    assert (neck.toggle.label, neck.exclude.label) == ("Add", "Exclude")
    assert neck.toggle.url == "/facet/body?body=knee&body=neck&find=neck&order=name&q=mri"
    assert neck.exclude.url == "/facet/body?body=knee&find=neck&not.body=neck&order=name&q=mri"
    assert page.results.url == "/search?body=knee&q=mri"
    assert page.under == "7 issues for “mri”, Knee"


def test_what_is_chosen_or_left_out_can_be_taken_back() -> None:
    values = (value("knee", selected=True), value("neck"))
    page = page_of("body=knee&not.body=neck", values)
    knee, neck = page.lines
    assert (knee.state, knee.toggle.label, knee.toggle.url) == (
        "selected",
        "Remove",
        "/facet/body?not.body=neck",
    )
    assert (neck.state, neck.exclude.label, neck.exclude.url) == (
        "excluded",
        "Include again",
        "/facet/body?body=knee",
    )
    assert page.clear == Link("Clear this filter", "/facet/body")


def test_without_a_choice_there_is_nothing_to_clear() -> None:
    assert page_of("q=a").clear is None


@pytest.mark.parametrize(
    ("query", "url"),
    [
        pytest.param("", "/facet/body", id="nothing asked for"),
        pytest.param("order=count&find=", "/facet/body", id="the default order"),
        pytest.param("order=bogus", "/facet/body", id="an order that does not exist"),
        pytest.param("order=rate&q=a", "/facet/body?order=rate&q=a", id="keys sorted"),
        pytest.param("find=+low++back+", "/facet/body?find=low+back", id="blanks"),
        pytest.param("find=" + "x" * 999, f"/facet/body?find={'x' * LONGEST_FIND}", id="cut"),
        pytest.param(
            "cites=odg:5&body=~unknown", "/facet/body?body=~unknown&cites=odg:5", id="as searched"
        ),
    ],
)
def test_the_address_of_a_list_is_canonical(query: str, url: str) -> None:
    assert listing(query.replace("+", " ")).url() == url


def test_a_line_tells_the_number_and_outcome_of_its_value() -> None:
    page = page_of("", (value("surgery > knee", 1200, 300), value("hip", 0)))
    knee, hip = page.lines
    assert (knee.label, knee.state) == ("Surgery › knee", "")
    assert (knee.issues, knee.overturned) == ("1,200", "300 of 1,200 (25%)")
    assert (hip.issues, hip.overturned) == ("0", "")  # asked for in vain


def test_orders_begin_at_the_first_page_and_keep_the_search() -> None:
    values = tuple(value(f"v{number}") for number in range(PER_PAGE * 3))
    page = page_of("q=mri&order=name&page=2&find=v", values)
    assert page.orders == (
        Link("Most issues", "/facet/body?find=v&q=mri"),
        Link("A to Z", "/facet/body?find=v&order=name&q=mri", current=True),
        Link("Most often overturned", "/facet/body?find=v&order=rate&q=mri"),
    )
    assert page.url == "/facet/body?find=v&order=name&page=2&q=mri"
    assert page.hidden == (("q", "mri"), ("order", "name"))
    assert page_of("q=mri").hidden == (("q", "mri"),)
    assert [link.url for link in page.pager if link.rel] == [
        "/facet/body?find=v&order=name&q=mri",
        "/facet/body?find=v&order=name&page=3&q=mri",
    ]
    assert (page.find, page.q, page.name, page.title, page.build) == (
        "v",
        "mri",
        "body",
        "Body part",
        "b",
    )


def test_as_many_values_as_a_page_lists_are_one_page() -> None:
    values = tuple(value(f"v{number}") for number in range(PER_PAGE))
    assert page_of("", values).pager == ()
    assert listed("page=9", ()) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "4 values"),
        ("find=ne", "1 of 4 values for “ne”"),
        ("find=xyz", "No value for “xyz”"),
    ],
)
def test_how_many_values_were_found(query: str, found: str) -> None:
    assert page_of(query).found == found


def test_every_word_looked_for_begins_a_word_of_the_label() -> None:
    values = (value("low back"), value("upper back"), value("lower leg"))
    assert listed("find=back lo", values) == ["Low back"]


def test_of_equal_rates_the_value_of_more_issues_comes_first() -> None:
    values = (value("neck", 5, 0), value("hip", 0, 0), value("knee", 9, 0))
    assert listed("order=rate", values) == ["Knee", "Neck", "Hip"]


@pytest.mark.parametrize(
    ("name", "plain"), [("decision", True), ("outcome", True), ("body", False)]
)
def test_values_that_are_decisions_have_no_outcomes(name: str, plain: bool) -> None:
    tables = FacetTables(1, outcome(1, 0, None), {name: Facet(name, "Facet", VALUES)}, "b")
    assert listing_page(Listing(name, SearchState()), tables).plain is plain


def test_the_way_back_to_the_results() -> None:
    assert page_of("q=mri&page=2").results == Link("Show 7 issues", "/search?q=mri")
