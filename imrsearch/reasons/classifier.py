"""What a sentence is likely to say where phrases of the catalogue find little.

A linear classifier, trained on sentences of our own (``make reason-classifier``). It weighs what a
sentence speaks of, by criterion, and apart from that whether it says that something is met, unmet,
or neither: so few sentences serve for sixty reasons. Docs: docs/reasons.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from struct import unpack
from typing import NamedTuple, TypeVar

from imrsearch.reasons.scope import conclusion, denials
from imrsearch.reasons.wording import Sentence
from imrsearch.system.package_data import data_file
from imrsearch.text.words import Stretch, stem

Carrier = TypeVar("Carrier", str, Stretch)
"""What carries a reason: a sentence, or where it stands."""
CLASSIFIER_FILE = "reason_classifier.tsv"
STEPS = 46
"""A weight is a whole number of steps, of at most so many, either side of nought."""
_NOUGHT = 79
"""The character of a weight of nought: with 46 steps either side, all are printable."""
_LANE = 4
"""Bytes of a class's lane in a row: more than the characters of a sentence's features add up to."""
_TOKEN = re.compile(r"[a-z]+(?:'t)?|\d+(?:[.,/]\d+)*|;")


class Spoken(NamedTuple):
    """How far a sentence speaks of criteria, and says that they are (un)met: from 0 to 1."""

    topics: Mapping[str, float]
    met: float
    unmet: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature speaks for: a row of ``classes``, as one number with a lane for each, so
    that rows are added in one step."""

    classes: tuple[str, ...]
    step: float
    rows: dict[str, int]


def features(sentence: Sentence) -> list[str]:
    """The stems of a sentence but for its conclusion, pairs of them, and those denied ("!improv").

    "No relief was noted." is ``^ no relief was note $``, ``^ no``, ``no relief`` …, ``!no``
    ``!relief`` ….
    """
    denied = denials(sentence)
    start, end = conclusion(sentence)
    parts = ((0, start), (end, len(sentence.low)))
    marked: list[str] = []
    if denied.starts:
        tokens = [token for part in parts for token in _TOKEN.finditer(sentence.low, *part)]
        stems = [_stem_of(token[0]) for token in tokens]
        places = (token.span() for token in tokens)
        marked = [f"!{one}" for one, at in zip(stems, places, strict=True) if denied.cover(*at)]
    else:  # most sentences: words alone are found faster than their places
        stems = [_stem_of(word) for part in parts for word in _TOKEN.findall(sentence.low, *part)]
    bounded = ["^", *stems, "$"]
    return list(dict.fromkeys([*bounded, *map(" ".join, pairwise(bounded)), *marked]))


@lru_cache(maxsize=2**14)
def _stem_of(token: str) -> str:
    """The stem of a word; all numbers have one."""
    return "#" if token[0].isdigit() else stem(token)


def spoken_of(sentence: Sentence) -> Spoken:
    """What a sentence speaks of and says."""
    return spoken_by(_weights(), sentence)


def spoken_by(weights: Weights, sentence: Sentence) -> Spoken:
    """As ``spoken_of``, by these weights instead of the catalogue's."""
    rows = [row for name in features(sentence) if (row := weights.rows.get(name))]
    if not rows:
        return Spoken({}, 0.0, 0.0)
    scale, noughts = weights.step / sqrt(len(rows)), _NOUGHT * len(rows)
    lanes = sum(rows).to_bytes(_LANE * len(weights.classes), "little")
    sums = unpack(f"<{len(weights.classes)}I", lanes)
    *topics, met, unmet = [
        min((one - noughts) * scale, 1.0) if one > noughts else 0.0 for one in sums
    ]
    spoken = zip(weights.classes, topics, strict=False)
    return Spoken({name: topic for name, topic in spoken if topic}, met, unmet)


kept_spoken_of = lru_cache(maxsize=4096)(spoken_of)
"""``spoken_of``, cached for the sentences of letters, which recur."""


@cache
def _weights() -> Weights:
    return read_weights(data_file(CLASSIFIER_FILE).read_text(encoding="ascii"))


def read_weights(text: str) -> Weights:
    """The weights of a classifier's file: a step and the classes, then a line for each feature."""
    first, *lines = text.splitlines()
    step, *classes = first.split("\t")
    rows: dict[str, int] = {}
    for name, _, row in (line.partition("\t") for line in lines):
        lanes = bytearray(_LANE * len(row))
        lanes[::_LANE] = row.encode()
        rows[name] = int.from_bytes(lanes, "little")
    return Weights(tuple(classes), float(step), rows)


def written_weights(
    classes: Sequence[str], step: float, rows: Mapping[str, Sequence[int]]
) -> Iterator[str]:
    """The lines of a classifier's file: each row tells a feature's steps for every class."""
    yield "\t".join([repr(step), *classes])
    for name, steps in sorted(rows.items()):
        yield f"{name}\t{''.join(chr(_NOUGHT + one) for one in steps)}"
