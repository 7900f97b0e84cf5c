"""Errors are humane pages, JSON where JSON was asked for, and never tell about the server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import abort
from flask.testing import FlaskClient

from imrsearch.indexing.pipeline import index_paths
from imrsearch.system.errors import DamagedBuild, ImrsearchError, IndexBusy
from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from tests.conftest import SAMPLES
from tests.web.markup import read_page


def failing(site: Settings, error: Exception) -> FlaskClient:
    """A client of a site whose page ``/fail`` (and ``/fail.json``) raises ``error``."""
    app = create_app(site)

    def fail() -> str:
        raise error

    app.add_url_rule("/fail", "fail", fail)
    app.add_url_rule("/fail.json", "fail_json", fail)
    return app.test_client()


@pytest.mark.parametrize("status", [400, 404, 405, 413, 414, 418, 429, 500, 503])
def test_every_status_has_a_humane_page(site: Settings, status: int) -> None:
    copy = create_app(site)
    copy.add_url_rule("/fail", "fail", lambda: abort(status))
    answer = copy.test_client().get("/fail")
    page = read_page(answer.text)
    assert answer.status_code == status
    assert page.faults == []
    assert page.text("h1")
    assert page.links()["Back to the front page"] == "/"


def test_an_unknown_case_is_named(client: FlaskClient) -> None:
    page = read_page(client.get("/case/CM00-0000000").text)
    assert page.text("h1") == "There is no such page"
    assert "CM00-0000000" in page.text("p", class_="lead")


def test_json_errors_are_json(client: FlaskClient) -> None:
    answer = client.get("/case/CM00-0000000.json")
    assert answer.status_code == 404
    assert answer.json["error"]["status"] == 404  # type: ignore[index]
    assert "CM00-0000000" in answer.json["error"]["message"]  # type: ignore[index]


def test_another_method_is_refused_with_those_allowed(client: FlaskClient) -> None:
    answer = client.post("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.headers.getlist("Content-Type") == ["text/html; charset=utf-8"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("secret /srv/place"), 500),
        (ImrsearchError("secret /srv/place"), 500),
        (DamagedBuild("secret /srv/place"), 503),
        (IndexBusy("secret /srv/place"), 503),
    ],
    ids=["unforeseen", "foreseen", "damaged", "busy"],
)
@pytest.mark.parametrize("url", ["/fail", "/fail.json"])
def test_failures_tell_nothing_of_the_server(
    site: Settings, error: Exception, status: int, url: str
) -> None:
    answer = failing(site, error).get(url)
    assert answer.status_code == status
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"]


def test_nothing_indexed_yet_says_what_to_do(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/search?q=knee")
    assert answer.status_code == 503
    assert "imrsearch index" in answer.text
    assert answer.headers["Retry-After"] == "30"
    assert empty_client.get("/healthz").status_code == 503
    assert empty_client.get("/help").status_code == 200


def test_a_site_started_early_serves_once_something_is_indexed(
    site: Settings, tmp_path: Path
) -> None:
    late = replace(site, index=tmp_path / "late")
    client = create_app(late).test_client()
    assert client.get("/").status_code == 503
    index_paths(late, [SAMPLES / "CM16-0000105.txt"], jobs=1)
    assert client.get("/").status_code == 200
    assert client.get("/search.json").json["total"] == 3  # type: ignore[index]


def test_a_changed_original_is_not_served(site: Settings, tmp_path: Path) -> None:
    letter = tmp_path / "CM16-0000105.txt"
    letter.write_bytes((SAMPLES / letter.name).read_bytes())
    own = replace(site, index=tmp_path / "index")
    index_paths(own, [letter], jobs=1)
    client = create_app(own).test_client()
    assert client.get("/case/CM16-0000105/original").status_code == 200
    letter.write_text("something else")
    answer = client.get("/case/CM16-0000105/original")
    assert answer.status_code == 404
    assert "has changed" in answer.text
    assert str(tmp_path) not in answer.text


def test_only_hosts_that_are_trusted_are_served(site: Settings) -> None:
    client = create_app(replace(site, trusted_hosts=("imr.example",))).test_client()
    assert client.get("/help", headers={"Host": "imr.example"}).status_code == 200
    refused = client.get("/help", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/healthz", "127.0.0.1:8000", 200),
        ("/healthz", "[::1]:8000", 200),
        ("/healthz", "localhost", 200),
        ("/metrics", "127.0.0.1:8000", 200),
        pytest.param("/healthz", "evil.example", 400, id="a name of others"),
        pytest.param(
            "/metrics", "10.0.0.1.evil.example", 400, id="a name that begins as an address"
        ),
        pytest.param("/help", "127.0.0.1:8000", 400, id="pages have links, which need the name"),
        pytest.param("/healthz/", "127.0.0.1", 400, id="no such page"),
    ],
)
def test_probes_ask_by_address(site: Settings, path: str, host: str, status: int) -> None:
    client = create_app(replace(site, trusted_hosts=("imr.example",))).test_client()
    assert client.get(path, headers={"Host": host}).status_code == status
