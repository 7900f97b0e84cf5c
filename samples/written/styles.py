"""A letter's paragraphs as raw text, in the ways in which extractors print them."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence

Style = Callable[[Sequence[str], random.Random], str]
_PAGE_LINES = 42


def wrapped(paragraphs: Sequence[str], chance: random.Random) -> str:
    """Lines of some width, paragraphs an empty line apart."""
    width = chance.randrange(76, 104)
    return "\n\n".join("\n".join(_lines(part, width)) for part in paragraphs) + "\n"


def one_line(paragraphs: Sequence[str], _chance: random.Random) -> str:
    """A paragraph a line, as editors keep them."""
    return "\n\n".join(paragraphs) + "\n"


def doubled(paragraphs: Sequence[str], chance: random.Random) -> str:
    """The public text extracts: an empty line after each, a blank one after paragraphs."""
    width = chance.randrange(84, 104)
    return " \n\n".join(
        "".join(f"{line} \n\n" for line in _lines(part, width)) for part in paragraphs
    )


def paged(paragraphs: Sequence[str], chance: random.Random) -> str:
    """Wrapped, with form feeds every so many lines, wherever they fall."""
    lines = wrapped(paragraphs, chance).split("\n")
    pages = [lines[at : at + _PAGE_LINES] for at in range(0, len(lines), _PAGE_LINES)]
    return "\n\f".join("\n".join(page) for page in pages)


def crowded(paragraphs: Sequence[str], chance: random.Random) -> str:
    """Without the empty lines between paragraphs, as fast extractors print."""
    width = chance.randrange(84, 104)
    return "\n".join(line for part in paragraphs for line in _lines(part, width)) + "\n"


def indented(paragraphs: Sequence[str], chance: random.Random) -> str:
    """As layout extractors print: a margin of blanks, runs of blanks, DOS line ends."""
    lines = wrapped(paragraphs, chance).split("\n")
    margin = " " * chance.randrange(3, 12)
    return "\r\n".join(f"{margin}{line.replace('. ', '.  ')}" if line else "" for line in lines)


STYLES: tuple[Style, ...] = (wrapped, one_line, doubled, paged, crowded, indented)


def _lines(paragraph: str, width: int) -> list[str]:
    return [
        line
        for part in paragraph.split("\n")
        for line in textwrap.wrap(part, width, break_on_hyphens=False, break_long_words=False)
    ]
