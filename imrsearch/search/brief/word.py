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
    without_controls,
)

_STYLES = {
    **{f"h{level}": f"Heading {level}" for level in (1, 2, 3)},
    "quote": "Quote",
    "source": "List Bullet",
}


def brief_docx(brief: Brief) -> bytes:
    """The table of authorities, then each quotation with its source, as .docx."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(11)
    for style, told in brief.parts():
        if style == "table":
            _add_table(document, brief)
        else:
            document.add_paragraph(without_controls(told), style=_STYLES.get(style))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Document, brief: Brief) -> None:
    table = document.add_table(rows=0, cols=len(COLUMNS_OF_TABLE), style="Table Grid")
    for row in (COLUMNS_OF_TABLE, *brief.table()):
        for cell, told in zip(table.add_row().cells, row, strict=True):
            cell.text = without_controls(told)
