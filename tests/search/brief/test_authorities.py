"""The authorities of a brief: which are found, what they quote, and where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import DecisionReason, Determination, Issue
from imrsearch.search.brief.authorities import Authority, authorities, quoted
from imrsearch.search.brief.clips import Clip
from tests.search.memory import MemoryLetters, determination, issue

RATIONALE = "No gain was\nshown. Twelve visits were made. The request is denied."
VISITS = issue(2, "Visits", rationale=RATIONALE)
CASE = determination("CM16-0000001", issue(1, "Cane"), VISITS)


def made(*clips: Clip, comments: dict[str, str] | None = None) -> list[Authority]:
    """The authorities; of whatever is quoted, page 4 is told."""

    def pages_of(case: Determination, one: Issue, quotation: str) -> tuple[int, int]:
        assert (case, one, quotation) == (CASE, VISITS, "Twelve visits were made.")
        return 4, 4

    return list(authorities(iter(clips), MemoryLetters([CASE]), pages_of, comments or {}))


def test_a_clip_comes_with_its_sentence_pages_and_comment() -> None:
    clip = Clip("CM16-0000001", 2, 2)
    quotation = "Twelve visits were made."
    assert made(clip, comments={"CM16-0000001.2.2": "Ours", "CM16-0000001.2": "Not ours"}) == [
        Authority(clip, CASE, VISITS, quotation, (4, 4), "Ours")
    ]


def test_where_nothing_is_quoted_no_page_is_looked_for() -> None:
    (cane,) = made(Clip("CM16-0000001", 1))
    assert (cane.quotation, cane.pages, cane.comment) == ("", None, "")


def test_clips_of_what_is_gone_are_skipped() -> None:
    gone = (Clip("CM16-0000001", 3), Clip("CM16-0000009", 1))
    kept = Clip("CM16-0000001", 2, 2)
    assert [one.clip for one in made(*gone, kept)] == [kept]


WEIGHTY = DecisionReason("progress", "unmet", "", (19, 43))
SECOND = DecisionReason("red-flags", "unmet", "", (0, 18))


@pytest.mark.parametrize(
    ("sentence", "reasons", "said"),
    [
        pytest.param(1, (WEIGHTY,), "No gain was shown.", id="the clipped one, on one line"),
        pytest.param(3, (WEIGHTY,), "The request is denied.", id="the last one, clipped"),
        pytest.param(None, (), "The request is denied.", id="none clipped: the last"),
        pytest.param(4, (), "The request is denied.", id="there are three: the last"),
        pytest.param(
            None, (WEIGHTY, SECOND), "Twelve visits were made.", id="none clipped: the reason"
        ),
        pytest.param(4, (WEIGHTY,), "Twelve visits were made.", id="there are three: the reason"),
    ],
)
def test_the_sentence_quoted(
    sentence: int | None, reasons: tuple[DecisionReason, ...], said: str
) -> None:
    assert quoted(replace(VISITS, reasons=reasons), sentence) == said


def test_an_issue_without_a_rationale_is_not_quoted() -> None:
    assert quoted(issue(1, "Cane"), 1) == ""
