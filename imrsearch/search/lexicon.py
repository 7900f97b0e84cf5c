"""The words that a misspelt one can stand for: those of the catalogue and of the letters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain

from imrsearch.catalogue.names import catalogue_names
from imrsearch.catalogue.word_lists import misspellings
from imrsearch.engines.base import Suggestion
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.text.words import words

_LEAST = 3  # a word in fewer issues may be a misspelling itself


def lexicon(indexed: Iterable[Suggestion], named: Iterable[str]) -> dict[str, int]:
    """The words of the index, and those ``named`` by catalogue and values, each with its number of
    issues."""
    counts = {each.word: each.count for each in indexed}
    known = {word: count for word, count in counts.items() if count >= _LEAST}
    return known | {word: counts.get(word, 0) for word in named}


def named_words(vocabulary: Vocabulary) -> frozenset[str]:
    """The words of all names that the catalogue and the values of an index hold."""
    fields = ("treatment", "specialty", "category", "subcategory")
    values = chain.from_iterable(map(vocabulary.values, fields))
    return catalogue_words().union(word for value in values for word in words(value))


@cache
def catalogue_words() -> frozenset[str]:
    """The words of all names that the catalogue holds: reading thousands takes 0.1 s."""
    named = frozenset(word for name in catalogue_names() for word in words(name))
    # The catalogue knows treatments by their misspellings too: no other word is mended to these.
    return named - misspellings().keys()
