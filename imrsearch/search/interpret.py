"""The interpretation of a search, and the alternatives that it offers.

A search can be read in several ways: with a misspelling corrected, with most of its words if all
find nothing, with the issues that only mention a treatment. ``interpret`` chooses one, notes each
automatic rewrite with a link that undoes it, and offers the alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, NamedTuple

from imrsearch.catalogue.spanish import search_in_english
from imrsearch.engines.base import Filter, SearchResponse
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.close import about_what_is_meant, meant, wishes_meant
from imrsearch.query.comparisons import compared_searches
from imrsearch.query.concepts import Concepts
from imrsearch.query.format import printed
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.notes import Note
from imrsearch.query.parser import ParsedQuery, ParseOptions, read
from imrsearch.query.recognize import Recogniser
from imrsearch.query.recognize_citations import Citations
from imrsearch.query.recognize_patterns import (
    cases,
    codes_as,
    contrast,
    decision_meanings,
    months,
    numbers,
    ur_actions,
)
from imrsearch.query.required import in_words, mentioning
from imrsearch.query.tree import (
    And,
    ConstantScore,
    FieldEquals,
    FieldMissing,
    Query,
    positive_leaves,
    walk,
)
from imrsearch.query.values import chosen_values, unknown_value
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.search.facets import facet_filter
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.state import Choice, SearchState, compare_url
from imrsearch.text.quantities import count
from imrsearch.text.words import words

LONG_TEXT = 25
"""Longer texts tell a story: a "denied" in them does not ask for a decision."""
MOST_UNKNOWN = 3
"""Most unknown values for which similar ones are named: an address can hold hundreds."""
DECISION_FIELDS = frozenset({"decision", "outcome"})
"""The fields whose values are decisions."""
_VALUE = (FieldEquals, FieldMissing)
_FEWEST_WORDS = 3  # with this many words, most are enough if all find nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation(ParsedQuery):
    """How the words of the search ``state`` are read over one build.

    Issues must match ``query`` and all of ``filters``; those that match ``wishes`` come first.
    ``unknown`` are the values chosen that no issue has. ``meant`` are the treatments and classes
    that plain words describe; they are among the wishes.
    """

    state: SearchState
    filters: tuple[Filter, ...]
    unknown: tuple[Choice, ...] = ()
    meant: tuple[FieldEquals, ...] = ()

    @property
    def narrowed(self) -> Query:
        """The query with its filters, for counting."""
        return And((self.query, *(part.query for part in self.filters)))

    @property
    def mentioned(self) -> Query:
        """The same for all issues that mention what is named."""
        query = mentioning(self.query) if self.state.mentions else self.other_scope or self.query
        return And((query, *(part.query for part in self.filters)))

    @property
    def cites(self) -> bool:
        """Whether words were read as a citation."""
        return any(note.code in ("citation", "uncited") for note in self.notes)

    @property
    def counts(self) -> bool:
        """Whether words were read as a number."""
        return any(note.code == "numbers" for note in self.notes)

    @property
    def by_decision(self) -> bool:
        """Whether the search selects issues by decision."""
        asked = (
            query.field for query in walk(self.narrowed, negated=True) if isinstance(query, _VALUE)
        )
        return not DECISION_FIELDS.isdisjoint(asked)


class Asked(NamedTuple):
    """A search as it was read and as the build that ``known`` is about answered it."""

    reading: Interpretation
    answer: SearchResponse
    known: IndexProfile


def known_choices(
    vocabulary: Vocabulary, state: SearchState
) -> tuple[SearchState, tuple[Choice, ...]]:
    """The same search with each chosen value under its canonical name (``body=lumbar`` is the low
    back), and the choices that no issue has, unchanged."""
    found = {
        choice: chosen_values(vocabulary, choice.facet, choice.value) for choice in state.choices
    }
    unknown = tuple(choice for choice, values in found.items() if not values)
    choices = (
        replace(choice, value=value)
        for choice, values in found.items()
        for value in values or (choice.value,)
    )
    return replace(state, choices=tuple(choices)), unknown


def _missing_values(vocabulary: Vocabulary, unknown: Sequence[Choice]) -> Iterator[Note]:
    for choice in unknown[:MOST_UNKNOWN]:
        yield Note("no-such-value", unknown_value(vocabulary, choice.facet, choice.value))
    if more := len(unknown[MOST_UNKNOWN:]):
        yield Note("no-such-value", f"No issue has {more} more of the chosen values.")


def interpret(known: IndexProfile, state: SearchState) -> Interpretation:
    """Interpret the search as typed or, if that finds nothing, with most of its words.

    Chosen values are resolved to those of the index, as typed ones are.
    """
    state, unknown = known_choices(known.vocabulary, state)
    reading = _best_reading(known, state)
    described = meant(reading.query)
    wishes = wishes_meant(reading.query, described)
    if described and reading.most and not reading.treatments:
        about = replace(reading, query=about_what_is_meant(reading.query, described))
        reading = about if known.count(about.narrowed) else reading
    missing = _missing_values(known.vocabulary, unknown)
    return replace(
        reading,
        state=state,
        unknown=unknown,
        notes=(*missing, *reading.notes),
        meant=described,
        wishes=(*reading.wishes, *wishes),
    )


def _best_reading(known: IndexProfile, state: SearchState) -> Interpretation:
    """The best reading: a misspelling is corrected only if that finds more."""
    reading = _read_search(known, state)
    if any(note.code == "spelling" for note in reading.notes):
        as_spelt = _read_search(known, state.without("spell"))
        # "Gabapentine" has the stem of gabapentin, but only its right spelling names the drug.
        # Of two that find the same treatment, take the one that notes the correction.
        both = (reading, as_spelt) if reading.treatments else (as_spelt, reading)
        reading = max(both, key=lambda one: (known.count(one.mentioned), len(one.treatments)))
    if _may_loosen(reading) and not known.count(reading.narrowed):
        loose = _read_search(known, state.with_match("most"))
        if known.count(loose.narrowed):
            message = "No issue has all of these words; these have most of them."
            notes = (note for note in loose.notes if note.code != "most-words")
            return replace(loose, notes=(*notes, Note("most-words", message)))
    return reading


def wider(known: IndexProfile, reading: Interpretation, total: int) -> tuple[Note, ...]:
    """The offer to require most of the words, if more issues have most than all."""
    if not _may_loosen(reading):
        return ()
    state = reading.state.with_match("most")
    found = known.count(_read_search(known, state).narrowed)
    if found <= total:
        return ()
    message = f"{found:,} issues have most of these words."
    return (Note("wider", message, state.to_url(), "Require most of the words"),)


def _read_search(known: IndexProfile, state: SearchState) -> Interpretation:
    ways = (state.q, state.intent, state.expand, state.spell, state.match, state.mentions)
    parsed = known.reading(ways, partial(_read_words, known, state))
    told: dict[str, Any] = {each.name: getattr(parsed, each.name) for each in fields(parsed)}
    return Interpretation(state=state, filters=filters_of(state), **told)


def _read_words(known: IndexProfile, state: SearchState) -> ParsedQuery:
    options = ParseOptions(
        recognisers=tuple(_recognisers(known, state)),
        correct=known.correct if state.spell else None,
        match=state.match,
        mentions=state.mentions,
        count=known.count,
    )
    return read(state.q, known.vocabulary, known.limits, options)


def filters_of(state: SearchState) -> tuple[Filter, ...]:
    """The restrictions from the chosen facet values."""
    wanted, unwanted = state.filters, state.excluded
    facets = dict.fromkeys(choice.facet for choice in state.choices)
    return tuple(
        facet_filter(name, wanted.get(name, ()), unwanted.get(name, ())) for name in facets
    )


def _recognisers(known: IndexProfile, state: SearchState) -> Iterator[Recogniser]:
    concepts = Concepts(known.vocabulary, state.expand)
    if state.intent:
        yield cases
        yield codes_as(concepts)
        yield Citations(known.vocabulary)
    if state.intent and len(state.q.split()) <= LONG_TEXT:
        yield contrast
        yield ur_actions
        yield decision_meanings
        yield months
        yield numbers
    yield concepts


def _may_loosen(reading: Interpretation) -> bool:
    query = in_words(reading.query)
    parts = query.parts if isinstance(query, And) else ()
    wordy = [part for part in parts if positive_leaves(part)]
    typed = [word for part in wordy for word in words(printed(part))]
    is_short = len(wordy) < 2 or len(typed) < _FEWEST_WORDS
    return not (reading.most or reading.state.match or is_short)


_Step = Callable[[SearchState], SearchState]
_WAYS_BACK: Mapping[str, _Step] = {
    "expanded": lambda state: state.without("expand"),
    **dict.fromkeys(
        (
            "case-number",
            "citation",
            "contrast",
            "decision-words",
            "numbers",
            "service-code",
            "uncited",
            "ur-action",
        ),
        lambda state: state.without("intent"),
    ),
    "spelling": lambda state: state.without("spell"),
    "mentions": lambda state: state.with_mentions(False),
    "most-words": lambda state: state.with_match("all"),
    "key-words": lambda state: state.with_match("all"),
}
"""The search without an automatic rewrite, by the code of its note."""


def told(reading: Interpretation, answer: SearchResponse) -> Iterator[Note]:
    """The notes for an interpretation that found ``answer``: each automatic rewrite with the link
    that undoes it, and the alternatives with their counts.

    If nothing was found, rewrites have no undo link, and those that only widen are not noted.
    """
    offers = (*_decision_offers(reading, answer), *_scope(reading, answer))
    for note in (*_english_offer(reading, answer), *reading.notes, *offers):
        if note.code == "comparison":
            yield _side_by_side(note, reading.state)
        elif note.code not in _WAYS_BACK:
            yield note
        elif answer.total:
            url = _WAYS_BACK[note.code](reading.state).to_url()
            yield replace(note, url=url, link=note.kind.undo)
        elif not note.kind.widens:
            yield note


def _english_offer(reading: Interpretation, answer: SearchResponse) -> Iterator[Note]:
    """The offer of the same search in English, if the Spanish one found nothing that fits."""
    state = reading.state
    if answer.total and not reading.most:
        return
    english = search_in_english(state.q)
    if english != state.q:
        message = f"The letters are in English; “{state.q}” in English is “{english}”."
        yield Note("in-english", message, state.with_query(english).to_url(), "Search for that")


def _side_by_side(note: Note, state: SearchState) -> Note:
    """The note with a link to the page that compares the two sides."""
    sides = compared_searches(state.q, QueryLimits())
    if sides is None:
        return note
    return replace(note, url=compare_url(*sides, beside=state), link="Compare the two sides")


def only_mentioned(reading: Interpretation, answer: SearchResponse) -> int | None:
    """How many issues only mention the treatments named; ``None`` where none is named."""
    return abs(answer.beside[0] - answer.total) if answer.beside else None


def _scope(reading: Interpretation, answer: SearchResponse) -> Iterator[Note]:
    """The link to the issues that only mention the treatment, or back to those that dispute it."""
    others = only_mentioned(reading, answer)
    if not others:
        return
    mention, do = ("mentions", "does") if others == 1 else ("mention", "do")
    verbs = f"{mention} {reading.named} but {do} not dispute it"
    if reading.state.mentions:
        yield Note("mentions", f"{others:,} of these issues {verbs}.")
    else:
        url = reading.state.with_mentions(True).to_url()
        yield Note("only-mentioned", f"{count(others, 'more issue')} {verbs}", url)


def _decision_offers(reading: Interpretation, answer: SearchResponse) -> Iterator[Note]:
    """The offer to show only the issues with the decision that the search names, with their
    count."""
    if any(choice.facet == "decision" for choice in reading.state.choices):
        return
    asked = {
        wish.part.value
        for wish in reading.wishes
        if isinstance(wish, ConstantScore) and isinstance(wish.part, FieldEquals)
    }
    counts = {line.value: line.count for line in answer.facets.get("decision", ())}
    for decision in (OVERTURNED, UPHELD):
        if decision in asked:
            state = reading.state.with_value("decision", decision)
            message = f"Only {decision}: {counts.get(decision, 0):,}"
            yield Note("only-decided", message, state.to_url(), "Only these")
