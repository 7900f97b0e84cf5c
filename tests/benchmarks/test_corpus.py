"""The generated corpus: the same every time, and readable."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from benchmarks.corpus import Corpus, letter_text
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.model import Determination
from imrsearch.schema.documents import documents
from imrsearch.text.words import words


@pytest.fixture(scope="module")
def determinations() -> list[Determination]:
    return list(Corpus().determinations(300))


def test_the_same_every_time(determinations: list[Determination]) -> None:
    assert list(islice(Corpus().determinations(5000), 300)) == determinations
    assert next(Corpus(seed=2).determinations(1)) != determinations[0]


def test_the_reader_finds_what_was_written(determinations: list[Determination]) -> None:
    for written in determinations[:60]:
        read = parse(kept_text(letter_text(written)), written.file)
        assert (read.case_id, read.dates, read.patient) == (
            written.case_id,
            written.dates,
            written.patient,
        )
        assert read.reviewer == written.reviewer
        for found, issue in zip(read.issues, written.issues, strict=True):
            assert (found.service, found.decision) == (issue.service, issue.decision)
            assert found.rationale == issue.rationale
            (citation,) = found.reviewer_guideline.citations
            assert citation.guideline == issue.reviewer_guideline.citations[0].guideline
            assert citation.pages == issue.reviewer_guideline.citations[0].pages


def test_posting_lengths_are_those_of_a_language(determinations: list[Determination]) -> None:
    issues = list(documents(("", one) for one in determinations))
    holding: Counter[str] = Counter()
    for issue in issues:
        holding.update(set(words(issue.texts["rationale"])))
    assert holding["the"] > 0.9 * len(issues)
    once = sum(count == 1 for count in holding.values())
    assert once > 0.3 * len(holding)
    overturned = sum(issue.values["decision"] == ("overturned",) for issue in issues)
    assert 0.05 * len(issues) < overturned < 0.16 * len(issues)
