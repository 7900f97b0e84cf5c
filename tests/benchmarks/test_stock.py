"""Collections and builds that are kept for the next measurement."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from benchmarks import measuring, stock
from benchmarks.corpus import Corpus
from benchmarks.processes import Finished
from imrsearch import engines
from imrsearch.indexing import rebuild
from imrsearch.letters import READER
from imrsearch.letters.letter import Letter
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import load_settings


def test_a_collection_and_its_build_are_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stock.Stock(tmp_path, 32)
    assert len(list(made.documents())) == made.issues >= made.letters == 20
    took = made.build("tantivy")
    monkeypatch.setattr(stock, "run", None)
    monkeypatch.setattr(Collection, "create", None)
    assert stock.Stock(tmp_path, 32).build("tantivy") == took


def test_figures_older_than_any_module_of_the_engines_are_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "engines/tantivy/engine.py"
    module.parent.mkdir(parents=True)
    module.touch()
    os.utime(module, (100, 100))
    monkeypatch.setattr(engines, "__file__", str(tmp_path / "engines/__init__.py"))
    made = stock.Stock(tmp_path, 8)
    made.build("tantivy")
    os.utime(made.folder / "tantivy.json", (50, 50))
    again = Finished(1.0, 1.0, 1)
    monkeypatch.setattr(stock, "run", lambda _: again)
    assert made.build("tantivy") == again


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus's words are counted here, once, not in each process that makes letters."""
    monkeypatch.setattr(stock, "ProcessPoolExecutor", ThreadPoolExecutor)


@pytest.mark.usefixtures("in_this_process")
def test_an_interrupted_filling_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "BATCH", 8)
    keep = Collection.keep

    def interrupted(collection: Collection, letters: list[Letter], reader: int) -> None:
        if collection.summary().letters:
            raise KeyboardInterrupt
        keep(collection, letters, reader)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Collection, "keep", interrupted)
        stock.Stock(tmp_path, 26)
    made = stock.Stock(tmp_path, 26)
    assert {one.id.partition("#")[0] for one in made.documents()} == {
        one.case_id for one in Corpus().determinations(16)
    }


@pytest.mark.usefixtures("in_this_process")
def test_no_parser_rereads_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build would be measured with the rereading, and hold other facts than were made."""
    stock.Stock(tmp_path, 8).build("tantivy")
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    made = stock.Stock(tmp_path, 8)
    revision = Collection.open(made.index).state.revision
    rebuild.reindex(load_settings({}, index=str(made.index)))
    assert Collection.open(made.index).state.revision == revision


@pytest.mark.usefixtures("in_this_process")
def test_another_corpus_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock.Stock(tmp_path, 8)
    monkeypatch.setattr(stock, "Corpus", partial(Corpus, seed=2))
    with pytest.raises(ValueError, match="another corpus"):
        stock.Stock(tmp_path, 8)


def test_results_name_their_command_but_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "RESULTS", tmp_path)
    given = ["/somewhere/benchmarks/shell.py", "10000", "--folder", "/elsewhere", "whoosh"]
    monkeypatch.setattr(sys, "argv", given)
    kept = measuring.save("shell-10000", issues=7)
    told = json.loads(kept.read_text("utf-8"))
    assert told["command"] == "python -m benchmarks.shell 10000 whoosh"
    assert told["issues"] == 7
    assert set(told["machine"]) == {"cores", "architecture", "memory_gib", "system", "python"}
