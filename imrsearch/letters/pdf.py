"""The text of a PDF's pages, with the paragraph gaps that the extractor drops.

pdfium gives the lines; the height of each line's first character shows where a blank line stood,
and a page whose first character is bold after a page that ended in regular type begins a new
paragraph (a heading, a label or a disputed service).
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from imrsearch.letters.files import NO_TEXT
from imrsearch.system.errors import LetterError

# pdfium's mark for a hyphen at a line end, after which it has joined the lines.
_PDF_HYPHEN = "\ufffe"
_PDF_LINE_END = re.compile(f"(\r\n|{_PDF_HYPHEN})")
_BOLD = 600
_FONT_NAME = 100
# A gap of more than this many lines' height is a blank line: leadings are 13-14 pt, gaps 20-42.
_BLANK_LINE_GAP = 1.35
_PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page and its height, in units that grow upwards."""

    text: str
    top: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The printed lines of a page, and whether it begins and ends in bold type."""

    lines: tuple[PrintedLine, ...]
    begins_bold: bool
    ends_bold: bool


def pdf_text(data: bytes, max_pages: int) -> str:
    """Text of a PDF: lines by ``\\n``, blank lines between paragraphs, pages by ``\\f``.

    Raises LetterError: ``password``, ``damaged``, ``too-many-pages`` or ``no-text`` (only images).
    """
    with opened(data) as document:
        if len(document) > max_pages:
            raise LetterError(
                "too-many-pages",
                f"the PDF has {len(document)} pages, more than {max_pages}",
                "If it is a letter, raise IMRSEARCH_MAX_PAGES.",
            )
        pages = [_read_page(textpage) for textpage in _text_pages(document)]
    if not any(page.lines for page in pages):
        raise LetterError(
            NO_TEXT, "the PDF holds no text, only images", "Run this with --ocr to read scans."
        )
    return join_pages(pages)


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page of a PDF as the extractor gives it, empty pages included.

    Raises LetterError: ``password`` or ``damaged``. Threads take turns: pdfium knows only one.
    """
    with _PDFIUM, opened(data) as document:
        return [str(textpage.get_text_range()) for textpage in _text_pages(document)]


@contextmanager
def opened(data: bytes, action: str = "read") -> Iterator[pdfium.PdfDocument]:
    """In the block, the document of a PDF's bytes. Raises LetterError ``password`` or ``damaged``,
    also where in the block a page cannot be ``action``."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise LetterError(
                "password", "the PDF is password-protected", "Save it without a password."
            ) from error
        raise LetterError("damaged", f"not a readable PDF ({error})") from error
    try:
        yield document
    except pdfium.PdfiumError as error:
        raise LetterError("damaged", f"a page of the PDF cannot be {action} ({error})") from error
    finally:
        document.close()


def _text_pages(document: pdfium.PdfDocument) -> Iterator[pdfium.PdfTextPage]:
    """The text of each page in turn, open until the next one is asked for."""
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as textpage:
            yield textpage


def _read_page(textpage: pdfium.PdfTextPage) -> PrintedPage:
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: list[PrintedLine] = []
    index = last = 0
    # The lines as printed, each with what ends it: a line end, or the mark of a hyphen.
    pieces = _PDF_LINE_END.split(textpage.get_text_range())
    for text, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if text.strip():
            pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
            lines.append(PrintedLine(text + ("-" if end == _PDF_HYPHEN else ""), y.value))
            last = index + len(text.rstrip()) - 1
        # The length that pdfium counts: UTF-16 units; letters beyond the basic plane take two.
        index += (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2) + len(end)
    return PrintedPage(tuple(lines), _bold(textpage, 0), _bold(textpage, last))


def _bold(textpage: pdfium.PdfTextPage, index: int) -> bool:
    """By the font's weight or, where the file does not tell that, by its name ("Times-Bold")."""
    if pdfium_c.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(_FONT_NAME)
    pdfium_c.FPDFText_GetFontInfo(textpage, index, name, _FONT_NAME, ctypes.c_int())
    return b"bold" in name.value.lower()


def join_pages(pages: list[PrintedPage]) -> str:
    """The text of pages: lines by ``\\n``, an empty one at each gap, pages by ``\\f``."""
    leading = _line_distance(pages)
    parts: list[str] = []
    before: PrintedPage | None = None
    for page in (page for page in pages if page.lines):
        if before:
            parts.append("\n\n\f" if page.begins_bold and not before.ends_bold else "\f")
        parts.append(_page_text(page, leading))
        before = page
    return "".join(parts)


def _line_distance(pages: list[PrintedPage]) -> float:
    """The usual distance of two lines, in points; 0 where no two lines follow each other."""
    steps = [
        a.top - b.top for page in pages for a, b in zip(page.lines, page.lines[1:], strict=False)
    ]
    down = [step for step in steps if step > 0]
    return median(down) if down else 0.0


def _page_text(page: PrintedPage, leading: float) -> str:
    out = [page.lines[0].text]
    for above, line in zip(page.lines, page.lines[1:], strict=False):
        if above.top - line.top > _BLANK_LINE_GAP * leading:
            out.append("")
        out.append(line.text)
    return "\n".join(out)
