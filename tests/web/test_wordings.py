"""Issues with the same rationale fold to one row; everything counted stays as it is."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.web.browsing import faults, needs_chromium, window


def rows(client: FlaskClient, url: str) -> list[dict[str, object]]:
    """The rows of all pages of a search."""
    found: list[dict[str, object]] = []
    for page in range(1, 9):
        told = client.get(f"{url}&per_page=50&page={page}").get_json()
        found += told["results"] if page == told["query"]["page"] else []
        if page >= told["query"]["pages"]:
            return found
    raise AssertionError(url)


@pytest.mark.parametrize("q", ["", "not+medically+necessary"])
def test_every_issue_is_in_one_row(client: FlaskClient, q: str) -> None:
    plain = client.get(f"/search.json?q={q}").get_json()
    folded = client.get(f"/search.json?q={q}&group=wording").get_json()
    shown = rows(client, f"/search.json?q={q}&group=wording")
    assert len(shown) == folded["wordings"] < plain["total"]
    named = [f"{row['case_id']}#{row['number']}" for row in shown]
    named += [str(one) for row in shown for one in row["same"]]  # type: ignore[attr-defined]
    assert len(named) == len(set(named)) == plain["total"]
    for part in ("total", "outcome", "facets", "leading_reasons"):
        assert without_links(folded[part]) == without_links(plain[part])
    assert plain["wordings"] is None


def without_links(told: object) -> str:
    return re.sub(r"'/search[^']*'", "''", str(told))


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = needs_chromium

    @pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
    def test_fold_look_into_a_row_and_unfold(
        self, browser: Browser, address: str, script: bool
    ) -> None:
        with window(browser, address, script=script) as page:
            page.goto("/search?q=case:CM13-0000307")
            page.get_by_role("link", name="Fold same wording").click()
            expect(page.locator(".position")).to_contain_text(re.compile(r"wordings in \d+ issues"))
            if script:
                assert faults(page) == []
                page.reload()
            row = page.get_by_role("article").filter(has=page.locator(".same")).first
            row.locator(".same summary").click()
            row.locator(".same a").first.click()
            expect(page).to_have_url(re.compile("/case/.*#issue-"))
            page.go_back()
            page.get_by_role("link", name="Issues one by one").click()
            expect(page.locator(".position")).not_to_contain_text("wordings")
