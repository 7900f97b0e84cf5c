"""The recipes of CONTRIBUTING.md, followed on a copy of the package."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

_FIELD = '    IssueField("side", lambda issue: issue.sides),\n'
_FACET = '        FacetKind("side", "Side of the body"),\n'

_ASK = """
import json, sys
from imrsearch.settings import load_settings
from imrsearch.web.app import create_app
client = create_app(load_settings({}, index="index")).test_client()
pages = [client.get(url) for url in ("/facet/side", "/search?side=left", "/search?q=side:left")]
print(json.dumps([(page.status_code, "Side of the body" in page.text) for page in pages]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, as far as it is installed."""
    for folder in ("imrsearch", "templates", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """What Python prints when it runs in the copy."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def insert_after(file: Path, line: str, added: str) -> None:
    text = file.read_text()
    assert text.count(line) == 1, line
    file.write_text(text.replace(line, line + added))


def test_a_facet_is_told_in_the_schema_alone(copy: Path) -> None:
    letters = [str(SAMPLES / f"{case}.txt") for case in ("CM14-0000202", "CM16-0000101")]
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", *letters)
    schema = copy / "imrsearch" / "schema" / "__init__.py"
    insert_after(
        schema,
        '    CaseField("ageband", lambda case: (extract.age_band(case.patient.age),)),\n',
        _FIELD,
    )
    insert_after(schema, '        FacetKind("sex", "Patient\'s sex"),\n', _FACET)

    # The build of before holds no sides: it is replaced, nothing has to be raised by hand.
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", *letters)
    found = json.loads(run(copy, "-m", "imrsearch", "search", "--side", "left", "--json"))
    assert found["total"] > 0
    (box,) = [facet for facet in found["facets"] if facet["name"] == "side"]
    assert "left" in {value["value"] for value in box["values"]}
    assert "Side of the body" in run(copy, "-m", "imrsearch", "search", "--help")
    assert json.loads(run(copy, "-c", _ASK)) == [[200, True]] * 3
