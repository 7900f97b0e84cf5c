"""Words, stems and sentences: the one place that says what a word is.

Every engine and every highlight uses these functions, so that what is found is what is marked.
Stems are the reference Snowball English stems (PyStemmer); sentences come from NLTK's Punkt with
the field's own abbreviations.
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Stemmer

from imrsearch.resources import PACKAGE

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

# One alternative a line, the more specific first:
#   "50mg" -> "50" + "mg", so that it is also found as "50 mg"
#   "7.5", "3.3.1", "1,000": numbers keep their inner points
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
def _vocabulary(name: str) -> frozenset[str]:
    data = tomllib.loads((PACKAGE / "vocabulary.toml").read_text(encoding="utf-8"))
    return frozenset(data[name].split())


def tokenize(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` in lower case, each with its start and end."""
    for match in _WORD.finditer(text):
        yield match.group().lower().replace("’", "'"), match.start(), match.end()


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case: "L4-5, 50mg" -> l4, 5, 50, mg."""
    return _WORD.findall(text.lower().replace("’", "'"))


def is_stop_word(word: str) -> bool:
    """Whether the word is too common to be searched for unless quoted."""
    return word in _vocabulary("stop_words")


# PyStemmer objects must not be shared between threads.
_local = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; acronyms such as "mtus" stay whole."""
    if word in _vocabulary("protected") or not word.isascii() or any(c.isdigit() for c in word):
        return word
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english", 0)
    return str(_local.stemmer.stemWord(word))


@cache
def _punkt() -> PunktSentenceTokenizer:
    # NLTK takes half a second to import: only where sentences are wanted.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_vocabulary("abbreviations"))
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` as (start, end) pairs, in order, without the blanks between."""
    return [
        (paragraph_start + start, paragraph_start + end)
        for paragraph_start, paragraph in _paragraphs(text)
        for start, end in _punkt().span_tokenize(paragraph)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", text):
        yield match.start(), match.group()
