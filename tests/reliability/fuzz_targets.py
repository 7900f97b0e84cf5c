"""What strangers send, to whatever reads it: a broken promise is an exception of any other kind."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from imrsearch.letters.archives import members, read_member
from imrsearch.letters.layout import decode, kept_text
from imrsearch.letters.letter import check_facts
from imrsearch.letters.parse import parse
from imrsearch.letters.pdf import pdf_text
from imrsearch.query.concepts import Concepts
from imrsearch.query.parser import ParseOptions, read
from imrsearch.query.recognize_citations import Citations
from imrsearch.query.recognize_patterns import cases, decision_meanings, numbers
from imrsearch.search.pasted.reading import read_text
from imrsearch.search.pasted.redact import redacted
from imrsearch.system.errors import LetterError
from tests.query.words import VOCABULARY

_RECOGNISERS = (cases, Citations(VOCABULARY), decision_meanings, numbers, Concepts(VOCABULARY))


def letter(data: bytes) -> None:
    """A letter's text gives facts that can be kept, or is none; whatever it says."""
    try:
        determination = parse(kept_text(decode(data)), "CM16-0000901.txt")
    except LetterError:
        return
    check_facts(determination)


def query(data: bytes) -> None:
    """Every search is read, and what it was read as is read again."""
    text = data.decode("utf-8", errors="replace")
    once = read(text, VOCABULARY, ways=ParseOptions(_RECOGNISERS, match="most"))
    read(once.read_as, VOCABULARY)


def pasted(data: bytes) -> None:
    """Requests are read out of every pasted text, and what is shown of it is redacted."""
    text = data.decode("utf-8", errors="replace")
    read_text(text)
    redacted(text)


def archive(data: bytes) -> None:
    """An archive gives its letters, or says why not."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file, suppress(LetterError):
        file.write(data)
        file.flush()
        for name, _ in members(Path(file.name)):
            with suppress(LetterError):
                read_member(Path(file.name), name, 1 << 20)


def pdf(data: bytes) -> None:
    """A PDF gives its text, or says why not."""
    with suppress(LetterError):
        pdf_text(data, max_pages=20)


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (letter, query, pasted, archive, pdf)
}
