"""Spanish words of injured workers, read as English: "una resonancia de la espalda baja"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from imrsearch.system.package_data import load_toml

_FEWEST_MARKERS = 2
_SPELT = str.maketrans(
    {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]", "n": "[nñ]"}
)
_SPANISH_WORD = re.compile(r"[^\W\d_]+")
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")


def in_english(text: str) -> str:
    """The text with its Spanish words in English; a line with hardly any Spanish is left alone."""
    return "\n".join(map(_line_in_english, text.split("\n")))


def search_in_english(text: str) -> str:
    """The words of a search in English where one of them is Spanish for a treatment or a body part;
    else as they stand."""
    return _translated(text) if _any_name().search(text) else text


def _line_in_english(line: str) -> str:
    told = set(map(_without_accents, _SPANISH_WORD.findall(line.lower())))
    if len(told.intersection(load_toml("spanish.toml")["markers"])) < _FEWEST_MARKERS:
        return line
    return _translated(line)


def _translated(text: str) -> str:
    return _spanish_phrases().sub(lambda found: _english()[_without_accents(found[0])], text)


def _without_accents(phrase: str) -> str:
    return " ".join(phrase.lower().translate(_ACCENTS).split())


@cache
def _spanish_phrases() -> re.Pattern[str]:
    return _any_phrase(_english())


@cache
def _any_name() -> re.Pattern[str]:
    told = load_toml("spanish.toml")
    sections = (told["treatments"], told["body"])
    return _any_phrase([one for some in sections for names in some.values() for one in names])


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


def _any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds whole phrases, the longest first, with or without accents."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spelt = "|".join(one.translate(_SPELT).replace(" ", r"\s{1,3}") for one in longest_first)
    return re.compile(rf"\b(?:{spelt})\b", re.IGNORECASE)
