"""``imrsearch index`` and ``imrsearch reindex``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imrsearch import engines
from imrsearch.cli.options import index_option, paths_argument, settings_of
from imrsearch.errors import ImrsearchError
from imrsearch.letters import workers

if TYPE_CHECKING:
    from imrsearch.builds.manifest import Manifest
    from imrsearch.indexing.pipeline import FileCounts, Report
    from imrsearch.indexing.rebuild import Progress

_PLAIN_SECONDS = 5.0

_engine_option = click.option(
    "--engine",
    type=click.Choice(["auto", *engines.NAMES]),
    help="Search engine of this and later builds (auto: by the number of issues).",
)
_force_option = click.option(
    "--force",
    is_flag=True,
    help="Publish even with less than 98 % of the issues before (ten may always go).",
)


@click.command()
@paths_argument
@index_option
@click.option("--prune", is_flag=True, help="Forget letters whose file is gone from PATH.")
@_engine_option
@_force_option
@click.option("--jobs", type=click.IntRange(1), help="Reading processes (default: all cores).")
@click.pass_context
def index(
    context: click.Context,
    paths: tuple[Path, ...],
    index_folder: str | None,
    prune: bool,
    engine: str | None,
    force: bool,
    jobs: int | None,
) -> None:
    """Read letters (.txt, .pdf, folders, .zip) into the collection and publish an index.

    Unchanged letters are skipped, changed ones replaced; files that give no letter are named with
    the reason, and the exit code is 1. Interrupted, the next run carries on.

    Example: imrsearch index letters/ more.zip --prune
    """
    settings = settings_of(context, index_folder)
    workers.prepare()
    from imrsearch.indexing import pipeline  # while the reader's processes come up

    before = _engine_of(settings.index)
    try:
        with _progress() as progress:
            report = pipeline.index_paths(
                settings,
                list(paths),
                prune=prune,
                force=force,
                engine=engine,
                jobs=jobs,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo(
            "Stopped. The letters read so far are kept and the index that was there still "
            "answers; run the same command again to go on.",
            err=True,
        )
        sys.exit(130)
    _tell(report, settings.index)
    _tell_engine(before, report.build)
    if report.failed:
        sys.exit(1)


@click.command()
@index_option
@_engine_option
@_force_option
@click.pass_context
def reindex(
    context: click.Context, index_folder: str | None, engine: str | None, force: bool
) -> None:
    """Build the index anew from the collection alone, without the letters.

    Example: imrsearch reindex --engine tantivy
    """
    from imrsearch.indexing import rebuild

    settings = settings_of(context, index_folder)
    before = _engine_of(settings.index)
    with _progress() as progress:
        manifest = rebuild.reindex(settings, engine=engine, force=force, progress=progress)
    issues = sum(manifest.decisions.values())
    click.echo(f"Build {manifest.id}: {issues:,} issues of {manifest.letters:,} letters.")
    _tell_engine(before, manifest)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar with rate and remaining time on a terminal, a plain line every few seconds else."""
    if not sys.stderr.isatty():
        yield _PlainProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

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

    def __init__(self, bars: object) -> None:
        from rich.progress import Progress as Bars
        from rich.progress import TaskID

        assert isinstance(bars, Bars)
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(step, total=total, rate="")
        task = self._bars.tasks[self._tasks[step]]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        self._bars.update(self._tasks[step], completed=done, total=total, rate=rate)


def _tell(report: Report, folder: Path) -> None:
    """The closing table, the files that failed, and what to do next."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, count in (
        ("read", report.read),
        ("unchanged", report.unchanged),
        ("replaced", report.replaced),
        ("pruned", report.pruned),
        ("duplicates", len(report.duplicates)),
        ("failed", len(report.failed)),
        ("issues", report.issues),
        ("warnings", report.warnings),
    ):
        table.add_row(name, f"{count:,}")
    Console().print(table)
    _tell_files("Left out, the same case twice", report.duplicates)
    _tell_files("Failed", report.failed)
    if report.build is None:
        click.echo("Nothing has changed; the index is up to date.")
    else:
        issues = sum(report.build.decisions.values())
        click.echo(
            f"{folder} now answers with {issues:,} issues of {report.build.letters:,} letters."
        )
    click.echo(f"Took {report.seconds:.1f} s.")


def _engine_of(folder: Path) -> str | None:
    from imrsearch.builds.publishing import current_manifest

    with suppress(ImrsearchError):
        return current_manifest(folder).engine
    return None


def _tell_engine(before: str | None, build: Manifest | None) -> None:
    """One line when another engine has taken over."""
    from imrsearch.indexing.rebuild import LARGE

    if build is None or before in (None, build.engine):
        return
    side = "above" if build.engine == "tantivy" else "up to"
    reason = f", as it does {side} {LARGE:,} issues" if build.wanted == "auto" else ""
    click.echo(f"{build.engine.capitalize()} now answers in the place of {before}{reason}.")


def _tell_files(title: str, files: FileCounts) -> None:
    if not files:
        return
    kinds = ", ".join(f"{count:,} {code}" for code, count in files.codes.items())
    click.echo(f"{title} ({kinds}):", err=True)
    for file in files:
        click.echo(f"  {file.key}: {file.message}", err=True)
    if len(files) > len(files.named):
        click.echo(f"  and {len(files) - len(files.named):,} more", err=True)
