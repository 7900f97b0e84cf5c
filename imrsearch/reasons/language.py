"""The language of the catalogue's phrases: ``improve* ... [function|mobility]``.

``reasons.toml`` explains it. A phrase becomes steps, one for each word or list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

NUMBER = "#"

# A phrase is made of lists, gaps and words; a bracket elsewhere is one too many.
_MARK = re.compile(
    r"\[(?P<list>[^\[\]]*)\]|(?P<gap>\.{2,3})|(?P<word>[^\s\[\]|]+)|(?P<bracket>[\[\]|])"
)
_GAPS = {"..": 3, "...": 8}
# "x-ray*" is two words, and so is "isn't": "isn", "'t".
_PHRASE_PART = re.compile(rf"'?[^\W_]+\*?|{NUMBER}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_LIST_OF_WORDS = re.compile(r"[a-z*|]+")
# An alternative that holds lists: "went [up|from]" in "[rose|went [up|from]]".
_HOLDS_LISTS = re.compile(r"(?<=[\[|])[^\[\]|]*(?:\[[^\[\]]*\][^\[\]|]*)+(?=[\]|])")


class Step(NamedTuple):
    """One of ``words`` or of the ``longer`` alternatives, or nothing where it is ``optional``.

    At most ``gap`` other words stand before it. A word is itself, a beginning (``improve*``) or any
    number (``#``). ``longer`` are the alternatives of several words, each by its longest one;
    ``choices``, where there are some, all alternatives in the order of the list.
    """

    words: frozenset[str]
    gap: int = 0
    optional: bool = False
    longer: Mapping[str, Sequence[Steps]] = {}
    choices: tuple[Steps, ...] = ()


Steps = tuple[Step, ...]


def phrase(line: str) -> Steps:
    """The steps of one line. Raises ValueError for brackets that do not match, or no word."""
    steps: list[Step] = []
    gap, begun = 0, False
    for listed, dots, word, bracket in _MARK.findall(_HOLDS_LISTS.sub(_written_out, line)):
        if bracket:
            raise ValueError(f"unbalanced brackets in the phrase {line!r}")
        if dots:
            gap = _GAPS[dots]
            continue
        first, *others = (_alternatives(listed),) if listed else _word_steps(word)
        steps += (first._replace(gap=gap) if gap and begun else first, *others)
        gap, begun = 0, begun or not first.optional
    if not begun:
        raise ValueError(f"no word has to stand in the phrase {line!r}")
    return tuple(steps)


def words_of(steps: Steps) -> Iterator[str]:
    """Every word of a phrase, those of all alternatives too."""
    for step in steps:
        yield from step.words
        for choice in step.choices:
            yield from words_of(choice)


def _written_out(alternative: re.Match[str]) -> str:
    """An alternative that holds lists as one for each of their words: "went up|went from"."""
    pieces = (piece.split("|") for piece in _BRACKETS.split(alternative[0]))
    return "|".join(map("".join, product(*pieces)))


@lru_cache(maxsize=4096)
def _word_steps(mark: str) -> Steps:
    """A word, or the parts of one with hyphens or an apostrophe."""
    parts = _PHRASE_PART.findall(mark)
    if not parts:
        raise ValueError(f"{mark!r} is no word of a phrase")
    return tuple(Step(frozenset((part,))) for part in parts)


# Many lists stand in several lines.
@lru_cache(maxsize=8192)
def _alternatives(inside: str) -> Step:
    texts = inside.split("|")
    optional = "" in texts
    if _LIST_OF_WORDS.fullmatch(inside):  # most are: read three times as fast
        return Step(frozenset(filter(None, texts)), optional=optional)
    choices = [phrase(text) if " " in text else _word_steps(text) for text in texts if text]
    words, longer = set[str](), dict[str, list[Steps]]()
    for choice in choices:
        if len(choice) == 1:
            words |= choice[0].words
        else:
            longer.setdefault(max(words_of(choice), key=len), []).append(choice)
    in_order = tuple(choices) if longer else ()
    return Step(frozenset(words), optional=optional, longer=longer, choices=in_order)
