"""A real Chromium over the site of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.web.routes import PAGES

CHROMIUM = Path(os.environ.get("IMRSEARCH_TEST_CHROMIUM", "/usr/bin/chromium"))
PLAIN_HOST = "plain.test"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name that Chromium does not trust as it trusts loopback: the site as plain HTTP shows it.
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
)
CASE = "/case/CM16-0000105"
_FULLER = {
    "/search": "/search?q=injection&decision=upheld",
    "/compare": "/compare?a=injection&b=physical+therapy",
    "/facet/category": "/facet/category?q=injection&not.category=Surgery",
}
"""Addresses that show more of a page than its plain one."""
KINDS_OF_PAGE = (*(_FULLER.get(url, url) for url in PAGES), "/no")
"""Every page that a route declares, and the one for what is not found."""


needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and "CI" not in os.environ, reason="no Chromium at hand"
    ),
]


@contextmanager
def window(
    browser: Browser,
    address: str,
    width: int = 1280,
    script: bool = True,
) -> Iterator[Page]:
    """A window as good as new; on leaving, nothing has gone wrong in it and nobody else was asked.

    A new one takes eight times as long as another page in the same one.
    """
    key = browser, address, script
    page = _windows.pop(key, None) or _open(browser, address, script)
    _make_new(page, address, width)
    complaints: list[str] = []
    requests: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    def note(asked: Request) -> None:
        requests.append(asked.url)

    page.on("console", complain)
    page.on("request", note)
    try:
        yield page
    except BaseException:
        page.context.close()
        raise
    page.remove_listener("console", complain)
    page.remove_listener("request", note)
    if key in _windows:
        page.context.close()
    else:
        _windows[key] = page
    assert [one for one in complaints if "404" not in one] == []
    assert [one for one in requests if not one.startswith(address)] == []


_windows: dict[tuple[Browser, str, bool], Page] = {}
"""Those that nobody uses now."""


def _open(browser: Browser, address: str, script: bool) -> Page:
    context = browser.new_context(base_url=address, java_script_enabled=script)
    return context.new_page()


def _make_new(page: Page, address: str, width: int) -> None:
    """Nothing is left of what was done in it before, but what browsers keep for a minute."""
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(
        media="screen", color_scheme="light", reduced_motion="reduce", forced_colors="none"
    )
    page.context.clear_cookies()
    page.context.clear_permissions()
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    browser.detach()


def widen(page: Page, width: int) -> None:
    """Let the window be so wide, and the page take notice."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function("width => innerWidth === width", arg=width)


SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input')]
    .filter(one => one.checkVisibility())
    .filter(one => !one.matches('.skip, p a, dd a, td a, h2 a'))
    .filter(one => getComputedStyle(one).display !== 'inline')
    .filter(one => one.getBoundingClientRect().height < 23.5)
    .map(one => one.outerHTML.slice(0, 120))"""
"""What is too low to be hit by a finger (WCAG 2.2, 2.5.8)."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is described in full: that takes most of the time.
_RUN = """async ([rules, part]) => {
    const closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach(one => { one.open = true });
    const found = await axe.run(part, {runOnly: rules, resultTypes: ["violations"]});
    closed.forEach(one => { one.open = false });
    return found.violations.map(
        one => `${one.id}: ${one.nodes.map(node => node.html).slice(0, 3).join(" | ")}`);
}"""


def faults(page: Page, rules: list[str] = RULES, part: str = "html") -> list[str]:
    """What axe finds wrong with the page, or with a part of it, with everything that can be opened
    open meanwhile."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [rules, part])
    return found
