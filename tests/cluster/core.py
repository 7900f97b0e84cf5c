"""The core of the tests on servers, for ``.ci/run``: ``python -m tests.cluster.core``.

One OpenSearch node and one PostgreSQL are started here. Two runs use them side by side: one of the
contract on OpenSearch; one of the collection on PostgreSQL, then of a build on both. Each part is
left out, loudly, where its server is not at hand. Only a test fails this: not a download, not a
server that does not start, and not a machine too slow to finish in time, all of which are told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import repeat
from typing import TypeVar

from imrsearch.letters.pool import TookTooLong, interrupted_after
from tests.cluster.servers import (
    OPENSEARCH,
    Cluster,
    PostgreSQL,
    fetch_opensearch,
    java_for,
    opensearch_home,
    postgresql_binaries,
    run_opensearch,
    run_postgresql,
)
from tests.conftest import GIVEN_OPENSEARCH, GIVEN_POSTGRESQL

SECONDS_TO_START = 45
"""For each server, with the time to fetch it; a few where nothing need be fetched."""
ON_POSTGRESQL = ["tests/storage/collection"]
ON_BOTH = ["tests/cluster/test_builds.py::test_an_index_from_the_first_letter_to_the_last"]
ON_OPENSEARCH = ["tests/engines/test_contract.py"]
LEFT_OUT = ("newer_opensearch", "three_nodes", "same_as_reference", "threads_get")
"""Other clusters, and what takes as long as all the rest."""
SECONDS = 60
"""For the tests; what is not tested by then is left out."""


Server = TypeVar("Server")


def main() -> int:
    """Run what can be run; the exit code of pytest, 0 where nothing failed in time."""
    with ExitStack() as stack:
        given = {}
        if cluster := _started(stack, "OpenSearch", _opensearch):
            given[GIVEN_OPENSEARCH] = cluster.urls[0]
        if database := _started(stack, "PostgreSQL", _postgresql):
            given[GIVEN_POSTGRESQL] = str(database.socket_folder)
        parts = [
            [*(ON_POSTGRESQL if database else ()), *(ON_BOTH if cluster and database else ())],
            ON_OPENSEARCH if cluster else [],
        ]
        return _run_together([tests for tests in parts if tests], given)


def _opensearch() -> AbstractContextManager[Cluster] | None:
    if java_for(OPENSEARCH) and shutil.which("mvn"):
        fetch_opensearch(OPENSEARCH)
    return run_opensearch() if opensearch_home() else None


def _postgresql() -> AbstractContextManager[PostgreSQL] | None:
    return run_postgresql() if postgresql_binaries() else None


def _started(
    stack: ExitStack, name: str, make: Callable[[], AbstractContextManager[Server] | None]
) -> Server | None:
    """The server, running until the end of the stack; ``None``, and told, if there is none."""
    try:
        with interrupted_after(SECONDS_TO_START):
            server = make()
            if server is not None:
                return stack.enter_context(server)
        _tell(f"{name} IS MISSING: nothing on it is tested here.")
    except (Exception, TookTooLong) as error:  # whatever it was, it is no fault of what is tested
        _tell(f"{name} DID NOT START: nothing on it is tested here. {error!r}")
    return None


def _run_together(parts: Sequence[Sequence[str]], given: Mapping[str, str]) -> int:
    """Run parts side by side, so that each has its share of a busy machine; the exit code of one
    that failed, or 0."""
    with ThreadPoolExecutor(2) as threads:
        codes = list(threads.map(_run, parts, repeat(given)))
    return next((code for code in codes if code), 0)


def _run(tests: Sequence[str], given: Mapping[str, str]) -> int:
    """Run tests until the time is over; with ``-x``, so that none failed if the time is over."""
    wanted = " and ".join(f"not {one}" for one in LEFT_OUT)
    command = [sys.executable, "-u", "-m", "pytest", "-v", "-x", "-rs", "-m", "cluster"]
    with tempfile.TemporaryFile() as told:
        code = None
        with suppress(subprocess.TimeoutExpired):
            code = subprocess.run(
                [*command, "-k", wanted, *tests],
                env={**os.environ, **given},
                stdout=told,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                check=False,
            ).returncode
        told.seek(0)
        print(told.read().decode(errors="replace"))  # noqa: T201
    if code is None:
        _tell(f"TIME IS OVER ({SECONDS} s): of {' and '.join(tests)} only what PASSED is tested.")
    return code or 0


def _tell(text: str) -> None:
    print(f"\n*** {text} 'make test-cluster' tests all.\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
