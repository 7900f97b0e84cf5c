"""What one build holds altogether: its values, its words, and how often issues were overturned."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial
from threading import Lock

from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import ParsedQuery
from imrsearch.query.recognize_concepts import find_concepts
from imrsearch.query.spelling import SpellingCorrector
from imrsearch.query.tree import MatchAll, Query, Term
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS
from imrsearch.search.lexicon import lexicon, named_words
from imrsearch.search.suggest import Suggester

_LEAST_SHARED = 3
_PROFILE_SECONDS = 0.5
"""One count takes no longer: a search may need several before it is asked."""
_RARE, _TIMES = 2, 20
"""A word in so few issues may be misspelt in them too, if another is so many times as frequent."""


_READINGS_KEPT = 500
_LONGEST_KEPT = 200
"""Characters of a search whose reading is kept: what is longer was pasted, and is nobody else's."""

WaysToRead = tuple[str, bool, bool, bool, str, bool, QueryLimits]
"""The words of a search, and what decides how they are read: whether what is meant is recognised,
other names are added and misspellings mended; how many words must match; whether mentions count."""


class IndexProfile:
    """Found out once for each build; the words only when one is misspelt."""

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
        """What ``read`` makes of a search. All its pages, orders and facets read the same words, so
        a short search is read once.

        A reading that took as long as one count may is not kept: the count may have been cut short.
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
        """In which part of all issues a word stands, in any form; of fewer than three, in none."""
        found = self.count(Term(word))
        return found / self._total if found >= _LEAST_SHARED else 0.0

    def correct(self, word: str) -> str | None:
        """The word meant by one that occurs nowhere, or hardly while another is common.

        ``None`` for any other. A word that the catalogue knows is never wrong.
        """
        if self._index.frequency(word) > _RARE:
            return None
        found = self.count(Term(word, exact=True))
        meant = self._speller(word[:1]).correct(word)
        if meant is None or self.count(Term(meant)) < found * _TIMES:
            return None
        # "weaned" is right where letters have "weans"; "chiropracter" has the stem of chiropractic,
        # but is meant for a name.
        is_form = self.count(Term(word)) and not find_concepts(meant)
        return None if is_form else meant

    @cached_property
    def suggester(self) -> Suggester:
        """What searches may be going to be."""
        return Suggester(self.vocabulary, partial(self._index.counts, seconds=_PROFILE_SECONDS))

    def _speller(self, initial: str) -> SpellingCorrector:
        """Knows the words with this first letter: reading all of a million issues takes long."""
        if initial not in self._spellers:
            # In order, as a set has another one in each process, and so would equals.
            named = sorted(word for word in self._named if word.startswith(initial))
            known = lexicon(self._index.suggest(initial), named)
            self._spellers[initial] = SpellingCorrector(known)
        return self._spellers[initial]

    @cached_property
    def _named(self) -> frozenset[str]:
        return named_words(self.vocabulary)
