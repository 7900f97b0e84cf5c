"""The treatments that a printed service names, and the flags beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.services import flags_apart, named_treatments


@pytest.mark.parametrize(
    ("service", "treatments"),
    [
        pytest.param("MRI and acupuncture", ("MRI", "acupuncture"), id="in the order named"),
        pytest.param("MRI, then a repeat MRI", ("MRI",), id="once"),
        pytest.param("opioid, acupuncture", ("acupuncture",), id="no weak ones"),
        pytest.param("s/p lumbar fusion, acupuncture", ("acupuncture",), id="surgery that was"),
        pytest.param(
            "status post right knee arthroscopy", (), id="so many words between them at most"
        ),
        pytest.param(
            "after the right medial knee arthroscopy", ("knee arthroscopy",), id="more of them"
        ),
        pytest.param("arthroscopy, acupuncture", ("arthroscopy", "acupuncture"), id="surgery"),
        pytest.param("post arthroscopy acupuncture", ("acupuncture",), id="from the first word"),
        pytest.param(
            "arthroscopy and crutches after it", ("arthroscopy", "crutches"), id="not behind it"
        ),
        pytest.param("acupuncture after MRI", ("acupuncture", "MRI"), id="no surgery"),
        pytest.param(
            "associated surgical service: crutches", ("crutches",), id="a flag names no surgery"
        ),
        pytest.param("zebra", (), id="nothing known"),
        pytest.param(" " * 1000 + "MRI", (), id="no heading is so long"),
        pytest.param(" " * 997 + "MRI", ("MRI",), id="the longest that is read"),
    ],
)
def test_treatments_of_a_service(service: str, treatments: tuple[str, ...]) -> None:
    assert named_treatments(service) == treatments


@pytest.mark.parametrize(
    ("service", "flag", "said"),
    [
        ("Associated Surgical Services - walker", "associated surgical service", None),
        ("associated surgery request: walker", "associated surgical service", None),
        ("Retro: walker", "retrospective", "Retro"),
        ("retrospectively, walker", "retrospective", "retrospectively"),
        ("walker (DOS 1/2/16)", "retrospective", "DOS"),
        ("walker, dates of service 1/2/16", "retrospective", "dates of service"),
        ("walker dispensed on 1/2/2016", "retrospective", "dispensed on 1/2/2016"),
        ("walker given 1-2-16", "retrospective", "given 1-2-16"),
        ("Preoperative labs", "preoperative", "Preoperative"),
        ("pre-op labs", "preoperative", "pre-op"),
        ("presurgical clearance", "preoperative", "presurgical"),
        ("Post op walker", "postoperative", "Post op"),
        ("walker after the surgery", "postoperative", "after the surgery"),
        ("walker following surgery", "postoperative", "following surgery"),
    ],
)
def test_flags(service: str, flag: str, said: str | None) -> None:
    flags, _ = flags_apart(service)
    assert list(flags) == [flag]
    start, end = flags[flag]
    assert said is None or service[start:end] == said


@pytest.mark.parametrize(
    "service",
    ["retrosternal imaging", "walker given", "preoperation", "dose of serviceberry", "after care"],
)
def test_other_words_are_no_flags(service: str) -> None:
    assert flags_apart(service) == ({}, service)


@pytest.mark.parametrize(
    ("service", "bare"),
    [
        ("associated surgical item: walker", "                        : walker"),
        ("walker, retro", "walker,      "),
        ("post-op walker", "post-op walker"),
    ],
)
def test_flags_whose_words_say_nothing_else_leave_blanks(service: str, bare: str) -> None:
    """So that places in what is left are places in the letter."""
    assert flags_apart(service)[1] == bare


@given(st.text(alphabet="retro DOS.pst-op walker19/", max_size=80))
def test_what_is_left_is_as_long_as_what_was_read(service: str) -> None:
    flags, bare = flags_apart(service)
    assert len(bare) == len(service)
    assert all(0 <= start < end <= len(service) for start, end in flags.values())
