"""The way from the front page to a precedent, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import (
    CASE,
    PLAIN_HOST,
    SMALL_TARGETS,
    faults,
    needs_chromium,
    widen,
    window,
)

pytestmark = needs_chromium


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_front_page_to_a_precedent_and_back(
    browser: Browser, address: str, width: int, script: bool
) -> None:
    with window(browser, address, width, script) as page:
        page.goto("/")
        page.locator("#q").fill("epidural steroid injection")
        page.locator("#q").press("Enter")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(r"\d+ issues for “epidural steroid injection”"))

        page.get_by_role("link", name=re.compile("^Upheld: treatment denied, ")).click()
        expect(heading).to_contain_text(", upheld")
        expect(page.get_by_role("link", name="Remove filter: Decision: Upheld")).to_be_visible()

        row = page.get_by_role("article").filter(has_text="CM16-0000105, issue 1")
        row.get_by_role("heading").get_by_role("link").click()
        expect(page).to_have_url(re.compile(r"/case/CM16-0000105\?q=.*#issue-1$"))
        issue = page.locator("#issue-1")
        expect(issue.get_by_role("heading", level=2)).to_be_in_viewport()
        expect(issue.locator("mark").first).to_be_visible()
        expect(issue.get_by_text("The reviewer relied on")).to_be_visible()

        page.go_back()
        expect(heading).to_contain_text(", upheld")
        page.get_by_role("link", name="Clear all filters").click()
        expect(heading).not_to_contain_text(", upheld")


def test_a_fact_leads_to_its_place_in_the_letter(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto(CASE)
        page.get_by_role("link", name="Mar 19, 2013").click()
        expect(page.locator("mark#evidence")).to_be_in_viewport()
        expect(page.locator("mark#evidence")).to_contain_text("03/19/2013")


def test_a_case_prints_as_an_exhibit(browser: Browser, address: str) -> None:
    with window(browser, address, 700) as page:
        page.goto(f"{CASE}#issue-1")
        page.emulate_media(media="print")
        for one in (".masthead", ".onward"):
            expect(page.locator(one).first).to_be_hidden()
        expect(page.locator("#issue-1 h2")).to_have_css("text-decoration-line", "none")
        expect(page.locator(".exhibit")).to_contain_text(f"{address}{CASE}")
        title, facts, issue = (
            page.locator(one).bounding_box() for one in ("h1", ".facts", "#issue-1")
        )
        assert title and facts and issue
        assert title["y"] < facts["y"] < issue["y"]


def test_results_print_without_what_leads_on(browser: Browser, address: str) -> None:
    with window(browser, address, 700) as page:
        page.goto("/search?q=injection")
        page.emulate_media(media="print")
        won_lost = page.locator(".panel summary")  # had been cut, behind a mark that opens nothing
        expect(won_lost).to_have_css("display", "block")
        expect(won_lost).to_have_css("white-space", "normal")
        expect(page.locator(".row").first).to_be_visible()
        for one in (".toolbar", ".why", ".outcome details", "p.won-lost", ".notes a", ".exports"):
            expect(page.locator(one).first).to_be_hidden()


def test_no_words_of_a_reason_stand_on_one_another(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto(CASE)
        assert page.locator(".decisive li a.evidence").count() > 1
        for width in (320, 1280):
            widen(page, width)
            assert page.evaluate(_OVERLAPPING) == []


_OVERLAPPING = """() => [...document.querySelectorAll('.decisive li')].flatMap(item => {
    const range = new Range();
    const boxes = [];
    const nodes = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
    for (let node; (node = nodes.nextNode()) && !node.parentElement.closest('.quiet');) {
        range.selectNodeContents(node);
        boxes.push(...range.getClientRects());
    }
    const meet = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6;
    return boxes.some((one, at) => boxes.slice(at + 1).some(other => meet(one, other)))
        ? [item.textContent] : [];
})"""

PHONE_HEIGHT = 844


def test_the_first_result_stands_within_a_phone_s_first_screen(
    browser: Browser, address: str
) -> None:
    with window(browser, address, 390) as page:
        for query in (
            "q=epidural+injections",
            "q=injection&decision=upheld",
            "q=chiropractic+denied",
        ):
            page.goto(f"/search?{query}")
            verdict = page.get_by_role("article").first.locator(".verdict").bounding_box()
            assert verdict, query
            assert verdict["y"] + verdict["height"] <= PHONE_HEIGHT, query


@pytest.mark.parametrize("path", ["/", "/help"])
def test_what_a_search_may_name_is_not_cut_off_on_a_phone(
    browser: Browser, address: str, path: str
) -> None:
    with window(browser, address, 390) as page:
        page.goto(path)
        field = page.locator("input[name=q]").first
        field.evaluate("box => box.value = box.placeholder")
        assert field.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_both_sides_of_a_criterion_are_named_alike_on_a_phone(
    browser: Browser, address: str
) -> None:
    with window(browser, address, 390) as page:
        page.goto("/reasons?q=chiropractic")
        named = page.locator(".won-lost td > .label").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::before').content)"
        )
        assert set(named) == {'"Overturned · "', '"Upheld · "'}


def test_a_case_on_a_phone_begins_with_its_issues_and_facts(browser: Browser, address: str) -> None:
    with window(browser, address, 390) as page:
        page.goto("/case/CM13-0000301")
        boxes = [
            page.locator(one).bounding_box()
            for one in (".case-head", "#contents", ".facts", "#summary", "#issue-1")
        ]
        tops = [box["y"] for box in boxes if box]
        assert len(tops) == len(boxes)
        assert tops == sorted(tops)


def test_rows_in_one_line_are_one_line_each(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search")
        page.get_by_role("link", name="Compact").click()
        expect(page.locator(".line")).to_have_count(10)
        _require_low(page, ".line")
        page.get_by_role("link", name="20", exact=True).click()
        expect(page.locator(".line")).to_have_count(20)
        page.goto("/search?q=knee+MRI&view=compact")
        assert page.locator(".close li").count() > 0
        assert page.locator(".close .line").count() == page.locator(".close li").count()
        _require_low(page, ".close .line")


def _require_low(page: Page, lines: str) -> None:
    for width in (390, 1280):
        widen(page, width)
        heights = page.locator(lines).evaluate_all(_HEIGHTS)
        assert min(heights) > 0
        assert max(heights) < 40


_HEIGHTS = "lines => lines.map(one => one.getBoundingClientRect().height)"


# ------------------------------------------------------------------ looking around and coming back


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_facets_all_values_exclude_chips_and_pages(
    browser: Browser, address: str, script: bool
) -> None:
    with window(browser, address, script=script) as page:
        page.goto("/search?q=injection&mentions=1")
        heading = page.get_by_role("heading", level=1)
        page.locator(".facet", has_text="Category").locator("summary").click()
        page.locator(".facet", has_text="Category").get_by_role(
            "link", name=re.compile("(values|exclude) Category")
        ).click()
        expect(heading).to_have_text("Category")
        page.get_by_label("Find a value").fill("surg")
        page.get_by_role("button", name="Find").click()
        expect(page.locator("#values tbody tr")).to_have_count(1)
        page.get_by_role("link", name="Exclude Surgery").click()
        expect(page.locator("#values")).to_contain_text("excluded")
        page.get_by_role("link", name=re.compile("^Show .* issues$")).click()
        expect(
            page.get_by_role("link", name="Remove filter: Category: not Surgery")
        ).to_be_visible()
        page.get_by_role("link", name="Next").click()
        expect(page).to_have_url(re.compile("page=2"))
        page.go_back()
        page.get_by_label("From", exact=True).fill("2015")
        page.get_by_role("button", name="Apply the years").click()
        expect(heading).to_contain_text("2015 or later, not Surgery")
        page.get_by_role("link", name="Remove filter: Year decided: 2015 or later").click()
        expect(heading).not_to_contain_text("2015")


def test_from_a_citation_to_the_page_and_its_neighbour(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search?cites=mtus-chronic-pain:58")
        page.get_by_role("link", name="58", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("p. 58")
        page.get_by_role("link", name=re.compile("^Next cited page")).click()
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("p. 58")
        page.get_by_role("link", name=re.compile("as a search")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("issue")


def test_matches_on_a_case_show_the_way_to_the_next(browser: Browser, address: str) -> None:
    with window(browser, address, script=False) as page:
        page.goto(f"{CASE}?q=epidural")
        page.get_by_role("link", name="go to the first").click()
        page.get_by_role("link", name="Next match").click()
        expect(page).to_have_url(re.compile("#hit-2$"))
        expect(page.locator("#hit-2")).to_be_in_viewport()
        expect(page.get_by_role("link", name="Previous match")).to_be_visible()


# ------------------------------------------------------------------------- what scripts add


def test_suggestions_come_while_typing(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search?decision=upheld")
        box, lines = page.locator("#q"), page.get_by_role("option")
        box.press_sequentially("chiro")
        expect(lines.first).to_contain_text("Chiropractic")
        assert faults(page, part=".searchbox") == []
        box.press("Escape")
        expect(lines).to_have_count(0)
        expect(box).to_have_value("chiro")
        box.press("p")
        expect(lines.first).to_be_visible()
        box.press("ArrowDown")
        expect(lines.first).to_have_attribute("aria-selected", "true")
        box.press("ArrowUp")
        expect(lines.first).to_have_attribute("aria-selected", "false")
        box.press("ArrowDown")
        box.press("Enter")
        expect(page).to_have_url(re.compile("treatment=chiropractic&decision=upheld"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Chiropractic")


def test_a_citation_is_copied(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(CASE)
        page.locator("#issue-1 .quotation summary").click()
        page.locator("#issue-1").get_by_role("button", name="Copy").first.click()
        expect(page.locator("#issue-1 .copied").first).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Independent Medical Review, California DWC, Case No. CM16-")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_pasted_text_leads_to_precedents(browser: Browser, address: str, script: bool) -> None:
    with window(browser, address, script=script) as page:
        page.goto("/like")
        page.get_by_label("Text, up to").fill("Denied: six visits of chiropractic care, low back.")
        page.get_by_role("button", name="Find precedents").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("1 request like this")
        first = page.locator("#request-1")
        first.get_by_label("Low back").uncheck()
        first.get_by_label("Treatment").fill("acupuncture")
        first.get_by_role("button", name="Update").click()
        expect(page).to_have_url(re.compile(r"/like#request-1$"))
        expect(first.get_by_label("Treatment")).to_have_value("acupuncture")
        expect(first.get_by_label("Low back")).not_to_be_checked()
        expect(first.locator(".outcome")).to_contain_text("Disputed here 3 times, overturned 1")


def test_a_kit_can_be_used_by_everyone(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/like")
        page.get_by_role("button", name="example letter").click()
        expect(page.locator("#request-3")).to_be_visible()
        for width in (1280, 320):
            widen(page, width)
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(SMALL_TARGETS) == []
            columns = page.locator(".kit-sides").first.locator(".kit-column")
            assert len(set(columns.evaluate_all(_WIDTHS))) == 1


_WIDTHS = "columns => columns.map(one => one.getBoundingClientRect().width)"


def test_a_text_is_taken_over_plain_http(browser: Browser, address: str) -> None:
    """Chromium then leaves out ``Sec-Fetch-Site``: the form's own origin has to be told."""
    page = browser.new_page(base_url=address.replace("127.0.0.1", PLAIN_HOST))
    page.goto("/like")
    page.get_by_label("Text, up to").fill("Denied: six visits of chiropractic care, low back.")
    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        page.get_by_role("button", name="Find precedents").click()
    expect(page.locator("#request-1 .outcome")).to_contain_text("overturned")
    headers = sent.value.all_headers()
    assert "sec-fetch-site" not in headers
    assert headers["origin"].startswith(f"http://{PLAIN_HOST}:")
    page.close()


def test_values_are_filtered_while_typing(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/facet/category")
        before = page.locator("#values tbody tr:visible").count()
        page.get_by_label("Find a value").press_sequentially("sur")
        assert 0 < page.locator("#values tbody tr:visible").count() < before


def test_shortcuts_act_and_can_be_switched_off(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto(f"{CASE}?q=epidural")
        page.keyboard.press("n")
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("#hit-2$"))
        page.keyboard.press("p")
        expect(page).to_have_url(re.compile("#hit-1$"))
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("n?")
        expect(page).to_have_url(re.compile("#hit-1$"))  # typing is no shortcut

        page.goto("/help")
        page.get_by_role("button", name="Switch shortcuts off").click()
        page.keyboard.press("/")
        expect(page.locator("#q")).not_to_be_focused()
        page.get_by_role("button", name="Switch shortcuts on").click()
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_any_sentence_of_a_rationale_can_be_quoted(
    browser: Browser, address: str, script: bool
) -> None:
    with window(browser, address, script=script) as page:
        page.goto(f"{CASE}?q=epidural")
        quotation = page.locator("#quotation-1")
        quotation.locator("summary").click()
        leading = quotation.locator("#quote-1").inner_text()
        quotation.get_by_role("link", name="Quote another sentence").click()
        other = quotation.locator(".quotable a").first
        sentence = other.inner_text()
        other.click()
        expect(page).to_have_url(re.compile(r"\?q=epidural&quote=1\.\d+#quotation-1$"))
        expect(quotation.locator("#quote-1")).to_be_in_viewport()
        expect(quotation.locator("#quote-1")).to_contain_text(f"“{sentence}” Independent Medical")
        assert sentence not in leading
        if script:
            assert faults(page, part="#quotation-1") == []
