"""With or without contrast: "MRI without contrast" is another service than "MRI with contrast".

"Without" is a common word that no search asks for, so that the one would find the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from imrsearch.catalogue.word_lists import word_lists
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import DisMax, Phrase
from imrsearch.text.phrases import any_phrase
from imrsearch.text.words import words

_SERVICE = ("service",)


def contrast(text: str) -> Iterator[Meaning]:
    """The stretches that ask for a study with contrast or without, as phrases of the service."""
    for found in _said().finditer(text):
        message = f"“{found.group()}” was searched for in the service, in any wording."
        typed = Phrase(tuple(words(found.group())), _SERVICE)
        phrases = dict.fromkeys((typed, *_phrases()[" ".join(found.group().lower().split())]))
        yield Meaning(*found.span(), DisMax(tuple(phrases)), Note("contrast", message))


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])(?:{any_phrase(_phrases())})(?![\w/-])", re.IGNORECASE)


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """Each way to say it, with all phrases that say the same."""
    table = word_lists()["contrast"]
    found: dict[str, tuple[Phrase, ...]] = {}
    for name in ("without", "with"):
        ways = [f"{said} {agent}" for said, agent in product(table[name], table["agents"])]
        found |= dict.fromkeys(ways, tuple(Phrase(tuple(words(one)), _SERVICE) for one in ways))
    return found
