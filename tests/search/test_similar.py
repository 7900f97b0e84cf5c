"""The nearest issues on both sides: never of the same case, the most alike first."""

from __future__ import annotations

import pytest

from imrsearch.model import IssueId
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.search.similar import MAX_SIMILAR, both_sides_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings


@pytest.fixture(scope="module")
def collection(sample_index: Settings) -> Collection:
    """The samples."""
    return Collection.open(sample_index.index)


@pytest.fixture(scope="module")
def builds(sample_index: Settings) -> Builds:
    """Their builds."""
    return Builds(sample_index.index)


@pytest.fixture(scope="module")
def issues(collection: Collection) -> list[IssueDocument]:
    """Every issue of the samples, as indexed."""
    return list(documents(collection.every_letter()))


def test_both_sides_are_other_cases_of_the_same_kind(
    collection: Collection, builds: Builds, issues: list[IssueDocument]
) -> None:
    known = {issue.id: issue for issue in issues}
    index = builds.current().index
    for issue in issues:
        found = both_sides_of(index, collection, issue)
        if found is None:
            assert not issue.values.get("category")
            continue
        for decision in ("overturned", "upheld"):
            rows = getattr(found, decision)
            assert len(rows) <= MAX_SIMILAR
            for row in rows:
                assert row.decision == decision
                assert row.case_id != IssueId.parse(issue.id).case_id
                other = known[f"{row.case_id}#{row.number}"]
                assert any(
                    set(issue.values.get(field, ())) & set(other.values.get(field, ()))
                    for field in ("treatment", "subcategory", "category")
                )


def test_the_same_treatment_of_the_same_body_part_comes_first(
    collection: Collection, builds: Builds, issues: list[IssueDocument]
) -> None:
    """Wherever the samples hold such an issue, the first row is one."""
    seen = 0
    for issue in issues:
        found = both_sides_of(builds.current().index, collection, issue)
        twins = [other for other in issues if _twin(issue, other)]
        if found is None or not twins:
            continue
        for rows in (found.overturned, found.upheld):
            decision = rows[0].decision if rows else None
            if any(twin.values.get("decision") == (decision,) for twin in twins):
                first = next(o for o in issues if o.id == f"{rows[0].case_id}#{rows[0].number}")
                assert _twin(issue, first)
                seen += 1
    assert seen > 5


def _twin(issue: IssueDocument, other: IssueDocument) -> bool:
    same_case = IssueId.parse(issue.id).case_id == IssueId.parse(other.id).case_id
    return not same_case and all(
        set(issue.values.get(field, ())) & set(other.values.get(field, ()))
        for field in ("treatment", "subcategory", "body")
    )
