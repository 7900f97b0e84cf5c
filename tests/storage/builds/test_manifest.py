"""A manifest is read only as it was written, and tells whether its files are."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.engines import engine
from imrsearch.schema import FIELDS, IssueDocument
from imrsearch.storage.builds.manifest import (
    BUILD_SCHEMA,
    SMALL,
    Manifest,
    check_files,
    hashes,
    issues_in,
    read_manifest,
    write_manifest,
)
from imrsearch.system.errors import DamagedBuild


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build of Tantivy's with a file in a folder, a lock file and something beside its engine."""
    folder = tmp_path / "build-1"
    (folder / "engine" / "columns").mkdir(parents=True)
    (folder / "engine" / "segment").write_bytes(b"words")
    (folder / "engine" / "columns" / "year.npy").write_bytes(b"years")
    (folder / "engine" / ".tantivy-meta.lock").write_bytes(b"")
    (folder / "note.txt").write_bytes(b"beside")
    return folder


def manifest_of(build: Path, **changes: object) -> Manifest:
    found = Manifest(
        id="1",
        created="2026-01-01T00:00:00+00:00",
        engine="tantivy",
        wanted="auto",
        schema=BUILD_SCHEMA,
        version="0.1.0",
        revision=3,
        token=7,
        letters=2,
        unread=0,
        issues=5,
        decisions={"upheld": 5},
        updated=0,
        files=hashes(build, {}),
        fields=FIELDS,
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def test_it_is_read_as_it_was_written(build: Path) -> None:
    manifest = manifest_of(build)
    write_manifest(build, manifest)
    assert read_manifest(build) == manifest
    assert issues_in(build) == 5


def test_files_are_named_by_their_paths_in_the_build(build: Path) -> None:
    """Locks come and go with readers, and what is not the engine's is not told."""
    assert list(hashes(build, {})) == ["engine/columns/year.npy", "engine/segment"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"schema": BUILD_SCHEMA - 1}, "was made by imrsearch 0.1.0", id="older"),
        pytest.param({"fields": FIELDS[:-1]}, "was made by imrsearch 0.1.0", id="a field less"),
    ],
)
def test_another_version_s_build_is_refused_but_counted(
    changes: dict[str, object], message: str, build: Path
) -> None:
    """So that a rebuild knows how many issues there were before."""
    write_manifest(build, manifest_of(build, **changes))
    with pytest.raises(DamagedBuild, match=message):
        read_manifest(build)
    assert issues_in(build) == 5


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda path: path.unlink(), "cannot be read", id="lost"),
        pytest.param(lambda path: path.write_bytes(b"{}"), "cannot be read", id="another file"),
        pytest.param(
            lambda path: path.write_bytes(
                path.read_bytes().replace(b'"revision": 3', b'"revision": 4')
            ),
            "was changed",
            id="one number changed",
        ),
    ],
)
def test_a_changed_manifest_says_nothing(
    damage: Callable[[Path], object], message: str, build: Path
) -> None:
    write_manifest(build, manifest_of(build))
    damage(build / "manifest.json")
    with pytest.raises(DamagedBuild, match=message):
        read_manifest(build)
    assert issues_in(build) is None


def test_whole_files_pass(build: Path) -> None:
    check_files(build, manifest_of(build))
    check_files(build, manifest_of(build), thoroughly=True)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b"wordz"), id="a byte changed"),
        pytest.param(lambda file: file.unlink(), id="gone"),
        pytest.param(lambda file: file.with_name("more").write_bytes(b""), id="one more"),
    ],
)
def test_other_files_do_not(damage: Callable[[Path], object], build: Path) -> None:
    manifest = manifest_of(build)
    damage(build / "engine" / "segment")
    with pytest.raises(DamagedBuild, match="missing or changed"):
        check_files(build, manifest)


@pytest.mark.parametrize(("size", "is_hashed"), [(SMALL, True), (SMALL + 1, False)])
def test_large_files_that_seem_unchanged_are_hashed_only_thoroughly(
    size: int, is_hashed: bool, build: Path
) -> None:
    """A byte is changed and the time set back: small files are hashed whatever their times say."""
    file = build / "engine" / "segment"
    file.write_bytes(bytes(size))
    manifest = manifest_of(build)
    times = file.stat()
    with file.open("r+b") as handle:
        handle.write(b"x")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    if is_hashed:
        with pytest.raises(DamagedBuild):
            check_files(build, manifest)
    else:
        check_files(build, manifest)
    with pytest.raises(DamagedBuild):
        check_files(build, manifest, thoroughly=True)


def test_a_large_file_of_another_time_is_hashed(build: Path) -> None:
    """Copied or touched without a change, it is still what was written."""
    file = build / "engine" / "segment"
    file.write_bytes(bytes(SMALL + 1))
    manifest = manifest_of(build)
    os.utime(file, ns=(0, 0))
    check_files(build, manifest)


def test_an_engine_that_is_not_known_is_damage(build: Path) -> None:
    with pytest.raises(DamagedBuild, match="unknown engine"):
        check_files(build, manifest_of(build, engine="sonar"))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_others_can_write_is_not_run_as_code(engine: str, build: Path) -> None:
    """Whoosh's files are pickles; Tantivy's run nothing."""
    build.chmod(0o755)
    (build / "engine" / "segment").chmod(0o666)
    manifest = manifest_of(build, engine=engine)
    if engine == "whoosh":
        with pytest.raises(DamagedBuild, match="Other users can write build-1/engine/segment"):
            check_files(build, manifest)
    else:
        check_files(build, manifest)
    build.chmod(0o700)  # what others cannot reach they cannot write
    check_files(build, manifest)


_STEMS = {"knee": ["knee", "knees"]}
_WRITTEN: dict[int, dict[str, dict[str, object]]] = {
    14: {
        "whoosh": {"stems.json": _STEMS},
        "tantivy": {
            "variants.json": _STEMS,
            "common.json": [2, ["knee", "neck"]],
            "frequencies.json": {"k": [["knee", 1], ["knees", 1]], "n": [["neck", 1]]},
        },
    }
}
"""By schema, what engines write of the words of two texts."""


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_what_an_engine_writes_anew_has_a_new_schema(tmp_path: Path, name: str) -> None:
    """A server that still runs an older version opens the build that a newer one has published: it
    must refuse it, not find nothing."""
    texts = ["neck knees", "knee"]
    documents = [
        IssueDocument(f"CM16-000000{at}#1", {"service": text}, {}, {})
        for at, text in enumerate(texts)
    ]
    engine(name).create(tmp_path, documents)
    written = _WRITTEN[BUILD_SCHEMA][name]
    assert {file: json.loads((tmp_path / file).read_bytes()) for file in written} == written
