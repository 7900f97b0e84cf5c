"""The guidelines that determinations cite, and the values under which citations are searched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import msgspec

from imrsearch.model import Citation, CitedPlace, Family
from imrsearch.system.package_data import load_toml
from imrsearch.text.fuzzy import FuzzyVocabulary

_NAME_WORD = re.compile(r"[^\W_]+")
# The number of "3-3-9-opioids-for-chronic-pain" is 3-3-9-, of "3-3-9" all; "3-phase-scan" has none.
_SECTION_NUMBER = re.compile(r"(?:\d+(?:-\d+)+(?:-(?=[a-z])|$))?")
_BRAND = re.compile(r"\((?:r|tm)\)")  # "lyrica (r)"; ® and ™ are no letters anyway
_PARENTHESES = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)?\)")

# Words that say nothing in a name: "Manual therapy & manipulation", "manual therapy and …".
SILENT = frozenset({"and", "the"})

FAMILY_WHOLES = ("acoem", "odg")
"""The guidelines that stand for a whole family, whose chapters are guidelines themselves."""


@dataclass(frozen=True, slots=True)
class Guideline:
    """One guideline, or one chapter of a guideline that is cited by chapters.

    ``pages`` is its first and last page where known, a hint unless they are ``pages_certain``.
    ``edition`` tells the ACOEM chapters of 2004 (2) from the ACOEM guidelines since (3). ``short``
    is its label in facets. ``names`` stand for it anywhere, ``context_names`` only where a chapter
    of its family is expected. ``parts``: the body parts of an ODG chapter.
    """

    id: str
    family: Family
    title: str
    short: str
    chapter: int | None = None
    edition: int | None = None
    pages: tuple[int, int] | None = None
    pages_certain: bool = False
    names: tuple[str, ...] = ()
    context_names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@cache
def guideline_data() -> dict[str, Any]:
    """The data file as it is: ``guideline``, ``markers``, ``words``, ``spelling``, ``sections``."""
    return load_toml("guidelines.toml")


@cache
def _by_id() -> dict[str, Guideline]:
    rows = msgspec.convert(guideline_data()["guideline"], tuple[Guideline, ...])
    return {row.id: row for row in rows}


def guideline(id: str) -> Guideline | None:  # noqa: A002 - the catalogue's own word
    """The guideline of this id, ``None`` when there is none."""
    return _by_id().get(id)


def all_guidelines() -> tuple[Guideline, ...]:
    """Every guideline, in the catalogue's order: MTUS, ACOEM by chapter, ODG."""
    return tuple(_by_id().values())


def odg_chapter(part: str) -> Guideline | None:
    """The ODG's chapter of a body part: "Wrist" -> Forearm, Wrist, & Hand."""
    return odg_parts().get(part.lower())


@cache
def odg_parts() -> dict[str, Guideline]:
    """The ODG's chapters by the body parts, in lower case, that tell them."""
    return {part: row for row in all_guidelines() for part in row.parts}


@lru_cache(maxsize=4096)
def section_key(text: str) -> str:
    """What is the same in all spellings of a section's name.

    "Electro-diagnostic testing", "Electrodiagnostic Testing" -> ``electrodiagnostictesting``;
    "and", "&", "the" and the marks of brands are left out.
    """
    return "".join(_section_words(text))


def _section_words(name: str) -> list[str]:
    words = _NAME_WORD.findall(_BRAND.sub("", name.lower()))
    return [word for word in words if word not in SILENT]


@dataclass(frozen=True, slots=True)
class SectionTable:
    """What sections are called: the name of every known one by its key, with and without what
    stands in parentheses, and by its search value; its name by other spellings; and the words that
    names print in capitals, by their small letters (MRI)."""

    by_key: Mapping[str, str]
    by_slug: Mapping[str, str]
    by_other_spelling: Mapping[str, str]
    capitals: Mapping[str, str]
    speller: FuzzyVocabulary


@cache
def _section_table() -> SectionTable:
    data = guideline_data()
    names = [name for group in data["sections"].values() for name in group]
    bare = {section_key(_PARENTHESES.sub("", name)): name for name in names}
    by_key = bare | {section_key(name): name for name in names}
    spellings = data["section_spellings"].items()
    known = (*data["section_titles"]["mtus-opioids"], *by_key.values())
    printed = _NAME_WORD.findall(" ".join((*by_key.values(), *data["words"]["capitals"])))
    return SectionTable(
        by_key,
        by_slug={_slug(name): name for name in known},
        by_other_spelling={section_key(other): name for name, some in spellings for other in some},
        capitals={word.lower(): word for word in printed if word.isupper()},
        speller=FuzzyVocabulary(by_key),
    )


def known_section(text: str) -> str | None:
    """The catalogue's spelling of a section's name, ``None`` when it is not known."""
    return _section_table().by_key.get(section_key(text))


def _slug(name: str) -> str:
    return "-".join(_section_words(name))


def section_value(name: str) -> str:
    """A section as it stands in search values: "Inital Care" -> ``initial-care``.

    Known names, also with one letter wrong, share the value of the catalogue's spelling, and the
    short forms of a name ("MRI") its value. Empty for a name of digits alone, which could be taken
    for a page.
    """
    slug = _slug(name)
    if slug.isdigit():
        return ""
    sections, key = _section_table(), section_key(name)
    if other := sections.by_other_spelling.get(key):
        return _slug(other)
    known = sections.speller.correct(key)
    return _slug(sections.by_key[known]) if known else slug


def cited_places(citation: Citation) -> tuple[CitedPlace, ...]:
    """The places that a citation points to, pages first, each once.

    Empty for a citation that no guideline of the catalogue answers to, or of a guideline at large.
    """
    if citation.guideline is None:
        return ()
    return _cited_places(citation.guideline, citation.pages, citation.sections)


@lru_cache(maxsize=50_000)
def _cited_places(
    guideline: str, pages: tuple[int, ...], sections: tuple[str, ...]
) -> tuple[CitedPlace, ...]:
    places = [CitedPlace(guideline, page=page) for page in pages]
    slugs = filter(None, map(section_value, sections))
    places += [CitedPlace(guideline, section=slug) for slug in slugs]
    return tuple(dict.fromkeys(places))


def place_label(place: CitedPlace) -> str:
    """A place in words: "Chronic Pain Medical Treatment Guidelines, p. 58".

    A place of a guideline that the catalogue does not know is its search value.
    """
    row = guideline(place.guideline)
    if row is None:
        return str(place)
    return row.short if place.is_whole else f"{row.short}, {place_name(place)}"


def place_name(place: CitedPlace) -> str:
    """A place without its guideline: "p. 58", "Manual therapy & manipulation"."""
    if place.page is not None:
        return f"p. {place.page}"
    slug = place.section or ""
    return _section_table().by_slug.get(slug) or _name_of_slug(slug)


def _name_of_slug(slug: str) -> str:
    """The name of a section that the catalogue does not know, as far as its value tells it:
    "3-3-9-use-of-mri" -> 3.3.9 Use of MRI."""
    number = _SECTION_NUMBER.findall(slug)[0]
    words = [_section_table().capitals.get(word, word) for word in slug[len(number) :].split("-")]
    name = " ".join(words)
    return f"{number.strip('-').replace('-', '.')} {name[:1].upper()}{name[1:]}".strip()
