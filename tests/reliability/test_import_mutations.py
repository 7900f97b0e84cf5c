"""Thousands of damaged files through ``index``: none stops it, every one is accounted for."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from imrsearch.engines.base import SearchRequest
from imrsearch.indexing import pipeline
from imrsearch.indexing.pipeline import Report
from imrsearch.letters.files import find_letters
from imrsearch.model import IssueId
from imrsearch.query.tree import Term
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
from imrsearch.text.words import is_stop_word, words
from tests.reliability.mutations import damaged_letters


def test_damaged_files(
    settings: Settings, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    for seed in range(1, rounds(1, 5) + 1):
        own = replace(settings, index=tmp_path / f"index{seed}")
        _three_runs(own, tmp_path / f"letters{seed}", seed, rounds(100, 1_000))


def _three_runs(settings: Settings, folder: Path, seed: int, count: int) -> None:
    """Indexed; some of them damaged anew, some removed; indexed again, and once more."""
    sys.stdout.write(f"\nseed {seed}\n")
    paths = list(damaged_letters(folder, seed, count))
    first = _indexed(settings, folder)
    assert first.read > count / 4, "enough of the letters survive to show something"

    chance = random.Random(seed)
    for path in chance.sample(paths, count // 10):
        path.unlink()
    for _ in damaged_letters(folder / "more", seed + 100, count // 10):
        pass
    for path in damaged_letters(folder.with_name(f"other{seed}"), seed + 200, count // 10):
        path.replace(folder / path.name)
    second = _indexed(settings, folder, prune=True)
    assert min(second.unchanged, second.read, second.replaced, second.pruned) > 0

    third = _indexed(settings, folder)
    assert (third.read, third.replaced, third.build) == (0, 0, None)


def _indexed(settings: Settings, folder: Path, *, prune: bool = False) -> Report:
    report = pipeline.index_paths(settings, [folder], prune=prune, force=True)
    codes = Counter(report.failed.codes)
    sys.stdout.write(
        f"{report.files} files: {report.read} read, {report.replaced} replaced, "
        f"{report.unchanged} unchanged, {len(report.duplicates)} duplicates, {dict(codes)}\n"
    )
    assert report.files == sum(1 for _ in find_letters([folder]))
    assert codes["defect"] == 0, [one.message for one in report.failed if one.code == "defect"]
    _require_consistent(settings, report)
    return report


def _require_consistent(settings: Settings, report: Report) -> None:
    """The collection is whole, each fact has its place, and the index answers for all of it."""
    with sqlite3.connect(settings.index / FILE) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    collection = Collection.open(settings.index)
    index = Builds(settings.index).current().index
    assert index.count() == collection.promised().documents
    assert len(collection.unread()) >= len(report.failed)
    for place, (text, determination) in enumerate(collection.every_letter()):
        for path, span in determination.evidence.items():
            assert 0 <= span.start <= span.end <= len(text), (determination.case_id, path)
        rationale = determination.issues[0].rationale if determination.issues else text
        long = [word for word in words(rationale) if len(word) > 5 and not is_stop_word(word)]
        if place % 20 == 0 and long:
            answer = index.search(SearchRequest(Term(max(long, key=len)), limit=5_000))
            found = {IssueId.parse(hit.id).case_id for hit in answer.hits}
            assert determination.case_id in found
    collection.close()
