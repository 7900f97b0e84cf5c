"""What is told of a treatment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from imrsearch.catalogue.reasons import reason_value
from imrsearch.model import DecisionReason, Determination, Issue
from imrsearch.search.treatment import (
    CONSIDERED,
    TREATMENT_FACETS,
    TreatmentRecord,
    TreatmentSource,
    treatment_record,
)
from imrsearch.system.errors import NotFound
from tests.search.memory import MemoryIndex, MemoryLetters, determination, documents, issue


def upheld(number: int, *criteria: str) -> Issue:
    reasons = tuple(
        DecisionReason(name, "unmet", f"Sentence {number} about {name}.", (0, 10))
        for name in criteria
    )
    return issue(number, "Acupuncture", treatment="acupuncture", reasons=reasons)


def source_of(cases: Sequence[Determination], late: bool = False) -> TreatmentSource:
    """An index of these cases, all of whose issues are filed under acupuncture, but massages."""
    reasons = {
        f"{case.case_id}#{one.number}": tuple(
            reason_value(reason.criterion, reason.status) for reason in one.reasons
        )
        for case in cases
        for one in case.issues
    }
    days = {case.case_id: (case.dates.decided or date.min).toordinal() for case in cases}
    filed = [
        replace(
            one,
            values={
                **one.values,
                "reason": reasons[one.id],
                "treatment": () if one.texts["service"] == "Massage" else ("acupuncture",),
            },
            numbers={"decided": days[one.id.partition("#")[0]]},
        )
        for one in documents(cases)
    ]
    return TreatmentSource(MemoryIndex(filed, late), MemoryLetters(cases), 0.1, "build-1", 2.5)


def record_of(cases: Sequence[Determination], late: bool = False) -> TreatmentRecord:
    return treatment_record("acupuncture", source_of(cases, late), disputing=9)


def test_no_letter_fills_the_most_telling_issues_alone() -> None:
    """Six items of one letter say nearly the same, and each tells more than the other letter's."""
    many = determination(
        "CM16-0000001", *(upheld(n, "functional-improvement", "red-flags") for n in range(1, 7))
    )
    other = determination("CM16-0000002", upheld(1, "red-flags"))
    record = record_of([many, other])
    assert [(row.case_id, row.number) for row in record.upheld] == [
        ("CM16-0000001", 1),
        ("CM16-0000002", 1),
        *(("CM16-0000001", number) for number in (2, 3, 4)),
    ]


def test_what_is_disputed_is_counted() -> None:
    one = issue(1, "Acupuncture", "overturned", rationale="Pain fell.", body_parts=("knee",))
    two = issue(2, "Acupuncture", body_parts=("neck", "knee"))
    record = record_of([determination("CM16-0000001", one, two, issue(3, "Massage"))])
    assert (record.name, record.state.to_url()) == (
        "acupuncture",
        "/search?treatment=acupuncture",
    )
    assert (record.outcome.issues, record.outcome.overturned) == (2, 1)
    assert (record.outcome.collection_rate, record.disputing) == (0.1, 9)
    assert set(record.tables) == set(TREATMENT_FACETS)
    body = record.tables["body"].values
    assert [(value.value, value.count, value.url) for value in body] == [
        ("knee", 2, "/search?body=knee&treatment=acupuncture"),
        ("neck", 1, "/search?body=neck&treatment=acupuncture"),
    ]
    assert [row.number for row in record.overturned] == [1]
    assert [row.number for row in record.upheld] == [2]
    assert record.overturned[0].excerpts == ()
    assert (record.reasons.total, record.reasons.without) == (2, 2)
    assert (record.partial, record.build, record.reasons.build) == (False, "build-1", "build-1")


def test_every_value_is_counted_in_the_time_of_one_search() -> None:
    parts = tuple(f"part {n}" for n in range(40))
    case = determination("CM16-0000001", issue(1, "Acupuncture", body_parts=parts))
    source = source_of([case])
    assert len(treatment_record("acupuncture", source).tables["body"].values) == 40
    assert isinstance(source.index, MemoryIndex)
    assert [one.seconds for one in source.index.requests] == [2.5] * 3


def test_a_treatment_that_no_issue_is_filed_under() -> None:
    with pytest.raises(NotFound, match="disputes acupuncture"):
        record_of([determination("CM16-0000001", issue(1, "Massage"))])


def test_a_record_cut_short_says_so() -> None:
    assert record_of([determination("CM16-0000001", issue(1, "Acupuncture"))], late=True).partial


def test_what_decides_most_tells_most_and_of_one_wording_one_issue() -> None:
    cases = [
        determination("CM16-0000003", upheld(3)),
        determination("CM16-0000002", upheld(2, "red-flags")),
        determination("CM16-0000001", upheld(1, "red-flags", "pain-relief")),
        determination("CM16-0000004", upheld(1, "red-flags", "pain-relief")),
    ]
    assert [row.case_id for row in record_of(cases).upheld] == [
        "CM16-0000001",
        "CM16-0000002",
        "CM16-0000003",
    ]


def test_an_overturned_issue_tells_by_how_often_its_criterion_is_met() -> None:
    """However often others lacked it."""
    rare, frequent = (
        DecisionReason(name, "met", f"There was {name}.", (0, 9))
        for name in ("pain-relief", "red-flags")
    )
    cases = [
        determination(
            "CM16-0000001",
            *(upheld(number, "pain-relief") for number in range(1, 5)),
            issue(5, "Acupuncture", "overturned", reasons=(rare,)),
        ),
        determination("CM16-0000002", issue(1, "Acupuncture", "overturned", reasons=(frequent,))),
        determination("CM16-0000003", issue(1, "Acupuncture", "overturned", reasons=(frequent,))),
    ]
    found = record_of(cases).overturned
    assert [row.case_id for row in found] == ["CM16-0000002", "CM16-0000001"]


def test_a_reason_that_is_no_criterion_tells_nothing() -> None:
    cases = [
        determination("CM16-0000001", upheld(1)),
        determination("CM16-0000002", upheld(1, "astrology")),
    ]
    assert [row.case_id for row in record_of(cases).upheld] == ["CM16-0000001", "CM16-0000002"]


@pytest.mark.parametrize(("newer", "is_named"), [(CONSIDERED - 1, True), (CONSIDERED, False)])
def test_the_most_telling_are_chosen_from_the_newest(newer: int, is_named: bool) -> None:
    """Old letters rest on guidelines that are no longer in force."""
    telling = determination("CM16-0000000", upheld(1, "red-flags"), decided=date(2014, 1, 1))
    others = [
        determination(
            f"CM16-{n:07}",
            issue(1, "Acupuncture"),
            decided=date(2014, 1, 1) + timedelta(days=n),
        )
        for n in range(1, newer + 1)
    ]
    named = {row.case_id for row in record_of([telling, *others]).upheld}
    assert ("CM16-0000000" in named) is is_named


def test_sentences_come_from_more_issues_than_a_page_has() -> None:
    many = determination("CM16-0000002", *(upheld(n, "red-flags") for n in range(1, 30)))
    old = determination("CM16-0000001", upheld(1, "pain-relief"), decided=date(2014, 1, 1))
    rows = {row.criterion: row for row in record_of([many, old]).reasons.rows}
    assert [one.case_id for one in rows["pain-relief"].unmet.sentences] == ["CM16-0000001"]
