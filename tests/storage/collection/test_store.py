"""The collection keeps letters, replaces them, and refuses what it does not understand."""

from __future__ import annotations

import sqlite3
import stat
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from imrsearch.letters.files import Source
from imrsearch.letters.letter import KeptText, Letter
from imrsearch.letters.workers import ReadingLimits, read_letter
from imrsearch.model import Unread
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.revisions import Changes
from imrsearch.storage.collection.store import Collection, Place
from imrsearch.storage.collection.summary import CollectionSummary, summarize
from imrsearch.storage.collection.tables import open_sqlite
from imrsearch.system.errors import (
    CollectionTooNew,
    DamagedCollection,
    NotFound,
    NotIndexed,
)
from tests.letters.forms import credentials_letter, issue

LIMITS = ReadingLimits(1 << 20, 20)


def letter(folder: Path, name: str = "CM16-0000901.txt", service: str = "Cane") -> Letter:
    text = credentials_letter(issue(f"{service}: Overturned", "It helps."))
    path = folder / name
    path.write_text(text.replace("CM16-0000901", Path(name).stem))
    found = read_letter(Source(path), LIMITS)
    assert isinstance(found, Letter)
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where the collection is: the same tests for both databases."""
    if request.param == "sqlite":
        return tmp_path / "index"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def collection(place: Place) -> Iterator[Collection]:
    with closing(Collection.create(place)) as made:
        yield made


def execute(place: Place, statement: str) -> None:
    """Change the database behind the collection's back."""
    url = f"sqlite:///{place / FILE}" if isinstance(place, Path) else place
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_what_is_kept_comes_back(collection: Collection, tmp_path: Path) -> None:
    one = letter(tmp_path)
    collection.keep([one], reader=1)
    assert collection.determination("CM16-0000901") == one.determination
    kept = collection.letter("CM16-0000901")
    assert (kept.text, kept.sha256, kept.name) == (one.text, one.sha256, "CM16-0000901.txt")


def test_a_letter_is_replaced_by_its_case(collection: Collection, tmp_path: Path) -> None:
    collection.keep([letter(tmp_path)], reader=1)
    collection.keep([letter(tmp_path, service="Bed")], reader=1)
    assert collection.summary().letters == 1
    assert collection.determination("CM16-0000901").issues[0].service == "Bed"


def test_a_file_that_now_holds_another_case(collection: Collection, tmp_path: Path) -> None:
    first = letter(tmp_path)
    second = letter(tmp_path, "CM16-0000902.txt")
    collection.keep([first], reader=1)
    collection.keep([Letter(first.source, second.sha256, second.text, second.determination)], 1)
    assert collection.case_ids() == ["CM16-0000902"]


def test_only_the_owner_reads_the_folder(tmp_path: Path) -> None:
    Collection.create(tmp_path / "index").close()
    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o700


def test_unknown_case(collection: Collection) -> None:
    with pytest.raises(NotFound):
        collection.determination("CM16-0000999")
    with pytest.raises(NotFound):
        collection.letter("CM16-0000999")
    assert collection.determinations(["CM16-0000999"]) == {}


def test_nothing_indexed(place: Place) -> None:
    with pytest.raises(NotIndexed) as caught:
        Collection.open(place)
    assert "imrsearch index" in caught.value.hint


def test_a_later_version_is_refused(collection: Collection, place: Place) -> None:
    execute(place, "UPDATE meta SET value = 99 WHERE name = 'schema'")
    with pytest.raises(CollectionTooNew):
        Collection.open(place)


def test_every_change_raises_the_revision(collection: Collection, tmp_path: Path) -> None:
    one = letter(tmp_path)
    before = collection.state.revision
    collection.keep([one], reader=1)
    collection.keep_facts([one.determination], reader=2)
    collection.drop([one.source.key])
    assert collection.state.revision == before + 3
    collection.keep([], reader=1)
    assert collection.state.revision == before + 3


def test_changes_since_a_revision(collection: Collection, tmp_path: Path) -> None:
    one, two = letter(tmp_path), letter(tmp_path, "CM16-0000902.txt")
    collection.keep([one, two], reader=1)
    start = collection.state.revision
    assert collection.changes(start) == Changes((), ())
    collection.keep_facts([two.determination], reader=2)
    assert collection.changes(start) == Changes(("CM16-0000902",), ())
    assert [d.case_id for _, d in collection.to_index(IndexedDetermination, start)] == [
        "CM16-0000902"
    ]
    collection.drop([one.source.key])
    assert collection.changes(start) == Changes(("CM16-0000902",), ("CM16-0000901",))
    collection.keep([one], reader=1)
    assert collection.changes(start) == Changes(("CM16-0000902", "CM16-0000901"), ())
    changed = [facts.case_id for _, facts in collection.to_index(IndexedDetermination, start)]
    assert changed == ["CM16-0000902", "CM16-0000901"]
    assert [facts.case_id for _, facts in collection.to_index(IndexedDetermination)] == sorted(
        changed
    )


def test_a_file_that_now_holds_another_case_removes_the_first(
    collection: Collection, tmp_path: Path
) -> None:
    first, second = letter(tmp_path), letter(tmp_path, "CM16-0000902.txt")
    collection.keep([first], reader=1)
    start = collection.state.revision
    moved = Letter(first.source, second.sha256, second.text, second.determination)
    collection.keep([moved], reader=1)
    assert collection.changes(start) == Changes(("CM16-0000902",), ("CM16-0000901",))


def test_states_are_told_apart(collection: Collection, place: Place, tmp_path: Path) -> None:
    """By more than their revision: two collections begin alike and come to the same one."""
    before = collection.state
    with closing(Collection.open(place)) as again:
        assert before == again.state
    other = Collection.create(tmp_path / "other")
    assert other.state.revision == before.revision
    assert other.state != before
    collection.keep([letter(tmp_path)], reader=1)
    assert collection.state.revision == before.revision + 1
    assert collection.has_been(before)
    assert not collection.has_been(other.state)
    assert not other.has_been(collection.state)


def test_a_collection_of_schema_1_is_brought_up_to_date(
    collection: Collection, place: Place, tmp_path: Path
) -> None:
    collection.keep([letter(tmp_path)], reader=1)
    for name in ("by_revision", "by_reader", "by_file", "counted"):
        execute(place, f"DROP INDEX letters_{name}")
    execute(place, "ALTER TABLE letters DROP COLUMN revision")
    execute(place, "ALTER TABLE letters DROP COLUMN checksum")
    execute(place, "DROP TABLE removed")
    execute(place, "UPDATE meta SET value = 1 WHERE name = 'schema'")
    for _ in range(2):
        with closing(Collection.open(place)) as opened:
            assert opened.changes(0) == Changes((), ())
            assert opened.case_ids() == ["CM16-0000901"]
    with closing(Collection.open(place)) as opened:
        opened.keep([letter(tmp_path, service="Bed")], reader=1)
        assert opened.changes(1) == Changes(("CM16-0000901",), ())


def test_indexes_that_are_missing_are_made(tmp_path: Path) -> None:
    """Killed while the tables were made, an earlier version left some out."""
    Collection.create(tmp_path).close()
    query = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        names = [name for (name,) in connection.execute(query).fetchall()]
        for name in names:
            connection.execute(f"DROP INDEX {name}")
    Collection.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert sorted(connection.execute(query)) == sorted((name,) for name in names)
    assert names


def test_letters_of_an_older_reader(collection: Collection, tmp_path: Path) -> None:
    one = letter(tmp_path)
    collection.keep([one], reader=1)
    assert collection.outdated(2) == ["CM16-0000901"]
    collection.keep_facts([one.determination], reader=2)
    assert collection.outdated(2) == []


def test_unread_files_are_remembered_until_they_are_read(
    collection: Collection, tmp_path: Path
) -> None:
    one = letter(tmp_path)
    unread = Unread(one.source.key, one.source.name, "damaged", "torn")
    collection.files.note_unread([unread])
    collection.files.note_unread([unread])
    assert collection.unread() == [unread]
    collection.keep([one], reader=1)
    assert collection.unread() == []


def test_summary(collection: Collection, tmp_path: Path) -> None:
    collection.keep([letter(tmp_path), letter(tmp_path, "CM16-0000902.txt")], reader=1)
    summary = collection.summary()
    assert (summary.letters, summary.issues, summary.overturned, summary.upheld) == (2, 2, 2, 0)
    assert (summary.first_decided, summary.last_decided) == ("2017-01-11", "2017-01-11")
    assert (summary.eras, summary.years) == ({"credentials": 2}, {"2017": 2})


def test_a_summary_follows_each_change(collection: Collection, tmp_path: Path) -> None:
    collection.keep([letter(tmp_path)], reader=1)
    assert collection.summary().letters == 1
    collection.keep([letter(tmp_path, "CM16-0000902.txt")], reader=1)
    assert collection.summary().letters == 2
    collection.files.note_unread([Unread("/x.txt", "x.txt", "empty", "no text")])
    assert collection.summary().unread == 1


def test_the_original_is_served_while_it_is_the_same(
    collection: Collection, tmp_path: Path
) -> None:
    one = letter(tmp_path)
    collection.keep([one], reader=1)
    assert collection.original("CM16-0000901", 1 << 20) == one.source.path.read_bytes()
    with pytest.raises(NotFound, match="no longer"):
        collection.original("CM16-0000901", 10)
    one.source.path.write_text("something else")
    with pytest.raises(NotFound, match="changed"):
        collection.original("CM16-0000901", 1 << 20)
    one.source.path.unlink()
    with pytest.raises(NotFound, match="no longer"):
        collection.original("CM16-0000901", 1 << 20)


def test_the_original_inside_an_archive(collection: Collection, tmp_path: Path) -> None:
    plain = letter(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(plain.source.path, "deep/CM16-0000901.txt")
    packed = read_letter(Source(tmp_path / "a.zip", "deep/CM16-0000901.txt"), LIMITS)
    assert isinstance(packed, Letter)
    collection.keep([packed], reader=1)
    assert collection.original("CM16-0000901", 1 << 20) == plain.source.path.read_bytes()


def test_streaming_in_order(collection: Collection, tmp_path: Path) -> None:
    names = ["CM16-0000903.txt", "CM16-0000901.txt", "CM16-0000902.txt"]
    collection.keep([letter(tmp_path, name) for name in names], reader=1)
    cases = [determination.case_id for _, determination in collection.every_letter()]
    assert [determination.case_id for determination in collection.every_determination()] == cases
    assert cases == sorted(cases) == collection.case_ids()
    assert collection.case_ids(first=1, most=1) == cases[1:2]
    assert collection.case_ids(first=2, most=9) == cases[2:]


def test_threads_share_a_collection(collection: Collection, tmp_path: Path) -> None:
    collection.keep([letter(tmp_path)], reader=1)
    failures: list[Exception] = []

    def look() -> None:
        try:
            for _ in range(20):
                collection.determination("CM16-0000901")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_cases_are_in_the_order_of_their_bytes(collection: Collection, tmp_path: Path) -> None:
    """Not of a language: "a-b" before "aA" before "aa", whatever the database's collation."""
    one = letter(tmp_path)
    names = ["aa", "aA", "a-b", "É"]
    for name in names:
        source = Source(tmp_path / f"{name}.txt")
        named = replace(one.determination, case_id=name)
        collection.keep([Letter(source, one.sha256, one.text, named)], reader=1)
    assert collection.case_ids() == sorted(names)
    collection.files.note_unread(
        [Unread("x/é", "é", "damaged", "x"), Unread("x1", "1", "damaged", "x")]
    )
    collection.files.forget_unread([Path("x")])
    assert [one.key for one in collection.unread()] == ["x1"]


def test_two_writers_never_draw_the_same_revision(
    collection: Collection, place: Place, tmp_path: Path
) -> None:
    letters = [letter(tmp_path, f"CM16-00009{number:02}.txt") for number in range(16)]
    before = collection.state.revision

    def write(some: list[Letter]) -> None:
        with closing(Collection.open(place)) as own:
            for one in some:
                own.keep([one], reader=1)

    threads = [threading.Thread(target=write, args=(letters[part::4],)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert collection.state.revision == before + len(letters)
    assert len(collection.changes(before).kept) == len(letters)
    assert collection.promised().letters == len(letters)


def test_nobody_waits_for_a_writer_to_read(tmp_path: Path) -> None:
    """Opening a collection, and asking for its state, writes nothing that is there already."""
    with closing(Collection.create(tmp_path / "index")) as collection:
        collection.keep([letter(tmp_path)], reader=1)
        before = collection.state
    with closing(sqlite3.connect(tmp_path / "index" / FILE)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(Collection.open(tmp_path / "index")) as collection:
            assert (collection.state, collection.health()) == (before, "green")
            assert collection.summary().letters == 1


def test_a_collection_whose_numbers_are_damaged_is_not_well(tmp_path: Path) -> None:
    """The index of their names, in another page, is whole."""
    Collection.create(tmp_path).close()
    file = tmp_path / FILE
    with closing(sqlite3.connect(file)) as looking:
        [(root,)] = looking.execute("SELECT rootpage FROM sqlite_master WHERE name = 'meta'")
        [(size,)] = looking.execute("PRAGMA page_size")
    with file.open("r+b") as damaged:
        damaged.seek((root - 1) * size)
        damaged.write(b"\xff" * size)
    with closing(Collection(open_sqlite(file))) as collection, pytest.raises(DamagedCollection):
        collection.health()


def whole(one: Letter) -> Letter:
    """The letter as if no issue in it could be read."""
    return replace(one, determination=replace(one.determination, issues=()))


def test_an_index_gets_the_text_of_letters_without_issues_alone(
    collection: Collection, tmp_path: Path
) -> None:
    """They are found by their words; of the others the facts hold all that is searched."""
    read, unread = letter(tmp_path), whole(letter(tmp_path, "CM16-0000902.txt"))
    collection.keep([read, unread], reader=1)
    assert [text for text, _ in collection.to_index(IndexedDetermination)] == ["", unread.text]
    expected = collection.promised()
    assert (expected.letters, expected.documents) == (2, 2)
    assert (expected.upheld, expected.overturned) == (0, 1)
    assert collection.promised().documents == 2


def test_letters_are_given_out_to_be_read_anew(
    collection: Collection, place: Place, tmp_path: Path
) -> None:
    one, other = letter(tmp_path), letter(tmp_path, "CM16-0000902.txt")
    collection.keep([one, other], reader=1)
    assert collection.to_reread(["CM16-0000902", "CM16-0000999"]) == [
        KeptText("CM16-0000902", "CM16-0000902.txt", other.text)
    ]
    assert collection.outdated(2) == ["CM16-0000901", "CM16-0000902"]
    assert collection.outdated(1) == []
    bad = "'\\x00'" if isinstance(place, str) else "x'00'"
    execute(place, f"UPDATE letters SET text = {bad} WHERE case_id = 'CM16-0000902'")
    with pytest.raises(DamagedCollection):
        collection.to_reread(["CM16-0000901", "CM16-0000902"])
    assert len(collection.to_reread(["CM16-0000901"])) == 1


def test_long_lists_are_taken_in_parts(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database takes only so many values in one statement."""
    monkeypatch.setattr("imrsearch.storage.collection.store.ROWS_AT_ONCE", 2)
    letters = [letter(tmp_path, f"CM16-000090{number}.txt") for number in range(5)]
    collection.keep(letters, reader=1)
    cases = [one.determination.case_id for one in letters]
    assert sorted(collection.determinations([*cases, *cases])) == cases
    assert [one.case_id for one in collection.every_determination()] == cases
    start = collection.state.revision
    collection.drop([one.source.key for one in letters])
    assert collection.case_ids() == []
    assert sorted(collection.changes(start).removed) == cases
    assert collection.state.revision == start + 1


def test_letters_are_counted_once_for_each_state(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unread files, which are no change of the letters, are counted each time."""
    counted: list[bool] = []

    def count(connection: sa.Connection) -> CollectionSummary:
        counted.append(True)
        return summarize(connection)

    monkeypatch.setattr("imrsearch.storage.collection.store.summarize", count)
    collection.keep([letter(tmp_path)], reader=1)
    for files in range(3):
        assert collection.summary().unread == files == collection.unread_files()
        collection.files.note_unread([Unread(f"/{files}.txt", "x.txt", "empty", "no text")])
    assert len(counted) == 1
    collection.drop([])
    collection.summary()
    assert len(counted) == 2


def test_an_empty_collection_is_summed_up(collection: Collection) -> None:
    """Sums of nothing are 0, and no day is the first."""
    empty = CollectionSummary(0, 0, 0, 0, None, None, 0, 0, {}, {})
    assert collection.summary() == empty
    assert (collection.promised().documents, collection.unread(), collection.case_ids()) == (
        0,
        [],
        [],
    )
