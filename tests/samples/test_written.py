"""The written letters say what their facts say, vary, and are those that were reviewed.

``tests/golden/written`` holds the facts of 36 letters of each form, a letter a line, with a hash of
the letter. A form without such a file gets one written, and the test fails until a person has
compared letters and facts (``python -m samples.written FOLDER`` prints both).
"""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from samples.written.facts import FORMS, count, differing, draw
from samples.written.forms import Letter, lay_out
from samples.written.mutations import MUTATIONS, style_of, unspoiled
from samples.written.presses import EXTRACTORS, by_reportlab, like_the_published
from samples.written.styles import STYLES
from tests.conftest import ROOT

SEEDS = range(30)
REVIEWED = range(36)
GOLDEN = ROOT / "tests" / "golden" / "written"


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_says_its_facts(form: str) -> None:
    for seed in SEEDS:
        letter = lay_out(draw(form, seed))
        said = words(" ".join(letter.paragraphs))
        facts = letter.expectation
        assert facts["summary"] in said
        for issue in facts["issues"]:
            assert issue["service"] in said
            assert words(issue["rationale"]) in said
            for side in ("claims_administrator", "reviewer_guideline"):
                assert issue[side]["text"] in said


@pytest.mark.parametrize("form", FORMS)
def test_letters_and_facts_are_those_reviewed(form: str) -> None:
    stored = GOLDEN / f"{form}.jsonl"
    lines = "".join(f"{golden_line(lay_out(draw(form, seed)))}\n" for seed in REVIEWED)
    if not stored.exists():
        stored.write_text(lines, encoding="utf-8")
        pytest.fail(f"{stored.name} was written: compare it with the letters, then commit it")
    assert lines == stored.read_text(encoding="utf-8")


def golden_line(letter: Letter) -> str:
    """A letter's name, a hash of its paragraphs and its facts, as JSON."""
    said = hashlib.sha256("\n\n".join(letter.paragraphs).encode()).hexdigest()
    row = {"letter": letter.name, "sha256": said, "facts": letter.expectation}
    return json.dumps(row, ensure_ascii=False)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_writes_the_same_letter_another_one_another(form: str) -> None:
    letters = [lay_out(draw(form, seed)) for seed in SEEDS]
    assert letters == [lay_out(draw(form, seed)) for seed in SEEDS]
    assert len({letter.paragraphs for letter in letters}) == len(SEEDS)
    assert len({letter.expectation["case_id"] for letter in letters}) == len(SEEDS)


@pytest.mark.parametrize("form", FORMS)
def test_every_style_prints_every_word(form: str) -> None:
    letter = lay_out(draw(form, 1))
    said = words(" ".join(letter.paragraphs))
    for style in STYLES:
        assert words(style(letter.paragraphs, random.Random(1))) == said


@pytest.mark.parametrize("press", [like_the_published, by_reportlab])
def test_a_pdf_holds_every_word(press: object) -> None:
    letter = lay_out(draw("notice", 2))
    assert callable(press)
    said = set(words(" ".join(letter.paragraphs)).split())
    for extract in EXTRACTORS:
        assert set(extract(press(letter.paragraphs)).split()) == said


@pytest.mark.parametrize("mutation", MUTATIONS[1:], ids=lambda mutation: mutation.__name__)
def test_a_mutation_spoils_most_letters(mutation: object) -> None:
    """One line a paragraph leaves no lines to join, and some forms have no sections to swap."""
    assert callable(mutation)
    spoiled = 0
    for form in FORMS:
        for seed in SEEDS:
            letter, style = lay_out(draw(form, seed)), style_of(seed)
            text = mutation(letter, style, random.Random(seed))
            spoiled += text != unspoiled(letter, style, random.Random(seed))
    assert spoiled > len(FORMS) * len(SEEDS) / 2


@pytest.mark.parametrize(
    ("found", "paths"),
    [
        ({"a": "x  y", "b": [{"c": 1}], "d": 2}, []),
        ({"a": "xy", "b": [{"c": 1}]}, ["a"]),
        ({"a": "x y", "b": []}, ["b.0.c", "b.length"]),
        ({"a": "x y", "b": [{"c": 1}, {}]}, ["b.length"]),
    ],
)
def test_differing(found: object, paths: list[str]) -> None:
    expectation = {"a": "x y", "b": [{"c": 1}]}
    assert differing(expectation, found) == paths
    assert count(expectation) == 3
