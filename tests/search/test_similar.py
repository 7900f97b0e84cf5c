"""The nearest issues on both sides: never of the same case, the most alike first."""

from __future__ import annotations

import pytest

from imrsearch.model import IssueId
from imrsearch.query.tree import Boosted, ConstantScore, FieldEquals, Or, Query, Term
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.search.similar import MAX_SIMILAR, both_sides_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
from tests.search import memory
from tests.search.memory import MemoryIndex, MemoryLetters


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


MASSAGE: dict[str, tuple[str, ...]] = {
    "treatment": ("massage",),
    "subcategory": ("Therapy > Manual",),
    "body": ("neck",),
}


def like(values: dict[str, tuple[str, ...]], service: str = "Massage of the neck") -> IssueDocument:
    """An issue with these values, not itself in the index."""
    return IssueDocument("CM16-0000009#1", {"service": service}, values, {})


def asked(one: IssueDocument) -> Boosted:
    """What the index is asked for."""
    index = MemoryIndex([])
    assert both_sides_of(index, MemoryLetters([]), one) is not None
    (query,) = {request.query for request in index.requests}
    assert isinstance(query, Boosted)
    return query


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        pytest.param(
            MASSAGE | {"category": ("Therapy",)},
            [("treatment", "massage"), ("subcategory", "Therapy > Manual")],
            id="its treatment or kind of service",
        ),
        pytest.param({"category": ("Therapy",)}, [("category", "Therapy")], id="else its category"),
    ],
)
def test_issues_are_of_one_kind(
    values: dict[str, tuple[str, ...]], kinds: list[tuple[str, str]]
) -> None:
    """Which ranks nothing: what they share beside it does."""
    same: list[Query] = [ConstantScore(FieldEquals(*kind), 0.0) for kind in kinds]
    assert asked(like(values)).part == Or(tuple(same))


def test_an_issue_of_unknown_kind_has_no_like() -> None:
    assert both_sides_of(MemoryIndex([]), MemoryLetters([]), like({"body": ("neck",)})) is None


def test_the_treatment_weighs_more_than_all_else_and_a_word_least_of_the_facts() -> None:
    """Stop words say nothing, and of a long service the beginning is enough."""
    values = MASSAGE | {"comparison": ("same",)}
    long = "Massage of the neck, the neck and " + " ".join(f"word{n}" for n in range(20))
    wishes = asked(like(values, long)).wishes
    weights = {one.part: one.score for one in wishes if isinstance(one, ConstantScore)}
    treatment, kind, body, comparison = (
        weights[FieldEquals(field, value)] for field, (value,) in values.items()
    )
    words = {part.word: score for part, score in weights.items() if isinstance(part, Term)}
    assert list(words) == ["massage", "neck", *(f"word{n}" for n in range(9))]
    assert all(part.fields == ("service",) for part in weights if isinstance(part, Term))
    assert treatment > kind + body > body > max(words.values()) > comparison > 0


def test_each_side_has_its_decision_and_none_of_the_same_case() -> None:
    cases = [
        memory.determination(
            f"CM16-000000{n}",
            memory.issue(1, "Massage", "overturned", category="Therapy", rationale="Pain fell."),
            memory.issue(2, "Massage", category="Therapy"),
        )
        for n in range(5, 10)
    ]
    found = both_sides_of(
        MemoryIndex(memory.documents(cases)),
        MemoryLetters(cases),
        like({"category": ("Therapy",)}),
    )
    assert found is not None
    shown = [f"CM16-000000{n}" for n in range(5, 5 + MAX_SIMILAR)]
    for rows, number in ((found.overturned, 1), (found.upheld, 2)):
        assert [(row.case_id, row.number) for row in rows] == [(case, number) for case in shown]
        assert all(row.excerpts == () for row in rows)
    index = MemoryIndex(memory.documents(cases[-1:]))
    alone = both_sides_of(index, MemoryLetters(cases), like({"category": ("Therapy",)}))
    assert alone is not None and not (alone.overturned or alone.upheld)
