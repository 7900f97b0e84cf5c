"""Words that name a treatment only elsewhere; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests

ROLES = [
    "I reviewed your request in my capacity as consultant in Physical Medicine & Rehabilitation.",
    "Report signed 12/16/2015 by a reviewer licensed in California (Pain Medicine).",
    "This review was made by a physician board certified in Pain Management.",
    "The reviewer, licensed in Texas and trained in physical medicine and rehabilitation, decided.",
    "The decision is by our advisor as your consultant in orthopedic surgery and pain medicine.",
    "The undersigned is a diplomate in PM&R and Pain Medicine.",
    "ATTN: REFERRAL COORDINATOR, DR. SAMPLE",
    "Attention: Referral desk",
    "Prescriber: Ann Sample, PA-C",
    "Progress note by Ann Sample, PA-C, at 10:20 AM",
    "Author type: Physician Assistant",
    "We write about what you asked for after your hand operation of June 3.",
    "He saw you on May 2 following the surgery of April 4.",
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
