"""A query tree in the words of the search language: what people read as "read as".

Reading the printed text again gives the same tree, so it serves for links to alternatives too.
"""

from __future__ import annotations

import re
from typing import assert_never

from imrsearch.query.fields import DECIDED
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Leaf,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    positive_leaves,
    walk,
)
from imrsearch.schema import UNKNOWN

# A value that the reader takes whole without quotation marks: upheld, mtus-chronic-pain:58.
_UNQUOTED = re.compile(r"\w(?:[\w:.+-]*\w)?")


MOST_SHOWN = 4
"""How many alternatives a line for people shows of a typed value that stands for many."""


def printed(query: Query, most: int | None = None) -> str:
    """The query in the search language; everything is the empty text.

    Only what was typed: neither other names for it nor what merely orders the results. With
    ``most`` it is for reading only, not to be read back: with the other names, and with longer
    lists of values shortened.
    """
    match query:
        case MatchAll():
            return ""
        case MatchNone():
            return "()"
        case Term(word, fields, exact):
            return f'{_field_prefix(fields)}"{word}"' if exact else _field_prefix(fields) + word
        case Prefix(start, fields):
            return f"{_field_prefix(fields)}{start}*"
        case Phrase(words, fields, exact, slop):
            text = f'"{" ".join(words)}"' if exact else "-".join(words)
            return f"{_field_prefix(fields)}{text}{f'~{slop}' if slop else ''}"
        case FieldEquals(field, value):
            plain = value.replace('"', " ")
            return f"{field}:{plain}" if _UNQUOTED.fullmatch(plain) else f'{field}:"{plain}"'
        case FieldMissing(field):
            return f"{field}:{UNKNOWN}"
        case Range(field, low, high):
            ends = ["" if end is None else str(end) for end in (low, high)]
            if field == DECIDED:  # a day, typed as its month: 20170228 -> 2017-02
                ends = [end and f"{end[:4]}-{end[4:6]}" for end in ends]
            is_one = low is not None and ends[0] == ends[1]
            return f"{field}:{ends[0] if is_one else '..'.join(ends)}"
        case Not(part):
            return f"NOT {_grouped(part, most)}"
        case And(parts):
            return " AND ".join(_grouped(part, most) for part in parts if part != MatchAll())
        case Or(parts):
            are_values = all(isinstance(part, FieldEquals) for part in parts)
            shown = [_grouped(part, most) for part in parts[: most if are_values else None]]
            left = len(parts) - len(shown)
            return " OR ".join([*shown, f"{left} more"] if left else shown)
        case MinShouldMatch(parts, count):
            several = [_grouped(part, most) for part in parts]
            return f"{count} of: {', '.join(several)}" if most else " ".join(several)
        case DisMax(parts):
            return _field_names(parts, most) if most else _one_name(parts[0])
        case Filtered(part, about=about):
            return (
                f"{_ABOUT_WORDS[about]} ({_concept_names(part, most)})" if most else _one_name(part)
            )
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return printed(part, most)
        case _:
            assert_never(query)


def read_as(query: Query) -> str:
    """One line for people: how the search was read."""
    if query == MatchAll():
        return "all issues"
    text = printed(query, MOST_SHOWN)
    nodes = list(walk(query, negated=True))
    named = {leaf for node in nodes if isinstance(node, Filtered) for leaf in positive_leaves(node)}
    words = (node for node in nodes if isinstance(node, Leaf) and node not in named)
    return f"{text}, in all text" if any(not leaf.fields for leaf in words) else text


def _one_name(part: Query) -> str:
    """The words of one name, so that they are read as that name again: no AND between them."""
    match part:
        case And(words):
            return " ".join(map(_one_name, words))
        case DisMax(parts):
            return _one_name(parts[0])
        case Boosted(inner):
            return _one_name(inner)
        case _:
            return printed(part)


_ABOUT_WORDS = {"treatment": "disputed", "body": "body part"}


def _concept_names(part: Query, most: int) -> str:
    """The names of what an issue is about; the values that they stand for go without saying."""
    match part:
        case Boosted(inner):
            return _concept_names(inner, most)
        case DisMax(parts):
            named = tuple(one for one in parts if not isinstance(one, ConstantScore))
            return _field_names(named, most)
        case _:
            return printed(part, most)


def _field_names(parts: tuple[Query, ...], most: int) -> str:
    """Other names of one thing: ``ESI or “epidural steroid injection”``."""
    shown = [_name(part) for part in parts[: most + 1]]
    left = len(parts) - len(shown)
    return " or ".join([*shown, f"{left} more"] if left else shown)


def _name(part: Query) -> str:
    match part:
        case And(words):
            return " ".join(map(_name, words))
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return _name(part)
        case Phrase(words, fields, slop=0):
            return f"{_field_prefix(fields)}“{' '.join(words)}”"
        case _:
            return printed(part)


def _field_prefix(fields: tuple[str, ...]) -> str:
    return f"{fields[0]}:" if fields else ""


def _grouped(query: Query, most: int | None) -> str:
    text = printed(query, most)
    while isinstance(query, Boost | ConstantScore | Boosted):
        query = query.part
    if isinstance(query, Filtered | DisMax) and most is None:
        # A name of several words has a blank that stands for AND: (low back) OR discectomy
        return f"({text})" if " " in text else text
    several = isinstance(query, And | Or | MinShouldMatch | DisMax)
    return f"({text})" if several else text
