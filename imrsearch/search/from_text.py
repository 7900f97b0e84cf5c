"""What a pasted denial letter or record asks: its treatments, body parts, guidelines, field words.

The text itself goes nowhere. What comes out are names that the catalogue knows and words that are
common in the collection, so that no person's name, number or date can be among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from imrsearch.catalogue.guidelines import cited_places
from imrsearch.citations.statements import read_statement
from imrsearch.query.recognize_concepts import find_concepts
from imrsearch.text.words import is_stop_word, words

LONGEST = 20_000
"""So many characters of a text are read."""
_MOST_NAMES, _MOST_WORDS = 6, 6
_COMMON, _TOO_COMMON = 0.01, 0.3
"""A word says something, and names nobody, that stands in this share of all issues."""

Share = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The names and words to search for, most telling first; ``cites`` as ``cites:`` takes them."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    cites: tuple[str, ...]

    @property
    def q(self) -> str:
        """The search that they make; names are recognised in it without quotation marks."""
        return " ".join([*self.names, *self.words])


def read_pasted(text: str, share: Share) -> Pasted:
    """The search that a text asks for. ``share``: in which part of all issues a word stands."""
    text = text[:LONGEST]
    concepts = list(find_concepts(text))
    treatments = Counter(name for concept in concepts for name in concept.treatments)
    regions = Counter(name for concept in concepts for name in concept.regions)
    names = [name for some in (treatments, regions) for name, _ in some.most_common(3)]
    citations = read_statement(text).statement.citations
    cited = dict.fromkeys(str(place) for one in citations for place in cited_places(one))
    return Pasted(
        names=tuple(dict.fromkeys(names))[:_MOST_NAMES],
        words=_telling_words(text, names, share),
        cites=tuple(cited)[:3],
    )


def _telling_words(text: str, names: list[str], share: Share) -> tuple[str, ...]:
    """Words that are neither in every issue nor in hardly any, the most frequent of the text."""
    known = {word for name in names for word in words(name)}
    counted = Counter(
        word
        for word in words(text)
        if word.isalpha() and len(word) > 3 and word not in known and not is_stop_word(word)
    )
    telling = (word for word, _ in counted.most_common(60) if _COMMON <= share(word) < _TOO_COMMON)
    return tuple(word for word, _ in zip(telling, range(_MOST_WORDS), strict=False))
