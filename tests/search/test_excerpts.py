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
from imrsearch.search.excerpts import (
    LENGTH,
    LONGEST_TEXT,
    ExcerptPassage,
    ExcerptPassages,
    highlight,
)
from imrsearch.search.excerpts import excerpts as of_matches
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


TEXT = (
    "The guideline supports manual care of the back when it leads to measurable gains in function. "
    "Eight visits were completed between March and May. The notes show no change of work "
    "restrictions after these eight visits. The worker still takes the same dose of the same "
    "medicine every morning and evening. A home exercise program was taught at the fourth visit. "
    "Massage alone is a passive measure. Therefore, six further visits are not medically "
    "necessary. Exercise at home may go on."
)


def passages(text: str, *leaves: Leaf) -> ExcerptPassages:
    return ExcerptPassages(Matched(text, find_matches(text, leaves)))


def one_line(found: ExcerptPassages, passage: ExcerptPassage) -> str:
    return " ".join("".join(text for text, _ in found.pieces(passage)).split())


@pytest.mark.parametrize(
    ("sentence", "decides"),
    [
        ("The request is not medically necessary.", True),
        ("Medical necessity has not been established.", True),
        ("I recommend non-certification.", True),
        ("The request for six visits is therefore not supported.", True),
        ("As such, the brace is appropriate.", True),
        ("The brace is  therefore\nnot  deemed  necessary.", True),
        ("The brace is not medically  appropriate.", True),
        ("The request has been noncertified.", True),
        ("I certify the brace.", True),
        ("The brace was recommended.", True),
        ("The braces were warranted.", True),
        ("It is to be indicated.", True),
        ("The brace has been approved.", True),
        ("The visits are authorized.", True),
        ("The denial is upheld.", True),
        ("The denial was overturned.", True),
        ("This thesis supported him.", False),
        ("The paramedical necessity is told.", False),
        ("This medical necessity decision should not be interpreted as an order to stop.", False),
        ("The worker walks without support.", False),
        ("A certificate of training was shown.", False),
        ("The recommended dose was taken.", False),
    ],
)
def test_sentences_that_decide(sentence: str, decides: bool) -> None:
    assert bool(passages(f"{sentence} The worker was seen in May.").deciding()) is decides


def test_the_last_deciding_sentence_is_taken() -> None:
    found = passages("Care is supported. In May it is not supported. He was seen in June.")
    (passage,) = found.deciding()
    assert one_line(found, passage) == "In May it is not supported."


def test_advice_elsewhere_does_not_hide_a_decision() -> None:
    found = passages("The drug is not supported. This should not be construed as an order to stop.")
    (passage,) = found.deciding()
    assert one_line(found, passage) == "The drug is not supported."


@pytest.mark.parametrize(
    ("starts", "shown"),
    [
        pytest.param([0, 28], "The worker was seen in May.", id="the weightiest comes first"),
        pytest.param([3, 28], "No gain was seen.", id="one that begins no sentence is passed over"),
        pytest.param([3], "Care is not supported.", id="no sentence: what reads like a decision"),
    ],
)
def test_the_sentence_of_a_reason_leads(starts: list[int], shown: str) -> None:
    text = "The worker was seen in May. No gain was seen. Care is not supported."
    found = passages(text)
    reasons = [DecisionReason("red-flag", "unmet", "", (start, start + 9)) for start in starts]
    (passage,) = found.deciding(reasons)
    assert one_line(found, passage) == shown


def sentence(*words: str) -> str:
    """A sentence so long that no other fits beside it."""
    return " ".join([*words, *["more"] * 40]).capitalize() + ". "


KNEE, BACK, NECK = Term("knee"), Term("back"), Phrase(("stiff", "neck"))


@pytest.mark.parametrize(
    ("weaker", "better"),
    [
        pytest.param(("knee", "and", "back"), ("stiff", "neck"), id="phrases before words"),
        pytest.param(("knee", "knee", "knee"), ("knee", "back"), id="different before repeated"),
        pytest.param(("back", "alone"), ("knee", "knee"), id="repeated before single"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_matches_best_comes_first(
    weaker: tuple[str, ...], better: tuple[str, ...], first: bool
) -> None:
    text = "".join([sentence(*better), sentence(*weaker)][:: 1 if first else -1])
    found = passages(text, KNEE, BACK, NECK)
    best, second = found.matching(2)
    assert one_line(found, best).startswith(" ".join(better).capitalize())
    assert one_line(found, second).startswith(" ".join(weaker).capitalize())
    assert found.matching(2) == []  # every sentence is taken


def test_of_equal_matches_the_first_is_taken() -> None:
    found = passages(sentence("knee", "one") + sentence("knee", "two"), KNEE)
    (best,) = found.matching(1)
    assert (best.first, best.last) == (0, 0)


def test_what_is_cut_away_is_marked_as_no_match() -> None:
    filler = " ".join(f"word{n}" for n in range(80))
    found = passages(f"{filler} needle {filler}.", Term("needle"))
    pieces = list(found.pieces(found.matching(1)[0]))
    assert [text for text, marked in pieces if marked] == ["needle"]
    assert [pieces[0], pieces[-1]] == [("… ", False), (" …", False)]


def test_short_sentences_around_a_match_join_it_first_those_behind() -> None:
    numbers = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    text = " ".join(f"{number} {'x' * 45}." for number in numbers)
    for sought, span in [("one", (0, 4)), ("four", (2, 6)), ("seven", (2, 6))]:
        (passage,) = passages(text, Term(sought)).matching(1)
        assert (passage.first, passage.last) == span


def test_what_stands_behind_a_hundred_thousand_characters_is_not_shown() -> None:
    text = "x" * LONGEST_TEXT + ". The knee brace is not supported."
    found = passages(text, KNEE)
    assert (found.deciding(), found.matching(1)) == ([], [])


def test_different_words_count_more_than_repetition() -> None:
    found = passages(TEXT, Term("visits"), Term("exercise"), Term("program"))
    (best,) = found.matching(1)
    assert "A home exercise program" in one_line(found, best)


def test_passages_share_no_sentence() -> None:
    found = passages(TEXT, Term("visits"), Term("worker"))
    taken = [*found.deciding(), *found.matching(5), *found.beginning()]
    numbers = [n for passage in taken for n in range(passage.first, passage.last + 1)]
    assert len(numbers) == len(set(numbers)) > 3


def test_whole_sentences_are_added_up_to_a_length() -> None:
    found = passages(TEXT, Term("completed"))
    (best,) = found.matching(1)
    words = one_line(found, best)
    assert words.startswith(("The guideline", "Eight visits"))
    assert words.endswith(".")
    assert 100 < len(words) <= LENGTH


def test_a_long_sentence_is_cut_between_words_around_the_match() -> None:
    filler = " ".join(f"word{n}" for n in range(80))
    found = passages(f"{filler} needle {filler}.", Term("needle"))
    (best,) = found.matching(1)
    words = one_line(found, best)
    assert "needle" in words
    assert words.startswith("… word")
    assert words.endswith(" …")
    assert len(words) <= LENGTH + 4
    assert words.removeprefix("… ").removesuffix(" …") in f"{filler} needle {filler}."


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        pytest.param(0, "", " …", id="at the beginning"),
        pytest.param(1, "", " …", id="near the beginning"),
        pytest.param(40, "… ", " …", id="amid"),
        pytest.param(80, "… ", "", id="at the end"),
    ],
)
def test_a_long_sentence_is_shown_in_full_length_wherever_the_match_is(
    place: int, before: str, after: str
) -> None:
    text = [f"word{n}" for n in range(80)]
    text.insert(place, "needle")
    found = passages(" ".join(text), Term("needle"))
    shown = one_line(found, found.matching(1)[0])
    assert (shown.startswith("… "), shown.endswith(" …")) == (bool(before), bool(after))
    whole = shown.removeprefix("… ").removesuffix(" …")
    assert LENGTH - 14 <= len(whole) <= LENGTH
    assert "needle" in whole.split()
    assert set(whole.split()) <= set(text)


def test_a_third_of_what_is_shown_stands_before_the_match() -> None:
    text = [f"word{n}" for n in range(80)]
    found = passages(" ".join([*text, "needle", *text]), Term("needle"))
    shown = one_line(found, found.matching(1)[0]).removeprefix("… ")
    assert LENGTH // 4 < shown.index("needle") <= LENGTH // 3


def test_a_word_without_end_before_the_match_is_left_out() -> None:
    text = "x" * 300 + "/needle " + "more " * 60
    found = passages(text, Term("needle"))
    assert one_line(found, found.matching(1)[0]).startswith("… needle more")


@pytest.mark.parametrize(("length", "cut"), [(LENGTH * 5 // 4, False), (LENGTH * 5 // 4 + 1, True)])
def test_a_sentence_a_quarter_too_long_is_shown_whole(length: int, cut: bool) -> None:
    text = ("needle " + "more " * 100)[: length - 2] + "x."
    found = passages(text, Term("needle"))
    assert one_line(found, found.matching(1)[0]).endswith(" …") is cut


@pytest.mark.parametrize(("length", "joined"), [(LENGTH, 1), (LENGTH + 1, 0)])
def test_a_neighbour_joins_while_both_are_no_longer_than_a_passage(
    length: int, joined: int
) -> None:
    first = "Here is a needle."
    found = passages(f"{first} {'x' * (length - len(first) - 2)}.", Term("needle"))
    assert found.matching(1)[0].last == joined


def test_a_long_deciding_sentence_keeps_its_decision() -> None:
    filler = ", ".join(f"word{n}" for n in range(80))
    found = passages(f"Given {filler} the request is not medically necessary.")
    (passage,) = found.deciding()
    assert one_line(found, passage).endswith("is not medically necessary.")


def test_a_long_beginning_after_empty_lines_is_shown() -> None:
    found = passages("\n\n" + "x" * 400)
    (passage,) = found.beginning()
    assert one_line(found, passage) == "x" * LENGTH + " …"


def test_no_text_no_passage() -> None:
    found = passages("", Term("visits"))
    assert (found.deciding(), found.matching(2), found.beginning()) == ([], [], [])


PIECES = ("knee. ", "is not medically necessary. ", "A ", "b1 ", "\n\n", "x" * 400, "<", ". ")


@given(
    st.lists(st.sampled_from(PIECES)),
    st.lists(st.sampled_from([Term("knee"), Prefix("b1"), Phrase(("a", "b1"))])),
)
def test_every_passage_is_of_the_text(pieces: list[str], leaves: list[Leaf]) -> None:
    text = "".join(pieces)
    flat = " ".join(text.split())
    found = passages(text, *leaves)
    for passage in [*found.deciding(), *found.matching(3), *found.beginning()]:
        words = one_line(found, passage)
        assert words.removeprefix("… ").removesuffix(" …") in flat
        assert 0 < len(words) <= LENGTH * 5 // 4 + 4
