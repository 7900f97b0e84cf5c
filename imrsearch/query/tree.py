"""The query tree: what a search asks of an engine, in Lucene's words.

Every engine gives each node the meaning told here; ``tests/engines`` holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Matches every document."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """Matches no document."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word as typed (lower case). ``fields`` empty: any text field.

    Stands for every word with the same stem that is no stop word, unless it is ``exact`` or a stop
    word itself: then it stands for itself.
    """

    word: str
    fields: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, with at most ``slop`` words more between first and last than given.

    Where it is not ``exact``, each word stands for what ``Term`` says, and a stop word for whatever
    is in its place: "range of motion" is found in "ranges in motion", not in "range motion". A
    phrase of stop words alone is exact. No words: matches nothing.
    """

    words: tuple[str, ...]
    fields: tuple[str, ...] = ()
    exact: bool = True
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``start``, as written in the text (not stemmed)."""

    start: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldEquals:
    """A value field holds exactly this value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldMissing:
    """A value field holds nothing."""

    field: str


@dataclass(frozen=True, slots=True)
class Range:
    """A number field lies between ``low`` and ``high``, both included; ``None`` is open.

    Documents without the number are outside of every range.
    """

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All parts match; no part: everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part matches; no part: nothing."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match. Stands alone or inside ``And``."""

    part: Query


@dataclass(frozen=True, slots=True)
class Filtered:
    """Matches what ``part`` and ``filter`` both do; the score and the words are those of ``part``.

    ``about`` tells what the filter asks of an issue: to dispute a treatment, to be about a body
    part (``imrsearch.query.required``), or about what words mean (``imrsearch.query.close``).
    ``mention`` matches all that mention the treatment, however it is called; ``None`` where
    ``part`` does. Engines leave it alone.
    """

    part: Query
    filter: Query
    about: Literal["treatment", "body", "meant"] = "treatment"
    mention: Query | None = None


@dataclass(frozen=True, slots=True)
class MinShouldMatch:
    """``count`` of the parts match or more; the score is the sum of those that do."""

    parts: tuple[Query, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DisMax:
    """At least one part matches; the score is that of the part that scores highest.

    For ways to say the same: naming a thing twice makes a document no better.
    """

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Boost:
    """Matches what ``part`` does; its score is multiplied by ``weight``."""

    part: Query
    weight: float


EvidenceKind = Literal["", "treatment", "class", "body", "kin", "gloss", "decision", "citation"]
"""What a score that is no word's stands for; ``kin``: a wider or narrower body part."""


@dataclass(frozen=True, slots=True)
class ConstantScore:
    """Matches what ``part`` does; the score is always ``score``. ``evidence`` changes nothing: it
    is for whoever measures what each kind is worth."""

    part: Query
    score: float
    evidence: EvidenceKind = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Boosted:
    """Matches what ``part`` does; the score of each wish that matches as well is added."""

    part: Query
    wishes: tuple[Query, ...]


Query = (
    MatchAll
    | MatchNone
    | Term
    | Phrase
    | Prefix
    | FieldEquals
    | FieldMissing
    | Range
    | And
    | Or
    | Not
    | Filtered
    | MinShouldMatch
    | DisMax
    | Boost
    | ConstantScore
    | Boosted
)

Leaf = Term | Phrase | Prefix
"""The nodes that look for words."""


def children(query: Query) -> tuple[Query, ...]:
    """The queries that a node is made of, in order, the wishes of ``Boosted`` last."""
    match query:
        case And(parts) | Or(parts) | MinShouldMatch(parts) | DisMax(parts):
            return parts
        case Not(part) | Boost(part) | ConstantScore(part):
            return (part,)
        case Boosted(part, wishes):
            return (part, *wishes)
        case Filtered(part, narrowing):
            return (part, narrowing)
        case _:
            return ()


def walk(query: Query, *, wishes: bool = False, negated: bool = False) -> Iterator[Query]:
    """The node and all below it, each before those that it is made of.

    What only adds to the score is left out unless ``wishes`` is set, what must not match unless
    ``negated`` is. The filter of ``Filtered`` is always left out: its words are those of the part.
    """
    left = [query]
    while left:
        node = left.pop()
        yield node
        if isinstance(node, Not) and not negated:
            continue
        left.extend(reversed(_inside(node, wishes)))


def _inside(node: Query, wishes: bool) -> tuple[Query, ...]:
    match node:
        case Filtered(part):
            return (part,)
        case Boosted(part) if not wishes:
            return (part,)
        case _:
            return children(node)


def asks_for_words(part: Query) -> bool:
    """Whether a part of a query is matched by words, and does not leave them out."""
    return not isinstance(part, Not) and bool(positive_leaves(part))


def positive_leaves(query: Query) -> tuple[Leaf, ...]:
    """The words, phrases and prefixes that make a document match, each once: what to mark."""
    return tuple(dict.fromkeys(node for node in walk(query) if isinstance(node, Leaf)))
