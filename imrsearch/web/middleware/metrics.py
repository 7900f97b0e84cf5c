"""Metrics of the running server, for Prometheus.

Each process writes its metrics to a private folder that ``serve`` creates and names in
``PROMETHEUS_MULTIPROC_DIR`` (the client library's convention); whichever process is asked adds them
up. They contain no search words and no addresses.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from flask import current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from imrsearch.query.notes import Note
from imrsearch.storage.builds.reading import Build
from imrsearch.system.temporary import temporary_folder

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KINDS_OF_METRIC = ("counter", "histogram")
"""The files that a process writes."""
_ALLOCATED = 1 << 20
"""Bytes; all routes with all statuses take a third of it."""
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)


_log = logging.getLogger("imrsearch.web")


@contextmanager
def shared_figures() -> Iterator[None]:
    """A private folder in which the processes of a server share their metrics.

    If no folder can be created, each process has separate metrics.
    """
    with ExitStack() as stack:
        try:
            os.environ[_FOLDER] = str(stack.enter_context(temporary_folder()))
        except OSError as error:
            _log.warning("No temporary folder (%s): each process counts alone.", error.strerror)
        else:
            # The library looks for the folder when it is imported, and that has already happened.
            values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
        yield


def _allocate_files() -> str | None:
    """The folder of shared metrics, with space reserved for this process, or ``None``.

    The library maps its files into memory. On a full disk, a write to an unallocated page of such
    a file kills the process (SIGBUS), and each process that replaces it.
    """
    folder = os.environ.get(_FOLDER)
    try:
        for kind in _KINDS_OF_METRIC if folder else ():
            with Path(f"{folder}/{kind}_{os.getpid()}.db").open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, _ALLOCATED)
    except OSError as error:
        _log.warning("No room for shared figures (%s): counting alone.", error.strerror)
        values.ValueClass = values.MutexValue
        return None
    return folder


class Metrics:
    """One application's metrics."""

    def __init__(self) -> None:
        self._folder = _allocate_files()
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "imrsearch_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "imrsearch_request_seconds",
            "Time to answer, by route.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._cuts = Counter(
            "imrsearch_searches_cut",
            "Searches that the guard shortened, stopped or refused, by reason.",
            ("reason",),
            registry=self._registry,
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def cut(self, reason: str) -> None:
        """Count a search that was shortened or rejected."""
        self._cuts.labels(reason).inc()

    def cut_by(self, notes: Iterable[Note]) -> None:
        """Count the limits that a search's notes report."""
        for reason in {note.code for note in notes if note.kind.cuts}:
            self.cut(reason)

    def text(self, build: Build | None, checked: tuple[int, int] | None = None) -> bytes:
        """All metrics in Prometheus's text format; ``checked``: bytes of the build's files that
        this process has compared with its manifest, and their total."""
        folder = self._folder
        registry = CollectorRegistry() if folder else self._registry
        if folder:
            MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        state = _State(build, checked, _processes(folder))
        return generate_latest(registry) + generate_latest(state.registry)


class _State(Collector):
    """Current values: the current build, and the memory of the processes."""

    def __init__(
        self, build: Build | None, checked: tuple[int, int] | None, processes: list[int]
    ) -> None:
        self._build = build
        self._checked = checked
        self._processes = processes
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def collect(self) -> Iterator[Metric]:
        if self._build:
            yield from _build_figures(self._build)
        if self._checked:
            yield from _check_figures(*self._checked)
        memory = GaugeMetricFamily(
            "imrsearch_resident_bytes", "Memory of each process.", labels=("process",)
        )
        files = GaugeMetricFamily(
            "imrsearch_open_files", "Open files of each process.", labels=("process",)
        )
        for process in self._processes:
            with suppress(OSError):  # it has ended meanwhile
                here = Path(f"/proc/{process}")
                pages = int((here / "statm").read_text().split()[1])  # in memory
                memory.add_metric((str(process),), pages * os.sysconf("SC_PAGE_SIZE"))
                files.add_metric((str(process),), len(list((here / "fd").iterdir())))
        yield memory
        yield files


def _build_figures(build: Build) -> Iterator[Metric]:
    info = GaugeMetricFamily("imrsearch_build", "The build that answers.", labels=("id", "engine"))
    info.add_metric((build.id, build.manifest.engine), 1)
    yield info
    yield GaugeMetricFamily(
        "imrsearch_build_issues", "Issues in the build.", value=build.manifest.issues
    )
    yield GaugeMetricFamily(
        "imrsearch_build_age_seconds", "Time since the build.", value=age(build.manifest.created)
    )


def _check_figures(checked: int, total: int) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "imrsearch_build_checked_bytes",
        "Bytes of the build's files compared with its manifest since it was opened.",
        value=checked,
    )
    yield GaugeMetricFamily("imrsearch_build_bytes", "Size of the build's files.", value=total)


def age(created: str) -> int:
    """Seconds since a time, such as a manifest's ``created``."""
    return max(0, int((datetime.now(UTC) - datetime.fromisoformat(created)).total_seconds()))


def _processes(folder: str | None) -> list[int]:
    """The server's process ids, from files such as ``counter_4711.db``."""
    if not folder:
        return [os.getpid()]
    found = (re.search(r"_(\d+)\.db$", name) for name in map(str, Path(folder).iterdir()))
    return sorted({int(match[1]) for match in found if match})


def meter() -> Metrics:
    """The current application's metrics."""
    return cast(Metrics, current_app.extensions["imrsearch.meter"])
