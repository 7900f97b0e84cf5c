"""Clips as text, the sentences that they name, and what is typed to add one."""

from __future__ import annotations

import pytest

from imrsearch.search.brief.authorities import quoted
from imrsearch.search.brief.clips import MOST_CLIPS, Addition, Clip, read_addition, read_clips
from imrsearch.system.settings import Settings
from tests.search.brief.test_document import collection_of
from tests.search.memory import MemoryLetters, determination, issue

RATIONALE = "The records show no progress. Twelve visits were made. The request is denied."


@pytest.mark.parametrize(
    ("text", "clip"),
    [
        ("CM16-0000105.1.4", Clip("CM16-0000105", 1, 4)),
        ("CM16-0000105.1", Clip("CM16-0000105", 1)),
        ("a-file_name.2.10", Clip("a-file_name", 2, 10)),
        ("CM16-0000105", None),
        ("../etc.1", None),
        ("CM16-0000105.1.4 ", None),
        ("", None),
    ],
    ids=["sentence", "issue", "no case number", "no issue", "path", "blank", "nothing"],
)
def test_a_clip_is_its_text(text: str, clip: Clip | None) -> None:
    assert Clip.parse(text) == clip
    assert clip is None or str(clip) == text


def test_clips_come_once_each_in_their_order_and_not_without_end() -> None:
    texts = ["b.1", "a.1", "b.1", "no clip", *(f"c.{number}" for number in range(100))]
    clips = read_clips(texts)
    assert [str(clip) for clip in clips[:3]] == ["b.1", "a.1", "c.0"]
    assert len(clips) == MOST_CLIPS


@pytest.mark.parametrize(("place", "sentence"), [(0, 1), (28, 1), (29, 2), (60, 3), (99, None)])
def test_a_place_tells_its_sentence(place: int, sentence: int | None) -> None:
    assert Clip.at("a", 1, RATIONALE, place) == Clip("a", 1, sentence)


def test_a_clip_quotes_the_sentence_that_it_was_made_at(sample_index: Settings) -> None:
    read = 0
    for _, case in collection_of(sample_index).every_letter():
        for one in case.issues:
            for reason in one.reasons:
                clip = Clip.at(case.case_id, one.number, one.rationale, reason.span[0])
                said = " ".join(reason.evidence.split())
                assert said in quoted(one, clip.sentence)
                read += 1
    assert read > 50


LETTERS = MemoryLetters(
    [
        determination("CM16-0000001", issue(1, "Cane")),
        determination("CM16-0000002", issue(1, "Cane"), issue(3, "Brace")),
        determination("CM16-0000003"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "clip"),
    [
        pytest.param("CM16-0000002#3", Clip("CM16-0000002", 3), id="as cited"),
        pytest.param("CM16-0000002, issue 3", Clip("CM16-0000002", 3), id="in words"),
        pytest.param("cm16-0000002 no. 3", Clip("CM16-0000002", 3), id="in small letters"),
        pytest.param("CM16-0000002.3", Clip("CM16-0000002", 3), id="a clip of an issue"),
        pytest.param("CM16-0000002.3.7", Clip("CM16-0000002", 3, 7), id="a clip of a sentence"),
        pytest.param("CM16-0000001", Clip("CM16-0000001", 1), id="the only issue of a case"),
    ],
)
def test_what_names_an_issue_is_its_clip(typed: str, clip: Clip) -> None:
    assert read_addition(typed, LETTERS) == Addition(typed, clip)


@pytest.mark.parametrize(
    ("typed", "message", "choices"),
    [
        ("what?", "“what?” is not an issue. Type its number, such as CM16-0000105#1.", []),
        ("CM99-1#1", "There is no case CM99-1 here. Check the number.", []),
        ("cm16-0000002", "CM16-0000002 has 2 issues:", [1, 3]),
        ("CM16-0000002#2", "CM16-0000002 has no issue 2. CM16-0000002 has 2 issues:", [1, 3]),
        ("CM16-0000001#2", "CM16-0000001 has no issue 2. CM16-0000001 has 1 issue:", [1]),
        ("CM16-0000003", "CM16-0000003 has 0 issues:", []),
    ],
    ids=["no number", "no such case", "which?", "no such issue", "only one", "of unknown layout"],
)
def test_what_names_none_is_answered_by_the_issues_of_its_case(
    typed: str, message: str, choices: list[int]
) -> None:
    addition = read_addition(typed, LETTERS)
    assert (addition.typed, addition.clip, addition.message) == (typed, None, message)
    assert [(clip.number, one.number) for clip, one in addition.choices] == [
        (number, number) for number in choices
    ]
