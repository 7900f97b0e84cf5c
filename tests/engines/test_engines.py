"""The register of engines, and what is particular to one of them."""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tantivy import Query

from imrsearch.engines import NAMES, engine
from imrsearch.engines.base import SearchRequest
from imrsearch.engines.tantivy import query
from imrsearch.engines.tantivy.engine import TantivyIndex
from imrsearch.engines.tantivy.query import value_token
from imrsearch.engines.tantivy.texts import translate_panics
from imrsearch.engines.whoosh.engine import WhooshIndex
from imrsearch.query.tree import MatchAll, Phrase, Term
from imrsearch.system.errors import DamagedBuild, SettingsError
from imrsearch.system.package_data import PACKAGE
from tests.engines.corpus import CORPUS


@pytest.mark.parametrize("name", NAMES)
def test_registered_by_its_own_name(name: str) -> None:
    assert engine(name).name == name


def test_unknown_engine_is_named() -> None:
    with pytest.raises(SettingsError, match="sphinx"):
        engine("sphinx")


LIBRARIES = {"whoosh": "whoosh", "tantivy": "tantivy", "opensearch": "opensearchpy"}


@pytest.mark.parametrize("name", NAMES)
def test_library_is_imported_by_its_own_modules_only(name: str) -> None:
    imports = re.compile(rf"^\s*(?:from|import) {LIBRARIES[name]}\b", re.M)
    importing = {
        path.parent
        for path in PACKAGE.rglob("*.py")
        if imports.search(path.read_text(encoding="utf-8"))
    }
    assert importing == {PACKAGE / "engines" / name}


@pytest.mark.parametrize("name", NAMES)
def test_library_is_not_imported_before_it_is_used(name: str) -> None:
    loaded = f"{LIBRARIES[name]!r} in sys.modules"
    code = f"import sys, imrsearch.storage.builds.publishing; sys.exit({loaded})"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_index_that_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    engine("whoosh").create(tmp_path, CORPUS)
    index = WhooshIndex(tmp_path)
    reader = index._words._reader
    del index
    gc.collect()
    assert reader.is_closed


def test_a_panic_of_tantivy_is_an_error_of_ours(tmp_path: Path) -> None:
    """Its panics are no Exception: unguarded, they would end a worker."""
    engine("tantivy").create(tmp_path, CORPUS)
    index = TantivyIndex(tmp_path)
    with pytest.raises(DamagedBuild, match="Tantivy"), translate_panics():
        index.files.searcher.search(Query.all_query(), 0)
    assert index.search(SearchRequest(MatchAll())).total == len(CORPUS)


@given(st.text(), st.text())
def test_a_value_is_one_word_to_tantivy(value: str, other: str) -> None:
    """Tantivy splits the values of a document at blanks; none may be taken for another."""
    token = value_token("body", value)
    assert token.split() == [token]
    assert (token == value_token("body", other)) == (value == other)


def test_torn_files_of_tantivy_are_an_error_of_ours(tmp_path: Path) -> None:
    engine("tantivy").create(tmp_path, CORPUS)
    for path in (tmp_path / "words").glob("*.term"):
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(Exception):  # noqa: B017 - not a BaseException alone
        engine("tantivy").open(tmp_path).search(SearchRequest(Term("pain")))


def test_a_phrase_with_too_many_ways_is_partial(tmp_path: Path) -> None:
    """Each way to spread the words of a phrase is a phrase to Tantivy: the closest are tried."""
    engine("tantivy").create(tmp_path, CORPUS)
    index = engine("tantivy").open(tmp_path)
    wide = Phrase(("to", "be", "or", "not", "to", "be"), slop=20)
    answer = index.search(SearchRequest(wide))
    assert (answer.total, answer.timed_out) == (1, True)
    assert not index.search(SearchRequest(replace(wide, slop=3))).timed_out


def test_many_documents_leave_fewer_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine("tantivy").create(tmp_path, CORPUS)
    index = engine("tantivy").open(tmp_path)
    monkeypatch.setattr(query, "MAX_DOCUMENTS_READ", 8 * len(CORPUS))
    three, four = (Phrase(("be", "or", "to"), slop=slop) for slop in (2, 3))
    assert not index.search(SearchRequest(three)).timed_out
    assert index.search(SearchRequest(four)).timed_out


def test_words_and_values_of_different_documents_are_not_opened(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, documents in ((one, CORPUS), (other, CORPUS[:2])):
        folder.mkdir()
        engine("tantivy").create(folder, documents)
    shutil.rmtree(one / "words")
    (other / "words").rename(one / "words")
    with pytest.raises(DamagedBuild, match="same documents"):
        engine("tantivy").open(one)
