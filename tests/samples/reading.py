"""The sample letters as text, read in the simplest way that will do."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2

SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = sorted((SAMPLES / "letters").iterdir())
SOURCES = sorted((SAMPLES / "sources").iterdir())


def decoded(path: Path) -> str:
    """A text file's content, its line ends made plain."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text.replace("\r\n", "\n")


def pdf_text(data: bytes | Path) -> str:
    """The text layer of a PDF, pages joined by form feeds."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\f".join(pages).replace("\r\n", "\n")


def letter_text(path: Path) -> str:
    """A letter's text: of a PDF, the source it was made from."""
    return decoded(SAMPLES / "sources" / f"{path.stem}.txt" if path.suffix == ".pdf" else path)


def unwrapped(text: str) -> str:
    """The words of a text with single blanks between."""
    return " ".join(text.split())


def decisions(text: str) -> list[tuple[str, str]]:
    """Each issue's heading and decision, in the eras that print them before the guidelines."""
    found = []
    for heading, following in pairwise(_paragraphs(text)):
        service, _, decision = heading.rpartition(": ")
        if following.startswith("Claims Administrator guideline:"):
            found.append((service, decision))
    return found


def _paragraphs(text: str) -> list[str]:
    if "\n\n \n\n" in text:
        # A text extract: every line is followed by an empty one, a blank one ends the paragraph.
        text = "\n".join(line.strip() for line in text.split("\n") if line)
    # A page break ends a paragraph, save where only the decision word follows.
    text = re.sub(r"\f(?!Upheld|Overturned)", "\n\n", text)
    return [unwrapped(part) for part in re.split(r"\n\s*\n", text) if part.strip()]


# What the form itself says between the parts that a person wrote.
_FORM = re.compile(
    r"(?:Claims Administrator|MAXIMUS) guideline:.*?(?=MAXIMUS guideline|Decision rationale)"
    r"|case file, including all medical records:"
    r"|The Final Determination was based on .*? set forth below:"
    r"|was the original request\.|(?:The Claims Administrator|was) authorized"
    r"|by the Claims Administrator\. The remaining IMR eligible portion of the original request,"
    r"|leaving the original request IMR eligible\. The original request,"
    r"|: (?:Upheld|Overturned)"
)


def runs_of_prose(text: str) -> set[str]:
    """The runs of words in what a person wrote: summary, services and rationales."""
    told = text.partition("CLINICAL CASE SUMMARY")[2] or text
    return {run for part in _FORM.split(unwrapped(told)) for run in runs_of_words(part)}


def runs_of_words(text: str, length: int = 9) -> set[str]:
    """Every run of ``length`` words that stand one after another."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
