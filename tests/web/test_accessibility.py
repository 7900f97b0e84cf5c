"""Everyone can use the pages: what axe, the keyboard and forced colours show beside
``test_every_page.py``."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browsing import CASE, faults, needs_chromium, window

pytestmark = needs_chromium


@pytest.mark.parametrize("url", [f"{CASE}?q=epidural#hit-2", "/search?q=epidural+chainsaw"])
def test_axe_finds_nothing_in_matches_and_offers(browser: Browser, address: str, url: str) -> None:
    with window(browser, address) as page:
        page.goto(url)
        assert faults(page) == []


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
