"""Letters into an index folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from imrsearch.indexing.pipeline import Report, index_paths
from imrsearch.system.settings import load_settings


def index_letters(
    letters: str | Path | Iterable[str | Path],
    index: str | Path,
    *,
    prune: bool = False,
    force: bool = False,
    engine: str | None = None,
    jobs: int | None = None,
    minutes: float | None = None,
    ocr: bool = False,
) -> Report:
    """Read letters (.txt, .pdf, folders, .zip) into an index folder and publish what was read.

    Letters that have not changed are skipped, so the same call brings an index up to date.
    ``prune`` forgets letters whose file is gone; ``force`` publishes even with far fewer issues
    than before; ``engine`` is ``whoosh``, ``tantivy`` or ``auto``; ``jobs`` is the number of
    reading processes (default: all cores); after ``minutes`` no further file is read; ``ocr`` reads
    scans by text recognition.

    Files that give no letter are in the report. Raises IndexBusy, NotWritten, TooFewIssues,
    MissingProgram.
    """
    paths = [letters] if isinstance(letters, str | Path) else letters
    return index_paths(
        load_settings(None, index=str(index)),
        [Path(path) for path in paths],
        prune=prune,
        force=force,
        engine=engine,
        jobs=jobs,
        minutes=minutes,
        ocr=ocr,
    )
