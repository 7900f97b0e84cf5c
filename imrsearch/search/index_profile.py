"""Facts about one build as a whole: its values, its words, and its share of overturned issues."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial
from threading import Lock

from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.query.concepts import find_concepts
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import ParsedQuery
from imrsearch.query.spelling import SpellingCorrector
from imrsearch.query.tree import MatchAll, Query, Term
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS
from imrsearch.search.lexicon import lexicon, named_words
from imrsearch.search.suggest import Suggester

_LEAST_SHARED = 3
_PROFILE_SECONDS = 0.5
"""Time limit of one count: reading a search may need several."""
_RARE, _TIMES = 2, 20
"""A word in at most this many issues may be a misspelling, if another is this many times as
frequent."""


_READINGS_KEPT = 500
_LONGEST_KEPT = 200
"""Most characters of a search whose reading is cached: longer ones are pasted and not repeated."""

WaysToRead = tuple[str, bool, bool, bool, str, bool, QueryLimits]
"""Cache key: the words of a search, and the options for reading them: whether concepts are
recognized, other names added and misspellings corrected; how many words must match; whether
mentions count."""


class IndexProfile:
    """Computed once for each build; the words only when one is misspelt."""

    def __init__(self, build: str, index: IndexSearcher) -> None:
        answer = index.search(SearchRequest(MatchAll(), facets=tuple(FACETS), limit=1))
        self.build = build
        self.partial = answer.timed_out
        self.vocabulary = Vocabulary(answer.facets)
        self._total = answer.total
        self.rate = answer.overturned / answer.total if answer.total else None
        self._index = index
        self._spellers: dict[str, SpellingCorrector] = {}
        self._readings: dict[WaysToRead, ParsedQuery] = {}
        self._lock = Lock()

    def count(self, query: Query) -> int:
        """How many issues ``query`` finds."""
        return self._index.count(query, _PROFILE_SECONDS)

    def reading(self, ways: WaysToRead, read: Callable[[], ParsedQuery]) -> ParsedQuery:
        """The cached result of ``read`` for a search. Its pages, orders and facets share the words,
        so a short search is read once.

        A reading that took as long as one count may take is not cached: a count may be incomplete.
        """
        kept = self._readings.get(ways)
        if kept is not None:
            return kept
        started = time.monotonic()
        made = read()
        if len(ways[0]) <= _LONGEST_KEPT and time.monotonic() - started < _PROFILE_SECONDS:
            with self._lock:
                if len(self._readings) >= _READINGS_KEPT:
                    del self._readings[next(iter(self._readings))]
                self._readings[ways] = made
        return made

    def share(self, word: str) -> float:
        """The share of issues in which a word occurs, in any form; 0 for fewer than three."""
        found = self.count(Term(word))
        return found / self._total if found >= _LEAST_SHARED else 0.0

    def correct(self, word: str) -> str | None:
        """The intended word for one that occurs nowhere, or rarely while a similar one is common.

        ``None`` for any other. A word that the catalogue knows is never corrected.
        """
        if self._index.frequency(word) > _RARE:
            return None
        meant = self._speller(word[:1]).correct(word)
        if meant is None:  # mostly so: nothing has to be counted
            return None
        if self.count(Term(meant)) < self.count(Term(word, exact=True)) * _TIMES:
            return None
        # "weaned" is right where letters have "weans"; "chiropracter" has the stem of chiropractic,
        # but is meant as a name.
        is_form = self.count(Term(word)) and not find_concepts(meant)
        return None if is_form else meant

    @cached_property
    def suggester(self) -> Suggester:
        """The completions for suggestions."""
        return Suggester(self.vocabulary, partial(self._index.counts, seconds=_PROFILE_SECONDS))

    def _speller(self, initial: str) -> SpellingCorrector:
        """Knows the words with this first letter: reading all of a million issues takes long."""
        if initial not in self._spellers:
            # Sorted, as a set has another order in each process, and so would words of equal rank.
            named = sorted(word for word in self._named if word.startswith(initial))
            known = lexicon(self._index.suggest(initial), named)
            self._spellers[initial] = SpellingCorrector(known)
        return self._spellers[initial]

    @cached_property
    def _named(self) -> frozenset[str]:
        return named_words(self.vocabulary)
