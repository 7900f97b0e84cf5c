"""Words, stems and sentences: the one definition of a word.

All engines and highlights use these functions, so that exactly what is found is highlighted. Stems
are Snowball's for English (PyStemmer); sentences are NLTK's Punkt with the field's abbreviations.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Stemmer

from imrsearch.system.package_data import load_toml

Stretch = tuple[int, int]
"""A place in a text: ``text[start:end]``."""

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

# One alternative a line, the more specific first:
#   "50mg" -> "50" + "mg", so that it is also found as "50 mg"
#   "7.5", "3.3.1", "1,000": numbers keep their inner points and commas
#   "patient's", "l4", "x": letters and digits, with an apostrophe inside
_WORD_FORMS = re.compile(
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


def lowered(text: str) -> str:
    """``text`` in lower case with straight apostrophes, every character at its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.replace("’", "'")


def tokenize(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` in lower case, each with its start and end, from ``start`` on, where a
    word or a blank must begin."""
    for match in _WORD_FORMS.finditer(text, start):
        yield match.group().lower().replace("’", "'"), match.start(), match.end()


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case: "L4-5, 50mg" -> l4, 5, 50, mg."""
    return _WORD_FORMS.findall(text.lower().replace("’", "'"))


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
    # NLTK takes nearly as long to load as all else of a search from the shell: 0.20 s.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_word_list("abbreviations"))
    punkt = PunktSentenceTokenizer(parameters)
    # Cached by word, stop and next word: broken texts repeat the same ones.
    punkt.text_contains_sentbreak = lru_cache(maxsize=1024)(punkt.text_contains_sentbreak)
    return punkt


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` in order, as (start, end) without the blanks between them."""
    found: list[tuple[int, int]] = []
    for paragraph_start, paragraph in _paragraphs(text):
        for start, piece, is_certain in _certain_pieces(paragraph, paragraph_start):
            if not is_certain:
                spans = _punkt().span_tokenize(piece)
                found += ((start + first, start + last) for first, last in spans)
            elif piece.strip():
                found.append((start, start + len(piece.rstrip())))
    return found


# What ends a word for Punkt, what of that may close a sentence, and what may open the next one.
_AFTER_A_STOP = r")\";}\]*:@'({\[‘’“”«»"
_NO_WORD = rf"{_AFTER_A_STOP}?!"
_CLOSING = r"\"')\]}‘’“”«»"
_OPENING = frozenset("([{\"'“‘#$-")
_BLANKS = r" \t\n\r\f\v"
# A stop at the end of the text, one before a blank and another word ("… is denied.) The …"), one
# before the rest of a word ("etc.),"), or one that only Punkt can judge ("what?!").
_STOP = re.compile(
    rf"[.?!](?:[{_CLOSING}]*\s*\Z"
    rf"|(?P<closing>[{_CLOSING}]*)(?P<blank>[{_BLANKS}]+)(?=(?P<next>\S\S?))"
    rf"|(?=(?P<rest>[{_AFTER_A_STOP}])[^\s.?!-]*(?:\s|\Z))"
    rf"|(?=[{_NO_WORD}]))"
)
_OTHER_BLANK = re.compile(rf"[^\S{_BLANKS}]")
_LONGEST_WORD = 60
_LAST_WORD = re.compile(rf"[‘’“”«»']?[^{_NO_WORD}]*\Z")
_STANDS_ALONE = "`&#-,"  # before a word
_NUMBER = re.compile(r"[.,]?\d[\d,.-]*")
# Words that Punkt takes apart in ways of its own: "what?!", "etc...", "end.)x".
_ODD = re.compile(rf"\.\.|--|[?!]|\.\Z|\.[{_NO_WORD}]")
_STOP_INSIDE = re.compile(rf"\S*?(?:[?!]\S|\.[{_NO_WORD},-])")


def _certain_pieces(text: str, at: int) -> Iterator[tuple[int, str, bool]]:
    """The text split where a sentence certainly ends: each piece with its offset plus ``at``, and
    whether it is certainly one sentence.

    Punkt is slow, and loading it takes as long as reading a hundred letters. Its decision on most
    stops is obvious.
    """
    if not text.isascii() and _OTHER_BLANK.search(text):
        yield at, text, False
        return
    done, is_certain = 0, True
    for stop in _STOP.finditer(text):
        ends = _ends_sentence(text, stop)
        if ends and (is_certain or stop["blank"]):  # Punkt looks as far as the next blank
            end = stop.start("blank") if stop["blank"] else stop.end()
            yield at + done, text[done:end], is_certain
            done, is_certain = stop.end(), True
        is_certain = is_certain and ends is not None
    yield at + done, text[done:], is_certain


def _ends_sentence(text: str, stop: re.Match[str]) -> bool | None:
    """Whether Punkt, which is told abbreviations alone, ends a sentence here; ``None``: ask it."""
    if not (stop["blank"] or stop["rest"]):
        return False if stop.end() == len(text) else None
    at = stop.start()
    before = text[max(0, at - _LONGEST_WORD) : at]
    printed = before.rsplit(None, 1)[-1] if before[-1:].strip() else ""
    following = "" if stop["closing"] else stop["next"] or ""
    if len(printed) == _LONGEST_WORD or _ODD.search(printed) or not _begins_word(following):
        return None
    if not printed:
        return None if before.rstrip()[-1:] in ".?!" else True
    if text[at] != ".":
        return True
    ends = _ends_after(printed, stop["rest"] or following[:1])
    inside = ends is False and following and _STOP_INSIDE.match(text, stop.end())
    return None if inside else ends


def _begins_word(following: str) -> bool:
    """Whether no word follows, one by itself, or one after an opening mark."""
    return (
        not following
        or following[0].isalnum()
        or (following[0] in _OPENING and following[-1].isalnum())
    )


def _ends_after(printed: str, following: str) -> bool:
    """Whether a full stop after this word ends a sentence, by the character that follows."""
    last = _LAST_WORD.search(printed)
    word = last.group().lstrip(_STANDS_ALONE) if last else ""
    if word.lower().rpartition("-")[2] in _word_list("abbreviations"):
        return False
    goes_on = following.islower() or following in (":", ";")
    if len(word) == 1 and (word.isalpha() or word == "_"):  # an initial
        return not (goes_on or following.isupper())
    return not (goes_on and _NUMBER.fullmatch(word))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n\n"):
        inner = paragraph.lstrip("\n")
        if inner:
            yield start + len(paragraph) - len(inner), inner
        start += len(paragraph) + len("\n\n")
