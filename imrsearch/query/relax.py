"""Searches of which not all words must match: questions, long searches, pasted paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from imrsearch.catalogue.word_lists import fillers
from imrsearch.query.concepts import PARAGRAPH
from imrsearch.query.disputed import treatments_in
from imrsearch.query.notes import Note
from imrsearch.query.tree import (
    And,
    Boosted,
    Filtered,
    MinShouldMatch,
    Phrase,
    Query,
    Term,
    asks_for_words,
)

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
