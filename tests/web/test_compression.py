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
