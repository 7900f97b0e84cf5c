"""The dictionary that is kept with a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines.opensearch.words import Dictionary, WordCounts


def dictionary(
    folder: Path, *documents: dict[str, list[str]], base: Path | None = None
) -> Dictionary:
    counts = WordCounts(base)
    for document in documents:
        counts.add(document)
    counts.write(folder)
    return Dictionary(folder)


def test_documents_are_counted_in_the_field_that_has_most(tmp_path: Path) -> None:
    """Not how often a word occurs; what stands between two blanks may be several words or none."""
    found = dictionary(
        tmp_path,
        {"rationale": ["pain", "pain", "", "4 5"], "summary": ["knee"]},
        {"rationale": ["5", "knee 4"], "service": ["pain"]},
        {"service": ["pain"]},
    )
    assert {
        word: found.frequency(word) for word in ("pain", "4", "5", "knee", "hip", "4 5", "")
    } == {
        "pain": 2,
        "4": 2,
        "5": 2,
        "knee": 1,
        "hip": 0,
        "4 5": 0,
        "": 0,
    }


def test_an_update_counts_on(tmp_path: Path) -> None:
    after = tmp_path / "after"
    after.mkdir()
    dictionary(tmp_path, {"service": ["knee", "brace"]})
    found = dictionary(after, {"service": ["knee"], "summary": ["hip"]}, base=tmp_path)
    assert found.beginning("") == {"knee": 2, "brace": 1, "hip": 1}
    assert Dictionary(tmp_path).frequency("knee") == 1


WORDS = ["", "a", "ab", "abc", "abd", "ac", "b", "ab\U0010ffff", "ab\U0010ffffc", "é"]


@given(st.lists(st.sampled_from(WORDS[1:])), st.sampled_from(WORDS))
def test_the_words_of_a_beginning(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], start: str
) -> None:
    found = dictionary(tmp_path_factory.getbasetemp(), *({"service": [word]} for word in words))
    expected = {word: words.count(word) for word in sorted(set(words)) if word.startswith(start)}
    assert found.beginning(start) == expected
    assert list(found.beginning(start)) == list(expected)
