"""The word lists of ``word_lists.toml`` and ``misspellings.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.system.package_data import load_toml


@cache
def word_lists() -> dict[str, Any]:
    """The tables of the file, not to be changed."""
    return load_toml("word_lists.toml")


@cache
def decision_words() -> Mapping[str, str]:
    """The decision that each word of outcome means: "granted" means "overturned"."""
    table = word_lists()["decisions"]
    return {word: decision for decision in (OVERTURNED, UPHELD) for word in table[decision]}


@cache
def time_words() -> Mapping[str, str]:
    """The bound that each word of time sets: "since" means "from"."""
    table = word_lists()["numbers"]["time"]
    return {word: bound for bound, words in table.items() for word in words}


@cache
def bounds() -> Mapping[str, str]:
    """The bound that each word or sign sets to a number: "more than" and ">" mean "above"."""
    table = word_lists()["numbers"]
    names = ("above", "from", "below", "to", "equal", "between")
    return {**{word: bound for bound in names for word in table.get(bound, ())}, **time_words()}


@cache
def misspellings() -> Mapping[str, str]:
    """The word that each common misspelling means (``misspellings.toml``)."""
    table = load_toml("misspellings.toml")
    return {written: word for word, many in table.items() for written in many}


@cache
def misspelt() -> re.Pattern[str]:
    """Finds the misspellings. A line of numbers holds none: seventy words are not tried at each."""
    return re.compile(rf"\b(?=[a-z])(?:{'|'.join(misspellings())})\b", re.IGNORECASE)


@cache
def request_cue() -> re.Pattern[str]:
    """Matches a text that ends with words of request: "her doctor wants an"."""
    cues = "|".join(map(re.escape, word_lists()["requests"]["cues"]))
    return re.compile(rf"\b(?:{cues})\s+(?:an?|the|more|further|additional)?\s*$", re.IGNORECASE)


@cache
def circumstance_cue() -> re.Pattern[str]:
    """Matches a text that ends so that what follows is circumstance: "after six weeks of"."""
    table = word_lists()["circumstances"]
    cues, between = ("|".join(map(re.escape, table[key])) for key in ("cues", "between"))
    some = rf"(?:(?:{between}|\d+)\s+)*"
    noun = r"(?:(?:an?|the|her|his|my|their)\s+(?:[\w-]+\s+){1,3})?"  # "before a low risk"
    with_it = rf"(?<!sessions )(?<!visits )(?<!treatment )with\s+{some}"
    return re.compile(rf"(?<!\w)(?:(?:{cues})\s+(?:{some}|{noun})|{with_it})$", re.IGNORECASE)


def operation_words(before: str) -> tuple[str, ...]:
    """What is said instead of "before surgery" or "after surgery", by the text ``before`` it."""
    table = word_lists()["circumstances"]
    for when, cues in table["operation_cues"].items():
        if re.search(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, cues))})\b[^.;]{{0,30}}$", before, re.IGNORECASE
        ):
            return tuple(table["operation"][when])
    return ()


@cache
def people() -> frozenset[str]:
    """Names of those who treat, which also stand for what they do: "chiropractor"."""
    return frozenset(word_lists()["circumstances"]["people"])


@cache
def glue() -> frozenset[str]:
    """Common words that nobody misses in a search."""
    return frozenset(word_lists()["glue"]["words"].split())


@cache
def fillers() -> frozenset[str]:
    """Words that nothing hangs on in questions and told stories."""
    return frozenset(word_lists()["fillers"]["words"].split())
