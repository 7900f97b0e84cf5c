"""The same facts as a page and as data."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PAGES = (
    "/coverage",
    "/facet/category?q=mri",
    "/guidelines",
    "/guidelines/mtus-chronic-pain",
    "/guidelines/mtus-chronic-pain/page/58",
    "/treatments",
    "/treatments/chiropractic",
)


@pytest.mark.parametrize("address", PAGES)
def test_the_page_s_facts_as_data(client: FlaskClient, address: str) -> None:
    separator = "&" if "?" in address else "?"
    answer = client.get(f"{address}{separator}format=json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    facts = answer.get_json()
    assert facts["build"]
    assert client.get(address).mimetype == "text/html"


def test_counts_are_those_of_the_page(client: FlaskClient) -> None:
    facts = client.get("/facet/decision?format=json").get_json()
    page = client.get("/facet/decision").get_data(as_text=True)
    assert len(facts["lines"]) >= 2
    for line in facts["lines"]:
        assert line["label"] in page
        assert line["issues"] in page


def test_an_error_stays_one(client: FlaskClient) -> None:
    assert client.get("/guidelines/none-such?format=json").status_code == 404
