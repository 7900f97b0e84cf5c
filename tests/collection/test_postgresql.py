"""Connections to PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from imrsearch.collection.postgresql import ConnectionPool
from imrsearch.collection.store import Collection
from imrsearch.errors import ServerUnavailable


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
    pool = ConnectionPool(lambda: sqlite3.connect(":memory:"), 1, max_overflow=0, timeout=0)
    with closing(pool.connect()), pytest.raises(ServerUnavailable, match="are in use"):
        pool.connect()
    pool.connect().close()
    pool.dispose()
