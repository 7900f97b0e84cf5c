"""Scans: read only where asked for, marked, doubtful facts told, within bounds.

A program in Tesseract's place tells words of known confidence; Tesseract itself, where it is
installed, reads a scanned letter.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from imrsearch.cli import cli
from imrsearch.indexing.pipeline import index_paths
from imrsearch.indexing.rebuild import reindex
from imrsearch.letters.files import Source
from imrsearch.letters.ocr import scanned_text
from imrsearch.letters.parse import parse
from imrsearch.letters.tesseract import MAX_SCANNED_PAGES
from imrsearch.letters.workers import ReadingLimits, read_letter
from imrsearch.model import OcrReading, Span
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import LetterError, MissingProgram
from imrsearch.system.settings import Settings
from samples.press import typeset
from samples.written.scanner import scanned
from tests.letters.forms import credentials_letter, issue
from tests.letters.test_pdf import plain

LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))
COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is missing: run 'apt-get install tesseract-ocr' to test scans",
)


@pytest.fixture(scope="module")
def scan() -> bytes:
    return scanned(typeset(LETTER))


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a program in Tesseract's place, which reads the picture and then does as told."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def tell_words(text: str, doubtful: str) -> str:
    """A script that tells the words of a text, a line each of its own, one of them in doubt."""
    rows = [COLUMNS.replace(" ", "\t")]
    for number, line in enumerate(text.split("\n")):
        for word in line.split():
            confidence = 31 if word == doubtful else 96
            place = f"5\t1\t1\t1\t{number}\t1\t10\t{number * 40}\t50\t30"
            rows.append(f"{place}\t{confidence}\t{word}")
    return "cat <<'END'\n" + "\n".join(rows) + "\nEND"


def test_words_become_text_and_doubts_places(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = "CLINICAL CASE SUMMARY\nThe cane helps, sa1d the patient."
    pretend(monkeypatch, tmp_path / "bin", tell_words(words, "sa1d"))
    text, ocr = scanned_text(plain(""))
    assert text == words
    assert [text[span.start : span.end] for span in ocr.doubtful] == ["sa1d"]


def test_a_program_that_fails_costs_the_letter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path / "bin", "exit 1")
    with pytest.raises(LetterError) as caught:
        scanned_text(plain(""))
    assert caught.value.code == "ocr"


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program asks for two gigabytes."""
    pretend(monkeypatch, tmp_path / "bin", "exec python3 -c 'bytearray(2 << 30)'")
    with pytest.raises(LetterError, match="memory"):
        scanned_text(plain(""))


def test_a_picture_without_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path / "bin", tell_words("", ""))
    with pytest.raises(LetterError, match="no words"):
        scanned_text(plain(""))


def test_a_book_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path / "bin", tell_words("word", ""))
    with pytest.raises(LetterError) as caught:
        scanned_text(plain(*[""] * (MAX_SCANNED_PAGES + 1)))
    assert caught.value.code == "too-many-pages"


def test_a_missing_program_is_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram) as caught:
        index_paths(settings, [tmp_path], ocr=True, jobs=1)
    assert "apt-get install tesseract-ocr" in caught.value.hint
    assert not settings.index.exists()


def test_a_scan_is_read_only_where_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path / "bin", "echo called >&2; exit 1")
    (tmp_path / "a.pdf").write_bytes(plain(""))
    with pytest.raises(LetterError) as caught:
        read_letter(Source(tmp_path / "a.pdf"), ReadingLimits(1 << 20, 10))
    assert caught.value.code == "no-text"
    assert "--ocr" in caught.value.hint


def test_a_letter_of_many_doubtful_words_is_a_poor_reading() -> None:
    every_tenth = tuple(Span(at, at + 1) for at in range(0, len(LETTER), 60))
    determination = parse(LETTER, "a.txt", OcrReading(every_tenth))
    assert determination.ocr
    assert determination.ocr.poor
    assert determination.ocr.doubts("dates.decided")
    warnings = {warning.code: warning.message for warning in determination.warnings}
    assert "ocr-poor" in warnings
    assert warnings["ocr-doubtful"].startswith("text recognition is not sure of ")


def test_a_misread_number_of_an_issue_is_one_in_doubt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path / "bin", tell_words("]. Cane\n2} Brace\nl. a", ""))
    text, ocr = scanned_text(plain(""))
    assert text == "1. Cane\n2) Brace\n1. a"
    assert [text[span.start : span.end] for span in ocr.doubtful] == ["1.", "2)", "1."]


def test_without_a_scan_nothing_is_said_of_one() -> None:
    determination = parse(LETTER, "a.txt")
    assert determination.ocr is None
    assert not {"ocr", "ocr-doubtful"} & {warning.code for warning in determination.warnings}


@needs_tesseract
def test_a_scanned_letter_is_read_once_and_stays_marked(
    scan: bytes, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.pdf").write_bytes(scan)
    refused = index_paths(settings, [tmp_path / "letters"], jobs=1)
    assert dict(refused.failed.codes) == {"no-text": 1}
    assert index_paths(settings, [tmp_path / "letters"], jobs=1, ocr=True).read == 1
    assert index_paths(settings, [tmp_path / "letters"], jobs=1, ocr=True).unchanged == 1
    collection = Collection.open(settings.place)
    (case_id,) = collection.case_ids()
    read = collection.determination(case_id)
    typed = parse(LETTER, "a.pdf")
    assert (read.case_id, read.dates, read.patient) == (typed.case_id, typed.dates, typed.patient)
    assert [one.decision for one in read.issues] == ["overturned"]
    assert read.ocr is not None
    collection.keep_facts([read], reader=1)  # as if an older reader had read it
    collection.close()
    reindex(settings)
    again = Collection.open(settings.place)
    assert again.determination(case_id).ocr == read.ocr
    again.close()


def test_the_commands_tell_of_scans(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.pdf").write_bytes(plain(""))
    for words in (["check", "--jobs", "1"], ["parse", "--jobs", "1"], ["index", "--jobs", "1"]):
        command = ["--index", str(settings.index), *words, str(tmp_path / "a.pdf")]
        result = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert "1 file is a scan without text; 'imrsearch index --ocr' can read" in result.output
        assert result.exit_code == 1


def test_the_check_names_what_is_doubtful_on_a_scan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    pretend(monkeypatch, tmp_path / "bin", tell_words(LETTER, "Overturned"))
    (tmp_path / "a.pdf").write_bytes(plain(""))
    command = ["--index", str(settings.index), "check", "--ocr", "--jobs", "1"]
    result = CliRunner().invoke(cli, [*command, str(tmp_path / "a.pdf")], catch_exceptions=False)
    (line,) = (line for line in result.output.splitlines() if "ocr-doubtful" in line)
    assert "issues.1.decision" in line
