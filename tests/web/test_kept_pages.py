"""The same page within a minute is answered as it was, to everybody alike."""

from __future__ import annotations

import weakref

import pytest
from flask import Flask, g, template_rendered

from imrsearch.system.settings import Settings
from imrsearch.web.app import create_app
from imrsearch.web.middleware.kept_pages import KeptPage, KeptPages, PageKey

_OWN = {"X-Request-ID", "Date"}
SEARCH = "/search?q=knee"


@pytest.fixture
def app(sample_index: Settings) -> Flask:
    """An application of the test's own, that has kept nothing yet."""
    return create_app(sample_index)


@pytest.mark.parametrize("packed", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", SEARCH, "/search.json?q=knee", "/search.csv?q=knee"])
def test_it_is_the_same(app: Flask, path: str, packed: str) -> None:
    client, asked = app.test_client(), {"Accept-Encoding": packed}
    first, again = client.get(path, headers=asked), client.get(path, headers=asked)
    assert again.status_code == first.status_code == 200
    assert again.data == first.data
    assert {n: v for n, v in again.headers if n not in _OWN} == {
        n: v for n, v in first.headers if n not in _OWN
    }


def made(app: Flask, *paths: str) -> int:
    """How many pages were made for these addresses, asked for one after the other."""
    rendered: list[object] = []

    def tell(*_: object, **__: object) -> None:
        rendered.append(None)

    client = app.test_client()
    with template_rendered.connected_to(tell, app):
        for path in paths:
            client.get(path)
    return len(rendered)


@pytest.mark.parametrize(
    ("paths", "count"),
    [
        pytest.param((SEARCH, SEARCH), 1, id="the same"),
        pytest.param((SEARCH, "/search?q=neck"), 2, id="another search"),
        pytest.param(("/like", "/like"), 2, id="beside a form for texts that nobody keeps"),
        pytest.param(("/nowhere", "/nowhere"), 2, id="what is not there may come"),
    ],
)
def test_a_page_is_made_once(app: Flask, paths: tuple[str, ...], count: int) -> None:
    assert made(app, *paths) == count


def test_a_page_is_made_anew_for_those_who_take_it_otherwise(app: Flask) -> None:
    packed = app.test_client().get(SEARCH, headers={"Accept-Encoding": "gzip"})
    plain = app.test_client().get(SEARCH)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


def test_what_was_cut_short_is_kept_by_nobody(app: Flask) -> None:
    @app.before_request
    def cut_short() -> None:
        g.is_cut_short = True

    assert made(app, SEARCH, SEARCH) == 2
    assert app.test_client().get(SEARCH).headers["Cache-Control"] == "no-store"


def key(address: str) -> PageKey:
    return "build", None, address, False


def page(size: int, until: float = 60.0) -> KeptPage:
    return KeptPage(b"x" * size, (), until)


def test_the_least_recent_gives_way() -> None:
    pages = KeptPages(most_bytes=100)
    for name in "ab":
        pages.keep(key(name), page(40), 0.0)
    pages.get(key("a"), 0.0)
    pages.keep(key("c"), page(40), 0.0)
    assert [name for name in "abc" if pages.get(key(name), 0.0)] == ["a", "c"]


def test_a_page_kept_anew_counts_once() -> None:
    pages = KeptPages(most_bytes=100)
    for _ in range(5):
        pages.keep(key("a"), page(40), 0.0)
    pages.keep(key("b"), page(40), 0.0)
    assert pages.get(key("a"), 0.0)


def test_its_time_is_over_some_day() -> None:
    pages = KeptPages()
    pages.keep(key("a"), page(1, until=60.0), 0.0)
    assert pages.get(key("a"), 59.9)
    assert not pages.get(key("a"), 60.0)


class Header(str):
    """Text that can be seen to be gone."""

    __slots__ = ("__weakref__",)


def test_a_page_whose_time_is_over_takes_no_room() -> None:
    pages, header = KeptPages(), Header("no-cache")
    pages.keep(key("a"), KeptPage(b"x", (("Cache-Control", header),), until=60.0), 0.0)
    kept = weakref.ref(header)
    del header
    pages.keep(key("b"), page(1, until=119.0), 59.0)
    assert kept()
    pages.keep(key("c"), page(1, until=120.0), 60.0)
    assert not kept()
    assert pages.get(key("b"), 60.0)


def test_another_build_has_its_own_pages() -> None:
    pages = KeptPages()
    pages.keep(key("a"), page(1), 0.0)
    assert not pages.get(("another", None, "a", False), 0.0)
    assert not pages.get(("build", "damaged", "a", False), 0.0)
