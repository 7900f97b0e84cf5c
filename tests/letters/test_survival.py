"""The facts of the written letters are found, as printed by extractors and after one mishap each.

The bounds are those that the reader is held to; ``make survival`` prints what it reaches.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.survival import printed_survival, read_facts, survival, written
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.letters.workers import ReadingLimits, read_letter
from samples.written.facts import FORMS, differing
from samples.written.mutations import MUTATIONS, Mutation, unspoiled
from samples.written.presses import (
    EXTRACTORS,
    POPPLER,
    Extractor,
    Press,
    by_reportlab,
    chromium_press,
    like_the_published,
)
from tests.web.browsing import CHROMIUM

UNSPOILED, SPOILED = 0.99, 0.97


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("form", FORMS)
def test_facts_survive(form: str, mutation: Mutation, rounds: Callable[[int, int], int]) -> None:
    letters = rounds(18, 36)
    found = survival(form, mutation, letters)
    assert found.facts > letters * 25
    assert found.share >= (UNSPOILED if mutation is unspoiled else SPOILED), found.misses


@pytest.mark.parametrize("press", [like_the_published, by_reportlab])
@pytest.mark.parametrize("form", FORMS)
def test_facts_of_pdfs(form: str, press: Press, tmp_path: Path) -> None:
    assert_read(form, press, tmp_path)


@pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="pdftotext is missing: run 'apt-get install poppler-utils' to test its texts",
)
@pytest.mark.parametrize("extract", POPPLER, ids=lambda extract: extract.__name__)
@pytest.mark.parametrize("form", FORMS)
def test_facts_in_the_texts_of_pdftotext(form: str, extract: Extractor) -> None:
    found = printed_survival(form, by_reportlab, extract, letters=2)
    assert found.share >= UNSPOILED, found.misses


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at hand")
def test_facts_of_pdfs_by_chromium(tmp_path: Path) -> None:
    with chromium_press(CHROMIUM) as press:
        for form in FORMS:
            assert_read(form, press, tmp_path)


def assert_read(form: str, press: Press, folder: Path) -> None:
    """Every fact is found by our own reader of PDFs, and in the text of other extractors."""
    for seed in range(100, 104):
        letter = written(form, seed)
        data = press(letter.paragraphs)
        path = folder / letter.name.replace(".txt", ".pdf")
        path.write_bytes(data)
        outcome = read_letter(Source(path), ReadingLimits(1 << 22, 20))
        assert isinstance(outcome, Letter)
        for text in (outcome.text, *(extract(data) for extract in EXTRACTORS)):
            assert differing(letter.expectation, read_facts(text, letter.name)) == [], seed
