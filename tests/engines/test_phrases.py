"""Words near each other, in every engine as by going through the words one by one."""

from __future__ import annotations

import random

import pytest

from imrsearch.engines.base import Engine, IndexSearcher, SearchRequest
from imrsearch.query.tree import Phrase
from imrsearch.schema import IssueDocument
from tests.engines import reference

SEED = 5
TEXTS = [
    " ".join(chance.choices("aabbbqxyz", k=chance.randint(1, 25)))
    for chance in [random.Random(SEED)]
    for _ in range(400)
]
DOCUMENTS = [
    IssueDocument(f"CM16-{place:07}#1", {"rationale": text}, {}, {})
    for place, text in enumerate(TEXTS)
]


@pytest.fixture(scope="module")
def index(kind: Engine, tmp_path_factory: pytest.TempPathFactory) -> IndexSearcher:
    """Texts in which the same few letters come again and again."""
    folder = tmp_path_factory.mktemp("phrases")
    kind.create(folder, DOCUMENTS)
    return kind.open(folder)


@pytest.mark.parametrize("slop", range(7))
@pytest.mark.parametrize("pair", ["ab", "ba", "bb", "qz"])
def test_two_words_up_to_so_many_apart(index: IndexSearcher, pair: str, slop: int) -> None:
    found = places(index, Phrase(tuple(pair), slop=slop))
    assert found == [place for place, text in enumerate(TEXTS) if stands(pair, 0, slop, text)]


@pytest.mark.parametrize("slop", range(4))
def test_a_stop_word_between_keeps_its_place(index: IndexSearcher, slop: int) -> None:
    found = places(index, Phrase(("b", "of", "z"), exact=False, slop=slop))
    assert found == [place for place, text in enumerate(TEXTS) if stands("bz", 1, slop, text)]


@pytest.mark.parametrize("slop", range(5))
@pytest.mark.parametrize("words", ["qab", "bqb", "xyzq"])
def test_slop_is_for_all_gaps_together(index: IndexSearcher, words: str, slop: int) -> None:
    phrase = Phrase(tuple(words), slop=slop)
    assert places(index, phrase) == [
        place for place, one in enumerate(DOCUMENTS) if reference.matches(one, phrase)
    ]


def places(index: IndexSearcher, phrase: Phrase) -> list[int]:
    """Which of the texts have the phrase."""
    found = index.search(SearchRequest(phrase, limit=len(TEXTS)))
    return sorted(int(hit.id[len("CM16-") : -len("#1")]) for hit in found.hits)


def stands(pair: str, least: int, slop: int, text: str) -> bool:
    """Whether the letters stand in this order with ``least`` others between them, and at most
    ``slop`` more."""
    words = text.split()
    return any(
        word == pair[0] and pair[1] in words[place + 1 + least : place + 2 + least + slop]
        for place, word in enumerate(words)
    )
