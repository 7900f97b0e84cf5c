"""What was filled into the form of a PDF, such as the DWC Form RFA: its text does not hold it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from imrsearch.letters.pdf import opened

_TICKED = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX)
_TICK = "[X]"
_ROW_HEIGHT = 8.0
"""Points by which the fields of a row may differ in height."""
_FEWEST_HEADINGS = 3
_MOST_FIELDS = 1_000
_LONGEST_VALUE = 4_000
# "Diagnosis 2", "Service[1]": the number of the row
_NUMBER_AT_END = re.compile(r"[\s_.-]*(?:\[?\d{1,2}\]?)[\s_.-]*$")


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its name for readers, its value, and where it stands from the top and the left."""

    name: str
    value: str
    down: float
    left: float


def form_text(content: bytes) -> str:
    """The filled fields of a PDF's form: ``name: value`` in lines, rows of a table with tabs below
    the names of their columns; empty where the PDF has no form. Raises LetterError."""
    with opened(content) as document:
        document.init_forms()
        if document.formenv is None:
            return ""
        pages = range(min(len(document), 100))
        return "".join(f"\n{line}" for number in pages for line in _form_lines(document, number))


def _form_lines(document: pdfium.PdfDocument, number: int) -> Iterator[str]:
    page = document[number]
    fields = sorted(_page_fields(page, document.formenv), key=lambda one: (one.down, one.left))
    heading: list[str] = []
    for _, row in groupby(fields, key=_row_of(fields)):
        cells = sorted(row, key=lambda one: one.left)
        if not any(cell.value for cell in cells):
            continue
        if len(cells) < _FEWEST_HEADINGS:
            yield from (
                f"{_TICK} {cell.name}" if cell.value == _TICK else f"{cell.name}: {cell.value}"
                for cell in cells
                if cell.value
            )
            continue
        names = [_NUMBER_AT_END.sub("", cell.name) for cell in cells]
        if names != heading:
            yield "\t".join(names)
            heading = names
        yield "\t".join(cell.value for cell in cells)


def _row_of(fields: list[FormField]) -> Callable[[FormField], int]:
    """The number of a field's row: one begins where a field stands lower than the one before."""
    rows: dict[int, int] = {}
    row, before = 0, None
    for one in fields:
        row += before is not None and one.down - before > _ROW_HEIGHT
        rows[id(one)], before = row, one.down
    return lambda one: rows[id(one)]


def _page_fields(page: pdfium.PdfPage, form: pdfium.PdfFormEnv) -> Iterator[FormField]:
    for place in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, place)
        try:
            kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation)
            value = _written_value(form, annotation, kind)
            if value is not None:
                box = pdfium_c.FS_RECTF()
                pdfium_c.FPDFAnnot_GetRect(annotation, box)
                name = _written_text(pdfium_c.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
                name = name or _written_text(pdfium_c.FPDFAnnot_GetFormFieldName, form, annotation)
                yield FormField(name, value, -box.top, box.left)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)


def _written_value(form: pdfium.PdfFormEnv, annotation: object, kind: int) -> str | None:
    """What is written or ticked; ``None`` for what is neither, and for a box that is not ticked."""
    if kind in _WRITTEN:
        return _written_text(pdfium_c.FPDFAnnot_GetFormFieldValue, form, annotation)
    if kind in _TICKED and pdfium_c.FPDFAnnot_IsChecked(form, annotation):
        return _TICK
    return None


def _written_text(ask: Callable[..., int], form: pdfium.PdfFormEnv, annotation: object) -> str:
    """A text that pdfium writes as UTF-16 into a buffer: first its length is asked for."""
    length = min(ask(form, annotation, None, 0), _LONGEST_VALUE)
    buffer = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), length)
    return " ".join(buffer.raw[:length].decode("utf-16-le", "ignore").rstrip("\0").split())
