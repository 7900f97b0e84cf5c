"""On which page of the original PDF a quotation stands."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from imrsearch.search.brief.authorities import quoted
from imrsearch.search.brief.original_pages import (
    Original,
    letters_and_digits,
    original_or_none,
    pages_words,
    read_original,
)
from imrsearch.search.excerpts import recent_sentences
from imrsearch.system.errors import NotFound
from imrsearch.system.settings import Settings
from tests.search.brief.test_document import collection_of

PAGES = (
    "The first page says that the request is denied. It goes",
    (
        "Final Letter 2 on to the second page. The request is denied. No progress was "
        "documented after a long course of conservative care and many"
    ),
    "Final Letter 3 more visits, as the reports of all three physicians show.",
)
ROWS = {
    "on one page": ("No progress was documented", "", (2, 2)),
    "said twice, the first": ("the request is denied.", "", (1, 1)),
    "said twice, the second": ("The request is denied.", "the request is denied", (2, 2)),
    "to the end of a page": ("It goes", "", (1, 1)),
    "from the beginning of one": ("Final Letter 2 on", "", (2, 2)),
    "over the end of one": ("It goes. Final Letter 2 on to", "", (1, 2)),
    "said as often before as it is found: the last": (
        "the request is denied",
        "The request is denied. The request is denied.",
        (2, 2),
    ),
    "broken otherwise": ("No prog-\nress  was documented", "", (2, 2)),
    "over a page's foot": (
        (
            "No progress was documented after a long course of conservative care and many "
            "more visits, as the reports of all three physicians show."
        ),
        "",
        (2, 3),
    ),
    "not there": ("Nobody said this.", "", None),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize(("quotation", "before", "pages"), ROWS.values(), ids=ROWS)
def test_the_pages_of_a_quotation(
    quotation: str, before: str, pages: tuple[int, int] | None
) -> None:
    texts = [letters_and_digits(page) for page in PAGES]
    starts = (0, len(texts[0]), len(texts[0] + texts[1]))
    assert Original("".join(texts), starts).pages_of(quotation, before) == pages


HEAD, TAIL = "a" * 40, "b" * 40


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param(f"{HEAD}{'-' * 700}{TAIL}", (1, 2), id="a foot between"),
        pytest.param(f"{HEAD}{'-' * 701}{TAIL}", None, id="too long for a foot: something else"),
        pytest.param(f"{TAIL}{HEAD}", None, id="the end before the beginning"),
        pytest.param(f"{HEAD}{'-' * 40}", None, id="no end"),
        pytest.param(f"{'-' * 40}{TAIL}", None, id="no beginning"),
    ],
)
def test_a_quotation_cut_by_a_foot_is_found_by_its_ends(
    text: str, pages: tuple[int, int] | None
) -> None:
    """Of 120 characters, it may lie within twice as many and 500 more."""
    assert Original(text, (0, 50)).pages_of(f"{HEAD}{'c' * 40}{TAIL}", "") == pages


def test_the_same_words_twice_cut_by_a_foot_are_told_apart() -> None:
    cut = f"{HEAD}-{TAIL}"
    original = Original(f"{cut}{'-' * 900}{cut}", (0, 500))
    quotation = f"{HEAD}{'c' * 40}{TAIL}"
    assert original.pages_of(quotation, "") == (1, 1)
    assert original.pages_of(quotation, quotation) == (2, 2)


def test_what_is_no_pdf_or_gone_has_no_pages() -> None:
    def gone() -> bytes:
        raise NotFound("gone")

    assert read_original(b"A letter as text") is None
    assert read_original(b"%PDF-1.4 torn") is None
    assert original_or_none(gone) is None


def test_every_sentence_of_the_sample_pdfs_is_found_on_its_page(sample_index: Settings) -> None:
    """Held against another reader of PDFs."""
    collection, found = collection_of(sample_index), 0
    for text, case in collection.every_letter():
        if not case.file.endswith(".pdf"):
            continue
        data = collection.original(case.case_id, 1 << 24)
        printed = [
            letters_and_digits(page.extract_text()) for page in PdfReader(BytesIO(data)).pages
        ]
        original = read_original(data)
        assert original
        for issue in case.issues:
            before = text[: case.evidence[f"issues.{issue.number}.rationale"].start]
            for number in range(1, len(recent_sentences(issue.rationale)) + 1):
                sentence = quoted(issue, number)
                pages = original.pages_of(sentence, before)
                assert pages, sentence
                if pages[0] == pages[1]:
                    assert letters_and_digits(sentence) in printed[pages[0] - 1]
                found += 1
    assert found > 30


@pytest.mark.parametrize(
    ("pages", "words"), [((4, 4), "p.\xa04"), ((4, 5), "pp.\xa04–5"), (None, "")]
)
def test_pages_in_words(pages: tuple[int, int] | None, words: str) -> None:
    assert pages_words(pages) == words
