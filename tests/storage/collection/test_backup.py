"""Backup, restore and salvage: at every moment a whole collection is in its place."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from imrsearch.letters.files import Source
from imrsearch.model import Unread
from imrsearch.storage.collection.backup import back_up, put_back, salvage
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    CollectionTooNew,
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    NotFound,
    NotWritten,
    UnusableBackup,
)
from tests.reliability.failing import STEPS
from tests.storage.collection.test_store import letter

CASES = [f"CM16-000090{number}" for number in (1, 2, 3)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index folder as a killed run left it: its last letter is in the write-ahead log alone.

    ``backup`` beside it is of the day when there was one letter.
    """
    letters = [letter(tmp_path, f"{case}.txt") for case in CASES]
    with closing(Collection.create(tmp_path / "open")) as collection:
        collection.keep(letters[:1], reader=1)
        back_up(tmp_path / "open", tmp_path / "backup")
        collection.keep(letters[1:2], reader=1)
    with closing(Collection.open(tmp_path / "open")) as collection:
        collection.keep(letters[2:], reader=1)
        shutil.copytree(tmp_path / "open", tmp_path / "index")
    return tmp_path / "index"


def cases(folder: Path) -> list[str]:
    with closing(Collection.open(folder)) as collection:
        return collection.case_ids()


@pytest.mark.parametrize(
    ("replace", "after"),
    [
        pytest.param(lambda folder: put_back(folder, folder.with_name("backup")), 1, id="restore"),
        pytest.param(salvage, 3, id="salvage"),
    ],
)
def test_whichever_step_fails_the_collection_is_the_old_or_the_new_one(
    replace: Callable[[Path], object], after: int, folder: Path
) -> None:
    """Without its log, the old file would lack the letters kept last."""
    copied = shutil.copytree(folder, folder.with_name("to-the-end"))
    with STEPS.under(copied):
        replace(copied)
    assert cases(copied) == CASES[:after]
    for step in range(STEPS.count):
        copied = shutil.copytree(folder, folder.with_name(f"failing-{step}"))
        with suppress(NotWritten), STEPS.under(copied, fails=step):
            replace(copied)
        assert cases(copied) in (CASES, CASES[:after]), step
        assert not list(copied.glob("*.new*")), step


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        pytest.param(
            "INSERT INTO meta VALUES ('copying', 1)", UnusableBackup, id="an unfinished copy"
        ),
        pytest.param("DELETE FROM meta WHERE name = 'schema'", UnusableBackup, id="of no version"),
        pytest.param("DROP TABLE letters", UnusableBackup, id="without letters"),
        pytest.param(
            "UPDATE meta SET value = 99 WHERE name = 'schema'", CollectionTooNew, id="too new"
        ),
    ],
)
def test_what_could_not_be_opened_is_not_put_back(
    statement: str, error: type[ImrsearchError], folder: Path
) -> None:
    """The file that is at fault is named, and the collection stays."""
    backup = folder.with_name("backup")
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute(statement)
    with pytest.raises(error, match=re.escape(str(backup))):
        put_back(folder, backup)
    assert cases(folder) == CASES


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param([("letters_by_file", 0), ("letters", 1)], id="of the list and of letters"),
        pytest.param([("letters", 1), ("letters", -1)], id="of letters, with the last of them"),
    ],
)
def test_letters_between_damaged_pages_are_salvaged(
    damaged: list[tuple[str, int]], folder: Path, tmp_path: Path
) -> None:
    """Behind the first damage rows are read by their numbers; up to which, the list tells or the
    table itself. Only what stood on the pages is lost, three letters or fewer on each."""
    more = [letter(tmp_path, f"CM17-{number:07}.txt") for number in range(12)]
    with closing(Collection.open(folder)) as collection:
        collection.keep(more, reader=1)
    query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
    with closing(sqlite3.connect(folder / FILE)) as connection:
        pages = [connection.execute(query, (name,)).fetchall()[at] for name, at in damaged]
    data = bytearray((folder / FILE).read_bytes())
    for (page,) in pages:
        data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    (folder / FILE).write_bytes(bytes(data))
    salvage(folder)
    lost = len(CASES) + len(more) - len(cases(folder))
    assert 0 < lost <= 3 * len([name for name, _ in damaged if name == "letters"])


def test_a_salvage_ends_whatever_number_a_damaged_page_tells(folder: Path, tmp_path: Path) -> None:
    """The last row of all says that it is the nine trillion millionth; a page before it is lost."""
    more = [letter(tmp_path, f"CM17-{number:07}.txt") for number in range(12)]
    with closing(Collection.open(folder)) as collection:
        collection.keep(more, reader=1)
    query = "SELECT pageno FROM dbstat WHERE name = 'letters' AND pagetype = 'leaf' ORDER BY path"
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "UPDATE letters SET rowid = ? WHERE case_id = ?", (2**62, "CM17-0000011")
        )
        connection.commit()
        [(page,), *_] = connection.execute(query)
    data = bytearray((folder / FILE).read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    (folder / FILE).write_bytes(bytes(data))
    salvage(folder)
    assert 0 < len(CASES) + len(more) - len(cases(folder)) <= 3


def test_what_a_killed_run_left_is_no_part_of_what_is_put_back(folder: Path) -> None:
    """Its log would be taken for the new file's."""
    for end in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}.new{end}").write_bytes(b"left" * 2000)
    put_back(folder, folder.with_name("backup"))
    assert cases(folder) == CASES[:1]


def test_the_temporary_file_of_a_restore_is_no_backup(folder: Path) -> None:
    """It would be emptied before it is read, and the next run removes it."""
    incoming = folder / f"{FILE}.new"
    with pytest.raises(NotWritten, match="temporary file"):
        back_up(folder, incoming)
    shutil.copyfile(folder.with_name("backup"), incoming)
    data = incoming.read_bytes()
    with pytest.raises(UnusableBackup, match="temporary file"):
        put_back(folder, incoming)
    assert incoming.read_bytes() == data


def test_nothing_takes_the_place_of_a_collection_while_its_log_is_needed(folder: Path) -> None:
    """Whoever reads an earlier state keeps the log from being written into the file."""
    with closing(sqlite3.connect(folder / FILE)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchall()
        with closing(Collection.open(folder)) as collection:
            collection.files.note_unread([Unread("/l/torn.pdf", "torn.pdf", "damaged", "torn")])
        with pytest.raises(IndexBusy, match="being read"):
            put_back(folder, folder.with_name("backup"))
    assert cases(folder) == CASES


def test_a_collection_that_cannot_be_opened_is_replaced(folder: Path) -> None:
    """Why it cannot is of no interest: a restore is what helps."""
    (folder / f"{FILE}-shm").unlink(missing_ok=True)
    (folder / f"{FILE}-shm").symlink_to(folder / "nowhere" / "else")
    put_back(folder, folder.with_name("backup"))
    assert cases(folder) == CASES[:1]


def test_a_collection_without_letters_can_be_salvaged(tmp_path: Path) -> None:
    Collection.create(tmp_path).close()
    assert salvage(tmp_path) == []
    assert cases(tmp_path) == []


def test_the_new_collection_is_on_the_disk_before_it_takes_the_old_one_s_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So after a power cut it is whole, and never has the log of the other beside it."""
    forced: list[tuple[str, bool, bool]] = []

    def note(path: Path) -> None:
        there = [(folder / f"{FILE}{end}").exists() for end in (".new", "-wal")]
        forced.append((path.name, there[0], there[1]))

    monkeypatch.setattr("imrsearch.storage.collection.backup.to_disk", note)
    put_back(folder, folder.with_name("backup"))
    assert forced == [
        (f"{FILE}.new", True, True),
        ("index", True, False),
        ("index", False, False),
    ]


def test_a_damaged_file_is_not_backed_up(folder: Path, tmp_path: Path) -> None:
    """A backup that only looks like one would take the place of a whole one."""
    file, target = folder / FILE, tmp_path / "today"
    back_up(folder, target)
    target.unlink()
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(4096) + data[8192:])
    with pytest.raises(DamagedCollection, match=re.escape(f"{file} is damaged")):
        back_up(folder, target)
    assert not list(tmp_path.glob("*today*"))


def test_what_others_write_meanwhile_is_not_waited_for(folder: Path, tmp_path: Path) -> None:
    """A backup is of one moment, whoever is in the middle of a change."""
    with closing(sqlite3.connect(folder / FILE)) as writer:
        writer.execute("DELETE FROM letters")
        assert back_up(folder, tmp_path / "index.sqlite3") == ()
        writer.rollback()
    put_back(folder, tmp_path / "index.sqlite3")
    assert cases(folder) == CASES


def test_a_copy_with_its_log_beside_it_is_put_back_whole(folder: Path, tmp_path: Path) -> None:
    """As ``cp`` copies a collection that is in use."""
    other = tmp_path / "other"
    Collection.create(other).close()
    put_back(other, folder / FILE)
    assert cases(other) == CASES


def test_a_collection_that_is_lost_can_be_restored(folder: Path, tmp_path: Path) -> None:
    (folder / FILE).unlink()
    put_back(folder, tmp_path / "backup")
    assert cases(folder) == CASES[:1]
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600


def test_a_backup_of_the_first_version_is_put_back(folder: Path, tmp_path: Path) -> None:
    """It has neither checksums nor tokens; opening it brings it up to date."""
    with closing(sqlite3.connect(tmp_path / "backup")) as connection, connection:
        for name in ("by_revision", "by_reader", "by_file", "counted"):
            connection.execute(f"DROP INDEX letters_{name}")
        for column in ("revision", "checksum"):
            connection.execute(f"ALTER TABLE letters DROP COLUMN {column}")
        for table in ("removed", "revisions"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")
    put_back(folder, tmp_path / "backup")
    assert cases(folder) == CASES[:1]


def test_a_salvaged_collection_goes_on_counting(folder: Path, tmp_path: Path) -> None:
    """Its revision is no lower than that of any change in it, though the number is lost; what was
    noted of files that gave no letter stays."""
    with closing(Collection.open(folder)) as collection:
        before = collection.state
        collection.files.note_unread([Unread("/l/torn.pdf", "torn.pdf", "damaged", "torn")])
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("DELETE FROM meta")
    assert salvage(folder) == []
    with closing(Collection.open(folder)) as collection:
        assert collection.state.revision == before.revision
        assert not collection.has_been(before)
        assert [one.name for one in collection.unread()] == ["torn.pdf"]
        assert list(collection.proof.damaged_letters()) == []
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600


def test_letters_that_cannot_be_salvaged_are_named(folder: Path, tmp_path: Path) -> None:
    """With their files, from which they may be read anew."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        query = "SELECT pageno FROM dbstat WHERE name = 'letters' AND pagetype = 'leaf'"
        [(page,), *_] = connection.execute(query)
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    lost = salvage(folder)
    assert [one.case_id for one in lost] + cases(folder) == CASES
    assert lost[0].source == Source(tmp_path / f"{CASES[0]}.txt")
    assert lost[0].sha256 == sha256(lost[0].source.path.read_bytes()).hexdigest()


def test_a_backup_is_one_private_file_that_replaces_none(folder: Path, tmp_path: Path) -> None:
    """It can be read from where nothing can be written: SQLite's log would be written beside it."""
    target = tmp_path / "today"
    back_up(folder, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    data = target.read_bytes()
    with pytest.raises(NotWritten, match="already exists"):
        back_up(folder, target)
    assert target.read_bytes() == data
    assert [path.name for path in tmp_path.glob("*today*")] == ["today"]


def test_a_backup_that_is_not_there_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        put_back(folder, tmp_path / "misspelt")
    assert cases(folder) == CASES


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"no database" * 1000, id="another file"),
        pytest.param(lambda data: data.replace(b"TABLE meta", b"TA\xf9LE meta"), id="its tables"),
        pytest.param(lambda data: data[:4096] + bytes(4096) + data[8192:], id="a page"),
    ],
)
def test_a_backup_takes_the_place_of_a_damaged_collection(
    damage: Callable[[bytes], bytes], folder: Path
) -> None:
    """Its log, too, is of no use any more."""
    (folder / FILE).write_bytes(damage((folder / FILE).read_bytes()))
    put_back(folder, folder.with_name("backup"))
    assert cases(folder) == CASES[:1]
