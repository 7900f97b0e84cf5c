"""``imrsearch index``: letters read into the collection, and a build of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from imrsearch.cli.failures import INTERRUPTED
from imrsearch.cli.options import (
    engine_option,
    force_option,
    index_option,
    jobs_option,
    minutes_option,
    ocr_option,
    paths_argument,
    settings_of,
    tell_scans,
)
from imrsearch.cli.progress import show_progress, tell_engine
from imrsearch.letters.files import NO_TEXT
from imrsearch.letters.pool import prepare_reading
from imrsearch.text.quantities import count

if TYPE_CHECKING:
    from imrsearch.indexing.pipeline import FileCounts, Report


@click.command()
@paths_argument()
@index_option
@click.option("--prune", is_flag=True, help="Remove letters whose file is gone from PATH.")
@engine_option
@force_option
@jobs_option
@ocr_option
@minutes_option
def index(
    paths: tuple[Path, ...],
    prune: bool,
    engine: str | None,
    force: bool,
    jobs: int | None,
    ocr: bool,
    minutes: float | None,
) -> None:
    """Read letters (.txt, .pdf, folders, .zip) into the collection and publish an index.

    Unchanged letters are skipped, changed ones replaced. Files that cannot be read as a letter are
    listed with the reason. The exit code is 1 if there are any, or if --minutes ran out before all
    files were read. After an interruption, the next run resumes.

    Example: imrsearch index letters/ more.zip --prune
    """
    settings = settings_of()
    prepare_reading()
    # Imported while the worker processes start: with SQLAlchemy it takes 0.2 s of processor time.
    from imrsearch.indexing import pipeline, rebuild

    before = rebuild.engine_of(settings)
    try:
        with show_progress() as progress:
            report = pipeline.index_paths(
                settings,
                list(paths),
                prune=prune,
                force=force,
                engine=engine,
                jobs=jobs,
                ocr=ocr,
                minutes=minutes,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo(
            "Stopped. The letters read so far are kept and the previous index stays current; "
            "run the same command again to resume.",
            err=True,
        )
        sys.exit(INTERRUPTED)
    _tell_report(report, settings.place)
    tell_engine(before, report.build, rebuild.LARGE)
    if report.stopped:
        click.echo(
            "The time limit was reached; run the same command again to read the rest.", err=True
        )
    if report.failed or report.stopped:
        sys.exit(1)


def _tell_report(report: Report, place: Path | str) -> None:
    """The closing table, the files that failed, and what to do next."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, number in (
        ("read", report.read),
        ("unchanged", report.unchanged),
        ("replaced", report.replaced),
        ("pruned", report.pruned),
        ("duplicates", len(report.duplicates)),
        ("failed", len(report.failed)),
        ("issues", report.issues),
        ("warnings", report.warnings),
    ):
        table.add_row(name, f"{number:,}")
    Console().print(table)
    if not report.found:
        click.echo(
            "No letters were found there: only .txt, .pdf and .zip files are read.", err=True
        )
    _tell_files("Left out as duplicates of a case", report.duplicates)
    _tell_files("Failed", report.failed)
    tell_scans(report.failed.codes[NO_TEXT])
    if report.build:
        issues = count(sum(report.build.decisions.values()), "issue")
        letters = count(report.build.letters, "letter")
        click.echo(f"{place} now holds {issues} of {letters}.")
    elif report.read or report.replaced:
        click.echo("Another machine has published them.")
    else:
        click.echo("Nothing has changed; the index is up to date.")
    click.echo(f"Took {report.seconds:.1f} s.")


def _tell_files(title: str, files: FileCounts) -> None:
    if not files:
        return
    kinds = ", ".join(f"{number:,} {code}" for code, number in files.codes.items())
    click.echo(f"{title} ({kinds}):", err=True)
    for file in files:
        click.echo(f"  {file.key}: {file.message}", err=True)
    if len(files) > len(files.named):
        click.echo(f"  and {len(files) - len(files.named):,} more", err=True)
