"""Learns how the signs weigh by which a rationale gives a reason that no phrase tells, and measures
it: ``make reason-signs``.

Logistic regression on whole rationales of our own: those labelled sentence by sentence
(``tests/data/labelled_sentences_hand_*.tsv``), each file read by a classifier that the others
taught, and the open ones of ``benchmarks.reasons``. What it is worth is measured by asking for one
hand's rationales what all others teach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from benchmarks.reason_classifier import labelled_sentences, taught_lines
from benchmarks.reasons import DATA, OPEN, Labelled, Score, kind_told, own
from imrsearch.catalogue.reasons import MET, STATUSES, UNMET, ruled_out
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken, kept_spoken_of, read_weights, spoken_by
from imrsearch.reasons.likely import (
    SIGNS_FILE,
    Signs,
    SpokenSentence,
    likely_besides,
    signs_by_criterion,
)
from imrsearch.reasons.read import STATUS, told_by_phrases
from imrsearch.reasons.wording import Sentence
from imrsearch.system.package_data import data_file

_BY_HANDS = "labelled_sentences_hand_*.tsv"
_CONCLUDES = "general"
"""The label of a rationale's last sentence, which only says what is decided."""
_DECISION = {MET: OVERTURNED, UNMET: UPHELD}
_COST_OF_SIGNS = 1.0
_NEWTON_STEPS = 20
"""So many steps of Newton's method lead further than is written."""

SignWeights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A rationale with what phrases tell of it and what its sentences speak of."""

    status: str
    criteria: frozenset[str]
    known: Sequence[str]
    told: Sequence[SpokenSentence]
    others: frozenset[str]


def main() -> None:
    """Tell what a hand's rationales are read as by what the others teach, and write the weights."""
    open_ones = [
        _asked_of(one, kept_spoken_of) for _, name, held in OPEN for one in own(name, held_out=held)
    ]
    hands = dict(_hands())
    for name, asked in hands.items():
        others = chain.from_iterable(told for other, told in hands.items() if other != name)
        _tell_worth(name, asked, learnt([*others, *open_ones]))
    weights = learnt([*chain.from_iterable(hands.values()), *open_ones])
    data_file(SIGNS_FILE).write_text("\n".join(_sign_lines(weights)) + "\n", encoding="ascii")


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
    known, about_patient = told_by_phrases(one.rationale, status, others)
    told = [
        SpokenSentence(span, spoken(sentence), named) for span, sentence, named in about_patient
    ]
    return Asked(status, one.criteria, list(known), told, others)


def learnt(asked: Sequence[Asked]) -> SignWeights:
    """How each sign weighs, by status, learnt from what no phrase tells in these rationales."""
    return {status: _fitted(one for one in asked if one.status == status) for status in STATUSES}


def _fitted(asked: Iterable[Asked]) -> Mapping[str, float]:
    rows, wanted = [], []
    for one in asked:
        for name, likely in signs_by_criterion(one.told, one.status, one.others).items():
            if name not in one.known:
                rows.append((*likely.signs, 1.0))
                wanted.append(name in one.criteria)
    weights = _logistic(np.array(rows), np.array(wanted, float))
    return dict(zip((*Signs._fields, "constant"), weights.tolist(), strict=True))


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


def _sign_lines(weights: SignWeights) -> Iterator[str]:
    yield "# How the signs of a reason weigh (imrsearch/reasons/likely.py); by make reason-signs."
    for status, signs in weights.items():
        yield f"[{status}]"
        yield from (f"{name} = {value:.2f}" for name, value in signs.items())


def _tell_worth(name: str, asked: Iterable[Asked], weights: SignWeights) -> None:
    """What the rationales of one hand are read as, by phrases alone and with what is likely."""
    alone: dict[str, Score] = defaultdict(Score)
    both: dict[str, Score] = defaultdict(Score)
    for one in asked:
        likely = list(
            likely_besides(one.known, one.told, one.status, one.others, weights[one.status])
        )
        for part in ("all", one.status):
            alone[part].add(one.known, one.criteria)
            both[part].add([*one.known, *(criterion for criterion, _ in likely)], one.criteria)
    for part in both:
        print(f"{name} {part:<6} phrases {alone[part]}\n{'':<{len(name) + 8}}besides {both[part]}")


if __name__ == "__main__":
    main()
