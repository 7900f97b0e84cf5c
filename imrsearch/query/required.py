"""What a search requires of an issue: which of its words, and to dispute the treatments it names.

Not all words of questions, long searches and pasted paragraphs must match.

Every issue of a case includes the case summary as text, so most issues whose text names a treatment
dispute another one. Therefore a treatment in a search means the issues that dispute it, and a body
part beside it the issues about that part (``imrsearch.query.concepts`` has the filters). Of several
treatments, an issue must dispute one and mention the others: "epidural after physical therapy" does
not ask for issues that dispute both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from imrsearch.catalogue.word_lists import fillers
from imrsearch.query.concepts import PARAGRAPH
from imrsearch.query.format import printed
from imrsearch.query.notes import Note
from imrsearch.query.tree import (
    And,
    Boosted,
    Filtered,
    MinShouldMatch,
    Or,
    Phrase,
    Query,
    Term,
    asks_for_words,
)
from imrsearch.text.words import words

MatchMode = Literal["", "all", "most"]
CountIssues = Callable[[Query], int]

SHORT = 4
"""Searches with more words than this are long."""
_MOST_SHARE = 0.6
KEY_WORDS = 12
"""Words of a paragraph that are searched for, besides the treatments and body parts in it."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The required query; ``most``: with most of its words; ``left_out``: uninformative words that
    it does not require."""

    query: Query
    most: bool = False
    note: Note | None = None
    left_out: tuple[Query, ...] = ()


def relaxed(query: Query, text: str, match: MatchMode, count: CountIssues | None) -> Relaxed:
    """``query`` unchanged, or requiring most of its words.

    Most are enough if ``match`` says so, or leaves it open and ``text`` is a question or long.
    """
    parts = query.parts if isinstance(query, And) else ()
    # Some of the words, each counted once, may be missing; the firm parts must match.
    asked = [part for part in dict.fromkeys(parts) if _is_wordy(part)]
    firm = [part for part in parts if not _is_wordy(part)]
    if match == "all" or len(asked) < 2:
        return Relaxed(query)
    wanted = [
        part for part in asked if not (isinstance(part, Term) and part.word in fillers())
    ] or asked
    left_out = tuple(part for part in asked if part not in wanted)
    if len(asked) > PARAGRAPH and count:
        return _key_words(wanted, firm, count)
    if match == "most" or len(asked) > SHORT or text.rstrip().endswith("?"):
        return replace(_most(wanted, firm, part_is_sure=not match), left_out=left_out)
    return Relaxed(_and_of_parts([*firm, *wanted]), left_out=left_out)


def _most(wanted: list[Query], firm: list[Query], part_is_sure: bool) -> Relaxed:
    """Most of the words; if they name one treatment, always that one and its body part."""
    treatments = [part for part in wanted if any(treatments_in(part))]
    needed = max(1, round(len(wanted) * _MOST_SHARE))
    if len(wanted) == 1 or needed == len(wanted):
        return Relaxed(_and_of_parts([*firm, *wanted]))
    if len(treatments) == 1:
        parts = [part for part in wanted if isinstance(part, Filtered) and part.about == "body"]
        sure = [*treatments, *(parts if part_is_sure and len(parts) == 1 else ())]
        firm = [*firm, *sure]
        wanted = [part for part in wanted if part not in sure]
        needed = max(0, needed - len(sure))
    loose = MinShouldMatch(tuple(wanted), needed)
    query = _and_of_parts([*firm, loose]) if needed else Boosted(_and_of_parts(firm), tuple(wanted))
    note = Note("most-words", "Most of the words were required, not all of them.")
    return Relaxed(query, most=True, note=note)


def _is_wordy(part: Query) -> bool:
    # Quoted phrases are required.
    return asks_for_words(part) and not (isinstance(part, Term | Phrase) and part.exact)


def _key_words(wanted: list[Query], firm: list[Query], count: CountIssues) -> Relaxed:
    """The treatments and body parts of a paragraph, and its rarest indexed words."""
    words = [part for part in wanted if isinstance(part, Term | Phrase)]
    found = {part: total for part in words if (total := count(part))}
    rarest = sorted(found, key=lambda part: found[part])[:KEY_WORDS]
    keys = [part for part in wanted if part not in words or part in rarest]
    note = Note(
        "key-words",
        "A long text was searched by its treatments, body parts and rarer words;"
        " a third of them is required.",
    )
    loose = MinShouldMatch(tuple(keys), max(1, len(keys) // 3))
    return Relaxed(_and_of_parts([*firm, loose]), most=True, note=note)


def _and_of_parts(parts: list[Query]) -> Query:
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def disputing(query: Query) -> Query:
    """``query`` for the issues that dispute what it names; a body part alone stays words."""
    match query:
        case And() | MinShouldMatch():
            return _all_parts(query)
        case Or(parts):
            return Or(tuple(map(disputing, parts)))
        case Boosted(part, wishes):
            return Boosted(disputing(part), tuple(map(in_words, wishes)))
        case Filtered(about="treatment"):
            return query
        case _:
            return mentioning(query)


def mentioning(query: Query) -> Query:
    """``query`` for the issues that mention or dispute what it names: the same for all names of a
    treatment."""
    return _unfiltered(query, lambda one: one.mention or one.part)


def in_words(query: Query) -> Query:
    """``query`` as the typed words, with the other names that are searched for too."""
    return _unfiltered(query, lambda one: one.part)


def _unfiltered(query: Query, loosened: Callable[[Filtered], Query]) -> Query:
    def inside(part: Query) -> Query:
        return _unfiltered(part, loosened)

    match query:
        case And(parts) | Or(parts) | MinShouldMatch(parts):
            return replace(query, parts=tuple(map(inside, parts)))
        case Boosted(part, wishes):
            return Boosted(inside(part), tuple(map(in_words, wishes)))
        case Filtered():
            return loosened(query)
        case _:  # with Not: it leaves out what disputes the treatment, or is about the body part
            return query


def treatments_in(query: Query) -> Iterator[Filtered]:
    """The treatments that a query names, in order, without excluded ones."""
    return (one for one in _concepts(query) if one.about == "treatment")


def names_in(query: Query) -> str:
    """The treatments and body parts of a query that asks for a treatment, as typed: "knee mri"."""
    concepts = list(dict.fromkeys(_concepts(query)))
    if all(one.about == "body" for one in concepts):
        return ""
    return " ".join(word for one in concepts for word in words(printed(one)))


def _concepts(query: Query) -> Iterator[Filtered]:
    match query:
        case Filtered():
            yield query
        case And(parts) | Or(parts) | MinShouldMatch(parts):
            for part in parts:
                yield from _concepts(part)
        case Boosted(part, wishes):
            for one in (part, *wishes):
                yield from _concepts(one)


def _all_parts(query: And | MinShouldMatch) -> Query:
    """All of the parts, or most: where one names a treatment, body parts beside it are the
    issue's own."""
    named = [part for part in query.parts if any(treatments_in(part))]
    if not named:
        return replace(query, parts=tuple(map(disputing, query.parts)))
    if len(named) == 1 and isinstance(query, And):
        return And(tuple(map(_beside_treatment, query.parts)))
    mentioned = (
        mentioning(part) if part in named else _beside_treatment(part) for part in query.parts
    )
    return Filtered(replace(query, parts=tuple(mentioned)), Or(tuple(map(_dispute, named))))


def _beside_treatment(part: Query) -> Query:
    """A part beside a treatment: a body part stays what the issue is about."""
    match part:
        case Filtered():
            return part
        case Or(parts):
            return Or(tuple(map(_beside_treatment, parts)))
        case _:
            return disputing(part)


def _dispute(part: Query) -> Query:
    """What an issue must dispute of a part that names treatments."""
    match part:
        case Filtered(_, wanted, "treatment"):
            return wanted
        case Or(parts):
            return Or(tuple(map(_dispute, parts)))
        case _:
            named = tuple(one.filter for one in treatments_in(part))
            return Or(named) if named else part
