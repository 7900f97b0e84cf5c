"""Backup and restore as ``docs/operations.md`` tells them, its own commands run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus
from imrsearch.engines.base import SearchRequest
from imrsearch.indexing import pipeline
from imrsearch.query.tree import Term
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
from tests.conftest import ROOT
from tests.waiting import wait_until

LETTERS = 120
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def block(title: str) -> str:
    """The guide's block of commands that begins with this comment."""
    found = re.search(rf"^```\w+\n(# {title}.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def sh(title: str, **variables: Path) -> str:
    """Run a block of the guide; what it prints."""
    named = {name: str(value) for name, value in variables.items()}
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **named}
    done = subprocess.run(
        ["sh", "-eu", "-c", block(title)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


INDEX = """
import os
from pathlib import Path
from imrsearch.cli import main
from imrsearch.indexing import pipeline
from imrsearch.storage.collection.store import Collection
from tests.waiting import wait_until

keep, made = Collection.keep, Path(os.environ["MADE"])
batches = iter(range(100))

def keep_a_batch(*given, **named):
    keep(*given, **named)
    if next(batches) == 2:
        wait_until(made.exists)

Collection.keep = keep_a_batch
pipeline.FILES_PER_BATCH = 20
main()
"""
"""The command, with batches that are soon full. Three of five may be kept while the backup is made;
the others wait for it, however slow the machine."""


def write_letters(folder: Path, first: int, last: int) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in islice(Corpus().letters(last), first, last):
        (folder / name).write_text(text, encoding="utf-8")


def hits(index: Path, word: str) -> list[str]:
    answer = (
        Builds(index).current().index.search(SearchRequest(Term(word), sort="oldest", limit=5_000))
    )
    return sorted(hit.id for hit in answer.hits)


def test_a_backup_in_the_middle_of_an_indexing_run(settings: Settings, tmp_path: Path) -> None:
    """It holds whole batches as they were kept at one moment, and the restored index all of it."""
    folder, backup, restored = (tmp_path / name for name in ("letters", "backup", "restored"))
    write_letters(folder, 0, 20)
    pipeline.index_paths(settings, [folder], jobs=1)
    write_letters(folder, 20, LETTERS)
    places = ["--index", str(settings.index), "index", "--jobs", "1", str(folder)]
    command = [sys.executable, "-c", INDEX, *places]
    environment = {**os.environ, "MADE": str(tmp_path / "made")}
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    try:
        wait_for_letters(settings.index, 21)
        sh("backup", INDEX=settings.index, BACKUP=backup)
        (tmp_path / "made").touch()
        assert run.wait(timeout=120) == 0
    finally:
        run.kill()
        run.wait()
    printed = sh("restore", INDEX=restored, BACKUP=backup)

    copy, whole = Collection.open(restored), Collection.open(settings.index)
    letters = copy.summary().letters
    assert 20 < letters < LETTERS == whole.summary().letters
    assert Builds(restored).current().index.count() == copy.promised().documents
    assert f"{letters}" in printed
    assert not (restored.stat().st_mode | (restored / FILE).stat().st_mode) & 0o077
    cases = set(copy.case_ids())
    kept = [one for one in whole.every_letter() if one[1].case_id in cases]
    assert list(copy.every_letter()) == kept
    expected = [hit for hit in hits(settings.index, "acupuncture") if hit.split("#")[0] in cases]
    assert hits(restored, "acupuncture") == expected != []

    rest = pipeline.index_paths(replace(settings, index=restored), [folder], jobs=1)
    assert (rest.unchanged, rest.read, len(rest.failed)) == (letters, LETTERS - letters, 0)


def wait_for_letters(index: Path, count: int) -> None:
    wait_until(lambda: Collection.open(index).summary().letters >= count)


def test_no_backup_is_overwritten(settings: Settings, tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 0, 1)
    pipeline.index_paths(settings, [tmp_path / "letters"], jobs=1)
    (tmp_path / "backup").touch()
    with pytest.raises(AssertionError, match="already exists"):
        sh("backup", INDEX=settings.index, BACKUP=tmp_path / "backup")
