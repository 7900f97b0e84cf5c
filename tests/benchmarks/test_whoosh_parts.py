"""The comparison of the Whoosh engine's parts with Whoosh's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import index

from benchmarks import whoosh_parts
from benchmarks.queries import Search
from imrsearch.engines import engine
from imrsearch.engines.base import SearchRequest
from tests.engines.corpus import CORPUS

SEARCHES = [
    Search("single", ("pain",)),
    Search("and", ("pain", "therapy")),
    Search("or", ("pain", "therapy")),
    Search("prefix", ("ther",)),
]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search.kind)
def test_both_find_the_same_number_of_documents(tmp_path: Path, search: Search) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    engine("whoosh").create(ours, CORPUS)
    whoosh_parts.write_by_whoosh(theirs, CORPUS, stemmed=True)
    found = engine("whoosh").open(ours).search(SearchRequest(whoosh_parts.tree(search)))
    with index.open_dir(theirs).searcher() as searcher:
        total = whoosh_parts.first_page(searcher, whoosh_parts.by_whoosh(search))
    assert found.total == total
