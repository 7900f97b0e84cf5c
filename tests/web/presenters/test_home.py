"""The front page and the help page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from imrsearch.storage.collection.summary import CollectionSummary
from imrsearch.system.settings import load_settings
from imrsearch.web.presenters.home import EXAMPLES, holdings_figures, limits
from tests.web.markup import rendered


def test_the_front_page(client: FlaskClient) -> None:
    summary = CollectionSummary(7, 9, 6, 3, None, None, 0, 0, {}, {})
    figures = tuple(holdings_figures(summary))
    assert [figure.words for figure in figures] == ["7", "9", "3 (33%)"]
    page = rendered(client, "home.html", examples=EXAMPLES, figures=figures, build="build-1")
    assert page.faults == []
    assert [one.text for one in page.all("dd")] == [
        "7",
        "9",
        "3 (33%)",
        (
            "The reviewer found the treatment medically necessary: the denial is reversed, and the"
            " treatment is approved."
        ),
        "The claims administrator’s denial stands: the treatment is not approved.",
    ]
    assert page.links()["Browse everything"] == "/search?sort=newest"
    assert page.links()["service:mri rationale:radiculopathy"] == (
        "/search?q=service:mri+rationale:radiculopathy"
    )
    assert "build-1" in page.text("footer")


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
    shown = limits(load_settings({}, **{setting: value}))
    assert [limit.label for limit in shown if told in limit.words] != []
