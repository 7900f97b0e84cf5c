"""Everyone can use every kind of page: axe finds nothing, the keyboard is enough."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.web.browsing import CASE, KINDS_OF_PAGE, faults, needs_chromium, window

pytestmark = needs_chromium


def test_axe_finds_nothing(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        for url in (*KINDS_OF_PAGE, f"{CASE}?q=epidural#hit-2", "/search?q=epidural+chainsaw"):
            page.goto(url)
            assert faults(page) == [], url


def test_axe_finds_enough_contrast_in_the_dark(browser: Browser, address: str) -> None:
    with window(browser, address, scheme="dark") as page:
        for url in (
            "/search?q=injection&decision=upheld",
            CASE,
            "/facet/category?q=injection&not.category=Surgery",
        ):
            page.goto(url)
            assert faults(page, ["color-contrast"]) == [], url


_FOCUSED = """() => {
    const one = document.activeElement;
    return one !== document.body && getComputedStyle(one).outlineStyle !== "none";
}"""


def test_the_keyboard_shows_where_one_is(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        for url in KINDS_OF_PAGE:
            page.goto(url)
            for _ in range(8):
                page.keyboard.press("Tab")
                assert page.evaluate(_FOCUSED), url


def test_the_keyboard_comes_first_to_the_content(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search?q=injection")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_in_forced_colours_decisions_keep_their_shapes(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.emulate_media(forced_colors="active")
        page.goto("/search?q=injection")
        expect(page.locator(".row .verdict svg").first).to_be_visible()
        expect(page.locator(".row .verdict").first).to_contain_text("treatment")
        assert set(page.locator(".facet .box").evaluate_all(_INKS)) == {"rgb(0, 0, 0)"}


_INKS = "boxes => boxes.map(box => getComputedStyle(box).color)"
