"""Letters without an index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import imrsearch
from imrsearch.model import Unread
from imrsearch.system.errors import LetterError
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
