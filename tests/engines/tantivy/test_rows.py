"""What is remembered of the last text queries, and kept of frequent stems and names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tantivy import Query

from imrsearch.engines import engine
from imrsearch.engines.tantivy import rows
from imrsearch.engines.tantivy.engine import TantivyIndex
from imrsearch.engines.tantivy.rows import (
    FrequentBitmaps,
    MaskBits,
    Scores,
    bitmap_key,
    recent_masks,
)
from imrsearch.query import tree
from imrsearch.query.tree import FieldEquals, Phrase, Prefix, Term
from imrsearch.schema import IssueDocument

_SOME = np.packbits(np.ones(8_000, dtype=bool))
_SCORES = Scores(np.arange(100), np.ones(100))


def test_what_is_kept_takes_room_for_its_scores_too() -> None:
    assert MaskBits(_SOME).nbytes == 1_000
    assert MaskBits(_SOME, _SCORES).nbytes == 1_000 + 1_600


def test_no_more_than_some_hundreds_are_kept() -> None:
    masks, queries = recent_masks(8), [Term(f"word{number}") for number in range(300)]
    for query in queries:
        masks.put(query, MaskBits(_SOME))
    assert sum(masks.get(query) is not None for query in queries) == 256


@pytest.mark.parametrize(("rows", "kept"), [(8_000, 16), (1 << 30, 32)])
def test_a_large_index_has_room_for_more(rows: int, kept: int) -> None:
    """The mask of a thousand million rows takes 128 MB; of 8,000, only 16 MB in all are kept."""
    masks, queries = recent_masks(rows), [Term(f"word{number}") for number in range(32)]
    large = np.lib.stride_tricks.as_strided(_SOME, (1 << 20,), (0,))
    for query in queries:
        masks.put(query, MaskBits(large))
    assert sum(masks.get(query) is not None for query in queries) == kept


@pytest.mark.parametrize(
    ("query", "key"),
    [
        pytest.param(Term("therapies"), "therapi", id="a stem"),
        pytest.param(Phrase(("physical", "therapy"), exact=False), "physic therapi", id="a name"),
        pytest.param(Phrase(("range", "of", "motion"), exact=False), None, id="any word inside"),
        pytest.param(Phrase(("low", "back")), None, id="as written"),
        pytest.param(Phrase(("low", "back"), exact=False, slop=1), None, id="not adjacent"),
        pytest.param(Phrase(("low", "back"), ("service",), exact=False), None, id="in one field"),
        pytest.param(Term("the"), None, id="a stop word"),
        pytest.param(Term("knees", exact=True), None, id="a word as written"),
        pytest.param(Prefix("kne"), None, id="a beginning"),
        pytest.param(FieldEquals("body", "knee"), None, id="a value"),
    ],
)
def test_what_may_have_a_bitmap(query: tree.Query, key: str | None) -> None:
    assert bitmap_key(query) == key


def _documents(first: int, *texts: str) -> list[IssueDocument]:
    return [
        IssueDocument(f"CM16-{number:07}#1", {"rationale": text}, {"case": (str(number),)}, {})
        for number, text in enumerate(texts, first)
    ]


def test_names_of_frequent_stems_have_bitmaps_that_updates_extend(tmp_path: Path) -> None:
    tantivy, first, second = engine("tantivy"), tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    tantivy.create(first, _documents(0, "low back", "back, low", "the lower back", "low backs"))
    assert _rows(first, "low back") == [0, 3]
    tantivy.update(second, first, {"1"}, _documents(4, "back", "her low back"))
    assert _rows(second, "low back") == [0, 3, 5]
    with pytest.raises(TypeError):
        _rows(second, "back low")  # no name of the catalogue


def test_stems_of_many_documents_have_bitmaps_however_large_the_index_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("knee scan", "hip scan", "hand scan", *["pain"] * 60)
    some, more = tmp_path / "some", tmp_path / "more"
    for folder, many in ((some, rows.MANY), (more, 2)):
        folder.mkdir()
        monkeypatch.setattr(rows, "MANY", many)
        engine("tantivy").create(folder, _documents(0, *texts))
    assert FrequentBitmaps(some).bits("scan") is None  # in one of 21 documents
    assert _rows(more, "scan") == [0, 1, 2]
    assert FrequentBitmaps(more).bits("knee") is None


@pytest.mark.parametrize("at_once", [pytest.param(100, id="few"), pytest.param(1, id="many")])
@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("knee", [0], id="one"),
        pytest.param("hip", [2, 4], id="some"),
        pytest.param("pain", [0, 2, 3, 4], id="most: the others are fetched"),
        pytest.param("scan", [0, 2, 3, 4, 5], id="all"),
        pytest.param("absent", [], id="none"),
    ],
)
def test_rows_are_found_in_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, word: str, found: list[int]
) -> None:
    """Tantivy returns documents one by one; with scores only where they are few."""
    tantivy, first, second = engine("tantivy"), tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    texts = ("knee pain scan", "hip pain scan", "hip hip pain scan", "pain scan", "hip pain scan")
    tantivy.create(first, _documents(0, *texts))
    tantivy.update(second, first, {"1"}, _documents(5, "scan"))
    index = TantivyIndex(second)
    monkeypatch.setattr(rows, "ROWS_WITH_COUNT", at_once)
    query = Query.term_query(index.files.schema, "rationale", word)
    mask, scores = rows.find_rows(index.files.searcher, query, 6)
    assert np.flatnonzero(mask & index.columns.everything).tolist() == found
    assert (scores is None) == (len(found) > at_once)
    if scores:
        assert scores.rows.tolist() == found
        best = max(zip(scores.scores, found, strict=True), default=(0, None))[1]
        assert best == (2 if word == "hip" else best)
        some = scores.among(np.arange(6) > 2)
        assert some.rows.tolist() == [row for row in found if row > 2]
        assert some.scores.tolist() == scores.scores[scores.rows > 2].tolist()


def test_words_of_a_beginning_are_told_by_frequency(tmp_path: Path) -> None:
    rows.write_frequencies(tmp_path, {"knee": 2, "kin": 3, "kg": 2, "hip": 3, "k": 1, "0": 5})
    told = rows.WordFrequencies(tmp_path)
    for start, words in (
        *(("", "0 hip kin kg knee k"), ("k", "kin kg knee k"), ("kn", "knee"), ("x", "")),
        *(("kx", ""), ("knee", "knee"), ("knees", "")),
    ):
        assert " ".join(one.word for one in told.beginning(start)) == words


def _rows(folder: Path, key: str) -> list[int]:
    bits = FrequentBitmaps(folder).bits(key)
    return np.flatnonzero(np.unpackbits(bits)).tolist()  # type: ignore[arg-type]  # may be None
