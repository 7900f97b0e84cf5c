"""Whether a search asks for issues that dispute a treatment, or for all that mention it.

Every issue of a case includes the case summary as text, so most issues whose text names a treatment
dispute another one. Therefore a treatment in a search means the issues that dispute it, and a body
part beside it the issues about that part (``imrsearch.query.concepts`` has the filters).
Of several treatments, an issue must dispute one and mention the others: "epidural after physical
therapy" does not ask for issues that dispute both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from imrsearch.query.format import printed
from imrsearch.query.tree import And, Boosted, Filtered, MinShouldMatch, Or, Query
from imrsearch.text.words import words


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
