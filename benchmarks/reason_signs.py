"""Learns how the signs weigh by which a rationale gives a reason, and how usual each criterion is
for a category of treatment, and measures both: ``make reason-signs``.

Logistic regression on whole rationales of our own: those labelled sentence by sentence
(``tests/data/labelled_sentences_hand_*.tsv``), each file read by a classifier that the others
taught, and the open ones of ``benchmarks.reasons``. What it is worth is measured by asking for one
hand's rationales what all others teach.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import log
from pathlib import Path

import numpy as np

from benchmarks.reason_classifier import labelled_sentences, taught_lines
from benchmarks.reasons import DATA, OPEN, Labelled, Score, kind_told, own
from imrsearch.catalogue.reasons import MET, STATUSES, UNMET, criteria, ruled_out
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken, kept_spoken_of, read_weights, spoken_by
from imrsearch.reasons.likely import (
    ANY_KIND,
    BARS,
    SIGNS_FILE,
    Signs,
    SpokenSentence,
    Usual,
    likely_reasons,
    signs_by_criterion,
    usual_of,
)
from imrsearch.reasons.read import MOST_REASONS, STATUS, told_by_phrases
from imrsearch.reasons.wording import Sentence
from imrsearch.system.package_data import data_file
from imrsearch.text.words import Stretch

_BY_HANDS = "labelled_sentences_hand_*.tsv"
_CONCLUDES = "general"
"""The label of a rationale's last sentence, which only says what is decided."""
_DECISION = {MET: OVERTURNED, UNMET: UPHELD}
_COST_OF_SIGNS = 1.0
_NEWTON_STEPS = 20
"""So many steps of Newton's method lead further than is written."""

_SEEN_BEFORE = 8
"""A criterion is as usual for a category as for all, as if so many of its rationales said so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rationale with what phrases tell of it and what its sentences speak of."""

    status: str
    criteria: frozenset[str]
    known: Mapping[str, Stretch]
    told: Sequence[SpokenSentence]
    category: str | None
    ruled_out: frozenset[str]

    def usual(self, usual: Usual) -> Mapping[str, float]:
        """How usual the criteria are that may decide such a request."""
        return usual_of(usual, self.category, self.ruled_out)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What rationales of one status teach: how the signs weigh, and what is usual."""

    weights: Mapping[str, float]
    usual: Usual


def main() -> None:
    """Tell what a hand's rationales are read as by what the others teach, and write the weights."""
    open_ones = [
        _asked_of(one, kept_spoken_of) for _, name, held in OPEN for one in own(name, held_out=held)
    ]
    hands = dict(_hands())
    for name, asked in hands.items():
        others = chain.from_iterable(told for other, told in hands.items() if other != name)
        _tell_worth(name, asked, learnt([*others, *open_ones]))
    lines = _lines(learnt([*chain.from_iterable(hands.values()), *open_ones]))
    data_file(SIGNS_FILE).write_text("\n".join(lines) + "\n", encoding="ascii")


def _hands() -> Iterator[tuple[str, list[Asked]]]:
    """The rationales of each hand, read by a classifier that its own sentences did not teach."""
    known = labelled_sentences()
    for path in sorted(DATA.glob(_BY_HANDS)):
        others = chain.from_iterable(told for name, told in known.items() if name != path.stem)
        weights = read_weights("\n".join(taught_lines(others)))
        yield path.stem, [_asked_of(one, partial(spoken_by, weights)) for one in whole(path)]


def whole(path: Path) -> Iterator[Labelled]:
    """The rationales of a file that is labelled sentence by sentence, each up to its conclusion;
    what tells no reason, or reasons of both statuses, is left out."""
    sentences: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        criterion, status, sentence = line.split("\t")
        sentences[sentence].add((criterion, status))
        if criterion == _CONCLUDES:
            yield from _labelled_whole(sentences)
            sentences.clear()


def _labelled_whole(sentences: Mapping[str, set[tuple[str, str]]]) -> Iterator[Labelled]:
    said = {pair for pairs in sentences.values() for pair in pairs if pair[1] in STATUSES}
    statuses = {status for _, status in said}
    if len(statuses) == 1:
        text = " ".join(sentences)
        named = frozenset(name for name, _ in said)
        yield Labelled(text, _DECISION[statuses.pop()], named, *kind_told(text))


def _asked_of(one: Labelled, spoken: Callable[[Sentence], Spoken]) -> Asked:
    status, others = STATUS[one.decision], ruled_out(one.category, one.subcategory)
    known, told = told_by_phrases(one.rationale, status, others, spoken)
    return Asked(status, one.criteria, known, told, one.category, others)


def learnt(asked: Iterable[Asked]) -> Mapping[str, Learnt]:
    """What these rationales teach, by status."""
    by_status: dict[str, list[Asked]] = {status: [] for status in STATUSES}
    for one in asked:
        by_status[one.status].append(one)
    return {status: _learnt_of(told) for status, told in by_status.items()}


def _learnt_of(asked: Sequence[Asked]) -> Learnt:
    usual = _usual(asked)
    rows, wanted = [], []
    for one in asked:
        found = signs_by_criterion(one.known, one.told, one.status, one.usual(usual))
        rows += [(*likely.signs, 1.0) for likely in found.values()]
        wanted += [name in one.criteria for name in found]
    weights = _logistic(np.array(rows), np.array(wanted, float))
    return Learnt(dict(zip((*Signs._fields, "constant"), weights.tolist(), strict=True)), usual)


def _usual(asked: Sequence[Asked]) -> Usual:
    """The logarithm of each criterion's odds, for all and for every category."""
    of_category: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        of_category[one.category or ANY_KIND].append(one)
    counted = Counter(name for one in asked for name in one.criteria)
    shares = {name: (counted[name] + 1) / (len(asked) + len(criteria())) for name in criteria()}
    usual = {ANY_KIND: {name: _odds(share) for name, share in shares.items()}}
    for category, ones in sorted(of_category.items()):
        if category != ANY_KIND:
            counted = Counter(name for one in ones for name in one.criteria)
            size = len(ones) + _SEEN_BEFORE
            usual[category] = {
                name: _odds((counted[name] + _SEEN_BEFORE * share) / size)
                for name, share in shares.items()
            }
    return usual


def _odds(share: float) -> float:
    return round(log(share / (1 - share)), 1)


def _logistic(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression, all but the last penalised, by Newton's method."""
    penalty = np.diag([*[_COST_OF_SIGNS] * (rows.shape[1] - 1), 0.0])
    weights = np.zeros(rows.shape[1])
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - wanted) + penalty @ weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def _lines(learnt_ones: Mapping[str, Learnt]) -> Iterator[str]:
    yield "# How the signs of a reason weigh (imrsearch/reasons/likely.py), and how usual each"
    yield "# criterion is for a category of treatment; by make reason-signs."
    yield f"criteria = {json.dumps(list(criteria()))}"
    for status, one in learnt_ones.items():
        yield f"[{status}]"
        yield from (f"{name} = {value:.2f}" for name, value in one.weights.items())
    for status, one in learnt_ones.items():
        yield f"[usual.{status}]"
        for category, values in one.usual.items():
            yield f"{json.dumps(category)} = {json.dumps([values[name] for name in criteria()])}"


def _tell_worth(name: str, asked: Iterable[Asked], taught: Mapping[str, Learnt]) -> None:
    """What the rationales of one hand are read as, by phrases alone and by all signs."""
    alone: dict[str, Score] = defaultdict(Score)
    weighed: dict[str, Score] = defaultdict(Score)
    for one in asked:
        by = taught[one.status]
        usual, bars = one.usual(by.usual), BARS[one.status]
        reasons = likely_reasons(one.known, one.told, one.status, usual, by.weights, bars)
        for part in ("all", one.status):
            alone[part].add(one.known, one.criteria)
            weighed[part].add(list(reasons)[:MOST_REASONS], one.criteria)
    for part in weighed:
        print(
            f"{name} {part:<6} phrases {alone[part]}\n{'':<{len(name) + 8}}weighed {weighed[part]}"
        )


if __name__ == "__main__":
    main()
