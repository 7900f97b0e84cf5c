"""Letters without an index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import imrsearch
from imrsearch.model import Unread
from imrsearch.system.errors import LetterError
from imrsearch.system.settings import load_settings
from tests.conftest import SAMPLES

LETTER = SAMPLES / "CM16-0000101.txt"


def test_a_file_and_its_text_say_the_same() -> None:
    by_path = imrsearch.parse_letter(LETTER)
    assert by_path.case_id == "CM16-0000101"
    assert imrsearch.parse_letter(str(LETTER)) == by_path
    by_text = imrsearch.parse_letter(LETTER.read_text())
    assert (by_text.issues, by_text.case_id) == (by_path.issues, by_path.case_id)


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        pytest.param("no/such/file.txt", "missing", id="path"),
        pytest.param("A shopping list:\nmilk\n", "not-a-letter", id="text"),
        pytest.param("\n", "empty", id="nothing"),
    ],
)
def test_what_is_no_letter_says_so(letter: str, code: str) -> None:
    with pytest.raises(LetterError) as error:
        imrsearch.parse_letter(letter)
    assert error.value.code == code


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A shopping list.")
    (tmp_path / "b.txt").write_bytes(LETTER.read_bytes())
    bad, good = imrsearch.read_letters([tmp_path], jobs=1)
    assert isinstance(bad, Unread)
    assert not isinstance(good, Unread)
    assert good.determination.case_id == "CM16-0000101"


def test_what_cannot_be_found_stands_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths: list[str | Path] = [tmp_path / "first.txt", LETTER, str(tmp_path / "last.txt")]
    outcomes = list(imrsearch.read_letters(paths, jobs=1))
    assert [isinstance(one, Unread) for one in outcomes] == [True, False, True]


def test_builds_inside_the_letters_folder_are_not_read_as_letters(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for folder in (tmp_path, index / "builds"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LETTER.name).write_bytes(LETTER.read_bytes())
    inside = load_settings({}, index=str(index))
    other = load_settings({}, index=str(tmp_path / "other"))
    assert len(list(imrsearch.read_letters([tmp_path], settings=inside, jobs=1))) == 1
    assert len(list(imrsearch.read_letters([tmp_path], settings=other, jobs=1))) == 2


SCRIPT = f"""
import imrsearch
for letter in imrsearch.read_letters([{str(LETTER)!r}], jobs=2):
    print(letter.determination.case_id)
"""


@pytest.mark.parametrize("stands_in", ["a file", "standard input"])
def test_a_script_needs_no_guard(tmp_path: Path, stands_in: str) -> None:
    """Each reading process had run the script again, with hundreds of lines of tracebacks."""
    file = tmp_path / "script.py"
    file.write_text(SCRIPT)
    words = [sys.executable, str(file)] if stands_in == "a file" else [sys.executable]
    run = subprocess.run(words, input=SCRIPT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "CM16-0000101\n", "")
