"""Retrieval quality: nDCG@10 and recall@20 compared with plain BM25, in one run.

``python -m benchmarks.findability [SET …] [--each]`` indexes the samples (and the real letters
beside the project, where there are any) and asks every search of the sets twice: as the search page
does, and as plain BM25 (any of the words, all text as one field, nothing else).

Four sets: ``tuned`` (``findability.toml``), on which the ranking was tuned and which therefore
flatters it; ``open``, half of ``judged.toml``, for use while tuning; ``fresh``
(``judged_fresh.toml``), judged later and unseen at first; ``closing``, the other half of
``judged.toml``, which is run only before a release and must be named explicitly.

``--ablation`` repeats all searches without each kind of evidence, to measure its value. Intervals
come from a bootstrap over the searches."""

from __future__ import annotations

import argparse
import math
import subprocess
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from benchmarks.ablation import EVIDENCE, BuildsWithout
from imrsearch.engines import engine
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.indexing.pipeline import index_paths
from imrsearch.query.tree import Or, Term
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import load_settings
from imrsearch.text.words import is_stop_word, words

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PROJECT / "samples" / "letters"
LETTERS = PROJECT.parent / "shared" / "determinations"
HERE = Path(__file__).parent
SETS = ("tuned", "open", "fresh", "closing")
FILES = ("findability.toml", "judged.toml", "judged_fresh.toml")
DEPTH, RECALL_DEPTH = 10, 20
_RESAMPLED = 2_000


@dataclass(frozen=True, slots=True)
class Search:
    """A judged search: ``grades`` of the issues worth finding by their ids."""

    set: str
    kind: str
    words: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """One search's nDCG@10 as the search page ranks, and by plain BM25; the page's recall@20."""

    search: Search
    ours: float
    plain: float
    recall: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("sets", nargs="*", choices=SETS, default=SETS[:3], help="Which searches.")
    options.add_argument("--each", action="store_true", help="Print every search.")
    options.add_argument("--ablation", action="store_true", help="Without each kind of evidence.")
    asked = options.parse_args()
    folders = [folder for folder in (SAMPLES, LETTERS) if folder.exists()]
    searches = [one for one in judged(real=LETTERS.exists()) if one.set in asked.sets]
    with tempfile.TemporaryDirectory() as place:
        letters = Indexed(folders, Path(place))
        found = list(letters.measured(searches))
        without = {kind: letters.scores(searches, kind) for kind in EVIDENCE if asked.ablation}
    print(f"imrsearch at {_revision()}")
    for one in found if asked.each else ():
        print(f"{one.ours:5.2f} {one.plain:5.2f}  {one.search.kind:12} {one.search.words[:70]}")
    for name in dict.fromkeys(one.search.set for one in found):
        _print_table(name, [one for one in found if one.search.set == name])
    if without:
        _print_ablation([one.ours for one in found], without)
    if LETTERS not in folders:
        print("The real letters are not here: judged on the samples alone.")


def judged(real: bool) -> Iterator[Search]:
    """The searches with relevant issues among the samples and, if ``real``, the letters."""
    for row in chain.from_iterable(map(_rows, FILES)):
        grades = {
            one: int(grade)
            for source in ("samples", "letters")[: 1 + real]
            for grade, ids in row.get(source, {}).items()
            for one in ids
        }
        if grades:
            yield Search(row.get("half", SETS[0]), row["kind"], row["words"], grades)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["search"]
    return rows


class Indexed:
    """``folders`` of letters in one index, and their whole texts in another for plain BM25."""

    def __init__(self, folders: list[Path], place: Path) -> None:
        self._settings = load_settings({}, index=str(place / "index"))
        index_paths(self._settings, folders)
        self._collection = Collection.open(self._settings.index)
        self._builds = Builds(self._settings.index)
        self._plain = _plain_index(documents(self._collection.every_letter()), place / "plain")

    def measured(self, searches: Iterable[Search]) -> Iterator[Measured]:
        """Every search, asked as the search page does and as plain BM25."""
        service = SearchService(self._collection, self._builds, self._settings)
        for search in searches:
            ours = _found(service, search)
            plain = ndcg(_plain_answer(self._plain, search.words), search.grades)
            recalled = recall(ours, search.grades)
            yield Measured(search, ndcg(ours, search.grades), plain, recalled)

    def scores(self, searches: Iterable[Search], without: str) -> list[float]:
        """nDCG@10 of every search where one kind of evidence counts nothing."""
        builds = BuildsWithout(self._builds, without)
        service = SearchService(self._collection, builds, self._settings)
        return [ndcg(_found(service, search), search.grades) for search in searches]


def _found(service: SearchService, search: Search) -> list[str]:
    result = service.search(SearchState(search.words, per_page=RECALL_DEPTH))
    return [f"{row.case_id}#{row.number}" for row in (*result.rows, *result.close)]


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Discounted gain of the first ten, as a share of the best order's (Järvelin, Kekäläinen)."""
    best = sorted(grades.values(), reverse=True)
    return _gain(grades.get(one, 0) for one in found) / _gain(best)


def recall(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of the issues graded 3 (20 of them at most) among the first twenty."""
    wanted = {one for one, grade in grades.items() if grade == max(grades.values())}
    return len(wanted.intersection(found[:RECALL_DEPTH])) / min(len(wanted), RECALL_DEPTH)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The interval of the mean in 95 of 100 resamplings (bootstrap; the same in every run)."""
    drawn = np.random.default_rng(7).integers(len(values), size=(_RESAMPLED, len(values)))
    low, high = np.quantile(np.asarray(values)[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def _gain(grades: Iterable[int]) -> float:
    return sum(
        (2.0**grade - 1) / math.log2(place + 2)
        for place, grade in zip(range(DEPTH), grades, strict=False)
    )


def _plain_index(issues: Iterable[IssueDocument], folder: Path) -> IndexSearcher:
    """The issues with all their text in one field."""
    folder.mkdir()
    engine("whoosh").create(
        folder,
        (
            IssueDocument(one.id, {"rationale": "\n".join(one.texts.values())}, {}, {})
            for one in issues
        ),
    )
    return engine("whoosh").open(folder)


def _plain_answer(index: IndexSearcher, text: str) -> list[str]:
    terms = tuple(Term(word) for word in dict.fromkeys(words(text)) if not is_stop_word(word))
    return [hit.id for hit in index.search(SearchRequest(Or(terms), limit=DEPTH)).hits]


def _print_table(name: str, found: list[Measured]) -> None:
    kinds: defaultdict[str, list[Measured]] = defaultdict(list)
    for one in found:
        kinds[one.search.kind].append(one)
    print(f"{name:14} {'searches':>8} {'imrsearch':>10} {'plain BM25':>11} {'recall@20':>10}")
    for kind, some in [*kinds.items(), ("all", found)]:
        ours, plain = mean(one.ours for one in some), mean(one.plain for one in some)
        share = mean(one.recall for one in some)
        print(f"{kind:14} {len(some):8} {ours:10.3f} {plain:11.3f} {share:10.3f}")
    low, high = interval([one.ours for one in found])
    print(f"nDCG@10 of all lies between {low:.3f} and {high:.3f} (95 %, bootstrap)\n")


def _print_ablation(ours: Sequence[float], without: Mapping[str, Sequence[float]]) -> None:
    print(f"{'without':14} {'imrsearch':>10} {'worth':>7}  worth lies between (all searches above)")
    for kind, scores in without.items():
        worth = np.subtract(ours, scores)
        low, high = interval(worth.tolist())
        print(f"{kind:14} {mean(scores):10.3f} {worth.mean():+7.3f}  {low:+.3f} and {high:+.3f}")


def _revision() -> str:
    command = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "an unknown revision"


if __name__ == "__main__":
    main()
