"""Every fact has a place in the letter, and the place says what the fact says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imrsearch.cli.options import contract
from imrsearch.letters.dates import DATE, read_date
from imrsearch.letters.evidence import Evidence
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.letters.passage import Passage
from imrsearch.letters.workers import ReadingLimits, read_letter
from imrsearch.model import Span
from imrsearch.text.located import Located
from tests.conftest import SAMPLES

LIMITS = ReadingLimits(50 << 20, 400)
# Nouns, a closing letter, or the pronouns that a sex is inferred from.
SEX = {
    "male": "male|man|gentleman|M|he|him|his|himself",
    "female": "female|woman|lady|F|she|hers?|herself",
}
DECISIONS = {
    "upheld": r"uph[eo]ld|not\s*medically\s+necessary",
    "overturned": r"over\s?turn|(?<!not )(?<!not)medically\s+necessary",
}


def reading(text: str, span: Span) -> str:
    return Passage(text, span.start, span.end).unwrap().text


def similar(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, a.lower(), b.lower()).ratio() > 0.6


def a_date(said: str, fact: str) -> bool:
    match = DATE.search(said)
    day = read_date(match, int(fact[:4]) + 1) if match else None
    return day is not None and (day.isoformat() == fact or day.year % 100 == int(fact[2:4]))


# What the words at a fact's place must have to do with the fact, by the fact's path.
RULES: tuple[tuple[str, Callable[[str, Any], bool]], ...] = (
    (r"dates\.\w+", lambda said, fact: a_date(said, str(fact))),
    (r"patient\.age", lambda said, fact: int(said) == fact),
    (r"patient\.sex", lambda said, fact: re.fullmatch(SEX[fact], said, re.I) is not None),
    (r"priority", lambda said, fact: said.lower() == fact),
    (r"case_id", lambda said, fact: said == fact),
    (r"reviewer\.\w+\.\d+", similar),
    (r"summary|issues\.\d+\.rationale", lambda said, fact: said == fact),
    (r"issues\.\d+\.(heading|service|original_request|authorized)", lambda s, f: s == f),
    (
        r"issues\.\d+\.decision",
        lambda said, fact: re.search(DECISIONS.get(fact, fact), said, re.I) is not None,
    ),
    (
        r"issues\.\d+\.(reasons\.\d+|denial_reasons\.\d+|visits_so_far)",
        lambda said, fact: said == fact["evidence"],
    ),
    (r"issues\.\d+\.\w+\.text", lambda said, fact: said == fact),
    (r"issues\.\d+\.\w+\.basis", lambda said, fact: bool(said)),
    (
        r"issues\.\d+\.(?:\w+\.citations|rationale_citations)\.\d+",
        lambda said, fact: bool(said) and said in fact["text"],
    ),
    (
        (
            r"issues\.\d+\.(category|subcategory|treatment|body_parts|sides|levels|flags|dose|ur_action"
            r"|(original_|authorized_)?quantity)(\.\d+)?"
        ),
        lambda said, fact: bool(said.strip()),
    ),
    (r"diagnoses\.\d+", lambda said, fact: bool(said.strip())),
    (r"issues\.\d+\.formulary\.\d+", lambda said, fact: fact in said.lower()),
    (
        r"issues\.\d+\.recommendations\.\d+",
        lambda said, fact: fact["advice"] in said.lower(),
    ),
)


def fact_at(facts: Any, path: str) -> Any:  # noqa: ANN401 - JSON
    """The fact at a path of the evidence table; issues are found by their number."""
    value = facts
    steps = path.split(".")
    while steps:
        step = steps.pop(0)
        if step == "issues":
            number = int(steps.pop(0))
            value = next(issue for issue in facts["issues"] if issue["number"] == number)
        else:
            value = value[int(step)] if isinstance(value, list | tuple) else value[step]
    return value


def check_evidence(letter: Letter) -> None:
    facts = contract(letter.determination)
    for path, span in letter.determination.evidence.items():
        assert 0 <= span.start < span.end <= len(letter.text), path
        said, fact = reading(letter.text, span), fact_at(facts, path)
        rule = next((rule for pattern, rule in RULES if re.fullmatch(pattern, path)), None)
        assert rule is not None, f"no rule for {path}"
        assert rule(said, fact), f"{path}: {fact!r} is not said by {said!r}"


def every_fact(letter: Letter) -> set[str]:
    """The paths that must have evidence: all facts that were read, none that was concluded."""
    determination = letter.determination
    paths = {f"dates.{n}" for n in ("injury", "decided") if getattr(determination.dates, n)}
    paths |= {"patient.age"} if determination.patient.age else set()
    paths |= {"summary"} if determination.summary else set()
    for issue in determination.issues:
        here = f"issues.{issue.number}"
        paths |= {f"{here}.heading", f"{here}.service"}
        paths |= {f"{here}.decision"} if issue.decision else set()
        paths |= {f"{here}.reasons.{n}" for n, _ in enumerate(issue.reasons)}
        paths |= {f"{here}.body_parts.{n}" for n, _ in enumerate(issue.body_parts)}
        for side in ("claims_administrator", "reviewer_guideline"):
            citations = getattr(issue, side).citations
            paths |= {f"{here}.{side}.citations.{n}" for n, _ in enumerate(citations)}
    return paths


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.stem)
def test_samples(path: Path) -> None:
    letter = read_letter(Source(path), LIMITS)
    assert isinstance(letter, Letter)
    check_evidence(letter)
    assert every_fact(letter) <= letter.determination.evidence.keys()


def test_pages_are_said_by_their_citation() -> None:
    """Single pages and the ends of ranges stand in the printed piece."""
    for path in sorted(SAMPLES.iterdir()):
        letter = read_letter(Source(path), LIMITS)
        assert isinstance(letter, Letter)
        for issue in letter.determination.issues:
            for citation in issue.reviewer_guideline.citations:
                for page in citation.pages:
                    neighbours = {page - 1, page + 1} & set(citation.pages)
                    assert len(neighbours) == 2 or str(page)[-1] in citation.text


@pytest.mark.letters
def test_real_letters(real_letters: Path) -> None:
    for path in sorted(real_letters.rglob("*.*")):
        letter = read_letter(Source(path), LIMITS)
        assert isinstance(letter, Letter)
        check_evidence(letter)
        assert every_fact(letter) <= letter.determination.evidence.keys()


def test_what_is_found_in_a_reading_is_noted_where_the_letter_prints_it() -> None:
    letter = Passage.whole("Asks for six\nvisits  of care.")
    evidence = Evidence({})
    issue = evidence.of("issues.2")
    of_reading = issue.through(letter.unwrap())
    assert issue.keep("decision", Located("upheld", 0, 4)) == "upheld"
    assert issue.keep("dose", None) is None
    assert of_reading.keep_all("formulary", [Located("a", 9, 19), Located("b", 20, 22)]) == (
        "a",
        "b",
    )
    assert of_reading.keep_each("sides", {"left": (0, 4)}) == ("left",)
    evidence.note_again("summary", "issues.2.formulary.1")
    issue.note_text("rationale", letter.slice(12, 21))
    issue.note_text("service", letter.slice(12, 13))
    assert evidence.spans == {
        "issues.2.decision": Span(0, 4),
        "issues.2.formulary.0": Span(9, 19),
        "issues.2.formulary.1": Span(21, 23),
        "issues.2.sides.0": Span(0, 4),
        "issues.2.rationale": Span(13, 19),
        "summary": Span(21, 23),
    }
