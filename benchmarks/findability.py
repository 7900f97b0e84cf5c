"""How well searches find what people want: nDCG@10 beside plain BM25, in one run.

``python -m benchmarks.findability [--each]`` indexes the samples (and the real letters beside the
project, where there are any) and asks every search of ``findability.toml`` twice: as the search
page does, and as plain BM25 (any of the words, all text as one field, nothing else).
"""

from __future__ import annotations

import argparse
import math
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from imrsearch.builds.publishing import Builds
from imrsearch.collection.store import Collection
from imrsearch.engines import engine
from imrsearch.engines.base import Index, SearchRequest
from imrsearch.indexing.documents import documents
from imrsearch.indexing.pipeline import index_paths
from imrsearch.query.tree import Or, Term
from imrsearch.schema import IssueDocument
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.settings import load_settings
from imrsearch.text.words import is_stop_word, words

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PROJECT / "samples" / "letters"
LETTERS = PROJECT.parent / "shared" / "determinations"
JUDGED = Path(__file__).with_name("findability.toml")
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Search:
    """A judged search: ``grades`` of the issues worth finding by their ids."""

    kind: str
    words: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """One search's nDCG@10 as the search page ranks, and by plain BM25."""

    search: Search
    ours: float
    plain: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--each", action="store_true", help="Print every search.")
    each = options.parse_args().each
    folders = [folder for folder in (SAMPLES, LETTERS) if folder.exists()]
    searches = list(judged(real=LETTERS.exists()))
    with tempfile.TemporaryDirectory() as place:
        found = list(measure(searches, folders, Path(place)))
    for one in found if each else ():
        print(f"{one.ours:5.2f} {one.plain:5.2f}  {one.search.kind:12} {one.search.words[:70]}")
    _print_table(found)
    if LETTERS not in folders:
        print("The real letters are not here: judged on the samples alone.")


def judged(real: bool) -> Iterator[Search]:
    """The searches that have something to find among the samples and, if ``real``, the letters."""
    for row in tomllib.loads(JUDGED.read_text(encoding="utf-8"))["search"]:
        grades = {
            one: int(grade)
            for source in ("samples", "letters")[: 1 + real]
            for grade, ids in row.get(source, {}).items()
            for one in ids
        }
        if grades:
            yield Search(row["kind"], row["words"], grades)


def measure(searches: Iterable[Search], folders: list[Path], place: Path) -> Iterator[Measured]:
    """Every search, asked both ways of one index of ``folders``."""
    settings = load_settings({}, index=str(place / "index"))
    index_paths(settings, folders)
    collection = Collection.open(settings.index)
    service = SearchService(collection, Builds(settings.index), settings)
    plain = _plain_index(documents(collection.every_letter()), place / "plain")
    for search in searches:
        rows = service.search(SearchState(search.words)).rows
        ours = [f"{row.case_id}#{row.number}" for row in rows]
        yield Measured(
            search,
            ndcg(ours, search.grades),
            ndcg(_plain_answer(plain, search.words), search.grades),
        )


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Discounted gain of the first ten, as a share of the best order's (Järvelin, Kekäläinen)."""
    best = sorted(grades.values(), reverse=True)
    return _gain(grades.get(one, 0) for one in found) / _gain(best)


def _gain(grades: Iterable[int]) -> float:
    return sum(
        (2.0**grade - 1) / math.log2(place + 2)
        for place, grade in zip(range(DEPTH), grades, strict=False)
    )


def _plain_index(issues: Iterable[IssueDocument], folder: Path) -> Index:
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


def _plain_answer(index: Index, text: str) -> list[str]:
    terms = tuple(Term(word) for word in dict.fromkeys(words(text)) if not is_stop_word(word))
    return [hit.id for hit in index.search(SearchRequest(Or(terms), limit=DEPTH)).hits]


def _print_table(found: list[Measured]) -> None:
    kinds: defaultdict[str, list[Measured]] = defaultdict(list)
    for one in found:
        kinds[one.search.kind].append(one)
    print(f"{'nDCG@10':14} {'searches':>8} {'imrsearch':>10} {'plain BM25':>11}")
    for kind, some in [*kinds.items(), ("all", found)]:
        ours, plain = mean(one.ours for one in some), mean(one.plain for one in some)
        print(f"{kind:14} {len(some):8} {ours:10.3f} {plain:11.3f}")


if __name__ == "__main__":
    main()
