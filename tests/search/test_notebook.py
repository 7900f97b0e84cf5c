"""Results in a notebook: readable, and nothing in them becomes markup."""

from __future__ import annotations

from dataclasses import replace

from imrsearch.query.notes import Note
from tests.search.memory import search
from tests.web.markup import read_page

PAYLOAD = "<script>alert('x')</script>"


def test_a_result_shows_its_rows() -> None:
    shown = search("q=chiropractic+gain")._repr_html_()
    page = read_page(shown)
    assert page.text("b").startswith("1 issue")
    assert "0% overturned" in page.text("p")
    assert len(page.all("tr")) == 2
    assert "CM16-0000002 #1" in shown
    assert "<mark>gain</mark>" in shown


def test_an_empty_result_says_so() -> None:
    shown = search("q=wheelchair")._repr_html_()
    assert "0 issues" in shown
    assert "overturned" not in shown


def test_nothing_in_a_letter_or_a_search_is_markup() -> None:
    result = search("q=knee")
    (row,) = result.rows
    hostile = replace(
        row, service=PAYLOAD, case_id=PAYLOAD, decision_label=PAYLOAD, decided=PAYLOAD
    )
    shown = replace(
        result, rows=(hostile,), read_as=PAYLOAD, notes=(Note("page", PAYLOAD),)
    )._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 6
