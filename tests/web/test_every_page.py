"""What holds of every kind of page: each is loaded once and looked at from all sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Request

from tests.web.browsing import (
    KINDS_OF_PAGE,
    SMALL_TARGETS,
    faults,
    needs_chromium,
    widen,
    window,
)
from tests.web.test_forms import FORMS

pytestmark = needs_chromium

COMPACT = "/search?q=knee+MRI&view=compact"
IN_THE_DARK = (
    "/search?q=injection&decision=upheld",
    "/case/CM16-0000105",
    "/facet/category?q=injection&not.category=Surgery",
)


@dataclass(frozen=True)
class Screen:
    """A window for all pages: what it asks for, and a line to the browser behind it."""

    page: Page
    browser: CDPSession
    requests: list[Request]


@dataclass(frozen=True)
class Loaded:
    """A page, its address, the requests of its first view, and a line to the browser."""

    page: Page
    url: str
    requests: tuple[Request, ...]
    browser: CDPSession


@pytest.fixture(scope="module")
def screen(browser: Browser, address: str) -> Iterator[Screen]:
    """A window that keeps nothing from the page before."""
    with window(browser, address) as page:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        requests: list[Request] = []
        page.on("request", lambda asked: requests.append(asked))
        yield Screen(page, line, requests)
        line.detach()


@pytest.fixture(scope="module", params=[*KINDS_OF_PAGE, COMPACT])
def loaded(request: pytest.FixtureRequest, screen: Screen) -> Loaded:
    """Each page in turn, for all tests below before the next one."""
    screen.requests.clear()
    screen.page.goto(request.param)
    return Loaded(screen.page, request.param, tuple(screen.requests), screen.browser)


# ------------------------------------------------------------------------------------- weight

LIGHT = 60_000


def test_it_is_light(loaded: Loaded) -> None:
    """Bytes transferred for the first view."""
    # The page, its style and its scripts, each anew.
    assert len(loaded.requests) > 3
    assert sum(_transferred(one) for one in loaded.requests if not one.failure) <= LIGHT


def _transferred(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_no_form_is_forgotten(loaded: Loaded) -> None:
    actions = loaded.page.locator("form").evaluate_all("all => all.map(one => one.action)")
    paths = {re.sub(r"^https?://[^/]*|\?.*", "", action) for action in actions}
    kinds = {re.sub(r"/facet/\w+", "/facet/body", path) for path in paths}
    assert kinds <= {form.action for form in FORMS}


# -------------------------------------------------------------------------------------- sizes

SETTINGS = (
    "",
    "font-family: 'Liberation Sans'",
    "font-family: 'DejaVu Sans'",  # wider than most
    # As much as readers may set anything apart (WCAG 1.4.12): wider than any font of the machine.
    "letter-spacing: 0.12em; word-spacing: 0.16em; line-height: 1.5",
)
_WIDTH = """setting => {
    const sheet = new CSSStyleSheet();
    if (setting) sheet.replaceSync(`* { ${setting.replaceAll(";", " !important;")} !important }`);
    document.adoptedStyleSheets = [sheet];
    return document.documentElement.scrollWidth;
}"""


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_fits_and_can_be_hit(loaded: Loaded, width: int) -> None:
    """Nothing is wider than the window, however the text is set, and targets are 24 px high at
    least (WCAG 2.2, 2.5.8), but for links inside a line of text."""
    widen(loaded.page, width)
    assert loaded.page.evaluate(SMALL_TARGETS) == []
    for setting in SETTINGS:
        assert loaded.page.evaluate(_WIDTH, setting) <= width, setting
    loaded.page.evaluate(_WIDTH, "")


def test_it_fits_with_its_text_at_twice_the_size(loaded: Loaded) -> None:
    try:
        set_text(loaded, 32)
        for width in (320, 1280):
            widen(loaded.page, width)
            assert loaded.page.evaluate(_WIDTH, "") <= width
    finally:
        set_text(loaded, 16)


def set_text(loaded: Loaded, pixels: int) -> None:
    sizes = {"standard": pixels, "fixed": pixels * 13 // 16}
    loaded.browser.send("Page.setFontSizes", {"fontSizes": sizes})
    loaded.page.wait_for_function(
        "size => getComputedStyle(document.documentElement).fontSize === size", arg=f"{pixels}px"
    )


# ------------------------------------------------------------------------------ everyone can use it


def test_axe_finds_nothing(loaded: Loaded) -> None:
    """With light colours; with dark ones, the contrast of the pages that have the most of them."""
    assert faults(loaded.page) == []
    if loaded.url in IN_THE_DARK:
        loaded.page.emulate_media(color_scheme="dark")
        assert faults(loaded.page, ["color-contrast"]) == []
        loaded.page.emulate_media(color_scheme="light")


_FOCUSED = """() => {
    const one = document.activeElement;
    return one !== document.body && getComputedStyle(one).outlineStyle !== "none";
}"""


def test_the_keyboard_shows_where_one_is(loaded: Loaded) -> None:
    for _ in range(8):
        loaded.page.keyboard.press("Tab")
        assert loaded.page.evaluate(_FOCUSED)


# ---------------------------------------------------------------------------------------- rest


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_it_arrives(
    loaded: Loaded, width: int, rounds: Callable[[int, int], int]
) -> None:
    """The worst that a slow line or a busy machine can do: the page arrives in pieces, and each is
    painted before the next one comes. What moved is named with its place before and after."""
    widen(loaded.page, width)
    assert loaded.page.evaluate(_MOVED, rounds(12, 30)) == []


_MOVED = """async pieces => {
    const [head, body] = (await (await fetch(location.href)).text()).split(/(?=<body)/);
    const tags = body.split(/(?=<)/);
    const moved = [];
    const name = one => one ? (one.outerHTML ?? one.textContent).slice(0, 100) : "(gone)";
    const place = rect => `${rect.x},${rect.y} ${rect.width}x${rect.height}`;
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    document.open();
    new PerformanceObserver(list => list.getEntries().forEach(entry =>
        entry.sources.forEach(({node, previousRect, currentRect}) => moved.push(
            `${name(node)}: from ${place(previousRect)} to ${place(currentRect)}`))))
        .observe({type: "layout-shift"});
    document.write(head);
    while (!document.styleSheets.length) await painted();
    for (let at = 0, size = Math.ceil(tags.length / pieces); at < tags.length; at += size) {
        document.write(tags.slice(at, at + size).join(""));
        await painted();
    }
    document.close();
    await painted();
    return moved;
}"""
