"""What was in force when, at the borders of the known dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from imrsearch.catalogue.editions import (
    Edition,
    cited_edition,
    editions_of,
    editions_on_subject,
    in_force,
)
from imrsearch.catalogue.guidelines import all_guidelines, guideline
from imrsearch.system.package_data import load_toml

NAMES = {row["guideline"] for row in load_toml("editions.toml")["edition"]}


def test_every_edition_is_of_a_guideline_of_the_catalogue() -> None:
    subjects = load_toml("editions.toml")["subjects"]
    assert all(map(guideline, NAMES))
    assert all(guideline(name) for names in subjects for name in names)


def test_the_odg_has_no_edition_in_force() -> None:
    assert not any(editions_of(row.id) for row in all_guidelines() if row.family == "odg")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_editions_follow_each_other_without_a_gap(name: str) -> None:
    for before, after in pairwise(editions_of(name)):
        assert before.until == after.since - timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "day", "governs", "edition"),
    [
        ("mtus-chronic-pain", "2009-07-17", None, None),
        ("mtus-chronic-pain", "2009-07-18", "mtus-chronic-pain", "2009"),
        ("mtus-chronic-pain", "2016-07-27", "mtus-chronic-pain", "2009"),
        ("mtus-chronic-pain", "2016-07-28", "mtus-chronic-pain", "2016"),
        ("mtus-chronic-pain", "2017-12-01", "acoem-chronic-pain", "2017-05-15"),
        ("acoem-low-back", "2017-11-30", "acoem-low-back", "2004"),
        ("acoem-low-back", "2017-12-01", "acoem-low-back-disorders", "2016-02-24"),
        ("acoem-low-back-disorders", "2017-11-30", "acoem-low-back", "2004"),
        ("acoem-low-back-disorders", "2019-08-10", "acoem-low-back-disorders", "2016-02-24"),
        ("acoem-low-back-disorders", "2019-08-11", "acoem-low-back-disorders", "2019-03-07"),
        ("acoem-low-back-disorders", "2024-01-01", "acoem-low-back-disorders", "2020-02-13"),
        ("mtus-postsurgical", "2017-12-01", None, None),  # nothing is known to replace it
        ("mtus-acupuncture", "2016-01-01", None, None),  # no date is known
        ("odg-low-back", "2016-01-01", None, None),
    ],
)
def test_in_force(name: str, day: str, governs: str | None, edition: str | None) -> None:
    found = in_force(name, date.fromisoformat(day))
    assert (found and found.guideline, found and found.name) == (governs, edition)


@pytest.mark.parametrize(
    ("name", "year", "day", "edition"),
    [
        ("acoem-low-back-disorders", 2016, "2016-02-24", "2016-02-24"),
        ("acoem-low-back-disorders", 2016, None, "2016-02-24"),
        ("acoem-low-back-disorders", 2016, "2016-02", "2016-02-24"),
        ("acoem-low-back-disorders", 2016, "2016-02-25", None),  # another day, another edition
        ("acoem-low-back-disorders", 2018, None, None),
        ("acoem-low-back-disorders", None, None, None),
        ("acoem-ankle-foot-disorders", 2015, "2015-09", "2015-09"),
        ("mtus-chronic-pain", 2009, None, "2009"),
        ("mtus-chronic-pain", 2009, "2009-07-18", "2009"),  # known by its year alone
        ("mtus-chronic-pain", 2016, "2009-07-18", "2009"),  # the day goes before the year
        ("acoem-elbow", 2007, None, None),
        ("odg-low-back", 2016, None, None),
    ],
)
def test_the_edition_that_a_citation_names(
    name: str, year: int | None, day: str | None, edition: str | None
) -> None:
    found = cited_edition(name, year, day)
    assert (found and found.name) == edition


@pytest.mark.parametrize(
    ("until", "day", "covered"),
    [
        (date(2016, 7, 27), date(2009, 7, 17), False),
        (date(2016, 7, 27), date(2009, 7, 18), True),
        (date(2016, 7, 27), date(2016, 7, 27), True),
        (date(2016, 7, 27), date(2016, 7, 28), False),
        (None, date(2026, 1, 1), True),
        (None, date(2009, 7, 17), False),
    ],
)
def test_an_edition_is_in_force_from_its_first_day_to_its_last(
    until: date | None, day: date, covered: bool
) -> None:
    assert Edition("mtus-x", "2009", date(2009, 7, 18), "a page", until).covers(day) is covered


@pytest.mark.parametrize(
    ("name", "editions"),
    [
        ("mtus-chronic-pain", ["2009", "2016", "2017-05-15"]),
        ("acoem-chronic-pain", ["2009", "2016", "2017-05-15"]),
        ("acoem-low-back", ["2004", "2016-02-24", "2019-03-07", "2020-02-13"]),
        ("acoem-tail", []),
    ],
)
def test_a_subject_has_the_editions_of_the_guidelines_that_replaced_each_other(
    name: str, editions: list[str]
) -> None:
    found = editions_on_subject(name)
    assert [one.name for one in found] == editions
    assert sorted(found, key=lambda one: one.since) == list(found)
    assert set(editions_of(name)) <= set(found)
