"""From letters to an index, in a script."""

from __future__ import annotations

from pathlib import Path

import pytest

import imrsearch
from imrsearch.system.errors import TooFewIssues
from tests.conftest import SAMPLES


def test_letters_are_indexed_and_brought_up_to_date(tmp_path: Path) -> None:
    letters: list[Path | str] = [SAMPLES / "CM16-0000101.txt", str(SAMPLES / "CM16-0000102.txt")]
    report = imrsearch.index_letters(letters, tmp_path / "index", jobs=1, engine="tantivy")
    assert (report.read, len(report.failed)) == (2, 0)
    again = imrsearch.index_letters(letters[0], str(tmp_path / "index"), jobs=1)
    assert (again.read, again.unchanged, again.build) == (0, 1, None)
    with imrsearch.open_index(tmp_path / "index") as index:
        assert {case.case_id for case in index.cases()} == {"CM16-0000101", "CM16-0000102"}


def test_letters_whose_file_is_gone_are_forgotten_where_that_is_asked_for(tmp_path: Path) -> None:
    """But not most letters at once: the wrong folder may have been named."""
    letters, index = tmp_path / "letters", tmp_path / "index"
    letters.mkdir()
    text = (SAMPLES / "CM16-0000102.txt").read_text()
    for number in range(12):
        case_id = f"CM16-00005{number:02}"
        (letters / f"{case_id}.txt").write_text(text.replace("CM16-0000102", case_id))
    report = imrsearch.index_letters(letters, index, jobs=1, engine="tantivy")
    assert report.build is not None
    assert (report.read, report.build.engine) == (12, "tantivy")
    for path in sorted(letters.iterdir())[1:]:
        path.unlink()
    assert imrsearch.index_letters(letters, index, jobs=1).pruned == 0
    with pytest.raises(TooFewIssues):
        imrsearch.index_letters(letters, index, jobs=1, prune=True)
    assert imrsearch.index_letters(letters, index, jobs=1, prune=True, force=True).pruned == 11


def test_no_file_is_read_once_the_time_is_over(tmp_path: Path) -> None:
    report = imrsearch.index_letters(SAMPLES, tmp_path / "index", jobs=1, minutes=0)
    assert (report.stopped, report.read) == (True, 0)
