"""``imrsearch like``."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from imrsearch.cli import cli
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run
from tests.search.pasted.test_reading import DENIAL


def test_the_object_and_what_people_read_tell_the_same(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "denial.txt"
    file.write_text(DENIAL)
    told = json.loads(ask("like", file, "--json").stdout)
    assert set(told) == {"requests", "notes", "build"}
    (request,) = told["requests"]
    assert request["treatment"] == "chiropractic"
    assert request["quantity"] == {"amount": 6, "unit": "visits"}
    assert request["citations"] == [{"guideline": "mtus-chronic-pain", "pages": [58, 59, 60]}]
    assert set(request["issues"]) == {"total", "overturned", "rate", "low", "high"}
    shown = ask("like", file).stdout
    rate, low, high = (request["issues"][name] for name in ("rate", "low", "high"))
    assert f"({rate:.0%}, likely {low * 100:.0f}–{high:.0%})" in shown
    for side in ("overturned", "upheld"):
        first = request[side][0]
        assert f"{side} {first['case_id']} #{first['number']}" in shown
        assert first["evidence"][0]["sentence"] in shown


def test_a_sentence_that_gives_two_reasons_is_printed_once(ask: Run, tmp_path: Path) -> None:
    sentence = (
        "There is no documentation of objective functional improvement with prior treatment, and "
        "the number of requested visits exceeds the guideline recommendation."
    )
    file = tmp_path / "denial.txt"
    file.write_text(
        f"Request: 12 visits of chiropractic treatment.\nDecision: Denied. {sentence}\n"
    )
    told = json.loads(ask("like", file, "--json").stdout)
    assert len(told["requests"][0]["reasons"]) == 2
    shown = ask("like", file).stdout
    assert shown.count(sentence) == 1
    (line,) = (line for line in shown.splitlines() if line.endswith(f": “{sentence}”"))
    assert line.count("; ") == 1  # two reasons
    quoted = [line for line in shown.splitlines() if line.startswith("    “")]
    for side in ("overturned", "upheld"):
        for one in told["requests"][0][side]:
            said = {evidence["sentence"] for evidence in one["evidence"]}
            assert all(quoted.count(f"    “{each}”") == 1 for each in said)


def test_the_least_that_was_asked_for_is_told_too(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "denial.txt"
    file.write_text(
        "Request: 8 to 12 visits of physical therapy for the neck.\nDecision: Denied.\n"
    )
    assert ask("like", file).stdout.startswith("physical therapy, neck, 8–12 visits\n")


def test_each_request_is_headed_by_what_was_read_of_it(ask: Run, tmp_path: Path) -> None:
    """What was certified of it stands below; without enough issues, no rate is told."""
    file = tmp_path / "denial.txt"
    file.write_text(
        "Chiropractic treatment of the low back, 12 visits: 6 of 12 visits are certified.\n"
        "The request for a knee brace is denied.\n"
    )
    shown = ask("like", file).stdout
    first, second = (part.splitlines() for part in shown.split("\n\n")[:2])
    assert first[:3] == [
        "chiropractic, low back, 12 visits",
        "  6 of 12 visits certified.",
        "  disputed in 10 issues, 3 overturned (30%, likely 11–60%)",
    ]
    sides = [line.split()[0] for line in first[3:] if not line.startswith("    ")]
    assert sides == sorted(sides)
    assert set(sides) == {"overturned", "upheld"}
    assert second[:2] == ["knee brace, knee", "  disputed in 1 issue, 0 overturned"]


def test_standard_input(sample_index: Settings) -> None:
    words = ["--index", str(sample_index.index), "like", "-"]
    told = CliRunner().invoke(cli, words, input="Hello there.").stdout
    assert "No request for a known treatment" in told


def test_a_file_of_another_kind_is_refused_in_one_line(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "denial.rtf").write_text("{\\rtf1 denied}")
    refused = ask("like", tmp_path / "denial.rtf")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "Error: The file is an RTF file. Save it as .docx or .pdf, or paste the text.\n"
    )
