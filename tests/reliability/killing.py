"""Runs that are killed: a parent with everything imported forks a process for each of them.

``Runs`` starts that parent, an interpreter of its own (``python -m tests.reliability.killing``).
The system ends a run when it has used so much processor time, wherever it is, by SIGPROF, which
nobody catches: as sudden as SIGKILL, and as far into the work on a busy machine as on an idle one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from imrsearch.engines import EMBEDDED, engine
from imrsearch.engines.tantivy import writer
from imrsearch.indexing import pipeline, rebuild
from imrsearch.letters.letter import Letter
from imrsearch.letters.parse import parse
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.builds import publishing
from imrsearch.storage.builds.manifest import Origin
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings
from tests.letters.forms import credentials_letter, issue

JOBS = ("index", "reindex", "publish")
_BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Job:
    """A run to make: killed after so many seconds of processor time, or not at all."""

    name: str
    index: str
    letters: str
    engine: str
    kill_after: float | None


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended, and the cases that it had committed by then."""

    status: int
    kept: tuple[str, ...]

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGPROF


class Runs:
    """Makes runs in processes of their own; ``beside``: even the smallest build on Tantivy is
    written by a second process, as large ones are."""

    def __init__(self, beside: bool = False) -> None:
        self._beside = beside

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.reliability.killing", *[_BESIDE] * self._beside]
        self._parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_: object) -> None:
        self._parent.stdin.close()  # type: ignore[union-attr]
        self._parent.wait()
        self._parent.stdout.close()  # type: ignore[union-attr]

    def __call__(self, job: Job) -> End:
        asked, answered = self._parent.stdin, self._parent.stdout
        assert asked is not None
        assert answered is not None
        asked.write(msgspec.json.encode(job) + b"\n")
        asked.flush()
        return msgspec.json.decode(answered.readline(), type=End)


def _serve(asked: BinaryIO, answer: BinaryIO) -> None:
    _load()
    for line in asked:
        end = _run(msgspec.json.decode(line, type=Job))
        answer.write(msgspec.json.encode(end) + b"\n")
        answer.flush()


def _load() -> None:
    """All that a run would load before it begins, so that it dies at work, not at imports."""
    for name in EMBEDDED:
        engine(name)
    parse(credentials_letter(issue("Cane: Overturned", "It helps.")), "CM16-0000901.txt")


def _run(job: Job) -> End:
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        if job.kill_after:
            signal.setitimer(signal.ITIMER_PROF, job.kill_after)
        _do(job, tell)
    os.close(tell)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(told) as report:
        return End(status, tuple(report.read().split()))


def _do(job: Job, tell: int) -> None:
    """Make the run and end the process, saying which cases are committed."""
    keep = Collection.keep

    def noted(self: Collection, letters: Sequence[Letter], reader: int) -> None:
        keep(self, letters, reader)
        os.write(tell, "".join(f"{one.determination.case_id}\n" for one in letters).encode())

    Collection.keep = noted  # type: ignore[method-assign]
    status = 1
    try:
        settings = load_settings({}, index=job.index)
        if job.name == "index":
            pipeline.index_paths(settings, [Path(job.letters)], engine=job.engine, jobs=1)
        elif job.name == "reindex":
            rebuild.reindex(settings, engine=job.engine)
        else:
            _publish(settings, job.engine)
        status = 0
    finally:
        os._exit(status)


def _publish(settings: Settings, engine: str) -> None:
    """The last part of a run alone: documents into a build, that into the current one."""
    collection = Collection.open(settings.index)
    summary = collection.summary()
    publishing.publish(
        settings.index,
        engine,
        documents(collection.to_index(IndexedDetermination)),
        Origin(
            summary.letters,
            summary.unread,
            collection.state.revision,
            collection.state.token,
            engine,
        ),
    )


if __name__ == "__main__":
    if _BESIDE in sys.argv:
        writer.BATCHES_IN_ONE_PROCESS = 0
    _serve(sys.stdin.buffer, sys.stdout.buffer)
