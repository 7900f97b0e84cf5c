"""A brief as a PDF file."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from imrsearch.search.brief.document import (
    COLUMNS_OF_TABLE,
    TITLE,
    Brief,
    BriefEntry,
    without_controls,
)

_WIDTHS = (0.4 * inch, 4.2 * inch, 1.2 * inch, 0.9 * inch)
_PLAIN, _BOLD = "Vera", "VeraBd"


def brief_pdf(brief: Brief) -> bytes:
    """The table of authorities, then each quotation with its source, as PDF. The same brief gives
    the same bytes."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=letter,
        leftMargin=inch,
        rightMargin=inch,
        topMargin=inch,
        bottomMargin=inch,
        title=TITLE,
        author="",
        invariant=1,
    )
    parts = [
        _paragraph(TITLE, "h1"),
        _paragraph("Table of authorities", "h2"),
        _authorities_table(brief),
        _paragraph("Quotations", "h2"),
    ]
    for number, one in enumerate(brief.entries, start=1):
        parts += _printed_entry(number, one)
    document.build([*parts, Spacer(1, 12), _paragraph(brief.source)])
    return file.getvalue()


def _authorities_table(brief: Brief) -> Flowable:
    rows = (COLUMNS_OF_TABLE, *brief.table())
    cells = [[_paragraph(told, "small") for told in row] for row in rows]
    ruled = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#999999"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=_WIDTHS, style=ruled, repeatRows=1)


def _printed_entry(number: int, one: BriefEntry) -> list[Flowable]:
    quoted = [_paragraph(f"“{one.quotation}”", "quote")] if one.quotation else []
    sources = [_paragraph(f"{label}: {told}", "small") for label, told in one.sources()]
    comment = [_paragraph(line) for line in one.comment.splitlines() if line.strip()]
    return [_paragraph(f"{number}. {one.citation}", "h3"), *quoted, *sources, *comment]


def _paragraph(told: str, style: str = "plain") -> Paragraph:
    shown = _styles()[style]
    return Paragraph(escape(_with_glyphs(without_controls(told))), shown)


def _with_glyphs(text: str) -> str:
    """Characters that the font lacks are printed by their code point, never dropped: "α" as
    "[U+03B1]"."""
    known = pdfmetrics.getFont(_PLAIN).face.charToGlyph
    return "".join(
        one if ord(one) in known or one.isspace() else f"[U+{ord(one):04X}]" for one in text
    )


@cache
def _styles() -> dict[str, ParagraphStyle]:
    """The styles by name; registers their fonts first."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))

    def style(name: str, size: float, font: str = _PLAIN, before: float = 3, **more: float) -> None:
        styles[name] = ParagraphStyle(
            name,
            fontName=font,
            fontSize=size,
            leading=1.4 * size,
            spaceBefore=before,
            alignment=TA_LEFT,
            splitLongWords=1,
            **more,
        )

    styles: dict[str, ParagraphStyle] = {}
    style("plain", 10)
    style("small", 8.5)
    style("quote", 10, before=6, leftIndent=18, rightIndent=18, spaceAfter=4)
    style("h1", 16, _BOLD)
    style("h2", 12, _BOLD, before=18, spaceAfter=6)
    style("h3", 9.5, _BOLD, before=14, keepWithNext=1)
    return styles
