"""Every route declares how others treat it, and robots.txt, sitemap and headers follow."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from imrsearch.web.route_policy import RoutePolicy, policy_of, routes
from tests.web.routes import PAGES, addresses


def test_every_route_declares_its_policy(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert [one for one in endpoints if policy_of(app, one) is None] == []


def test_a_route_that_declares_nothing_has_no_policy() -> None:
    app = Flask(__name__)
    app.add_url_rule("/new", "new", lambda: "")
    assert policy_of(app, "new") is None
    assert policy_of(app, None) is None
    assert list(routes(app)) == []


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_a_page(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


OTHERS = addresses(lambda declared: not declared.page)


@pytest.mark.parametrize("url", OTHERS)
def test_everything_else_is_none(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        assert answer.status_code in (200, 303)
        assert answer.mimetype != "text/html" or answer.status_code == 303


ALL = addresses(lambda declared: True)


@pytest.mark.parametrize("url", ALL)
def test_headers_and_robots_say_what_the_route_declares(
    app: Flask, client: FlaskClient, url: str
) -> None:
    declared = policy_at(app, url)
    with client.get(url) as answer:
        assert ("X-Robots-Tag" in answer.headers) == (declared.crawlers != "index")
    robots = RobotFileParser()
    # Python's reader knows no "*" inside a path; those lines are looked at below.
    robots.parse(client.get("/robots.txt").text.splitlines())
    if "/letter" not in url and "/original" not in url:
        assert robots.can_fetch("*", url) == (declared.crawlers != "disallow")


def test_robots_keeps_crawlers_out_of_letters_and_files(client: FlaskClient) -> None:
    rules = client.get("/robots.txt").text
    assert "Disallow: /case/*/letter\n" in rules
    assert "Disallow: /case/*/original\n" in rules


def test_the_sitemap_holds_every_route_that_says_so_and_no_other(
    app: Flask, client: FlaskClient
) -> None:
    parts = ("/sitemap/0.xml", "/sitemap/1.xml")
    listed = {
        url
        for part in parts
        for url in re.findall("<loc>http://localhost(.*?)</loc>", client.get(part).text)
    }
    assert set(addresses(lambda declared: declared.in_sitemap)) <= listed
    assert all(policy_at(app, url).in_sitemap for url in listed)


def test_only_what_may_be_indexed_is_in_the_sitemap(app: Flask) -> None:
    for rule, declared in routes(app):
        assert declared.crawlers == "index" or not declared.in_sitemap, rule.endpoint


def policy_at(app: Flask, url: str) -> RoutePolicy:
    """What the route that answers at an address declares."""
    endpoint, _ = app.url_map.bind("localhost").match(urlsplit(url).path)
    declared = policy_of(app, endpoint)
    assert declared
    return declared
