"""``imrsearch parse``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import LETTER, Run

# DESIGN's contract: the keys of every object, in order; ours may come after or between.
KEYS = (
    [
        "case_id",
        "file",
        "era",
        "outcome",
        "dates",
        "priority",
        "reviewer",
        "patient",
        "summary",
        "issues",
        "warnings",
    ],
    ["injury", "ur_denial", "received", "assigned", "decided"],
    ["specialties", "subspecialties", "licensed_in"],
    [
        "number",
        "heading",
        "service",
        "decision",
        "original_request",
        "authorized",
        "flags",
        "category",
        "subcategory",
        "body_parts",
        "claims_administrator",
        "reviewer_guideline",
        "rationale",
    ],
    ["text", "basis", "citations"],
    ["guideline", "family", "title", "chapter", "year", "sections", "pages", "text"],
)


def write(folder: Path, name: str, text: str = LETTER) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_one_object_a_line_in_the_order_given(run: Run, tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{name}.txt", LETTER.replace("0901", name)) for name in "9876"]
    paths[1:1] = [write(tmp_path, "soup.txt", "A recipe for lentil soup.")]
    result = run("parse", "--json", *paths)
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [
        "9.txt",
        "8.txt",
        "7.txt",
        "6.txt",
    ]
    assert "soup.txt: this is not an Independent Medical Review determination" in result.stderr


def test_the_contract_s_keys(run: Run, tmp_path: Path) -> None:
    result = run("parse", "--json", write(tmp_path, "a.txt"))
    letter = json.loads(result.stdout)
    issue_ = letter["issues"][0]
    statement = issue_["reviewer_guideline"]
    objects = (
        letter,
        letter["dates"],
        letter["reviewer"],
        issue_,
        statement,
        statement["citations"][0],
    )
    for keys, found in zip(KEYS, objects, strict=True):
        assert [key for key in found if key in keys] == keys


def test_evidence_on_demand(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    assert "evidence" not in json.loads(run("parse", "--json", path).stdout)
    evidence = json.loads(run("parse", "--json", "--evidence", path).stdout)["evidence"]
    assert set(evidence["issues.1.decision"]) == {"start", "end"}


def test_for_people(run: Run, tmp_path: Path) -> None:
    output = run("parse", write(tmp_path, "a.txt")).output
    assert "CM16-0000901" in output
    assert "Overturned: treatment approved" in output


def test_the_kept_text(run: Run, tmp_path: Path) -> None:
    output = run("parse", "--text", write(tmp_path, "a.txt")).output
    assert "Cane: Overturned\n\nClaims Administrator guideline:" in output


def test_a_missing_file(run: Run, tmp_path: Path) -> None:
    result = run("parse", "--json", tmp_path / "absent.pdf")
    assert result.exit_code == 1
    assert "absent.pdf: there is no such file" in result.stderr


@pytest.mark.parametrize("command", ["index", "parse", "check"])
def test_an_empty_path_is_not_the_current_folder(run: Run, command: str) -> None:
    """``imrsearch index "$LETTERS"`` in a script that has no such variable."""
    told = run(command, "")
    assert told.exit_code == 2
    assert "a path is empty; name a file or folder" in told.output
