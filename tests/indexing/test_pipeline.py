"""The main job, from files to an index that answers."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from imrsearch.engines import EMBEDDED
from imrsearch.engines.base import SearchRequest
from imrsearch.indexing import pipeline, rebuild
from imrsearch.letters import READER
from imrsearch.letters.parse import parse
from imrsearch.model import Determination, OcrReading
from imrsearch.query.tree import And, FieldEquals, MatchAll, Prefix, Term
from imrsearch.schema import VALUE_FIELDS
from imrsearch.storage.builds.reading import Builds, current_manifest
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    DamagedCollection,
    IndexBusy,
    LetterError,
    NotIndexed,
    TooFewIssues,
)
from imrsearch.system.settings import Settings, load_settings
from tests.letters.forms import credentials_letter, issue

index = partial(pipeline.index_paths, jobs=1)
"""A run in this process: starting others takes longer than reading a few letters."""


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
    first = pipeline.index_paths(settings, [folder])
    assert (first.read, first.unchanged, first.replaced, first.issues) == (3, 0, 0, 3)
    assert first.build is not None

    second = pipeline.index_paths(settings, [folder])
    assert (second.read, second.unchanged, second.build) == (0, 3, None)

    write(folder, "CM16-0000911", issue("Bed: Upheld", "x"), issue("Cane: Upheld", "x"))
    third = pipeline.index_paths(settings, [folder])
    assert (third.read, third.unchanged, third.replaced) == (0, 2, 1)
    assert total(settings) == 4


def test_only_the_owner_may_look_into_the_index(settings: Settings, folder: Path) -> None:
    index(settings, [folder])
    assert stat.S_IMODE(settings.index.stat().st_mode) == 0o700


def test_prune_forgets_only_what_is_gone_from_the_given_folder(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, "CM16-0000920")
    index(settings, [folder, elsewhere])
    (folder / "CM16-0000911.txt").unlink()
    shutil.rmtree(elsewhere)
    kept = index(settings, [folder])
    assert kept.pruned == 0
    pruned = index(settings, [folder], prune=True)
    assert pruned.pruned == 1
    cases = Collection.open(settings.index).case_ids()
    assert cases == ["CM16-0000910", "CM16-0000912", "CM16-0000920"]
    assert total(settings) == 3


def test_files_that_give_no_letter_cost_nothing_else(settings: Settings, folder: Path) -> None:
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    (folder / "soup.txt").write_text("A recipe for lentil soup.")
    (folder / "empty.txt").write_text("")
    report = index(settings, [folder, folder / "absent.txt"])
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
    index(settings, [folder])
    (folder / "CM16-0000911.txt").write_text("")
    report = index(settings, [folder])
    assert [failed.code for failed in report.failed] == ["empty"]
    assert total(settings) == 3


def test_the_same_case_twice_is_kept_once_and_said(settings: Settings, folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.write(folder / "CM16-0000911.txt", "CM16-0000911.txt")
    report = index(settings, [folder])
    assert report.read == 3
    assert [one.name for one in report.duplicates] == ["CM16-0000911.txt"]
    again = index(settings, [folder])
    assert (again.unchanged, len(again.duplicates), again.build) == (3, 1, None)


def test_a_case_moves_to_another_folder(settings: Settings, folder: Path, tmp_path: Path) -> None:
    index(settings, [folder])
    moved = tmp_path / "moved"
    write(moved, "CM16-0000911", issue("Bed: Upheld", "x"))
    report = index(settings, [moved])
    assert report.replaced == 1
    assert total(settings) == 3
    assert cases(settings)["CM16-0000911"] == "CM16-0000911.txt"


def test_a_case_in_two_folders_is_the_letter_decided_later(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "other", "CM16-0000911", issue("Bed: Upheld", "x"))
    path.write_text(path.read_text().replace("01/11/2017", "02/11/2017"))
    index(settings, [folder])
    assert index(settings, [path.parent]).replaced == 1
    for _ in range(2):
        report = index(settings, [folder])
        assert (report.replaced, len(report.duplicates), report.build) == (0, 1, None)


def test_of_two_letters_of_a_case_in_one_run_the_later_is_kept(
    settings: Settings, folder: Path
) -> None:
    text = (folder / "CM16-0000911.txt").read_text()
    (folder / "later.txt").write_text(text.replace("01/11/2017", "02/11/2017"))
    report = index(settings, [folder])
    assert (report.read, report.replaced) == (3, 1)
    assert cases(settings)["CM16-0000911"] == "later.txt"
    assert index(settings, [folder]).build is None


def test_the_index_in_the_folder_of_letters_is_not_read(settings: Settings, folder: Path) -> None:
    """``cd letters; imrsearch index .`` twice."""
    own = replace(settings, index=folder / "index")
    assert not index(own, [folder]).failed
    (folder / "index" / "builds" / "a.txt").write_text("A recipe for lentil soup.")
    report = index(own, [folder])
    assert (report.unchanged, len(report.failed), report.build) == (3, 0, None)


def test_no_collection_is_begun_where_that_of_an_index_is_lost(
    settings: Settings, folder: Path
) -> None:
    index(settings, [folder])
    for lose in (Path.unlink, Path.touch):
        lose(settings.index / FILE)
        with pytest.raises(DamagedCollection, match="is missing or empty, but an index") as raised:
            index(settings, [folder])
        assert "'imrsearch restore FILE'" in raised.value.hint
        assert total(settings) == 3


def test_a_search_finds_issues_not_cases(settings: Settings, folder: Path) -> None:
    both = (issue("Chiropractic care: Overturned", "x"), issue("Bed: Upheld", "x"))
    write(folder, "CM16-0000930", *both)
    write(folder, "CM16-0000931", issue("Chiropractic care: Upheld", "x"))
    index(settings, [folder])
    query = And((FieldEquals("decision", "upheld"), Prefix("chiropractic", ("service",))))
    answer = Builds(settings.index).current().index.search(SearchRequest(query))
    assert [hit.id for hit in answer.hits] == ["CM16-0000931#1"]


def test_reindex_needs_no_letters(settings: Settings, folder: Path) -> None:
    before = index(settings, [folder]).build
    shutil.rmtree(folder)
    after = rebuild.reindex(settings)
    assert before is not None
    assert after.id != before.id
    assert after.decisions == before.decisions
    assert total(settings) == 3


# ------------------------------------------------------------------------------------ engines


def engine_of(settings: Settings) -> str:
    return current_manifest(settings.index).engine


def test_tantivy_takes_over_above_a_size_and_gives_way_below(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "LARGE", 3)
    index(settings, [folder])
    assert engine_of(settings) == "whoosh"
    write(folder, "CM16-0000940")
    index(settings, [folder])
    assert (engine_of(settings), total(settings)) == ("tantivy", 4)
    (folder / "CM16-0000940.txt").unlink()
    index(settings, [folder], prune=True)
    assert (engine_of(settings), total(settings)) == ("whoosh", 3)


@pytest.mark.parametrize("name", EMBEDDED)
def test_an_engine_once_asked_for_is_remembered(
    settings: Settings, folder: Path, name: str
) -> None:
    index(settings, [folder], engine=name)
    assert index(settings, [folder]).build is None
    write(folder, "CM16-0000940")
    index(settings, [folder])
    assert (engine_of(settings), total(settings)) == (name, 4)
    assert rebuild.reindex(settings).engine == name
    assert rebuild.reindex(settings, engine="auto").engine == "whoosh"


def test_the_setting_names_an_engine(settings: Settings, folder: Path) -> None:
    index(replace(settings, engine="tantivy"), [folder])
    assert engine_of(settings) == "tantivy"


def test_reindex_converts(settings: Settings, sample_index: Settings) -> None:
    shutil.copytree(sample_index.index, settings.index, symlinks=True)
    everything = SearchRequest(MatchAll(), facets=tuple(VALUE_FIELDS), limit=1000)
    expected = Builds(settings.index).current().index.search(everything)
    assert expected.total > 20
    assert engine_of(settings) == "whoosh"
    for name in ("tantivy", "whoosh"):
        rebuild.reindex(settings, engine=name)
        assert engine_of(settings) == name
        assert Builds(settings.index).current().index.search(everything) == expected


# ------------------------------------------------------------------------------------ updates


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Twenty letters and an index of them by an engine that can be brought up to date. For copying
    only."""
    place = tmp_path_factory.mktemp("twenty")
    for number in range(20):
        write(place / "letters", f"CM16-00008{number:02}")
    index(load_settings({}, index=str(place / "index")), [place / "letters"], engine="tantivy")
    shutil.copytree(place / "letters", place / "kept")
    return place / "letters", place / "index"


@pytest.fixture
def large(settings: Settings, twenty: tuple[Path, Path]) -> Path:
    """A folder of those letters as they were, indexed."""
    folder, indexed = twenty
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("kept"), folder)
    shutil.copytree(indexed, settings.index, symlinks=True)
    return folder


def updated(settings: Settings) -> int:
    return current_manifest(settings.index).updated


def found(settings: Settings, word: str) -> list[str]:
    answer = Builds(settings.index).current().index.search(SearchRequest(Term(word), sort="oldest"))
    return sorted(hit.id for hit in answer.hits)


def test_a_large_index_is_brought_up_to_date(settings: Settings, large: Path) -> None:
    write(
        large, "CM16-0000803", issue("Bed: Upheld", "A hospital bed."), issue("Cane: Upheld", "x")
    )
    (large / "CM16-0000804.txt").unlink()
    write(large, "CM16-0000899")
    report = index(settings, [large], prune=True)
    assert (report.read, report.replaced, report.pruned) == (1, 1, 1)
    assert (updated(settings), total(settings)) == (3, 21)
    assert found(settings, "hospital") == ["CM16-0000803#1"]
    assert index(settings, [large]).build is None
    anew = rebuild.reindex(settings)
    assert (anew.updated, anew.issues) == (0, 21)
    assert found(settings, "hospital") == ["CM16-0000803#1"]


def test_after_many_updates_an_index_is_written_anew(settings: Settings, large: Path) -> None:
    counts = []
    for number in range(6):
        write(large, f"CM16-00008{number:02}", issue("Bed: Upheld", f"Bed {number}."))
        index(settings, [large])
        counts.append(updated(settings))
    assert counts == [1, 2, 3, 4, 5, 0]
    assert total(settings) == 20


def test_a_damaged_index_is_written_anew(settings: Settings, large: Path) -> None:
    build = (settings.index / "current").resolve()
    max((build / "engine" / "words").iterdir(), key=lambda path: path.stat().st_size).unlink()
    write(large, "CM16-0000899")
    index(settings, [large])
    assert (updated(settings), total(settings)) == (0, 21)


def test_the_index_of_another_collection_is_written_anew(
    settings: Settings, large: Path, tmp_path: Path
) -> None:
    """A collection made anew may have come to the same revision."""
    write(large, "CM16-0000801", issue("Bed: Upheld", "A hospital bed."))
    index(replace(settings, index=tmp_path / "anew"), [large])
    for path in settings.index.glob("collection*"):
        path.unlink()
    shutil.copy(tmp_path / "anew" / FILE, settings.index / FILE)
    report = index(settings, [large])
    assert report.build is not None
    assert (updated(settings), found(settings, "hospital")) == (0, ["CM16-0000801#1"])


def test_an_interrupted_update_is_made_by_the_next_run(settings: Settings, large: Path) -> None:
    write(large, "CM16-0000899")

    def stop(step: str, done: int, total: int | None) -> None:
        if step == "building":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(settings, [large], progress=stop)
    assert total(settings) == 20
    index(settings, [large])
    assert (updated(settings), total(settings)) == (1, 21)


def test_reindex_of_nothing(settings: Settings) -> None:
    with pytest.raises(NotIndexed):
        rebuild.reindex(settings)


def test_a_letter_that_a_later_reader_refuses_is_named_and_the_others_go_on(
    settings: Settings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    index(settings, [folder])
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    first, *others = Collection.open(settings.index).outdated(READER + 1)

    def refusing(text: str, name: str, ocr: OcrReading | None = None) -> Determination:
        if first in name:
            raise LetterError("not-a-letter", "this is no determination")
        return parse(text, name, ocr)

    monkeypatch.setattr("imrsearch.letters.parse.parse", refusing)
    index(settings, [folder])
    assert others
    assert Collection.open(settings.index).outdated(READER + 1) == [first]
    assert f"{first} cannot be read anew" in caplog.text


def test_a_later_reader_reads_kept_letters_anew(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(settings, [folder])
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    report = index(settings, [folder])
    assert report.unchanged == 3
    assert report.build is not None
    assert Collection.open(settings.index).outdated(READER + 1) == []


@pytest.mark.parametrize("jobs", [None, 2])
def test_reading_anew_tells_how_far_it_is(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int | None
) -> None:
    """For the letters of the State it takes an hour, in which a silent command seems to hang."""
    index(settings, [folder])
    collection = Collection.open(settings.index)
    before = collection.determinations(collection.case_ids())
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    told: list[tuple[str, int, int | None]] = []
    rebuild.reindex(settings, jobs=jobs, progress=lambda *step: told.append(step))
    assert told[0] == ("rereading", 3, 3)
    assert {step for step, *_ in told[1:]} == {"building"}
    assert collection.outdated(READER + 1) == []
    assert collection.determinations(collection.case_ids()) == before


def test_a_letter_read_anew_keeps_the_id_that_pages_name(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a letter without a case number: earlier versions took the file's name alone."""
    text = credentials_letter(issue("Cane: Overturned", "x")).replace("Case Number", "Number")
    (folder / "letter.txt").write_text(text)
    with monkeypatch.context() as earlier:
        earlier.setattr("imrsearch.letters.parse.case_id_of_name", lambda name, text: "letter")
        index(settings, [folder])
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    index(settings, [folder])
    kept = Collection.open(settings.index)
    assert (kept.outdated(READER + 1), "letter" in kept.case_ids()) == ([], True)


def test_letters_are_read_anew_in_one_transaction_and_a_damaged_one_by_itself(
    settings: Settings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A transaction for each made 5,000 letters take minutes on a database server."""
    index(settings, [folder])
    collection = Collection.open(settings.index)
    monkeypatch.setattr(rebuild, "READER", READER + 1)
    before = collection.state.revision
    rebuild.reindex(settings)
    assert collection.state.revision == before + 1
    assert list(collection.proof.damaged_letters()) == []

    monkeypatch.setattr(rebuild, "READER", READER + 2)
    damaged, *_ = collection.outdated(READER + 2)
    torn = sa.text("UPDATE letters SET text = x'746f726e' WHERE case_id = :case_id")
    with collection.database.begin() as connection:
        connection.execute(torn, {"case_id": damaged})
    rebuild.reindex(settings)
    assert collection.outdated(READER + 2) == [damaged]
    assert f"{damaged} cannot be read anew" in caplog.text


def test_a_lost_build_is_made_again(settings: Settings, folder: Path) -> None:
    index(settings, [folder])
    shutil.rmtree(settings.index / "builds")
    assert index(settings, [folder]).build is not None
    assert total(settings) == 3


def test_an_empty_folder_makes_an_empty_index(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    report = index(settings, [tmp_path / "none"])
    assert report.files == 0
    assert total(settings) == 0


def test_two_writers(settings: Settings, folder: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(settings.index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(IndexBusy):
            index(settings, [folder])
        holder.kill()


_HOLD = """
import sys; from pathlib import Path; from imrsearch.storage.builds.place import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True); sys.stdin.read()
"""


def test_interrupted_by_hand_the_next_run_carries_on(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.index_paths(settings, [folder])
    for number in range(3):
        write(folder, f"CM16-000094{number}")

    def stop_after_two(step: str, done: int, total: int | None) -> None:
        if step == "reading" and done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.index_paths(settings, [folder], progress=stop_after_two)
    assert total(settings) == 3
    assert Collection.open(settings.index).summary().letters == 5
    report = pipeline.index_paths(settings, [folder])
    assert (report.read, report.unchanged) == (1, 5)
    assert total(settings) == 6


def test_an_interruption_while_building_leaves_the_old_index(
    settings: Settings, folder: Path
) -> None:
    index(settings, [folder])
    write(folder, "CM16-0000940")

    def stop(step: str, done: int, total: int | None) -> None:
        if step == "building":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(settings, [folder], progress=stop)
    assert total(settings) == 3
    report = index(settings, [folder])
    assert (report.unchanged, report.build is not None) == (4, True)
    assert total(settings) == 4


KILLED = """
import os, signal, sys
from pathlib import Path
from typing import NoReturn
from imrsearch.indexing import pipeline
from imrsearch.system.settings import load_settings

def kill(step, done, total):
    if [step, str(done)] == sys.argv[3:]:
        os.killpg(0, signal.SIGKILL)

settings = load_settings({}, index=sys.argv[1])
pipeline.index_paths(settings, [Path(sys.argv[2])], progress=kill, jobs=2)
"""


@pytest.mark.parametrize(("step", "done"), [("reading", 1), ("reading", 15), ("building", 1)])
def test_killed_with_its_workers_the_next_run_carries_on(
    settings: Settings, folder: Path, step: str, done: int
) -> None:
    index(settings, [folder])
    more = folder.with_name("more")
    for number in range(24):
        write(more, f"CM16-00007{number:02}")
    run = [sys.executable, "-c", KILLED, str(settings.index), str(more), step, str(done)]
    killed = subprocess.run(run, start_new_session=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert total(settings) >= 3
    report = index(settings, [more])
    assert not report.failed
    summary = Collection.open(settings.index).summary()
    assert summary.letters == 3 + 24
    assert total(settings) == summary.issues
    assert current_manifest(settings.index).letters == summary.letters


# ------------------------------------------------------------------- files that change places


def cases(settings: Settings) -> dict[str, str]:
    """The files by the cases that were read from them."""
    files = Collection.open(settings.index).files
    return {file.case_id: file.source.name for batch in files.every() for file in batch}


def test_two_files_that_change_places(settings: Settings, folder: Path) -> None:
    index(settings, [folder])
    one, other = folder / "CM16-0000910.txt", folder / "CM16-0000911.txt"
    one.rename(folder / "meanwhile")
    other.rename(one)
    (folder / "meanwhile").rename(other)
    report = index(settings, [folder])
    assert (report.replaced, report.unchanged, len(report.duplicates)) == (2, 1, 0)
    assert cases(settings)["CM16-0000910"] == "CM16-0000911.txt"
    assert total(settings) == 3


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)], ids=["forwards", "backwards"])
def test_files_that_move_up_by_one(
    settings: Settings, folder: Path, order: tuple[int, ...]
) -> None:
    """The letter of each file is now told by another; none gets lost on the way."""
    texts = [(folder / f"CM16-000091{number}.txt").read_text() for number in range(3)]
    index(settings, [folder])
    for number in order:
        (folder / f"CM16-000091{(number + 1) % 3}.txt").write_text(texts[number])
    report = index(settings, [folder])
    assert (report.replaced, report.files) == (3, 3)
    assert sorted(cases(settings)) == ["CM16-0000910", "CM16-0000911", "CM16-0000912"]


def test_a_letter_stays_with_its_file_when_that_is_corrected(
    settings: Settings, folder: Path
) -> None:
    index(settings, [folder])
    (folder / "CM16-0000912.txt").rename(folder / "z.txt")
    index(settings, [folder], prune=True)
    shutil.copy(folder / "z.txt", folder / "a copy.txt")
    text = (folder / "z.txt").read_text()
    (folder / "z.txt").write_text(text.replace("It helps.", "It helps very much."))
    report = index(settings, [folder])
    assert (report.replaced, [one.name for one in report.duplicates]) == (1, ["a copy.txt"])
    kept = Collection.open(settings.index).determination("CM16-0000912")
    assert kept.issues[0].rationale == "It helps very much."


def test_another_file_takes_over_a_case_whose_file_got_damaged(
    settings: Settings, folder: Path
) -> None:
    index(settings, [folder])
    shutil.copy(folder / "CM16-0000912.txt", folder / "a copy.txt")
    (folder / "CM16-0000912.txt").write_text("")
    report = index(settings, [folder])
    assert (report.replaced, len(report.failed), report.unchanged) == (1, 1, 2)
    assert cases(settings)["CM16-0000912"] == "a copy.txt"


def test_a_file_that_gives_a_letter_again_is_no_longer_noted(
    settings: Settings, folder: Path
) -> None:
    index(settings, [folder])
    path = folder / "CM16-0000911.txt"
    text = path.read_text()
    path.write_text("")
    index(settings, [folder])
    assert [one.code for one in Collection.open(settings.index).unread()] == ["empty"]
    path.write_text(text)
    report = index(settings, [folder])
    assert report.unchanged == 3
    assert Collection.open(settings.index).unread() == []


def test_prune_forgets_unread_files_that_are_gone(settings: Settings, folder: Path) -> None:
    beside = folder.with_name("letters2")
    write(beside, "CM16-0000950")
    for place in (folder, beside):
        (place / "soup.txt").write_text("A recipe for lentil soup.")
        (place / "gone.txt").write_text("A recipe for lentil soup.")
    index(settings, [folder, beside])
    for place in (folder, beside):
        (place / "gone.txt").unlink()
    index(settings, [folder], prune=True)
    unread = [one.key for one in Collection.open(settings.index).unread()]
    expected = [folder / "soup.txt", beside / "gone.txt", beside / "soup.txt"]
    assert unread == sorted(str(path) for path in expected)


def test_prune_looks_into_archives(settings: Settings, folder: Path, tmp_path: Path) -> None:
    names = [f"CM16-000091{number}.txt" for number in range(3)]
    for held in (names, names[:2]):
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            for name in held:
                archive.write(folder / name, name)
        report = index(settings, [tmp_path / "all.zip"], prune=True, force=True)
    assert (report.unchanged, report.pruned) == (2, 1)
    shutil.copy(folder / names[2], tmp_path / "again.txt")
    (tmp_path / "all.zip").write_bytes(b"PK")
    report = index(settings, [tmp_path / "all.zip", tmp_path / "again.txt"], prune=True)
    assert (report.pruned, report.read) == (0, 1)
    assert sorted(cases(settings)) == ["CM16-0000910", "CM16-0000911", "CM16-0000912"]


def test_prune_of_a_folder_that_is_not_there_removes_nothing(
    settings: Settings, folder: Path
) -> None:
    """Its disk is not mounted, or its name is misspelt: that says nothing of its letters."""
    (folder / "soup.txt").write_text("A recipe for lentil soup.")
    index(settings, [folder])
    folder.rename(folder.with_name("elsewhere"))
    report = index(settings, [folder], prune=True)
    assert (report.pruned, [one.code for one in report.failed]) == (0, ["missing"])
    assert total(settings) == 3
    unread = [one.name for one in Collection.open(settings.index).unread()]
    assert sorted(unread) == [folder.name, "soup.txt"]


def test_what_may_not_be_published_is_not_pruned_either(settings: Settings, folder: Path) -> None:
    """An empty folder of a disk that is not mounted: index and collection stay as they are."""
    write(folder, "CM16-0000920", *(issue(f"Cane {number}: Upheld", "x") for number in range(12)))
    index(settings, [folder])
    (folder / "CM16-0000920.txt").unlink()
    with pytest.raises(TooFewIssues, match="would hold 3 issues, the previous one holds 15"):
        index(settings, [folder], prune=True)
    assert len(cases(settings)) == 4
    assert index(settings, [folder]).build is None
    assert index(settings, [folder], prune=True, force=True).pruned == 1


def test_prune_keeps_what_cannot_be_looked_at(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without rights, or on a disk that is not there, is no folder of deleted letters."""
    index(settings, [folder])

    look = os.scandir

    def refuse_folder(path: Path) -> object:
        return refuse() if path == folder else look(path)

    def refuse_letters(path: Path) -> os.stat_result:
        return refuse() if path.parent == folder else os.lstat(path)

    def refuse() -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(Path, "lstat", refuse_letters)
    report = index(settings, [folder], prune=True)
    assert (report.pruned, [one.code for one in report.failed]) == (0, ["unreadable"])
    assert total(settings) == 3


# ---------------------------------------------------------------------------------- streaming


def test_once_its_time_is_over_no_file_is_read_and_the_next_run_goes_on(
    settings: Settings, folder: Path
) -> None:
    stopped = index(settings, [folder], minutes=0)
    assert (stopped.stopped, stopped.read, total(settings)) == (True, 0, 0)
    report = index(settings, [folder], minutes=60)
    assert (report.stopped, report.read, total(settings)) == (False, 3, 3)


def test_progress_is_told_file_by_file_and_issue_by_issue(settings: Settings, folder: Path) -> None:
    write(folder, "CM16-0000919", *[issue("Cane: Overturned", "It helps.")] * 2)
    steps: list[tuple[str, int, int | None]] = []
    index(settings, [folder], progress=lambda *told: steps.append(told))
    assert steps == [
        *[("reading", done, 4) for done in range(1, 5)],
        *[("building", done, 5) for done in range(1, 6)],
    ]


def test_every_failure_is_counted_and_the_first_are_named(settings: Settings, folder: Path) -> None:
    for number in range(pipeline.MAX_FILES_NAMED + 20):
        (folder / f"soup{number}.txt").write_text("A recipe for lentil soup.")
    report = index(settings, [folder])
    assert len(report.failed) == pipeline.MAX_FILES_NAMED + 20
    assert len(list(report.failed)) == pipeline.MAX_FILES_NAMED
    assert len(Collection.open(settings.index).unread()) == pipeline.MAX_FILES_NAMED + 20


def test_an_interruption_loses_at_most_the_batch(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "FILES_PER_BATCH", 4)
    folder = tmp_path / "many"
    for number in range(15):
        write(folder, f"CM16-00007{number:02}")

    def stop(step: str, done: int, total: int | None) -> None:
        assert total == 15
        if done == 11:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        index(settings, [folder], progress=stop)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert len(cases(settings)) == 8
    report = index(settings, [folder])
    assert (report.unchanged, report.read, total(settings)) == (8, 7, 15)


def test_memory_does_not_grow_with_the_number_of_letters(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the 150th and the 250th letter, half a kilobyte each would be seen at once."""
    monkeypatch.setattr(pipeline, "FILES_PER_BATCH", 1)  # no letters that wait blur the picture
    folder = tmp_path / "many"
    for number in range(250):
        write(folder, f"CM16-{number:07}")
    held: dict[int, int] = {}

    def weigh(step: str, done: int, total: int | None) -> None:
        if step == "reading" and done in (50, 150, 250):
            # From the 50th on: by the 150th, what full caches let go is counted as well.
            tracemalloc.start()
            gc.collect()
            held[done] = tracemalloc.get_traced_memory()[0]

    try:
        index(settings, [folder], progress=weigh)
    finally:
        tracemalloc.stop()
    assert held[250] - held[150] < 25_000
