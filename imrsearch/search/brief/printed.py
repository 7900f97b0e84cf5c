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
    parts = [part for styled in brief.parts() for part in _printed_part(brief, *styled)]
    document.build([*parts[:-1], Spacer(1, 12), parts[-1]])
    return file.getvalue()


def _printed_part(brief: Brief, style: str, told: str) -> list[Flowable]:
    if style == "table":
        return [_authorities_table(brief)]
    lines = told.splitlines() if style == "plain" else [told]
    return [_paragraph(line, style) for line in lines if line.strip()]


def _authorities_table(brief: Brief) -> Flowable:
    rows = (COLUMNS_OF_TABLE, *brief.table())
    cells = [[_paragraph(told, "source") for told in row] for row in rows]
    ruled = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#999999"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=_WIDTHS, style=ruled, repeatRows=1)


def _paragraph(told: str, style: str) -> Paragraph:
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
    style("source", 8.5)
    style("quote", 10, before=6, leftIndent=18, rightIndent=18, spaceAfter=4)
    style("h1", 16, _BOLD)
    style("h2", 12, _BOLD, before=18, spaceAfter=6)
    style("h3", 9.5, _BOLD, before=14, keepWithNext=1)
    return styles
