"""Quantities and doses: what is asked for, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imrsearch.letters.quantity import read_dose, read_quantity
from imrsearch.model import Dose, Quantity


def read(text: str, unit: str) -> str | None:
    found = read_quantity(text, unit)
    return f"{found.value.amount} {found.value.unit}" if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naproxen 550mg #60", "60 units"),
        ("Norco 10/325mg # 120 with 2 refills", "120 units"),
        ("Lidocaine gel #60 grams", "60 grams"),
        ("Tylenol #3 #60", "60 units"),
        ("Percocet QTY: 90.00", "90 units"),
        ("quantity of 30", "30 units"),
        ("Colace 100mg, 60 tablets", "60 tablets"),
        ("AndroGel 1.62%, one pump", "1 pumps"),
        ("Colace 100mg, thirty-six tablets", "36 tablets"),
        ("cream 120gm", "120 grams"),
        ("balm 90gm, two jars and two tubes", "2 tubes"),
        ("ointment 35.44gm", "35.44 grams"),
        ("gel, # 88.5 grams", "88.5 grams"),
        ("drops QTY: 2.5ml", "2.5 ml"),
        ("cream x 60.00 gm", "60 grams"),
        ("suspension 10mg/1ml, 500ml", "500 ml"),
        ("two boxes", "2 boxes"),
        ("3 month rental", "3 months"),
        ("30-day trial", "30 days"),
        ("MRI times 1", "1 units"),
        ("unit x 14 days", "14 days"),
        ("One (1) x-ray", "1 units"),
        ("2 wrist braces", "2 units"),
        ("#1,000", "1000 units"),
        ("batteries, QTY: 10 packs", "10 packs"),
        ("tape, 6 rolls", "6 rolls"),
        ("program, 80 hours (ten days)", "80 hours"),
        ("2 times a week for 8 weeks", "16 sessions"),
        ("twice a month for 3 months", "6 sessions"),
        ("lidocaine injection 5cc", "5 cc"),
    ],
)
def test_things(text: str, expected: str) -> None:
    assert read(text, "units") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 sessions", "12 sessions"),
        ("Eight physical therapy sessions", "8 sessions"),
        ("Eight (8) physical therapy visits", "8 visits"),
        ("twenty-four visits", "24 visits"),
        ("thirty-two visits", "32 visits"),
        ("therapeutic ultrasound, knee, 14 units", "14 units"),
        ("neuropsychological testing, four hours", "4 hours"),
        ("Six one-on-one sessions", "6 sessions"),
        ("\u017fix visits", "6 visits"),
        ("therapy for six sessions", "6 sessions"),
        ("sessions, 12", "12 sessions"),
        ("treatment x three", "3 treatments"),
        ("2x6", "12 sessions"),
        ("2 x 6", "12 sessions"),
        ("1 times 8", "8 sessions"),
        ("times 12", "12 sessions"),
        ("x12", "12 sessions"),
        ("(6)", "6 sessions"),
        ("#6", "6 sessions"),
        ("3 times a week for 4 weeks", "12 sessions"),
        ("two times a week times six weeks", "12 sessions"),
        ("three (3) times per week for four (4) weeks", "12 sessions"),
        ("2x/wk x 6 wks", "12 sessions"),
        ("2 x week x 4 weeks to the knee", "8 sessions"),
        ("twice weekly for 3 weeks", "6 sessions"),
        ("once a month for 6 months", "6 sessions"),
        ("2 times a week for 6 weeks (12 sessions)", "12 sessions"),
        ("for 6 weeks, 2 times a week", "12 sessions"),
        ("6 weeks x 2 times per week", "12 sessions"),
        ("for four weeks at twice a week", "8 sessions"),
        ("4 weeks, three visits per week", "12 sessions"),
        ("two times weekly six weeks", "12 sessions"),
        ("individual psychotherapy, weekly x 8 weeks", "8 sessions"),
        pytest.param("bi-weekly for 8 weeks", None, id="every two weeks, or twice a week"),
        ("3x/wk x 4", "12 sessions"),
        ("3 times per week times 4", "12 sessions"),
        ("3 x week x 4, knee", "12 sessions"),
        ("up to 12 sessions", "12 sessions"),
        ("two to three times a week for six weeks (18 sessions)", "18 sessions"),
    ],
)
def test_sessions(text: str, expected: str) -> None:
    assert read(text, "sessions") == expected


@pytest.mark.parametrize(
    ("text", "unit", "least", "most"),
    [
        ("12-18 visits", "visits", 12, 18),
        ("6 to 8 acupuncture sessions", "sessions", 6, 8),
        ("six to eight visits", "visits", 6, 8),
        ("sessions x 6-8", "sessions", 6, 8),
        ("1 to 2 times per week for 4 weeks", "sessions", 4, 8),
        ("2-3 x week x 6 weeks", "sessions", 12, 18),
        ("2 times a week for 4-6 weeks", "sessions", 8, 12),
        ("2 to 3 times per week for 4 to 6 weeks", "sessions", 8, 18),
        ("4-6 weeks, twice a week", "sessions", 8, 12),
        ("QTY: 8-12", "sessions", 8, 12),
        ("#60-90", "units", 60, 90),
    ],
)
def test_ranges(text: str, unit: str, least: int, most: int) -> None:
    """``amount`` is the most that is asked for: more may not be given. Some print capitals."""
    for printed in (text, text.upper()):
        found = read_quantity(printed, unit)
        assert found is not None
        assert found.value == Quantity(most, unit, minimum=least)


def test_levels_of_the_spine_are_no_range_of_injections() -> None:
    assert read("lumbar 4-5 epidural injection", "injections") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 hours a day, 5 days a week for 6 weeks", "120 hours"),
        ("4 hours per day x 7 days per week x 2 weeks", "56 hours"),
        ("20 hours per week for 8 weeks", "160 hours"),
        ("nurse, daily for 4 weeks", "4 weeks"),
        ("recheck 3 times 4", "12 visits"),
    ],
)
def test_visits_and_hours(text: str, expected: str) -> None:
    assert read(text, "visits") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Naproxen 550mg", id="a strength"),
        pytest.param("Norco 10/325", id="a strength of two"),
        pytest.param("brace 7.5", id="no whole number"),
        pytest.param("7.5 tablets", id="no whole number of what is counted"),
        pytest.param("syrup 10mg/2.5ml", id="a strength by volume"),
        pytest.param("take 1 tablet twice daily", id="a dose"),
        pytest.param("10 ml three times a day", id="a dose by volume"),
        pytest.param("1 tab orally every 6 hours", id="a dose, from the start"),
        pytest.param("with 3 refills", id="refills"),
        pytest.param("x 2 refills", id="refills again"),
        pytest.param("DOS 11/18/16", id="a date"),
        pytest.param("7-10 days", id="a range"),
        pytest.param("1 to 2 units", id="a range in words"),
        pytest.param("three phase bone scan", id="part of a name"),
        pytest.param("10 panel drug screen", id="part of a name, digits"),
        pytest.param("follow-up in 6 weeks", id="a date to come"),
        pytest.param("every 4 weeks", id="how often"),
        pytest.param("L4-5, L5-S1", id="levels"),
        pytest.param("code 97110", id="a code"),
        pytest.param("Synvisc One injection", id="part of a brand"),
        pytest.param("Toradol 60 mg IM injection", id="a dose"),
        pytest.param("#0", id="nothing asked for"),
        pytest.param("extraction of tooth #9", id="a tooth"),
        pytest.param("#30 and #60", id="two amounts"),
        pytest.param("7 days/week", id="how often again"),
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text, "units") is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2 times a week", id="no end"),
        pytest.param("1-2 times weekly", id="a range without an end"),
        pytest.param("18-12 visits", id="a range that runs backwards"),
        pytest.param("two sessions for the knee and eight sessions for the knee", id="two amounts"),
        pytest.param("two sessions for pain and eight sessions for the wrist", id="no body part"),
        pytest.param("two sessions for pain and eight for the wrist", id="no body part again"),
        pytest.param("two sessions for the knee. Denied: eight sessions for the hip", id="apart"),
        pytest.param("for 6 weeks", id="how long, not how often"),
        pytest.param("twentyish visits", id="a number that is not known"),
    ],
)
def test_what_is_no_certain_number_of_sessions(text: str) -> None:
    assert read(text, "sessions") is None


@pytest.mark.parametrize(
    ("text", "expected", "least"),
    [
        ("two sessions for the knee and eight sessions for the wrist", "10 sessions", None),
        ("two sessions for the knee and eight for the wrist", "10 sessions", None),
        ("6 PT visits for the left knee, and 6 PT visits for the right knee", "12 visits", None),
        ("4 visits for the neck, 4 visits for the hip and 4 for the foot", "12 visits", None),
        ("6-8 visits for the neck and 4 visits for the hip", "12 visits", 10),
    ],
)
def test_amounts_for_different_body_parts_are_added(
    text: str, expected: str, least: int | None
) -> None:
    found = read_quantity(text, "sessions")
    assert found
    assert (f"{found.value.amount} {found.value.unit}", found.value.minimum) == (expected, least)


@given(st.integers(1, 9), st.integers(1, 24), st.sampled_from(["a week", "per week", "weekly"]))
def test_times_a_week_for_weeks_is_the_product(often: int, long: int, every: str) -> None:
    found = read_quantity(f"therapy {often} times {every} for {long} weeks", "sessions")
    assert found is not None
    assert found.value == Quantity(often * long, "sessions")


@given(st.text(alphabet="0123456789 x#()/.,-towfrkmgseinTOX", max_size=60))
@example("QTY 3 TO 6")
def test_any_text_gives_a_number_above_nothing_or_none(text: str) -> None:
    for unit in ("units", "sessions"):
        found = read_quantity(text, unit)
        if found is not None:
            assert found.value.amount > 0
            assert 0 <= found.start < found.end <= len(text)


# --- The dose ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "treatment", "dose"),
    [
        ("Naproxen 550mg #60", "naproxen", Dose("550mg", 550, "mg")),
        ("Flexeril 7.5 mg #27", "cyclobenzaprine", Dose("7.5 mg", 7.5, "mg")),
        pytest.param(
            "Norco 10/325 mg #120",
            "hydrocodone/acetaminophen",
            Dose("10/325 mg", 10, "mg"),
            id="of a combination the first",
        ),
        pytest.param(
            "Percocet 5-325mg", "oxycodone/acetaminophen", Dose("5-325mg", 5, "mg"), id="dashed"
        ),
        pytest.param("Gabapentin 300-600 mg", "gabapentin", None, id="a range is no dose"),
        pytest.param("Fentanyl 50 mcg/hr patch", "fentanyl", Dose("50 mcg", 50, "mcg"), id="mcg"),
        pytest.param("Lidocaine 5% ointment", "lidocaine", Dose("5%", 5, "%"), id="percent"),
        pytest.param("Ketoprofen 20%, Lidocaine 5%", "ketoprofen", None, id="a compound's several"),
        pytest.param("Cream 4%-27.5%-0.03%, 121gm", "lidocaine", None, id="a compound's, dashed"),
        pytest.param("Tramadol 50mg or 100mg", "tramadol", None, id="two"),
        pytest.param("Tramadol 50mg, 50 mg", "tramadol", Dose("50mg", 50, "mg"), id="twice"),
        pytest.param("Naproxen 1,000 mg", "naproxen", Dose("1,000 mg", 1000, "mg"), id="thousand"),
        pytest.param("Naproxen #60", "naproxen", None, id="an amount is no dose"),
        pytest.param("Magnetic resonance imaging", None, None, id="no unit"),
    ],
)
def test_dose(text: str, treatment: str | None, dose: Dose | None) -> None:
    found = read_dose(text, treatment)
    assert (found and found.value) == dose
    if found:
        assert text[found.start : found.end] == found.value.text
