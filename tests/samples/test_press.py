"""The press: what is in the text is in the PDF, laid out like the real ones."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from samples.press import main, typeset
from tests.samples.reading import SOURCES, decoded, pdf_text, unwrapped

LETTER = """Case Number: CM16-0000999
Date Assigned: 01/02/2016 Date of Injury: 03/04/2015
Decision Date: 02/03/2016 UR Denial Date: 12/13/2015
Priority: Standard Application
Received:
12/24/2015

HOW THE IMR FINAL DETERMINATION WAS MADE
Some opening words.

The Expert Reviewer has the following credentials:
State(s) of Licensure: Ohio
Certification(s)/Specialty: Neurology

CLINICAL CASE SUMMARY
A patient.

IMR ISSUES, DECISIONS AND RATIONALES
Set forth below:

Cane: Overturned

Decision rationale: The patient’s cane \f– a plain one – is medically necessary.
"""


def fonts_by_line(data: bytes) -> dict[str, tuple[str, float]]:
    """The font and left edge in which each piece of text of the first page is set."""
    page = pypdfium2.PdfDocument(data)[0]
    textpage = page.get_textpage()
    found = {}
    for piece in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = piece.get_bounds()
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        found[text] = (piece.get_font().get_base_name(), left)
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_word_is_in_the_pdf(source: Path) -> None:
    text = decoded(source)
    body = text[text.index("HOW THE IMR") :]
    assert unwrapped(body) in unwrapped(pdf_text(typeset(text)))


def test_field_block_reads_like_the_real_one() -> None:
    lines = [line.strip() for line in pdf_text(typeset(LETTER)).split("\n")]
    assert lines[:6] == [
        "Case Number: CM16-0000999",
        "Date Assigned: 01/02/2016 Date of Injury: 03/04/2015",
        "Decision Date: 02/03/2016 UR Denial Date: 12/13/2015",
        "Priority: Standard Application",
        "Received:",
        "12/24/2015",
    ]


def test_credentials_stand_on_lines_of_their_own() -> None:
    text = pdf_text(typeset(LETTER))
    assert "State(s) of Licensure: Ohio\n" in text.replace(" \n", "\n")


def test_headings_services_and_labels_are_bold() -> None:
    fonts = fonts_by_line(typeset(LETTER))
    assert fonts["CLINICAL CASE SUMMARY"][0] == "Times-Bold"
    assert fonts["CLINICAL CASE SUMMARY"][1] > 200, "centred"
    assert fonts["Cane: Overturned"][0] == "Times-Bold"
    assert fonts["Decision rationale:"][0] == "Times-Bold"
    assert fonts["A patient."][0] == "Times-Roman"
    assert fonts["A patient."][1] == pytest.approx(72, abs=1)


def test_form_feed_breaks_the_page() -> None:
    first, second = pdf_text(typeset(LETTER)).split("\f")
    assert unwrapped(first).endswith("The patient’s cane")
    assert unwrapped(second) == "– a plain one – is medically necessary."


def test_long_text_runs_over_pages_inside_the_margins() -> None:
    data = typeset("A HEADING OF SIX WORDS HERE\n" + "word " * 2000)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 3
    boxes = [piece.get_bounds() for page in document for piece in page.get_objects()]
    assert min(left for left, _, _, _ in boxes) >= 72
    assert max(right for _, _, right, _ in boxes) <= 541
    assert min(bottom for _, bottom, _, _ in boxes) >= 65


def test_same_text_same_bytes() -> None:
    assert typeset(LETTER) == typeset(LETTER)


def test_command_writes_beside_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "CM16-0000999.txt"
    source.write_text(LETTER, encoding="utf-8")
    assert main([str(source)]) == 0
    assert source.with_suffix(".pdf").read_bytes() == typeset(LETTER)
    assert capsys.readouterr().out.strip() == str(source.with_suffix(".pdf"))


def test_command_without_arguments_tells_its_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().err
