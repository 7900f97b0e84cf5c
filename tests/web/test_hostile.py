"""Nothing that a letter, an address or a search holds becomes code, a path or an error."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from imrsearch.search.state import SearchState
from tests.web.conftest import HOSTILE, PAYLOAD
from tests.web.markup import read_page
from tests.web.test_pages import get


@pytest.mark.parametrize(
    "url",
    [
        "/search?q=hostile",
        f"/search?q={quote(PAYLOAD)}",
        f"/search?q=hostile&specialty={quote(PAYLOAD)}&not.state={quote(PAYLOAD)}",
        f"/search?cites={quote(PAYLOAD)}&year={quote(PAYLOAD)}&sort={quote(PAYLOAD)}",
        f"/case/{HOSTILE}?q={quote(PAYLOAD)}",
        f"/case/{HOSTILE}/letter",
        f"/case/{HOSTILE}/letter?fact={quote(PAYLOAD)}",
        f"/facet/state?find={quote(PAYLOAD)}&q={quote(PAYLOAD)}&order={quote(PAYLOAD)}",
        "/facet/specialty",
        "/facet/state",
        "/coverage",
        f"/facet/{quote(PAYLOAD)}",
        f"/guidelines/{quote(PAYLOAD)}",
        f"/guidelines/mtus-chronic-pain/section/{quote(PAYLOAD)}",
        f"/{quote(PAYLOAD)}",
    ],
)
def test_hostile_text_stays_text(client: FlaskClient, url: str) -> None:
    text = client.get(url).text
    page = read_page(text)
    assert page.faults == []
    assert not page.all("img")
    assert all(
        tag.startswith('type="module" src="/static/js/') for tag in text.split("<script ")[1:]
    )
    assert "<script>" not in text
    assert "onerror=alert(1)&gt;" in text or "onerror" not in text


def test_the_hostile_letter_is_shown_as_written(client: FlaskClient) -> None:
    page = get(client, f"/case/{HOSTILE}")
    assert f"The hostile rationale {PAYLOAD} ends." in page.text("section", id="issue-1")
    marked = get(client, f"/case/{HOSTILE}?q=hostile")
    assert "hostile" in {mark.text for mark in marked.all("mark")}


@pytest.mark.parametrize(
    "case_id",
    [
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "a%00b",
        "x" * 65,
        "x" * 5000,
        "ＣＭ16-0000105",
        "a b",
    ],
    ids=["dots", "encoded", "path", "nul", "65", "5000", "look-alike", "blank"],
)
@pytest.mark.parametrize("page", ["", ".json", "/letter", "/original"])
def test_odd_ids_are_no_cases(client: FlaskClient, case_id: str, page: str) -> None:
    assert client.get(f"/case/{case_id}{page}").status_code == 404


@pytest.mark.parametrize(
    "text", ["¹", "٣", "9" * 5000, "-1", "..", "0..99999999999999", "~unknown"]
)
@pytest.mark.parametrize(
    "url",
    [
        "/search?year={0}&page={0}&per_page={0}&sort={0}",
        "/search?not.year={0}&age={0}&q=year:{0}",
        "/search/years?from={0}&to={0}",
        "/facet/year?year={0}&page={0}&find={0}&order={0}",
        "/guidelines/mtus-chronic-pain/section/{0}",
        "/guidelines/mtus-chronic-pain/page/{0}",
        "/sitemap/{0}.xml",
    ],
)
def test_numbers_that_are_none_are_no_fault_of_ours(
    client: FlaskClient, url: str, text: str
) -> None:
    assert client.get(url.format(quote(text))).status_code < 500


@given(q=st.text(max_size=80), facet=st.text(max_size=20), page=st.text(max_size=5))
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_search_is_answered(client: FlaskClient, q: str, facet: str, page: str) -> None:
    query = {"q": q, "body": facet, "year": facet, "page": page}
    answer = client.get("/search", query_string=query)
    assert answer.status_code == 200
    assert read_page(answer.text).faults == []
    assert SearchState(q=q).q in read_page(answer.text).text("h1")


def test_hostile_text_stays_text_in_exports(client: FlaskClient) -> None:
    feed = client.get("/search.atom?q=hostile").text
    ElementTree.fromstring(feed)
    assert "<script" not in feed
    ris = client.get("/search.ris?q=hostile").text
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in ris.splitlines())
