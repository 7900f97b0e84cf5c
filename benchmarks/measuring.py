"""What every measurement shares: percentiles, tables in Markdown, results as JSON."""

from __future__ import annotations

import json
import os
import platform
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, over many times; milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, times: Iterable[float]) -> Spread:
        """The spread of times given in milliseconds; ValueError where there are none."""
        ordered = sorted(times)
        if not ordered:
            raise ValueError("Nothing was measured.")
        p50, p95, p99 = (_percentile(ordered, share) for share in (50, 95, 99))
        return cls(p50, p95, p99, ordered[-1])


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed (nearest rank)."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown: numbers with three digits that mean something, ``None`` as a dash."""
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: object) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.2f}" if cell < 1 else f"{cell:,.1f}" if cell < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "memory_gib": round(pages / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def save(name: str, **facts: Any) -> Path:  # noqa: ANN401 - whatever JSON holds
    """Keep facts as ``results/NAME.json``, with day, machine and command."""
    module = Path(sys.argv[0]).stem
    told = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine(),
        "command": shlex.join(["python", "-m", f"benchmarks.{module}", *_arguments()]),
        **facts,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _arguments() -> list[str]:
    """The command's arguments without the folder: where it is makes no difference."""
    given = sys.argv[1:]
    return [
        one
        for before, one in zip(["", *given], given, strict=False)
        if "--folder" not in (before, one)
    ]
