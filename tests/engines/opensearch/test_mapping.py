"""An issue as it is stored."""

from __future__ import annotations

import pytest

from imrsearch.engines.opensearch.mapping import (
    LONGEST_INDEXED_WORD,
    Documents,
    index_body,
    short,
)
from imrsearch.schema import TEXT_FIELDS, VALUE_FIELDS, IssueDocument
from imrsearch.system.settings import load_settings
from tests.engines.corpus import CORPUS, document


def test_an_issue_is_stored_as_words_stems_values_and_codes() -> None:
    [(body, pieces)] = Documents(first=7)([CORPUS[0]])
    assert (body["id"], body["row"], body["overturned"]) == ("a#1", 7, True)
    assert body["words"]["service"] == "chiropractic treatment 6 visits"
    assert body["stems"]["service"] == "chiropract treatment 6 visit"
    assert body["values"] == CORPUS[0].values
    assert body["coded"]["body"] == ["olow back"]
    assert body["coded"]["cites"] == ["omtus-chronic-pain:58", "omtus-chronic-pain:59"]
    assert body["coded"]["specialty"] == "o"
    assert body["coded"].keys() == {*VALUE_FIELDS} - {"case"}
    assert body["numbers"] == {"decided": 20160302, "age": 41}
    assert pieces["service"] == ["chiropractic", "treatment", "6", "visits"]
    assert pieces.keys() == body["words"].keys() == {"service", "rationale", "summary"}


def test_what_was_not_overturned_is_coded_so() -> None:
    [(body, pieces)] = Documents()([document("e#1", body=("knee",), sex=())])
    assert (body["overturned"], body["coded"]["body"], body["coded"]["sex"]) == (
        False,
        ["uknee"],
        "u",
    )
    assert (body["words"], body["stems"], pieces) == ({}, {}, {})


def test_the_first_issue_of_each_case_is_marked() -> None:
    """They stand together; what is of no case is the first of none."""
    cases: list[str | tuple[str, ...]] = ["a", "a", "b", (), (), "c", "c", "c"]
    issues = [document(f"x#{row}", case=case) for row, case in enumerate(cases)]
    assert [body["first"] for body, _ in Documents()(issues)] == [
        *(True, False, True, False, False, True, False, False)
    ]


def test_rows_are_counted_over_all_calls() -> None:
    stored = Documents(first=3)
    assert [body["row"] for body, _ in stored(CORPUS[:2])] == [3, 4]
    assert [body["row"] for body, _ in stored(CORPUS[:1])] == [5]
    assert stored.row == 6


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_word_is_its_beginning_and_a_hash(more: int) -> None:
    """The analyzer would cut it in two."""
    word = "x" * (LONGEST_INDEXED_WORD + more)
    [(body, _)] = Documents()([IssueDocument("a#1", {"service": f"one {word} two"}, {}, {})])
    assert body["words"]["service"].split() == ["one", short(word), "two"]
    assert body["stems"]["service"].split() == ["one", short(word), "two"]
    assert len(short(word)) == LONGEST_INDEXED_WORD + 40 * more < 255
    assert short(word) != short(word + "y") != short(word + "z")
    assert short(word).startswith(word[:LONGEST_INDEXED_WORD])


def test_an_index_is_written_on_as_many_shards_as_set_and_without_replicas() -> None:
    body = index_body(load_settings({}, opensearch_shards=5, opensearch_replicas=2))
    assert (body["settings"]["number_of_shards"], body["settings"]["number_of_replicas"]) == (5, 0)
    assert body["settings"]["max_result_window"] == 50_000
    properties = body["mappings"]["properties"]
    stems = properties["stems"]["properties"]
    assert {field: len(stems[field]["copy_to"]) for field in TEXT_FIELDS} == {
        field: max(1, round(weight)) for field, weight in TEXT_FIELDS.items()
    }
    assert len(stems["service"]["copy_to"]) == 3
    assert properties["values"]["properties"]["body"] == {"type": "keyword", "doc_values": False}
    assert properties["coded"]["properties"]["body"] == {"type": "keyword", "index": False}
