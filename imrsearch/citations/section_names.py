"""The sections of a guideline that a citation names, taken apart where they are parted.

A comma parts two sections, or stands inside the name of one ("NSAIDs, GI symptoms &
cardiovascular risk"): the catalogue's known names decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice

from imrsearch.catalogue.guidelines import guideline_data, known_section, section_key

MAX_COMMAS = 5  # inside one known name
MAX_SECTIONS = 200  # a longer list is no list of sections

# "3.3.1.1 Opioids for Chronic Pain …": the Opioids guideline numbers its sections, and each name
# goes on, commas and all, to the next number.
_NUMBERED_NAME = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_NEXT_NUMBERED = re.compile(r"[,;]\s+(?:and\s+)?(?=\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z])")

_LEADING_AND = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_AND_BETWEEN = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)

_EDGES = " \t\r\n.,;:-\u2010\u2011\u2012\u2013\u2014/"


def split_section_names(text: str, listed: bool) -> tuple[str, ...]:
    """The section names in ``text``, as printed but for blanks and the punctuation around.

    In a list that the letter announces (``listed``: "Section(s): …") every comma parts unless it
    belongs to a known name. Elsewhere only known names are parted, and what lies between them
    stays whole.
    """
    names: list[str] = []
    for part in _parts(text, ";"):
        if _NUMBERED_NAME.match(part.strip(_EDGES)):
            names.extend(_NEXT_NUMBERED.split(part))
        else:
            names.extend(_by_commas(_parts(part, ","), listed))
    cleaned = (tidied for name in names if (tidied := tidy(name)))
    return tuple(islice(dict.fromkeys(cleaned), MAX_SECTIONS))


def tidy(text: str) -> str:
    """A name without the blanks, punctuation and parentheses around it."""
    name = " ".join(text.split()).lstrip(_EDGES + ")").rstrip(_EDGES + "(")
    name = _LEADING_AND.sub("", name)
    while _is_parenthesised(name):
        name = name[1:-1].strip(_EDGES)
    return name if any(letter.isalnum() for letter in name) else ""


def _is_parenthesised(name: str) -> bool:
    """Whether one pair of parentheses holds the whole name: "(MRI)", not "(a) and (b)"."""
    depths = list(accumulate((letter == "(") - (letter == ")") for letter in name))
    return name.startswith("(") and depths[-1] == 0 and 0 not in depths[:-1]


def _parts(text: str, mark: str) -> list[str]:
    """``text`` cut at every ``mark`` that stands outside parentheses."""
    balanced = text.count("(") == text.count(")")
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"[()\[\]{mark}]", text):
        letter = found.group()
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(depth - 1, 0)
        elif depth == 0 or not balanced:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _by_commas(segments: list[str], listed: bool) -> Iterator[str]:
    """Segments between commas, put together where they make a known name."""
    segments = list(_parted_at_and(segments))
    unknown: list[str] = []
    place = 0
    while place < len(segments):
        count = _known_length(segments, place)
        if count or listed:
            yield ",".join(unknown)
            yield ",".join(segments[place : place + (count or 1)])
            unknown = []
        else:
            unknown.append(segments[place])
        place += count or 1
    yield ",".join(unknown)


def _parted_at_and(segments: list[str]) -> Iterator[str]:
    """Segments cut at an "and" between two known names: "Special Studies and Initial Care"."""
    for place, segment in enumerate(segments):
        following = segments[place + 1 : place + 1 + MAX_COMMAS]
        whole = _known_length([segment, *following], 0)
        for joint in () if whole else _AND_BETWEEN.finditer(segment[:300]):
            first, second = segment[: joint.start()], segment[joint.end() :]
            if known_section(first) and _known_length([second, *following], 0):
                yield first
                segment = second
                break
        yield segment


def _known_length(segments: list[str], place: int) -> int:
    """How many segments from ``place`` on make up a known name, the most possible; 0 for none."""
    if section_key(segments[place]) in _beginnings():
        for count in range(MAX_COMMAS + 1, 1, -1):
            if known_section(",".join(segments[place : place + count])):
                return count
    return 1 if known_section(segments[place]) else 0


@cache
def _beginnings() -> frozenset[str]:
    """The keys of what stands before the first comma of a known name."""
    names = (name for group in guideline_data()["sections"].values() for name in group)
    return frozenset(section_key(_parts(name, ",")[0]) for name in names if "," in name)
