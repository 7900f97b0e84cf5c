"""Connections to PostgreSQL."""

from __future__ import annotations

from contextlib import closing

import pytest

from imrsearch.collection.store import Collection

pytestmark = pytest.mark.cluster


def test_the_server_notices_a_machine_that_vanished(database: str) -> None:
    """Its locks would stay for hours otherwise: two, by the system's own keepalives."""
    with closing(Collection.create(database)) as collection:
        with collection.database.connect() as connection:
            asked = connection.exec_driver_sql("SHOW client_connection_check_interval")
            assert asked.scalar() == "10s"
        with collection.database.connect() as connection:  # the same one, after its rollback
            asked = connection.exec_driver_sql("SHOW client_connection_check_interval")
            assert asked.scalar() == "10s"
