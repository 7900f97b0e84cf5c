"""Typesets the text of a letter as a PDF that looks like a published determination.

``python -m samples.press TEXT [PDF]`` writes one PDF; several are made by
``python -m samples.press --all`` (every text under ``samples/sources``).
The same text always gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from fpdf import FPDF

FOLDER = Path(__file__).parent
LEFT, RIGHT, TOP, BOTTOM = 72.0, 540.0, 97.0, 720.0
LEADING = 13.8
SIZE = 12
AFTER_HEADING = 20.4

# Reading order of the real table: row by row, the split label "Application / Received:" last.
# (label lines, x of the label, x of the value, first baseline)
FIELDS = (
    (("Case Number:",), 72.0, 179.4, 103.7),
    (("Date Assigned:",), 72.0, 179.4, 116.8),
    (("Date of Injury:",), 328.9, 426.8, 116.8),
    (("Decision Date:",), 72.0, 179.4, 130.0),
    (("UR Denial Date:",), 328.9, 426.8, 130.0),
    (("Priority:",), 72.0, 179.4, 143.1),
    (("Application", "Received:"), 328.9, 426.8, 143.1),
)
COLUMNS = (67.0, 174.0, 323.5, 421.5, 545.0)
ROWS = (93.5, 106.6, 119.7, 132.8, 158.5)
# The cells of the labels, and the empty one beside the case number: left, right, top, bottom.
SHADED = (
    (COLUMNS[0], COLUMNS[1], ROWS[0], ROWS[-1]),
    (COLUMNS[2], COLUMNS[4], ROWS[0], ROWS[1]),
    (COLUMNS[2], COLUMNS[3], ROWS[1], ROWS[-1]),
)
FIRST_LINE_UNDER_FIELDS = 183.6

# "Claims Administrator guideline: Decision based on ..." -> the label alone is bold.
_LABEL = re.compile(r"(Claims Administrator guideline|MAXIMUS guideline|Decision rationale):")
# "TENS unit: Upheld", "... six visits is: Overturned" -> the whole paragraph is bold.
_SERVICE = re.compile(r":\s*(Upheld|Overturned)$")
# The credentials stand one to a line; other lines run together.
_OWN_LINE = re.compile(r"\n(?=State\(s\) of Licensure:|Certification\(s\)/Specialty:)")


def typeset(text: str) -> bytes:
    """The PDF of a letter's text: paragraphs by blank lines, forced page breaks by form feeds."""
    sheet = _Sheet()
    fields, body = _split_fields(text.replace("\r\n", "\n"))
    if fields:
        sheet.draw_fields(fields)
    for number, page in enumerate(body.split("\f")):
        if number:
            sheet.turn()
        for paragraph in _paragraphs(page):
            sheet.write(paragraph)
    return bytes(sheet.pdf.output())


def press_all() -> list[Path]:
    """Makes the PDF of every text under ``samples/sources`` in ``samples/letters``."""
    made = []
    for source in sorted((FOLDER / "sources").glob("*.txt")):
        target = FOLDER / "letters" / f"{source.stem}.pdf"
        target.write_bytes(typeset(source.read_text(encoding="utf-8")))
        made.append(target)
    return made


def _split_fields(text: str) -> tuple[dict[str, str], str]:
    """The values of the field block by label, and what follows the block."""
    head, found, _ = text.partition("HOW THE IMR FINAL DETERMINATION WAS MADE")
    if not found or not head.lstrip().startswith("Case Number:"):
        return {}, text
    # "Priority: Standard Application\nReceived:\n11/03/2016" -> Standard, 11/03/2016
    fields = {
        " ".join(lines): match[1]
        for lines, *_ in FIELDS
        if (match := re.search(r"\s+".join(map(re.escape, lines)) + r"\s*(\S+)", head))
    }
    return fields, text[len(head) :]


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        if paragraph.strip():
            yield paragraph.strip()


@cache
def _ruler() -> FPDF:
    return _blank()


@cache
def _width(word: str, style: str) -> float:
    ruler = _ruler()
    ruler.set_font("Times", style, SIZE)
    return float(ruler.get_string_width(word))


def _blank() -> FPDF:
    pdf = FPDF(unit="pt", format="letter")
    # An empty document's default font encoding lacks curly quotes and dashes.
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(datetime(2017, 1, 1, tzinfo=UTC))
    pdf.set_producer("samples.press")
    pdf.add_page()
    return pdf


class _Sheet:
    """A document in the making: the page at hand and the next line's baseline on it."""

    def __init__(self) -> None:
        self.pdf = _blank()
        self.y = TOP

    def turn(self) -> None:
        """Begins a new page."""
        self.pdf.add_page()
        self.y = TOP

    def draw_fields(self, fields: dict[str, str]) -> None:
        """The two-column table of case number, dates and priority."""
        self._draw_grid()
        for lines, label_x, value_x, baseline in FIELDS:
            self.pdf.set_font("Helvetica", "B", 11)
            for row, line in enumerate(lines):
                self.pdf.text(label_x, baseline + 12.7 * row, line)
            self.pdf.set_font("Helvetica", "", 11)
            self.pdf.text(value_x, baseline, fields.get(" ".join(lines), ""))
        self.y = FIRST_LINE_UNDER_FIELDS

    def _draw_grid(self) -> None:
        self.pdf.set_fill_color(224)
        for left, right, top, bottom in SHADED:
            self.pdf.rect(left, top, right - left, bottom - top, style="F")
        self.pdf.set_line_width(0.7)
        for y in ROWS:
            self.pdf.line(COLUMNS[0], y, COLUMNS[-1], y)
        for x in COLUMNS:
            # Beside the case number the right half is one shaded cell.
            top = ROWS[1] if x == COLUMNS[3] else ROWS[0]
            self.pdf.line(x, top, x, ROWS[-1])

    def write(self, paragraph: str) -> None:
        """One paragraph, its headings and labels bold, and the blank line after it."""
        lines = paragraph.split("\n")
        while lines and lines[0].isupper():
            self._write_heading(lines.pop(0).strip())
        for part in _OWN_LINE.split("\n".join(lines)):
            self._write_text(" ".join(part.split()))
        if lines:
            self.y += LEADING

    def _write_heading(self, heading: str) -> None:
        width = sum(_width(word, "B") for word in re.split("( )", heading))
        self._put([(heading, "B")], (LEFT + RIGHT - width) / 2)
        self.y += AFTER_HEADING - LEADING

    def _write_text(self, text: str) -> None:
        label = _LABEL.match(text)
        bold = len(text) if _SERVICE.search(text) else label.end() if label else 0
        for line in _lines(text, bold):
            self._put(line, LEFT)

    def _put(self, runs: list[tuple[str, str]], x: float) -> None:
        if self.y > BOTTOM:
            self.turn()
        for text, style in runs:
            self.pdf.set_font("Times", style, SIZE)
            self.pdf.text(x, self.y, text.encode("cp1252", "replace").decode("cp1252"))
            x += sum(_width(word, style) for word in re.split("( )", text))
        self.y += LEADING


def _lines(text: str, bold: int) -> Iterator[list[tuple[str, str]]]:
    """The lines of a text, each as runs of one style; the first ``bold`` characters are bold."""
    start, end, width = 0, 0, 0.0
    for word in re.finditer(r"\S+ ?", text):
        style = "B" if word.start() < bold else ""
        step = _width(word[0], style)
        if width + _width(word[0].rstrip(), style) > RIGHT - LEFT and end > start:
            yield _runs(text, start, end, bold)
            start, width = end, 0.0
        end, width = word.end(), width + step
    if end > start:
        yield _runs(text, start, end, bold)


def _runs(text: str, start: int, end: int, bold: int) -> list[tuple[str, str]]:
    middle = min(max(start, bold), end)
    runs = [(text[start:middle], "B"), (text[middle:end], "")]
    return [(run, style) for run, style in runs if run]


def main(arguments: list[str]) -> int:
    """``TEXT [PDF]`` or ``--all``; prints the files made."""
    if arguments == ["--all"]:
        print(*press_all(), sep="\n")
        return 0
    if not 1 <= len(arguments) <= 2:
        print("Usage: python -m samples.press TEXT [PDF] | --all", file=sys.stderr)
        return 2
    source = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) == 2 else source.with_suffix(".pdf")
    target.write_bytes(typeset(source.read_text(encoding="utf-8")))
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
