"""A real Chromium over the site of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

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
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """A fresh window; on leaving, nothing has gone wrong in it and nobody else was asked."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        reduced_motion="reduce",
        color_scheme=scheme,
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
