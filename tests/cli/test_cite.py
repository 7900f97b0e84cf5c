"""``imrsearch cite``."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_the_sentence_is_verbatim_and_the_source_complete(ask: Run) -> None:
    told = json.loads(ask("cite", "CM16-0000101#1", "--json").stdout)
    case = json.loads(ask("show", "CM16-0000101", "--json").stdout)
    assert told["sentence"] in case["issues"][0]["rationale"]
    assert told["url"] == "/case/CM16-0000101#issue-1"
    assert told["build"] in told["quote"]
    assert told["quote"].startswith(f"“{told['sentence']}” Independent Medical Review")
    shown = ask("cite", "CM16-0000101#1").stdout
    assert shown.split() == f"{told['citation']} {told['quote']}".split()


def test_references_of_one_issue(ask: Run) -> None:
    bibtex = ask("cite", "CM16-0000101#2", "--as", "bib").stdout
    assert bibtex.startswith("@misc{CM16-0000101-2,")
    assert bibtex.count("@misc") == 1
    assert "ID  - CM16-0000101-2" in ask("cite", "CM16-0000101#2", "--as", "ris").stdout
