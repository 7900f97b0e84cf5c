"""The pages about guidelines: each says as much as the search that it leads to finds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from imrsearch.catalogue.guidelines import all_guidelines, place_name
from imrsearch.model import Citation, CitedPlace
from imrsearch.schema.citation_words import citation_words
from imrsearch.search.results import Facet, FacetTables, FacetValue, Outcome
from imrsearch.web.presenters.guidelines import catalogue_page
from imrsearch.web.presenters.links import citation_links, place_url
from tests.web.markup import Page
from tests.web.test_browse import total
from tests.web.test_pages import get

CHRONIC_PAIN = "/guidelines/mtus-chronic-pain"


def search_link(page: Page) -> tuple[int, str]:
    """The number of issues that a page speaks of, and the search that it leads to."""
    link = next(a for a in page.all("a") if "as a search" in a.text)
    number = re.search(r"[\d,]+", link.text)
    assert number
    return int(number[0].replace(",", "")), link.attributes["href"]


def test_the_catalogue_counts_as_the_search_does(client: FlaskClient) -> None:
    html = client.get("/guidelines").text
    rows = re.findall(
        r'row"><a href="/guidelines/([\w-]+)".*?<td class="number[^"]*">([\d,]+)</td>', html
    )
    assert len(rows) > 5
    for guideline, issues in rows:
        assert total(client, f"/search?guideline={guideline}") == int(issues)


def test_every_guideline_and_place_leads_to_the_same_search(client: FlaskClient) -> None:
    """The round trip of every cited guideline, page and section of the samples."""
    guidelines = re.findall(r'row"><a href="(/guidelines/[\w-]+)"', client.get("/guidelines").text)
    places: set[str] = set()
    for url in guidelines:
        page = get(client, url)
        assert page.faults == []
        issues, search = search_link(page)
        assert issues == total(client, search) > 0
        places.update(
            a.attributes["href"]
            for a in page.all("a")
            if re.search("/(page|section)/", a.attributes["href"])
        )
    assert len(places) > 20
    for url in sorted(places)[::3]:
        page = get(client, url)
        issues, search = search_link(page)
        assert issues == total(client, search) > 0, url


def test_a_page_has_neighbours(client: FlaskClient) -> None:
    first = get(client, f"{CHRONIC_PAIN}/page/58")
    (after,) = first.all("a", rel="next")
    second = get(client, after.attributes["href"])
    assert second.all("a", rel="prev")[0].attributes["href"] == f"{CHRONIC_PAIN}/page/58"
    assert first.text("h1") == "Chronic Pain Medical Treatment Guidelines p. 58"
    assert first.all("article")


def test_a_guideline_tells_what_was_in_force_when(client: FlaskClient) -> None:
    page = get(client, CHRONIC_PAIN)
    (lines,) = [ul.text for ul in page.all("ul") if "edition 2009" in ul.text]
    assert "edition 2009: Jul 18, 2009 to Jul 27, 2016" in lines
    assert "edition 2016: Jul 28, 2016 to Nov 30, 2017" in lines
    assert "Chronic Pain, edition May 15, 2017: since Dec 1, 2017" in lines
    assert "Editions in force" not in client.get("/guidelines/odg-low-back").text


@pytest.mark.parametrize("number", ["99999", "x", "-1", "¹", "9" * 5000])
def test_any_page_of_issues_is_answered(client: FlaskClient, number: str) -> None:
    page = get(client, f"{CHRONIC_PAIN}/page/58?page={number}")
    assert page.all("article")


def test_a_whole_guideline_lists_its_chapters(client: FlaskClient) -> None:
    assert "/guidelines/acoem" in get(client, "/guidelines").links().values()
    links = get(client, "/guidelines/acoem").links()
    assert "/guidelines/acoem-low-back" in links.values()
    chapter = get(client, "/guidelines/acoem-low-back")
    assert chapter.links()["ACOEM Practice Guidelines"] == "/guidelines/acoem"
    assert "Chapter 12 of the ACOEM" in chapter.text("p", class_="lead")


@pytest.mark.parametrize(
    "url",
    [
        "/guidelines/nothing",
        f"{CHRONIC_PAIN}/page/9999",
        f"{CHRONIC_PAIN}/page/0",
        f"{CHRONIC_PAIN}/page/58a",
        f"{CHRONIC_PAIN}/section/nothing",
        f"{CHRONIC_PAIN}/section/58",  # a page is no section
        f"{CHRONIC_PAIN}/section/%20",
        "/guidelines/nothing/page/58",
        "/guidelines/..%2f/page/1",
    ],
)
def test_what_nobody_cites_is_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_result_and_its_case_lead_to_the_page_cited(client: FlaskClient) -> None:
    page = get(client, "/search?cites=mtus-chronic-pain:58")
    assert f"{CHRONIC_PAIN}/page/58" in page.links().values()
    case = next(a for a in page.all("a") if a.attributes["href"].startswith("/case/"))
    assert f"{CHRONIC_PAIN}/page/58" in get(client, case.attributes["href"]).links().values()


@pytest.mark.parametrize(
    ("value", "url", "name"),
    [
        ("mtus-chronic-pain:58", f"{CHRONIC_PAIN}/page/58", "p. 58"),
        ("odg-pain:a-b", "/guidelines/odg-pain/section/a-b", "A b"),
        pytest.param("odg-pain", "/guidelines/odg-pain", "", id="a guideline as a whole"),
    ],
)
def test_places_by_their_values(value: str, url: str, name: str) -> None:
    place = CitedPlace.parse(value)
    assert (place_url(place), place_name(place)) == (url, name)


def test_a_work_of_chapters_counts_what_names_no_chapter_and_says_so(client: FlaskClient) -> None:
    page = get(client, "/guidelines/odg")
    assert page.text("p", class_="lead").startswith("Cited without a chapter")
    every = page.links()["All issues that cite it or a chapter of it"]
    chapters = [f"guideline={one.id}" for one in all_guidelines() if one.family == "odg"]
    assert total(client, every) == total(client, f"/search?{'&'.join(chapters)}")


def test_the_catalogue_tells_a_work_of_chapters_from_its_chapters() -> None:
    odg = FacetValue("odg", "Official Disability Guidelines", 26, 3, selected=False, url="")
    outcome = Outcome(26, 3, None, None, None, None)
    facets = {"guideline": Facet("guideline", "Guideline cited", (odg,))}
    page = catalogue_page(all_guidelines(), FacetTables(26, outcome, facets, "build"))
    lines = [line.link.label for group in page.groups for line in group.cited]
    assert lines == ["Official Disability Guidelines, no chapter named"]


def test_a_guideline_tells_what_rationales_cite_of_it(client: FlaskClient) -> None:
    page = get(client, "/guidelines/acoem-low-back")
    assert page.faults == []
    search = "/search?rationale_cites=acoem-low-back:309"
    assert search in page.links().values()
    assert total(client, search) == 1


def test_a_guideline_that_no_rationale_cites_has_no_table_of_them(client: FlaskClient) -> None:
    assert total(client, "/search?rationale_cites=odg-shoulder") == 0
    page = get(client, "/guidelines/odg-shoulder")
    assert "Cited in the rationale" not in [one.text for one in page.all("h2")]
    assert not page.faults


def test_a_page_that_only_a_rationale_cites_has_its_page(client: FlaskClient) -> None:
    page = get(client, "/guidelines/acoem-initial-approaches/page/48")
    assert page.faults == []
    assert page.links()["1 issue cites it in the rationale"].endswith(":48")
    assert not page.all("article")


def test_a_case_shows_what_its_rationale_cites_and_where(client: FlaskClient) -> None:
    links = get(client, "/case/CM14-0000206").links()
    assert "/guidelines/acoem-low-back/page/309" in links.values()
    evidence = "/case/CM14-0000206/letter?fact=issues.3.rationale_citations.0#evidence"
    assert evidence in links.values()
    marked = get(client, evidence).text("mark")
    assert marked == "ACOEM Chapter 12, Table 12-8, page 309"


CITATION = Citation("odg-pain", "odg", "Pain", None, 2016, (), (), "as printed")


@pytest.mark.parametrize(
    ("changes", "words", "urls"),
    [
        ({}, "ODG Pain 2016", ["/guidelines/odg-pain"]),
        (
            {"sections": ("Opioids", "Weaning of Medications")},
            "ODG Pain 2016: Opioids; Weaning of Medications",
            ["opioids", "weaning-of-medications"],
        ),
        (
            {"pages": (58, 59, 60, 92)},  # a run by its first and last page
            "ODG Pain 2016, pp.\N{NO-BREAK SPACE}58–60, 92",
            ["/page/58", "/page/60", "/page/92"],
        ),
        ({"guideline": None, "title": None}, "as printed", []),
        ({"guideline": None, "title": "Green’s Surgery"}, "ODG Green’s Surgery 2016", []),
    ],
)
def test_a_citation_in_pieces_reads_as_one_text(
    changes: dict[str, object], words: str, urls: list[str]
) -> None:
    citation = replace(CITATION, **changes)  # type: ignore[arg-type]
    links = citation_links(citation)
    assert "".join(link.label for link in links) == words == citation_words(citation)
    led = [link.url for link in links if link.url]
    assert all(url.endswith(end) for url, end in zip(led[-len(urls) :], urls, strict=True))
