"""From a pasted denial to a Word file, in a real Chromium."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from imrsearch.search.brief.original_pages import letters_and_digits
from imrsearch.web.library import Library
from tests.web.browsing import faults, needs_chromium, window

pytestmark = needs_chromium

CLIPS = 5


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_denial_to_a_word_file(
    browser: Browser, address: str, app: Flask, script: bool
) -> None:
    with window(browser, address, script=script) as page:
        page.set_default_timeout(60_000)  # the first kit of a site reads all catalogues
        page.goto("/like")
        page.get_by_role("button", name="example letter").click()
        expect(page.locator("#request-3")).to_be_visible()
        chosen = _to_clip(page)
        assert len(chosen) == CLIPS
        for value in chosen:
            page.locator(f"input[type=checkbox][value='{value}']").first.check()
        kit = page
        with kit.expect_popup() as opened:  # the kit is kept nowhere: it stays as it was
            kit.get_by_role("button", name="Make a brief").click()
        expect(kit.locator("#request-3")).to_be_visible()
        page = opened.value
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Brief: {CLIPS} authorities")
        assert re.fullmatch(r"/brief\?(&?clip=[\w.-]+)+", page.url.removeprefix(address))
        if script:
            assert faults(page) == []
        page.get_by_label("Comment").first.fill("Ours is alike.")
        page.get_by_role("button", name=re.compile("^Down")).first.click()
        expect(page.get_by_label("Comment").nth(1)).to_have_value("Ours is alike.")
        page.locator(".brief-list h2 a").first.click()
        expect(page).to_have_url(re.compile("/case/"))
        page.go_back()
        expect(page.get_by_label("Comment").nth(1)).to_have_value("Ours is alike.")
        with page.expect_download() as word:
            page.get_by_role("button", name="Word").click()
        told = [one.text for one in docx.Document(str(word.value.path())).paragraphs]
    assert "Ours is alike." in told
    quotations = [one[1:-1] for one in told if one.startswith("“")]
    pages = [one.partition(": ")[2] for one in told if one.startswith("Page of the original")]
    cases = re.findall(r"Case No\. (CM\d\d-\d{7})", "\n".join(told))
    assert len(quotations) == len(pages) == CLIPS
    library: Library = app.extensions["imrsearch"]
    for case, quotation, printed in zip(cases, quotations, pages, strict=True):
        _check(library, case, quotation, printed)
    assert any(re.match(r"pp?\.", one) for one in pages)


def test_on_a_phone_names_of_what_was_read_stand_above_it(browser: Browser, address: str) -> None:
    """Some stood beside it and some above, as they happened to fit."""
    with window(browser, address, 390) as page:
        page.set_default_timeout(60_000)
        page.goto("/like")
        page.get_by_role("button", name="example letter").click()
        overlapping = page.locator("#request-1 .kit-read > div").evaluate_all(
            """rows => rows.filter(row => {
                const [name, ...others] = [...row.children].map(one => one.getBoundingClientRect())
                return others.some(other => other.top < name.bottom)
            }).map(row => row.textContent)"""
        )
        assert overlapping == []
        counted = page.locator("#request-1 .outcome .absent")
        assert counted.evaluate("line => line.children.length") == 1  # words and link in one line


def _to_clip(page: Page) -> list[str]:
    """Sentences to clip: those of PDFs first, as their pages are to be right."""
    values: list[str] = page.locator("input[type=checkbox][name=clip]").evaluate_all(
        "all => [...new Set(all.map(one => one.value))]"
    )
    samples = {file.stem for file in Path("samples/letters").glob("*.pdf")}
    return sorted(values, key=lambda value: value.partition(".")[0] not in samples)[:CLIPS]


def _check(library: Library, case_id: str, quotation: str, printed: str) -> None:
    case = library.collection.determination(case_id)
    assert any(quotation in " ".join(issue.rationale.split()) for issue in case.issues)
    if not case.file.endswith(".pdf"):
        assert printed.startswith("not known")
        return
    data = library.collection.original(case_id, 1 << 24)
    pages = [letters_and_digits(one.extract_text()) for one in PdfReader(BytesIO(data)).pages]
    first, last = re.findall(r"\d+", printed)[0], re.findall(r"\d+", printed)[-1]
    assert letters_and_digits(quotation) in "".join(pages[int(first) - 1 : int(last)])


def test_clips_of_many_pages_come_together(browser: Browser, address: str) -> None:
    with window(browser, address) as page:
        page.goto("/search?q=case:CM16-0000105")
        page.locator("input[name=clip]").first.check()
        page.goto("/search?q=acupuncture")
        page.locator("input[name=clip]").first.check()
        link = page.get_by_role("link", name="Brief (2)")
        page.goto("/")
        link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Brief: 2 authorities")
        page.get_by_role("button", name=re.compile("^Remove")).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Brief: 1 authority")
        page.wait_for_load_state()  # what is left is remembered by a script
        page.goto("/brief")
        expect(page).to_have_url(re.compile(r"/brief\?clip="))
        page.get_by_role("button", name=re.compile("^Remove")).first.click()
        # An address asked for at once would be all that the browser goes to.
        expect(page.get_by_role("heading", level=1)).to_have_text("Brief: 0 authorities")
        page.wait_for_load_state()
        page.goto("/brief")
        expect(page.get_by_role("heading", level=1)).to_have_text("Brief: 0 authorities")
