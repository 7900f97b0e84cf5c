"""The words that a misspelt one can stand for: those of the catalogue and of the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.guidelines import all_guidelines, catalogue
from imrsearch.catalogue.phrases import load_toml
from imrsearch.catalogue.treatments import treatments
from imrsearch.model import Determination
from imrsearch.search.vocabulary import Vocabulary
from imrsearch.text import words

MOST_LETTERS = 1_000
"""So many letters tell the general words: reading them takes half a second, once a build."""
_LEAST = 3  # a word in fewer letters may be a misspelling itself


def lexicon(letters: Iterable[tuple[str, Determination]], vocabulary: Vocabulary) -> Counter[str]:
    """Words with how often they occur; those that the catalogue knows at least as often as others.

    ``letters`` may be many: only the first are read.
    """
    found: Counter[str] = Counter()
    for _, determination in islice(letters, MOST_LETTERS):
        found.update(_words_of(determination))
    known = Counter({word: count for word, count in found.items() if count >= _LEAST})
    for name in _names(vocabulary):
        for word in words(name):
            known[word] = max(known[word], found[word], 1)
    return known


def _words_of(determination: Determination) -> set[str]:
    texts = [determination.summary]
    texts += [text for issue in determination.issues for text in (issue.service, issue.rationale)]
    return set(words("\n".join(texts)))


def _names(vocabulary: Vocabulary) -> Iterator[str]:
    yield from regions()
    yield from _strings(load_toml("synonyms.toml"))
    for _, phrases in treatments():
        yield from phrases
    for guideline in all_guidelines():
        yield guideline.title
        yield from guideline.names
    for sections in catalogue()["sections"].values():
        yield from sections
    for field in ("treatment", "specialty", "category", "subcategory"):
        yield from vocabulary.values(field)


def _strings(table: object) -> Iterator[str]:
    """Every text in nested tables and lists, keys included."""
    match table:
        case str():
            yield table
        case dict():
            yield from table
            yield from _strings(list(table.values()))
        case list():
            for inner in table:
                yield from _strings(inner)
