"""Files into determinations, on all cores, one letter's misfortune costing only that letter.

Letters are read in worker processes: one that crashes, hangs or eats memory over a damaged PDF
is ended, its letter is reported, and the others go on. Whether a letter is the same as before is
seen here, by its hash: that takes less than asking a worker.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from imrsearch.catalogue.eras import templates
from imrsearch.letters.files import NO_TEXT, Source, unread_file
from imrsearch.letters.layout import decode, kept_text
from imrsearch.letters.letter import Letter, check_facts
from imrsearch.letters.pdf import pdf_text
from imrsearch.letters.pool import (
    MEMORY,
    ProcessLost,
    ReadingPool,
    Task,
    TookTooLong,
    interrupted_after,
    processors,
)
from imrsearch.letters.tesseract import MAX_SCANNED_PAGES, PAGE_SECONDS, require_ocr
from imrsearch.model import Determination, OcrReading, Unread
from imrsearch.system.errors import LetterError
from imrsearch.system.settings import Settings

_WINDOW = 64


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file whose bytes are those that were read before."""

    source: Source


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What is still read: file size in bytes, PDF pages, characters, seconds for one letter.

    A letter of 400 full pages has a third of these characters. ``ocr``: scans are read as well.
    """

    max_bytes: int
    max_pages: int
    max_characters: int = 4_000_000
    seconds: float = 60.0
    ocr: bool = False

    @classmethod
    def of(cls, settings: Settings, *, ocr: bool = False) -> ReadingLimits:
        """The limits that the settings tell; with ``ocr`` for scans as well, which take longer.

        Raises MissingProgram for scans where no program can read them.
        """
        limits = cls(settings.max_file_mb << 20, settings.max_pages)
        if not ocr:
            return limits
        require_ocr()
        return replace(limits, ocr=True, seconds=limits.seconds + MAX_SCANNED_PAGES * PAGE_SECONDS)


ReadOutcome = Letter | Unchanged | Unread


@dataclass(frozen=True, slots=True)
class Extract:
    """The kept text of a file; ``ocr`` tells of a scan where its words are doubtful."""

    text: str
    ocr: OcrReading | None = None


def extract(data: bytes, name: str, limits: ReadingLimits) -> Extract:
    """The kept text of a file's bytes. Raises LetterError."""
    if not data:
        raise LetterError("empty", "the file is empty")
    if not (name.lower().endswith(".pdf") or data[:5] == b"%PDF-"):
        return _extract_text(decode(data), limits)
    try:
        return _extract_text(pdf_text(data, limits.max_pages), limits)
    except LetterError as error:
        if error.code != NO_TEXT or not limits.ocr:
            raise
    # With NumPy and Pillow a fifth of what reading letters loads, 0.10 s: for scans only.
    from imrsearch.letters.ocr import scanned_text

    return Extract(*scanned_text(data))


def _extract_text(raw: str, limits: ReadingLimits) -> Extract:
    """The kept text of a file's text. Raises LetterError."""
    if len(raw) > limits.max_characters:
        message = f"more than {limits.max_characters:,} characters are no letter"
        raise LetterError("too-large", message)
    text = kept_text(raw)
    if not text:
        raise LetterError("empty", "the file holds no text")
    return Extract(text)


def facts_of(text: str, name: str, ocr: OcrReading | None = None) -> Determination:
    """What the kept text of the file ``name`` says, ``ocr`` telling where it is doubtful.

    Raises LetterError where it is no letter.
    """
    # The reading processes have it loaded; the command that starts them does without: 0.11 s,
    # as long as all else that it loads.
    from imrsearch.letters.parse import parse

    determination = parse(text, name, ocr)
    check_facts(determination)
    return determination


def read_letter(source: Source, limits: ReadingLimits) -> Letter:
    """One letter, in this process. Raises LetterError when the file gives none."""
    data = source.read(limits.max_bytes)
    found = extract(data, source.name, limits)
    facts = facts_of(found.text, source.name, found.ocr)
    return Letter(source, hashlib.sha256(data).hexdigest(), found.text, facts)


def is_unchanged(source: Source, sha256: str, limits: ReadingLimits) -> bool:
    """Whether a file's bytes are those of the hash. Raises LetterError."""
    return hashlib.sha256(source.read(limits.max_bytes)).hexdigest() == sha256


Reader = Callable[[Source, ReadingLimits], Letter]


def read_all(
    sources: Iterable[tuple[Source, str | None]],
    limits: ReadingLimits,
    jobs: int | None = None,
    reader: Reader = read_letter,
) -> Iterator[ReadOutcome]:
    """All letters in the order given, each with the hash it had before (``None``: new).

    ``jobs``: how many processes, all cores by default; 1 reads in this process, where only the
    time for a letter is bounded. ``reader`` reads one letter; other processes find it by
    its module and name. Raises CatalogueError where the catalogue of layouts is wrong: that is no
    single letter's failure. Raises ReadersFailed where no process can be started.
    """
    templates()
    if jobs == 1:
        for source, known in sources:
            yield _unchanged(source, known, limits) or _read_here(reader, source, limits)
        return
    waiting: deque[tuple[Source, Unchanged | Task]] = deque()
    workers = processors(jobs)
    pool = ReadingPool(workers, _packed, limits.seconds)
    try:
        for source, known in sources:
            same = _unchanged(source, known, limits)
            waiting.append((source, same or pool.ask(reader, source, limits)))
            if len(waiting) >= _WINDOW * workers:
                yield _result(pool, *waiting.popleft(), limits)
        while waiting:
            yield _result(pool, *waiting.popleft(), limits)
    finally:
        pool.close()


def _unchanged(source: Source, known: str | None, limits: ReadingLimits) -> Unchanged | None:
    with suppress(LetterError):  # The worker will say it in words.
        if known and is_unchanged(source, known, limits):
            return Unchanged(source)
    return None


def _read_here(reader: Reader, source: Source, limits: ReadingLimits) -> ReadOutcome:
    try:
        with interrupted_after(limits.seconds):
            return reader(source, limits)
    except Exception as error:
        return _failed(source, error, limits)


def _packed(reader: Reader, source: Source, limits: ReadingLimits) -> bytes:
    """The outcome of one letter, pickled here and unpickled by ``_result``.

    Pebble's own threads would end over an outcome that they cannot read, and every letter wait.
    """
    try:
        return pickle.dumps(reader(source, limits))
    except Exception as error:
        return pickle.dumps(_failed(source, error, limits))


def _result(
    pool: ReadingPool, source: Source, task: Unchanged | Task, limits: ReadingLimits
) -> ReadOutcome:
    if isinstance(task, Unchanged):
        return task
    try:
        packed = pool.result(task)
    except (TookTooLong, ProcessLost) as error:  # any other is no single letter's failure
        return _failed(source, error, limits)
    try:
        outcome: ReadOutcome = pickle.loads(packed)  # noqa: S301 - our own worker's
    except Exception as error:
        return _failed(source, error, limits)
    return outcome


def _failed(source: Source, error: Exception, limits: ReadingLimits) -> Unread:
    """The report of a letter that could not be read; a defect of ours must not cost the others."""
    match error:
        case LetterError():
            return unread_file(source, error)
        case TookTooLong():
            message = f"reading the file took more than {limits.seconds:.0f} s"
        case ProcessLost():
            message = "reading the file crashed its process"
        case MemoryError():
            message = f"reading the file takes more than {MEMORY >> 30} GB of memory"
        case _:
            message = f"reading the file failed ({error!r}); please report this"
            return unread_file(source, LetterError("defect", message))
    return unread_file(source, LetterError("damaged", message))
