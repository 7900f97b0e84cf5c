"""The connection to the cluster; its errors in our words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from opensearchpy import OpenSearch, exceptions
from opensearchpy.serializer import JSONSerializer

from imrsearch.system.errors import DamagedBuild, ServerUnavailable, SettingsError
from imrsearch.system.settings import Settings

# Its loggers print addresses and whole requests.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)

_NO_ROOM = 429
_TURNED_AWAY = (401, 403, _NO_ROOM)
_NOT_FOUND = 404
WAITS_FOR_ROOM = (1, 2, 4, 8, 15, 30)
"""Seconds before a request is made again for which a node had no memory or no place in its queue:
three nodes of 1 GB refused one of a million issues written as fast as they came."""
_PER_MAJOR = {2: 1.0, 3: 2.2}
"""Lucene 10 left the factor k1 + 1 = 2.2 out of BM25. Wishes are worth a number of points, so the
points of words are kept as they were."""


Answered = TypeVar("Answered")


class _JsonSerializer(JSONSerializer):
    """Four times as fast as the client's own, which took a seventh of the time for an index."""

    def dumps(self, data: Any) -> str | bytes:  # noqa: ANN401 - JSON
        return data if isinstance(data, str | bytes) else msgspec.json.encode(data).decode()

    def loads(self, s: str) -> Any:  # noqa: ANN401 - JSON
        return msgspec.json.decode(s)


class Cluster:
    """A connection to the cluster that the settings name. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is asked before it is needed. Raises SettingsError for a password in a URL."""
        if any("@" in url for url in settings.opensearch_urls):
            raise SettingsError(
                "An OpenSearch address contains a user or a password, which logs would show.",
                "Use IMRSEARCH_OPENSEARCH_USER and IMRSEARCH_OPENSEARCH_PASSWORD, or a file.",
            )
        self.settings = settings
        self.asked = OpenSearch(
            list(settings.opensearch_urls),
            http_auth=_credentials(settings),
            ca_certs=settings.opensearch_ca or None,
            timeout=settings.opensearch_seconds,
            # A node that hangs is left alone for a minute, but the request is not made again: it
            # would take twice the time it has.
            retry_on_timeout=True,
            max_retries=0,
            pool_maxsize=settings.threads,
            serializer=_JsonSerializer(),
        )

    @cached_property
    def score_factor(self) -> float:
        """What the points of words are multiplied by, for this version of OpenSearch."""
        version = str(self.read(self.asked.info)["version"]["number"])
        return _PER_MAJOR.get(int(version.partition(".")[0]), _PER_MAJOR[max(_PER_MAJOR)])

    def search(self, index: str, bodies: list[dict[str, Any]], seconds: float) -> list[Any]:
        """The answers to several searches of one index, sent together.

        Raises DamagedBuild if the index is gone, ServerUnavailable if no shard of it answers.
        """
        lines: list[Any] = []
        for body in bodies:
            # Scores are of the whole index, not of a shard; counts alone need no such round.
            ranked = {"search_type": "dfs_query_then_fetch"} if body["size"] else {}
            lines += ({"index": index, **ranked}, body)
        answers = self.read(
            lambda: self.asked.msearch(body=lines, request_timeout=seconds)["responses"]
        )
        for answer in answers:
            if "error" in answer:
                # The one at the bottom: "all shards failed" alone does not tell why.
                causes = [answer["error"], *answer["error"].get("root_cause", ())]
                raise _failure(answer["status"], str(causes[-1].get("type", "")), index)
        return list(answers)

    def write(
        self,
        index: str,
        body: bytes,
        seconds: float,
        waits: Sequence[float] = WAITS_FOR_ROOM,
    ) -> None:
        """Carry out the actions of a bulk request; what is to be deleted may be missing.

        Where the cluster has no room, it is asked again after each of the ``waits``: actions that
        it carried out are the same once more. Raises ServerUnavailable, DamagedBuild or
        RuntimeError for the first that is refused.
        """
        for wait in (*waits, None):
            refused = self._refused(index, body, seconds)
            if refused is None:
                return
            status, kind = refused
            if status != _NO_ROOM or wait is None:
                raise _failure(status, kind, index)
            time.sleep(wait)

    def _refused(self, index: str, body: bytes, seconds: float) -> tuple[int, str] | None:
        """Status and kind of the first action that is refused, or of the request."""
        told = {"filter_path": "errors,items.*.status,items.*.error.type"}
        with translate_errors():
            try:
                answer = self.asked.bulk(body, index, params=told, request_timeout=seconds)
            except exceptions.TransportError as error:
                if error.status_code != _NO_ROOM:
                    raise
                return _NO_ROOM, str(error.error)
        if not answer["errors"]:
            return None
        outcomes = (outcome for item in answer["items"] for outcome in item.values())
        refused = next(outcome for outcome in outcomes if "error" in outcome)
        return refused["status"], refused["error"]["type"]

    def health(self, index: str) -> str:
        """``green``, ``yellow`` or ``red``. Raises ServerUnavailable."""
        return str(self.read(lambda: self.asked.cluster.health(index=index))["status"])

    def read(self, ask: Callable[[], Answered]) -> Answered:
        """What ``ask`` returns; asked again at another node while one refuses the connection.

        Raises ServerUnavailable or DamagedBuild.
        """
        with translate_errors():
            for _ in self.settings.opensearch_urls[1:]:
                try:
                    return ask()
                except exceptions.ConnectionTimeout:
                    raise
                except exceptions.ConnectionError:
                    continue
            return ask()


def _credentials(settings: Settings) -> tuple[str, str] | None:
    password = settings.opensearch_password
    if settings.opensearch_password_file:
        try:
            password = Path(settings.opensearch_password_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(
                f"The OpenSearch password file cannot be read: {error.strerror}.",
                "Set IMRSEARCH_OPENSEARCH_PASSWORD_FILE to a file that this account may read.",
            ) from error
    return (settings.opensearch_user, password) if settings.opensearch_user else None


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raises ServerUnavailable or DamagedBuild for what the client raises in the block."""
    try:
        yield
    except exceptions.ConnectionError as error:
        kind = (
            "does not answer in time"
            if isinstance(error, exceptions.ConnectionTimeout)
            else "cannot be reached"
        )
        raise ServerUnavailable(f"OpenSearch {kind}.") from error
    except exceptions.TransportError as error:
        raise _failure(error.status_code, str(error.error), "") from error


def _failure(status: int | str, kind: str, index: str) -> Exception:
    """The error for an answer of the cluster; a RuntimeError is a defect of ours."""
    if status == _NOT_FOUND:
        return DamagedBuild(f"The index {index} is no longer in the cluster.".replace("  ", " "))
    # From 500 on, nodes have left, or the cluster has no manager at the moment.
    if status in _TURNED_AWAY or (isinstance(status, int) and status >= 500):
        return ServerUnavailable(f"OpenSearch turned a request away (status {status}, {kind}).")
    return RuntimeError(f"OpenSearch refused a request: status {status}, {kind}.")
