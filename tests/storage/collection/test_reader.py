"""The short way into the collection tells what the long one tells."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import msgspec
import pytest

from imrsearch.model import DAMAGED, IssueId, Unread
from imrsearch.storage import CURRENT
from imrsearch.storage.collection.reader import (
    COLLECTION_SCHEMA,
    FILE,
    ROWS_AT_ONCE,
    CollectionReader,
    determination_with,
)
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    CollectionTooNew,
    DamagedCollection,
    ImrsearchError,
    NotFound,
    NotIndexed,
    NotWritten,
)
from tests.search.memory import determination, issue
from tests.storage.collection.test_store import letter

CASE = "CM16-0000901"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(Collection.create(tmp_path / "index")) as collection:
        collection.keep([letter(tmp_path), letter(tmp_path, "CM16-0000902.txt")], reader=1)
    return tmp_path / "index"


def changed(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(statement)


def test_both_ways_tell_the_same(folder: Path) -> None:
    asked = ["CM16-0000902", "CM16-0000999", CASE, CASE]
    with closing(CollectionReader(folder)) as reader, closing(Collection.open(folder)) as long_way:
        assert list(reader.determinations(asked)) == ["CM16-0000902", CASE]
        assert reader.determinations(asked) == long_way.determinations(asked)
        assert reader.determination(CASE) == long_way.determination(CASE)
        assert reader.letter(CASE) == long_way.letter(CASE)
        assert list(reader.every_determination()) == list(long_way.every_determination())
        assert list(reader.every_letter()) == list(long_way.every_letter())


def test_both_ways_tell_the_files_without_a_letter(folder: Path, tmp_path: Path) -> None:
    """In the order of their paths, whichever way and in whichever order they were noted."""
    files = [Unread(str(tmp_path / name), name, "empty", "is empty") for name in ("b", "a")]
    with closing(Collection.open(folder)) as long_way:
        for one in files:
            long_way.files.note_unread([one])
        with closing(CollectionReader(folder)) as reader:
            assert reader.unread() == long_way.unread() == files[::-1]


def test_a_damaged_letter_stops_what_reads_every_text(folder: Path) -> None:
    """What checks letters must not pass over one, as a page may."""
    changed(folder, f"UPDATE letters SET determination = x'00' WHERE case_id = '{CASE}'")
    with closing(CollectionReader(folder)) as reader, pytest.raises(DamagedCollection):
        list(reader.every_letter())


@pytest.mark.parametrize("number", [0, 1, 9])
def test_only_the_issues_that_are_wanted(number: int, folder: Path) -> None:
    asked = [IssueId(CASE, number), IssueId("CM16-0000999", 1)]
    with closing(CollectionReader(folder)) as reader, closing(Collection.open(folder)) as long_way:
        whole = reader.determination(CASE)
        wanted = tuple(issue for issue in whole.issues if issue.number == number)
        assert reader.with_issues(asked) == long_way.with_issues(asked)
        assert reader.with_issues(asked) == {CASE: replace(whole, issues=wanted, evidence={})}


def test_issues_are_found_wherever_their_numbers_stand() -> None:
    issues = [issue(number, "Cane") for number in (2, 1, 3)]
    data = msgspec.json.encode(determination(CASE, *issues))
    assert [one.number for one in determination_with(data, [2, 3]).issues] == [2, 3]
    assert [one.number for one in determination_with(data, [3]).issues] == [3]


def test_an_older_collection_is_read_as_it_is(folder: Path) -> None:
    changed(folder, "UPDATE meta SET value = 1 WHERE name = 'schema'")
    with closing(CollectionReader(folder)) as reader:
        assert reader.determination(CASE).case_id == CASE


def test_unknown_case(folder: Path) -> None:
    with closing(CollectionReader(folder)) as reader:
        with pytest.raises(NotFound):
            reader.determination("CM16-0000999")
        with pytest.raises(NotFound):
            reader.letter("CM16-0000999")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(None, NotIndexed, id="no file"),
        pytest.param(b"", NotIndexed, id="a run was killed before anything was written"),
        pytest.param(b"no database" * 100, DamagedCollection, id="another file"),
    ],
)
def test_what_is_no_collection(
    tmp_path: Path, content: bytes | None, error: type[ImrsearchError]
) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(error):
        CollectionReader(tmp_path)


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty one"])
@pytest.mark.parametrize("read", [CollectionReader, Collection.open, Collection.create])
def test_a_collection_of_which_an_index_is_left_is_lost_not_new(
    tmp_path: Path, read: Callable[[Path], object], content: bytes | None
) -> None:
    """Nothing is begun in its place: the next run would publish an index without its letters."""
    (tmp_path / CURRENT).symlink_to("builds/build-of-another-day")
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(DamagedCollection, match="is missing or empty") as caught:
        read(tmp_path)
    assert "imrsearch restore" in caught.value.hint
    assert (tmp_path / FILE).exists() == (content is not None)
    Collection.create(tmp_path, unfinished=True).close()  # a copy may be made there


def test_a_copy_that_is_not_finished_is_not_read(folder: Path) -> None:
    """Half of the letters look like all of them."""
    changed(folder, "INSERT INTO meta VALUES ('copying', 1)")
    for read in (CollectionReader, Collection.open, Collection.create):
        with pytest.raises(NotIndexed, match="is not finished") as caught:
            read(folder)
        assert "copy-collection" in caught.value.hint


def test_a_defect_of_a_caller_is_no_damage(folder: Path) -> None:
    reader = CollectionReader(folder)
    reader.close()
    with pytest.raises(sqlite3.ProgrammingError):
        reader.determination(CASE)


def test_a_damaged_letter_stands_in_its_place_on_a_page(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whichever way it is read; the log names it."""
    changed(folder, f"UPDATE letters SET determination = x'00' WHERE case_id = '{CASE}'")
    with closing(CollectionReader(folder)) as reader, closing(Collection.open(folder)) as long_way:
        asked = [CASE, "CM16-0000902"]
        eras = [(CASE, DAMAGED), ("CM16-0000902", "credentials")]
        for found in (
            reader.determinations(asked).values(),
            long_way.determinations(asked).values(),
            reader.every_determination(),
            long_way.every_determination(),
            reader.with_issues(IssueId(case, 1) for case in asked).values(),
            long_way.with_issues(IssueId(case, 1) for case in asked).values(),
        ):
            assert [(one.case_id, one.era) for one in found] == eras
    assert len(caplog.records) == 6
    assert {CASE in record.getMessage() for record in caplog.records} == {True}


def test_the_text_of_a_letter_is_told_without_its_facts(folder: Path) -> None:
    changed(folder, "UPDATE letters SET determination = x'00'")
    with closing(CollectionReader(folder)) as reader, closing(Collection.open(folder)) as long_way:
        assert reader.letter(CASE).text == long_way.letter(CASE).text != ""


def test_more_cases_than_one_statement_takes(folder: Path) -> None:
    asked = [CASE, *(f"CM16-{number:07}" for number in range(2 * ROWS_AT_ONCE)), "CM16-0000902"]
    with closing(CollectionReader(folder)) as reader, closing(Collection.open(folder)) as long_way:
        assert list(reader.determinations(asked)) == [CASE, "CM16-0000902"]
        assert reader.determinations(asked) == long_way.determinations(asked)


def test_a_database_without_our_tables_holds_nothing(tmp_path: Path) -> None:
    changed(tmp_path, "CREATE TABLE other (value)")
    with pytest.raises(NotIndexed):
        CollectionReader(tmp_path)


def test_a_later_version_is_refused(folder: Path) -> None:
    changed(folder, f"UPDATE meta SET value = {COLLECTION_SCHEMA + 1} WHERE name = 'schema'")
    with pytest.raises(CollectionTooNew):
        CollectionReader(folder)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("x'00'", id="not packed"),
        pytest.param(f"x'{zlib.compress(b'{}')[:-4].hex()}'", id="packed, but cut short"),
        pytest.param(f"x'{zlib.compress(b'{}').hex()}'", id="packed, but not facts: {}"),
    ],
)
def test_damaged_facts_are_told(folder: Path, value: str) -> None:
    changed(folder, f"UPDATE letters SET determination = {value}")
    with closing(CollectionReader(folder)) as reader, pytest.raises(DamagedCollection):
        reader.determination(CASE)


def test_a_file_without_rights_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read every file: SQLite's own error stands for a missing right."""
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    monkeypatch.setattr(sqlite3, "connect", Mock(side_effect=error))
    with pytest.raises(NotWritten, match="file cannot be opened"):
        CollectionReader(folder)
