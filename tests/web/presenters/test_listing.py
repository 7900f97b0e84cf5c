"""All values of a facet: filtered, sorted, chosen, left out, in pages."""

from __future__ import annotations

import pytest

from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, FacetTables, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.listing import PER_PAGE, Listing, ListingPage, listing_page


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
    assert neck.toggle.label == "Add"
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
    assert page.clear is not None and page.clear.url == "/facet/body"


def test_without_a_choice_there_is_nothing_to_clear() -> None:
    assert page_of("q=a").clear is None
