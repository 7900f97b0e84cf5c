"""Amounts as people write them; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.letters.service import read_service
from imrsearch.search.kit.amounts import cut_from, written_anew

AMOUNTS = {
    "hundreds in words": ("Norco 10/325 mg, one hundred twenty tablets", 120),
    "tens in words": ("Ambien 10 mg, dispense thirty", 30),
    "a series": ("Orthovisc injections, series of three", 3),
    "a dozen": ("acupuncture, a dozen visits", 12),
    "a comma between visits and weeks": ("Chiropractic, 2x/wk, 6 wks", 12),
    "fields side by side": ("Chiropractic, Frequency 2x/week Duration 6 weeks", 12),
    "a number at the end, after how to take it": ("Norco 10/325 mg BID, 60", 60),
    "a number behind a dash": ("Soma 350 mg - 90", 90),
    "in words and in digits": ("ninety (90) tablets of Soma 350 mg", 90),
    "a cell in words": ("Hinged knee brace, one, purchase", 1),
    "the word number": ("Naproxen five hundred milligrams, number sixty", 60),
    "so many more": ("Acupuncture 6 more", 6),
    "visits of a therapy in short": ("they want 12 PT for the knee", 12),
    "a number ahead of the refills": ("Mobic 15 mg daily, thirty, no refill", 30),
    "as they are needed": ("Imitrex 50 mg, 9 tabs, prn migraine", 9),
    "as needed, in words": ("Norco 5/325, 40 tablets as needed for pain", 40),
    "treatments in short": ("acupuncture, neck, 8 tx", 8),
    "appointments in short": ("chiropractic, 6 appts", 6),
    "one to keep": ("1, purchase", 1),
    "the sum behind the frequency": (
        "Home health aide 4 hrs/day 5 days/wk x 6 wks (120 hours)",
        120,
    ),
    "the sum in visits": ("Acupuncture 2 times a week for 6 weeks (12 visits)", 12),
    "a number behind a code": ("Custom orthotics, both feet, L3000 x 2", 2),
    "a number behind a code in brackets": ("Orthotics (L3000), 2", 2),
    "so many a month": ("they stopped my Percocet 10 mg, 120 a month", 120),
    "the box is not the amount": ("lidocaine patch, one box of 30", 30),
}


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_amounts(text: str, expected: int) -> None:
    quantity = read_service(written_anew(text)).quantity
    assert quantity is not None
    assert quantity.amount == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("reduced from 120 to 60", 120),
        ("Norco 10 #120 cut to #90", 120),
        ("6 of the 12 visits", 12),
        ("6 instead of 12", 12),
        ("of the 12 requested visits, 6 are certified", 12),
        ("12 visits requested, 6 approved", 12),
        ("12 visits (2 approved, 10 not)", 12),
        ("12 visits requested, 12 approved", None),
        ("see page 6 of 12", None),
    ],
)
def test_what_was_asked_for_where_less_is_granted(text: str, asked: int | None) -> None:
    amount = cut_from(text)
    assert (amount and amount.amount) == asked
