"""What a search engine must do, in our own words.

Everything above this line of the design speaks in these types: a query tree, a request, an
answer. No engine's query syntax, document number or file name leaks out. An engine's module is
the only place that imports the engine's library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

# ---------------------------------------------------------------------------- what is indexed

TEXT_FIELDS: Mapping[str, float] = {"service": 3.0, "rationale": 1.0, "summary": 0.6}
"""Full-text fields with their weight in ranking. Each has a stemmed and an exact form."""

VALUE_FIELDS: tuple[str, ...] = (
    "case",
    "decision",
    "category",
    "subcategory",
    "treatment",
    "body",
    "guideline",
    "cites",
    "basis",
    "specialty",
    "state",
    "year",
    "era",
    "sex",
    "flag",
    "outcome",
    "comparison",
    "ageband",
)
"""Fields of whole values, any number in one document; equality, facets, filters."""

NUMBER_FIELDS: tuple[str, ...] = ("year", "age", "decided")
"""Single whole numbers for ranges and sorting; ``decided`` is a day as 20161209."""


@dataclass(frozen=True, slots=True)
class IssueDocument:
    """One issue as an engine sees it. ``id`` is ``case_id#number``; absent values are absent.

    Raises ValueError for a field that is in none of the tables above: it would be lost silently.
    """

    id: str
    texts: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]

    def __post_init__(self) -> None:
        unknown = (
            (self.texts.keys() - TEXT_FIELDS.keys())
            | (self.values.keys() - set(VALUE_FIELDS))
            | (self.numbers.keys() - set(NUMBER_FIELDS))
        )
        if unknown:
            raise ValueError(f"{self.id} has fields that no engine knows: {sorted(unknown)}.")


# ------------------------------------------------------------------------------ the query tree


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
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
class Value:
    """A value field holds exactly this value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Missing:
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
class AtLeast:
    """``count`` of the parts match or more; the score is the sum of those that do."""

    parts: tuple[Query, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Best:
    """At least one part matches; the score is that of the part that scores highest.

    For ways to say the same: naming a thing twice makes a document no better.
    """

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Matches what ``part`` does; its score is multiplied by ``weight``."""

    part: Query
    weight: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Matches what ``part`` does; the score is always ``score``."""

    part: Query
    score: float


@dataclass(frozen=True, slots=True)
class Prefer:
    """Matches what ``part`` does; the score of each wish that matches as well is added."""

    part: Query
    wishes: tuple[Query, ...]


Query = (
    Everything
    | Nothing
    | Term
    | Phrase
    | Prefix
    | Value
    | Missing
    | Range
    | And
    | Or
    | Not
    | AtLeast
    | Best
    | Weighted
    | Scored
    | Prefer
)

# ------------------------------------------------------------------------- request and answer


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction that belongs to a facet: ``query`` narrows the answer, but not the counts of
    the facet named ``facet`` (that is what lets people choose a second value)."""

    facet: str
    query: Query


@dataclass(frozen=True, slots=True)
class Request:
    """A search for the hits ``offset`` to ``offset + limit``, with the tables of ``facets``.

    ``sort``: ``relevance``; ``newest`` or ``oldest`` by ``decided``, undated documents last; or
    ``overturned``, which come first, each part by relevance. What is equal then keeps the order in
    which documents were written. After ``seconds`` the answer is what was found until then.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, with its score (0 where relevance has no part in the order)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a facet table. ``value`` ``None`` counts the documents without a value."""

    value: str | None
    count: int
    overturned: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits of the page asked for, exact total, how many of that total are overturned, and facet
    tables (frequent values first, then A to Z; documents without a value last).

    ``timed_out``: there may be more, but nothing that is here is wrong.
    """

    hits: tuple[Hit, ...]
    total: int
    overturned: int
    facets: Mapping[str, Sequence[Count]] = field(default_factory=dict)
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word as written, and in how many documents the text field that has it most has it."""

    word: str
    count: int


def suggestions(counts: Mapping[str, int], limit: int | None) -> tuple[Suggestion, ...]:
    """The ``limit`` most frequent words, A to Z where they are equally frequent."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Suggestion(word, count) for word, count in ordered[:limit])


class Index(Protocol):
    """An open, read-only index. Safe to share between threads."""

    def search(self, request: Request) -> Answer:
        """Answer the request."""

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``, frequent ones first; no ``limit``: all."""

    def frequency(self, word: str) -> int:
        """In how many documents the text field that has it most has the word as written: known at
        once, where a search goes through the documents. Documents deleted lately may count."""

    def count(self) -> int:
        """The number of documents."""

    def close(self) -> None:
        """Let go of files; searching afterwards is an error."""


class Engine(Protocol):
    """A kind of index, registered by ``name`` in ``imrsearch.engines``.

    ``folder`` is the engine's own place in a build. An engine whose documents are elsewhere keeps
    there what it needs to find them again; nobody else looks inside.
    """

    name: str

    runs_code: bool
    """Whether opening an index runs what its files say (pickles): they are compared with the
    hashes in the manifest whenever they are opened, not only where they seem to have changed."""

    updates: bool
    """Whether ``update`` costs in proportion to what is new."""

    def create(self, folder: Path, documents: Iterable[IssueDocument]) -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""

    def update(
        self, folder: Path, base: Path, removed: Collection[str], documents: Iterable[IssueDocument]
    ) -> int:
        """Write into the empty ``folder`` what the index in ``base`` holds, without the documents
        of the cases ``removed`` (by the value ``case``), followed by ``documents``.

        Returns the number of documents. ``base`` stays as it is. Only where ``updates`` says so.
        """

    def open(self, folder: Path) -> Index:
        """Open what ``create`` or ``update`` wrote."""
