"""What ``index`` and ``reindex`` report: progress, and a change of engine."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from imrsearch.indexing.rebuild import Progress
    from imrsearch.storage.builds.manifest import Manifest

_PLAIN_SECONDS = 5.0


@contextmanager
def show_progress() -> Iterator[Progress]:
    """A bar with rate and remaining time on a terminal, else a plain line every few seconds."""
    if not sys.stderr.isatty():
        yield _PlainProgress()
        return
    columns = (
        TextColumn("{task.description:9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _BarProgress(bars)


class _PlainProgress:
    """Lines such as ``reading 1,200 of 5,000, 310 a second``."""

    def __init__(self) -> None:
        self._started: dict[str, float] = {}
        self._told = time.monotonic()

    def __call__(self, step: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        started = self._started.setdefault(step, now)
        if now - self._told < _PLAIN_SECONDS:
            return
        self._told = now
        of = f" of {total:,}" if total else ""
        rate = done / max(now - started, 0.001)
        click.echo(f"{step} {done:,}{of}, {rate:,.0f} a second", err=True)


class _BarProgress:
    """Feeds a rich progress bar, one task for each step."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(step, total=total, rate="")
        task = self._bars.tasks[self._tasks[step]]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        self._bars.update(self._tasks[step], completed=done, total=total, rate=rate)


def tell_engine(before: str | None, build: Manifest | None, large: int) -> None:
    """One line if the engine has changed from ``before``; ``auto`` chooses by whether there are
    more than ``large`` issues."""
    if build is None or before in (None, build.engine):
        return
    side = "above" if build.engine == "tantivy" else "up to"
    reason = f", as it does {side} {large:,} issues" if build.wanted == "auto" else ""
    click.echo(f"{build.engine.capitalize()} now replaces {before}{reason}.")
