"""Trains the classifier of sentences and measures it: ``make reason-classifier``.

Ridge regression in closed form, on sentences of our own: ``tests/data/labelled_sentences.tsv``
(criterion, ``met``, ``unmet`` or ``none``, sentence) and ``tests/data/reason_sentences.toml``. What
it is worth is measured by training on every other sentence and asking for the rest.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.reasons import DATA, Score
from imrsearch.catalogue.reasons import STATUSES, criteria
from imrsearch.reasons.classifier import CLASSIFIER_FILE, STEPS, features, written_weights
from imrsearch.reasons.phrases import sentence
from imrsearch.reasons.wording import lowered
from imrsearch.system.package_data import data_file

_FEWEST = 5
"""A feature counts if so many sentences have it."""
_PENALTY = 0.5
_LARGEST = 0.9995
"""Of all weights, so many are given exactly; the few larger ones are cut."""
_CLASSES = (*(name for name in criteria() if name != "other"), *STATUSES)

Matrix = NDArray[np.float32]


class Told(NamedTuple):
    """A sentence's features, the criterion it is about, and what it says of it."""

    features: Sequence[str]
    criterion: str
    status: str


def main() -> None:
    """Write the classifier's file, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="train on one half, ask the other")
    known = list(_labelled())
    if parser.parse_args().measure:
        _measure(known)
        return
    names, weights = trained(known + list(_phrased()))
    step = float(np.quantile(np.abs(weights), _LARGEST)) / STEPS
    steps = np.clip(np.round(weights / step), -STEPS, STEPS).astype(int)
    rows = dict(zip(names, steps.tolist(), strict=True))
    lines = written_weights(_CLASSES, round(step, 6), rows)
    data_file(CLASSIFIER_FILE).write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(names)} features of {len(known)} labelled sentences and those of phrases")


def _labelled() -> Iterator[Told]:
    text = (DATA / "labelled_sentences.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        criterion, status, told = line.split("\t")
        yield _told(told, criterion, status)


def _phrased() -> Iterator[Told]:
    tables = tomllib.loads((DATA / "reason_sentences.toml").read_text(encoding="utf-8"))
    for criterion, table in tables.items():
        for status in STATUSES:
            for line in table.get(status, "").splitlines():
                yield _told(line, criterion, status)


def _told(text: str, criterion: str, status: str) -> Told:
    return Told(features(sentence(lowered(text))), criterion, status)


def trained(known: Sequence[Told]) -> tuple[list[str], Matrix]:
    """The features that count, and their weights (feature x class)."""
    counted = Counter(name for one in known for name in one.features)
    names = sorted(name for name, count in counted.items() if count >= _FEWEST)
    rows = _rows(known, names)
    wanted = np.array(
        [[name in (one.criterion, one.status) for name in _CLASSES] for one in known], np.float32
    )
    inner = rows.T @ rows
    inner.flat[:: len(names) + 1] += _PENALTY
    return names, np.linalg.solve(inner, rows.T @ wanted)


def _rows(told: Sequence[Told], names: Sequence[str]) -> Matrix:
    """Each sentence as a row of length one over the features that count."""
    place = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(told), len(names)), np.float32)
    for row, one in zip(rows, told, strict=True):
        known = [place[name] for name in one.features if name in place]
        row[known] = 1 / np.sqrt(max(1, len(known)))
    return rows


def _measure(known: Sequence[Told]) -> None:
    asked = known[1::2]
    names, weights = trained([*known[::2], *_phrased()])
    values = np.clip(_rows(asked, names) @ weights, 0, 1)
    topics = values[:, : -len(STATUSES)]
    for number, status in enumerate(STATUSES, start=topics.shape[1]):
        likelihood = topics * values[:, [number]]
        for least in (0.1, 0.25, 0.4, 0.5):
            score = Score()
            for one, row in zip(asked, likelihood, strict=True):
                found = [_CLASSES[row.argmax()]] if row.max() >= least else []
                score.add(found, [one.criterion] if one.status == status else [])
            print(f"{status:<6} from {least:<5} {score}")


if __name__ == "__main__":
    main()
