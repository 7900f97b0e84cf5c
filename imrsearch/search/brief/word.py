"""A brief as a Word file."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Pt

from imrsearch.search.brief.document import (
    COLUMNS_OF_TABLE,
    TITLE,
    Brief,
    BriefEntry,
    without_controls,
)


def brief_docx(brief: Brief) -> bytes:
    """The table of authorities, then each quotation with its source, as .docx."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(TITLE, level=1)
    document.add_heading("Table of authorities", level=2)
    _add_table(document, brief)
    document.add_heading("Quotations", level=2)
    for number, one in enumerate(brief.entries, start=1):
        _add_entry(document, number, one)
    document.add_paragraph(without_controls(brief.source))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Document, brief: Brief) -> None:
    table = document.add_table(rows=0, cols=len(COLUMNS_OF_TABLE), style="Table Grid")
    for row in (COLUMNS_OF_TABLE, *brief.table()):
        for cell, told in zip(table.add_row().cells, row, strict=True):
            cell.text = without_controls(told)


def _add_entry(document: Document, number: int, one: BriefEntry) -> None:
    document.add_heading(without_controls(f"{number}. {one.citation}"), level=3)
    if one.quotation:
        document.add_paragraph(without_controls(f"“{one.quotation}”"), style="Quote")
    for label, told in one.sources():
        document.add_paragraph(without_controls(f"{label}: {told}"), style="List Bullet")
    if one.comment:
        document.add_paragraph(without_controls(one.comment))
