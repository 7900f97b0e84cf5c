"""The gain and loss report of the reader."""

from __future__ import annotations

from benchmarks.parse_report import Facts, compare, flatten, report

LETTER = {
    "file": "a.txt",
    "dates": {"injury": None},
    "issues": [{"service": "Cane", "pages": [1, 2], "citations": [{"year": 2004}]}],
}


def test_flatten() -> None:
    assert dict(flatten(LETTER)) == {
        "file": "a.txt",
        "dates.injury": None,
        "issues.0.service": "Cane",
        "issues.0.pages": [1, 2],
        "issues.0.citations.0.year": 2004,
    }


def test_gained_lost_and_changed() -> None:
    before: dict[str, Facts] = {"a": {"x": None, "y": 1, "z": [1]}, "b": {"x": 1}}
    after: dict[str, Facts] = {"a": {"x": 2, "y": None, "z": [1, 2]}, "b": {"x": 1}}
    kinds = {difference.path: difference.kind for difference in compare(before, after)}
    assert kinds == {"x": "gained", "y": "lost", "z": "changed"}


def test_a_lost_letter_is_lost_fact_by_fact() -> None:
    assert [d.kind for d in compare({"a": {"x": 1, "y": 2}}, {})] == ["lost", "lost"]


def test_report() -> None:
    before = {"a": {"issues.0.service": "Cane", "issues.1.service": None}}
    after = {"a": {"issues.0.service": "Bed", "issues.1.service": "Cane"}}
    lines = list(report(compare(before, after)))
    assert lines[1].split() == ["issues.service", "1", "0", "1"]
    assert '  a issues.0.service: "Cane" -> "Bed"' in lines
