"""Words that tell who somebody is, or count requests, and ask for nothing; lists that open in
other words. Each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests, read_text

ROLES = [
    "I reviewed your request in my capacity as consultant in Physical Medicine & Rehabilitation.",
    "Report signed 12/16/2015 by a reviewer licensed in California (Pain Medicine).",
    "This review was made by a physician board certified in Pain Management.",
    "The reviewer, licensed in Texas and trained in physical medicine and rehabilitation, decided.",
    "The decision is by our advisor as your consultant in orthopedic surgery and pain medicine.",
    "The undersigned is a diplomate in PM&R and Pain Medicine.",
    "ATTN: REFERRAL COORDINATOR, DR. SAMPLE",
    "Attention: Referral desk",
    "To: Referrals office, Sample Clinic",
    "cc: referral clerk",
    "Two refusals on this patient I'd like comparables for.",
    "She had prednisone in 2014. I recommend that all three treatments be denied.",
    "She had prednisone in 2014. My decision on both treatments is adverse: they are denied.",
    "She had prednisone in 2014. None of the 4 treatments is approved.",
]


@pytest.mark.parametrize("told", ROLES)
def test_a_role_asks_for_nothing(told: str) -> None:
    (request,) = read_requests(f"{told}\n\nThe request for a cane is denied.")
    assert request.treatment == "cane"


ASKED_OF = [
    "What I suggest and hereby request from the carrier (today)",
    "Orders for this patient",
    "Requested of the claimant's insurance carrier",
    "Treatment plan for the patient",
    "Needed from the carrier",
    "What we ask of the carrier",
]


@pytest.mark.parametrize("heading", ASKED_OF)
def test_what_is_asked_of_somebody_is_no_field_of_who_he_is(heading: str) -> None:
    found = read_requests(f"{heading}: a TENS unit for the back; Topamax 25 mg #60.")
    assert [one.treatment for one in found] == ["TENS unit", "topiramate"]


GRANTED = [
    "Good news: both things on your RFA of August 12 were approved in full.",
    "Everything on your form is approved.",
    "All you asked for has been authorized.",
    "All items in your request of May 1 are certified.",
    "Everything the doctor requested was approved.",
    "Both of the items on this order have been certified as requested.",
]


@pytest.mark.parametrize("told", GRANTED)
def test_a_list_that_was_granted_as_a_whole(told: str) -> None:
    reading = read_text(
        f"{told}\n\n* Acupuncture, neck, six sessions. Good through May.\n* Naproxen 500 mg #60.\n"
    )
    assert not reading.requests
    assert reading.certified == ("acupuncture", "naproxen")


KINDS = [
    "We have considered your proposal for surgery. Unfortunately we can't approve it.",
    "Your request for surgery is denied.",
    "The surgery was not authorized.",
    "After review the requested surgery is non-certified.",
    "We deny the surgery and what goes with it.",
    "Surgery: denied.",
]


@pytest.mark.parametrize("told", KINDS)
def test_a_list_below_tells_which_surgery_is_meant(told: str) -> None:
    found = read_requests(
        f"{told}\n\n1) Lumbar fusion, L5-S1. The films show no movement.\n"
        "2) Assistant surgeon for the above. Declined along with it.\n"
        "3) Hospital stay, two days (inpatient). Declined along with it.\n"
    )
    assert [one.treatment for one in found] == [
        "lumbar fusion",
        "assistant surgeon",
        "inpatient stay",
    ]


@pytest.mark.parametrize(
    ("label", "told", "amount"),
    [
        ("Other", "3x/wk for 4 wks", 12),
        ("Other", "12, rental", 12),
        ("Details", "2x/week x 6 weeks", 12),
        ("Specifics", "12 visits", 12),
        ("Number of visits", "12", 12),
        ("Quantity requested", "12", 12),
    ],
)
def test_the_field_of_an_amount(label: str, told: str, amount: int) -> None:
    (request,) = read_requests(f"Service: Occupational therapy, left wrist\n{label}: {told}\n")
    assert request.quantity is not None
    assert request.quantity.amount == amount
