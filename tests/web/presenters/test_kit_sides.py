"""Both sides of a kit's request, made from hand-made precedents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import DecisionReason
from imrsearch.search.kit.criteria import KitCriterion, KitSentence, KitSide
from imrsearch.search.kit.precedents import (
    Disputes,
    Precedent,
    PrecedentEvidence,
    RequestPrecedents,
)
from imrsearch.search.kit.request import Request
from imrsearch.web.presenters.kit_sides import (
    QuotedSentence,
    both_sides_told,
    denial_reasons,
    nearest_issues,
    winners_showed,
)
from imrsearch.web.presenters.links import Link

WON = KitSentence("CM16-1", 2, "Lumbar MRI", "A red flag.", "/case/CM16-1#issue-2", "CM16-1.2.3")


def side(count: int, *sentences: KitSentence) -> KitSide:
    return KitSide("label", count, f"/search?count={count}", sentences)


def criterion(name: str, overturned: int, upheld: int) -> KitCriterion:
    return KitCriterion(name, side(overturned), side(upheld))


RED_FLAGS = KitCriterion("red-flags", side(1200, WON), side(0))
NOTHING = RequestPrecedents(
    Disputes(0, 0, None, None, None), "/search?q=mri", (), (), (), (), (), (0, 0)
)
DENIED = Request(
    "MRI",
    "mri",
    None,
    (),
    None,
    reasons=(DecisionReason("red-flags", "unmet", "No red flags were seen.", (0, 23)),),
)


def test_under_a_reason_of_the_denial_both_sides_stand() -> None:
    found = replace(NOTHING, criteria=(criterion("pain-relief", 9, 9), RED_FLAGS))
    (reason,) = denial_reasons(DENIED, found, frozenset({"CM16-1.2.3"}))
    assert (reason.label, reason.sentence) == ("No red flags", "No red flags were seen.")
    overturned, upheld = reason.columns
    assert (overturned.title, overturned.verdict.word) == (
        "Overturned: this answered it",
        "Overturned",
    )
    assert overturned.issues == Link("1,200 issues", "/search?count=1200")
    assert overturned.sentences == (
        QuotedSentence(
            "A red flag.",
            Link("CM16-1, issue 2", "/case/CM16-1#issue-2"),
            "Lumbar MRI",
            "",
            "CM16-1.2.3",
            is_clipped=True,
        ),
    )
    assert (upheld.title, upheld.verdict.word) == ("Upheld for this reason", "Upheld")
    assert (upheld.issues, upheld.sentences) == (None, ())
    assert upheld.nothing == "No issue counted here was upheld for this reason."
    (unclipped,) = denial_reasons(DENIED, found, frozenset())
    assert not unclipped.columns[0].sentences[0].is_clipped


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        pytest.param([(side(1, WON), side(1, WON))], True, id="under one reason"),
        pytest.param(
            [(side(1, WON), side(0)), (side(0), side(1, WON))], True, id="each under another"
        ),
        pytest.param([(side(1, WON), side(0))], False, id="only who won"),
        pytest.param([(side(5), side(1, WON))], False, id="of who won no sentence"),
        pytest.param([], False, id="no reason"),
    ],
)
def test_whether_either_side_has_a_sentence(
    sides: list[tuple[KitSide, KitSide]], told: bool
) -> None:
    names = ("red-flags", "pain-relief")[: len(sides)]
    rows = [KitCriterion(name, *both) for name, both in zip(names, sides, strict=True)]
    reasons = tuple(DecisionReason(name, "unmet", "", (0, 0)) for name in names)
    found = replace(NOTHING, criteria=tuple(rows))
    denial = tuple(denial_reasons(replace(DENIED, reasons=reasons), found, frozenset()))
    assert both_sides_told(denial) is told


def test_the_nearest_issues_of_each_side_whatever_decided_them() -> None:
    won = Precedent(
        "CM16-1",
        2,
        "/case/CM16-1#issue-2",
        "Knee MRI",
        ("knee",),
        False,
        (),
        (PrecedentEvidence("red-flags", "A red flag."), PrecedentEvidence("x", "Another.")),
    )
    bare = replace(won, number=3, other_body_parts=(), is_counted=True, evidence=())
    found = replace(NOTHING, overturned=(won, bare))
    overturned, upheld = nearest_issues(found, frozenset({"CM16-1.3"}))
    assert overturned.sentences == (
        QuotedSentence(
            "A red flag.",
            Link("CM16-1, issue 2", "/case/CM16-1#issue-2"),
            "Knee MRI",
            "knee, not counted above",
            "CM16-1.2",
            is_clipped=False,
        ),
        QuotedSentence(
            "",
            Link("CM16-1, issue 3", "/case/CM16-1#issue-2"),
            "Knee MRI",
            "",
            "CM16-1.3",
            is_clipped=True,
        ),
    )
    assert (overturned.title, overturned.issues) == ("Nearest overturned", None)
    assert (upheld.title, upheld.sentences) == ("Nearest upheld", ())
    assert upheld.nothing == "No issue counted here was upheld."


def test_what_winners_showed_most_often_first() -> None:
    rows = [criterion("red-flags", 2, 0), criterion("pain-relief", 1200, 1500)]
    rows += [criterion("functional-improvement", 0, 9)]
    pain, flags = winners_showed(rows)
    assert pain.met == Link("1,200 overturned with it", "/search?count=1200")
    assert pain.lacked == Link("1,500 upheld without it", "/search?count=1500")
    assert (flags.met.label, flags.lacked) == ("2 overturned with it", None)
    assert flags.label != pain.label


def test_eight_criteria_of_winners_are_shown() -> None:
    assert len(list(winners_showed([criterion("red-flags", 1, 0)] * 9))) == 8
