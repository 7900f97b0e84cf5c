"""Nothing is sent twice, and text is sent compressed."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("url", ["/search?q=injection", "/search.json", "/static/style.css"])
def test_long_texts_are_packed_for_those_who_ask(client: FlaskClient, url: str) -> None:
    with client.get(url) as plain, client.get(url, headers={"Accept-Encoding": "gzip"}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) * 3 < len(plain.data)
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("url", ["/healthz", "/case/CM16-0000105/original"])
def test_short_answers_and_originals_are_not(client: FlaskClient, url: str) -> None:
    with client.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
        assert "Content-Encoding" not in answer.headers


def test_unpacked_when_refused(client: FlaskClient) -> None:
    with client.get("/search", headers={"Accept-Encoding": "gzip;q=0"}) as answer:
        assert "Content-Encoding" not in answer.headers


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/static/style.css") as first:
        tag = first.headers["ETag"]
    asked = {"If-None-Match": tag, "Accept-Encoding": "gzip"}
    with client.get("/static/style.css", headers=asked) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_the_first_view_is_light(client: FlaskClient) -> None:
    """A page of results with its style and sign: at most 60 kB on the way."""
    weight = 0
    for url in ("/search?q=injection", "/static/style.css", "/static/favicon.svg"):
        with client.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
            weight += len(answer.data)
    assert weight < 60_000


PAGES = ("/", "/search?q=knee", "/search.json?q=knee", "/help", "/coverage", "/guidelines")
_OWN = {"X-Request-ID", "Date"}


@pytest.mark.parametrize("packed", ["gzip", "identity"])
@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, path: str, packed: str) -> None:
    headers = {"Accept-Encoding": packed}
    first = client.get(path, headers=headers)
    again = client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Content-Security-Policy"]


def test_another_page_has_another_tag(client: FlaskClient) -> None:
    tag = client.get("/search?q=knee").headers["ETag"]
    assert client.get("/search?q=neck", headers={"If-None-Match": tag}).status_code == 200


def test_what_is_not_to_be_stored_has_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/like").headers
    assert "ETag" not in client.get("/healthz").headers
    assert "ETag" not in client.get("/nowhere").headers


@pytest.mark.parametrize("path", [*PAGES, "/like", "/nowhere", "/static/style.css", "/search.csv"])
@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_head_tells_what_get_would(client: FlaskClient, path: str, packed: str) -> None:
    asked = {"Accept-Encoding": packed}
    with client.get(path, headers=asked) as got, client.head(path, headers=asked) as told:
        assert told.data == b""
        assert told.status_code == got.status_code
        assert {n: v for n, v in told.headers if n not in _OWN} == {
            n: v for n, v in got.headers if n not in _OWN
        }
        assert int(got.headers["Content-Length"]) == len(got.data)
