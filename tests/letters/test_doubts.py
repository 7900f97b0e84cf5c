"""The facts of a scan that doubtful words may have changed or hidden."""

from __future__ import annotations

import pytest

from imrsearch.letters.doubts import doubted
from imrsearch.letters.parse import parse
from imrsearch.model import OcrReading, Span
from tests.letters.forms import NOTICE, credentials_letter, issue

LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))


def on_scan(letter: str, *words: str, poor: bool = False) -> OcrReading:
    """The reading of a letter with the first places of these words in doubt."""
    starts = [letter.index(word) for word in words]
    spans = (Span(at, at + len(word)) for at, word in zip(starts, words, strict=True))
    return doubted(OcrReading(tuple(spans), poor=poor), parse(letter, "a.txt"), letter)


def test_a_letter_without_doubt() -> None:
    assert on_scan(LETTER) == OcrReading(())


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (("41",), ("patient.age", "summary")),
        (("CM16-0000901",), ("case_id",)),
        pytest.param(
            ("Overturned",), ("issues.1.decision", "outcome"), id="and what follows from it"
        ),
        pytest.param(
            ("Low Back Complaints",),
            ("issues.1.claims_administrator", "issues.1.claims_administrator.citations.0"),
            id="a statement stands for its basis and citations",
        ),
        pytest.param(
            ("helps",),
            (
                "issues.1.rationale",
                "issues.1.rationale_citations",
                "issues.1.reasons",
                "issues.1.visits_so_far",
                "issues.1.recommendations",
                "issues.1.formulary",
            ),
            id="a rationale for all that it may tell",
        ),
        pytest.param(("Case Number", "expert reviewer"), (), id="words on which no fact rests"),
    ],
)
def test_facts_on_doubtful_words(words: tuple[str, ...], facts: tuple[str, ...]) -> None:
    assert on_scan(LETTER, *words).doubtful_facts == facts


def test_a_heading_stands_for_all_of_its_service() -> None:
    facts = on_scan(LETTER, "Cane").doubtful_facts
    assert {"issues.1.heading", "issues.1.service", "issues.1.treatment", "issues.1.dose"} <= {
        *facts
    }
    assert len(facts) == len({*facts})
    assert "issues.1.decision" not in facts


@pytest.mark.parametrize(
    ("letter", "facts"),
    [
        pytest.param(
            LETTER.replace("Case Number: CM16-0000901\n", ""), ("case_id",), id="the file's name"
        ),
        pytest.param(
            LETTER.replace("12/07/2016", "l2/O7/2O16"), ("dates.assigned",), id="a misread date"
        ),
        pytest.param(
            LETTER.replace("Cane", "Cqne").replace("MAXIMUS guideline:", ""),
            ("issues.1.category", "issues.1.reviewer_guideline"),
            id="of an issue",
        ),
        pytest.param(
            NOTICE.replace("2) Regarding the request for a back brace:", ""),
            ("dates.assigned", "issues", "outcome"),
            id="an issue that is decided and not found",
        ),
    ],
)
def test_facts_that_nearly_every_letter_tells(letter: str, facts: tuple[str, ...]) -> None:
    assert on_scan(letter).doubtful_facts == facts


def test_more_than_three_words_in_a_hundred_make_a_poor_reading() -> None:
    letter = LETTER + "word " * (300 - len(LETTER.split()))
    places = tuple(Span(at, at + 1) for at in range(10))
    read = parse(letter, "a.txt")
    assert [doubted(OcrReading(places[:n]), read, letter).poor for n in (9, 10)] == [False, True]
    assert on_scan(letter, poor=True).poor
