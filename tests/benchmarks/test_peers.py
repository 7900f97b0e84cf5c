"""Peers do what our page does: same totals, same facets with outcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus
from benchmarks.peers.registry import NAMES, peer
from benchmarks.queries import KINDS, Search, searches
from benchmarks.stock import Stock
from benchmarks.ways import EngineAlone


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    made = Stock(tmp_path_factory.mktemp("stock"), 250)
    made.build("tantivy")
    return made


@pytest.fixture(scope="module")
def ours(stock: Stock) -> EngineAlone:
    return EngineAlone(stock, "tantivy")


@pytest.fixture(scope="module")
def wanted() -> list[Search]:
    """Two searches of each kind: of common and of rare words."""
    every = searches(Corpus().words)
    kinds = [[search for search in every if search.kind == kind] for kind in KINDS]
    return [some[place] for some in kinds for place in (0, len(some) // 2)]


@pytest.mark.parametrize("name", NAMES)
def test_same_totals_and_facets(
    name: str, stock: Stock, ours: EngineAlone, wanted: list[Search], tmp_path: Path
) -> None:
    try:
        one = peer(name)
    except ImportError as missing:
        pytest.skip(str(missing))
    one.build(tmp_path, stock.documents())
    one.open(tmp_path)
    ask = ours.open()
    for search in wanted:
        found = one.search(search)
        assert found.total == ask(search).total, search
        tables = {facet: dict(table) for facet, table in one.tables(found).items() if table}
        expected = {facet: table for facet, table in ours.tables(search).items() if table}
        assert tables == expected, search
        assert len(found.hits) == min(found.total, 10)
        one.excerpts(search, found)


def test_every_search_is_asked_for_once(wanted: list[Search]) -> None:
    every = searches(Corpus().words)
    assert len(every) == len(set(every)) == 60
    words = [word for search in every if search.kind != "prefix" for word in search.words]
    assert len(words) == len(set(words))
    assert {search.kind for search in every} == set(KINDS)


def test_a_search_as_a_visitor_types_it() -> None:
    asked = Search("filter", ("knee",), "Injection")
    assert asked.state.to_url() == "/search?category=Injection&q=knee"
    assert replace(asked, kind="phrase", words=("a", "b")).state.q == '"a b"'
