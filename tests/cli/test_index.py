"""``imrsearch index``."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.indexing.pipeline import MAX_FILES_NAMED
from tests.cli.conftest import INDEX, LETTER, Run


def rows(output: str) -> dict[str, str]:
    return {words[0]: words[1] for line in output.splitlines() if len(words := line.split()) == 2}


def test_first_and_second_run(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    first = run("index", tmp_path / "a.txt")
    assert first.exit_code == 0
    assert rows(first.output)["read"] == "1"
    assert "1 issue of 1 letter." in first.output
    second = run("index", tmp_path / "a.txt")
    assert rows(second.output)["unchanged"] == "1"
    assert "Nothing has changed" in second.output


def test_a_file_that_fails_is_named_and_the_exit_code_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "soup.txt").write_text("A recipe for lentil soup.")
    result = run(*INDEX, tmp_path)
    assert result.exit_code == 1
    assert rows(result.output)["failed"] == "1"
    assert f"{tmp_path}/soup.txt: this is not an Independent Medical Review" in result.output
    assert "1 not-a-letter" in result.output


def test_every_file_is_counted_by_what_became_of_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, case in (("a", "0000901"), ("b", "0000902"), ("c", "0000903")):
        (folder / f"{name}.txt").write_text(LETTER.replace("0000901", case))
    run(*INDEX, folder)
    (folder / "a.txt").write_text(LETTER.replace("41 year", "7 year"))
    (folder / "b.txt").unlink()
    (folder / "d.txt").write_text(LETTER.replace("0000901", "0000904"))
    (folder / "e.txt").write_text(LETTER.replace("0000901", "0000904"))
    (folder / "soup.txt").write_text("A recipe for lentil soup.")
    result = run(*INDEX, folder, "--prune")
    assert rows(result.stdout) == {
        "read": "1",
        "unchanged": "1",
        "replaced": "1",
        "pruned": "1",
        "duplicates": "1",
        "failed": "1",
        "issues": "2",
        "warnings": "1",
    }
    left_out, duplicate, failed, soup = result.stderr.splitlines()
    assert left_out == "Left out as duplicates of a case (1 duplicate):"
    assert duplicate.startswith(f"  {folder / 'e.txt'}: ")
    assert failed == "Failed (1 not-a-letter):"
    assert soup.startswith(f"  {folder / 'soup.txt'}: ")
    assert f"{tmp_path / 'index'} now holds 3 issues of 3 letters.\n" in result.stdout


def test_of_many_files_that_fail_the_first_are_named(run: Run, tmp_path: Path) -> None:
    for number in range(MAX_FILES_NAMED + 2):
        (tmp_path / f"soup-{number}.txt").write_text("A recipe for lentil soup.")
    told = run(*INDEX, tmp_path).stderr.splitlines()
    assert told[0] == f"Failed ({MAX_FILES_NAMED + 2:,} not-a-letter):"
    assert len(told) == MAX_FILES_NAMED + 2
    assert told[-1] == "  and 2 more"


@pytest.mark.parametrize("other", [None, "notes.docx"])
def test_a_folder_without_letters_says_so(run: Run, tmp_path: Path, other: str | None) -> None:
    """A mistyped folder had looked like one that is up to date."""
    folder = tmp_path / "letters"
    folder.mkdir()
    if other:
        (folder / other).write_text(LETTER)
    assert "No letters were found there" in run(*INDEX, folder).output
    (folder / "a.txt").write_text(LETTER)
    for _ in ("read", "unchanged"):
        assert "No letters were found" not in run(*INDEX, folder).output


def test_the_same_case_twice_is_no_failure(run: Run, tmp_path: Path) -> None:
    """The first file is told by its folder and its archive: many hold an ``a.txt``."""
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "b.txt").write_text(LETTER)
    result = run(*INDEX, tmp_path)
    assert result.exit_code == 0
    assert f"CM16-0000901 was read from {tmp_path / 'a.txt'} already" in result.output


def test_when_the_time_is_over_the_next_run_reads_the_rest(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text(LETTER)
    run(*INDEX, folder)
    (folder / "b.txt").write_text(LETTER.replace("CM16-0000901", "CM16-0000902"))
    stopped = run(*INDEX, folder, "--minutes", "0")
    assert stopped.exit_code == 1
    assert "The time limit was reached; run the same command again" in stopped.output
    assert rows(stopped.output)["read"] == "0"
    assert "CM16-0000901" in run("search", "--csv").output
    rest = run(*INDEX, folder, "--minutes", "10")
    assert (rest.exit_code, rows(rest.output)["read"]) == (0, "1")


def test_prune_of_much(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(12):
        letter = LETTER.replace("CM16-0000901", f"CM16-00009{number:02}")
        (folder / f"{number}.txt").write_text(letter)
    run(*INDEX, folder)
    for path in folder.iterdir():
        path.unlink()
    held_back = run(*INDEX, folder, "--prune")
    assert held_back.exit_code == 7
    assert "The new build would hold 0 issues, the previous one holds 12" in held_back.output
    assert "No letter was removed." in held_back.output
    assert rows(run("stats").output)["letters"] == "12"
    assert "0 issues of 0 letters" in run(*INDEX, folder, "--prune", "--force").output
    assert "\nfirst decided  -\n" in run("stats").output


def test_prune(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text(LETTER)
    run(*INDEX, folder)
    (folder / "a.txt").unlink()
    assert rows(run(*INDEX, folder, "--prune").output)["pruned"] == "1"


def test_an_unknown_engine_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    result = run(*INDEX, tmp_path, "--engine", "steam")
    assert result.exit_code == 2
    assert "steam" in result.output
