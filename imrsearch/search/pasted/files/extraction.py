"""The text of a PDF or Word file: what the process of ``uploaded`` runs for one file.

A stranger's file may hang, crash or exhaust whoever reads it, so a process of its own reads it:
``python -m imrsearch.search.pasted.files.extraction pdf`` takes the file from standard input and
prints one line of JSON, ``{"text": …}`` or an error's ``code``, ``message`` and ``hint``.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from imrsearch.letters.layout import kept_text
from imrsearch.letters.pdf import pdf_text
from imrsearch.search.pasted.files.form_fields import form_text
from imrsearch.system.box import enter_box
from imrsearch.system.errors import LetterError

SECONDS = 20
"""Processor time that a file may take."""
MOST_PAGES = 100
_MEMORY = 1 << 30
_MOST_UNPACKED = 100 << 20
"""Bytes of all parts of a Word file together; most of them are pictures."""
_MOST_PARTS = 5_000
_PARTS_OF_A_LINE = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tc"): "\t"}
# Word writes a text box twice, for readers old and new.
_WRITTEN_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def extract_input() -> None:
    """Read standard input as the kind of file that the first argument names."""
    enter_box(_MEMORY)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told = {"text": EXTRACTORS[sys.argv[1]](sys.stdin.buffer.read())}
    except LetterError as error:
        told = {"code": error.code, "message": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(told))


def pdf(content: bytes) -> str:
    """The text of a PDF, without the heads and feet of its pages, then what was filled into its
    form. Raises LetterError."""
    return kept_text(pdf_text(content, MOST_PAGES)) + form_text(content)


def docx(content: bytes) -> str:
    """The text of a Word file: a line for each paragraph and for each row of a table.

    Text boxes and form fields are read too; deletions, comments and notes are not. Raises
    LetterError.
    """
    try:
        _require_small(content)
        body = Document(io.BytesIO(content)).element.body
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.Error) as error:
        raise LetterError(
            "damaged", "not a readable Word file", "Open it in Word, and save it as .docx again."
        ) from error
    return "".join(_body_lines(body))


def _require_small(content: bytes) -> None:
    """Refuse what unpacks to far more than a letter with its pictures (a zip bomb)."""
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise LetterError("too-large", "the Word file unpacks to far more than a letter")


def _body_lines(body: etree._Element) -> Iterator[str]:
    skipped = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag == _WRITTEN_TWICE:
            skipped += 1 if event == "start" else -1
        elif event == "end" and not skipped:
            yield _printed(node)


def _printed(node: etree._Element) -> str:
    """What an element adds to the text at its end."""
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:p"):
        return _end_of_paragraph(node)
    if node.tag == qn("w:tr"):
        return "\n"
    if node.tag == qn("w:tc") and node.getnext() is None:
        return ""
    return _PARTS_OF_A_LINE.get(str(node.tag), "")


def _end_of_paragraph(paragraph: etree._Element) -> str:
    """A new line; in a cell, whose row is one line, a blank between its paragraphs."""
    if next(paragraph.iterancestors(qn("w:tc")), None) is None:
        return "\n"
    return "" if paragraph.getnext() is None else " "


EXTRACTORS: Mapping[str, Callable[[bytes], str]] = {"pdf": pdf, "docx": docx}

if __name__ == "__main__":
    extract_input()
