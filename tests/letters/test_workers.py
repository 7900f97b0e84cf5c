"""Files into determinations in worker processes."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from py_landlock import Landlock
from py_landlock.errors import LandlockError

from imrsearch.letters import pool, workers
from imrsearch.letters.files import Source
from imrsearch.letters.letter import KeptText, Letter
from imrsearch.letters.parse import parse
from imrsearch.letters.pool import ReadingPool, Task
from imrsearch.letters.workers import (
    ReadingLimits,
    Unchanged,
    extract,
    read_all,
    read_letter,
    reread_all,
)
from imrsearch.model import Determination, OcrReading, Unread
from imrsearch.system.errors import LetterError
from samples.press import typeset
from tests.letters.forms import credentials_letter, issue

LIMITS = ReadingLimits(max_bytes=1 << 20, max_pages=20)
LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))


def write(folder: Path, name: str, content: str | bytes) -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Source(path)


def test_a_text_and_its_pdf_say_the_same(tmp_path: Path) -> None:
    text = read_letter(write(tmp_path, "a.txt", LETTER), LIMITS)
    pdf = read_letter(write(tmp_path, "a.pdf", typeset(LETTER)), LIMITS)
    assert isinstance(text, Letter)
    assert isinstance(pdf, Letter)
    assert pdf.determination.issues == text.determination.issues
    assert pdf.determination.dates == text.determination.dates


def test_a_pdf_by_another_name_is_known_by_its_first_bytes() -> None:
    assert "Cane: Overturned" in extract(typeset(LETTER), "letter.txt", LIMITS).text


def test_unchanged_bytes_are_not_read_again(tmp_path: Path) -> None:
    source = write(tmp_path, "a.txt", LETTER)
    known = hashlib.sha256(LETTER.encode()).hexdigest()
    assert list(read_all([(source, known)], LIMITS, jobs=1)) == [Unchanged(source)]
    (changed,) = read_all([(source, known[::-1])], LIMITS, jobs=1)
    assert isinstance(changed, Letter)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="an empty file"),
        pytest.param(b" \n\f\n", "empty", id="blanks only"),
        pytest.param(b"A recipe for lentil soup.", "not-a-letter", id="another text"),
        pytest.param(b"%PDF-1.7 torn", "damaged", id="a torn PDF"),
        pytest.param(b"\0\x01\x1b" * 300, "empty", id="controls only"),
        pytest.param(b"\xff\xfe", "empty", id="a byte order mark and nothing more"),
        pytest.param(b"\xff\xfe\x00\xd8" * 9, "not-a-letter", id="halves of characters in UTF-16"),
        pytest.param(b"\xed\xa0\x80" * 9, "not-a-letter", id="halves of characters in UTF-8"),
        pytest.param(random.Random(1).randbytes(9_999), "not-a-letter", id="noise"),
    ],
)
def test_what_gives_no_letter(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(LetterError) as caught:
        read_letter(write(tmp_path, "x.txt", content), LIMITS)
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


def _crash(source: Source, limits: ReadingLimits) -> Letter:
    """What a defect of the PDF library does to its process."""
    if source.name == "crash.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name == "hang.txt":
        threading.Event().wait()
    return read_letter(source, limits)


def test_a_crash_or_a_hang_costs_one_letter(tmp_path: Path) -> None:
    """Where a machine is so busy that the other letters take as long, they get more time."""
    names = ("a.txt", "crash.txt", "hang.txt", "b.txt", "c.txt")
    sources = [(write(tmp_path, name, LETTER), None) for name in names]
    expected = [Letter, Unread, Unread, Letter, Letter]
    for seconds in (2, 10, 60):
        outcomes = list(read_all(sources, replace(LIMITS, seconds=seconds), jobs=2, reader=_crash))
        if [type(outcome) for outcome in outcomes] == expected:
            break
    assert [type(outcome) for outcome in outcomes] == expected
    messages = [outcome.message for outcome in outcomes if isinstance(outcome, Unread)]
    assert "crashed" in messages[0]
    assert "took more than" in messages[1]


def _breaks_down_once(source: Source, limits: ReadingLimits) -> Letter:
    """The first to come ends the server that processes are forked from, and itself."""
    flag = source.path.with_suffix(".broken")
    if not flag.exists():
        flag.touch()
        os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
    return read_letter(source, limits)


def test_processes_that_broke_down_are_started_anew(tmp_path: Path) -> None:
    sources = [write(tmp_path, f"{name}.txt", LETTER) for name in "abc"]
    for source in sources[1:]:
        source.path.with_suffix(".broken").touch()
    given = ((source, None) for source in sources)
    outcomes = list(read_all(given, LIMITS, jobs=1 + 1, reader=_breaks_down_once))
    assert [type(one) for one in outcomes[1:]] == [Letter, Letter]
    assert [one.source for one in outcomes if isinstance(one, Letter)][-2:] == sources[1:]


class _PoolWithoutProcesses(ReadingPool):
    """One whose processes can no longer be forked."""

    def result(self, task: Task) -> bytes:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_a_machine_without_processes_is_no_letters_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told of a letter, it would stand in the list of files that gave none."""
    monkeypatch.setattr(pool, "ReadingPool", _PoolWithoutProcesses)
    with pytest.raises(BlockingIOError):
        list(read_all([(write(tmp_path, "a.txt", LETTER), None)], LIMITS, jobs=2))


def _takes_long(source: Source, limits: ReadingLimits) -> Letter:
    while True:
        read_letter(source, limits)


def test_one_process_keeps_to_the_time_too(tmp_path: Path) -> None:
    source = write(tmp_path, "a.txt", LETTER)
    limits = replace(LIMITS, seconds=0.2)
    (outcome,) = read_all([(source, None)], limits, jobs=1, reader=_takes_long)
    assert isinstance(outcome, Unread)
    assert "took more than" in outcome.message


def _tries_to_get_out(source: Source, limits: ReadingLimits) -> Letter:
    """As what has taken over a reading process would."""
    done = []
    for name in (source.path, source.path.with_name("new")):
        with suppress(PermissionError), name.open("a"):
            done.append(f"wrote {name.name}")
    with socket.socket() as way_out:
        if way_out.connect_ex(("127.0.0.1", 9)) != errno.EACCES:
            done.append("reached the network")
    raise LetterError("not-a-letter", ", ".join(done) or "nothing")


def has_landlock() -> bool:
    """Whether the kernel can keep a process from files and from TCP."""
    try:
        return int(Landlock().abi_version) >= 4
    except LandlockError:
        return False


@pytest.mark.skipif(not has_landlock(), reason="the kernel has no Landlock with TCP")
def test_a_reading_process_writes_nothing_and_connects_to_nothing(tmp_path: Path) -> None:
    source = write(tmp_path, "a.txt", LETTER)
    (outcome,) = read_all([(source, None)], LIMITS, jobs=2, reader=_tries_to_get_out)
    assert isinstance(outcome, Unread)
    assert outcome.message == "nothing"


def _returns_what_cannot_travel(source: Source, limits: ReadingLimits) -> Letter:
    """Facts that cannot be encoded, or encoded but not decoded; what is no letter at all."""
    letter = read_letter(source, limits)
    wrong: Any = {"object.txt": object(), "half.txt": "\ud800", "number.txt": 7}.get(source.name)
    if source.name == "raises.txt":
        raise ValueError("no letter")
    if source.name == "lambda.txt":
        no_letter: Any = lambda: None  # noqa: E731
        return no_letter  # type: ignore[no-any-return]
    return replace(letter, determination=replace(letter.determination, era=wrong or "later"))


def test_a_result_that_cannot_travel_is_told_at_once(tmp_path: Path) -> None:
    """A letter that had to wait until its time is over would be called damaged."""
    names = ("a.txt", "object.txt", "half.txt", "number.txt", "lambda.txt", "raises.txt", "b.txt")
    sources = [(write(tmp_path, name, LETTER), None) for name in names]
    outcomes = list(read_all(sources, LIMITS, jobs=2, reader=_returns_what_cannot_travel))
    assert [type(outcome) for outcome in outcomes] == [Letter, *[Unread] * 5, Letter]
    unread = [outcome for outcome in outcomes if isinstance(outcome, Unread)]
    assert {outcome.code for outcome in unread} == {"defect"}
    assert "$.era" in unread[2].message
    assert "no letter" in unread[4].message


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"era": 7}, "$.era", id="a number for a text"),
        pytest.param({"era": None}, "$.era", id="nothing for a text"),
        pytest.param({"summary": object()}, "$.summary", id="what JSON does not know"),
        pytest.param({"summary": "\ud800"}, "$.summary", id="half a character"),
        pytest.param({"issues": ("Cane",)}, "$.issues[0]", id="a text for an issue"),
        pytest.param({"warnings": (object(),)}, "$.warnings[0]", id="within a list"),
    ],
)
def test_facts_that_could_not_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any], field: str
) -> None:
    good = read_letter(write(tmp_path, "a.txt", LETTER), LIMITS)
    bad = replace(good.determination, **wrong)
    monkeypatch.setattr("imrsearch.letters.parse.parse", lambda *_: bad)
    with pytest.raises(LetterError) as caught:
        read_letter(good.source, LIMITS)
    assert (caught.value.code, f"`{field}`" in caught.value.message) == ("defect", True)
    (outcome,) = read_all([(good.source, None)], LIMITS, jobs=1)
    assert isinstance(outcome, Unread)


# ----------------------------------------------------------------------- kept letters, read anew


@pytest.mark.parametrize("jobs", [1, 2])
def test_kept_letters_are_read_anew_in_their_order_each_failure_alone(jobs: int) -> None:
    kept = [
        KeptText("CM16-0000901", "a.txt", LETTER),
        KeptText("CM16-0000902", "b.txt", "A recipe for lentil soup."),
        KeptText("letter", "c.txt", LETTER),
    ]
    first, none, last = reread_all(kept, jobs)
    assert first.determination == parse(LETTER, "a.txt")
    assert (none.case_id, none.determination) == ("CM16-0000902", None)
    assert "determination" in none.fault
    assert last.determination is not None
    assert (last.case_id, last.determination.case_id) == ("letter", "letter")


def test_a_defect_of_the_reader_costs_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of 1.7 million letters would else stop every later run."""

    def defective(text: str, name: str, ocr: OcrReading | None) -> Determination:
        if name == "b.txt":
            raise KeyError(name)
        if name == "c.txt":
            threading.Event().wait()
        return parse(text, name, ocr)

    monkeypatch.setattr("imrsearch.letters.parse.parse", defective)
    monkeypatch.setattr(workers, "LETTER_SECONDS", 0.2)
    kept = [KeptText(name, f"{name}.txt", LETTER) for name in "abcd"]
    found = list(reread_all(kept, jobs=1))
    assert [one.determination is not None for one in found] == [True, False, False, True]
    assert "KeyError('b.txt')" in found[1].fault
    assert "took more than" in found[2].fault


# ------------------------------------------------------------------- what letters may contain

# Controls of terminals, marks that hide or turn text, and characters that are none.
NASTY = "\0\x1b\x9b\x07\x7f\u202e\u2066\u206a\u200b\u180e\ufeff\ufff9\uffff\U000e0041"


@pytest.mark.parametrize(
    "encoding",
    [
        pytest.param("utf-8", id="UTF-8"),
        pytest.param("utf-8-sig", id="UTF-8 with its mark"),
        pytest.param("utf-16", id="UTF-16 with its mark"),
    ],
)
def test_controls_are_dropped_and_facts_keep_their_places(tmp_path: Path, encoding: str) -> None:
    plain = read_letter(write(tmp_path, "a.txt", LETTER), LIMITS)
    nasty = LETTER.replace("It helps.", f"It{NASTY} helps.").replace("Cane", "Ca\u200bne\0")
    letter = read_letter(write(tmp_path, "b.txt", nasty.encode(encoding)), LIMITS)
    assert not set(letter.text) & set(NASTY)
    assert letter.determination.issues[0].service == "Cane"
    assert letter.text == plain.text
    assert letter.determination.evidence == plain.determination.evidence


def test_bytes_that_are_no_text_are_kept_as_something(tmp_path: Path) -> None:
    torn = LETTER.encode().replace(b"It helps.", b"It \xff\xfe\x81 helps.")
    letter = read_letter(write(tmp_path, "a.txt", torn), LIMITS)
    assert letter.text.encode().decode() == letter.text
    assert letter.determination.issues[0].rationale.startswith("It ")


def test_more_text_than_any_letter(tmp_path: Path) -> None:
    limits = replace(LIMITS, max_characters=3_000)
    with pytest.raises(LetterError) as caught:
        read_letter(write(tmp_path, "a.txt", LETTER + "word " * 600), limits)
    assert caught.value.code == "too-large"


def test_one_line_of_a_megabyte(tmp_path: Path) -> None:
    one_line = LETTER.replace("It helps.", "It helps. " * 90_000)
    letter = read_letter(write(tmp_path, "a.txt", one_line), LIMITS)
    assert len(letter.determination.issues[0].rationale) > 800_000


def test_hash_and_content_belong_together(tmp_path: Path) -> None:
    """Both come from the same bytes, whatever becomes of the file."""
    source = write(tmp_path, "a.txt", LETTER)
    letter = read_letter(source, LIMITS)
    source.path.write_text("")
    assert letter.sha256 == hashlib.sha256(LETTER.encode()).hexdigest()
    assert "It helps." in letter.text


def test_a_letter_too_large_for_its_process_costs_one_letter(tmp_path: Path) -> None:
    def refuse(*_: object) -> Letter:
        raise MemoryError

    (outcome,) = read_all([(write(tmp_path, "a.txt", LETTER), None)], LIMITS, 1, refuse)
    assert isinstance(outcome, Unread)
    assert (outcome.code, "memory" in outcome.message) == ("damaged", True)
