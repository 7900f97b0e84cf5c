"""Every row of ``docs/features.md`` tried on a running site, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import CASE, needs_chromium, window
from tests.web.test_features import CLAIMED

pytestmark = needs_chromium

Trial = Callable[[Page], None]
TRIALS: dict[str, Trial] = {}

ELSEWHERE = {
    "N11": "needs a citation of such an edition: tests/web/presenters/test_case.py has one",
    "46": "needs a search slower than its time limit: tests/search/test_service.py has one",
    "47": "needs a site with a lower limit than this one: tests/web/test_throttle.py has one",
}
"""Rows that this site cannot show, and why."""


def row(*numbers: str) -> Callable[[Trial], Trial]:
    """Marks what tries these rows of the table."""

    def mark(trial: Trial) -> Trial:
        TRIALS.update(dict.fromkeys(numbers, trial))
        return trial

    return mark


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One window for all rows."""
    with window(browser, address) as page:
        page.set_default_timeout(60_000)  # the first search of a site opens its index
        yield page


@pytest.mark.parametrize("number", [number for number, _ in CLAIMED if number not in ELSEWHERE])
def test_row(page: Page, number: str) -> None:
    assert number in TRIALS, f"row {number} says “yes”: add its trial here"
    TRIALS[number](page)


def search(page: Page, q: str, more: str = "") -> int:
    """How many issues the page of a search tells."""
    page.goto(f"/search?q={quote_plus(q)}{more}")
    return told(page)


def told(page: Page) -> int:
    return _number(page.locator("h1").inner_text())


def count(page: Page, q: str, more: str = "") -> int:
    """The same of a page that is fetched but not drawn, for what is counted alone."""
    heading = re.search(r"<h1[^>]*>\s*([^<]*)", fetch(page, f"/search?q={quote_plus(q)}{more}"))
    assert heading
    return _number(heading[1])


def _number(text: str) -> int:
    number = re.match(r"[\d,]+", text)
    return int(number[0].replace(",", "")) if number else 0


def fetch(page: Page, url: str | None) -> str:
    assert url
    answer = page.request.get(url)
    assert answer.ok, url
    return answer.text()


# ------------------------------------------------------------------------- the search language


@row("1")
def _operators(page: Page) -> None:
    either = search(page, "service:mri OR service:acupuncture")
    only = count(page, "service:acupuncture NOT service:mri")
    assert either == count(page, "service:mri") + only > only > 0
    assert 0 < count(page, "(mri OR acupuncture) service:mri") <= either


@row("2")
def _near(page: Page) -> None:
    assert search(page, '"not necessary"~3') > count(page, '"not necessary"')
    assert count(page, "functional /3 improvement") > 0


@row("3")
def _exact(page: Page) -> None:
    assert count(page, '"is not medically necessary"') > 0
    assert search(page, '"necessary medically not is"') == 0


@row("4")
def _fields(page: Page) -> None:
    assert 0 < search(page, "service:mri") < count(page, "")
    assert count(page, "body:knee") > 0


@row("5")
def _curly(page: Page) -> None:
    assert search(page, "“functional improvement”") == count(page, '"functional improvement"') > 0


@row("6")
def _repairs(page: Page) -> None:
    assert search(page, '"functional improvement') > 0
    expect(page.locator(".notes")).to_contain_text("quotation mark")


@row("7")
def _read_as(page: Page) -> None:
    search(page, "norco")
    expect(page.locator(".read-as")).to_contain_text("hydrocodone")
    page.get_by_role("link", name="Only the words as typed").click()
    expect(page.locator(".read-as")).not_to_contain_text("hydrocodone")


@row("33")
def _misspelt(page: Page) -> None:
    assert search(page, "accupuncture") > 0


@row("34", "N15")
def _offers(page: Page) -> None:
    assert search(page, "xylophone knee") == 0
    offer = page.locator(".offers a").first
    number = re.search(r"([\d,]+) issues?", offer.inner_text())
    offer.click()
    assert number
    assert told(page) == int(number[1].replace(",", ""))


# --------------------------------------------------------------------------------------- facets


@row("8", "15")
def _counts(page: Page) -> None:
    every = search(page, "injection")
    values = page.locator(".facet").first.locator("li a")
    counts = [int(one) for one in values.locator(".count").all_inner_texts()]
    assert sum(counts) == every
    values.first.click()
    assert told(page) == counts[0]


@row("9")
def _several(page: Page) -> None:
    every = count(page, "injection")
    assert search(page, "injection", "&decision=upheld&decision=overturned") == every
    assert page.locator(".facet").first.locator("li a.on").count() == 2


@row("10")
def _all_values(page: Page) -> None:
    page.goto("/facet/body")
    page.get_by_label("Find a value").fill("knee")
    page.get_by_role("button", name="Find").click()
    assert page.locator("#values tbody tr").count() == 1


@row("11")
def _exclude(page: Page) -> None:
    every = count(page, "injection")
    page.goto("/facet/decision?q=injection")
    page.get_by_role("link", name=re.compile("^Exclude Upheld")).click()
    page.get_by_role("link", name=re.compile("^Show ")).click()
    assert 0 < told(page) < every


@row("12")
def _years(page: Page) -> None:
    search(page, "")
    assert page.locator(".years rect").count() > 1
    page.get_by_label("From", exact=True).fill("2016")
    page.get_by_role("button", name="Apply the years").click()
    expect(page.locator("h1")).to_contain_text("2016 or later")


@row("13")
def _unknown(page: Page) -> None:
    assert search(page, "", "&flag=~unknown") > 0
    expect(
        page.get_by_role("link", name=re.compile("Remove filter: Ordinary request"))
    ).to_be_visible()


@row("14")
def _chips(page: Page) -> None:
    search(page, "injection", "&decision=upheld&not.body=knee")
    assert page.locator(".chip").count() == 2
    page.get_by_role("link", name="Clear all filters").click()
    assert page.locator(".chip").count() == 0


# -------------------------------------------------------------------------------------- results


@row("16")
def _sorts(page: Page) -> None:
    search(page, "injection")
    page.get_by_role("link", name="Newest").click()
    days = page.locator("ol.rows time").evaluate_all("all => all.map(one => one.dateTime)")
    assert days == sorted(days, reverse=True)
    page.get_by_role("link", name="Overturned first").click()
    expect(page.locator(".row .verdict").first).to_contain_text("Overturned")


@row("17")
def _depth(page: Page) -> None:
    search(page, "", "&page=9999")
    expect(page.locator(".notes")).to_be_visible()


@row("18", "N7")
def _excerpts(page: Page) -> None:
    search(page, "radiculopathy")
    assert page.locator(".row").first.locator(".excerpt").count() > 1
    expect(page.locator(".row .excerpt .label").first).to_have_text("Rationale")


@row("19")
def _hits(page: Page) -> None:
    page.goto(f"{CASE}?q=epidural")
    page.get_by_role("link", name="go to the first").click()
    page.get_by_role("link", name="Next match").click()
    expect(page).to_have_url(re.compile("#hit-2$"))


@row("20")
def _permanent(page: Page) -> None:
    every = search(page, "injection", "&decision=upheld&utm_source=x")
    page.goto(page.locator("link[rel=canonical]").get_attribute("href") or "")
    assert (told(page), page.url.endswith("/search?decision=upheld&q=injection")) == (every, True)


@row("22", "23", "24", "30", "44", "N13")
def _exports(page: Page) -> None:
    every = search(page, "injection")
    expect(page.locator(".exports")).to_contain_text(f"all {every} issues")
    links = {
        one.inner_text(): one.get_attribute("href") for one in page.locator(".exports a").all()
    }
    table = fetch(page, links["CSV"])
    assert table == fetch(page, links["CSV"])
    assert table.count("/case/") == every
    assert f'"found": {every}' in fetch(page, links["JSON"])
    assert fetch(page, links["RIS"]).count("TY  - CASE") == every
    assert fetch(page, links["BibTeX"]).count("@misc{") == every
    feed = page.locator("link[type='application/atom+xml']").get_attribute("href")
    assert fetch(page, feed).count("<entry>") == every
    assert f'"total":{every}' in fetch(page, links["this page as JSON"]).replace(" ", "")


@row("26")
def _jump(page: Page) -> None:
    search(page, CASE.rpartition("/")[2])
    page.get_by_role("link", name=re.compile("^Go to case")).click()
    expect(page).to_have_url(re.compile(CASE))


@row("N1")
def _outcome(page: Page) -> None:
    search(page, "")
    expect(page.locator(".outcome")).to_contain_text(
        re.compile(
            r"Overturned \d+ of \d+ issues \(\d+%, likely \d+–\d+%\) · whole collection \d+%"
        )
    )


@row("N2")
def _outcome_of_values(page: Page) -> None:
    search(page, "")
    assert page.locator(".facet .won").count() > 3
    page.goto("/facet/subcategory?order=rate")
    shares = page.locator("#values .rate").all_inner_texts()
    told = [int(share[1]) for one in shares if (share := re.search(r"\((\d+)%\)", one))]
    assert told == sorted(told, reverse=True)


@row("N14")
def _why(page: Page) -> None:
    search(page, "radiculopathy")
    page.locator(".row .why summary").first.click()
    expect(page.locator(".row .why").first).to_contain_text("“radiculopathy”")


# ---------------------------------------------------------------------- cases, guidelines, letters


@row("25", "N12")
def _citation(page: Page) -> None:
    page.goto(CASE)
    page.locator("#issue-1 .quotation summary").click()
    quotation = page.locator("#issue-1 .quotation")
    expect(quotation).to_contain_text("Case No. CM16-0000105")
    expect(quotation).to_contain_text(re.compile(r"#issue-1.*index build"))
    expect(quotation).to_contain_text("binds only the parties to its own case")


@row("27", "N3")
def _cited_by(page: Page) -> None:
    page.goto("/guidelines/mtus-chronic-pain/page/58")
    expect(page.locator(".outcome")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Next cited page")).click()
    page.get_by_role("link", name=re.compile("as a search")).click()
    assert told(page) > 0


@row("28", "N6")
def _similar(page: Page) -> None:
    page.goto(CASE)
    expect(page.locator("#issue-1 .similar h4")).to_have_text(
        [re.compile("Nearest overturned"), re.compile("Nearest upheld")]
    )


@row("29", "N5")
def _paste(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role(
        "link", name="Find precedents for a text"
    ).click()
    page.get_by_label("Text, up to").fill("Denied: six visits of chiropractic care, low back.")
    page.get_by_role("button", name="Find precedents").click()
    expect(page.locator("#request-1 .outcome")).to_contain_text("overturned")
    page.goto("/like")
    page.get_by_role("button", name="example letter").click()
    expect(page.locator("#request-3")).to_be_visible()


@row("N8")
def _folded(page: Page) -> None:
    every = search(page, "")
    page.get_by_role("link", name="Fold same wording").click()
    assert told(page) == every
    number = re.search(r"of ([\d,]+) wordings", page.locator(".position").inner_text())
    assert number
    assert int(number[1]) < every


@row("N9")
def _reasons(page: Page) -> None:
    search(page, "injection")
    page.locator(".panel summary").click()
    number = page.locator(".panel td a").last
    count = int(number.inner_text().split()[-1].replace(",", ""))
    number.click()
    assert told(page) == count
    page.goto("/treatments/chiropractic")
    expect(page.get_by_role("heading", name="What won, what lost")).to_be_visible()


@row("N10")
def _amounts(page: Page) -> None:
    every = count(page, "")
    assert 0 < search(page, "", "&visits=7..12") < every
    page.goto("/facet/visits")
    assert page.locator("#values tbody tr").count() > 2


@row("N17")
def _compared(page: Page) -> None:
    search(page, "chiropractic vs acupuncture")
    page.get_by_role("link", name="Compare the two sides").click()
    expect(page.locator("h1")).to_have_text("“chiropractic” and “acupuncture” compared")
    assert page.locator("table.pairs").count() > 2


@row("N4")
def _comparison(page: Page) -> None:
    page.goto(CASE)
    expect(page.locator("#issue-1 .comparison")).to_be_visible()
    page.goto("/facet/comparison")
    assert page.locator("#values tbody tr").count() > 2


@row("N16")
def _evidence(page: Page) -> None:
    page.goto(CASE)
    page.locator(".facts a").first.click()
    expect(page.locator("mark#evidence")).to_be_in_viewport()


# ------------------------------------------------------------------------------- the site itself


@row("32")
def _suggestions(page: Page) -> None:
    page.goto("/help")
    page.locator("#q").press_sequentially("chiro")
    expect(page.get_by_role("option").first).to_contain_text("Chiropractic")


@row("35")
def _documented(page: Page) -> None:
    page.goto("/help")
    expect(page.get_by_role("heading", name="For programs")).to_be_visible()
    page.locator("main").get_by_role("link", name="codebook").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codebook")


@row("36")
def _search_box(page: Page) -> None:
    page.goto("/")
    assert "{searchTerms}" in fetch(page, page.locator("link[rel=search]").get_attribute("href"))


@row("37")
def _crawlers(page: Page) -> None:
    page.goto("/")
    assert "Disallow: /search" in fetch(page, "/robots.txt")
    assert CASE in fetch(page, "/sitemap/1.xml")


@row("38")
def _without_scripts(page: Page) -> None:
    page.goto("/")
    assert page.context.browser
    address = page.evaluate("location.origin")
    with window(page.context.browser, address, script=False) as plain:
        plain.goto("/")
        plain.locator("#q").fill("injection")
        plain.get_by_role("button", name="Search").click()
        assert told(plain) > 0


@row("39")
def _print(page: Page) -> None:
    page.goto(CASE)
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".exhibit")).to_be_visible()
    page.emulate_media(media="screen")


@row("40")
def _dark(page: Page) -> None:
    page.goto("/")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light
    page.emulate_media(color_scheme="light")


@row("41")
def _phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    search(page, "injection")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".facet summary").first.click()
    expect(page.locator(".facet").first.locator("ul")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})


@row("42")
def _shortcuts(page: Page) -> None:
    page.goto("/help")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.get_by_role("button", name="Switch shortcuts off")).to_be_visible()


@row("43")
def _skip(page: Page) -> None:
    search(page, "injection")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("issues for “injection”")


@row("45")
def _coverage(page: Page) -> None:
    page.goto("/coverage")
    expect(page.get_by_role("heading", name="What is not covered")).to_be_visible()
