from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.tree import Leaf, Phrase, Prefix, Term
from imrsearch.search.matches import Matched, find_matches
from imrsearch.search.passages import LENGTH, ExcerptPassages

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


@pytest.mark.parametrize(
    ("sentence", "decides"),
    [
        ("The request is not medically necessary.", True),
        ("Medical necessity has not been established.", True),
        ("I recommend non-certification.", True),
        ("The request for six visits is therefore not supported.", True),
        ("As such, the brace is appropriate.", True),
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
    assert found.words(passage) == "In May it is not supported."


def test_different_words_count_more_than_repetition() -> None:
    found = passages(TEXT, Term("visits"), Term("exercise"), Term("program"))
    (best,) = found.matching(1)
    assert "A home exercise program" in found.words(best)


def test_passages_share_no_sentence() -> None:
    found = passages(TEXT, Term("visits"), Term("worker"))
    taken = [*found.deciding(), *found.matching(5), *found.beginning()]
    numbers = [n for passage in taken for n in range(passage.first, passage.last + 1)]
    assert len(numbers) == len(set(numbers)) > 3


def test_whole_sentences_are_added_up_to_a_length() -> None:
    found = passages(TEXT, Term("completed"))
    (best,) = found.matching(1)
    words = found.words(best)
    assert words.startswith(("The guideline", "Eight visits"))
    assert words.endswith(".")
    assert 100 < len(words) <= LENGTH


def test_a_long_sentence_is_cut_between_words_around_the_match() -> None:
    filler = " ".join(f"word{n}" for n in range(80))
    found = passages(f"{filler} needle {filler}.", Term("needle"))
    (best,) = found.matching(1)
    words = found.words(best)
    assert "needle" in words
    assert words.startswith("… word")
    assert words.endswith(" …")
    assert len(words) <= LENGTH + 4
    assert words.removeprefix("… ").removesuffix(" …") in f"{filler} needle {filler}."


def test_a_long_deciding_sentence_keeps_its_decision() -> None:
    filler = ", ".join(f"word{n}" for n in range(80))
    found = passages(f"Given {filler} the request is not medically necessary.")
    (passage,) = found.deciding()
    assert found.words(passage).endswith("is not medically necessary.")


def test_a_long_beginning_after_empty_lines_is_shown() -> None:
    found = passages("\n\n" + "x" * 400)
    (passage,) = found.beginning()
    assert found.words(passage) == "x" * LENGTH + " …"


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
        words = found.words(passage)
        assert words.removeprefix("… ").removesuffix(" …") in flat
        assert 0 < len(words) <= LENGTH * 5 // 4 + 4
