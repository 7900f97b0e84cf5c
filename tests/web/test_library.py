"""The collection behind the pages: replaced by another, or damaged in places."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from imrsearch.indexing import recovery
from imrsearch.indexing.pipeline import index_paths
from imrsearch.storage.collection.backup import back_up, put_back
from imrsearch.storage.collection.reader import FILE
from imrsearch.web import create_app
from tests.cluster.servers import PostgreSQL
from tests.reliability.folders import Folder
from tests.waiting import wait_until

FIRST, SECOND = "CM16-0000001", "CM16-0000002"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder.fresh(tmp_path, "whoosh")
    folder.write(2)
    folder.run()
    return folder


@pytest.fixture
def client(folder: Folder) -> FlaskClient:
    return create_app(folder.settings).test_client()


def test_a_server_notices_a_collection_that_was_replaced(
    folder: Folder, client: FlaskClient, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    back_up(folder.index, backup)
    folder.write()
    folder.run()
    assert client.get("/search.json").get_json()["total"] == 3
    assert client.get("/healthz").get_json()["note"] is None
    put_back(folder.index, backup)
    told = client.get("/healthz")
    assert told.status_code == 200
    assert "The collection has been replaced" in told.get_json()["note"]
    assert "The collection has been replaced" in client.get("/search").text
    assert client.get("/case/CM16-0000003").status_code == 404
    recovery.restore(folder.settings, backup)
    assert client.get("/healthz").get_json()["note"] is None
    assert client.get("/search.json").get_json()["total"] == 2


def test_a_collection_that_is_gone_is_not_ready(folder: Folder, client: FlaskClient) -> None:
    (folder.index / FILE).unlink()
    told = client.get("/healthz")
    assert (told.status_code, told.get_json()["note"]) == (503, "DamagedCollection")
    assert told.get_json()["collection"] == "unavailable"


def test_what_is_closed_is_opened_again(folder: Folder) -> None:
    app = create_app(folder.settings)
    client, library = app.test_client(), app.extensions["imrsearch"]
    assert client.get("/search.json").get_json()["total"] == 2
    connections, index = library.collection.database.pool, library.build.index
    assert connections.checkedin() > 0
    library.close()
    assert connections.checkedin() == 0
    assert client.get("/search.json").get_json()["total"] == 2
    assert library.collection.database.pool is not connections
    assert library.build.index is not index


@pytest.mark.cluster
def test_an_application_that_ends_leaves_no_session_in_the_database(
    postgresql: PostgreSQL, folder: Folder
) -> None:
    """Its pool keeps connections open between requests, for as long as it is not closed."""
    postgresql.run("CREATE DATABASE pages")
    machine = replace(folder.settings, collection=postgresql.address("pages"))
    index_paths(machine, [folder.letters], jobs=1)
    app = create_app(machine)
    assert app.test_client().get("/search.json").get_json()["total"] == 2
    assert postgresql.sessions("pages") > 0
    app.extensions["imrsearch"].close()
    wait_until(lambda: postgresql.sessions("pages") == 0)


def test_one_damaged_letter_takes_no_page_down(folder: Folder, client: FlaskClient) -> None:
    with closing(sqlite3.connect(folder.index / FILE)) as connection, connection:
        spoilt = f"determination = zeroblob(20), text = zeroblob(20) WHERE case_id = '{SECOND}'"
        connection.execute(f"UPDATE letters SET {spoilt}")
    for path in ("/", "/search", "/search.csv", "/search.json", "/search.atom", "/coverage"):
        assert client.get(path).status_code == 200, path
    assert "This letter is damaged here" in client.get("/search").text
    rows = client.get("/search.csv").text.splitlines()
    assert ["This letter is damaged here" in row for row in rows[1:]].count(True) == 1
    assert client.get(f"/case/{FIRST}").status_code == 200
    damaged = client.get(f"/case/{SECOND}")
    assert damaged.status_code == 503
    assert "damaged" in damaged.text
