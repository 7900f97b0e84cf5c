"""What is covered, all values of a facet, and the years' form."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import STRANGE
from tests.web.test_pages import get


def total(client: FlaskClient, url: str) -> int:
    """How many issues the search at this address finds."""
    found: int = client.get(url.replace("/search?", "/search.json?")).json["total"]  # type: ignore[index]
    return found


@pytest.mark.parametrize("facet", ["decision", "year", "era"])
def test_coverage_counts_every_issue_once(client: FlaskClient, facet: str) -> None:
    lines = counted(client, "/coverage", f"/search?{facet}=")
    assert lines
    assert {url: total(client, url) for url in lines} == lines
    assert sum(lines.values()) == total(client, "/search?")


@pytest.mark.parametrize("facet", ["year", "era"])
def test_coverage_counts_every_letter_once(client: FlaskClient, facet: str) -> None:
    page = client.get("/coverage").text
    lines = re.findall(
        rf'href="/search\?{facet}=[^>]*>[^<]*</a></th><td class="number">([\d,]*)</td>', page
    )
    held = re.search(r"Determinations</dt><dd[^>]*>([\d,]+)", page)
    assert held
    assert sum(int(one.replace(",", "")) for one in lines) == int(held[1])


def test_coverage_counts_the_issues_of_letters_with_each_warning(client: FlaskClient) -> None:
    lines = counted(client, "/coverage", "/search?warning=")
    assert "/search?warning=unknown-layout" in lines
    assert {url: total(client, url) for url in lines} == lines
    assert STRANGE in client.get("/search?warning=unknown-layout").text


def counted(client: FlaskClient, url: str, start: str) -> dict[str, int]:
    """The issues told in each line of a page's tables, by the line's link, which begins so."""
    rows = re.findall(r"<tr.*?</tr>", client.get(url).text, re.DOTALL)
    links = ((re.search(r'href="([^"]*)"', row), row) for row in rows)
    numbers = {
        unescape(link[1]): re.findall(r'<td class="number issues">([\d,]+)</td>', row)
        for link, row in links
        if link and unescape(link[1]).startswith(start)
    }
    return {url: int(some[-1].replace(",", "")) for url, some in numbers.items()}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("body=lumbar", "body=low+back"),
        ("decision=overturn", "decision=overturned"),
        ("treatment=norco", "treatment=hydrocodone%2Facetaminophen"),
        ("state=ca", "state=California"),
        ("not.body=Lumbar", "not.body=low+back"),
    ],
)
def test_a_value_in_an_address_is_known_by_all_its_names(
    client: FlaskClient, typed: str, meant: str
) -> None:
    """On the page, in JSON, CSV and the feed, on the pages of a facet and of reasons."""
    assert total(client, f"/search?{typed}") == total(client, f"/search?{meant}") > 0
    for page in ("/search", "/search.csv", "/search.atom", "/facet/era", "/reasons"):
        assert client.get(f"{page}?{typed}").text == client.get(f"{page}?{meant}").text


def test_a_value_that_no_issue_has_is_told_with_the_nearest(client: FlaskClient) -> None:
    page = get(client, "/search?body=lumbr")
    assert "No issue has “lumbr” under “Body part”. Nearest: low back" in page.text("main")
    (label,) = [label for label in page.links() if label.startswith("Body part “Low back”: ")]
    assert page.links()[label] == "/search?body=low+back"
    notes = client.get("/search.json?body=lumbr").json["notes"]  # type: ignore[index]
    assert {"no-such-value", "nearest-value"} <= {note["code"] for note in notes}


def test_every_page_leads_to_what_is_covered(client: FlaskClient) -> None:
    assert get(client, "/").links()["What is covered"] == "/coverage"


def test_a_facet_leads_to_all_its_values(client: FlaskClient) -> None:
    results = get(client, "/search?q=injection&decision=upheld")
    url = next(
        a.attributes["href"] for a in results.all("a") if "/facet/body" in a.attributes["href"]
    )
    assert url == "/facet/body?decision=upheld&q=injection"
    page = get(client, url)
    assert page.text("h1") == "Body part"
    found = total(client, "/search?q=injection&decision=upheld")
    assert page.links()[f"Show {found} issues"] == "/search?decision=upheld&q=injection"


def test_every_value_finds_as_many_issues_as_it_says(client: FlaskClient) -> None:
    lines = counted(client, "/facet/category?mentions=1&q=injection", "/facet/category?category=")
    assert len(lines) > 3
    found = {url: total(client, url.replace("/facet/category", "/search")) for url in lines}
    assert found == lines


def test_an_excluded_value_is_gone_from_the_results(client: FlaskClient) -> None:
    page = get(client, "/facet/category?q=injection")
    name, url = next(item for item in page.links().items() if item[0].startswith("Exclude "))
    kept = url.replace("/facet/category?not.", "/search?")
    everything, excluded = total(client, "/search?q=injection"), total(client, kept)
    assert total(client, url.replace("/facet/category", "/search")) == everything - excluded
    again = get(client, url).links()
    assert again[name.replace("Exclude", "Include again")] == "/facet/category?q=injection"


def test_unknown_is_a_value_like_any_other(client: FlaskClient) -> None:
    lines = counted(client, "/facet/body", "/facet/body?body=~unknown")
    (issues,) = lines.values()
    assert total(client, "/search?body=~unknown") == issues > 0
    everything = total(client, "/search?")
    assert total(client, "/search?not.body=~unknown") == everything - issues


def test_there_is_no_facet_of_that_name(client: FlaskClient) -> None:
    assert client.get("/facet/nothing").status_code == 404


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("q=mri&from=2014&to=2016", "/search?q=mri&year=2014..2016"),
        ("q=mri&from=2014&to=", "/search?q=mri&year=2014.."),
        ("from=&to=2016", "/search?year=..2016"),
        ("from=2014&to=2014", "/search?year=2014"),
        ("q=mri&from=&to=", "/search?q=mri"),
        ("from=2016&to=2014", "/search?year=2014..2016"),
        ("q=mri&from=x&to=2", "/search?q=mri&year=x..2"),  # the search tells that it is no year
        ("year=2013&from=2014&to=2015&body=neck", "/search?body=neck&year=2014..2015"),
    ],
)
def test_two_fields_make_a_range_of_years(client: FlaskClient, query: str, address: str) -> None:
    answer = client.get(f"/search/years?{query}")
    assert (answer.status_code, answer.location) == (303, address)


def test_a_range_of_years_is_kept_in_the_fields(client: FlaskClient) -> None:
    page = get(client, "/search?year=2014..2016")
    assert page.all("input", id="from")[0].attributes["value"] == "2014"
    assert page.all("input", id="to")[0].attributes["value"] == "2016"
