"""What a change of the reader gains and loses, fact by fact, over a folder of letters.

``python -m benchmarks.parse_report FOLDER BEFORE [AFTER]`` parses the folder with two revisions of
the project (AFTER: the working tree by default) and prints, for each kind of fact, how many were
gained (null before), lost (null after) and changed, with examples.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_EXAMPLES = 5
_WIDTH = 70

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the two revisions read differently."""

    letter: str
    path: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """``gained``, ``lost`` or ``changed``."""
        if _nothing(self.before):
            return "gained"
        return "lost" if _nothing(self.after) else "changed"

    @property
    def fact(self) -> str:
        """The path without its numbers: ``issues.service``."""
        return re.sub(r"\.\d+", "", self.path)


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Every fact of a letter's JSON with its path: ``("issues.0.service", "…")``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for place, inner in enumerate(value):
            yield from flatten(inner, f"{path}.{place}")
    else:
        yield path, value


def compare(before: dict[str, Facts], after: dict[str, Facts]) -> list[Difference]:
    """All facts that differ, letter by letter; a letter that one side lost counts whole."""
    return [
        Difference(letter, path, old.get(path), new.get(path))
        for letter in sorted(before.keys() | after.keys())
        for old, new in [(before.get(letter, {}), after.get(letter, {}))]
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    ]


def report(differences: list[Difference]) -> Iterator[str]:
    """The lines of the report: a table, then examples for each kind of fact."""
    kinds: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences:
        kinds[difference.fact].append(difference)
    yield f"{'fact':45} {'gained':>7} {'lost':>7} {'changed':>7}"
    for fact, some in sorted(kinds.items()):
        counts = [sum(d.kind == kind for d in some) for kind in ("gained", "lost", "changed")]
        yield f"{fact:45} {counts[0]:7} {counts[1]:7} {counts[2]:7}"
    for fact, some in sorted(kinds.items()):
        yield f"\n{fact}"
        for one in some[:_EXAMPLES]:
            yield f"  {one.letter} {one.path}: {_short(one.before)} -> {_short(one.after)}"


def main(folder: str, before: str, after: str | None = None) -> None:
    """Parse with both revisions and print the report."""
    old, new = _parsed(folder, before), _parsed(folder, after)
    differences = compare(old, new)
    print(f"{len(old)} letters before ({before}), {len(new)} after ({after or 'working tree'})")
    for line in report(differences):
        print(line)


def _parsed(folder: str, revision: str | None) -> dict[str, Facts]:
    """Letters by file name, each as flat facts, as a revision's own code reads them."""
    with tempfile.TemporaryDirectory() as place:
        source = ROOT if revision is None else _checkout(revision, Path(place))
        lines = subprocess.run(
            [sys.executable, "-m", "imrsearch", "parse", "--json", str(Path(folder).resolve())],
            cwd=source,
            env={**os.environ, "PYTHONPATH": str(source)},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        ).stdout.splitlines()
    letters = [json.loads(line) for line in lines]
    return {letter["file"]: dict(flatten(letter)) for letter in letters}


def _checkout(revision: str, place: Path) -> Path:
    """The files of a revision, laid out in a folder."""
    archive = subprocess.run(
        ["git", "archive", revision, "imrsearch"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    ).stdout
    subprocess.run(["tar", "-x", "-C", str(place)], input=archive, check=True)
    return place


def _nothing(value: object) -> bool:
    return value in (None, "", [])


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


if __name__ == "__main__":
    main(*sys.argv[1:])
