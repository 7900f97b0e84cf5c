from __future__ import annotations

import pytest

from imrsearch.engines.base import Suggestion
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount
from imrsearch.search.lexicon import lexicon, named_words

VOCABULARY = Vocabulary({"specialty": [FacetCount("Hand Surgery", 3, 0)]})
INDEXED = [Suggestion("pain", 9), Suggestion("panful", 1), Suggestion("acupuncture", 2)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        pytest.param("pain", 9, id="frequent in letters"),
        pytest.param("acupuncture", 2, id="rare in letters, known to the catalogue"),
        pytest.param("carisoprodol", 0, id="in the catalogue alone"),
        pytest.param("hand", 0, id="in a value of the index"),
        pytest.param("panful", None, id="rare and unknown: perhaps wrong itself"),
    ],
)
def test_words_that_may_be_meant(word: str, count: int | None) -> None:
    assert lexicon(INDEXED, named_words(VOCABULARY)).get(word) == count
