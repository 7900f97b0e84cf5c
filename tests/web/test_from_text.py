"""Precedents like a pasted text; nothing of the text is kept."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from imrsearch.search.from_text import read_pasted
from imrsearch.search.state import SearchState

LETTER = """
Dear Mr. Quentin Zyxwort, claim number 0815-4711, born 1/2/1970:
The request for twelve further chiropractic visits for the low back is not certified. The
MTUS Chronic Pain Medical Treatment Guidelines, Manual therapy & manipulation, Page(s): 58-60,
ask for functional improvement after the first visits, and none was documented.
"""


def test_a_pasted_letter_leads_to_its_precedents(client: FlaskClient) -> None:
    answer = client.post("/like", data={"text": LETTER})
    assert answer.status_code == 303
    state = SearchState.from_url(answer.location)
    assert "chiropractic" in state.q
    assert state.match == "most"
    found = client.get(answer.location.replace("/search", "/search.json")).get_json()
    assert found["total"] > 0
    assert "chiropractic" in found["results"][0]["service"].lower()


def test_no_name_or_number_of_the_text_goes_anywhere(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/like", data={"text": LETTER})
    for private in ("Quentin", "Zyxwort", "0815", "4711", "1970"):
        assert private.lower() not in answer.location.lower()
        assert private not in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_text_without_anything_to_search_for_is_told(client: FlaskClient) -> None:
    answer = client.post("/like", data={"text": "Hello there."})
    assert answer.status_code == 200
    assert b"Nothing in this text" in answer.data


def test_the_form(client: FlaskClient) -> None:
    answer = client.get("/like")
    assert answer.status_code == 200
    assert b'method="post"' in answer.data
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://[::1"},
    ],
    ids=[
        "told by the fetch",
        "told by the origin",
        "hidden origin",
        "a sister site",
        "no origin at all",
    ],
)
def test_a_form_on_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 403


def test_a_form_of_this_site_is_taken_behind_a_proxy_with_another_scheme(
    client: FlaskClient,
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://localhost"}
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 303


def test_a_hidden_origin_is_no_other_site(client: FlaskClient) -> None:
    """Browsers send ``Origin: null`` from a page that lets no referrer out."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 303


def test_the_form_lets_its_own_site_see_where_it_comes_from(client: FlaskClient) -> None:
    answer = client.get("/like")
    assert b'<meta name="referrer" content="same-origin">' in answer.data
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post("/like", data={"text": "x" * 70_000}).status_code == 413


def test_common_words_count_names_do_not() -> None:
    shares = {"visits": 0.1, "functional": 0.05, "request": 0.9, "quentin": 0.0}
    found = read_pasted(LETTER, lambda word: shares.get(word, 0.0))
    assert found.names == ("chiropractic", "low back")
    assert found.words == ("visits", "functional")
    assert found.cites[0] == "mtus-chronic-pain:58"
    assert found.q == "chiropractic low back visits functional"


def test_the_requests_of_a_text_as_json(client: FlaskClient) -> None:
    answer = client.post("/like.json", data={"text": LETTER})
    (request,) = answer.get_json()["requests"]
    assert request["treatment"] == "chiropractic"
    assert request["body_parts"] == ["low back"]
    assert client.get(request["url"]).status_code == 200
    assert request["upheld"][0]["url"].startswith("/case/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_json_is_protected_as_the_form_is(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    with caplog.at_level(logging.DEBUG):
        refused = client.post("/like.json", data={"text": LETTER}, headers=elsewhere)
        client.post("/like.json", data={"text": LETTER})
    assert refused.status_code == 403
    assert client.get("/like.json").status_code == 405
    assert "Zyxwort" not in caplog.text
