"""The way from the front page to a precedent, in a real Chromium."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = Path(os.environ.get("IMRSEARCH_TEST_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CASE = "/case/CM16-0000105"
KINDS_OF_PAGE = (
    "/",
    "/search?q=injection&decision=upheld",
    CASE,
    f"{CASE}/letter",
    "/facet/category?q=injection&not.category=Surgery",
    "/guidelines",
    "/guidelines/mtus-chronic-pain",
    "/guidelines/mtus-chronic-pain/page/58",
    "/coverage",
    "/help",
    "/no",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and "CI" not in os.environ, reason="no Chromium at hand"
    ),
]


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where the site is served while the tests run."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def window(
    browser: Browser, address: str, width: int = 1280, script: bool = True
) -> Iterator[Page]:
    """A fresh window; on leaving, nothing has gone wrong in it and nobody else was asked."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda asked: requests.append(asked.url))
    yield page
    context.close()
    assert [one for one in complaints if "404" not in one] == []
    assert [one for one in requests if not one.startswith(address)] == []


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_front_page_to_a_precedent_and_back(
    browser: Browser, address: str, width: int, script: bool
) -> None:
    with window(browser, address, width, script) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("epidural steroid injection")
        page.get_by_role("searchbox").press("Enter")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(r"\d+ issues for “epidural steroid injection”"))

        page.get_by_role("link", name=re.compile("^Upheld: treatment denied, ")).click()
        expect(heading).to_contain_text(", upheld")
        expect(page.get_by_role("link", name="Remove filter: Decision: Upheld")).to_be_visible()

        row = page.get_by_role("article").filter(has_text="CM16-0000105, issue 1")
        row.get_by_role("heading").get_by_role("link").click()
        expect(page).to_have_url(re.compile(r"/case/CM16-0000105\?q=.*#issue-1$"))
        issue = page.locator("#issue-1")
        expect(issue.get_by_role("heading", level=2)).to_be_in_viewport()
        expect(issue.locator("mark").first).to_be_visible()
        expect(issue.get_by_text("The reviewer relied on")).to_be_visible()

        page.go_back()
        expect(heading).to_contain_text(", upheld")
        page.get_by_role("link", name="Clear all filters").click()
        expect(heading).not_to_contain_text(", upheld")


def test_a_fact_leads_to_its_place_in_the_letter(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto(CASE)
        page.get_by_role("link", name="Mar 19, 2013").click()
        expect(page.locator("mark#evidence")).to_be_in_viewport()
        expect(page.locator("mark#evidence")).to_contain_text("03/19/2013")


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_no_page_is_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    with window(browser, address, width) as page:
        for url in KINDS_OF_PAGE:
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough(browser: Browser, address: str, width: int) -> None:
    """24 px high at least (WCAG 2.2, 2.5.8), but for links inside a line of text."""
    with window(browser, address, width) as page:
        for url in KINDS_OF_PAGE:
            page.goto(url)
            small = page.evaluate(
                """() => [...document.querySelectorAll('a, button, summary, input')]
                    .filter(one => one.checkVisibility())
                    .filter(one => !one.matches('.skip, p a, dd a, td a, h2 a'))
                    .filter(one => getComputedStyle(one).display !== 'inline')
                    .filter(one => one.getBoundingClientRect().height < 23.5)
                    .map(one => one.outerHTML.slice(0, 120))"""
            )
            assert small == [], url


def test_the_keyboard_comes_first_to_the_content(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search?q=injection")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_a_case_prints_as_an_exhibit(browser: Browser, address: str) -> None:
    with window(browser, address, 700) as page:
        page.goto(CASE)
        page.emulate_media(media="print")
        expect(page.locator(".masthead")).to_be_hidden()
        expect(page.locator(".exhibit")).to_contain_text(f"{address}{CASE}")
        title, facts, issue = (
            page.locator(one).bounding_box() for one in ("h1", ".facts", "#issue-1")
        )
        assert title and facts and issue
        assert title["y"] < facts["y"] < issue["y"]
