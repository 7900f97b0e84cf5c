"""The same page again travels as 304; HEAD tells what GET would."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

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
