"""An index on a cluster: how it comes about, is proved, searched far on, and goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.engines import engine
from imrsearch.engines.base import Engine, SearchRequest
from imrsearch.engines.opensearch import answers
from imrsearch.engines.opensearch import engine as searching
from imrsearch.engines.opensearch.writing import read_note
from imrsearch.query.tree import ConstantScore, FieldEquals, MatchAll, Or, Phrase, Prefix, Term
from imrsearch.system.errors import DamagedBuild, ServerUnavailable
from imrsearch.system.settings import load_settings
from tests.engines.corpus import CORPUS, document
from tests.engines.opensearch.memory import Document, Node, serving


def of_node(node: Node, **settings: str | int) -> Engine:
    return engine("opensearch", load_settings({}, opensearch_urls=node.urls[0], **settings))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A node with the corpus as the index "imrsearch-first", written from the folder."""
    with serving() as node:
        of_node(node).create(tmp_path, CORPUS, "First!")
        yield node


NAME = "imrsearch-first-"


def test_an_index_has_the_name_of_its_build_and_refuses_writes(node: Node, tmp_path: Path) -> None:
    assert list(node.indexes) == [NAME]
    note = read_note(tmp_path)
    assert (note.index, note.rows) == (NAME, 6)
    assert [(shard.documents, shard.sequence) for shard in note.shards] == [(6, 5)]
    assert node.indexes[NAME].settings["blocks.write"]
    of_node(node).verify(tmp_path)


def test_it_is_merged_and_all_of_it_on_disk_before_it_is_copied(node: Node) -> None:
    steps = [
        asked
        for _, asked in node.asked
        if asked in ("_bulk", "_forcemerge", "_flush", "_close", "_open")
    ]
    assert steps == ["_bulk", "_forcemerge", "_flush", "_close", "_open"]


def test_an_update_is_a_clone_that_is_not_merged(node: Node, tmp_path: Path) -> None:
    after = tmp_path / "after"
    after.mkdir()
    node.asked.clear()
    new = [document("f#1", "Words quite new.", case="f")]
    assert of_node(node).update(after, tmp_path, ["b"], new, "next") == 7
    assert "_forcemerge" not in [asked for _, asked in node.asked]
    assert (read_note(after).rows, read_note(after).index) == (7, "imrsearch-next")
    assert read_note(after).mark != read_note(tmp_path).mark
    for folder in (tmp_path, after):
        of_node(node).verify(folder)


def test_cases_are_removed_by_the_hundred(tmp_path: Path) -> None:
    issues = [document(f"{number}#1", case=str(number)) for number in range(1_003)]
    after = tmp_path / "after"
    after.mkdir()
    with serving() as node:
        opensearch = of_node(node)
        opensearch.create(tmp_path, issues)
        gone = [str(number) for number in range(1, 1_002)]
        assert opensearch.update(after, tmp_path, gone, []) == 2
        assert opensearch.open(after).sample(9) == ("0#1", "1002#1")


def written_to(node: Node) -> None:
    index = node.indexes[NAME]
    index.sequence += 1
    index.written["z#1"] = Document({}, index.mappings["properties"])


def open_to_writes(node: Node) -> None:
    node.indexes[NAME].set({"blocks.write": None})


def replaced(node: Node) -> None:
    node.indexes[NAME].mappings["_meta"] = {"mark": "of another"}


def without_mark(node: Node) -> None:
    del node.indexes[NAME].mappings["_meta"]


def gone(node: Node) -> None:
    del node.indexes[NAME]


@pytest.mark.parametrize(
    ("damage", "told", "opens"),
    [
        pytest.param(written_to, "has been changed since", True, id="a write"),
        pytest.param(open_to_writes, "is not write-protected", True, id="open to writes"),
        pytest.param(replaced, "is not the one", False, id="another of the same name"),
        pytest.param(without_mark, "is not the one", False, id="one that nobody marked"),
        pytest.param(gone, "no longer in the cluster", False, id="gone"),
    ],
)
def test_damage_on_the_cluster_is_told(
    node: Node, tmp_path: Path, damage: Callable[[Node], None], told: str, opens: bool
) -> None:
    """A write is seen by whoever compares; another index at once."""
    damage(node)
    with pytest.raises(DamagedBuild, match=told):
        of_node(node).verify(tmp_path)
    if opens:
        of_node(node).open(tmp_path)
    else:
        with pytest.raises(DamagedBuild):
            of_node(node).open(tmp_path)


def test_the_note_of_a_build_may_be_damaged(node: Node, tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text("{}")
    with pytest.raises(DamagedBuild, match="cannot be read"):
        of_node(node).verify(tmp_path)


@pytest.mark.parametrize(
    ("has_note", "label"),
    [
        pytest.param(True, "", id="by the note"),
        pytest.param(True, "another", id="by the note, whatever the label"),
        pytest.param(False, "First!", id="by the label alone"),
    ],
)
def test_an_index_is_removed(node: Node, tmp_path: Path, has_note: bool, label: str) -> None:
    if not has_note:
        (tmp_path / "index.json").unlink()
    of_node(node).remove(tmp_path, label)
    of_node(node).remove(tmp_path, label)
    assert not node.indexes


def test_what_has_neither_note_nor_label_removes_nothing(node: Node, tmp_path: Path) -> None:
    (tmp_path / "index.json").unlink()
    of_node(node).remove(tmp_path)
    assert list(node.indexes) == [NAME]


def test_without_a_label_the_name_is_drawn(tmp_path: Path) -> None:
    with serving() as node:
        for number in range(2):
            folder = tmp_path / str(number)
            folder.mkdir()
            of_node(node, opensearch_prefix="letters").create(folder, [])
        assert len(node.indexes) == 2
        assert all(len(name) == len("letters-") + 16 for name in node.indexes)


def test_replicas_that_are_never_complete_are_told(tmp_path: Path) -> None:
    """The note is there by then: what is left can be removed."""
    with serving() as node:
        opensearch = of_node(node, opensearch_replicas=1)
        with pytest.raises(ServerUnavailable, match="replicas of the index imrsearch-x are not"):
            opensearch.create(tmp_path, CORPUS, "x")
        with pytest.raises(DamagedBuild, match="not the one that was written"):
            opensearch.open(tmp_path)
        opensearch.remove(tmp_path)
        assert not node.indexes


def test_health_is_what_the_cluster_says(node: Node, tmp_path: Path) -> None:
    index = of_node(node).open(tmp_path)
    assert index.health() == "green"
    node.indexes[NAME].settings["number_of_replicas"] = 1
    assert index.health() == "yellow"


def test_what_a_lost_shard_leaves_is_told_as_a_part(node: Node, tmp_path: Path) -> None:
    """Not as all there is: for OpenSearch, such a search has not failed."""
    index = of_node(node).open(tmp_path)
    request = SearchRequest(MatchAll())
    assert not index.search(request).timed_out
    node.lost_shards = 1
    assert index.search(request).timed_out


def test_a_closed_index_asks_nothing(node: Node, tmp_path: Path) -> None:
    index = of_node(node).open(tmp_path)
    index.close()
    with pytest.raises(ValueError, match="is closed"):
        index.count()


@pytest.mark.parametrize(
    ("version", "score"),
    [
        pytest.param("2.19.6", 1.0, id="2"),
        pytest.param("3.6.0", 2.2, id="3: points of words are raised to what they were"),
        pytest.param("4.0.0", 2.2, id="a later one, as the last that is known"),
    ],
)
def test_words_are_worth_the_same_beside_wishes_in_every_version(
    tmp_path: Path, version: str, score: float
) -> None:
    """The node counts as version 2 does, whatever it says: here what is asked of it is seen."""
    words = (
        *(Term("visits"), Term("visits", exact=True), Term("visits", ("summary", "service"))),
        *(Phrase(("manual", "therapy")), Phrase(("range", "motion"), slop=1), Prefix("visi")),
    )
    hits = []
    for said in (version, "2.0.0"):
        folder = tmp_path / said
        folder.mkdir()
        with serving(said) as node:
            of_node(node).create(folder, CORPUS)
            index = of_node(node).open(folder)
            hits.append([hit for one in words for hit in index.search(SearchRequest(one)).hits])
    assert len(hits[0]) == 11
    assert [hit.score for hit in hits[0]] == pytest.approx([hit.score * score for hit in hits[1]])


@pytest.mark.parametrize(
    ("offset", "limit"),
    [(0, 2), (0, 3), (1, 2), (2, 2), (4, 1), (4, 9), (0, 9), (5, 1), (6, 3), (9, 2)],
)
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_hits_beyond_the_window_are_read_page_by_page(
    node: Node,
    tmp_path: Path,
    sort: str,
    offset: int,
    limit: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = of_node(node).open(tmp_path)
    scored = Or((ConstantScore(FieldEquals("body", "knee"), 2.0), MatchAll()))
    request = SearchRequest(scored, offset=offset, limit=limit, sort=sort)
    expected = index.search(request)
    monkeypatch.setattr(answers, "WINDOW", 2)
    monkeypatch.setattr(searching, "WINDOW", 2)
    assert index.search(request) == expected
    assert index.search(replace(request, limit=0)).hits == ()


def test_a_sample_passes_over_what_was_removed(node: Node, tmp_path: Path) -> None:
    issues = [document(f"{letter}#1", case=letter) for letter in "abcdefgh"]
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    of_node(node).create(first, issues)
    of_node(node).update(second, first, ["a", "d", "h"], [])
    index = of_node(node).open(second)
    assert index.sample(8) == tuple(f"{letter}#1" for letter in "bcefg")
    assert index.sample(3) == ("b#1", "e#1", "g#1")
    assert index.sample(1) == ("g#1",)
