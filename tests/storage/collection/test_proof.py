"""What is damaged in a collection is found, named, and told with what is left of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.storage.collection.tables import CHECKED_COLUMNS
from imrsearch.system.errors import DamagedCollection
from tests.storage.collection.test_store import execute, letter

CASES = [f"CM16-00009{number:02}" for number in range(5)]
DAMAGED = CASES[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(Collection.create(tmp_path / "index")) as collection:
        collection.keep([letter(tmp_path, f"{case}.txt") for case in CASES], reader=1)
    return tmp_path / "index"


@pytest.fixture
def collection(folder: Path) -> Iterator[Collection]:
    with closing(Collection.open(folder)) as opened:
        yield opened


def damage(folder: Path, column: str, value: str) -> None:
    execute(folder, f"UPDATE letters SET {column} = {value} WHERE case_id = '{DAMAGED}'")


def packed(data: bytes) -> str:
    return f"x'{zlib.compress(data).hex()}'"


def test_a_whole_collection_has_no_damage(collection: Collection) -> None:
    collection.proof.require_whole_file()
    assert list(collection.proof.damaged_letters()) == []
    assert collection.proof.without_checksum() == 0


@pytest.mark.parametrize(
    ("column", "value", "has_text", "has_facts"),
    [
        pytest.param("text", "x'00'", False, True, id="text that cannot be unpacked"),
        pytest.param("text", packed(b"\xff"), False, True, id="text that is none"),
        pytest.param("text", packed(b"another letter"), True, True, id="another text"),
        pytest.param("determination", "x'00'", True, False, id="facts that cannot be unpacked"),
        pytest.param("determination", packed(b"{}"), True, False, id="facts that are none"),
        pytest.param("issues", "7", True, True, id="a count"),
        pytest.param("sha256", "'0'", True, True, id="the file's hash"),
        pytest.param("checksum", "'0'", True, True, id="the checksum itself"),
    ],
)
def test_each_damage_is_found_with_what_is_left(
    column: str,
    value: str,
    has_text: bool,
    has_facts: bool,
    collection: Collection,
    folder: Path,
) -> None:
    """Every column is covered: a letter counted wrongly would never agree with its index."""
    damage(folder, column, value)
    (found,) = collection.proof.damaged_letters()
    assert found.case_id == DAMAGED
    assert found.source.path.name == f"{DAMAGED}.txt"
    assert (found.text is not None, found.has_facts) == (has_text, has_facts)


def test_a_letter_without_a_checksum_is_read_but_not_verified(
    collection: Collection, folder: Path
) -> None:
    """It was kept by an earlier version; what cannot be read is damaged all the same."""
    damage(folder, "checksum", "NULL")
    damage(folder, "issues", "7")
    assert list(collection.proof.damaged_letters()) == []
    assert collection.proof.without_checksum() == 1
    damage(folder, "text", "x'00'")
    assert [found.case_id for found in collection.proof.damaged_letters()] == [DAMAGED]


def test_all_rows_are_read_in_batches_though_they_are_mended_meanwhile(
    collection: Collection, folder: Path
) -> None:
    """Copies of one letter whose checksums are not theirs, more than two batches of them."""
    others = ", ".join(name for name in CHECKED_COLUMNS if name not in ("case_id", "source"))
    execute(
        folder,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
        f" INSERT INTO letters (case_id, source, checksum, {others})"
        f" SELECT printf('CM17-%07d', i), printf('/in/%d', i), checksum, {others}"
        f" FROM n, letters WHERE case_id = '{DAMAGED}'",
    )
    found, told = [], []
    for one in collection.proof.damaged_letters(lambda *step: told.append(step)):
        found.append(one.case_id)
        execute(folder, f"DELETE FROM letters WHERE case_id = '{one.case_id}'")
    assert found == [f"CM17-{number:07}" for number in range(1, 251)]
    (total,) = {total for _, total in told}
    assert [done for done, _ in told] == [100, 200, total]


def test_damage_of_the_file_itself_is_told_in_one_line(folder: Path) -> None:
    file = folder / FILE
    pages = bytearray(file.read_bytes())
    pages[4096 * 3 : 4096 * 4] = bytes(4096)
    file.write_bytes(bytes(pages))
    with (
        closing(Collection.open(folder)) as opened,
        pytest.raises(DamagedCollection) as told,
    ):
        opened.proof.require_whole_file()
    assert "\n" not in told.value.message
