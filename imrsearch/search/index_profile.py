"""Facts about one build as a whole: its values, its words, and its share of overturned issues."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, cached_property, partial
from itertools import chain
from threading import Lock

from imrsearch.catalogue.names import catalogue_names
from imrsearch.catalogue.word_lists import misspellings
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.query.concepts import find_concepts
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import ParsedQuery
from imrsearch.query.spelling import SpellingCorrector
from imrsearch.query.tree import MatchAll, Query, Term
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS
from imrsearch.search.suggest import Suggester
from imrsearch.text.words import words

_LEAST_SHARED = 3
"""A word in fewer issues counts as being in none."""
_LEAST_KNOWN = 3
"""A word in fewer issues is known only if the catalogue or a value names it."""
_RARE, _TIMES = 2, 20
"""A word in at most this many issues may be a misspelling, if another is this many times as
frequent."""
_PROFILE_SECONDS = 0.5
"""Time limit of one count: reading a search may need several."""
_READINGS_KEPT = 500
_LONGEST_KEPT = 200
"""Most characters of a search whose reading is cached: longer ones are pasted and not repeated."""

WaysToRead = tuple[str, bool, bool, bool, str, bool]
"""Cache key: the words of a search, and the options for reading them: whether concepts are
recognized, other names added and misspellings corrected; how many words must match; whether
mentions count."""


class IndexProfile:
    """Computed once for each build; the words only when one is misspelt. ``limits``: those of the
    searches that are read by it."""

    def __init__(self, build: str, index: IndexSearcher, limits: QueryLimits | None = None) -> None:
        answer = index.search(SearchRequest(MatchAll(), facets=tuple(FACETS), limit=1))
        self.build = build
        self.limits = limits
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
        """Knows the words with this first letter: reading all of a million issues takes long.

        They are those of the catalogue and of the index's values, and those of at least three
        issues: a rarer word may be a misspelling itself.
        """
        if initial not in self._spellers:
            # Sorted, as a set has another order in each process, and so would words of equal rank.
            known = dict.fromkeys(
                sorted(word for word in self._named if word.startswith(initial)), 0
            )
            known |= {
                each.word: each.count
                for each in self._index.suggest(initial)
                if each.count >= _LEAST_KNOWN or each.word in known
            }
            self._spellers[initial] = SpellingCorrector(known)
        return self._spellers[initial]

    @cached_property
    def _named(self) -> frozenset[str]:
        """The words of all names in the catalogue and among the values of the index."""
        fields = ("treatment", "specialty", "category", "subcategory")
        values = chain.from_iterable(map(self.vocabulary.values, fields))
        return catalogue_words().union(word for value in values for word in words(value))


@cache
def catalogue_words() -> frozenset[str]:
    """The words of all names in the catalogue; cached, as reading thousands takes 0.1 s."""
    named = frozenset(word for name in catalogue_names() for word in words(name))
    # The catalogue also lists misspellings of treatments: no word is corrected to one of these.
    return named - misspellings().keys()
