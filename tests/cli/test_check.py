"""``imrsearch check``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import INDEX, LETTER, Run
from tests.letters.test_pdf import plain


def test_check_lists_warnings(run: Run, tmp_path: Path) -> None:
    text = LETTER.replace("It helps.", "The request is not medically necessary.")
    letter = tmp_path / "a.txt"
    letter.write_text(text)
    result = run("check", letter)
    assert result.exit_code == 0
    warning, total = result.output.splitlines()
    assert warning.startswith("CM16-0000901  closing           ")
    assert total == "1 warning in 1 letter."


def test_check_as_json(run: Run, tmp_path: Path) -> None:
    text = LETTER.replace("Case Number", "Number").replace("41 year", "7 year")
    letter = tmp_path / "a.txt"
    letter.write_text(text)
    rows = [json.loads(line) for line in run("check", "--json", letter).stdout.splitlines()]
    assert [row["code"] for row in rows] == ["age"]
    assert rows[0]["case_id"].startswith("a-")  # and a hash of its text


def test_check_of_the_collection(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER.replace("41 year", "7 year"))
    assert run("--index", tmp_path / "index", "index", tmp_path / "a.txt").exit_code == 0
    result = run("check", "--index", tmp_path / "index")
    assert "the patient's age reads 7" in result.output


def test_unknown_names_are_grouped(run: Run, tmp_path: Path) -> None:
    """The same name in two letters is one line, with both cases."""
    text = LETTER.replace("Case Number", "Number").replace("Occupational Medicine", "Dowsing")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(text)
    result = run("check", "--unknown", tmp_path)
    assert "Specialties" in result.output
    line = next(line for line in result.output.splitlines() if "Dowsing" in line)
    number, name, *cases = line.split()
    assert (number, name, [case[:2] for case in cases]) == ("2", "Dowsing", ["a-", "b-"])


def test_unknown_names_as_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER.replace("Occupational Medicine", "Dowsing"))
    rows = [
        json.loads(one)
        for one in run("check", "--unknown", "--json", tmp_path).stdout.split("\n")[:-1]
    ]
    assert [
        (row["kind"], row["printed"], row["count"]) for row in rows if row["kind"] == "specialty"
    ] == [("specialty", "Dowsing", 1)]


def test_unknown_names_stand_under_what_lacks_them(run: Run, tmp_path: Path) -> None:
    """The most frequent of a kind first; a long one is cut, so that the cases stand in line."""
    text = LETTER.replace("CLINICAL", "FINDINGS OF THE PANEL\n\nNone.\n\nCLINICAL")
    text = text.replace("Occupational Medicine", "Dowsing").replace("Cane", "Frobnication")
    text = text.replace("MTUS Chronic", "Non-MTUS Citation Lee A. On canes. Chronic")
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.txt").write_text(
        text.replace("0000901", "0000902").replace("Dowsing", "Dowsing, " + "Very " * 20 + "Old")
    )
    told = run("check", "--unknown", "--jobs", "1", tmp_path).output
    heads = [line for line in told.splitlines() if line.endswith(":")]
    assert heads == [
        "Headings that no era's form has:",
        "Specialties that specialties.toml lacks:",
        "Services without a category:",
        "Sources that guidelines.toml lacks:",
    ]
    below = told.partition(f"{heads[1]}\n")[2].splitlines()
    assert below[0] == f"     2  {'Dowsing':70}  CM16-0000901, CM16-0000902"
    assert below[1] == f"     1  {('Very ' * 20)[:70]}  CM16-0000902"


def test_a_file_that_is_no_letter_is_told_and_the_exit_code_says_so(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "soup.txt").write_text("A recipe for lentil soup.")
    (tmp_path / "scan.pdf").write_bytes(plain(""))
    told = run("check", "--jobs", "1", tmp_path)
    assert told.exit_code == 1
    assert "0 warnings in 1 letter." in told.stdout
    assert f"{tmp_path}/soup.txt: this is not an Independent Medical Review" in told.stderr
    assert "1 file is a scan without text" in told.stderr
    # Those of the collection were told when they were read; how to read scans is told again.
    assert run(*INDEX, tmp_path).exit_code == 1
    told = run("check")
    assert (told.exit_code, told.stdout) == (0, "0 warnings in 1 letter.\n")
    assert told.stderr.startswith("1 file is a scan without text")
