"""Puts queries together: of words, names and parts, and with wishes.

A wish raises scores without changing the total. Here are those for words side by side, which count
more than words apart; treatments and body parts have their own
(``imrsearch.query.concepts``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from imrsearch.catalogue.names import catalogue_names
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    DisMax,
    FieldEquals,
    Filtered,
    MatchAll,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from imrsearch.text.words import is_stop_word, words

# "EMG/NCV" and "knee,shoulder" are two words; "L4/5", "11/14/16" and "1,000" stay together.
BETWEEN_WORDS = re.compile(r"[/,;&+](?=[^\W\d_])")
TRAILING = ",;:!?"
TOGETHER_WISH = 0.2
"""Score of two words next to each other as typed."""
_TOGETHER = 1
"""Most other words between them."""


def as_typed(
    text: str, fields: tuple[str, ...] = (), keep_stop_words: bool = False
) -> Query | None:
    """All words of ``text``: ``x-ray`` is a phrase of stems, ``EMG/NCV`` two words.

    ``None`` if it has only stop words and marks; with ``keep_stop_words``, stop words count.
    """
    pieces = (piece for word in text.split() for piece in BETWEEN_WORDS.split(word))
    return all_of([_flattened(words(piece), fields, keep_stop_words) for piece in pieces])


def as_name(text: str, fields: tuple[str, ...] = ()) -> Query:
    """``text`` as a name: its words one after the other, each with its stem."""
    parts = tuple(words(text))
    return Term(parts[0], fields) if len(parts) == 1 else Phrase(parts, fields, exact=False)


def in_class(name: str) -> FieldEquals:
    """The issues of a class: of a category, or of "category > subcategory"."""
    return FieldEquals("subcategory" if " > " in name else "category", name)


def named_phrases() -> Iterator[Phrase]:
    """The catalogue's names of several words, each once: "low back", "physical therapy"."""
    named = dict.fromkeys(map(as_name, filter(str.strip, catalogue_names())))
    yield from (name for name in named if isinstance(name, Phrase))


def _flattened(parts: list[str], fields: tuple[str, ...], keep_stop_words: bool) -> Query | None:
    common = any(map(is_stop_word, parts))
    if len(parts) > 1:
        return Phrase(tuple(parts), fields, exact=common)
    if not parts or (common and not keep_stop_words):
        return None
    return Term(parts[0], fields, exact=common)


def all_of(parts: Iterable[Query | None]) -> Query | None:
    """All parts but ``None``; if each only excludes, they exclude from everything."""
    flat = [
        inner
        for part in parts
        if part
        for inner in (part.parts if isinstance(part, And) else (part,))
        if inner != MatchAll()
    ]
    if len(flat) < 2:
        return flat[0] if flat else None
    only_negative = all(isinstance(part, Not) for part in flat)
    return And((MatchAll(), *flat) if only_negative else tuple(flat))


def any_of(parts: Sequence[Query | None]) -> Query | None:
    """Any of the parts but ``None``; ``NOT x`` among them is everything but x."""
    flat = [
        inner
        for part in parts
        if part
        for inner in (part.parts if isinstance(part, Or) else (part,))
    ]
    if len(flat) < 2:
        return flat[0] if flat else None
    return Or(tuple(And((MatchAll(), p)) if isinstance(p, Not) else p for p in flat))


def near(left: Query, right: Query, between: int) -> Query | None:
    """Both with at most ``between`` words between them, in either order; ``None`` unless both are
    words or phrases."""
    if not (isinstance(left, Term | Phrase) and isinstance(right, Term | Phrase)):
        return None
    first, second = ((one.word,) if isinstance(one, Term) else one.words for one in (left, right))
    orders = ((*first, *second), (*second, *first))
    return Or(tuple(Phrase(order, left.fields, exact=False, slop=between) for order in orders))


def wishing(query: Query, wishes: Iterable[Query]) -> Query:
    """``query``, of whose matches those of the ``wishes`` score better."""
    told = tuple(wishes)
    return Boosted(query, told) if told else query


def ranked(query: Query, others: Sequence[Query] = ()) -> Query:
    """``query`` with the wishes for its words, and ``others``."""
    typed = list(_typed_terms(query))
    pairs = (Phrase((a.word, b.word), exact=False, slop=_TOGETHER) for a, b in pairwise(typed))
    return wishing(query, (*(Boost(pair, TOGETHER_WISH) for pair in pairs), *others))


def _typed_terms(query: Query) -> Iterator[Term]:
    """The words typed without a field, in order."""
    match query:
        case Term(_, ()):
            yield query
        case And(parts) | MinShouldMatch(parts):
            for part in parts:
                yield from _typed_terms(part)
        case DisMax(parts):
            yield from _typed_terms(parts[0])
        case Boosted(part) | Filtered(part):
            yield from _typed_terms(part)
