"""With or without contrast: "MRI without contrast" is another service than "MRI with contrast".

"Without" is a common word that no search asks for, so that the one would find the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    pattern, phrases = _contrasts()
    for found in pattern.finditer(text):
        message = f"“{found.group()}” was searched for in the service, in any wording."
        typed = Phrase(tuple(words(found.group())), _SERVICE)
        alike = dict.fromkeys((typed, *phrases[" ".join(found.group().lower().split())]))
        yield Meaning(*found.span(), DisMax(tuple(alike)), Note("contrast", message))


@cache
def _contrasts() -> tuple[re.Pattern[str], Mapping[str, tuple[Phrase, ...]]]:
    """A pattern of all ways to say it, and each way with all phrases that say the same."""
    table = word_lists()["contrast"]
    found: dict[str, tuple[Phrase, ...]] = {}
    for name in ("without", "with"):
        ways = [f"{said} {agent}" for said, agent in product(table[name], table["agents"])]
        found |= dict.fromkeys(ways, tuple(Phrase(tuple(words(one)), _SERVICE) for one in ways))
    return re.compile(rf"(?<![\w/-])(?:{any_phrase(found)})(?![\w/-])", re.IGNORECASE), found
