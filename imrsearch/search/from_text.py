"""A search from a pasted denial letter or record: treatments, body parts, guidelines, key words.

The text itself is not passed on. The result contains only names that the catalogue knows and words
that are common in the collection, and so no person's name, number or date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from imrsearch.catalogue.guidelines import cited_places
from imrsearch.citations.statements import read_statement
from imrsearch.query.concepts import find_concepts
from imrsearch.text.words import is_stop_word, words

LONGEST = 20_000
"""Characters of a text that are read."""
_MOST_OF_A_KIND, _MOST_WORDS = 3, 6
"""Most treatments, body parts and cited places searched for, each; and most words."""
_COMMON, _TOO_COMMON = 0.01, 0.3
"""Range of the share of issues in which a word must occur to be useful and to name nobody."""

Share = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The names and words to search for, most informative first; ``cites`` in the syntax of
    ``cites:``."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    cites: tuple[str, ...]

    @property
    def q(self) -> str:
        """The search made of them; names are recognized in it without quotation marks."""
        return " ".join([*self.names, *self.words])


def read_pasted(text: str, share: Share) -> Pasted:
    """The search for a text. ``share``: the share of all issues in which a word occurs."""
    text = text[:LONGEST]
    concepts = list(find_concepts(text))
    treatments = Counter(name for concept in concepts for name in concept.treatments)
    regions = Counter(name for concept in concepts for name in concept.regions)
    names = [
        name for some in (treatments, regions) for name, _ in some.most_common(_MOST_OF_A_KIND)
    ]
    citations = read_statement(text).statement.citations
    cited = dict.fromkeys(str(place) for one in citations for place in cited_places(one))
    return Pasted(
        names=tuple(dict.fromkeys(names)),
        words=_telling_words(text, names, share),
        cites=tuple(cited)[:_MOST_OF_A_KIND],
    )


def _telling_words(text: str, names: list[str], share: Share) -> tuple[str, ...]:
    """Words that are neither too common nor too rare in the collection, most frequent in the text
    first."""
    known = {word for name in names for word in words(name)}
    counted = Counter(
        word
        for word in words(text)
        if word.isalpha() and len(word) > 3 and word not in known and not is_stop_word(word)
    )
    telling = (word for word, _ in counted.most_common(60) if _COMMON <= share(word) < _TOO_COMMON)
    return tuple(islice(telling, _MOST_WORDS))
