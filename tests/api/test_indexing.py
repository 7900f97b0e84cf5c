"""From letters to an index, in a script."""

from __future__ import annotations

from pathlib import Path

import imrsearch
from tests.conftest import SAMPLES


def test_letters_are_indexed_and_brought_up_to_date(tmp_path: Path) -> None:
    letters: list[Path | str] = [SAMPLES / "CM16-0000101.txt", str(SAMPLES / "CM16-0000102.txt")]
    report = imrsearch.index_letters(letters, tmp_path / "index", jobs=1, engine="tantivy")
    assert (report.read, len(report.failed)) == (2, 0)
    again = imrsearch.index_letters(letters[0], str(tmp_path / "index"), jobs=1)
    assert (again.read, again.unchanged, again.build) == (0, 1, None)
    with imrsearch.open_index(tmp_path / "index") as index:
        assert {case.case_id for case in index.cases()} == {"CM16-0000101", "CM16-0000102"}
