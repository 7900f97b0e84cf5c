from __future__ import annotations

import pytest

from imrsearch.engines.base import Filter
from imrsearch.query.fields import field_query, number_range
from imrsearch.query.tree import And, FieldEquals, FieldMissing, Not, Or, Range
from imrsearch.schema import FACETS, VALUE_FIELDS, FacetCount, decision_label
from imrsearch.search.facets import facet_filter


def test_every_facet_is_a_value_field_of_the_engines() -> None:
    assert set(FACETS) <= set(VALUE_FIELDS)


@pytest.mark.parametrize(
    ("decision", "label"),
    [
        ("upheld", "Upheld: treatment denied"),
        ("overturned", "Overturned: treatment approved"),
        pytest.param("overturned in part", "Overturned in part", id="a word of an early letter"),
        pytest.param(None, "Decision unknown", id="unknown layout"),
    ],
)
def test_decisions_in_words(decision: str | None, label: str) -> None:
    assert decision_label(decision) == label


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("decision", "overturned", "Overturned: treatment approved"),
        ("category", "Rehabilitation", "Rehabilitation"),
        ("body", "low back", "Low back"),
        ("body", "~unknown", "No body part named"),
        ("flag", "~unknown", "Ordinary request"),
        ("ageband", "40-49", "40–49"),
        ("ageband", "under 20", "Under 20"),
        ("basis", "none", "No source cited"),
        ("era", "notice", "Notice (2013)"),
        ("year", "2016", "2016"),
        ("year", "2013..2016", "2013 to 2016"),
        ("year", "2013..", "2013 or later"),
        ("year", "..2016", "2016 or earlier"),
        ("year", "~unknown", "No date of decision"),
        ("visits", "7..12", "7 to 12"),
        ("visits", "25..", "25 or more"),
        ("visits", "..6", "Up to 6"),
        ("ur", "modified", "Modified: a part authorized"),
        pytest.param("guideline", "no-such", "no-such", id="unknown guideline stays as it is"),
    ],
)
def test_labels(facet: str, value: str, label: str) -> None:
    assert FACETS[facet].label(value) == label


def test_no_two_facets_call_the_missing_value_the_same() -> None:
    """A chip shows the value's name alone in the heading: it has to say what is missing."""
    names = [kind.unknown for kind in FACETS.values()]
    assert len(set(names)) == len(names)
    assert "Unknown" not in names


def test_age_bands_stand_in_order() -> None:
    bands = [None, "80 and over", "20-29", "under 20", "70-79"]
    counts = [FacetCount(band, 5 - place, 0) for place, band in enumerate(bands)]
    ordered = [count.value for count in FACETS["ageband"].ordered(counts)]
    assert ordered == ["under 20", "20-29", "70-79", "80 and over", None]


def test_bands_of_numbers_stand_in_order() -> None:
    bands = [None, "25..", "7..12", "..6", "13..24"]
    counts = [FacetCount(band, 5 - place, 0) for place, band in enumerate(bands)]
    ordered = [count.value for count in FACETS["visits"].ordered(counts)]
    assert ordered == ["..6", "7..12", "13..24", "25..", None]


def test_facets_stand_in_order_of_use() -> None:
    first = ["decision", "subcategory", "treatment", "body", "guideline", "cites"]
    assert list(FACETS)[: len(first)] == first


def test_guidelines_and_pages_have_their_catalogue_names() -> None:
    guideline = FACETS["guideline"].label("mtus-chronic-pain")
    assert guideline.startswith("Chronic Pain")
    assert FACETS["cites"].label("mtus-chronic-pain:58") == f"{guideline}, p. 58"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2014", Range("year", 2014, 2014)),
        ("2013..2016", Range("year", 2013, 2016)),
        ("2013-2016", Range("year", 2013, 2016)),
        ("2013..", Range("year", 2013, None)),
        ("..2016", Range("year", None, 2016)),
        ("7..12", Range("year", 7, 12)),
        (">2016", Range("year", 2017, None)),
        (">=2016", Range("year", 2016, None)),
        ("<2016", Range("year", None, 2015)),
        ("≤2016", Range("year", None, 2016)),
        pytest.param("..", Range("year", None, None), id="any number"),
        pytest.param("soon", None, id="no number"),
        pytest.param("99999", None, id="no year has five digits"),
        pytest.param("２０１４", None, id="digits of another script"),
    ],
)
def test_ranges(text: str, numbers: Range | None) -> None:
    assert number_range("year", text) == numbers


@pytest.mark.parametrize(
    ("values", "excluded", "query"),
    [
        (["a"], [], Or((FieldEquals("body", "a"),))),
        (["a", "~unknown"], [], Or((FieldEquals("body", "a"), FieldMissing("body")))),
        ([], ["a"], Not(FieldEquals("body", "a"))),
        (["a"], ["b"], And((Or((FieldEquals("body", "a"),)), Not(FieldEquals("body", "b"))))),
    ],
)
def test_one_filter_a_facet(values: list[str], excluded: list[str], query: Not | And | Or) -> None:
    assert facet_filter("body", values, excluded) == Filter("body", query)


def test_a_year_that_is_none_is_kept_and_matches_nothing() -> None:
    assert field_query("year", "soon") == FieldEquals("year", "soon")


def test_years_are_listed_newest_first() -> None:
    counts = [FacetCount("2014", 9, 0), FacetCount(None, 5, 0), FacetCount("2016", 1, 0)]
    assert [count.value for count in FACETS["year"].ordered(counts)] == ["2016", "2014", None]
