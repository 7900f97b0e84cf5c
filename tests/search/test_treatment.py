"""What is told of a treatment."""

from __future__ import annotations

from dataclasses import replace

from imrsearch.model import DecisionReason, Issue
from imrsearch.search.treatment import TreatmentSource, treatment_record
from tests.search.memory import MemoryIndex, MemoryLetters, determination, documents, issue


def upheld(number: int, *criteria: str) -> Issue:
    reasons = tuple(
        DecisionReason(name, "unmet", f"Sentence {number} about {name}.", (0, 10))
        for name in criteria
    )
    return issue(number, "Acupuncture", treatment="acupuncture", reasons=reasons)


def test_no_letter_fills_the_most_telling_issues_alone() -> None:
    """Six items of one letter say nearly the same, and each tells more than the other letter's."""
    many = determination(
        "CM16-0000001", *(upheld(n, "functional-improvement", "red-flags") for n in range(1, 7))
    )
    other = determination("CM16-0000002", upheld(1, "red-flags"))
    filed = {"treatment": ("acupuncture",)}
    some = [replace(one, values={**one.values, **filed}) for one in documents([many, other])]
    letters = MemoryLetters([many, other])
    source = TreatmentSource(MemoryIndex(some), letters, 0.1, "build-1", 1.0)
    record = treatment_record("acupuncture", source)
    assert [row.case_id for row in record.upheld][:2] == ["CM16-0000001", "CM16-0000002"]
    assert len(record.upheld) == 5
