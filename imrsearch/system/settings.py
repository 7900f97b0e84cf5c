"""Every setting in one table: name, default, environment variable, help.

A value comes from the command line where an option exists, else from the environment, else from
the table. ``docs/settings.md`` shows the same table; a test holds the two together.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from imrsearch.system.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; ``default`` also tells the type. A number is at least ``least`` and at
    most ``most``; a text is one of ``among`` or fits ``pattern``, where they are given."""

    name: str
    default: str | int
    variable: str
    help: str
    least: int = 1
    most: int | None = None
    among: tuple[str, ...] = ()
    pattern: str = ""


SETTINGS: tuple[Setting, ...] = (
    Setting("index", "index", "IMRSEARCH_INDEX", "Folder of the collection and the builds."),
    Setting(
        "collection",
        "",
        "IMRSEARCH_COLLECTION",
        "Address of a collection on PostgreSQL, such as postgresql+psycopg://imr@db.example/imr; "
        "empty: a file in the index folder. The password is read from PGPASSWORD or PGPASSFILE.",
    ),
    Setting(
        "originals",
        "",
        "IMRSEARCH_ORIGINALS",
        "Where copies of original files are kept for web servers that cannot see the files: a "
        "folder that all machines can see, or the word database for the collection's database; "
        "empty: no copies.",
    ),
    Setting(
        "engine",
        "auto",
        "IMRSEARCH_ENGINE",
        "Search engine of new builds: whoosh, tantivy, opensearch, or auto: Whoosh up to 10,000 "
        "issues, Tantivy above.",
        among=("auto", "whoosh", "tantivy", "opensearch"),
    ),
    Setting(
        "opensearch_urls",
        "http://127.0.0.1:9200",
        "IMRSEARCH_OPENSEARCH_URLS",
        "Addresses of the OpenSearch nodes, separated by commas, without user or password.",
    ),
    Setting(
        "opensearch_user",
        "",
        "IMRSEARCH_OPENSEARCH_USER",
        "OpenSearch user; empty: none.",
    ),
    Setting(
        "opensearch_password",
        "",
        "IMRSEARCH_OPENSEARCH_PASSWORD",
        "Password of that user.",
    ),
    Setting(
        "opensearch_password_file",
        "",
        "IMRSEARCH_OPENSEARCH_PASSWORD_FILE",
        "File that holds the password, as an alternative.",
    ),
    Setting(
        "opensearch_ca",
        "",
        "IMRSEARCH_OPENSEARCH_CA",
        "File with the certificate of the authority that signs OpenSearch's certificates; empty: "
        "those the system trusts.",
    ),
    Setting(
        "opensearch_prefix",
        "imrsearch",
        "IMRSEARCH_OPENSEARCH_PREFIX",
        "Prefix of index names; use a different one for each collection on a cluster.",
    ),
    Setting(
        "opensearch_shards",
        1,
        "IMRSEARCH_OPENSEARCH_SHARDS",
        "Shards of a new index: one for every 100,000 to 200,000 issues.",
    ),
    Setting(
        "opensearch_replicas",
        0,
        "IMRSEARCH_OPENSEARCH_REPLICAS",
        "Replicas of each shard, in case a node fails.",
        least=0,
    ),
    Setting(
        "opensearch_seconds",
        10,
        "IMRSEARCH_OPENSEARCH_SECONDS",
        "Timeout in seconds for OpenSearch requests that are not searches, such as opening an "
        "index.",
    ),
    Setting(
        "host",
        "127.0.0.1",
        "IMRSEARCH_HOST",
        "Address that 'serve' listens on.",
    ),
    Setting("port", 8000, "IMRSEARCH_PORT", "Port that 'serve' listens on.", most=65_535),
    Setting("workers", 2, "IMRSEARCH_WORKERS", "Processes that 'serve' runs."),
    Setting("threads", 16, "IMRSEARCH_THREADS", "Threads in each process of 'serve'."),
    Setting(
        "searches_at_once",
        4,
        "IMRSEARCH_SEARCHES_AT_ONCE",
        "Slow pages that each process of 'serve' works on at once; quick ones run one after the "
        "other.",
    ),
    Setting(
        "trusted_hosts",
        "",
        "IMRSEARCH_TRUSTED_HOSTS",
        "Host names that 'serve' accepts, separated by commas, the site's own first; empty: any. "
        "/healthz and /metrics may also be requested by IP address.",
    ),
    Setting(
        "proxies",
        0,
        "IMRSEARCH_PROXIES",
        "Number of proxies in front of 'serve' whose X-Forwarded-For and X-Forwarded-Proto are "
        "trusted.",
        least=0,
    ),
    Setting(
        "metrics_from",
        "",
        "IMRSEARCH_METRICS_FROM",
        "Addresses that may read /metrics, separated by commas, besides this machine.",
    ),
    Setting(
        "log_addresses",
        0,
        "IMRSEARCH_LOG_ADDRESSES",
        "1: the log of 'serve' includes client addresses; 0: it does not.",
        least=0,
        most=1,
    ),
    Setting(
        "requests_per_second",
        10,
        "IMRSEARCH_REQUESTS_PER_SECOND",
        "Requests per second that one client may send on average, for each process of 'serve'.",
    ),
    Setting(
        "request_burst",
        120,
        "IMRSEARCH_REQUEST_BURST",
        "Requests that one client may send at once, for each process of 'serve'.",
    ),
    Setting(
        "max_file_mb",
        50,
        "IMRSEARCH_MAX_FILE_MB",
        "Largest letter that is read, in megabytes.",
    ),
    Setting(
        "max_pages",
        400,
        "IMRSEARCH_MAX_PAGES",
        "Longest PDF that is read, in pages.",
    ),
    Setting("max_query_chars", 1000, "IMRSEARCH_MAX_QUERY_CHARS", "Longest search, in characters."),
    Setting("max_query_words", 160, "IMRSEARCH_MAX_QUERY_WORDS", "Longest search, in words."),
    Setting(
        "max_page",
        100,
        "IMRSEARCH_MAX_PAGE",
        "Last page of results that can be opened.",
    ),
    Setting(
        "max_export",
        1000,
        "IMRSEARCH_MAX_EXPORT",
        "Most rows in one export from the site.",
    ),
    Setting(
        "site_url",
        "",
        "IMRSEARCH_SITE_URL",
        "The site's address, such as https://imr.example, put before addresses in exports and "
        "feeds; empty: the requested address, none on the command line.",
        pattern=r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?",
    ),
    Setting(
        "search_seconds",
        2,
        "IMRSEARCH_SEARCH_SECONDS",
        "Time limit of a search in seconds; after it, the results so far are returned and marked "
        "as partial.",
    ),
)


_OURS = "IMRSEARCH_"
_OF_TESTS = ("IMRSEARCH_TEST_", "IMRSEARCH_SERVERS")
_VARIABLES = frozenset(row.variable for row in SETTINGS)

_SETTINGS_LOG = logging.getLogger("imrsearch")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; one attribute for each row of ``SETTINGS``."""

    index: Path
    collection: str
    originals: str
    engine: str
    opensearch_urls: tuple[str, ...]
    opensearch_user: str
    opensearch_password: str = field(repr=False)
    opensearch_password_file: str
    opensearch_ca: str
    opensearch_prefix: str
    opensearch_shards: int
    opensearch_replicas: int
    opensearch_seconds: int
    host: str
    port: int
    workers: int
    threads: int
    searches_at_once: int
    trusted_hosts: tuple[str, ...]
    proxies: int
    metrics_from: tuple[str, ...]
    log_addresses: int
    requests_per_second: int
    request_burst: int
    max_file_mb: int
    max_pages: int
    max_query_chars: int
    max_query_words: int
    max_page: int
    max_export: int
    site_url: str
    search_seconds: int

    @property
    def place(self) -> Path | str:
        """Where the collection is: the index folder, or the address of a database."""
        return self.collection or self.index

    @property
    def host_and_port(self) -> str:
        """Where 'serve' listens, as in a URL: ``127.0.0.1:8000``, ``[::1]:8000``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def load_settings(
    environment: Mapping[str, str] | None = None, **overrides: str | int | None
) -> Settings:
    """The settings from ``environment`` (the process's own by default) and ``overrides``.

    Overrides that are ``None`` count as not given. Raises SettingsError for an invalid value and
    for an override that does not exist; a variable that does not exist is warned of once.
    """
    unknown = overrides.keys() - {row.name for row in SETTINGS}
    if unknown:
        raise SettingsError(
            f"There is no setting {min(unknown)!r}.", "docs/settings.md lists all settings."
        )
    source = os.environ if environment is None else environment
    for variable in source:
        is_ours = variable.startswith(_OURS) and not variable.startswith(_OF_TESTS)
        if is_ours and variable not in _VARIABLES:
            _warn_of(variable)
    values: dict[str, Any] = {
        row.name: _given_value(row, source, overrides.get(row.name)) for row in SETTINGS
    }
    return Settings(
        **{
            **values,
            "index": Path(str(values["index"])),
            "opensearch_urls": _list_of_names(str(values["opensearch_urls"])),
            "trusted_hosts": _list_of_names(str(values["trusted_hosts"])),
            "metrics_from": _list_of_names(str(values["metrics_from"])),
            "site_url": str(values["site_url"]).rstrip("/"),
        }
    )


def _given_value(
    row: Setting, environment: Mapping[str, str], override: str | int | None
) -> str | int:
    given = override if override is not None else environment.get(row.variable)
    if given is None or given == "":
        return row.default
    if isinstance(row.default, int):
        return _checked_number(row, given)
    return _checked_text(row, str(given))


def _checked_number(row: Setting, given: str | int) -> int:
    try:
        number = int(given)
    except ValueError:
        number = -1
    if number < row.least or (row.most is not None and number > row.most):
        most = "" if row.most is None else f" and at most {row.most}"
        raise SettingsError(
            f"{row.name} must be a whole number of at least {row.least}{most}, not {given!r}.",
            f"Set {row.variable} or the option to a number such as {row.default}.",
        )
    return number


def _checked_text(row: Setting, given: str) -> str:
    if row.among and given not in row.among:
        raise SettingsError(
            f"{row.name} must be one of {', '.join(row.among)}, not {given!r}.",
            f"Set {row.variable} to one of them.",
        )
    if row.pattern and not re.fullmatch(row.pattern, given):
        raise SettingsError(
            f"{row.name} must be an address such as https://imr.example, not {given!r}.",
            f"Set {row.variable} to one that begins with https:// or http://.",
        )
    return given


@cache
def _warn_of(variable: str) -> None:
    """Cached: once in a process. Without a handler, Python writes it to standard error."""
    _SETTINGS_LOG.warning("There is no setting %s; docs/settings.md lists all settings.", variable)


def _list_of_names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
