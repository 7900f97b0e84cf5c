"""Spanish words of injured workers, read as English: "una resonancia de la espalda baja"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from imrsearch.system.package_data import load_toml

_FEWEST_MARKERS = 2
_SPELT = str.maketrans(
    {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]", "n": "[nñ]"}
)
_SPANISH_WORD = re.compile(r"[^\W\d_]+")
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")


def in_english(text: str) -> str:
    """The text with its Spanish words in English; a line with fewer than two telling words
    of Spanish is left alone."""
    return "\n".join(map(_line_in_english, text.split("\n")))


def search_in_english(text: str) -> str:
    """The words of a search in English where one of them is Spanish for a treatment or a body part;
    else as they stand."""
    return _translated(text) if _dictionary().names.search(text) else text


def _line_in_english(line: str) -> str:
    told = set(map(_without_accents, _SPANISH_WORD.findall(line.lower())))
    if len(told.intersection(load_toml("spanish.toml")["markers"])) < _FEWEST_MARKERS:
        return line
    return _translated(line)


def _translated(text: str) -> str:
    known = _dictionary()
    return known.phrases.sub(lambda found: known.english[_without_accents(found[0])], text)


def _without_accents(phrase: str) -> str:
    return " ".join(phrase.lower().translate(_ACCENTS).split())


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """Phrases in English by the Spanish, a pattern of all, and one of what treatments and body
    parts are called."""

    english: Mapping[str, str]
    phrases: re.Pattern[str]
    names: re.Pattern[str]


@cache
def _dictionary() -> _Dictionary:
    told = load_toml("spanish.toml")
    names = _by_phrase(told, "treatments", "body")
    english = names | _by_phrase(told, "decisions", "words")
    return _Dictionary(english, _any_phrase(english), _any_phrase(names))


def _by_phrase(told: Mapping[str, Any], *sections: str) -> dict[str, str]:
    return {
        phrase: english
        for section in sections
        for english, phrases in told[section].items()
        for phrase in phrases
    }


def _any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds whole phrases, the longest first, with or without accents."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spelt = "|".join(one.translate(_SPELT).replace(" ", r"\s{1,3}") for one in longest_first)
    return re.compile(rf"\b(?:{spelt})\b", re.IGNORECASE)
