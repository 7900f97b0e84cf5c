"""The main job, from files to an index that answers."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch import building, builds, indexing
from imrsearch.builds import Builds
from imrsearch.collection import Collection
from imrsearch.engines import NAMES
from imrsearch.engines.contract import (
    VALUE_FIELDS,
    And,
    Everything,
    Prefix,
    Request,
    Term,
    Value,
)
from imrsearch.errors import IndexBusy, NotIndexed
from imrsearch.letters import READER
from imrsearch.settings import Settings
from tests.conftest import SAMPLES
from tests.letters.forms import credentials_letter, issue


def write(folder: Path, case: str, *issues: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{case}.txt"
    blocks = issues or (issue("Cane: Overturned", "It helps."),)
    path.write_text(credentials_letter(*blocks).replace("CM16-0000901", case))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    for number in range(3):
        write(folder, f"CM16-000091{number}")
    return folder


def total(settings: Settings) -> int:
    return Builds(settings.index).current().index.count()


def test_first_second_and_changed_run(settings: Settings, folder: Path) -> None:
    first = indexing.index_paths(settings, [folder])
    assert (first.read, first.unchanged, first.replaced, first.issues) == (3, 0, 0, 3)
    assert first.build is not None

    second = indexing.index_paths(settings, [folder])
    assert (second.read, second.unchanged, second.build) == (0, 3, None)

    write(folder, "CM16-0000911", issue("Bed: Upheld", "x"), issue("Cane: Upheld", "x"))
    third = indexing.index_paths(settings, [folder])
    assert (third.read, third.unchanged, third.replaced) == (0, 2, 1)
    assert total(settings) == 4


def test_only_the_owner_may_look_into_the_index(settings: Settings, folder: Path) -> None:
    indexing.index_paths(settings, [folder])
    assert stat.S_IMODE(settings.index.stat().st_mode) == 0o700


def test_prune_forgets_only_what_is_gone_from_the_given_folder(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, "CM16-0000920")
    indexing.index_paths(settings, [folder, elsewhere])
    (folder / "CM16-0000911.txt").unlink()
    shutil.rmtree(elsewhere)
    kept = indexing.index_paths(settings, [folder])
    assert kept.pruned == 0
    pruned = indexing.index_paths(settings, [folder], prune=True, force=True)
    assert pruned.pruned == 1
    cases = Collection.open(settings.index).case_ids()
    assert cases == ["CM16-0000910", "CM16-0000912", "CM16-0000920"]
    assert total(settings) == 3


def test_files_that_give_no_letter_cost_nothing_else(settings: Settings, folder: Path) -> None:
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    (folder / "soup.txt").write_text("A recipe for lentil soup.")
    (folder / "empty.txt").write_text("")
    report = indexing.index_paths(settings, [folder, folder / "absent.txt"])
    assert report.read == 3
    assert sorted(failed.code for failed in report.failed) == [
        "damaged",
        "empty",
        "missing",
        "not-a-letter",
    ]
    assert report.files == 7


def test_a_letter_that_was_read_stays_when_its_file_gets_damaged(
    settings: Settings, folder: Path
) -> None:
    indexing.index_paths(settings, [folder])
    (folder / "CM16-0000911.txt").write_text("")
    report = indexing.index_paths(settings, [folder])
    assert [failed.code for failed in report.failed] == ["empty"]
    assert total(settings) == 3


def test_the_same_case_twice_is_kept_once_and_said(settings: Settings, folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.write(folder / "CM16-0000911.txt", "CM16-0000911.txt")
    report = indexing.index_paths(settings, [folder])
    assert report.read == 3
    assert [one.name for one in report.duplicates] == ["CM16-0000911.txt"]
    again = indexing.index_paths(settings, [folder])
    assert (again.unchanged, len(again.duplicates), again.build) == (3, 1, None)


def test_a_case_moves_to_another_folder(settings: Settings, folder: Path, tmp_path: Path) -> None:
    indexing.index_paths(settings, [folder])
    moved = tmp_path / "moved"
    write(moved, "CM16-0000911", issue("Bed: Upheld", "x"))
    report = indexing.index_paths(settings, [moved])
    assert report.replaced == 1
    assert total(settings) == 3


def test_a_search_finds_issues_not_cases(settings: Settings, folder: Path) -> None:
    both = (issue("Chiropractic care: Overturned", "x"), issue("Bed: Upheld", "x"))
    write(folder, "CM16-0000930", *both)
    write(folder, "CM16-0000931", issue("Chiropractic care: Upheld", "x"))
    indexing.index_paths(settings, [folder])
    query = And((Value("decision", "upheld"), Prefix("chiropractic", ("service",))))
    answer = Builds(settings.index).current().index.search(Request(query))
    assert [hit.id for hit in answer.hits] == ["CM16-0000931#1"]


def test_reindex_needs_no_letters(settings: Settings, folder: Path) -> None:
    before = indexing.index_paths(settings, [folder]).build
    shutil.rmtree(folder)
    after = building.reindex(settings)
    assert before is not None
    assert after.id != before.id
    assert after.decisions == before.decisions
    assert total(settings) == 3


# ------------------------------------------------------------------------------------ engines


def engine_of(settings: Settings) -> str:
    return builds.current_manifest(settings.index).engine


def test_tantivy_takes_over_above_a_size_and_gives_way_below(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "LARGE", 3)
    indexing.index_paths(settings, [folder])
    assert engine_of(settings) == "whoosh"
    write(folder, "CM16-0000940")
    indexing.index_paths(settings, [folder])
    assert (engine_of(settings), total(settings)) == ("tantivy", 4)
    (folder / "CM16-0000940.txt").unlink()
    indexing.index_paths(settings, [folder], prune=True, force=True)
    assert (engine_of(settings), total(settings)) == ("whoosh", 3)


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_once_asked_for_is_remembered(
    settings: Settings, folder: Path, name: str
) -> None:
    indexing.index_paths(settings, [folder], engine=name)
    assert indexing.index_paths(settings, [folder]).build is None
    write(folder, "CM16-0000940")
    indexing.index_paths(settings, [folder])
    assert (engine_of(settings), total(settings)) == (name, 4)
    assert building.reindex(settings).engine == name
    assert building.reindex(settings, engine="auto").engine == "whoosh"


def test_the_setting_names_an_engine(settings: Settings, folder: Path) -> None:
    indexing.index_paths(replace(settings, engine="tantivy"), [folder])
    assert engine_of(settings) == "tantivy"


@pytest.mark.parametrize(("before", "after"), [("whoosh", "tantivy"), ("tantivy", "whoosh")])
def test_reindex_converts(settings: Settings, before: str, after: str) -> None:
    indexing.index_paths(settings, [SAMPLES], engine=before)
    everything = Request(Everything(), facets=tuple(VALUE_FIELDS), limit=1000)
    expected = Builds(settings.index).current().index.search(everything)
    assert expected.total > 20
    building.reindex(settings, engine=after)
    assert engine_of(settings) == after
    assert Builds(settings.index).current().index.search(everything) == expected


# ------------------------------------------------------------------------------------ updates


@pytest.fixture
def large(settings: Settings, tmp_path: Path) -> Path:
    """A folder of letters, indexed by an engine that can be brought up to date."""
    folder = tmp_path / "large"
    for number in range(20):
        write(folder, f"CM16-00008{number:02}")
    indexing.index_paths(settings, [folder], engine="tantivy")
    return folder


def updated(settings: Settings) -> int:
    return builds.current_manifest(settings.index).updated


def found(settings: Settings, word: str) -> list[str]:
    answer = Builds(settings.index).current().index.search(Request(Term(word), sort="oldest"))
    return sorted(hit.id for hit in answer.hits)


def test_a_large_index_is_brought_up_to_date(settings: Settings, large: Path) -> None:
    write(
        large, "CM16-0000803", issue("Bed: Upheld", "A hospital bed."), issue("Cane: Upheld", "x")
    )
    (large / "CM16-0000804.txt").unlink()
    write(large, "CM16-0000899")
    report = indexing.index_paths(settings, [large], prune=True)
    assert (report.read, report.replaced, report.pruned) == (1, 1, 1)
    assert (updated(settings), total(settings)) == (3, 21)
    assert found(settings, "hospital") == ["CM16-0000803#1"]
    assert indexing.index_paths(settings, [large]).build is None
    anew = building.reindex(settings)
    assert (anew.updated, anew.issues) == (0, 21)
    assert found(settings, "hospital") == ["CM16-0000803#1"]


def test_after_many_updates_an_index_is_written_anew(settings: Settings, large: Path) -> None:
    counts = []
    for number in range(6):
        write(large, f"CM16-00008{number:02}", issue("Bed: Upheld", f"Bed {number}."))
        indexing.index_paths(settings, [large])
        counts.append(updated(settings))
    assert counts == [1, 2, 3, 4, 5, 0]
    assert total(settings) == 20


def test_a_damaged_index_is_written_anew(settings: Settings, large: Path) -> None:
    build = (settings.index / "current").resolve()
    max((build / "engine" / "words").iterdir(), key=lambda path: path.stat().st_size).unlink()
    write(large, "CM16-0000899")
    indexing.index_paths(settings, [large])
    assert (updated(settings), total(settings)) == (0, 21)


def test_the_index_of_another_collection_is_written_anew(settings: Settings, large: Path) -> None:
    """A collection made anew may have come to the same revision."""
    for path in settings.index.glob("collection*"):
        path.unlink()
    write(large, "CM16-0000801", issue("Bed: Upheld", "A hospital bed."))
    report = indexing.index_paths(settings, [large])
    assert report.build is not None
    assert (updated(settings), found(settings, "hospital")) == (0, ["CM16-0000801#1"])


def test_an_interrupted_update_is_made_by_the_next_run(settings: Settings, large: Path) -> None:
    write(large, "CM16-0000899")

    def stop(step: str, done: int, total: int | None) -> None:
        if step == "building":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.index_paths(settings, [large], progress=stop)
    assert total(settings) == 20
    indexing.index_paths(settings, [large])
    assert (updated(settings), total(settings)) == (1, 21)


def test_reindex_of_nothing(settings: Settings) -> None:
    with pytest.raises(NotIndexed):
        building.reindex(settings)


def test_a_later_reader_reads_kept_letters_anew(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.index_paths(settings, [folder])
    monkeypatch.setattr(building, "READER", READER + 1)
    report = indexing.index_paths(settings, [folder])
    assert report.unchanged == 3
    assert report.build is not None
    assert Collection.open(settings.index).outdated(READER + 1) == []


def test_a_lost_build_is_made_again(settings: Settings, folder: Path) -> None:
    indexing.index_paths(settings, [folder])
    shutil.rmtree(settings.index / "builds")
    assert indexing.index_paths(settings, [folder]).build is not None
    assert total(settings) == 3


def test_an_empty_folder_makes_an_empty_index(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    report = indexing.index_paths(settings, [tmp_path / "none"])
    assert report.files == 0
    assert total(settings) == 0


def test_two_writers(settings: Settings, folder: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(settings.index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(IndexBusy):
            indexing.index_paths(settings, [folder])
        holder.kill()


_HOLD = """
import sys; from pathlib import Path; from imrsearch import builds
with builds.lock(Path(sys.argv[1])):
    print("held", flush=True); sys.stdin.read()
"""


def test_interrupted_by_hand_the_next_run_carries_on(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.index_paths(settings, [folder])
    for number in range(3):
        write(folder, f"CM16-000094{number}")

    def stop_after_two(step: str, done: int, total: int | None) -> None:
        if step == "reading" and done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.index_paths(settings, [folder], progress=stop_after_two)
    assert total(settings) == 3
    assert Collection.open(settings.index).summary().letters == 5
    report = indexing.index_paths(settings, [folder])
    assert (report.read, report.unchanged) == (1, 5)
    assert total(settings) == 6


def test_an_interruption_while_building_leaves_the_old_index(
    settings: Settings, folder: Path
) -> None:
    indexing.index_paths(settings, [folder])
    write(folder, "CM16-0000940")

    def stop(step: str, done: int, total: int | None) -> None:
        if step == "building":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.index_paths(settings, [folder], progress=stop)
    assert total(settings) == 3
    report = indexing.index_paths(settings, [folder])
    assert (report.unchanged, report.build is not None) == (4, True)
    assert total(settings) == 4


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.3])
def test_killed_the_next_run_carries_on(settings: Settings, folder: Path, delay: float) -> None:
    indexing.index_paths(settings, [folder])
    command = [sys.executable, "-m", "imrsearch", "index", str(SAMPLES)]
    environment = {**os.environ, "IMRSEARCH_INDEX": str(settings.index)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as run:
        time.sleep(delay)
        os.killpg(run.pid, signal.SIGKILL)
    assert total(settings) >= 3
    report = indexing.index_paths(settings, [SAMPLES])
    assert not report.failed
    summary = Collection.open(settings.index).summary()
    assert summary.letters == 3 + len(list(SAMPLES.iterdir()))
    assert total(settings) == summary.issues
    assert builds.current_manifest(settings.index).letters == summary.letters
