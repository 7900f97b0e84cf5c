"""PDF text with its paragraph gaps."""

from __future__ import annotations

from io import BytesIO

import pytest
from fpdf import FPDF

from imrsearch.letters.layout import kept_text
from imrsearch.letters.pdf import PrintedLine, PrintedPage, join_pages, pdf_text
from imrsearch.system.errors import LetterError
from samples.press import typeset
from tests.letters.forms import credentials_letter, issue

LETTER = credentials_letter(
    issue(
        "X-ray of the hip: Upheld",
        " ".join(f"No red flag is told on day {day}." for day in range(30)),
    ),
    issue("Cane: Overturned", " ".join(f"It helps on day {day}." for day in range(40))),
)


def plain(*pages: str, password: str = "") -> bytes:
    document = FPDF(format="letter")
    document.set_font("Times", size=12)
    for page in pages:
        document.add_page()
        document.multi_cell(0, 5, page, new_x="LMARGIN", new_y="NEXT")
    if password:
        document.set_encryption(owner_password="o" + password, user_password=password)
    out = BytesIO()
    document.output(out)
    return out.getvalue()


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]


def test_paragraphs_of_a_typeset_letter_come_back() -> None:
    read = paragraphs(kept_text(pdf_text(typeset(LETTER), 10)))
    for paragraph in paragraphs(kept_text(LETTER))[4:]:
        assert paragraph in read


def test_a_bold_line_at_the_top_of_a_page_begins_a_paragraph() -> None:
    text = kept_text(pdf_text(typeset(LETTER.replace("Cane: Over", "\fCane: Over")), 10))
    assert "\n\n\fCane: Overturned\n\n" in text


def test_pages_are_marked() -> None:
    assert kept_text(pdf_text(plain("one", "two"), 10)) == "one\n\ftwo"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"%PDF-1.4 and nothing else", "damaged", id="damaged"),
        pytest.param(b"no pdf at all", "damaged", id="not a PDF"),
        pytest.param(plain("secret", password="x"), "password", id="password"),
        pytest.param(plain(""), "no-text", id="an empty page"),
        pytest.param(plain(*"abcdefghijk"), "too-many-pages", id="eleven pages of ten"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(LetterError) as caught:
        pdf_text(data, 10)
    assert caught.value.code == code


def test_characters_beyond_the_basic_plane_do_not_shift_the_lines() -> None:
    assert "after" in pdf_text(plain("before\nafter"), 10).split("\n")


def test_a_truncated_letter_never_raises_anything_else() -> None:
    data = typeset(LETTER)
    for size in range(0, len(data), max(1, len(data) // 40)):
        try:
            pdf_text(data[:size], 10)
        except LetterError as error:
            assert error.code in {"damaged", "no-text"}


def test_a_hyphen_at_a_line_end_makes_no_gap() -> None:
    """pdfium joins such lines, so the next line seems to stand two lines lower."""
    lines = "It is well-\nestablished as a\nrule that is anti-\ninflammatory here."
    assert kept_text(pdf_text(plain(lines), 10)) == lines


def page(*tops: float, begins_bold: bool = False, ends_bold: bool = False) -> PrintedPage:
    """A page with a line at each height; each line is the height in words."""
    lines = tuple(PrintedLine(f"{top:g}", top) for top in tops)
    return PrintedPage(lines, begins_bold, ends_bold)


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        pytest.param([page(50, 40, 30)], "50\n40\n30", id="lines at one distance"),
        pytest.param([page(50, 40, 20, 10)], "50\n40\n\n20\n10", id="a gap is an empty line"),
        pytest.param([page(50, 40, 30, 17)], "50\n40\n30\n17", id="a little more is none"),
        pytest.param([page(50, 40, 30, 90)], "50\n40\n30\n90", id="nor a way up the page"),
        pytest.param([page(50), page(50)], "50\f50", id="pages of a line"),
        pytest.param([page(50), page(), page(40)], "50\f40", id="an empty page is none"),
        pytest.param(
            [page(50), page(50, begins_bold=True)], "50\n\n\f50", id="bold begins a paragraph"
        ),
        pytest.param(
            [page(50, ends_bold=True), page(50, begins_bold=True)], "50\f50", id="or goes on"
        ),
        pytest.param([page(30, 20), page(50, 40, 30, 10)], "30\n20\f50\n40\n30\n\n10", id="of all"),
    ],
)
def test_pages_of_printed_lines(pages: list[PrintedPage], text: str) -> None:
    assert join_pages(pages) == text
