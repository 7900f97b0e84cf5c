"""Who won and who lost with a request, over issues of the tests' own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import OVERTURNED, UPHELD, DecisionReason, Issue, Quantity
from imrsearch.query.tree import Boosted, ConstantScore, FieldEquals
from imrsearch.search.kit.precedents import (
    MOST_PRECEDENTS,
    PRECEDENTS_READ,
    RequestPrecedents,
    precedents,
)
from imrsearch.search.pasted.request import Request
from tests.search.memory import MemoryIndex, MemoryLetters, determination, documents, issue

UNMET, MET = "unmet", "met"


def reason(criterion: str, status: str, sentence: str = "") -> DecisionReason:
    told = sentence or f"{criterion} {status}."
    return DecisionReason(criterion, status, told, (0, len(told)))


def mri(*reasons: DecisionReason, decision: str = UPHELD, part: str = "neck") -> Issue:
    return issue(1, "MRI", decision, body_parts=(part,), reasons=reasons)


def asked(*criteria: str, parts: tuple[str, ...] = ("neck",)) -> Request:
    reasons = tuple(reason(one, UNMET) for one in criteria)
    return Request("MRI of the neck", "MRI", "Diagnostic Testing", parts, None, reasons=reasons)


def index_of(*issues: Issue) -> tuple[MemoryIndex, MemoryLetters]:
    numbered = [replace(one, number=number) for number, one in enumerate(issues, 1)]
    case = determination("CM16-0000001", *numbered)
    told = [
        replace(
            one,
            values={
                **one.values,
                "treatment": ("MRI",),
                "reason": tuple(f"{each.status} {each.criterion}" for each in of.reasons),
            },
        )
        for one, of in zip(documents([case]), numbered, strict=True)
    ]
    return MemoryIndex(told), MemoryLetters([case])


def found(request: Request, *issues: Issue) -> RequestPrecedents:
    return precedents(*index_of(*issues), request, 1.0)


def test_a_share_is_told_of_ten() -> None:
    won = mri(decision=OVERTURNED)
    few = found(asked(), *[mri()] * 6, *[won] * 3).issues
    assert (few.total, few.overturned, few.rate, few.low, few.high) == (9, 3, None, None, None)
    enough = found(asked(), *[mri()] * 9, *[won] * 3).issues
    assert (enough.total, enough.overturned, enough.rate) == (12, 3, 0.25)
    assert enough.low is not None
    assert enough.high is not None
    assert 0 < enough.low < 0.25 < enough.high < 1


@pytest.mark.parametrize(("same", "narrowed"), [(9, ()), (10, ("body",))])
def test_the_body_part_counts_where_ten_issues_are_left(
    same: int, narrowed: tuple[str, ...]
) -> None:
    told = found(asked(), *[mri()] * same, *[mri(part="knee")] * 4)
    assert told.narrowed == narrowed
    assert told.issues.total == (same if narrowed else same + 4)
    assert ("body=neck" in told.url) is bool(narrowed)


def test_the_body_part_counts_where_all_issues_have_it() -> None:
    """The page would call them too few to be counted alone, though nothing else was counted."""
    told = found(asked(), *[mri()] * 7)
    assert (told.issues.total, told.narrowed) == (7, ("body",))
    assert "body=neck" in told.url


def test_so_many_are_named_and_so_many_read() -> None:
    told = found(asked(), *[mri()] * (PRECEDENTS_READ + 1), mri(decision=OVERTURNED))
    assert [one.number for one in told.upheld] == list(range(1, MOST_PRECEDENTS + 1))
    assert len(told.overturned) == 1
    assert told.read == (1, PRECEDENTS_READ)


def test_those_that_answer_the_denial_come_first() -> None:
    told = found(
        asked("red-flags"),
        mri(reason("red-flags", UNMET), part="knee"),
        mri(reason("neurologic-findings", UNMET)),
        mri(reason("red-flags", MET)),
        mri(reason("red-flags", UNMET)),
    )
    assert [(one.number, one.answers, one.remark) for one in told.upheld] == [
        (4, ("red-flags",), ""),
        (2, (), ""),
        (3, (), ""),
        (1, ("red-flags",), "knee"),
    ]


def test_the_evidence_is_of_the_reasons_shared_or_of_its_own() -> None:
    own = [reason("neurologic-findings", UNMET, f"Sentence {number}.") for number in range(4)]
    told = found(
        asked("red-flags"), mri(*own), mri(reason("red-flags", UNMET), *own), mri(*own[:1])
    )
    shared, first, last = told.upheld
    assert [one.sentence for one in shared.evidence] == ["red-flags unmet."]
    assert [one.sentence for one in first.evidence] == ["Sentence 0.", "Sentence 1.", "Sentence 2."]
    assert [one.criterion for one in last.evidence] == ["neurologic-findings"]


def test_others_are_named_where_fewer_than_two_answer() -> None:
    answering = mri(reason("red-flags", UNMET))
    knee = mri(reason("red-flags", UNMET), part="knee")
    silent = mri(part="knee")
    told = found(asked("red-flags"), *[mri()] * 3, answering, *[mri()] * 6, knee, silent)
    assert [(one.number, one.is_counted) for one in told.upheld] == [
        *((4, True), (1, True), (2, True), (3, True), (5, True))
    ]
    few = found(asked("red-flags"), *[mri(decision=OVERTURNED)] * 9, answering, knee, silent)
    assert [(one.number, one.remark) for one in few.upheld] == [
        (10, ""),
        (11, "knee, not counted above"),
    ]
    two = found(asked("red-flags"), *[mri(decision=OVERTURNED)] * 8, answering, answering, knee)
    assert [one.number for one in two.upheld] == [9, 10]


def test_a_part_that_the_case_lends_an_issue_is_not_its_own() -> None:
    lent = replace(mri(part="knee"), body_part_source="case")
    (one,) = found(asked(), lent).upheld
    assert one.other_body_parts == ()
    (other,) = found(asked(parts=()), mri(part="knee")).upheld
    assert other.other_body_parts == ()


def test_the_reasons_of_the_denial_come_first_then_what_decides_most() -> None:
    told = found(
        asked("red-flags"),
        *[mri(reason("objective-findings", UNMET))] * 2,
        *[mri(reason("neurologic-findings", MET), decision=OVERTURNED)] * 3,
    )
    assert [(one.criterion, one.overturned.count, one.upheld.count) for one in told.criteria] == [
        ("red-flags", 0, 0),
        ("neurologic-findings", 3, 0),
        ("objective-findings", 0, 2),
    ]
    assert "reason=met+neurologic-findings" in told.criteria[1].overturned.url


def test_the_nearest_are_asked_for_first() -> None:
    """A shared body part outweighs all reasons, a reason outweighs the amount."""
    index, letters = index_of(mri())
    request = replace(asked("red-flags"), quantity=Quantity(8, "visits"))
    precedents(index, letters, request, 1.0)
    asking = [one.query.wishes for one in index.requests if isinstance(one.query, Boosted)]
    for wishes, told in ((asking[0], "met red-flags"), (asking[1], "unmet red-flags")):
        wished = (FieldEquals("body", "neck"), FieldEquals("visits", "7..12"))
        scores = [
            next(one.score for one in wishes if isinstance(one, ConstantScore) and one.part == part)
            for part in (wished[0], FieldEquals("reason", told), wished[1])
        ]
        assert scores[0] > 10 * scores[1] > 10 * scores[2] > 0
        assert len(wishes) == 3


def test_a_reason_that_none_of_those_read_has_is_looked_for() -> None:
    many = [mri(reason("red-flags", UNMET))] * (PRECEDENTS_READ + 1)
    rare = mri(reason("neurologic-findings", UNMET, "He has no deficit."))
    told = found(asked("red-flags", "neurologic-findings"), *many, rare)
    assert [one.text for one in told.criteria[1].upheld.sentences] == ["He has no deficit."]


def test_each_search_is_bounded_and_counts_fetch_no_issue() -> None:
    index, letters = index_of(*[mri(reason("red-flags", UNMET))] * 12)
    precedents(index, letters, asked("red-flags"), 2.5)
    assert {one.seconds for one in index.requests} == {2.5}
    assert [
        one.limit for one in index.requests if one.facets or not isinstance(one.query, Boosted)
    ] == [0, 0]
