from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from imrsearch.model import Determination, Span
from imrsearch.web.presenters.evidence import evidence_path, fact_name

CASE = cast(
    Determination,
    SimpleNamespace(evidence={"dates.injury": Span(1, 2), "reviewer.specialties.0": Span(3, 4)}),
)


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("dates.injury", "dates.injury"),
        ("reviewer.specialties", "reviewer.specialties.0"),  # a list: its first value
        ("dates.decided", None),
        ("dates.inj", None),
    ],
)
def test_evidence_of_a_fact(path: str, known: str | None) -> None:
    assert evidence_path(CASE, path) == known


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("dates.injury", "Date of injury"),
        ("reviewer.specialties.0", "Reviewer’s specialty"),
        ("issues.2.decision", "Decision, issue 2"),
        ("issues.12.reviewer_guideline.text", "What the reviewer cited, issue 12"),
        ("issues.1.heading", "Heading, issue 1"),
        ("case_id", "Case number"),
        ("summary", "Summary"),
    ],
)
def test_facts_have_names(path: str, name: str) -> None:
    assert fact_name(path) == name
