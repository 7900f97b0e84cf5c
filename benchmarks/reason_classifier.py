"""Trains the classifier of sentences and measures it: ``make reason-classifier``.

Ridge regression in closed form, on sentences of our own: ``tests/data/labelled_sentences_*.tsv``
(criterion, ``met``, ``unmet`` or ``none``, sentence; a line for each criterion that a sentence
tells) and ``tests/data/reason_sentences.toml``. What it is worth is measured by asking for one
file's sentences, which are by hands of their own, what was learnt from the others.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.reasons import DATA, Score
from imrsearch.catalogue.reasons import STATUSES, criteria
from imrsearch.reasons.classifier import CLASSIFIER_FILE, STEPS, features, written_weights
from imrsearch.reasons.rules import sentence_of
from imrsearch.system.package_data import data_file
from imrsearch.text.words import lowered

_LABELLED = "labelled_sentences_*.tsv"
_FEWEST = 6
"""A feature counts if so many sentences have it."""
_PENALTY = 0.5
_LARGEST = 0.9995
"""Of all weights, so many are given exactly; the few larger ones are cut."""
_CLASSES = (*(name for name in criteria() if name != "other"), *STATUSES)

Matrix = NDArray[np.float32]


class Told(NamedTuple):
    """A sentence's features, the criteria it is about, and the statuses it gives them, if any."""

    features: Sequence[str]
    criteria: frozenset[str]
    statuses: frozenset[str]


def main() -> None:
    """Write the classifier's file, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="ask for a file by the others")
    known = labelled_sentences()
    if parser.parse_args().measure:
        for name in known:
            _measure(name, known)
        return
    lines = taught_lines(chain.from_iterable(known.values()))
    data_file(CLASSIFIER_FILE).write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(lines) - 1} features of {sum(map(len, known.values()))} labelled sentences")


def labelled_sentences() -> dict[str, list[Told]]:
    """The sentences of every labelled file, by its name."""
    return {path.stem: list(_labelled(path)) for path in sorted(DATA.glob(_LABELLED))}


def taught_lines(told: Iterable[Told]) -> list[str]:
    """The lines of the classifier's file that these sentences teach, with those of phrases."""
    names, weights = trained([*told, *_phrased()])
    step = float(np.quantile(np.abs(weights), _LARGEST)) / STEPS
    steps = np.clip(np.round(weights / step), -STEPS, STEPS).astype(int)
    rows = dict(zip(names, steps.tolist(), strict=True))
    return list(written_weights(_CLASSES, round(step, 6), rows))


def _labelled(path: Path) -> Iterator[Told]:
    """Each sentence of a file once: what it says counts, not what it only mentions beside."""
    labels: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        criterion, status, told = line.split("\t")
        labels[told].add((criterion, status))
    for told, pairs in labels.items():
        said = {pair for pair in pairs if pair[1] in STATUSES}
        yield _told(told, [name for name, _ in said or pairs], [status for _, status in said])


def _phrased() -> Iterator[Told]:
    tables = tomllib.loads((DATA / "reason_sentences.toml").read_text(encoding="utf-8"))
    for criterion, table in tables.items():
        for status in STATUSES:
            for line in table.get(status, "").splitlines():
                yield _told(line, [criterion], [status])


def _told(text: str, names: Iterable[str], statuses: Iterable[str]) -> Told:
    return Told(features(sentence_of(lowered(text))), frozenset(names), frozenset(statuses))


def trained(known: Sequence[Told]) -> tuple[list[str], Matrix]:
    """The features that count, and their weights (feature x class).

    A criterion is learnt from sentences that say something of one: what only mentions it, as a
    guideline does, tells no more than what it says.
    """
    counted = Counter(name for one in known for name in one.features)
    names = sorted(name for name, count in counted.items() if count >= _FEWEST)
    rows = _rows(known, names)
    wanted = np.array(
        [[name in one.criteria | one.statuses for name in _CLASSES] for one in known], np.float32
    )
    saying = np.array([bool(one.statuses) for one in known])
    topics = len(_CLASSES) - len(STATUSES)
    of_topics = _solved(rows[saying], wanted[saying, :topics])
    return names, np.hstack([of_topics, _solved(rows, wanted[:, topics:])])


def _solved(rows: Matrix, wanted: Matrix) -> Matrix:
    """The weights (feature x class) that lead from each row to what is wanted of it."""
    inner = rows.T @ rows
    inner.flat[:: len(inner) + 1] += _PENALTY
    return np.linalg.solve(inner, rows.T @ wanted)


def _rows(told: Sequence[Told], names: Sequence[str]) -> Matrix:
    """Each sentence as a row of length one over the features that count."""
    place = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(told), len(names)), np.float32)
    for row, one in zip(rows, told, strict=True):
        known = [place[name] for name in one.features if name in place]
        row[known] = 1 / np.sqrt(max(1, len(known)))
    return rows


def _measure(name: str, known: Mapping[str, Sequence[Told]]) -> None:
    """What the sentences of one file are read as by what the others teach."""
    others = chain.from_iterable(told for other, told in known.items() if other != name)
    asked = known[name]
    names, weights = trained([*others, *_phrased()])
    values = np.clip(_rows(asked, names) @ weights, 0, 1)
    topics = values[:, : -len(STATUSES)]
    for number, status in enumerate(STATUSES, start=topics.shape[1]):
        likelihood = topics * values[:, [number]]
        for least in (0.2, 0.3, 0.4, 0.5):
            score = Score()
            for one, row in zip(asked, likelihood, strict=True):
                found = [_CLASSES[row.argmax()]] if row.max() >= least else []
                score.add(found, one.criteria if status in one.statuses else [])
            print(f"{name} {status:<6} from {least:<5} {score}")


if __name__ == "__main__":
    main()
