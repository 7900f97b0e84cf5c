"""Every setting in one table: name, type, default, help.

A value comes from the command line where an option exists, else from the environment
(``IMRSEARCH_`` and the name in capitals), else from the table. ``docs/settings.md`` shows the same
table; a test holds the two together.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from imrsearch.system.errors import SettingsError

_OURS = "IMRSEARCH_"
_OF_TESTS = ("IMRSEARCH_TEST_", "IMRSEARCH_SERVERS")

_SETTINGS_LOG = logging.getLogger("imrsearch")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; ``default`` also tells the type. A number is at least ``least`` and at
    most ``most``; a text is one of ``among`` or fits ``pattern``, where they are given. ``name`` is
    that of its attribute."""

    default: str | int
    help: str
    least: int = 1
    most: int | None = None
    among: tuple[str, ...] = ()
    pattern: str = ""
    name: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"{_OURS}{self.name.upper()}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force, and the table of them: each attribute tells its row."""

    index: Annotated[Path, Setting("index", "Folder of the collection and the builds.")]
    collection: Annotated[
        str,
        Setting(
            "",
            "Address of a collection on PostgreSQL, such as "
            "postgresql+psycopg://imr@db.example/imr; empty: a file in the index folder. The "
            "password is read from PGPASSWORD or PGPASSFILE.",
        ),
    ]
    originals: Annotated[
        str,
        Setting(
            "",
            "Where copies of original files are kept for web servers that cannot see the files: a "
            "folder that all machines can see, or the word database for the collection's database; "
            "empty: no copies.",
        ),
    ]
    engine: Annotated[
        str,
        Setting(
            "auto",
            "Search engine of new builds: whoosh, tantivy, opensearch, or auto: Whoosh up to "
            "10,000 issues, Tantivy above.",
            among=("auto", "whoosh", "tantivy", "opensearch"),
        ),
    ]
    opensearch_urls: Annotated[
        tuple[str, ...],
        Setting(
            "http://127.0.0.1:9200",
            "Addresses of the OpenSearch nodes, separated by commas, without user or password.",
        ),
    ]
    opensearch_user: Annotated[str, Setting("", "OpenSearch user; empty: none.")]
    opensearch_password: Annotated[str, Setting("", "Password of that user.")] = field(repr=False)
    opensearch_password_file: Annotated[
        str, Setting("", "File that holds the password, as an alternative.")
    ]
    opensearch_ca: Annotated[
        str,
        Setting(
            "",
            "File with the certificate of the authority that signs OpenSearch's certificates; "
            "empty: those the system trusts.",
        ),
    ]
    opensearch_prefix: Annotated[
        str,
        Setting(
            "imrsearch",
            "Prefix of index names; use a different one for each collection on a cluster.",
        ),
    ]
    opensearch_shards: Annotated[
        int, Setting(1, "Shards of a new index: one for every 100,000 to 200,000 issues.")
    ]
    opensearch_replicas: Annotated[
        int, Setting(0, "Replicas of each shard, in case a node fails.", least=0)
    ]
    opensearch_seconds: Annotated[
        int,
        Setting(
            10,
            "Timeout in seconds for OpenSearch requests that are not searches, such as opening an "
            "index.",
        ),
    ]
    host: Annotated[str, Setting("127.0.0.1", "Address that 'serve' listens on.")]
    port: Annotated[int, Setting(8000, "Port that 'serve' listens on.", most=65_535)]
    workers: Annotated[int, Setting(2, "Processes that 'serve' runs.")]
    threads: Annotated[int, Setting(16, "Threads in each process of 'serve'.")]
    searches_at_once: Annotated[
        int,
        Setting(
            4,
            "Slow pages that each process of 'serve' works on at once; quick ones run one after "
            "the other.",
        ),
    ]
    trusted_hosts: Annotated[
        tuple[str, ...],
        Setting(
            "",
            "Host names that 'serve' accepts, separated by commas, the site's own first; empty: "
            "any. /healthz and /metrics may also be requested by IP address.",
        ),
    ]
    proxies: Annotated[
        int,
        Setting(
            0,
            "Number of proxies in front of 'serve' whose X-Forwarded-For and X-Forwarded-Proto are "
            "trusted.",
            least=0,
        ),
    ]
    metrics_from: Annotated[
        tuple[str, ...],
        Setting("", "Addresses that may read /metrics, separated by commas, besides this machine."),
    ]
    log_addresses: Annotated[
        int,
        Setting(
            0, "1: the log of 'serve' includes client addresses; 0: it does not.", least=0, most=1
        ),
    ]
    requests_per_second: Annotated[
        int,
        Setting(
            10,
            "Requests per second that one client may send on average, for each process of 'serve'.",
        ),
    ]
    request_burst: Annotated[
        int, Setting(120, "Requests that one client may send at once, for each process of 'serve'.")
    ]
    max_file_mb: Annotated[int, Setting(50, "Largest letter that is read, in megabytes.")]
    max_pages: Annotated[int, Setting(400, "Longest PDF that is read, in pages.")]
    max_query_chars: Annotated[int, Setting(1000, "Longest search, in characters.")]
    max_query_words: Annotated[int, Setting(160, "Longest search, in words.")]
    max_page: Annotated[int, Setting(100, "Last page of results that can be opened.")]
    max_export: Annotated[int, Setting(1000, "Most rows in one export from the site.")]
    site_url: Annotated[
        str,
        Setting(
            "",
            "The site's address, such as https://imr.example, put before addresses in exports and "
            "feeds; empty: the requested address, none on the command line.",
            pattern=r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?",
        ),
    ]
    search_seconds: Annotated[
        int,
        Setting(
            2,
            "Time limit of a search in seconds; after it, the results so far are returned and "
            "marked as partial.",
        ),
    ]

    @property
    def place(self) -> Path | str:
        """Where the collection is: the index folder, or the address of a database."""
        return self.collection or self.index

    @property
    def host_and_port(self) -> str:
        """Where 'serve' listens, as in a URL: ``127.0.0.1:8000``, ``[::1]:8000``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


SETTINGS: tuple[Setting, ...] = tuple(
    replace(hint.__metadata__[0], name=name)
    for name, hint in get_type_hints(Settings, include_extras=True).items()
)
"""The rows of the table."""
_VARIABLES = frozenset(row.variable for row in SETTINGS)


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
