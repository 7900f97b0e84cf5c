"""A letter's paragraphs as a PDF by three generators, and PDFs as text by five extractors.

The generators set lines, gaps and fonts differently, so a reader of geometry meets each of them;
``samples.press`` is the one that looks like the published letters.
"""

from __future__ import annotations

import html
import io
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pypdfium2
from playwright.sync_api import sync_playwright
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from samples.press import typeset

Press = Callable[[Sequence[str]], bytes]
Extractor = Callable[[bytes], str]


def like_the_published(paragraphs: Sequence[str]) -> bytes:
    """By fpdf2, in the look of the published letters."""
    return typeset("\n\n".join(paragraphs))


def by_reportlab(paragraphs: Sequence[str]) -> bytes:
    """By ReportLab: Helvetica, justified by nothing, a space below each paragraph."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=letter, invariant=True)
    style = getSampleStyleSheet()["BodyText"]
    story = []
    for paragraph in paragraphs:
        marked = html.escape(paragraph, quote=False).replace("\n", "<br/>")
        story += [Paragraph(marked, style), Spacer(1, 7)]
    document.build(story)
    return buffer.getvalue()


@contextmanager
def chromium_press(executable: Path) -> Iterator[Press]:
    """Chromium's "print to PDF", from a page of plain paragraphs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()

        def press(paragraphs: Sequence[str]) -> bytes:
            body = "".join(
                f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs
            )
            page.set_content(
                f"<body style='font: 12pt serif; font-variant-ligatures: none'>{body}</body>"
            )
            return page.pdf(format="Letter", margin={"top": "72px", "bottom": "72px"})

        yield press
        browser.close()


def by_pypdf(data: bytes) -> str:
    """The text as pypdf extracts it, pages apart by form feeds."""
    return "\f".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfium(data: bytes) -> str:
    """The text as PDFium extracts it by default: without the gaps between paragraphs."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\f".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def pdftotext(data: bytes, *options: str) -> str:
    """The text as poppler's pdftotext extracts it; its options tell the order of the lines."""
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout.decode()


def by_pdftotext(data: bytes) -> str:
    """In reading order, as pdftotext prints by default."""
    return pdftotext(data)


def by_pdftotext_raw(data: bytes) -> str:
    """In the order of the file."""
    return pdftotext(data, "-raw")


def by_pdftotext_layout(data: bytes) -> str:
    """In the places of the page, by blanks."""
    return pdftotext(data, "-layout")


EXTRACTORS: tuple[Extractor, ...] = (by_pypdf, by_pdfium)
POPPLER: tuple[Extractor, ...] = (by_pdftotext, by_pdftotext_raw, by_pdftotext_layout)
"""Those that need poppler's program ``pdftotext``."""
