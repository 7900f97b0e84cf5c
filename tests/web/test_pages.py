"""Every route: what it answers, what it carries, and that nothing hostile gets through."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from imrsearch.web.presenters.home import EXAMPLES, HELP
from tests.web import routes
from tests.web.conftest import HOSTILE, HOSTILE_LETTER, PAYLOAD, STRANGE
from tests.web.markup import Page, read_page

CASE = "CM16-0000105"

PAGES = (
    *routes.PAGES,
    "/search?q=epidural+injection",
    "/search?q=injection&decision=overturned&decision=upheld&not.body=knee",
    "/search?q=no+such+thing+anywhere",
    "/search?q=injection&page=3000",
    "/search?q=injection&group=case",
    f"/case/{CASE}?q=epidural",
    f"/case/{CASE}/letter?fact=dates.injury",
    f"/case/{HOSTILE}?q=hostile",
    f"/case/{HOSTILE}/letter?fact=issues.1.service",
    f"/case/{STRANGE}",
    "/search?q=wheelchair",
    "/search?year=2014..2016&not.body=~unknown",
    "/facet/body",
    "/facet/cites?q=injection&find=manual&order=rate&not.cites=acoem-low-back:300",
    "/facet/year?year=2013..2015&page=7",
    "/facet/specialty?find=hostile",
    "/guidelines/acoem",
    "/treatments/mri",
)
DATA = {
    "/search.json?q=injection": "application/json",
    "/search.csv?q=injection": "text/csv",
    "/search.atom?q=injection": "application/atom+xml",
    "/search.ris?q=injection": "application/x-research-info-systems",
    "/search.bib?q=injection": "application/x-bibtex",
    "/search/all.json?q=injection": "application/json",
    f"/case/{CASE}.json": "application/json",
    f"/case/{CASE}.ris": "application/x-research-info-systems",
    f"/case/{CASE}.bib": "application/x-bibtex",
    f"/case/{CASE}/original": "text/plain",
    "/suggest.json?q=chiro": "application/json",
    "/healthz": "application/json",
    "/robots.txt": "text/plain",
    "/opensearch.xml": "application/opensearchdescription+xml",
    "/sitemap.xml": "application/xml",
    "/sitemap/0.xml": "application/xml",
    "/sitemap/1.xml": "application/xml",
    "/static/js/copy.js": "text/javascript",
    "/static/style.css": "text/css",
    "/static/favicon.svg": "image/svg+xml",
}
ERRORS = {
    "/nothing/here": 404,
    "/case/CM00-0000000": 404,
    "/case/CM00-0000000.json": 404,
    "/case/CM00-0000000/letter": 404,
    "/case/CM00-0000000.ris": 404,
    "/search.exe": 404,
    "/case/CM00-0000000/original": 404,
    "/static/none.css": 404,
    "/sitemap/2.xml": 404,
    "/sitemap/10000000000000000000000.xml": 404,
}


def get(client: FlaskClient, url: str) -> Page:
    """The page at ``url``, read."""
    return read_page(client.get(url).text)


# ------------------------------------------------------------------------------- every answer


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_valid(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert read_page(answer.text).faults == []


@pytest.mark.parametrize("url", DATA)
def test_every_file_has_its_type(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        assert (answer.status_code, answer.mimetype) == (200, DATA[url])


@pytest.mark.parametrize("url", [*PAGES, *DATA, *ERRORS])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_headers_are_on_every_answer(client: FlaskClient, url: str, method: str) -> None:
    with client.open(url, method=method) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"]
    assert headers["Cache-Control"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("url", "indexed"),
    [
        ("/", True),
        ("/help", True),
        (f"/case/{CASE}", True),
        ("/coverage", True),
        ("/guidelines", True),
        ("/guidelines/mtus-chronic-pain", True),
        ("/guidelines/mtus-chronic-pain/page/58", True),
        ("/guidelines/mtus-chronic-pain/page/59999", False),
        ("/facet/body", False),
        ("/search?q=injection", False),
        ("/search.json", False),
        (f"/case/{CASE}.json", False),
        (f"/case/{CASE}/letter", False),
        (f"/case/{CASE}/original", False),
        ("/case/CM00-0000000", False),
    ],
)
def test_crawlers_are_told_what_to_keep(client: FlaskClient, url: str, indexed: bool) -> None:
    assert (client.get(url).headers.get("X-Robots-Tag") is None) == indexed


def test_the_sitemap_names_every_case_and_only_pages_that_may_be_kept(client: FlaskClient) -> None:
    index = client.get("/sitemap.xml").text
    parts = re.findall("<loc>http://localhost(.*?)</loc>", index)
    assert parts == ["/sitemap/0.xml", "/sitemap/1.xml"]
    assert re.search(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", index)
    urls = [
        url
        for part in parts
        for url in re.findall("<loc>http://localhost(.*?)</loc>", client.get(part).text)
    ]
    assert {f"/case/{CASE}", f"/case/{STRANGE}", "/", "/guidelines/mtus-chronic-pain"} <= set(urls)
    assert len(urls) == len(set(urls))
    for url in urls[::9]:
        answer = client.get(url)
        assert (answer.status_code, answer.headers.get("X-Robots-Tag")) == (200, None)
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    "url", [page for page in PAGES if "letter" not in page and page != "/like"]
)
def test_every_page_names_its_one_address(client: FlaskClient, url: str) -> None:
    """The canonical address leads to itself, and to the same page."""
    canonical = get(client, url).all("link", rel="canonical")[0].attributes["href"]
    again = get(client, canonical)
    assert again.all("link", rel="canonical")[0].attributes["href"] == canonical


# ------------------------------------------------------------------------------------ results


def test_results_say_what_was_found(client: FlaskClient) -> None:
    page = get(client, "/search?q=epidural+injection")
    total = client.get("/search.json?q=epidural+injection").json["total"]  # type: ignore[index]
    assert total > 1
    assert page.text("h1") == f"{total} issues for “epidural injection”"
    assert page.text("title") == f"{page.text('h1')} · imrsearch"
    assert page.text("p", class_="read-as").startswith("Read as disputed (epidural injection or ")
    rows = [row for row in page.all("article") if "ol" in row.parents]
    assert len(rows) == min(total, 10)


def test_a_row_leads_to_its_issue_with_the_words_of_the_search(client: FlaskClient) -> None:
    page = get(client, "/search?q=interlaminar")
    row = next(a for a in page.all("a") if f"/case/{CASE}" in a.attributes["href"])
    assert row.attributes["href"] == f"/case/{CASE}?q=interlaminar#issue-1"
    case = get(client, row.attributes["href"])
    assert case.all("section", id="issue-1")
    assert "interlaminar" in {mark.text for mark in case.all("mark")}


def test_decisions_are_told_in_words(client: FlaskClient) -> None:
    text = client.get("/search?decision=overturned").text
    assert "<strong>Overturned</strong>: treatment approved" in text
    assert "<strong>Upheld</strong>" not in text


def test_a_facet_narrows_by_as_much_as_it_says(client: FlaskClient) -> None:
    page = get(client, "/search?q=injection")
    names = {a.attributes["href"]: a.attributes.get("aria-label", "") for a in page.all("a")}
    name = names["/search?decision=upheld&q=injection"]
    narrowed = get(client, "/search?decision=upheld&q=injection")
    assert name == f"Upheld: treatment denied, {narrowed.text('h1').split()[0]} issues"
    (back,) = narrowed.all("a", **{"aria-label": f"Remove filter: {name}"})
    assert back.attributes["href"] == "/search?q=injection"


def test_several_values_of_a_facet_widen(client: FlaskClient) -> None:
    both = client.get("/search.json?decision=upheld&decision=overturned").json
    one = client.get("/search.json?decision=upheld").json
    assert both["total"] > one["total"] > 0  # type: ignore[index]


def test_issues_of_a_case_can_stand_together(client: FlaskClient) -> None:
    page = get(client, "/search?q=injection&group=case&mentions=1")
    assert page.all("p", class_="of-case")
    assert page.text("p", class_="position").startswith("Cases 1–10 of ")
    assert page.links()["Issues one by one"] == "/search?mentions=1&q=injection"


def test_every_row_says_why_it_is_there(client: FlaskClient) -> None:
    page = get(client, "/search?q=epidural")
    why = page.all("details", class_="aside-note why")
    assert len(why) == len(page.all("article"))
    assert all("“epidural”" in one.text for one in why)


@pytest.mark.parametrize(
    ("typed", "page"),
    [(CASE, f"/case/{CASE}"), ("MTUS 58", "/guidelines/mtus-chronic-pain/page/58")],
)
def test_what_names_a_page_leads_to_it(client: FlaskClient, typed: str, page: str) -> None:
    results = get(client, f"/search?q={quote(typed)}")
    assert results.all("a", class_="button", href=page)
    assert client.get(page).status_code == 200


def test_a_new_search_keeps_the_filters(client: FlaskClient) -> None:
    html = client.get("/search?q=injection&decision=upheld&not.body=knee&sort=newest").text
    page = read_page(html.partition("</form>")[0])
    hidden = {
        (i.attributes["name"], i.attributes["value"]) for i in page.all("input", type="hidden")
    }
    assert hidden == {("decision", "upheld"), ("not.body", "knee"), ("sort", "newest")}


def test_links_that_change_the_search_are_nofollow(client: FlaskClient) -> None:
    page = get(client, "/search?q=injection&decision=upheld")
    changing = [a for a in page.all("a") if a.attributes["href"].startswith("/search")]
    assert len(changing) > 10
    assert all("nofollow" in a.attributes.get("rel", "") for a in changing)


def test_pages_follow_one_another(client: FlaskClient) -> None:
    first = get(client, "/search")
    second = get(client, first.links()["Next"])
    assert second.all("ol", start="11")
    assert second.links()["Previous"] == "/search"
    cases = [
        {a.attributes["href"] for a in p.all("a") if "/case/" in a.attributes["href"]}
        for p in (first, second)
    ]
    assert not cases[0] & cases[1]


@pytest.mark.parametrize("words", [words for words, _ in (*EXAMPLES, *HELP)])
def test_every_search_offered_finds_something(client: FlaskClient, words: str) -> None:
    result = client.get(f"/search.json?q={quote(words)}").json
    assert result["total"] > 0  # type: ignore[index]


def test_no_result_is_not_the_end(client: FlaskClient) -> None:
    page = get(client, "/search?q=epidural+chainsaw")
    assert page.text("h1") == "No issues for “epidural chainsaw”"
    offer = next(url for name, url in page.links().items() if name.startswith("With any of"))
    assert get(client, offer).all("article")


# --------------------------------------------------------------------------------------- case


def test_whoever_looks_for_a_person_is_told_that_letters_name_none(client: FlaskClient) -> None:
    for url in ("/search?q=Jane+Qqzzx", "/help"):
        assert "name neither the patient nor the reviewer" in client.get(url).text


def test_a_case_shows_every_issue_with_both_sides(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}")
    assert page.text("h1") == f"Case {CASE}"
    assert len(page.all("section", class_="issue")) == 3
    assert len(page.all("section", class_="side")) == 6
    assert page.text("table", class_="facts").startswith("DecidedOct 31, 2016")
    assert "Epidural steroid injections" in page.text("ul", class_="citations")


def test_matches_on_a_case_lead_to_one_another(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}?q=epidural")
    hits = [mark.attributes["id"] for mark in page.all("mark")]
    assert hits == [f"hit-{number}" for number in range(1, len(hits) + 1)]
    assert len(hits) > 3
    assert page.text("p", class_="hits").startswith(f"{len(hits)} places match “epidural”")
    next_ones = page.all("a", **{"aria-label": "Next match"})
    assert [a.attributes["href"] for a in next_ones] == [f"#{hit}" for hit in hits[1:]]
    assert not get(client, f"/case/{CASE}").all("p", class_="hits")


def test_other_names_are_marked_on_a_case_too(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}?q=ESI")
    assert "epidural steroid injection" in {mark.text for mark in page.all("mark")}


def test_a_case_shows_similar_issues_on_both_sides(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}")
    titles = [" ".join(title.text.split()) for title in page.all("h4")]
    assert titles[:2] == ["Nearest overturned", "Nearest upheld"]
    assert len(titles) == 2 * len(page.all("div", class_="similar"))


def test_a_case_compares_both_sides_and_can_be_cited(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}")
    assert len(page.all("p", class_="comparison")) > 0
    cited = page.text("p", id="cite-1")
    assert f"Case No. {CASE}" in cited
    assert f"/case/{CASE}#issue-1 (index build " in cited
    assert page.text("p", id="quote-1").startswith("“")


def test_a_case_shows_its_warnings(client: FlaskClient) -> None:
    page = get(client, f"/case/{STRANGE}")
    assert "unknown-layout" in page.text("section", class_="warnings")


def test_the_letter_shows_where_a_fact_was_read(client: FlaskClient) -> None:
    page = get(client, f"/case/{CASE}")
    link = next(a for a in page.all("a") if "fact=dates.injury" in a.attributes["href"])
    assert link.attributes["href"].endswith("#evidence")
    letter = get(client, link.attributes["href"])
    assert "03/19/2013" in letter.text("mark", id="evidence")


@pytest.mark.parametrize("fact", ["dates", "issues.1", "no.such.fact", "issues.", "", PAYLOAD])
def test_a_fact_that_is_none_marks_something_or_nothing(client: FlaskClient, fact: str) -> None:
    answer = client.get(f"/case/{CASE}/letter?fact={quote(fact)}")
    assert answer.status_code == 200
    assert read_page(answer.text).faults == []


def test_a_letter_of_unknown_layout_is_shown_whole(client: FlaskClient) -> None:
    page = get(client, f"/case/{STRANGE}?q=wheelchair")
    assert "<b>tags</b>" in page.text("section", id="issue-0")
    assert page.text("mark") == "wheelchair"


def test_the_original_is_the_file_itself(client: FlaskClient) -> None:
    answer = client.get(f"/case/{HOSTILE}/original")
    assert answer.data.decode() == HOSTILE_LETTER
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "\n" not in answer.headers["Content-Disposition"]


# --------------------------------------------------------------------------------------- data


def test_case_json_is_the_contract(client: FlaskClient) -> None:
    facts = json.loads(client.get(f"/case/{CASE}.json").text)
    assert list(facts)[:5] == ["case_id", "file", "era", "outcome", "dates"]
    assert facts["dates"]["injury"] == "2013-03-19"
    assert "evidence" not in facts
    assert facts["outcome"] == "partly overturned"


def test_csv_has_a_row_for_every_issue(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=injection")
    assert answer.text.startswith("\ufeff")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="imrsearch-injection.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    total = client.get("/search.json?q=injection").json["total"]  # type: ignore[index]
    assert len(rows) == total


@pytest.mark.parametrize("suffix", ["csv", "atom", "ris", "bib", "json"])
def test_every_export_is_linked_whole_and_always_the_same(client: FlaskClient, suffix: str) -> None:
    page = get(client, "/search?q=injection&decision=upheld&page=2")
    total = int(page.text("h1").split()[0])
    assert f"Download all {total} issues as" in page.text("p", class_="exports")
    path = "/search/all.json" if suffix == "json" else f"/search.{suffix}"
    url = f"{path}?decision=upheld&q=injection"
    assert url in {a.attributes["href"] for a in page.all("a")}
    first = client.get(url).text
    assert first == client.get(url).text
    mark = {"csv": "/case/CM", "atom": "<entry>", "ris": "TY  - ", "bib": "@misc", "json": '"url"'}
    assert first.count(mark[suffix]) == total
    assert client.get("/healthz").json["build"] in first  # type: ignore[index]


def test_a_case_is_exported_as_references(client: FlaskClient) -> None:
    ris = client.get(f"/case/{CASE}.ris").text
    assert ris.count("TY  - CASE") == 3
    assert f"UR  - http://localhost/case/{CASE}#issue-3" in ris
    assert client.get(f"/case/{STRANGE}.bib").text.count("@misc") == 1


def test_a_search_tells_of_its_feed(client: FlaskClient) -> None:
    (feed,) = get(client, "/search?q=injection&page=2").all("link", type="application/atom+xml")
    assert feed.attributes["href"] == "/search.atom?q=injection&sort=newest"


def test_the_leading_reasons_stand_in_the_order_of_their_numbers(client: FlaskClient) -> None:
    """The rows are sorted by both sides, the line above them shows the weightier one alone."""
    for query in ("", "?q=injection", "?q=MRI", "?q=chiropractic", "?q=pain"):
        page = get(client, f"/search{query}")
        (summary,) = (one for one in page.all("summary") if "What won" in one.text)
        told = [int(number) for number in re.findall(r"\((\d+)\)", summary.text)]
        assert told == sorted(told, reverse=True)


def test_a_feed_is_of_the_newest_and_tells_its_filters(client: FlaskClient) -> None:
    feed = client.get("/search.atom?decision=upheld&body=neck").text
    assert feed.count("<entry>") > 1
    days = re.findall(r"</link><updated>|<updated>([\dT:Z-]+)</updated><summary>", feed)
    assert days == sorted(days, reverse=True)
    assert "read_as all issues, Body part: Neck, Decision: Upheld" in feed


def test_a_case_is_found_by_its_number_in_small_letters(client: FlaskClient) -> None:
    for path in ("/case/{}", "/case/{}.json", "/case/{}/letter"):
        number = "CM16-0000105"
        assert client.get(path.format(number.lower())).data == client.get(path.format(number)).data


@pytest.mark.parametrize("typed", ["chiro", "mtus chronic", "lum"])
def test_every_suggestion_finds_as_many_issues_as_it_says(client: FlaskClient, typed: str) -> None:
    asked, labels, remarks, addresses = client.get(f"/suggest.json?q={quote(typed)}").json  # type: ignore[misc]
    assert asked == typed
    assert labels
    for label, remark, address in zip(labels, remarks, addresses, strict=True):
        page = get(client, address.removeprefix("http://localhost"))
        if "/treatments/" in address:
            page = get(client, page.links()[page.text("a", class_="button")])
        assert remark.endswith(f", {' '.join(page.text('h1').split()[:2]).rstrip(',')}"), label


@pytest.mark.parametrize("typed", ["", "x", "no such thing", "\x00", "a" * 7000])
def test_nothing_to_suggest_is_an_empty_list(client: FlaskClient, typed: str) -> None:
    assert client.get("/suggest.json", query_string={"q": typed}).json[1:] == [[], [], []]  # type: ignore[index]


def test_health_names_the_build(client: FlaskClient) -> None:
    health = client.get("/healthz").get_json()
    build = client.get("/search.json").get_json()["build"]
    assert health.pop("built").startswith("20")
    assert 0 <= health.pop("age_seconds") < 3600
    whole = {"live": True, "ready": True, "collection": "green", "index": "green"}
    assert health == {**whole, "build": build, "note": None}


def test_an_export_has_a_name_and_absolute_addresses(site: Settings, client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=injection&decision=upheld")
    named = 'attachment; filename="imrsearch-injection-upheld.csv"'
    assert answer.headers["Content-Disposition"] == named
    assert "http://localhost/case/" in answer.text
    told = create_app(replace(site, site_url="https://imr.example")).test_client()
    for path in ("/search.csv", "/search.atom", "/search.ris", "/search.bib", "/search/all.json"):
        text = told.get(f"{path}?q=injection").text
        assert "https://imr.example/case/" in text, path
        assert "localhost" not in text, path
