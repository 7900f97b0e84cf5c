"""The text of scanned letters, by the program Tesseract: started only where it is asked for.

pdfium draws each page, Tesseract tells its words with a confidence each. Words of little confidence
are kept in mind, so that the facts that rest on them can be marked as doubtful.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import pypdfium2 as pdfium

from imrsearch.errors import LetterError, MissingProgram
from imrsearch.letters.files import NO_TEXT
from imrsearch.letters.layout import kept_text
from imrsearch.letters.pdf import PrintedLine, PrintedPage, join_pages, opened
from imrsearch.letters.scans import cleaned
from imrsearch.model import OcrReading, Span

PROGRAM = "tesseract"
MAX_SCANNED_PAGES = 40
"""The longest scan that is read: four times the longest letter measured."""
PAGE_SECONDS = 60
"""Processor time for one page; a letter's page takes two or three seconds."""
_PAGE_MEMORY = 1 << 30
_DOTS_PER_POINT = 300 / 72
_MOST_DOTS = 12_000_000  # a letter page at 300 dpi has 8.4 million
# Words below are wrong more often than not; of those above 90, one in some hundred.
_LEAST_CONFIDENCE = 60.0
# Stands before a doubtful word until the kept text is made: a character of no meaning by Unicode.
_DOUBT = "\ue000"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    line: tuple[str, str, str]
    middle: float
    confidence: float


def require_ocr() -> None:
    """Raise MissingProgram where Tesseract is not installed."""
    if shutil.which(PROGRAM) is None:
        raise MissingProgram("Reading scans", PROGRAM, "apt-get install tesseract-ocr")


def scanned_text(data: bytes) -> tuple[str, OcrReading]:
    """The kept text of a scanned PDF, and where its words are doubtful.

    Raises LetterError (``too-many-pages``, ``ocr``, ``damaged``), MissingProgram.
    """
    require_ocr()
    document = opened(data)
    try:
        if len(document) > MAX_SCANNED_PAGES:
            message = f"the scan has {len(document)} pages, more than {MAX_SCANNED_PAGES}"
            raise LetterError("too-many-pages", message)
        pages = [_page(_words(_drawn(document, number))) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise LetterError("damaged", f"a page of the PDF cannot be drawn ({error})") from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise LetterError(NO_TEXT, "text recognition finds no words on the scan")
    text, doubtful = _without_doubts(kept_text(join_pages(pages)))
    return text, OcrReading(doubtful)


def _drawn(document: pdfium.PdfDocument, number: int) -> bytes:
    """A page as a grey picture (PGM), so fine that its dots stay under the limit."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(_DOTS_PER_POINT, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    finally:
        page.close()
    grey = cleaned(grey)
    return f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + bytes(grey.tobytes())


def _words(picture: bytes) -> Iterator[_Word]:
    """The words on a picture in reading order, by Tesseract's table of words."""
    for row in csv.DictReader(_recognised(picture), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").replace(_DOUBT, "").strip()
        if text:
            line = row["block_num"], row["par_num"], row["line_num"]
            middle = int(row["top"]) + int(row["height"]) / 2
            yield _Word(text, line, middle, float(row["conf"]))


def _recognised(picture: bytes) -> list[str]:
    """The lines of Tesseract's table, made within bounds of processor time and memory."""
    process = subprocess.Popen(
        [PROGRAM, "stdin", "stdout", "-l", "eng", "--psm", "4", "tsv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # One thread: the cores are busy with other letters.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (PAGE_SECONDS, PAGE_SECONDS))
    resource.prlimit(process.pid, resource.RLIMIT_AS, (_PAGE_MEMORY, _PAGE_MEMORY))
    table, _ = process.communicate(picture)
    if process.returncode:
        raise LetterError("ocr", "text recognition failed, or took too much time or memory")
    return table.decode("utf-8", errors="replace").split("\n")


def _page(words: Iterable[_Word]) -> PrintedPage:
    """Words as printed lines; heights grow downwards in pictures, upwards in a PDF."""
    lines = []
    for _, some in groupby(words, key=lambda word: word.line):
        line = list(some)
        text = " ".join(_doubted(word) for word in line)
        lines.append(PrintedLine(text, -median(word.middle for word in line)))
    return PrintedPage(tuple(lines), begins_bold=False, ends_bold=False)


def _doubted(word: _Word) -> str:
    return f"{_DOUBT}{word.text}" if word.confidence < _LEAST_CONFIDENCE else word.text


def _without_doubts(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without the marks of doubt, and the words that they stood before."""
    pieces, spans, length = [], [], 0
    for number, piece in enumerate(text.split(_DOUBT)):
        if number:
            word = re.match(r"\S*", piece)
            spans.append(Span(length, length + (word.end() if word else 0)))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(spans)
