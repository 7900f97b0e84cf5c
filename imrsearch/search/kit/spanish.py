"""Spanish words of injured workers, read as English: "una resonancia de la espalda baja"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from imrsearch.system.package_data import load_toml

_FEWEST = 2
_SPELT = str.maketrans(
    {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]", "n": "[nñ]"}
)
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")


def in_english(text: str) -> str:
    """The text with its Spanish words in English; a line with hardly any Spanish is left alone."""
    return "\n".join(map(_line_in_english, text.split("\n")))


def _line_in_english(line: str) -> str:
    if len({found.lower() for found in _markers().findall(line)}) < _FEWEST:
        return line
    return _phrases().sub(lambda found: _english()[_plain(found[0])], line)


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().translate(_ACCENTS).split())


@cache
def _markers() -> re.Pattern[str]:
    return _any_of(load_toml("spanish.toml")["markers"])


@cache
def _phrases() -> re.Pattern[str]:
    return _any_of(_english())


@cache
def _english() -> Mapping[str, str]:
    told = load_toml("spanish.toml")
    sections = (told[name] for name in ("treatments", "body", "decisions", "words"))
    return {
        phrase: english
        for section in sections
        for english, phrases in section.items()
        for phrase in phrases
    }


def _any_of(phrases: Mapping[str, str] | list[str]) -> re.Pattern[str]:
    """Finds whole phrases, the longest first, with or without accents."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spelt = "|".join(one.translate(_SPELT).replace(" ", r"\s{1,3}") for one in longest_first)
    return re.compile(rf"\b(?:{spelt})\b", re.IGNORECASE)
