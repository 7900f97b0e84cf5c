"""Amounts as people write them; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.letters.service import read_service
from imrsearch.search.pasted.wording.amounts import cut_from, granted_in, written_anew

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
        ("cut from #120 down to #60", 120),
        ("from 60 to 120", None),
        ("120 tablets knocked down to 60", 120),
        ("120 changed to #90", 120),
        ("6 out of 12", 12),
        ("6 rather than 12", 12),
        ("6 sessions of your 12", 12),
        ("of the 12 you asked for, only 6 were allowed", 12),
        ("12 visits - 6 authorized", 12),
        ("twelve visits, six granted", 12),
        ("12 visits, and 6 certified", 12),
        ("12 visits, 6 weeks", None),
    ],
)
def test_what_was_asked_for_where_less_is_granted(text: str, asked: int | None) -> None:
    amount = cut_from(text)
    assert (amount and amount.amount) == asked


WRITTEN = {
    "tens and ones": ("forty-five tablets", "45 tablets"),
    "a hundred": ("a hundred and eighty", "x 180"),
    "hundreds alone": ("#two hundred", "#200"),
    "a course": ("course of 6", "x 6"),
    "in all": ("total of 12", "x 12"),
    "a box": ("one box of 30", "#30"),
    "a count of requests": ("Two items: the fusion", "items: the fusion"),
    "what is left of an amount": ("#120 down to #60", "#120"),
    "a decision and its amount": ("certified 4", "certified x 4"),
    "an amount alone": ("4 ea", "x 4"),
    "for how long it is needed": ("1 for rental.", "x 1"),
    "when it is taken": ("9 tabs, to be taken when needed", "9 tabs"),
    "shots": ("3 shots", "3 injections"),
    "treatments in short": ("8 tx for it", "8 visits for it"),
    "… but not so many a week": ("8 tx/week", "8 tx/week"),
    "what it was before": ("Norco #60, down from #120", "Norco #60"),
    "in brackets": ("Norco (60). More chiro (8) and a gym", "Norco x 60. More chiro x 8 and a gym"),
    "a therapy in short": ("12 PT", "12 visits of PT"),
    "… but not what is counted behind it": ("12 PT 3", "12 PT 3"),
    "… nor the end of a level": ("C5-6 PT", "C5-6 PT"),
    "a code ahead of the number": ("Knee brace (L1832), qty: 2", "Knee brace x 2"),
    "five digits ahead of it": ("Therapy 97110 x 6", "Therapy x 6"),
    "a month's supply": ("Soma 10 mg, 120 per 30 days", "Soma 10 mg, #120 30 days"),
    "a half": ("dispense 1/2", "dispense 1/2"),
    "to be dispensed": ("disp. 60, no 30, count: #90", "#60, #30, #90"),
    "a dose ahead of the number": ("Soma 350 mg, 60", "Soma 350 mg #60"),
    "refills behind it": ("Soma daily, 60 (2 refills).", "Soma daily #60 (2 refills)."),
    "a dose ahead of another": ("Soma 350 mg, 60 mg", "Soma 350 mg, 60 mg"),
    "a sum in brackets": ("2x6 neck (= 12 visits)", "2x6 = 12 visits, neck"),
    "a sum of nothing": ("neck (12 visits)", "neck (12 visits)"),
    "one of many": ("one of three", "one of 3"),
}


@pytest.mark.parametrize(("text", "anew"), WRITTEN.values(), ids=WRITTEN)
def test_amounts_written_anew(text: str, anew: str) -> None:
    assert written_anew(text) == anew


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("#60 certified", 60),
        ("60 tablets were approved", 60),
        ("60 of these have been hereby allowed", 60),
        ("approved: 30", 30),
        ("modified to #60", 60),
        ("we modify the request to 8", 8),
        ("modified: 6", 6),
        ("reduced to 60", 60),
        ("the dose came down to 8", 8),
        ("6 OK", 6),
        ("6 ok'd", 6),
        ("okayed 6", 6),
        ("certified for an initial trial of 6", 6),
        ("approve only 4", 4),
        ("six visits certified", 6),
        ("a dozen approved", 12),
        ("from 120 to 60", 60),
        ("we can authorize 4 of the 12", 4),
        ("12 visits requested; 6 approved", 6),
        # Numbers of items, days and doses
        ("Lines approved: 3, 5", None),
        ("4 items / 1 approved", None),
        ("none of 3 is approved", None),
        ("item 3 approved", None),
        ("line 2 approved", None),
        ("request 2 approved", None),
        ("The letter of May 4 approved it", None),
        ("5/4/2016 approved", None),
        ("approved 5 mg", None),
        ("approved 5%", None),
        ("approved 4.5", None),
        ("approved 6 weeks", None),
        # Nothing is granted
        ("not approved 6", None),
        ("non-certified 6", None),
        ("cannot authorize 6", None),
        ("6 visits not certified", None),
    ],
)
def test_what_was_granted(text: str, granted: int | None) -> None:
    assert granted_in(text) == granted
