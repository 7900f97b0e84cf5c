"""Files into determinations, on all cores, one letter's misfortune costing only that letter.

Letters are read in worker processes: one that crashes, hangs or eats memory over a damaged PDF
is ended, its letter is reported, and the others go on. Whether a letter is the same as before is
seen here, by its hash: that takes less than asking a worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from imrsearch.catalogue.eras import templates
from imrsearch.letters.files import NO_TEXT, Source, unread_file
from imrsearch.letters.layout import decode, kept_text
from imrsearch.letters.letter import KeptText, Letter, Reread, check_facts
from imrsearch.letters.pdf import pdf_text
from imrsearch.letters.pool import MEMORY, ProcessLost, TookTooLong, work_through
from imrsearch.letters.tesseract import MAX_SCANNED_PAGES, PAGE_SECONDS, require_ocr
from imrsearch.model import Determination, OcrReading, Unread
from imrsearch.system.errors import LetterError
from imrsearch.system.settings import Settings

LETTER_SECONDS = 60.0
"""How long one letter may take."""


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
    seconds: float = LETTER_SECONDS
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


@dataclass(frozen=True, slots=True)
class _FileReading:
    """Letters read from files, each given with the hash it had before."""

    limits: ReadingLimits
    reader: Reader

    @property
    def seconds(self) -> float:
        return self.limits.seconds

    def known(self, one: tuple[Source, str | None]) -> ReadOutcome | None:
        source, sha256 = one
        with suppress(LetterError):  # The worker will say it in words.
            if sha256 and is_unchanged(source, sha256, self.limits):
                return Unchanged(source)
        return None

    def done(self, one: tuple[Source, str | None]) -> ReadOutcome:
        source, _ = one
        return self.reader(source, self.limits)

    def failed(self, one: tuple[Source, str | None], error: Exception) -> ReadOutcome:
        source, _ = one
        return unread_file(source, _fault(error, self.seconds))


def read_all(
    sources: Iterable[tuple[Source, str | None]],
    limits: ReadingLimits,
    jobs: int | None = None,
    reader: Reader = read_letter,
) -> Iterator[ReadOutcome]:
    """All letters in the order given, each with the hash it had before (``None``: new).

    ``jobs`` as ``work_through`` says. ``reader`` reads one letter; other processes find it by
    its module and name. Raises CatalogueError where the catalogue of layouts is wrong: that is no
    single letter's failure. Raises ReadersFailed where no process can be started.
    """
    templates()
    yield from work_through(_FileReading(limits, reader), sources, jobs)


def reread_all(letters: Iterable[KeptText], jobs: int | None = None) -> Iterator[Reread]:
    """What this reader finds in kept letters, in their order; ``jobs`` and errors as for
    ``read_all``."""
    templates()
    yield from work_through(_Rereading(LETTER_SECONDS), letters, jobs)


@dataclass(frozen=True, slots=True)
class _Rereading:
    """Kept letters read anew; each case keeps its id, which pages and citations name."""

    seconds: float

    def known(self, one: KeptText) -> Reread | None:
        return None

    def done(self, one: KeptText) -> Reread:
        found = facts_of(one.text, one.name, one.ocr)
        return Reread(one.case_id, "", replace(found, case_id=one.case_id))

    def failed(self, one: KeptText, error: Exception) -> Reread:
        return Reread(one.case_id, _fault(error, self.seconds).message)


def _fault(error: Exception, seconds: float) -> LetterError:
    """Why a letter could not be read; a defect of ours must not cost the others."""
    match error:
        case LetterError():
            return error
        case TookTooLong():
            message = f"reading the file took more than {seconds:.0f} s"
        case ProcessLost():
            message = "reading the file crashed its process"
        case MemoryError():
            message = f"reading the file takes more than {MEMORY >> 30} GB of memory"
        case _:
            message = f"reading the file failed ({error!r}); please report this"
            return LetterError("defect", message)
    return LetterError("damaged", message)
