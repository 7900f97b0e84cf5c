"""Texts out of files: what each kind gives, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import parse_xml
from reportlab.pdfgen.canvas import Canvas

from imrsearch.search.pasted.files import extraction
from imrsearch.search.pasted.files.uploaded import LARGEST_FILE, text_of
from imrsearch.search.pasted.reading import read_requests
from imrsearch.system.errors import LetterError, UnusableFile
from tests.letters.test_pdf import plain

DENIAL = "The request for a walker is denied."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file() -> bytes:
    """A paragraph, a table of two rows, and a form field (a content control) with a tab."""
    document = Document()
    document.add_paragraph(DENIAL)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Service", "Code", "MRI of the neck", "72141"),
        strict=True,
    ):
        cell.text = text
    field = (
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Status:</w:t><w:tab/><w:t>DENIED</w:t></w:r>"
        "</w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(2, parse_xml(field))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled_form() -> bytes:
    """A form with two rows of requests, of which one is empty, a ticked box and one that is not."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(50, 800, "DWC Form RFA")
    for name, left in (("New Request", 40), ("Resubmission", 240)):
        canvas.acroForm.checkbox(name=name, tooltip=name, checked=left == 40, x=left, y=750)
    columns = ("Diagnosis", "Service Requested", "CPT Code", "Other Information")
    for row, values in enumerate((("Neck pain", "Acupuncture", "", "6 visits"), ("",) * 4)):
        for place, (name, value) in enumerate(zip(columns, values, strict=True)):
            at = {"x": 40 + 110 * place, "y": 700 - 40 * row, "width": 100, "height": 20}
            canvas.acroForm.textfield(name=f"{name} {row}", tooltip=name, value=value, **at)
    canvas.save()
    return stream.getvalue()


def zip_file(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content", [plain(DENIAL), word_file(), DENIAL.encode("utf-16")], ids=["pdf", "docx", "txt"]
)
def test_a_file_is_read_by_how_it_begins(content: bytes) -> None:
    (request, *_) = read_requests(text_of("upload", content))
    assert request.treatment == "walker"


def test_a_word_files_paragraphs_rows_and_fields() -> None:
    lines = extraction.docx(word_file()).splitlines()
    told = [line.rstrip() for line in lines if line.strip()]
    assert told == [DENIAL, "Service\tCode", "MRI of the neck\t72141", "Status:\tDENIED"]


def test_the_feet_of_pages_are_left_out() -> None:
    assert extraction.pdf(plain(f"{DENIAL}\nPage 1 of 2", "Page 2 of 2")) == DENIAL


def _bomb() -> bytes:
    return zip_file({f"{number}.xml": b" " * (9 << 20) for number in range(12)})


REFUSED = {
    "password": (extraction.pdf, lambda: plain(DENIAL, password="x"), "password"),
    "more pages than a letter has": (
        extraction.pdf,
        lambda: plain(*["a"] * (extraction.MOST_PAGES + 1)),
        "too-many-pages",
    ),
    "pictures alone": (extraction.pdf, lambda: plain(""), "no-text"),
    "a broken archive": (extraction.docx, lambda: word_file()[:-100], "damaged"),
    "another archive": (extraction.docx, lambda: zip_file({"a.txt": b"a"}), "damaged"),
    "a zip bomb": (extraction.docx, _bomb, "too-large"),
    "XML nested without end": (extraction.docx, lambda: _with_body("<w:p>" * 5_000), "damaged"),
}


def _with_body(xml: str) -> bytes:
    """A Word file whose document holds ``xml``, under a document type with an entity."""
    with zipfile.ZipFile(io.BytesIO(word_file())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = '<!DOCTYPE w:document [<!ENTITY lol "lol">]>'
    document = f"{kind}<w:document {W}><w:body>{xml}</w:body></w:document>"
    return zip_file(parts | {"word/document.xml": document.encode()})


@pytest.mark.parametrize(("read", "content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_an_extractor_refuses(
    read: Callable[[bytes], str], content: Callable[[], bytes], code: str
) -> None:
    with pytest.raises(LetterError) as refused:
        read(content())
    assert refused.value.code == code


def test_entities_are_not_unfolded() -> None:
    assert extraction.docx(_with_body("<w:p><w:r><w:t>a&lol;b</w:t></w:r></w:p>")) == "a\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b" \n", "empty"),
        ("a.txt", b"a" * (LARGEST_FILE + 1), "too-large"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported"),
        ("a.rtf", b"{\\rtf1 denied}", "unsupported"),
        ("scan.jpg", b"\xff\xd8\xff\xe0", "unsupported"),
        ("a.bin", b"MZ\0\0", "unsupported"),
        ("denial of J. Doe.pdf", b"no PDF", "damaged"),
    ],
)
def test_what_is_refused_without_a_word_of_it(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        text_of(name, content)
    assert refused.value.code == code
    assert name not in refused.value.message


def test_what_was_filled_into_a_form_is_read() -> None:
    text = extraction.pdf(filled_form())
    assert "[X] New Request" in text.splitlines()
    assert "Resubmission" not in text
    assert "Diagnosis\tService Requested\tCPT Code\tOther Information" in text
    (request,) = read_requests(text)
    assert (request.treatment, request.body_parts) == ("acupuncture", ("neck",))
    assert request.quantity is not None
    assert request.quantity.amount == 6


def test_a_cell_with_two_paragraphs_stays_in_its_row() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("MRI", "of the\nneck", "denied"), strict=True):
        first, *others = text.split("\n")
        cell.text = first
        for other in others:
            cell.add_paragraph(other)
    stream = io.BytesIO()
    document.save(stream)
    assert extraction.docx(stream.getvalue()) == "MRI\tof the neck\tdenied\n"
