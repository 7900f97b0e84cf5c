"""The text of scanned letters, by the program Tesseract: started only where it is asked for.

pdfium draws each page, Tesseract tells its words with a confidence each. Words of little confidence
are kept in mind, so that the facts that rest on them can be marked as doubtful.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from imrsearch.letters.files import NO_TEXT
from imrsearch.letters.layout import kept_text
from imrsearch.letters.pdf import PrintedLine, PrintedPage, join_pages, opened
from imrsearch.letters.scans import cleaned_picture, despeckled, is_speckled
from imrsearch.letters.tesseract import MAX_SCANNED_PAGES, require_ocr, table_of_words
from imrsearch.model import OcrReading, Span
from imrsearch.system.errors import LetterError

_DOTS_PER_POINT = 300 / 72
# Dots to the point below which strokes are as thin as specks.
_THIN = 180 / 72
_MOST_OF_A_PAGE = 0.5
_MOST_DOTS = 12_000_000  # a letter page at 300 dpi has 8.4 million
# Of words below, one in three is wrong on bad scans; of those above 90, one in some hundred.
_LEAST_CONFIDENCE = 80.0
# The numbers of issues at the heads of lines, as they are misread: "]." for "1.", "1}" for "1)".
_MISREAD_NUMBER = re.compile(r"(?P<number>[\[\]|!l]|\d{1,2})(?P<mark>[.)}\]])")
_CLOSING_MARKS = str.maketrans("}]", "))")
# Stands before a doubtful word until the kept text is made: a character of no meaning by Unicode.
_DOUBT = "\ue000"


@dataclass(frozen=True, slots=True)
class _SeenWord:
    text: str
    line: tuple[str, str, str]
    middle: float
    confidence: float


def scanned_text(data: bytes) -> tuple[str, OcrReading]:
    """The kept text of a scanned PDF, and where its words are doubtful.

    Raises LetterError (``too-many-pages``, ``ocr``, ``damaged``), MissingProgram.
    """
    require_ocr()
    with opened(data, "rendered") as document:
        if len(document) > MAX_SCANNED_PAGES:
            message = f"the scan has {len(document)} pages, more than {MAX_SCANNED_PAGES}"
            raise LetterError("too-many-pages", message)
        drawings = (_drawn(document, number) for number in range(len(document)))
        read = [(_printed_page(_recognised_words(one)), poor) for one, poor in drawings]
    pages = [page for page, _ in read]
    if not any(page.lines for page in pages):
        raise LetterError(NO_TEXT, "text recognition found no words in the scan")
    text, doubtful = _without_doubts(kept_text(join_pages(pages)))
    return text, OcrReading(doubtful, poor=any(poor for _, poor in read))


def _drawn(document: pdfium.PdfDocument, number: int) -> tuple[bytes, bool]:
    """A page as a grey picture (PGM), so fine that its dots stay under the limit, and whether it is
    poor: strokes cannot be told from specks for certain."""
    with closing(document[number]) as page:
        width, height = page.get_size()
        scale = min(_DOTS_PER_POINT, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
        scanned_scale = min(_scale_of_scan(page, width), scale)
        bitmap = page.render(scale=scanned_scale, grayscale=True, may_draw_forms=False)
        scan = bitmap.to_pil().convert("L")
    if speckled := is_speckled(scan):
        scan = despeckled(scan)
    larger = scale / scanned_scale
    size = round(scan.width * larger), round(scan.height * larger)
    grey = cleaned_picture(np.array(scan.resize(size, Image.Resampling.LANCZOS)))
    picture = f"P5 {size[0]} {size[1]} 255\n".encode() + bytes(grey.tobytes())
    return picture, speckled and scanned_scale < _THIN


def _scale_of_scan(page: pdfium.PdfPage, page_width: float) -> float:
    """The dots to the point of the pictures that a page consists of; of another page, no limit."""
    for picture in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,)):
        left, _, right, _ = picture.get_bounds()
        if right - left > _MOST_OF_A_PAGE * page_width:
            return float(max(1, picture.get_px_size()[0]) / (right - left))
    return float("inf")


def _recognised_words(picture: bytes) -> Iterator[_SeenWord]:
    """The words on a picture in reading order, by Tesseract's table of words."""
    for row in csv.DictReader(table_of_words(picture), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").replace(_DOUBT, "").strip()
        if text:
            line = row["block_num"], row["par_num"], row["line_num"]
            middle = int(row["top"]) + int(row["height"]) / 2
            yield _SeenWord(text, line, middle, float(row["conf"]))


def _printed_page(words: Iterable[_SeenWord]) -> PrintedPage:
    """Words as printed lines; heights grow downwards in pictures, upwards in a PDF."""
    lines = []
    for _, some in groupby(words, key=lambda word: word.line):
        line = list(some)
        line[0] = _with_number(line[0])
        text = " ".join(
            f"{_DOUBT}{word.text}" if word.confidence < _LEAST_CONFIDENCE else word.text
            for word in line
        )
        lines.append(PrintedLine(text, -median(word.middle for word in line)))
    return PrintedPage(tuple(lines), begins_bold=False, ends_bold=False)


def _with_number(first: _SeenWord) -> _SeenWord:
    """The first word of a line; a misread number as a number, in doubt."""
    found = _MISREAD_NUMBER.fullmatch(first.text)
    if not found:
        return first
    number = found["number"] if found["number"].isdigit() else "1"
    text = number + found["mark"].translate(_CLOSING_MARKS)
    return first if text == first.text else replace(first, text=text, confidence=0.0)


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
