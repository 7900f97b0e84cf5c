"""The front page and the help page."""

from __future__ import annotations

import pytest

from imrsearch.storage.collection.summary import CollectionSummary
from imrsearch.system.settings import load_settings
from imrsearch.web.presenters.home import EXAMPLES, help_contents, home_page


def test_the_front_page() -> None:
    page = home_page(CollectionSummary(7, 9, 6, 3, None, None, 0, 0, {}, {}), "build-1")
    assert [figure.words for figure in page.figures] == ["7", "9", "3 (33%)"]
    assert [(one.verdict.word, one.explanation[:12]) for one in page.verdicts] == [
        ("Overturned", "The reviewer"),
        ("Upheld", "The claims a"),
    ]
    assert (page.everything_url, page.build) == ("/search?sort=newest", "build-1")
    assert page.examples == EXAMPLES


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("max_query_chars", 1234, "1,234 characters"),
        ("max_query_words", 77, "77 words"),
        ("max_page", 4321, "4,321; narrow the search"),
        ("max_export", 7777, "the first 7,777"),
        ("search_seconds", 1, "1 second; then"),
        ("search_seconds", 9, "9 seconds; then"),
        ("request_burst", 2222, "2,222 at once"),
        ("requests_per_second", 33, "33 per second"),
    ],
)
def test_the_limits_told_are_those_in_force(setting: str, value: int, told: str) -> None:
    limits = help_contents(load_settings({}, **{setting: value})).limits
    assert [limit.label for limit in limits if told in limit.words] != []
