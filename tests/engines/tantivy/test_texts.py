"""Two processes write what one writes; what goes wrong in one of them is told by the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from imrsearch.engines import engine
from imrsearch.engines.base import SearchRequest
from imrsearch.engines.tantivy import texts, writer
from imrsearch.engines.tantivy.engine import TantivyIndex
from imrsearch.engines.tantivy.texts import Entry
from imrsearch.query.tree import MatchAll, Term
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.system.errors import LetterError, NotWritten
from tests.engines.corpus import CORPUS


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The second process is used from the first document on, and is gone in the end."""
    monkeypatch.setattr(writer, "BATCHES_IN_ONE_PROCESS", 0)
    yield
    assert not multiprocessing.active_children()


def words(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """All words of an index with the number of their documents."""
    searcher = TantivyIndex(folder).files.searcher
    return {
        field: sorted(searcher.terms_with_prefix(field, ""))
        for field in (*TEXT_FIELDS, "stems", "values")
    }


def test_two_processes_write_what_one_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "one").mkdir()
    engine("tantivy").create(tmp_path / "two", CORPUS)
    monkeypatch.setattr(writer, "BATCHES_IN_ONE_PROCESS", 10)
    engine("tantivy").create(tmp_path / "one", CORPUS)
    assert words(tmp_path / "two") == words(tmp_path / "one")
    everything = SearchRequest(MatchAll(), limit=len(CORPUS))
    hits = [
        engine("tantivy").open(tmp_path / one).search(everything).hits for one in ("one", "two")
    ]
    assert hits[0] == hits[1]


def letter(case: str, said: str) -> IssueDocument:
    return IssueDocument(f"{case}#1", {"rationale": said}, {"case": (case,)}, {})


def test_an_update_goes_through_it_too(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "updated").mkdir()
    engine("tantivy").create(tmp_path / "base", [letter("a", "pain"), letter("b", "pain")])
    assert engine("tantivy").update(
        tmp_path / "updated", tmp_path / "base", ["a"], [letter("c", "pains")]
    )
    found = engine("tantivy").open(tmp_path / "updated").search(SearchRequest(Term("pain")))
    assert {hit.id for hit in found.hits} == {"b#1", "c#1"}


def test_an_error_there_is_raised_here(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    with pytest.raises(ValueError, match="FileDoesNotExist"):
        texts.write_texts_in_process(tmp_path / "words", [], ())


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(LetterError("defect", "torn"), id="any"),
        pytest.param(BrokenPipeError("torn"), id="nobody reads the progress: not the other's pipe"),
    ],
)
def test_an_error_here_ends_it(tmp_path: Path, error: Exception) -> None:
    def torn() -> Iterator[IssueDocument]:
        yield CORPUS[0]
        raise error

    with pytest.raises(type(error), match="torn"):
        engine("tantivy").create(tmp_path, torn())


def test_killed_it_is_an_error_of_ours(tmp_path: Path) -> None:
    """As the system does with a process that takes too much memory."""

    def killing() -> Iterator[IssueDocument]:
        for _ in range(1000):
            yield from CORPUS
            for child in multiprocessing.active_children():
                os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(NotWritten, match="exited unexpectedly"):
        engine("tantivy").create(tmp_path, killing())


def test_an_error_there_is_raised_in_the_midst_of_handing_over(tmp_path: Path) -> None:
    """What has been sent is still unread then, which closes the pipe in another way."""
    (tmp_path / "words").mkdir()
    batch = [Entry(row, CORPUS[0].texts, "", {}) for row in range(5_000)]
    with pytest.raises(ValueError, match="FileDoesNotExist"):
        texts.write_texts_in_process(tmp_path / "words", [batch] * 10, ())
