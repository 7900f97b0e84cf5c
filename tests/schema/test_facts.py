"""What is read for an index has the model's names, and leaves out only what is said here."""

from __future__ import annotations

from dataclasses import fields

import pytest

from imrsearch import model
from imrsearch.schema import facts


@pytest.mark.parametrize(
    ("kind", "indexed", "left_out"),
    [
        (model.Determination, facts.IndexedDetermination, {"file", "evidence", "ocr"}),
        (
            model.Issue,
            facts.IndexedIssue,
            {"heading", "formulary"},
        ),
        (model.LetterWarning, facts.IndexedWarning, {"message"}),
        (model.DecisionReason, facts.IndexedReason, {"evidence", "span"}),
        (model.GuidelineStatement, facts.IndexedStatement, {"text"}),
        (
            model.Citation,
            facts.IndexedCitation,
            {
                *("family", "title", "chapter", "year", "chapter_inferred"),
                *("edition", "not_in_force"),
            },
        ),
        (model.Quantity, facts.IndexedQuantity, set()),
        (model.Recommendation, facts.IndexedRecommendation, {"strength", "confidence", "text"}),
        (model.Dose, facts.IndexedDose, {"text"}),
        (model.VisitsSoFar, facts.IndexedVisits, {"evidence", "span", "source"}),
        (model.Dates, facts.IndexedDates, set()),
        (model.Reviewer, facts.IndexedReviewer, set()),
        (model.Patient, facts.IndexedPatient, set()),
    ],
)
def test_facts_have_the_model_s_names(
    kind: type[model.Determination], indexed: type[facts.IndexedDetermination], left_out: set[str]
) -> None:
    told = {one.name for one in fields(kind)}
    assert set(indexed.__struct_fields__) == told - left_out
