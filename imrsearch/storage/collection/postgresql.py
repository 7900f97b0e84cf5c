"""A collection on PostgreSQL: its address, its connections, and the mapping of its errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from imrsearch.system.errors import (
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    MissingExtra,
    NotWritten,
    ServerUnavailable,
    SettingsError,
)

SCHEME = "postgresql+psycopg"

_CONNECTION = {
    "connect_timeout": 5,
    # A server that vanished silently is noticed after half a minute, not after two hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "imrsearch",
}
_SESSION = (
    # The server notices a vanished client just as fast: its locks go with its session.
    "SET tcp_keepalives_idle = 15",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
    "SET client_connection_check_interval = '10s'",  # also while it waits for a lock
)
_LEAST_VERSION_CHECKING = 140_000
_CONNECTIONS_KEPT = 5
_CONNECTIONS_MORE = 20
"""Connections beyond those kept, while the threads of a server are busy."""
_SECONDS_FOR_A_CONNECTION = 5.0

_SETTING_UP = 4_805_970
"""The key of the advisory lock under which tables are created and upgraded."""

_NOT_WRITTEN = {
    "53100": "its disk is full",
    "53400": "a limit of its configuration is reached",
    "25006": "it is read-only",
    "42501": "permission denied",
}
_BUSY_STATES = ("55P03", "40001", "40P01")
_DAMAGED = ("XX001", "XX002")
_REFUSED = "28"
"""Prefix of the SQLSTATE codes for a user or password that is not accepted."""
_UNAVAILABLE_STATES = ("08", "3D", "53", "57P")
"""Prefixes of the SQLSTATE codes for: no connection, no such database, out of resources, shut
down."""


def open_postgresql(address: str, kept: int = _CONNECTIONS_KEPT) -> sa.Engine:
    """The database at an address, with a connection pool of this size.

    Its errors are ServerUnavailable, NotWritten, IndexBusy and DamagedCollection. Raises
    SettingsError for an invalid address, MissingExtra without psycopg.
    """
    url = _checked_address(address)
    try:
        engine = sa.create_engine(
            url,
            connect_args=_CONNECTION,
            **(_pool(kept) if kept else {"poolclass": sa.NullPool}),
        )
    except ModuleNotFoundError as error:
        raise MissingExtra("A collection on PostgreSQL", "cluster") from error

    def tell(context: sa.ExceptionContext) -> None:
        failure = postgresql_failure(shown(url), context.original_exception)
        if failure and not context.is_pre_ping:
            raise failure from context.original_exception

    sa.event.listen(engine, "handle_error", tell)
    sa.event.listen(engine, "connect", _prepare)
    return engine


class ConnectionPool(sa.QueuePool):
    """A connection pool; raises ServerUnavailable if no connection becomes free in time."""

    def connect(self) -> sa.PoolProxiedConnection:
        """A connection, returned to the pool when it is closed."""
        try:
            return super().connect()
        except sa.exc.TimeoutError as error:
            raise ServerUnavailable("All connections to the database are in use.") from error


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - psycopg may be missing
    """Configure a session."""
    known = connection.info.server_version >= _LEAST_VERSION_CHECKING
    connection.autocommit = True
    connection.execute("; ".join(_SESSION if known else _SESSION[:-1]))
    connection.autocommit = False


def _pool(kept: int) -> dict[str, Any]:
    return {
        "poolclass": ConnectionPool,
        "pool_size": kept,
        "max_overflow": _CONNECTIONS_MORE,
        "pool_timeout": _SECONDS_FOR_A_CONNECTION,
        "pool_pre_ping": True,
    }


def _checked_address(address: str) -> sa.URL:
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError as error:
        raise SettingsError(
            "The collection's address is invalid.",
            f"Write it as {SCHEME}://user@host/database.",
        ) from error
    if url.drivername != SCHEME:
        raise SettingsError(
            f"A collection cannot be on {url.drivername}.",
            f"Write its address as {SCHEME}://user@host/database.",
        )
    if url.password is not None or "password" in url.query:
        raise SettingsError(
            "The collection's address has a password, which logs and process lists would show.",
            "Put it in the environment variable PGPASSWORD, or in the file that PGPASSFILE names.",
        )
    return url


def shown(url: sa.URL) -> str:
    """The address for messages: host and database, without the user."""
    return f"{url.host or url.query.get('host', 'this machine')}/{url.database}"


def postgresql_failure(place: str, error: BaseException) -> ImrsearchError | None:
    """An error of psycopg as an ImrsearchError; ``None`` for a defect of ours."""
    code = getattr(error, "sqlstate", None) or ""
    if code in _NOT_WRITTEN:
        return NotWritten(f"The collection on {place} cannot be written: {_NOT_WRITTEN[code]}.")
    if code in _BUSY_STATES:
        return IndexBusy(f"Another run is writing the collection on {place}.")
    if code in _DAMAGED:
        return DamagedCollection(f"The collection on {place} is damaged (SQLSTATE {code}).")
    if code.startswith(_REFUSED):
        return ServerUnavailable(
            f"The database {place} refuses the user or password (SQLSTATE {code})."
        )
    # Without a code: the connection could not be opened, or was lost.
    if code.startswith(_UNAVAILABLE_STATES) or (
        not code and any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)
    ):
        return ServerUnavailable(f"The database {place} does not answer (SQLSTATE {code or '-'}).")
    return None


@contextmanager
def setting_up(engine: sa.Engine) -> Iterator[None]:
    """While one process creates or upgrades tables, others wait. SQLite needs no such lock."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SETTING_UP)))
        yield


def lock_keys(purpose: int) -> tuple[int, sa.ColumnElement[int]]:
    """The keys of an advisory lock: its purpose, and the schema in which it is held."""
    return purpose, sa.func.hashtext(sa.func.current_schema())


def prepare_for_postgresql(table: sa.Table) -> None:
    """Adapt a table when it is created on PostgreSQL."""
    for change in _column_changes(table):
        ddl = sa.DDL(change).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
        sa.event.listen(table, "after_create", ddl)


def _column_changes(table: sa.Table) -> Iterator[str]:
    """Statements for a new table on PostgreSQL.

    Text is sorted by bytes, as in SQLite: cases keep one order, and the files of a folder can be
    found as a range of names. Blobs are compressed already.
    """
    for column in table.columns:
        if isinstance(column.type, sa.String):
            yield f'ALTER TABLE {table.name} ALTER {column.name} TYPE VARCHAR COLLATE "C"'
        elif not isinstance(column.type, sa.Integer | sa.Date):
            yield f"ALTER TABLE {table.name} ALTER {column.name} SET STORAGE EXTERNAL"
