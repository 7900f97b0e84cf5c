"""The models of what a power cut leaves, on logs written by hand; the long run is
``python -m tests.reliability.power_cuts``."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from tests.reliability.power_cuts import MODELS, Disk, Operation, lay_out


def written(number: int, text: bytes) -> Operation:
    return {"op": "write", "ino": number, "off": 0, "data": base64.b64encode(text).decode()}


LOG: list[Operation] = [
    {"op": "mkdir", "path": "a"},
    {"op": "fsyncdir", "path": ""},
    {"op": "create", "path": "a/new", "ino": 7},
    written(7, b"forced"),
    {"op": "fsync", "ino": 7},
    {"op": "fsyncdir", "path": "a"},
    written(7, b"FORCED and more"),
    {"op": "rename", "path": "a/new", "to": "a/current"},
]


@pytest.mark.parametrize(
    ("model", "found"),
    list(
        zip(
            MODELS,
            [
                {"a/current": "FORCED and more"},
                {"a/new": "forced"},
                {"a/current": "forced"},
                {"a/new": "FORCED and more"},
                {"a/current": "FORCED "},
                None,
            ],
            strict=True,
        ),
    ),
)
def test_what_a_power_cut_leaves(model: str, found: dict[str, str] | None, tmp_path: Path) -> None:
    disk = Disk()
    for operation in LOG:
        disk.do(operation)
    lay_out(*disk.after_a_cut(model, random.Random(1)), tmp_path)
    files = {
        str(f.relative_to(tmp_path)): f.read_text() for f in tmp_path.rglob("*") if f.is_file()
    }
    if found is None:
        assert files.keys() in ({"a/new"}, {"a/current"})
        assert {*files.values()} <= {"forced", "FORCED and more"}
    else:
        assert files == found
