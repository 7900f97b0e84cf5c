"""``imrsearch check``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import LETTER, Run


def test_check_lists_warnings(run: Run, tmp_path: Path) -> None:
    text = LETTER.replace("It helps.", "The request is not medically necessary.")
    letter = tmp_path / "a.txt"
    letter.write_text(text)
    result = run("check", letter)
    assert result.exit_code == 0
    assert "closing" in result.output
    assert "1 warning in 1 letter." in result.output


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
