"""Every form of the site, submitted as people do, with scripts and without."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browsing import needs_chromium, window

pytestmark = needs_chromium


@dataclass(frozen=True)
class Form:
    """A form: the page it stands on, where it sends to, what is typed, where it leads."""

    page: str
    action: str
    leads_to: str
    typed: dict[str, str] = field(default_factory=dict)


FORMS = (
    Form("/", "/search", r"/search\?q=knee\+mri$", {"q": "knee mri"}),
    Form("/help", "/search", r"/search\?q=knee\+mri$", {"q": "knee mri"}),
    Form(
        "/search?decision=upheld",
        "/search",
        r"/search\?(q=mri&decision=upheld|decision=upheld&q=mri)$",
        {"q": "mri"},
    ),
    Form(
        "/search?q=injection",
        "/search/years",
        r"/search\?q=injection&year=2014\.\.2016$",
        {"from": "2014", "to": "2016"},
    ),
    Form(
        "/compare",
        "/compare",
        r"/compare\?a=knee\+mri&b=surgery$",
        {"a": "knee mri", "b": "surgery"},
    ),
    Form("/facet/body", "/facet/body", r"/facet/body\?find=knee$", {"find": "knee"}),
    Form("/like", "/like", r"/like$", {"text": "Denied: chiropractic care."}),
    Form("/brief", "/brief", r"/brief\?clip=CM16-0000105\.1$", {"add": "CM16-0000105#1"}),
)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_every_form_leads_where_it_should(browser: Browser, address: str, script: bool) -> None:
    with window(browser, address, script=script) as page:
        for form in FORMS:
            page.goto(form.page)
            shown = page.locator(f"form[action='{form.action}']")
            for name, text in form.typed.items():
                shown.locator(f"[name='{name}']").fill(text)
            with page.expect_response(lambda answer: answer.request.is_navigation_request()) as got:
                shown.locator("button").first.click()
            assert got.value.status in (200, 303), form
            expect(page).to_have_url(re.compile(form.leads_to))
            expect(page.get_by_role("heading", level=1)).to_be_visible()
