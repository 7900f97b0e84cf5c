"""Which sentence the page of a case quotes, and how another one is chosen."""

from __future__ import annotations

import pytest

from imrsearch.web.presenters.quoting import (
    MOST_QUOTABLE,
    Chosen,
    Quoting,
    ShownQuotation,
    read_chosen,
    shown_quotation,
)
from tests.search.memory import determination, issue

ISSUE = issue(2, "Gym", rationale="There is no equipment. The gym is not medically necessary.")
CASE = determination("CM16-0000001", issue(1, "Gym"), ISSUE)


def shown(chosen: Chosen | None, q: str = "") -> ShownQuotation:
    return shown_quotation(CASE, ISSUE, Quoting("http://here/case/CM16-0000001", q, chosen, "b1"))


def test_another_sentence_is_chosen_by_its_number() -> None:
    found = shown((2, 1), "gym")
    assert found.quote.startswith("“There is no equipment.” Independent Medical Review")
    assert [one.current for one in found.sentences] == [True, False]
    assert found.sentences[1].url == "/case/CM16-0000001?q=gym&quote=2.2#quotation-2"


@pytest.mark.parametrize(
    ("chosen", "offered"),
    [
        pytest.param(None, 0, id="nothing chosen"),
        pytest.param((1, 1), 0, id="in another issue"),
        pytest.param((2, 0), 2, id="all to choose from"),
        pytest.param((2, 99), 2, id="there is no such sentence"),
    ],
)
def test_where_none_is_chosen_the_sentence_that_decides_is_quoted(
    chosen: Chosen | None, offered: int
) -> None:
    found = shown(chosen)
    assert found.quote.startswith("“The gym is not medically necessary.”")
    assert len(found.sentences) == offered
    assert found.open is bool(offered)
    assert found.choose == "/case/CM16-0000001?quote=2#quotation-2"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("2", (2, 0)), ("2.5", (2, 5)), ("", None), ("2.", None), ("x.1", None), ("9" * 99, None)],
)
def test_the_chosen_sentence_in_an_address(text: str, chosen: Chosen | None) -> None:
    assert read_chosen(text) == chosen


def test_each_sentence_has_the_address_that_quotes_it() -> None:
    assert [(one.text, one.url) for one in shown((2, 2)).sentences] == [
        ("There is no equipment.", "/case/CM16-0000001?quote=2.1#quotation-2"),
        ("The gym is not medically necessary.", "/case/CM16-0000001?quote=2.2#quotation-2"),
    ]
    assert [one.current for one in shown((2, 2)).sentences] == [False, True]
    assert "CM16-0000001" in shown(None).citation


def test_without_a_rationale_there_is_nothing_to_choose_from() -> None:
    bare = issue(2, "Gym")
    found = shown_quotation(
        determination("CM16-0000001", bare), bare, Quoting("http://here", "", (2, 0), "b1")
    )
    assert (found.choose, found.sentences) == (None, ())


def test_so_many_sentences_are_offered() -> None:
    long = issue(2, "Gym", rationale=" ".join(f"Pain fell in week {n}." for n in range(130)))
    found = shown_quotation(
        determination("CM16-0000001", long), long, Quoting("http://here", "", (2, 0), "b1")
    )
    assert len(found.sentences) == MOST_QUOTABLE


def test_a_number_of_too_many_digits_is_no_sentence() -> None:
    chosen = [read_chosen(text) for text in ("999.9999", "1000", "1.10000", "²", "2.٣")]
    assert chosen == [(999, 9999), None, None, None, None]
