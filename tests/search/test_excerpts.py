from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.model import DecisionReason
from imrsearch.query.tree import Leaf, Phrase, Prefix, Term
from imrsearch.search.excerpts import excerpts as of_matches
from imrsearch.search.excerpts import highlight
from imrsearch.search.matches import Matched, find_matches
from imrsearch.search.results import Excerpt
from imrsearch.system.package_data import folder

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    "<mark>alert</mark>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</mark><script>alert(1)</script><mark>",
    "<a href='javascript:alert(1)'>alert</a>",
    "\x02alert\x03 <b>alert</b>",
    "<scr<alert>ipt>",
]

RATIONALE = (
    "The guideline supports manual care of the back when it leads to measurable gains in function. "
    "Eight visits were completed between March and May. The notes show no change of work "
    "restrictions after these eight visits. The worker still takes the same dose of the same "
    "medicine every morning and evening. A home exercise program was taught at the fourth visit "
    "and is said to be followed. Nothing in the notes tells how far the worker can walk or lift. "
    "Massage alone is a passive measure. Therefore, six further visits are not medically "
    "necessary. Exercise at home may go on."
)
SUMMARY = "A warehouse worker hurt the back lifting a crate. Acupuncture was tried in winter."


def excerpts(texts: Mapping[str, str], terms: Sequence[Leaf]) -> tuple[Excerpt, ...]:
    return of_matches({p: Matched(text, find_matches(text, terms)) for p, text in texts.items()})


def test_the_sentence_that_carries_the_reason_leads() -> None:
    sentence = "The notes show no change of work restrictions after these eight visits."
    start = RATIONALE.index(sentence)
    span = (start, start + len(sentence))
    reason = DecisionReason("functional-improvement", "unmet", sentence, span)
    lead, *_ = of_matches({"rationale": Matched(RATIONALE, ())}, (reason,))
    assert lead.text == sentence
    closing, *_ = of_matches({"rationale": Matched(RATIONALE, ())})
    assert closing.text == "Therefore, six further visits are not medically necessary."


def test_marks_stand_around_what_matches() -> None:
    marked = highlight("No X-ray & no MRI of the knees.", [Term("knee"), Phrase(("x", "ray"))])
    assert marked == "No <mark>X-ray</mark> &amp; no MRI of the <mark>knees</mark>."


def test_overlapping_matches_are_one_mark() -> None:
    leaves: list[Leaf] = [Phrase(("a1", "b1")), Phrase(("b1", "c1")), Prefix("b1")]
    assert highlight("a1 b1 c1 d1", leaves) == "<mark>a1 b1 c1</mark> d1"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_the_text_becomes_a_tag(payload: str) -> None:
    marked = highlight(payload, [Term("alert"), Term("script"), Prefix("onl")])
    without = re.sub(r"</?mark>", "", marked)
    assert not set("<>\"'") & set(without)
    assert html.unescape(without) == payload


@given(st.text(), st.lists(st.sampled_from(["a", "b1", "knee", "é"]), max_size=4))
def test_taking_the_marks_away_gives_the_text_back(text: str, sought: list[str]) -> None:
    marked = highlight(text, [Prefix(word) for word in sought])
    assert marked.count("<mark>") == marked.count("</mark>")
    assert html.unescape(re.sub(r"</?mark>", "", marked)) == html.unescape(html.escape(text))


def test_the_sentence_that_decides_comes_first() -> None:
    first, *others = excerpts({"rationale": RATIONALE, "summary": SUMMARY}, [Term("exercise")])
    assert first.text == "Therefore, six further visits are not medically necessary."
    assert others
    assert all("<mark>" in excerpt.html for excerpt in others)


def test_phrases_come_before_words() -> None:
    _, best, *_ = excerpts(
        {"rationale": RATIONALE}, [Term("visits"), Phrase(("passive", "measure"))]
    )
    assert "<mark>passive measure</mark>" in best.html


def test_the_summary_fills_up_and_is_named() -> None:
    found = excerpts(
        {"rationale": RATIONALE, "summary": SUMMARY}, [Term("massage"), Term("acupuncture")]
    )
    assert [excerpt.place for excerpt in found] == ["rationale", "rationale", "summary"]


def test_words_sought_in_another_field_are_shown_too() -> None:
    found = excerpts({"rationale": RATIONALE}, [Prefix("mass", ("service",))])
    assert "<mark>Massage</mark>" in found[1].html


def test_no_more_than_two_matching_excerpts() -> None:
    found = excerpts(
        {"rationale": RATIONALE * 3, "summary": SUMMARY}, [Term("visits"), Term("back")]
    )
    assert len(found) == 3


def test_without_a_match_the_beginning_is_shown() -> None:
    found = excerpts({"rationale": RATIONALE, "summary": SUMMARY}, [Term("absent")])
    assert [excerpt.text[:13] for excerpt in found] == ["Therefore, si", "The guideline"]
    assert len(excerpts({"rationale": "Six visits are certified."}, [])) == 1


def test_no_text_no_excerpt() -> None:
    assert excerpts({}, [Term("knee")]) == ()


def test_only_marks_and_filled_templates_are_declared_safe() -> None:
    package = Path(__file__).parents[2] / "imrsearch"
    safe = {path.name for path in package.rglob("*.py") if "Markup(" in path.read_text("utf-8")}
    assert safe == {"excerpts.py", "templating.py"}
    templates = folder("templates").rglob("*")
    unsafe = [p.name for p in templates if p.is_file() and re.search(r"\|\s*safe\b", p.read_text())]
    assert unsafe == []
