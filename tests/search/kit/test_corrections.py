"""What a reader changes of a request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import Quantity
from imrsearch.search.kit.corrections import (
    Correction,
    amount_words,
    citation_key,
    corrected_request,
    treatment_name,
    unread_treatment,
)
from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.pasted.request import Request
from tests.search.pasted.test_reading import DENIAL


@pytest.fixture(scope="module")
def request_read() -> Request:
    """Chiropractic for the low back, 6 visits, with a reason and a citation."""
    (one,) = read_requests(DENIAL)
    return one


def as_read(one: Request, **changes: object) -> Correction:
    facts = {
        "treatment": treatment_name(one),
        "body_parts": one.body_parts,
        "amount": amount_words(one.quantity),
        "reasons": tuple(reason.criterion for reason in one.reasons),
        "citations": tuple(map(citation_key, one.citations)),
    }
    return Correction(**(facts | changes))  # type: ignore[arg-type]


def test_a_form_sent_back_unchanged_changes_nothing(request_read: Request) -> None:
    assert corrected_request(request_read, as_read(request_read)) == request_read


def test_what_is_not_ticked_is_gone(request_read: Request) -> None:
    bare = corrected_request(
        request_read, as_read(request_read, body_parts=(), amount="", reasons=(), citations=())
    )
    assert (bare.body_parts, bare.quantity, bare.reasons, bare.citations) == ((), None, (), ())


def test_another_treatment_brings_its_category(request_read: Request) -> None:
    other = corrected_request(request_read, as_read(request_read, treatment="norco"))
    assert other.treatment == "hydrocodone/acetaminophen"
    assert other.category == "Pharmaceuticals"


def test_a_treatment_that_is_not_recognised_changes_nothing(request_read: Request) -> None:
    other = corrected_request(request_read, as_read(request_read, treatment="zyxwort"))
    assert other.treatment == request_read.treatment


@pytest.mark.parametrize(("typed", "unread"), [("banana", "banana"), ("norco", ""), ("", "")])
def test_a_treatment_that_is_not_recognised_is_told(
    request_read: Request, typed: str, unread: str
) -> None:
    assert unread_treatment(request_read, as_read(request_read, treatment=typed)) == unread


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Acupuncture 2 x 6 for the neck - NON-CERTIFIED", "Acupuncture 2 x 6 for the neck"),
        ("Acupuncture 2 x 6 for the neck -", "Acupuncture 2 x 6 for the neck"),
        ("Norco 10/325 #60, refills:", "Norco 10/325 #60"),
        ("Chiropractic 12 visits - MODIFIED", "Chiropractic 12 visits"),
        ("Chiropractic 12 visits − PARTIALLY CERTIFIED.", "Chiropractic 12 visits"),
        ("Chiropractic 12 visits [", "Chiropractic 12 visits"),
        ("Barium swallow, modified", "Barium swallow, modified"),
        ("MRI (open)", "MRI (open)"),
        ("MRI, lumbar spine", "MRI, lumbar spine"),
        ("-", "-"),
    ],
)
def test_a_heading_has_no_tail_of_a_form(request_read: Request, text: str, heading: str) -> None:
    assert replace(request_read, text=text).heading == heading


def test_another_amount_is_read(request_read: Request) -> None:
    other = corrected_request(request_read, as_read(request_read, amount="12 visits"))
    assert other.quantity == Quantity(12, "visits")


def test_reasons_are_added_without_a_sentence(request_read: Request) -> None:
    wanted = ("functional-improvement", "red-flags", "", "no-such-reason")
    other = corrected_request(request_read, as_read(request_read, reasons=wanted))
    assert [reason.criterion for reason in other.reasons] == ["functional-improvement", "red-flags"]
    assert other.reasons[1].evidence == ""
