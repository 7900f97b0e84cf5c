"""The page that compares two searches."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.web.browsing import needs_chromium, window
from tests.web.test_browse import total
from tests.web.test_pages import get


@pytest.mark.parametrize(
    "url",
    [
        "?a=chiropractic&b=acupuncture",
        "?a=physical+therapy&b=mri+OR+x-ray&body=low+back",
        "?a=year:2014&b=year:2016",
        "?a=injection+denied&b=%22functional+improvement%22",
    ],
)
def test_every_number_opens_the_search_that_gives_it(client: FlaskClient, url: str) -> None:
    found = client.get(f"/compare.json{url}").get_json()
    rows = [*found["reasons"], *found["years"], *found["visits"], *found["tablets"]]
    cells = [row[side] for row in rows for side in ("a", "b") if row[side]["issues"]]
    told = {cell["url"]: cell["issues"] for cell in cells}
    told |= {found[side]["url"]: found[side]["outcome"]["issues"] for side in ("a", "b")}
    assert len(told) > 5
    assert {one: total(client, one) for one in told} == told
    assert not found["both_url"] or total(client, found["both_url"]) == found["both"]
    assert found["both"] <= min(found[side]["outcome"]["issues"] for side in "ab")


def test_the_page_tells_the_totals_first_and_claims_no_cause(client: FlaskClient) -> None:
    page = get(client, "/compare?a=surgery&b=injection")
    assert page.faults == []
    assert page.text("h1") == "“surgery” and “injection” compared"
    order = [one.tag for one in page.elements if one.tag in ("table", "svg")]
    assert order[0] == "svg"  # the sign of the site
    assert order[1] == "table"
    assert "a difference does not show a cause" in page.text("main")


def test_a_typed_comparison_leads_to_the_page(client: FlaskClient) -> None:
    page = get(client, "/search?q=chiropractic+vs+acupuncture&body=low+back")
    url = "/compare?a=chiropractic&b=acupuncture&body=low+back"
    assert page.links()["Compare the two sides"] == url


@pytest.mark.parametrize("url", ["/compare", "/compare?a=mri", "/compare?b=mri"])
def test_with_one_search_missing_there_is_the_form_alone(client: FlaskClient, url: str) -> None:
    page = get(client, url)
    assert page.text("h1") == "Compare two searches"
    assert not page.all("table")
    found = client.get(url.replace("/compare", "/compare.json")).get_json()
    assert max(found[side]["outcome"]["issues"] for side in "ab") == total(client, "/search?")


def test_the_table_for_spreadsheets(client: FlaskClient) -> None:
    answer = client.get("/compare.csv?a=chiropractic&b=acupuncture")
    assert answer.mimetype == "text/csv"
    assert answer.text.splitlines()[1].startswith("total,,chiropractic | acupuncture,")


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = needs_chromium

    @pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
    def test_from_a_search_to_a_comparison_and_its_issues(
        self, browser: Browser, address: str, script: bool
    ) -> None:
        with window(browser, address, script=script) as page:
            page.goto("/search?q=chiropractic")
            page.get_by_role("link", name="Compare this search with another").click()
            expect(page.get_by_label("First search")).to_have_value("chiropractic")
            page.get_by_label("Second search").fill("acupuncture")
            page.get_by_role("button", name="Compare").click()
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_have_text("“chiropractic” and “acupuncture” compared")
            cell = page.get_by_role("link", name=re.compile("^acupuncture, Issues: "))
            number = cell.inner_text().split()[-1]
            cell.click()
            expect(heading).to_have_text(re.compile(f"^{number} issues? for “acupuncture”"))
