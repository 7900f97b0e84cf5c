"""Finds the pages of the original PDF on which a quotation stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from imrsearch.letters.pdf import pdf_pages
from imrsearch.system.errors import LetterError, NotFound

_PDF = b"%PDF-"
# Only letters and digits are compared: line breaks, hyphenation and blanks differ.
_NOT_COMPARED = re.compile(r"[\W_]+")
_END = 40
"""Characters at either end that locate a quotation interrupted by a page's footer and header."""
_MOST_KEPT = 40


@dataclass(frozen=True, slots=True)
class Original:
    """The normalized pages of an original, joined; ``starts``: where each begins."""

    text: str
    starts: tuple[int, ...]

    def page_at(self, place: int) -> int:
        """The page, from 1, on which a character of the text stands."""
        return bisect_right(self.starts, place)

    def pages_of(self, quotation: str, after: str) -> tuple[int, int] | None:
        """The first and the last page of a quotation; ``None`` where it is not found.

        ``after``: the letter's text before it, which tells it apart from earlier identical words.
        """
        told, earlier = letters_and_digits(quotation), letters_and_digits(after)
        if not told:
            return None
        before = earlier.count(told)
        whole = _nth(self.text, told, before)
        if whole is not None:
            return self.page_at(whole), self.page_at(whole + len(told) - 1)
        start = _nth(self.text, told[:_END], earlier.count(told[:_END]))
        if start is None:
            return None
        end = self.text.find(told[-_END:], start)
        # Footers and headers are short: a match much later is something else.
        is_near = 0 <= end - start <= 2 * len(told) + 500
        return (self.page_at(start), self.page_at(end + _END - 1)) if is_near else None


def letters_and_digits(text: str) -> str:
    """A text normalized for comparison."""
    return _NOT_COMPARED.sub("", text).lower()


def read_original(data: bytes) -> Original | None:
    """The original's pages; ``None`` if it is not a readable PDF."""
    return _read_original(data) if data.startswith(_PDF) else None


@lru_cache(maxsize=_MOST_KEPT)
def _read_original(data: bytes) -> Original | None:
    try:
        pages = [letters_and_digits(page) for page in pdf_pages(data)]
    except LetterError:
        return None
    starts = accumulate((len(page) for page in pages[:-1]), initial=0)
    return Original("".join(pages), tuple(starts))


def original_or_none(read: Callable[[], bytes]) -> Original | None:
    """The original returned by ``read``, unless it is gone or has changed."""
    try:
        return read_original(read())
    except NotFound:
        return None


def _nth(text: str, wanted: str, number: int) -> int | None:
    """The position of occurrence ``number`` (from 0) of a text, or of the last one."""
    places = [found.start() for found in re.finditer(re.escape(wanted), text)]
    return places[min(number, len(places) - 1)] if places else None


def pages_words(pages: Sequence[int] | None) -> str:
    """Such as "p. 4" or "pp. 4–5"; empty if the pages are unknown."""
    if not pages:
        return ""
    first, last = pages[0], pages[-1]
    return (
        f"p.\N{NO-BREAK SPACE}{first}" if first == last else f"pp.\N{NO-BREAK SPACE}{first}–{last}"
    )
