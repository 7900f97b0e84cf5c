"""Lines of the catalogue as steps of words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.reasons.language import NUMBER, Step, Steps, phrase, words_of


def shown(steps: Steps) -> list[str]:
    """Each step as ``+gap word|word (longer alternatives in order)?``."""
    return [_shown(step) for step in steps]


def _shown(step: Step) -> str:
    gap = f"+{step.gap} " if step.gap else ""
    choices = [" ".join(shown(choice)) for choice in step.choices]
    longer = f" ({'/'.join(choices)})" if choices else ""
    return f"{gap}{'|'.join(sorted(step.words))}{longer}{'?' if step.optional else ''}"


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("pain relief", ["pain", "relief"]),
        pytest.param("improve*", ["improve*"], id="a beginning"),
        pytest.param("# visits", [NUMBER, "visits"], id="any number"),
        pytest.param("short-term use", ["short", "term", "use"], id="a hyphen parts words"),
        pytest.param("isn't so", ["isn", "'t", "so"], id="an apostrophe begins one"),
        pytest.param("no .. relief", ["no", "+3 relief"], id="a gap of three words"),
        pytest.param("no ... relief", ["no", "+8 relief"], id="a gap of eight"),
        pytest.param("no .. x-ray film", ["no", "+3 x", "ray", "film"], id="ahead of one word"),
        pytest.param("[red|yellow] flag", ["red|yellow", "flag"], id="one of several"),
        pytest.param("no [clear|] aim", ["no", "clear?", "aim"], id="or none of them"),
        pytest.param("no .. [|clear] aim", ["no", "+3 clear?", "aim"], id="behind a gap"),
        pytest.param("no [clear|] .. aim", ["no", "clear?", "+3 aim"], id="ahead of a gap"),
        pytest.param("[up|#] to", [f"{NUMBER}|up", "to"], id="a number among words"),
        pytest.param(
            "[rose|went up|gone] so", ["gone|rose (rose/went up/gone)", "so"], id="of several words"
        ),
        pytest.param(
            "[x-ray|mri|] of", ["mri (x ray/mri)?", "of"], id="or of a word with a hyphen"
        ),
        pytest.param("[no .. sign|rose] of", ["rose (no +3 sign/rose)", "of"], id="with a gap"),
        pytest.param(
            "[rose|went [up|from]] so",
            ["rose (rose/went up/went from)", "so"],
            id="a list in an alternative",
        ),
        pytest.param(
            "[[a|b] to [c|d]] so", [" (a to c/a to d/b to c/b to d)", "so"], id="two lists in one"
        ),
        pytest.param(".. relief", ["relief"], id="no gap is ahead of a phrase"),
        pytest.param("[the|] .. relief", ["the?", "relief"], id="nor behind what may be missing"),
    ],
)
def test_steps_of_a_line(line: str, steps: list[str]) -> None:
    assert shown(phrase(line)) == steps


@pytest.mark.parametrize("line", ["[open", "closed]", "one | two", "a ] b"])
def test_brackets_have_to_match(line: str) -> None:
    refused = re.escape(f"unbalanced brackets in the phrase {line!r}")
    with pytest.raises(ValueError, match=refused):
        phrase(line)


@pytest.mark.parametrize("mark", ["*", ",", "[,|x]", "--"])
def test_a_mark_is_no_word(mark: str) -> None:
    with pytest.raises(ValueError, match="is no word of a phrase"):
        phrase(mark)


@pytest.mark.parametrize("line", ["", "[all|]", "..", "[|a b] [c|]"])
def test_a_word_has_to_stand(line: str) -> None:
    with pytest.raises(ValueError, match="no word has to stand in the phrase"):
        phrase(line)


def test_longer_alternatives_are_looked_up_by_their_longest_word() -> None:
    (step,) = phrase("[gave no aid|gave up|up to it|rose]")
    assert {word: [shown(one) for one in longer] for word, longer in step.longer.items()} == {
        "gave": [["gave", "no", "aid"], ["gave", "up"]],
        "up": [["up", "to", "it"]],
    }


@given(
    st.lists(st.sampled_from(["no", "[a|b c|]", "..", "x-ray*", "[d [e|f]|g]", "#"]), min_size=1)
)
def test_the_words_of_a_line_are_all_that_stand_in_it(pieces: list[str]) -> None:
    line = " ".join([*pieces, "end"])
    printed = line.translate(dict.fromkeys(map(ord, "[]|-."), " ")).split()
    assert set(words_of(phrase(line))) == set(printed)
