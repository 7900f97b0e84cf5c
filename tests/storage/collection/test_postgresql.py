"""Connections to PostgreSQL."""

from __future__ import annotations

from contextlib import closing

import pytest
import sqlalchemy as sa

from imrsearch.storage.collection.postgresql import ConnectionPool
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import ServerUnavailable


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
