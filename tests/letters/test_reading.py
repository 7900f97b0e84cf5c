"""Files into determinations in worker processes."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path

import pytest

from imrsearch.errors import LetterError
from imrsearch.letters import reading
from imrsearch.letters.reading import Letter, Limits, Unchanged, extract, read, read_all
from imrsearch.letters.sources import Source, Unread
from samples.press import typeset
from tests.letters.forms import credentials_letter, issue

LIMITS = Limits(max_bytes=1 << 20, max_pages=20)
LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))


def write(folder: Path, name: str, content: str | bytes) -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Source(path)


def test_a_text_and_its_pdf_say_the_same(tmp_path: Path) -> None:
    text = read(write(tmp_path, "a.txt", LETTER), LIMITS)
    pdf = read(write(tmp_path, "a.pdf", typeset(LETTER)), LIMITS)
    assert isinstance(text, Letter)
    assert isinstance(pdf, Letter)
    assert pdf.determination.issues == text.determination.issues
    assert pdf.determination.dates == text.determination.dates


def test_a_pdf_by_another_name_is_known_by_its_first_bytes() -> None:
    assert "Cane: Overturned" in extract(typeset(LETTER), "letter.txt", LIMITS)


def test_unchanged_bytes_are_not_read_again(tmp_path: Path) -> None:
    source = write(tmp_path, "a.txt", LETTER)
    known = hashlib.sha256(LETTER.encode()).hexdigest()
    assert read(source, LIMITS, known) == Unchanged(source)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="an empty file"),
        pytest.param(b" \n\f\n", "empty", id="blanks only"),
        pytest.param(b"A recipe for lentil soup.", "not-a-letter", id="another text"),
        pytest.param(b"%PDF-1.7 torn", "damaged", id="a torn PDF"),
    ],
)
def test_what_gives_no_letter(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(LetterError) as caught:
        read(write(tmp_path, "x.txt", content), LIMITS)
    assert caught.value.code == code


def test_all_in_the_order_given_each_failure_alone(tmp_path: Path) -> None:
    sources = [
        write(tmp_path, "1.txt", LETTER),
        write(tmp_path, "2.pdf", b"%PDF-1.7 torn"),
        write(tmp_path, "3.pdf", typeset(LETTER)),
        Source(tmp_path / "absent.txt"),
        write(tmp_path, "5.txt", LETTER),
    ]
    known = hashlib.sha256(LETTER.encode()).hexdigest()
    hashes = [None, None, None, None, known]
    outcomes = list(read_all(zip(sources, hashes, strict=True), LIMITS, jobs=2))
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Letter, Unread, Letter, Unread, Unchanged]
    assert [o.code for o in outcomes if isinstance(o, Unread)] == ["damaged", "missing"]


def _crash(source: Source, limits: Limits, known: str | None) -> reading.Outcome:
    """What a defect of the PDF library does to its process."""
    if source.name == "crash.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name == "hang.txt":
        time.sleep(60)
    return reading.read(source, limits, known)


def test_a_crash_or_a_hang_costs_one_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_task", _crash)
    monkeypatch.setattr(reading, "_SECONDS", 2.0)
    names = ("a.txt", "crash.txt", "hang.txt", "b.txt", "c.txt")
    sources = [(write(tmp_path, name, LETTER), None) for name in names]
    outcomes = list(read_all(sources, LIMITS, jobs=2))
    assert [type(outcome) for outcome in outcomes] == [Letter, Unread, Unread, Letter, Letter]
    messages = [outcome.message for outcome in outcomes if isinstance(outcome, Unread)]
    assert "crashed" in messages[0]
    assert "took more than" in messages[1]
