"""Whether a kit names the right precedents for pasted texts: ``make pasted`` prints it.

The issues of the collection itself tell what there is. Of a request expected by its treatment, an
overturned issue of that treatment that met a reason of the denial has to stand among the first
three, and two upheld ones that lacked one among the first five, where there are so many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.pasted_sets import take
from imrsearch.api.index import Index
from imrsearch.indexing.pipeline import index_paths
from imrsearch.search.kit.precedents import Precedent
from imrsearch.system.settings import load_settings

_SIDES = (("overturned", "met", 3, 1), ("upheld", "unmet", 5, 2))
"""Of each side: the decision, the status of its reasons, among how many how many have to be."""

Issues = Mapping[tuple[str, int], Mapping[str, Any]]
"""The rows of all issues by case and number."""


@contextmanager
def index_of(letters: Iterable[Path]) -> Iterator[Index]:
    """An index of letters, gone after the block."""
    with TemporaryDirectory() as place:
        settings = load_settings({}, index=str(Path(place) / "index"))
        index_paths(settings, list(letters))
        with Index(settings) as opened:
            yield opened


def count_precedents(index: Index, texts: Sequence[Mapping[str, Any]]) -> tuple[Counter[str], ...]:
    """Of each side, for how many requests there are precedents, and of how many they are named."""
    issues = {(row["case_id"], row["number"]): row for row in index.issues()}
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for text in texts:
        kit = index.kit(text["text"])
        found = {id(request): told for request, told in kit.requests}
        left = [request for request, _ in kit.requests]
        for expected in text.get("request", []):
            one = take(left, expected)
            for side, status, first, enough in _SIDES if "treatment" in expected else ():
                if sum(_answers(row, side, status, expected) for row in issues.values()) < enough:
                    continue
                asked[side] += 1
                named: tuple[Precedent, ...] = getattr(found[id(one)], side) if one else ()
                rows = (issues[each.case_id, each.number] for each in named[:first])
                right[side] += sum(_answers(row, side, status, expected) for row in rows) >= enough
    return right, asked


def _answers(
    row: Mapping[str, Any], decision: str, status: str, expected: Mapping[str, Any]
) -> bool:
    """Whether an issue is of the same treatment and decision, for a reason of the denial."""
    fact = "treatment" if "treatment" in expected else "category"
    wanted = {reason.partition(":")[0] for reason in expected.get("reasons", ())}
    told = {each["criterion"] for each in row["reasons"] if each["status"] == status}
    is_same = row["decision"] == decision and row[fact] == expected[fact]
    return bool(is_same and (not wanted or wanted & told))
