"""Tokenize: what in a guideline statement may name a guideline, each token with its place.

Names come from the catalogue and are matched word by word, the longest first, whatever the case,
commas, dashes and "and" between the words, with one letter wrong in a long word, with a blank
missing ("ComplaintsPage") or a line's hyphen kept ("Com- plaints").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from imrsearch.catalogue.guidelines import SILENT, all_guidelines, guideline_data
from imrsearch.text.fuzzy import FuzzyVocabulary

GuidelineTokenKind = Literal[
    "guideline",  # a name of one or several guidelines (``strong``: those it names anywhere)
    "marker",  # a family's own name: MTUS, ACOEM, ODG (``ids``: the family)
    "noise",  # words around names: chapter, section, online version
    "source",  # the beginning of a source outside the catalogue, or its address on the web
    "chapter",  # "Chapter 12"
    "edition",  # "3rd ed."
    "year",
    "update",  # "(updated 12/20/16)"
    "list",  # "Section(s):"
    "break",  # "and Other Medical Treatment Guidelines", the form's own joint
]


@dataclass(frozen=True, slots=True)
class GuidelineToken:
    """Something recognised at ``text[start:end]``.

    ``address`` marks a source on the web, ``dated`` a name with its year right behind it. ``day``
    is the day or month that a year is printed with, as ``2016-02-24`` or ``2016-02``.
    """

    kind: GuidelineTokenKind
    start: int
    end: int
    ids: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    number: int | None = None
    address: bool = False
    dated: bool = False
    day: str | None = None


class _PrintedWord(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: the next words, and what is named when it ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    kind: GuidelineTokenKind | None = None
    ids: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


# Everything of interest, the more specific first:
#   break    "and Other Medical Treatment Guidelines"
#   authors  "de Vos RJ, Weir A, et al.", with a year behind
#   list     "Section(s):", "Sections:"
#   url      "http://www.odg-twc.com", "www.mdguidelines.com"
#   update   "(updated 12/20/16)": no year of an edition
#   law      "8 C.C.R. §§9792.20 - 9792.26", where the MTUS stands
#   adopted  "(ACOEM February 24, 2016)", the day of a guideline that the MTUS adopted
#   chapter  "Chapter 12", "Ch. 12", not "Chapter 3.1"; "Chapters 8 and 12"
#   edition  "2nd Edition", "3rd ed.", "21th Annual Edition", "V.3"
#   year     "2004", "(Effective July 18, 2009)", "(Revised 2007)", "(May 15, 2017)"
#   word     letters only: "Complaints"; "COVID-19" is one too
_AUTHOR = r"\b(?:(?:de|van|von|der|den|la)\s){0,2}[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?\s[A-Z]{1,3}\b"
_PART = re.compile(
    r"""
    (?P<break>\b(?:and\s+)?other\s+medical\s+treatment\s+guidelines?(?:\s+or\s+medical\s+evidence)?\b)
  | (?P<authors>(?-i:<ONE>(?:(?:,\s<ONE>){1,8}(?:,?\set\sal\b)?|,?\set\sal\b))
                (?=[^;]{0,300}?\b(?:19|20)\d\d\b))
  | (?P<list>\bsections?(?:\s?\(s\)\s?:?|\s?:))
  | (?P<url>(?:https?://|www\.)\S+)
  | (?P<update>\((?:last\s+)?(?:updated?|accessed|current|web|online)\b[^()]{0,60}\)
              |\b(?:last\s+)?(?:updated?|revised)(?:\s+on)?:?\s+\d[\d/-]{5,9})
  | (?P<law>(?:\b8,?\s+(?:C\.?\s?C\.?\s?R\b\.?|California\s+Code\s+of\s+Regulations),?\s*)?
            (?:§{1,2}|\bsections?)?\s?\b9792\.\d\d[\d.()a-f]*(?:\s?[-\u2013]\s?9792\.\d\d[\d.]*)?)
  | (?P<adopted>\(\s?ACOEM(?:\s+(?:practice\s+)?guidelines?)?,?\s+(?:of\s+)?)
            (?P<adopted_day>(?:[a-z]{3,9}\.?\s+(?:\d{1,2},?\s+)?|\d{1,2}/\d{1,2}/)?
            (?P<adopted_year>20[12]\d)\s?\))
  | (?P<chapter>\bch(?:apter|ap|\.)?\.?\s*\#?\s*\d{1,2}\b(?![.-]\d))
  | (?P<chapters>\bchapters\s+\d{1,2}(?:(?:,|\s?&|,?\s+and)\s?\d{1,2}\b(?![.-]\d))*)
  | (?P<edition>\b(?P<nth>\d{1,2}(?:st|nd|rd|th)|second|third)\s+(?:annual\s+)?ed(?:ition\b|\b\.?)
              |\bv(?:ersion|\.)?\s*(?P<version>3)(?:\.0)?\b)
  | (?P<year>\(\s?(?:effective|revised|dated)?\s?(?:[a-z]{3,9}\.?,?\s(?:\d{1,2},?\s)?)?
             (?P<dated>(?:19|20)\d\d)\s?\)
            |(?<![\d/.-])(?P<plain>(?:19|20)\d\d)\b(?![/-]\d))
  | (?P<word>[^\W\d_]+(?:-19\b)?)
    """.replace("<ONE>", _AUTHOR),
    re.VERBOSE | re.IGNORECASE,
)
_DAY_FORMS = (
    *((f"{month} %d %Y", "%Y-%m-%d") for month in ("%B", "%b")),
    *((f"{month} %Y", "%Y-%m") for month in ("%B", "%b")),
    ("%m/%d/%Y", "%Y-%m-%d"),
)
_EDITIONS = {"2nd": 2, "second": 2, "3rd": 3, "third": 3}

# "Opioid Treatment 2016", "Elbow Disorders (Revised 2007)", "Low Back Disorders, 2019", "Opioids
# Guideline (ACOEM April 20, 2017)"
_YEAR_NEXT = re.compile(
    r"\s?,?\s?\(?\s?(?:revised\s?)?(?:19|20)\d\d\b(?![/-]\d)"
    r"|(?:\s+guidelines?)?,?\s+\(\s?ACOEM(?:\s+(?:practice\s+)?guidelines?)?,?\s[^()]{0,24}20[12]\d\s?\)",
    re.IGNORECASE,
)

# "ComplaintsPage" -> Complaints, Page
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# What may stand between two words of one name: "Neck & Upper Back", "Low Back - Lumbar",
# "Pain (Chronic)"
_BETWEEN = " \t\n,-\u2010\u2011\u2012\u2013\u2014/&'’()"


def citation_tokens(text: str, start: int, end: int) -> list[GuidelineToken]:
    """The tokens of ``text[start:end]``, in order, none inside another."""
    tokens: list[GuidelineToken] = []
    words: list[_PrintedWord] = []
    for part in _PART.finditer(text, start, end):
        if part.lastgroup == "word":
            at = part.start()
            words += [
                _PrintedWord(word, at + first, at + last)
                for word, first, last in _spelt(part.group())
            ]
        else:
            tokens.extend(_other_tokens(part))
    tokens.extend(_named(text, _mended(text, words) if "-" in text[start:end] else words))
    return _without_overlaps(sorted(tokens, key=lambda token: (token.start, -token.end)))


def _other_tokens(part: re.Match[str]) -> Iterator[GuidelineToken]:
    place, printed = part.span(), part.group()
    match part.lastgroup:
        case "adopted_day":
            year, day = int(part["adopted_year"]), _printed_day(part["adopted_day"])
            yield GuidelineToken("edition", *part.span("adopted"), number=3)
            yield GuidelineToken("year", *part.span("adopted_day"), number=year, day=day)
        case "chapter" | "chapters":
            start = part.start()
            for number in re.finditer(r"\d+", printed):
                end = part.start() + number.end()
                yield GuidelineToken("chapter", start, end, number=int(number.group()))
                start = end
        case "url":
            addresses = guideline_data()["words"]["odg_addresses"]
            ours = any(name in printed.lower() for name in addresses)
            yield GuidelineToken("noise" if ours else "source", *place, address=True)
        case "year":
            year = int(part["dated"] or part["plain"])
            yield GuidelineToken("year", *place, number=year, day=_printed_day(printed))
        case "edition":
            edition = 3 if part["version"] else _EDITIONS.get((part["nth"] or "").lower())
            yield GuidelineToken("edition", *place, number=edition)
        case "authors":
            yield GuidelineToken("source", *place)
        case "list" | "break" | "update" as kind:
            yield GuidelineToken(kind, *place)
        case _:
            yield GuidelineToken("noise", *place)


def _printed_day(printed: str) -> str | None:
    """The day or month of an edition: "February 24, 2016)" -> 2016-02-24, "(Sep. 2015)" -> 2015-09.

    ``None`` for a year alone, and for a day that is not the edition's: "(Effective July 18, 2009)".
    """
    words = " ".join(re.sub(r"[().,]", " ", printed).replace("Sept ", "Sep ").split())
    if words.isdecimal():
        return None
    for form, kept in _DAY_FORMS:
        with suppress(ValueError):
            return datetime.strptime(words, form).replace(tzinfo=UTC).strftime(kept)
    return None


def _without_overlaps(tokens: Iterable[GuidelineToken]) -> list[GuidelineToken]:
    kept: list[GuidelineToken] = []
    for token in tokens:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


@lru_cache(maxsize=8192)
def _spelt(printed: str) -> tuple[_PrintedWord, ...]:
    """A printed word as the catalogue spells it, with the places in it: "Complaintsl" ->
    complaints, "LowBack" -> two."""
    pieces = _CAMEL.split(printed) if _catalogue_word(printed.lower()) is None else [printed]
    words, start = [], 0
    for piece in pieces:
        end = start + len(piece)
        letters = piece.lower().removesuffix("-19")
        words += [
            _PrintedWord(word, start, end) for word in (_catalogue_word(letters) or letters).split()
        ]
        start = end
    return tuple(words)


def _mended(text: str, words: list[_PrintedWord]) -> list[_PrintedWord]:
    """Words broken by a hyphen made whole where only the whole is known: "Com- plaints"."""
    mended: list[_PrintedWord] = []
    for word in words:
        whole = _whole_word(text, mended[-1], word) if mended else None
        mended[-1:] = [whole] if whole else [*mended[-1:], word]
    return mended


def _whole_word(text: str, first: _PrintedWord, second: _PrintedWord) -> _PrintedWord | None:
    between = text[first.end : second.start]
    joined = first.text + second.text
    if between.strip() == "-" and len(between) <= 3 and joined in _vocabulary():
        return _PrintedWord(joined, first.start, second.end)
    return None


def _named(text: str, words: list[_PrintedWord]) -> Iterator[GuidelineToken]:
    place, first_words = 0, _tree().next
    while place < len(words):
        if words[place].text not in first_words:
            place += 1
            continue
        node, last = _longest_name(text, words, place)
        if node is None or node.kind is None or _longer_within(text, words, place, last):
            place += 1
            continue
        start, end = words[place].start, words[last].end
        dated = _YEAR_NEXT.match(text, end) is not None
        yield GuidelineToken(node.kind, start, end, node.ids, node.strong, dated=dated)
        place = last + 1


def _longer_within(text: str, words: list[_PrintedWord], first: int, last: int) -> bool:
    """Whether a longer name with its year begins inside a name: in "Subacute Pain, and Chronic Pain
    Medical Treatment 2016" no "Pain, Chronic" is meant."""
    for place in range(first + 1, last + 1):
        node, end = _longest_name(text, words, place)
        if node is not None and node.strong and end - place > last - first:
            return _YEAR_NEXT.match(text, words[end].end) is not None
    return False


def _longest_name(text: str, words: list[_PrintedWord], place: int) -> tuple[_Node | None, int]:
    """The longest name that begins at this word, and the number of its last word."""
    found, last = None, place
    node = _tree().next.get(words[place].text)
    while node is not None:
        if node.kind is not None:
            found, last = node, place
        place = _next_word(text, words, place, node)
        node = node.next.get(words[place].text) if place < len(words) else None
    return found, last


def _next_word(text: str, words: list[_PrintedWord], place: int, node: _Node) -> int:
    """The number of the next word that may belong to the same name, past "and" and "the"."""
    previous = words[place]
    for number in range(place + 1, min(place + 4, len(words))):
        between = text[previous.end : words[number].start]
        # "Harris J.", "headaches, etc.,": a point may follow an abbreviation inside a name.
        point = "." if len(previous.text) == 1 or previous.text == "etc" else ""
        if between != "." and between.strip(point + _BETWEEN):
            break
        if words[number].text in node.next or words[number].text not in SILENT:
            return number
        previous = words[number]
    return len(words)


@lru_cache(maxsize=8192)
def _catalogue_word(word: str) -> str | None:
    """The catalogue's word or words for a printed one, ``None`` when it knows none."""
    spelt = guideline_data()["spelling"].get(word)
    return str(spelt) if spelt else _speller().correct(word)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for name, *_ in _entries() for word in name_words(name))


@cache
def _speller() -> FuzzyVocabulary:
    return FuzzyVocabulary(_vocabulary() | SILENT)


def name_words(name: str) -> list[str]:
    """The words by which a name is compared: "Ankle & Foot" -> ankle, foot."""
    return [word for word in re.findall(r"[^\W\d_]+", name.lower()) if word not in SILENT]


def _entries() -> Iterator[tuple[str, GuidelineTokenKind, str, bool]]:
    """Every name of the catalogue with its kind, what it names, and whether it does anywhere."""
    for row in all_guidelines():
        yield from ((name, "guideline", row.id, True) for name in row.names)
        yield from ((name, "guideline", row.id, False) for name in row.context_names)
    for family, names in guideline_data()["markers"].items():
        yield from ((name, "marker", family, True) for name in names)
    words = guideline_data()["words"]
    yield from ((name, "noise", "", True) for name in words["noise"])
    yield from ((name, "source", "", True) for name in words["sources"])


@cache
def _tree() -> _Node:
    tree = _Node()
    for name, kind, target, strong in _entries():
        node = tree
        for word in name_words(name):
            node = node.next.setdefault(word, _Node())
        node.kind = node.kind or kind
        node.ids += (target,)
        node.strong += (target,) if strong else ()
    return tree
