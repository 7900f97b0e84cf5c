"""The headers that every answer has, whatever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from imrsearch.web.middleware.security import HEADERS, LONGEST_ADDRESS, MOST_PARAMETERS
from tests.web.markup import read_page

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(scope="module")
def strict_app(site: Settings) -> Flask:
    """A site that knows its name, and fails at one address."""
    app = create_app(replace(site, trusted_hosts=("localhost",)))
    app.add_url_rule("/fail", "fail", lambda: 1 / 0)  # type: ignore[arg-type]
    return app


@pytest.fixture
def strict(strict_app: Flask) -> FlaskClient:
    """A browser without a screen on that site."""
    return strict_app.test_client()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/search?q=knee", 200),
        ("OPTIONS", "/search", 200),
        ("GET", "/search.csv?q=knee", 200),
        ("GET", "/case/CM16-0000105/original", 200),
        ("GET", "/static/style.css", 200),
        ("GET", "/search/years?from=2013&to=2016", 303),
        ("GET", "/guidelines/mtus-chronic-pain/", 404),
        ("GET", f"/search?q={'a' * LONGEST_ADDRESS}", 400),
        ("GET", f"/search?{'a&' * MOST_PARAMETERS}", 400),
        ("GET", "/static/none.css", 404),
        ("GET", "/static/../settings.py", 404),
        ("GET", "/static/%2e%2e/pyproject.toml", 404),
        ("GET", "/none.json", 404),
        ("TRACE", "/", 405),
        ("DELETE", "/case/CM16-0000105", 405),
        ("GET", "/fail", 500),
    ],
)
def test_every_answer_has_them(strict: FlaskClient, method: str, path: str, status: int) -> None:
    with strict.open(path, method=method) as answer:
        assert answer.status_code == status
        assert HEADERS.items() <= dict(answer.headers).items()
        assert "Set-Cookie" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["X-Request-ID"]
        if status >= 400:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex"


def test_another_host_gets_them_too(strict: FlaskClient) -> None:
    answer = strict.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "evil" not in answer.text


def test_a_form_that_is_too_large_gets_them_too(strict: FlaskClient) -> None:
    answer = strict.post("/like", data={"text": "x" * 70_000})
    assert answer.status_code == 413
    assert HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (f"/search?q={'a' * LONGEST_ADDRESS}", "That search is too long"),
        (f"/search?{'a&' * MOST_PARAMETERS}", "That is too much at once"),
    ],
    ids=["long", "many"],
)
def test_what_is_refused_says_why(strict: FlaskClient, path: str, title: str) -> None:
    page = read_page(strict.get(path).text)
    assert page.text("h1") == title
    assert page.faults == []


def test_as_many_choices_as_are_read_are_taken(strict: FlaskClient) -> None:
    choices = "&".join(f"body={number}" for number in range(MOST_PARAMETERS))
    assert strict.get(f"/search?{choices}").status_code == 200


def test_browsers_keep_pages_for_a_minute_and_nobody_else_does(strict: FlaskClient) -> None:
    assert strict.get("/search?q=knee").headers["Cache-Control"] == "private, max-age=60"
    assert strict.get("/search/years").headers["Cache-Control"] == "no-cache"


def test_crawlers_are_led_away_from_what_is_endless(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").text
    for path in ("/search", "/facet", "/like", "/metrics", "/suggest.json"):
        assert f"Disallow: {path}\n" in robots
    page = read_page(client.get("/search?q=injection").text)
    assert page.all("link", rel="canonical")
    steering = [
        link
        for link in page.all("a")
        if link.attributes.get("href", "").startswith(("/search?", "/facet/"))
    ]
    assert steering
    assert [link for link in steering if "nofollow" not in link.attributes.get("rel", "")] == []
