"""The nearest issues on both sides."""

from __future__ import annotations

from dataclasses import replace

from imrsearch.model import Citation
from imrsearch.search.similar import BothSides
from imrsearch.web.presenters.similar import SimilarRow, similar_issues
from tests.search.memory import search


def cited(name: str) -> Citation:
    return Citation(None, "other", name, None, None, (), (), name)


def test_both_columns_are_shown_as_soon_as_one_has_an_issue() -> None:
    (row,) = search("q=capacity").rows
    statement = replace(row.reviewer_guideline, citations=(cited("Alpha"), cited("Beta")))
    row = replace(row, body_parts=("low back", "neck"), reviewer_guideline=statement)
    bare = replace(row, body_parts=(), decided=None, number=2)
    found = similar_issues(BothSides((row, bare), ()))
    assert found is not None
    overturned, upheld = found.columns
    assert overturned.issues == (
        SimilarRow(
            "Chiropractic care 6 visits",
            "/case/CM16-0000001#issue-1",
            "CM16-0000001, issue 1",
            "Low back, neck · Dec 9, 2016",
            "Alpha; Beta",
        ),
        SimilarRow(
            "Chiropractic care 6 visits",
            "/case/CM16-0000001#issue-1",
            "CM16-0000001, issue 2",
            "",
            "Alpha; Beta",
        ),
    )
    assert (overturned.title, overturned.verdict.word) == ("Nearest overturned", "Overturned")
    assert (upheld.title, upheld.verdict.word) == ("Nearest upheld", "Upheld")
    assert (overturned.nothing, upheld.nothing) == ("", "No issue of this kind was upheld.")
    other = similar_issues(BothSides((), (row,)))
    assert other is not None
    assert other.columns[0].nothing == "No issue of this kind was overturned."


def test_where_neither_side_has_an_issue_nothing_is_shown() -> None:
    assert similar_issues(BothSides((), ())) is None
    assert similar_issues(None) is None
