"""A whole index on the two servers: letters in PostgreSQL, issues in OpenSearch, two machines."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from imrsearch.indexing import maintenance
from imrsearch.indexing.pipeline import index_paths
from imrsearch.indexing.rebuild import reindex
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.storage.builds.place import lock, place_of
from imrsearch.storage.builds.publishing import prune_builds
from imrsearch.storage.builds.reading import Builds, current_manifest
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedBuild, ServerUnavailable
from imrsearch.system.settings import Settings, load_settings
from imrsearch.web import create_app
from tests.cluster.servers import Cluster
from tests.conftest import SAMPLES

pytestmark = pytest.mark.cluster

LETTERS = sorted(SAMPLES.glob("*.txt"))


@pytest.fixture(params=["in a database", "in a folder"])
def machine(request: pytest.FixtureRequest, opensearch: Cluster, tmp_path: Path) -> Settings:
    """The settings of a machine; the collection in a database or in its folder."""
    collection = request.getfixturevalue("database") if request.param == "in a database" else ""
    return load_settings(
        {},
        index=str(tmp_path / "index"),
        collection=str(collection),
        engine="opensearch",
        opensearch_urls=",".join(opensearch.urls),
        opensearch_prefix=f"imrsearch-{tmp_path.name.lower()}",
        search_seconds=60,  # a busy machine's answers are whole as well
    )


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with some of the samples."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for path in LETTERS[:12]:
        shutil.copy(path, folder)
    return folder


def indexes(machine: Settings) -> list[str]:
    """The names of this machine's indexes in the cluster."""
    client = OpenSearch(list(machine.opensearch_urls))
    with closing(client):
        return sorted(client.indices.get(index=f"{machine.opensearch_prefix}-*"))


def total(machine: Settings, q: str = "") -> int:
    with closing(Collection.open(machine.place)) as collection:
        return SearchService(collection, Builds(machine), machine).search(SearchState(q)).total


def test_an_index_from_the_first_letter_to_the_last(machine: Settings, letters: Path) -> None:
    first = index_paths(machine, [letters], jobs=1).build
    assert first is not None
    assert first.engine == "opensearch"
    assert total(machine) == first.issues
    assert index_paths(machine, [letters], jobs=1).build is None
    assert maintenance.verify(machine).compared

    # One letter more is an update: a clone of the index, and the letter's issues.
    shutil.copy(LETTERS[12], letters)
    second = index_paths(machine, [letters], jobs=1).build
    assert second is not None
    assert (second.letters, second.updated) == (13, 1)
    assert maintenance.verify(machine).compared
    assert len(indexes(machine)) == 2

    maintenance.rollback(machine)
    assert current_manifest(machine).id == first.id
    assert total(machine) == first.issues
    assert index_paths(machine, [letters], jobs=1).build is None  # until something changes

    for _ in range(2):
        reindex(machine)
    assert [one.damage for one in maintenance.listing(machine)] == [None] * 3
    assert len(indexes(machine)) == 3
    assert total(machine) == second.issues


def test_what_is_not_in_the_cluster_is_damage(machine: Settings, letters: Path) -> None:
    first = index_paths(machine, [letters], jobs=1).build
    assert first is not None
    second = reindex(machine)
    [_, newest] = indexes(machine)
    with closing(OpenSearch(list(machine.opensearch_urls))) as client:
        client.indices.put_settings(index=newest, body={"index.blocks.write": None})
        with pytest.raises(DamagedBuild, match="not write-protected"):
            maintenance.verify(machine)
        client.delete(index=newest, id=next(iter(_ids(client, newest))))
        client.indices.put_settings(index=newest, body={"index.blocks.write": True})
        with pytest.raises(DamagedBuild, match="changed since"):
            maintenance.verify(machine)
        client.indices.delete(index=newest)
    with pytest.raises(DamagedBuild, match="no longer"):
        maintenance.verify(machine)
    build = Builds(machine).current()
    assert build.id == first.id
    assert build.note is not None
    assert f"Build {first.id} answers in its place" in build.note
    third = index_paths(machine, [letters], jobs=1).build  # a damaged build is made anew
    assert third is not None
    assert (third.issues, total(machine)) == (second.issues, first.issues)


def test_an_index_that_is_gone_comes_back_from_a_snapshot(machine: Settings, letters: Path) -> None:
    first = index_paths(machine, [letters], jobs=1).build
    assert first is not None
    names = ",".join(indexes(machine))
    waiting = {"wait_for_completion": "true"}
    with closing(OpenSearch(list(machine.opensearch_urls))) as client:
        kept = f"kept-{first.id.lower()}"
        place = {"type": "fs", "settings": {"location": kept}}
        client.snapshot.create_repository(repository=kept, body=place)
        body = {"indices": names, "include_global_state": False}
        client.snapshot.create(repository=kept, snapshot="one", body=body, params=waiting)
        client.indices.delete(index=names)
        with pytest.raises(DamagedBuild, match="no longer"):
            maintenance.verify(machine)
        client.snapshot.restore(repository=kept, snapshot="one", params=waiting)
        client.snapshot.delete_repository(repository=kept)
    assert maintenance.verify(machine).compared
    assert total(machine) == first.issues
    assert index_paths(machine, [letters], jobs=1).build is None


def _ids(client: OpenSearch, index: str) -> list[str]:
    body = {"size": 1, "sort": [{"id": "asc"}], "_source": False}
    return [hit["sort"][0] for hit in client.search(index=index, body=body)["hits"]["hits"]]


def test_a_build_that_fails_leaves_no_index(
    machine: Settings, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("imrsearch.indexing.rebuild.check_against_collection", stop)
        with pytest.raises(KeyboardInterrupt):
            index_paths(machine, [letters], jobs=1)
    assert indexes(machine) == []
    assert index_paths(machine, [letters], jobs=1).build is not None


def test_a_cluster_that_does_not_answer_is_no_damage(machine: Settings, letters: Path) -> None:
    """Pages say "try again", and nothing is taken for lost."""
    made = index_paths(machine, [letters], jobs=1).build
    away = replace(machine, opensearch_urls=("http://127.0.0.1:9",))
    with pytest.raises(ServerUnavailable, match="cannot be reached"):
        Builds(away).current()
    app = create_app(away)
    with app.test_client() as client, closing(app.extensions["imrsearch"].collection):
        answer = client.get("/search?q=pain")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        told = client.get("/healthz").get_json()
        assert (told["note"], told["ready"]) == ("ServerUnavailable", False)
        assert (told["collection"], told["index"]) == ("green", "unavailable")
    with lock(away):
        prune_builds(place_of(away))
    assert made == current_manifest(machine)
    assert len(indexes(machine)) == 1


def test_two_machines_serve_the_same(
    opensearch: Cluster, machine: Settings, letters: Path, tmp_path: Path
) -> None:
    if not machine.collection:
        pytest.skip("a folder alone is not shared")
    other = replace(machine, index=tmp_path / "other")
    index_paths(machine, [letters], jobs=1)
    assert total(other, "pain") == total(machine, "pain") > 0
    shutil.copy(LETTERS[12], letters)
    second = index_paths(other, [letters], jobs=1).build
    assert second is not None
    assert second.updated == 1
    assert total(machine) == total(other) == second.issues
