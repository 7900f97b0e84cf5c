"""Columns as written: facets counted together give what each gives alone."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from imrsearch.engines.columns import reader, writer
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.schema import IssueDocument

FIELDS = ("decision", "category", "body", "cites", "sex", "flag", "year")
DOCUMENTS = 300


def documents() -> list[IssueDocument]:
    """Some with one value, some with several in any order, some with none; pages hardly agree."""
    chance = np.random.Generator(np.random.PCG64(7))

    def some(values: list[str], most: int) -> tuple[str, ...]:
        return tuple(chance.permutation(values)[: chance.integers(0, most + 1)].tolist())

    return [
        IssueDocument(
            id=f"CM16-{place:07}#1",
            texts={},
            values={
                "case": (f"CM16-{place:07}",),
                "decision": some(["overturned", "upheld"], 1),
                "category": some(["Surgery", "Injection", "Programs"], 1),
                "body": some(["knee", "hip", "neck"], 3),
                "cites": some([f"mtus-chronic-pain:{page}" for page in range(80)], 4),
                "sex": ("male",),
            },
            numbers={},
        )
        for place in range(DOCUMENTS)
    ]


@pytest.fixture(params=[2, 40, 100, 1 << 15], ids="at most {}".format)
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Columns whose bundles have at most so many combinations."""
    monkeypatch.setattr(writer, "MAX_COMBINATIONS", request.param)
    columns = ColumnsWriter()
    columns.add(list(documents()))
    columns.write(tmp_path)
    return tmp_path


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4, 0.6, 1.0])
def test_counts_are_those_of_each_field(folder: Path, share: float) -> None:
    mask = np.random.Generator(np.random.PCG64(3)).random(DOCUMENTS) < share
    together, alone = (Columns(folder, worth) for worth in (0, 1 << 40))
    expected = alone.tables(FIELDS, alone.select(mask))
    assert together.tables(FIELDS, together.select(mask)) == expected


def test_fields_that_hardly_agree_are_left_alone(folder: Path) -> None:
    together = msgspec.json.decode((folder / reader.BUNDLES).read_bytes(), type=list[list[str]])
    names = [name for some in together for name in some]
    assert len(names) == len(set(names))
    assert ("cites" in names) == (writer.MAX_COMBINATIONS > DOCUMENTS)


def test_nothing_to_count(tmp_path: Path) -> None:
    ColumnsWriter().write(tmp_path)
    opened = Columns(tmp_path)
    assert opened.tables(FIELDS, opened.select(np.zeros(0, bool)))["body"] == ()
