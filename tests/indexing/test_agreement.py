"""What a new build is asked before it may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from imrsearch.engines import EMBEDDED, engine
from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.indexing.agreement import check_against_collection
from imrsearch.query.tree import FieldEquals
from imrsearch.schema import FacetCount, IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedBuild
from tests.letters.forms import NOTICE
from tests.reliability.folders import Folder

Documents = list[IssueDocument]
UPHELD_ONES = FieldEquals("decision", "upheld")


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """Three letters of two overturned issues each, and one with an upheld and an overturned one."""
    folder = Folder.fresh(tmp_path, "whoosh")
    folder.write(3, issues=2)
    (folder.letters / "notice.txt").write_text(NOTICE)
    folder.run()
    with closing(Collection.open(folder.index)) as collection:
        yield collection


@contextmanager
def index_of(some: Documents, place: Path, name: str = "whoosh") -> Iterator[IndexSearcher]:
    place.mkdir()
    engine(name).create(place, some)
    with closing(engine(name).open(place)) as index:
        yield index


@pytest.mark.parametrize("name", EMBEDDED)
def test_an_index_of_the_collection_agrees(
    name: str, collection: Collection, tmp_path: Path
) -> None:
    with index_of(
        list(documents(collection.to_index(IndexedDetermination))), tmp_path / "engine", name
    ) as index:
        check_against_collection(index, collection)


def test_nothing_agrees_with_nothing(tmp_path: Path) -> None:
    with (
        closing(Collection.create(tmp_path / "index")) as collection,
        index_of([], tmp_path / "engine") as index,
    ):
        check_against_collection(index, collection)


def lose_one(some: Documents) -> Documents:
    return some[1:]


def one_twice(some: Documents) -> Documents:
    return [*some[1:], some[-1]]


def one_letter_less(some: Documents) -> Documents:
    """Its two issues are another's."""
    return [*some[:-2], *(replace(one, values=some[-3].values) for one in some[-2:])]


def other_decision(some: Documents) -> Documents:
    values = {**some[-1].values, "decision": ("upheld",)}
    return [*some[:-1], replace(some[-1], values=values)]


def without_decision(some: Documents) -> Documents:
    values = {name: told for name, told in some[-1].values.items() if name != "decision"}
    return [*some[:-1], replace(some[-1], values=values)]


def unknown_case(some: Documents) -> Documents:
    """In the place of the first one."""
    values = {"case": ("CM16-9999999",)}
    ids = ("CM16-9999999#1", "CM16-9999999#2")
    changed = [
        replace(one, id=name, values={**one.values, **values})
        for name, one in zip(ids, some[:2], strict=True)
    ]
    return [*changed, *some[2:]]


def issue_of_another_case(some: Documents) -> Documents:
    return [*some[:-1], replace(some[-1], values=some[-3].values)]


def without_rationales(some: Documents) -> Documents:
    return [replace(one, texts={**one.texts, "rationale": ""}) for one in some]


def words_out_of_order(some: Documents) -> Documents:
    def backwards(text: str) -> str:
        return " ".join(reversed(text.split()))

    return [
        replace(one, texts={**one.texts, "rationale": backwards(one.texts["rationale"])})
        for one in some
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lose_one, "it holds 7 issues, the collection 8"),
        (one_twice, "issues"),
        (one_letter_less, "it holds 3 letters, the collection 4"),
        (other_decision, "it holds 2 upheld issues, the collection 1"),
        (without_decision, "it holds 6 overturned issues, the collection 7"),
        (unknown_case, "does not hold its case CM16-9999999"),
        (issue_of_another_case, "issues of case .* are not the collection's"),
        (without_rationales, "is not found by its own words"),
        (words_out_of_order, "is not found by its own words"),
    ],
)
def test_what_is_wrong_is_told(
    change: Callable[[Documents], Documents], told: str, collection: Collection, tmp_path: Path
) -> None:
    changed = change(list(documents(collection.to_index(IndexedDetermination))))
    with index_of(changed, tmp_path / "engine") as index, pytest.raises(DamagedBuild, match=told):
        check_against_collection(index, collection)


class Lying:
    """An open index that answers as another, but for what is told wrongly."""

    def __init__(self, index: IndexSearcher, **told: object) -> None:
        self._index = index
        self._told = told

    def __getattr__(self, name: str) -> object:
        return self._told.get(name, getattr(self._index, name))


def test_a_search_for_each_decision_finds_what_its_table_counts(
    collection: Collection, tmp_path: Path
) -> None:
    """Where the columns are whole and the words' index is not."""
    some = list(documents(collection.to_index(IndexedDetermination)))
    with index_of(some, tmp_path / "engine") as index:
        lying = Lying(index, count=lambda query: index.count(query) - (query == UPHELD_ONES))
        with pytest.raises(DamagedBuild, match="with decision upheld are not those of its table"):
            check_against_collection(cast(IndexSearcher, lying), collection)


def test_the_decisions_are_all_there_are(collection: Collection, tmp_path: Path) -> None:
    some = list(documents(collection.to_index(IndexedDetermination)))

    def search(request: SearchRequest) -> SearchResponse:
        answer = index.search(request)
        facets = {name: [*rows, FacetCount(None, 1, 0)] for name, rows in answer.facets.items()}
        return replace(answer, facets=facets)

    with index_of(some, tmp_path / "engine") as index:
        lying = Lying(index, search=search, count=lambda query: index.count(query) or 1)
        with pytest.raises(DamagedBuild, match="decisions do not add up to its issues"):
            check_against_collection(cast(IndexSearcher, lying), collection)
