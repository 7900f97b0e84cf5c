"""Sites to attack: the samples and as many made-up cases as are asked for."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from flask import Flask

from benchmarks.corpus import Corpus, letter_text
from imrsearch.indexing.pipeline import index_paths
from imrsearch.indexing.rebuild import reindex
from imrsearch.letters import READER
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.model import Determination
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings
from imrsearch.web import create_app
from tests.conftest import SAMPLES

FEW = 60
"""Cases of a small site: tests share one by asking for the same number."""

_FIRST_NUMBER = 5_000_000
"""Made-up cases are numbered from here on, far from the samples."""


def made_up(count: int) -> Iterator[Determination]:
    """Determinations in the form and with the words of real ones."""
    for number, determination in enumerate(Corpus().determinations(count), _FIRST_NUMBER):
        yield replace(determination, case_id=f"CM16-{number}", file=f"CM16-{number}.txt")


def make_site(folder: Path, determinations: Iterable[Determination], engine: str) -> Settings:
    """The settings of an index over the samples and the determinations, with no limit on how often
    one may ask."""
    settings = load_settings(
        {}, index=str(folder / "index"), requests_per_second=10**6, request_burst=10**6
    )
    shutil.copytree(_samples(), settings.index, symlinks=True)
    collection = Collection.open(settings.index)
    collection.keep([_kept(folder, one) for one in determinations], READER)
    collection.close()
    reindex(settings, engine=engine)
    return settings


@cache
def shared_app(engine: str, count: int) -> Flask:
    """A site over so many made-up cases, made once for all tests. For reading only."""
    return make_app(_kept_folder(), made_up(count), engine)


@cache
def _samples() -> Path:
    """An index of the samples, made once for all sites. For copying only."""
    index = _kept_folder() / "index"
    index_paths(load_settings({}, index=str(index)), [SAMPLES], jobs=1)
    return index


def _kept_folder() -> Path:
    """A folder that is there until all tests are done."""
    folder = Path(tempfile.mkdtemp(prefix="imrsearch-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def make_app(folder: Path, determinations: Iterable[Determination], engine: str) -> Flask:
    """The application over that index."""
    return create_app(make_site(folder, determinations, engine))


def _kept(folder: Path, determination: Determination) -> Letter:
    source = Source(folder / determination.file)
    return Letter(source, determination.case_id, letter_text(determination), determination)
