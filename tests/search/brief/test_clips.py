"""Clips as text, and the sentences that they name."""

from __future__ import annotations

import pytest

from imrsearch.search.brief.authorities import quoted
from imrsearch.search.brief.clips import MOST_CLIPS, Clip, read_clips
from imrsearch.system.settings import Settings
from tests.search.brief.test_document import collection_of

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


@pytest.mark.parametrize(("place", "sentence"), [(0, 1), (5, 1), (30, 2), (60, 3)])
def test_a_place_tells_its_sentence(place: int, sentence: int) -> None:
    assert Clip.at("a", 1, RATIONALE, place) == Clip("a", 1, sentence)


def test_a_clip_quotes_the_sentence_that_it_was_made_at(sample_index: Settings) -> None:
    read = 0
    for _, case in collection_of(sample_index).every_letter():
        for issue in case.issues:
            for reason in issue.reasons:
                clip = Clip.at(case.case_id, issue.number, issue.rationale, reason.span[0])
                said = " ".join(reason.evidence.split())
                assert said in quoted(issue, clip.sentence)
                read += 1
    assert read > 50
