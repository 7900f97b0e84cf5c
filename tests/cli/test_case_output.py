"""A case as people read it in a terminal: every fact under its name, and nothing unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from inspect import cleandoc

import pytest

from imrsearch.cli.case_output import citation_line, show_case
from imrsearch.model import (
    Citation,
    Dates,
    DecisionReason,
    Dose,
    GuidelineStatement,
    LetterWarning,
    NotInForce,
    Patient,
    Quantity,
    Recommendation,
    Reviewer,
    VisitsSoFar,
)
from tests.search.memory import determination, issue

PAGE = Citation(
    "mtus-chronic-pain", "mtus", "MTUS Chronic Pain", None, 2009, (), (58,), "MTUS page 58"
)
UNKNOWN_WORK = Citation(None, "other", None, None, None, (), (), "Handbook of Pools")

CASE = replace(
    determination(
        "CM16-0000001",
        issue(
            1,
            "Pool therapy",
            "overturned",
            heading="Pool therapy, 6 visits",
            category="Rehabilitation",
            subcategory="Aquatic therapy",
            treatment="aquatic therapy",
            body_parts=("low back", "knee"),
            body_part_source="summary",
            sides=("left",),
            levels=("L4-5",),
            quantity=Quantity(6, "visits"),
            dose=Dose("10 mg", 10, "mg"),
            flags=("retrospective",),
            original_request="12 visits",
            authorized="4 visits",
            original_quantity=Quantity(12, "visits", 10),
            authorized_quantity=Quantity(1, "visits"),
            ur_action="modified",
            further_treatments=("cane",),
            visits_so_far=VisitsSoFar(8, "She had eight visits.", (0, 21), "summary"),
            reasons=(DecisionReason("progress", "met", "Walking improved.", (0, 17)),),
            denial_reasons=(DecisionReason("progress", "unmet", "No gain.", (0, 8)),),
            claims_administrator=GuidelineStatement("MTUS page 58", "mtus", (PAGE, UNKNOWN_WORK)),
            rationale="Walking improved.",
            rationale_citations=(PAGE, UNKNOWN_WORK),
            recommendations=(
                Recommendation("recommended", None, None, None, "Pools are advised."),
                Recommendation("recommended", None, None, None, "Canes are."),
            ),
            formulary=("exempt", "special fill"),
        ),
        issue(2, "Gym", None),
        summary="A cook slipped.",
    ),
    outcome="partly overturned",
    dates=Dates(*(date(2016, month, 9) for month in range(1, 6))),
    priority="standard",
    reviewer=Reviewer(("Pain Medicine",), ("Spine",), ("California", "Texas")),
    patient=Patient(41, "female"),
    diagnoses=("M54.5",),
    warnings=(LetterWarning("age", "Odd."),),
)


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, without the blanks that fill the lines."""
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())


def test_every_fact_stands_under_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    show_case(CASE)
    assert shown(capsys) == cleandoc(
        """
        CM16-0000001 ───────────────────────────────────────────────────────────────────
        Outcome          partly overturned
        Decided          2016-05-09
        Injury           2016-01-09
        Denied by UR     2016-02-09
        Application      2016-03-09
        Assigned         2016-04-09
        Priority         standard
        Specialty        Pain Medicine
        Subspecialty     Spine
        Licensed in      California, Texas
        Age              41
        Sex              female
        Diagnosis codes  M54.5
        Form             credentials
        File             CM16-0000001.pdf

        A cook slipped.

        1. Pool therapy  Overturned: treatment approved
        Heading              Pool therapy, 6 visits
        Kind                 Rehabilitation > Aquatic therapy
        Treatment            aquatic therapy
        Body part            low back, knee
        Body part from       summary
        Side                 left
        Level                L4-5
        Quantity             6 visits
        Dose                 10 mg (10 mg)
        Request              retrospective
        Original request     12 visits
        Authorized           4 visits
        Quantity before      10–12 visits
        Quantity granted     1 visit
        UR action            modified
        Also asked for       cane
        Visits so far        8: She had eight visits. (from the summary)
        Reason               progress, met: Walking improved.
        Denial               progress, unmet: No gain.
        Administrator        MTUS page 58
        Administrator cites  MTUS Chronic Pain 2009, p. 58; Handbook of Pools
        Reviewer             nothing printed
        Rationale cites      MTUS Chronic Pain 2009, p. 58; Handbook of Pools
        Guideline quoted     Pools are advised.; Canes are.
        MTUS Drug List       exempt, special fill
        Walking improved.

        2. Gym  Decision unknown
        Administrator  nothing printed
        Reviewer       nothing printed
        No rationale could be read.

        Warning (age): Odd.
        """
    )


def test_what_is_not_known_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    show_case(determination("CM16-0000001", decided=None))
    assert shown(capsys).rstrip() == cleandoc(
        """
        CM16-0000001 ───────────────────────────────────────────────────────────────────
        Form  credentials
        File  CM16-0000001.pdf

        No case summary.
        """
    )


@pytest.mark.parametrize(("screen", "width"), [("60", 60), ("200", 100)])
def test_lines_are_as_long_as_the_screen_and_no_longer_than_people_read(
    screen: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", screen)
    show_case(CASE)
    assert max(map(len, shown(capsys).splitlines())) == width


@pytest.mark.parametrize(
    ("decision", "style"),
    [
        pytest.param("overturned", "1;32", id="bold green"),
        pytest.param("upheld", "1;31", id="bold red"),
        pytest.param("modified", "1", id="bold"),
        pytest.param(None, "1", id="unknown"),
    ],
)
def test_a_screen_shows_decisions_by_colour(
    decision: str | None,
    style: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    show_case(determination("CM16-0000001", issue(1, "Cane", decision)))
    word = (decision or "Decision unknown").capitalize()
    assert f"\x1b[{style}m{word}" in shown(capsys)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "MTUS Chronic Pain 2009, p. 58"),
        ({"pages": ()}, "MTUS Chronic Pain 2009"),
        ({"pages": (58, 60)}, "MTUS Chronic Pain 2009, pp. 58, 60"),
        ({"sections": ("Pools", "Gyms"), "pages": ()}, "MTUS Chronic Pain 2009: Pools; Gyms"),
        (
            {
                "not_in_force": NotInForce(
                    "2009", date(2009, 7, 18), None, date(2007, 1, 1), "decided", ""
                )
            },
            "MTUS Chronic Pain 2009, p. 58 (this edition was not in force)",
        ),
        ({"title": None}, "MTUS page 58"),  # as printed
    ],
)
def test_a_citation_is_told_by_its_work(changes: dict[str, object], line: str) -> None:
    assert citation_line(replace(PAGE, **changes)) == line  # type: ignore[arg-type]
