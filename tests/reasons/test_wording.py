"""The phrase language of the catalogue."""

from __future__ import annotations

from itertools import chain, product

import pytest

from imrsearch.catalogue.reasons import CERTAIN, IN_DOUBT, criteria, denial_wording, reason_label
from imrsearch.reasons.language import Steps, phrase
from imrsearch.reasons.rules import sentence_of
from imrsearch.reasons.wording import PhraseSet, Sentence


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("pain relief", "with pain relief noted", "pain relief"),
        ("improve*", "improvement", "improvement"),
        ("improve", "improvement", None),
        ("short term", "for short-term use", "short-term"),  # a hyphen parts words as a blank does
        ("red flag*", "no red; flags", None),  # a semicolon parts sentences
        ("[red|yellow] flag*", "a yellow flag", "yellow flag"),
        ("no [clear|] rationale", "no rationale", "no rationale"),
        ("no .. relief", "no sign of any relief", "no sign of any relief"),
        ("no .. relief", "no sign of any lasting relief", None),  # a gap has at most three words
        ("no ... relief", "no sign of any lasting relief", "no sign of any lasting relief"),
        ("# visits", "asks for 12 visits", "12 visits"),
        ("# visits", "asks for six visits", "six visits"),
        ("day*", "three days", "days"),
        ("improve ... function*", "improve; function", None),
        ("isn't [working|]", "it isn't working", "isn't working"),
        ("isn't", "it is n't", None),
        ("patient", "the patient's pain", "patient"),
        ("x-ray*", "no x rays", "x rays"),
        ("from # to #", "from 12.5 to 7", "from 12.5 to 7"),  # a number of two words
        ("# visits", "12mg visits", None),
        # The first alternative and the shortest gap that let all that follows stand:
        ("[no|no clear] .. sign", "no clear sign", "no clear sign"),
        ("no .. [sign|sign of relief]", "no sign of relief", "no sign"),
        ("no .. [sign of relief|sign]", "no sign of relief", "no sign of relief"),
        ("no .. sign [of relief|]", "no sign of relief", "no sign of relief"),
        ("[went [up|from]|rose] .. pain", "went from no pain", "went from no pain"),
    ],
)
def test_a_phrase_stands_where_its_words_do(line: str, text: str, found: str | None) -> None:
    places = Sentence(text, PhraseSet([("kind", "name", line)])).find("kind")
    assert [text[slice(*one.span)] for one in places] == ([found] if found else [])


def test_every_phrase_of_the_catalogue_is_one() -> None:
    assert sentence_of("no red flags").find("denies")  # those of reasons.toml are read at once
    for kind in (CERTAIN, IN_DOUBT):
        for line in chain.from_iterable(denial_wording(kind).values()):
            assert phrase(line)


def test_what_displaces_another_names_a_criterion() -> None:
    for criterion in criteria().values():
        assert criterion.over <= criteria().keys()
        assert criterion.name not in criterion.over


def test_labels_are_plain_words() -> None:
    assert reason_label("red-flags", "unmet") == "No red flags"
    assert reason_label("red-flags", "met") == "Red flags present"


def stands(steps: Steps, words: list[str], place: int) -> set[int]:
    """Where a phrase ends that begins at this place among the words, found step by step."""
    ends = {place}
    for step in steps:
        begins = {end + skipped for end in ends for skipped in range(step.gap + 1)}
        begins = {begin for begin in begins if begin <= len(words)}
        ends = begins if step.optional else set()
        for begin in begins:
            word = words[begin] if begin < len(words) else ""
            if any(
                word == one or (one[-1] == "*" and word.startswith(one[:-1])) for one in step.words
            ):
                ends = ends | {begin + 1}
            for choice in step.choices:
                ends = ends | stands(choice, words, begin)
    return ends


PIECES = ["a", "b*", "[a|c]", "[b|]", "..", "...", "[a c|b]", "[c a .. b|a|]", "c"]


GAPS = (0, 1, 3, 4, 8, 9)
SENTENCES = [
    f"{first}{' d' * gap} {second} d a".split()
    for first, second, gap in product(("a", "ba", "c", "c a"), ("a", "b", "a c b"), GAPS)
]


@pytest.mark.parametrize("line", [" ".join(line) for line in product(PIECES, PIECES, "a")])
def test_any_phrase_stands_where_its_steps_do(line: str) -> None:
    steps, phrases = phrase(line), PhraseSet([("kind", "name", line)])
    for words in SENTENCES:
        found = Sentence(" ".join(words), phrases).find("kind")
        begins = [len(" ".join([*words[:place], ""])) for place in range(len(words))]
        assert [one.span[0] for one in found] == [
            begin for place, begin in enumerate(begins) if stands(steps, words, place)
        ], words
