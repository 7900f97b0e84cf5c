"""Connections to PostgreSQL: addresses, errors, and a server that does not answer."""

from __future__ import annotations

from contextlib import closing

import pytest
import sqlalchemy as sa

from imrsearch.storage.collection.postgresql import (
    ConnectionPool,
    open_postgresql,
    postgresql_failure,
    setting_up,
    shown,
)
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    NotWritten,
    ServerUnavailable,
    SettingsError,
)


@pytest.mark.cluster
def test_the_server_notices_a_machine_that_vanished(database: str) -> None:
    """Its locks would stay for hours otherwise: two, by the system's own keepalives."""
    with closing(Collection.create(database)) as collection:
        with collection.database.connect() as connection:
            asked = connection.exec_driver_sql("SHOW client_connection_check_interval")
            assert asked.scalar() == "10s"
        with collection.database.connect() as connection:  # the same one, after its rollback
            asked = connection.exec_driver_sql("SHOW client_connection_check_interval")
            assert asked.scalar() == "10s"


def test_no_connection_that_is_free_is_told() -> None:
    """A server of many threads says "try again": it is no fault of ours."""
    limits = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0}
    engine = sa.create_engine("sqlite://", poolclass=ConnectionPool, **limits)
    with engine.connect(), pytest.raises(ServerUnavailable, match="are in use"):
        engine.connect()
    engine.connect().close()
    engine.dispose()


class OperationalError(Exception):
    """Named as psycopg's error for a connection that cannot be opened, or is lost."""


class DatabaseError(Exception):
    """Named as any other of its errors."""


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("53100", NotWritten, "cannot be written: its disk is full"),
        ("25006", NotWritten, "cannot be written: it is read-only"),
        ("42501", NotWritten, "permission denied"),
        pytest.param("53400", NotWritten, "a limit", id="not of those of 53"),
        ("55P03", IndexBusy, "Another run is writing the collection on db/imr"),
        ("40P01", IndexBusy, "Another run"),
        ("XX001", DamagedCollection, r"is damaged \(SQLSTATE XX001\)"),
        ("08006", ServerUnavailable, r"does not answer \(SQLSTATE 08006\)"),
        pytest.param("57P01", ServerUnavailable, "does not answer", id="shut down"),
        pytest.param("53300", ServerUnavailable, "does not answer", id="too many connections"),
        pytest.param("28P01", ServerUnavailable, "refuses the user", id="another password"),
    ],
)
def test_what_a_server_says_is_told_in_our_words(
    code: str, kind: type[ImrsearchError], words: str
) -> None:
    error = DatabaseError("of the server")
    error.sqlstate = code  # type: ignore[attr-defined]
    told = postgresql_failure("db/imr", error)
    assert type(told) is kind
    with pytest.raises(kind, match=words):
        raise told


def test_an_error_without_a_code_is_a_lost_connection_or_a_defect() -> None:
    class LostConnectionError(OperationalError):
        """psycopg has kinds of its own of it."""

    told = postgresql_failure("db/imr", LostConnectionError("gone"))
    assert isinstance(told, ServerUnavailable)
    assert told.message == "The database db/imr does not answer (SQLSTATE -)."
    assert postgresql_failure("db/imr", DatabaseError("ours")) is None
    syntax = OperationalError("a defect of ours")
    syntax.sqlstate = "42601"  # type: ignore[attr-defined]
    assert postgresql_failure("db/imr", syntax) is None


@pytest.mark.parametrize(
    ("address", "words", "hint"),
    [
        ("no address", "address is invalid", "postgresql+psycopg://user@host/database"),
        ("mysql://db.example/imr", "cannot be on mysql", "postgresql+psycopg://user@host"),
        ("postgresql://db.example/imr", "cannot be on postgresql", "postgresql+psycopg"),
        ("postgresql+psycopg://imr:hush@db.example/imr", "has a password", "PGPASSWORD"),
        ("postgresql+psycopg://db.example/imr?password=hush", "has a password", "PGPASSFILE"),
    ],
)
def test_an_address_that_cannot_be_used(address: str, words: str, hint: str) -> None:
    """A password is not shown: messages stand in logs."""
    with pytest.raises(SettingsError, match=words) as caught:
        open_postgresql(address)
    assert hint in caught.value.hint
    assert "hush" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://imr@db.example:5433/letters", "db.example/letters"),
        ("postgresql+psycopg:///letters?host=/run/postgresql", "/run/postgresql/letters"),
        ("postgresql+psycopg:///letters", "this machine/letters"),
    ],
)
def test_messages_name_the_database_without_its_user(address: str, told: str) -> None:
    assert shown(sa.make_url(address)) == told


@pytest.mark.parametrize("kept", [0, 2])
def test_a_server_that_does_not_answer_is_told(kept: int) -> None:
    engine = open_postgresql("postgresql+psycopg://imr@127.0.0.1:1/imr", kept)
    with pytest.raises(ServerUnavailable, match=r"The database 127\.0\.0\.1/imr does not"):
        engine.connect()
    engine.dispose()


def test_sqlite_is_set_up_without_a_lock() -> None:
    engine = sa.create_engine("sqlite://")
    with setting_up(engine), setting_up(engine):
        pass
    engine.dispose()
