"""The pages about treatments: every number opens the search that gives it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.web.browsing import needs_chromium, window
from tests.web.test_browse import total
from tests.web.test_pages import get

CHIROPRACTIC = "/treatments/chiropractic"


def facts(client: FlaskClient, url: str) -> Any:  # noqa: ANN401 - JSON
    return client.get(f"{url}?format=json").get_json()


def number(text: str) -> int:
    found = re.search(r"[\d,]+", text)
    assert found
    return int(found[0].replace(",", ""))


def test_every_number_of_a_treatment_opens_its_search(client: FlaskClient) -> None:
    page = facts(client, CHIROPRACTIC)
    tables = [*page["disputed"], *page["cited"]]
    assert {table["kind"] for table in tables} >= {"Year", "Body part", "Guideline"}
    told = [line["issues"] for table in tables for line in table["lines"]]
    told += [page["search"], page["by_name"]]
    told += [one["number"] for row in page["reasons"] for one in (row["met"], row["unmet"])]
    for link in filter(None, told):
        assert total(client, link["url"]) == number(link["label"]), link


def test_it_says_which_body_parts_it_counts(client: FlaskClient) -> None:
    """A typed body part had found more than the table told, without a word."""
    page = client.get("/treatments/chiropractic").text
    assert "Body parts are those that the request itself names" in page


def test_the_years_of_a_treatment_add_up(client: FlaskClient) -> None:
    page = facts(client, CHIROPRACTIC)
    years = next(table for table in page["disputed"] if table["kind"] == "Year")
    counted = sum(number(line["issues"]["label"]) for line in years["lines"])
    assert counted == number(page["search"]["label"])


def test_both_outcomes_are_there_with_their_sentences(client: FlaskClient) -> None:
    overturned, upheld = facts(client, CHIROPRACTIC)["sides"]
    assert overturned["verdict"]["word"] == "Overturned"
    assert upheld["issues"]
    for side in (overturned, upheld):
        for issue in side["issues"]:
            assert issue["url"].startswith("/case/")
    assert any(issue["sentence"] for issue in (*overturned["issues"], *upheld["issues"]))


def test_the_catalogue_counts_as_the_searches_do(client: FlaskClient) -> None:
    groups = facts(client, "/treatments")["groups"]
    lines = [line for group in groups for line in group["lines"]]
    assert len(lines) > 20
    for line in lines[::7]:
        page = facts(client, line["url"])
        assert number(page["search"]["label"]) == number(line["issues"]["label"])
        assert total(client, line["issues"]["url"]) == number(line["issues"]["label"])


def test_it_tells_how_many_more_issues_a_search_for_its_name_finds(client: FlaskClient) -> None:
    """A search finds whatever the service or the original request names; the page counts what is
    filed under the treatment."""
    groups = facts(client, "/treatments")["groups"]
    lines = [line for group in groups for line in group["lines"]]
    pages = [facts(client, line["url"]) for line in lines[::5]]
    told = [page for page in pages if page["by_name"]]
    assert told
    for page in told:
        filed, found = number(page["search"]["label"]), number(page["by_name"]["label"])
        assert found > filed
        assert f"{found - filed} of them filed" in page["by_name"]["label"]
        assert total(client, page["by_name"]["url"]) == found


@pytest.mark.parametrize("name", ["nothing", "warfarin", "unknown", "-", "%C3%A9"])
def test_what_nobody_disputes_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/treatments/{name}").status_code == 404


def test_it_tells_which_edition_governs_today(client: FlaskClient) -> None:
    governing = {
        one["guideline"]["url"]: one for one in facts(client, "/treatments/mri")["governing"]
    }
    low_back = governing["/guidelines/acoem-low-back-disorders"]
    assert "Low Back Complaints" in low_back["cited"]
    assert re.fullmatch(r"\w{3} \d+, 20\d\d", low_back["since"])
    assert client.get(low_back["guideline"]["url"]).status_code == 200


def test_rows_and_cases_lead_to_their_treatment(client: FlaskClient) -> None:
    results = get(client, "/search?treatment=chiropractic")
    assert results.links()["Chiropractic"] == CHIROPRACTIC
    case = next(a for a in results.all("a") if a.attributes["href"].startswith("/case/"))
    links = get(client, case.attributes["href"]).links()
    assert links["Chiropractic: what won, what lost"] == CHIROPRACTIC


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = needs_chromium

    @pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
    def test_from_all_treatments_to_a_sentence_and_its_case(
        self, browser: Browser, address: str, script: bool
    ) -> None:
        with window(browser, address, script=script) as page:
            page.goto("/")
            page.get_by_role("link", name="Treatments").click()
            page.get_by_role("link", name="Chiropractic", exact=True).click()
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_have_text("Chiropractic")
            page.get_by_role("link", name=re.compile("^All .* criteria")).click()
            expect(heading).to_have_text("What won, what lost, Chiropractic")
            page.get_by_role("link", name="Show the issues").click()
            page.get_by_role("article").first.get_by_role(
                "link", name="Chiropractic", exact=True
            ).click()
            page.locator("#precedents ~ .similar li a").first.click()
            expect(page).to_have_url(re.compile("/case/.*#issue-"))
