"""The ways to read one search, and the way back from each liberty that was taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from imrsearch.engines.base import Filter
from imrsearch.query.format import printed
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.notes import Note
from imrsearch.query.parser import Interpretation, ParseOptions, read
from imrsearch.query.recognize import Recogniser
from imrsearch.query.recognize_citations import Citations
from imrsearch.query.recognize_concepts import Concepts
from imrsearch.query.recognize_decisions import decisions
from imrsearch.query.tree import And, positive_leaves
from imrsearch.search.facets import facet_filter
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.state import SearchState
from imrsearch.text.words import words

LONG_TEXT = 25
"""Texts of more words than this tell a story: their "denied" is not what is searched for."""
_FEWEST = 3  # of so many words, most will do where all find nothing


def find_reading(known: IndexProfile, state: SearchState, limits: QueryLimits) -> Interpretation:
    """The search as typed or, where that finds nothing, with most of its words.

    A misspelling is mended only where that finds more.
    """

    def total(reading: Interpretation) -> int:
        return _total(known, reading, state)

    ways = ways_of(known, state)
    reading = read(state.q, known.vocabulary, limits, ways)
    if any(note.code == "spelling" for note in reading.notes):
        as_spelt = read(state.q, known.vocabulary, limits, replace(ways, correct=None))
        reading = max(as_spelt, reading, key=total)
    if _may_loosen(reading, state) and not total(reading):
        loose = read(state.q, known.vocabulary, limits, replace(ways, match="most"))
        return _told(loose) if total(loose) else reading
    return reading


def wider(
    known: IndexProfile, reading: Interpretation, state: SearchState, limits: QueryLimits
) -> tuple[Note, ...]:
    """The offer to ask for most of the words, where few issues have all and more have most."""
    if not _may_loosen(reading, state):
        return ()
    loose = read(state.q, known.vocabulary, limits, replace(ways_of(known, state), match="most"))
    total = _total(known, loose, state)
    if total <= _total(known, reading, state):
        return ()
    message = f"{total:,} issues have most of these words."
    url = state.with_match("most").to_url()
    return (Note("wider", message, url, "Ask for most of the words"),)


def filters_of(state: SearchState) -> tuple[Filter, ...]:
    """The restrictions that were chosen beside the words."""
    wanted, unwanted = state.filters, state.excluded
    facets = dict.fromkeys(choice.facet for choice in state.choices)
    return tuple(
        facet_filter(name, wanted.get(name, ()), unwanted.get(name, ())) for name in facets
    )


def _total(known: IndexProfile, reading: Interpretation, state: SearchState) -> int:
    filters = (part.query for part in filters_of(state))
    return known.count(And((reading.query, *filters)))


def ways_of(known: IndexProfile, state: SearchState) -> ParseOptions:
    """How freely this search is to be read."""
    return ParseOptions(
        recognisers=tuple(_recognisers(known, state)),
        correct=known.correct if state.spell else None,
        match=state.match,
        count=known.count,
    )


def _recognisers(known: IndexProfile, state: SearchState) -> Iterator[Recogniser]:
    if state.intent:
        yield Citations(known.vocabulary)
    if state.intent and "decision" not in state.filters and len(state.q.split()) <= LONG_TEXT:
        yield decisions
    yield Concepts(known.vocabulary, state.expand)


def _may_loosen(reading: Interpretation, state: SearchState) -> bool:
    parts = reading.query.parts if isinstance(reading.query, And) else ()
    wordy = [part for part in parts if positive_leaves(part)]
    typed = [word for part in wordy for word in words(printed(part))]
    is_short = len(wordy) < 2 or len(typed) < _FEWEST
    return not (reading.most or state.match or is_short)


def _told(loose: Interpretation) -> Interpretation:
    message = "No issue has all of these words; these have most of them."
    notes = [note for note in loose.notes if note.code != "most-words"]
    return replace(loose, notes=(*notes, Note("most-words", message)))


_Step = Callable[[SearchState], SearchState]
_WAYS_BACK: Mapping[str, _Step] = {
    "expanded": lambda state: state.without("expand"),
    "decision-words": lambda state: state.without("intent"),
    "citation": lambda state: state.without("intent"),
    "uncited": lambda state: state.without("intent"),
    "spelling": lambda state: state.without("spell"),
    "most-words": lambda state: state.with_match("all"),
    "key-words": lambda state: state.with_match("all"),
}
"""The search without an automatic rewrite, by the rewrite's note."""


def undoable(notes: Sequence[Note], state: SearchState, total: int) -> Iterator[Note]:
    """The notes of a reading, each liberty with the link that takes it back.

    Where nothing was found, there is nothing to take back, and only what was read otherwise than
    typed is told.
    """
    for note in notes:
        if note.code not in _WAYS_BACK:
            yield note
        elif total:
            yield replace(note, url=_WAYS_BACK[note.code](state).to_url(), link=note.kind.undo)
        elif not note.kind.widens:
            yield note
