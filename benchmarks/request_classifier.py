"""Trains the classifier of requests and measures it: ``make request-classifier``.

Logistic regression on the sets of pasted texts: each treatment that a text names is a request of
its expectations or none. What it is worth is measured by asking for the sets of one hand what was
learnt from all others. Docs: docs/reasons.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.pasted_sets import KEPT_BACK, SETS, texts_of
from benchmarks.reasons import Score
from imrsearch.search.pasted.form.footnotes import with_footnotes
from imrsearch.search.pasted.likely_requests import (
    BIAS,
    REQUEST_CLASSIFIER_FILE,
    SURE,
    by_treatment,
    likelihood,
    request_features,
    written_request_weights,
)
from imrsearch.search.pasted.mentions import category_feature, seen_of_text
from imrsearch.search.pasted.reading import pieces_of
from imrsearch.system.package_data import data_file

HANDS = (
    ("open", "closing"),
    ("fresh", "fresh-closing"),
    ("spring", "autumn", "unusual", "varied"),
    ("winter", "winter-closing"),
    ("thaw", "thaw-closing"),
    ("april", "may"),
    ("june", "july"),
    ("august", "september"),
)
"""Sets by one hand, which teach each other more than a stranger's text would."""
LEARNT = tuple(name for name in SETS if name not in KEPT_BACK)
_FEWEST = 4
"""A feature counts if so many treatments have it."""
_SCALE = 8.0
"""The length of a row: the longer, the less a weight costs."""
_ROUNDS = 15

Matrix = NDArray[Any]


class Named(NamedTuple):
    """A treatment that a text of a set names: what is seen of it, and whether it is disputed."""

    set: str
    features: frozenset[str]
    is_request: bool


def main() -> None:
    """Write the classifier's file, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="ask for a hand by the others")
    named = [one for name in LEARNT for text in texts_of(name) for one in named_in(name, text)]
    if parser.parse_args().measure:
        _measure(named)
        return
    weights = trained(named)
    lines = written_request_weights(weights)
    data_file(REQUEST_CLASSIFIER_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(weights)} features of {len(named)} treatments")


def named_in(name: str, text: dict[str, Any]) -> list[Named]:
    """The treatments that a text of the set ``name`` names, but for those of a category of which
    something is expected that the catalogue has no name for."""
    told = pieces_of(with_footnotes(text["text"]))
    of_text = seen_of_text(told)
    expected = text.get("request", ())
    asked = {one.get("treatment") for one in expected}
    unnamed = {category_feature(one["category"]) for one in expected if "treatment" not in one}
    seen = {
        treatment: frozenset(request_features(treatment, places, of_text))
        for treatment, places in by_treatment(told).items()
    }
    return [
        Named(name, what, treatment in asked)
        for treatment, what in seen.items()
        if treatment in asked or unnamed.isdisjoint(what)
    ]


def hand_of(name: str) -> tuple[str, ...]:
    """The sets by the hand that wrote the set ``name``."""
    return next((hand for hand in HANDS if name in hand), (name,))


def trained(named: Sequence[Named]) -> dict[str, float]:
    """The weight of each feature that counts, and that of all.

    Newton's method, where the treatments are fewer than the features: the weights are the rows,
    each as often as it is ``needed``.
    """
    counted = Counter(name for one in named for name in one.features)
    names = sorted(name for name, count in counted.items() if count >= _FEWEST)
    rows = _rows(named, names)
    alike = rows @ rows.T
    wanted = np.array([one.is_request for one in named], float)
    needed: Matrix = np.zeros(len(named))
    for _ in range(_ROUNDS):
        sums = alike @ needed
        likely = 1 / (1 + np.exp(-sums))
        slope = likely * (1 - likely) + 1e-9
        needed = np.linalg.solve(alike + np.diag(1 / slope), sums + (wanted - likely) / slope)
    weights = _SCALE * (rows.T @ needed)
    return dict(zip([*names, BIAS], weights.tolist(), strict=True))


def _rows(named: Sequence[Named], names: Sequence[str]) -> Matrix:
    """Each treatment as a row over the features that count, and one of all."""
    place = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(named), len(names) + 1))
    rows[:, -1] = _SCALE
    for row, one in zip(rows, named, strict=True):
        known = [place[name] for name in one.features if name in place]
        row[known] = _SCALE / np.sqrt(max(1, len(known)))
    return rows


def _measure(named: Sequence[Named]) -> None:
    """What each hand's treatments are taken for by what all others teach."""
    whole = Score()
    for hand in dict.fromkeys(hand_of(name) for name in LEARNT):
        weights = trained([one for one in named if one.set not in hand])
        for name in hand:
            score = Score()
            for one in named:
                if one.set == name:
                    found = likelihood(one.features, weights) >= SURE
                    for each in (score, whole):
                        each.add(["request"] * found, ["request"] * one.is_request)
            print(f"{name:<15} {score}")
    print(f"{'all':<15} {whole}")


if __name__ == "__main__":
    main()
