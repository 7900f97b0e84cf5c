"""The dictionary for spelling correction: the words of the catalogue and of the letters."""

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
    """The words of the index and the ``named`` words of catalogue and values, each with its number
    of issues."""
    never = dict.fromkeys(named, 0)
    return never | {
        each.word: each.count for each in indexed if each.count >= _LEAST or each.word in never
    }


def named_words(vocabulary: Vocabulary) -> frozenset[str]:
    """The words of all names in the catalogue and among the values of an index."""
    fields = ("treatment", "specialty", "category", "subcategory")
    values = chain.from_iterable(map(vocabulary.values, fields))
    return catalogue_words().union(word for value in values for word in words(value))


@cache
def catalogue_words() -> frozenset[str]:
    """The words of all names in the catalogue; cached, as reading thousands takes 0.1 s."""
    named = frozenset(word for name in catalogue_names() for word in words(name))
    # The catalogue also lists misspellings of treatments: no word is corrected to one of these.
    return named - misspellings().keys()
