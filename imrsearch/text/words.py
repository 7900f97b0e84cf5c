"""Words, stems and sentences: the one definition of a word.

All engines and highlights use these functions, so that what is found is what is marked. Stems are
Snowball's for English (PyStemmer); sentences are NLTK's Punkt with the field's abbreviations.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Stemmer

from imrsearch.system.package_data import load_toml

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

# One alternative a line, the more specific first:
#   "50mg" -> "50" + "mg", so that it is also found as "50 mg"
#   "7.5", "3.3.1", "1,000": numbers keep their inner points and commas
#   "patient's", "l4", "x": letters and digits, with an apostrophe inside
_WORD = re.compile(
    r"""
    \d+(?:[.,]\d+)*(?=(?:mg|mcg|ml|gm|g|cm|mm|kg|lbs?)\b)
  | \d+(?:[.,]\d+)+(?![^\W_])
  | [^\W_]+(?:['’][^\W_]+)?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@cache
def _word_list(name: str) -> frozenset[str]:
    data = load_toml("vocabulary.toml")
    return frozenset(data[name].split())


def tokenize(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` in lower case, each with its start and end, from ``start`` on, where a
    word or a blank must begin."""
    for match in _WORD.finditer(text, start):
        yield match.group().lower().replace("’", "'"), match.start(), match.end()


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case: "L4-5, 50mg" -> l4, 5, 50, mg."""
    return _WORD.findall(text.lower().replace("’", "'"))


def is_stop_word(word: str) -> bool:
    """Whether a word is so common that only exact searches match it."""
    return word in _word_list("stop_words")


# PyStemmer objects must not be shared between threads.
_local = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; acronyms such as "mtus" are not stemmed."""
    if word in _word_list("protected") or not word.isascii() or any(c.isdigit() for c in word):
        return word
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english", 0)
    return str(_local.stemmer.stemWord(word))


@cache
def _punkt() -> PunktSentenceTokenizer:
    # Importing NLTK takes half a second, which a search from the shell does not need.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_word_list("abbreviations"))
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` in order, as (start, end) without the blanks between them."""
    return [
        (start + first, start + last)
        for paragraph_start, paragraph in _paragraphs(text)
        for start, piece in _certain_sentences(paragraph, paragraph_start)
        for first, last in _split(piece)
    ]


# A full stop that may end a sentence: "… is denied. The …", not "… vs. conservative …".
_STOP = re.compile(r"\.\s+(?=[A-Z])")
# Any other stop, except the last one of a piece, has to be judged by Punkt.
_ANY_STOP = re.compile(r"[.?!](?=.*\S)", re.DOTALL)


def _certain_sentences(text: str, at: int) -> Iterator[tuple[int, str]]:
    """The text split where a sentence certainly ends, each piece with its offset plus ``at``.

    Punkt is slow. After a full stop that follows a plain word, not an abbreviation, it always
    begins a new sentence at a capital letter, so it need not be called there.
    """
    done = 0
    abbreviations = _word_list("abbreviations")
    for stop in _STOP.finditer(text):
        word = text[text.rfind(" ", 0, stop.start()) + 1 : stop.start()]
        if len(word) > 1 and word.isalpha() and word.lower() not in abbreviations:
            yield at + done, text[done : stop.start() + 1]
            done = stop.end()
    yield at + done, text[done:]


def _split(piece: str) -> list[tuple[int, int]]:
    if _ANY_STOP.search(piece):
        return list(_punkt().span_tokenize(piece))
    return [(0, len(piece.rstrip()))] if piece.strip() else []


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n\n"):
        inner = paragraph.lstrip("\n")
        if inner:
            yield start + len(paragraph) - len(inner), inner
        start += len(paragraph) + len("\n\n")
