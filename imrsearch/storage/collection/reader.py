"""What a collection tells of its letters, and the reads of it with ``sqlite3`` alone.

A command that makes one page and exits uses ``CollectionReader``: importing SQLAlchemy would take
longer than the search. Everything else goes through ``store.Collection``. Both ask the same.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import sqlite3
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

from imrsearch.model import (
    DAMAGED,
    Dates,
    Determination,
    Issue,
    IssueId,
    OcrReading,
    Patient,
    Reviewer,
    Unread,
)
from imrsearch.storage import CURRENT
from imrsearch.system.disk import sqlite_failure
from imrsearch.system.errors import CollectionTooNew, DamagedCollection, NotFound, NotIndexed

FILE = "collection.sqlite3"
INCOMING = f"{FILE}.new"
"""A collection that is about to be put in the place of another."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; of another collection, it would damage the one put in place."""
COLLECTION_SCHEMA = 3
"""Increased when the tables change; ``Collection`` upgrades older ones."""
COPYING = "copying"
"""The name of a row in ``meta``: the collection is a copy that is not finished yet."""

ROWS_AT_ONCE = 500
"""Rows in one statement."""

_BUSY_TIMEOUT = 30.0
"""Seconds to wait for a writer."""

_log = logging.getLogger("imrsearch")

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A kept letter: its text and where it was read from (``member``: its name in an archive)."""

    case_id: str
    name: str
    source: str
    member: str | None
    sha256: str
    read_at: str
    text: str


@dataclass(frozen=True, slots=True)
class CollectionState:
    """The state of a collection: its revision, and the random token drawn for it.

    Revision numbers can repeat after a restored backup or a power cut; tokens do not.
    """

    revision: int
    token: int


Rows = Sequence[Any]
"""Rows of the database, with letters' texts and facts as stored: compressed."""
_Decode = Callable[[str, bytes], Determination]
"""Reads the facts of a case from their JSON."""


class StoredLetters(ABC):
    """The letters of one collection, whatever it is read with.

    What shows several letters gets a stand-in of the era ``DAMAGED`` for one that cannot be read,
    and a log entry: one damaged letter must not break a page, export or table.
    """

    @abstractmethod
    def close(self) -> None:
        """Close the file, or the connections."""

    @abstractmethod
    def _rows(self, query: str, values: dict[str, str] | None = None) -> Rows:
        """All rows of a query with these parameters."""

    @abstractmethod
    def _streamed(self, query: str) -> AbstractContextManager[Iterable[Any]]:
        """The rows of a query, some at a time; closed at the end even if not all were read."""

    def determination(self, case_id: str) -> Determination:
        """The determination of a case. Raises NotFound, DamagedCollection."""
        for _, packed in self._of_cases("case_id, determination", [case_id]):
            return determination_of(unpacked(packed))
        raise no_case(case_id)

    def determinations(self, case_ids: Iterable[str]) -> dict[str, Determination]:
        """The determinations of the cases that are kept, in the order asked for."""
        wanted = list(dict.fromkeys(case_ids))
        return self._shown(wanted, lambda _, data: determination_of(data))

    def with_issues(self, ids: Iterable[IssueId]) -> dict[str, Determination]:
        """The determinations with these issues alone and without evidence, as far as they are
        kept."""
        numbers: dict[str, list[int]] = {}
        for one in ids:
            numbers.setdefault(one.case_id, []).append(one.number)
        return self._shown(
            list(numbers), lambda case_id, data: determination_with(data, numbers[case_id])
        )

    def every_determination(self) -> Iterator[Determination]:
        """The determinations of all letters in order of their case numbers, streamed."""
        query = "SELECT case_id, determination FROM letters ORDER BY case_id"
        with self._streamed(query) as rows:
            for case_id, packed in rows:
                try:
                    found = determination_of(unpacked(packed))
                except DamagedCollection as error:
                    found = _stand_in(case_id, error)
                yield found

    def every_letter(self) -> Iterator[tuple[str, Determination]]:
        """Text and determination of all letters by case number, streamed. Raises DamagedCollection
        at one that cannot be read."""
        with self._streamed("SELECT text, determination FROM letters ORDER BY case_id") as rows:
            for text, packed in rows:
                yield unpacked(text).decode(), determination_of(unpacked(packed))

    def letter(self, case_id: str) -> KeptLetter:
        """The letter of a case with its text. Raises NotFound, DamagedCollection."""
        columns = "case_id, name, path, member, sha256, read_at, text"
        for case, name, path, member, sha256, read_at, text in self._of_cases(columns, [case_id]):
            told = unpacked(text).decode()
            return KeptLetter(case, name, path, member, sha256, read_at, told)
        raise no_case(case_id)

    def unread(self) -> list[Unread]:
        """The files that gave no letter, sorted by path."""
        query = "SELECT source, name, code, message FROM unread ORDER BY source"
        return [Unread(*row) for row in self._rows(query)]

    def _meta(self, place: Path | str, *, unfinished: bool = False) -> dict[str, int]:
        """The numbers of the table ``meta``. Raises CollectionTooNew; NotIndexed for a copy that is
        not finished, unless that is accepted."""
        held: dict[str, int] = dict(self._rows("SELECT name, value FROM meta"))
        require_known(held.get("schema", COLLECTION_SCHEMA), place)
        if COPYING in held and not unfinished:
            raise NotIndexed(
                f"The copy in {place} is not finished.",
                "Run the same 'imrsearch copy-collection' again.",
            )
        return held

    def _shown(self, wanted: Sequence[str], decode: _Decode) -> dict[str, Determination]:
        """The cases that are kept, with stand-ins for those that cannot be read."""
        try:
            rows = self._of_cases("case_id, determination", wanted)
            found = {case_id: decode(case_id, unpacked(packed)) for case_id, packed in rows}
        except DamagedCollection as error:
            if len(wanted) == 1:
                return {wanted[0]: _stand_in(wanted[0], error)}
            found = {}
            for case_id in wanted:
                found |= self._shown([case_id], decode)
        return {case_id: found[case_id] for case_id in wanted if case_id in found}

    def _of_cases(self, columns: str, case_ids: Sequence[str]) -> Iterator[Any]:
        """These columns of the cases that are kept."""
        for start in range(0, len(case_ids), ROWS_AT_ONCE):
            some = case_ids[start : start + ROWS_AT_ONCE]
            values = {f"case{number}": case_id for number, case_id in enumerate(some)}
            marks = ", ".join(f":{name}" for name in values)
            yield from self._rows(
                f"SELECT {columns} FROM letters WHERE case_id IN ({marks})",  # noqa: S608
                values,
            )


class CollectionReader(StoredLetters):
    """The letters of an index folder, for one thread."""

    def __init__(self, folder: Path) -> None:
        """Raises NotIndexed, CollectionTooNew, DamagedCollection, IndexBusy, NotWritten."""
        self._folder = folder
        with self._told():
            self._connection = sqlite3.connect(file_of(folder), timeout=_BUSY_TIMEOUT)
        self._meta(folder)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _rows(self, query: str, values: dict[str, str] | None = None) -> Rows:
        with self._told():
            return self._connection.execute(query, values or {}).fetchall()

    @contextmanager
    def _streamed(self, query: str) -> Iterator[Iterable[Any]]:
        with self._told():
            yield self._connection.execute(query)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raises SQLite's errors as ImrsearchErrors; a file without our tables counts as empty."""
        try:
            yield
        except sqlite3.ProgrammingError:  # a caller's: after closing, or from another thread
            raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise sqlite_failure(self._folder, error) or nothing_in(self._folder) from error


def file_of(folder: Path) -> Path:
    """The file of the collection in an index folder. Raises NotIndexed; DamagedCollection."""
    require_not_lost(folder)
    if not _is_begun(folder):
        raise nothing_in(folder)
    return folder / FILE


def require_not_lost(folder: Path) -> None:
    """Raises DamagedCollection if the collection is gone from which the folder's build was made."""
    if not _is_begun(folder) and os.path.lexists(folder / CURRENT):
        raise DamagedCollection(
            f"The collection {folder / FILE} is missing or empty, but an index of it is there.",
            "Run 'imrsearch restore FILE' with a backup; without one, move the index folder away "
            "and index the letters again.",
        )


def _is_begun(folder: Path) -> bool:
    file = folder / FILE
    return file.is_file() and file.stat().st_size > 0


def require_known(version: int, place: Path | str) -> None:
    """Raises CollectionTooNew for the tables of a later version."""
    if version > COLLECTION_SCHEMA:
        raise CollectionTooNew(
            f"The collection in {place} has schema {version};"
            f" this imrsearch supports up to {COLLECTION_SCHEMA}."
        )


def unpacked(data: bytes) -> bytes:
    """A letter's text or facts, decompressed. Raises DamagedCollection."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedCollection("A letter in the collection is damaged.") from error


_facts_decoder = msgspec.json.Decoder(Determination)


def determination_of(data: bytes) -> Determination:
    """A letter's facts from their JSON. Raises DamagedCollection."""
    return decoded(_facts_decoder, data)


class _Doubts(msgspec.Struct):
    """What of a letter's facts is not read from its text."""

    ocr: OcrReading | None = None


_doubts_decoder = msgspec.json.Decoder(_Doubts)


def doubts_of(data: bytes) -> OcrReading | None:
    """What text recognition doubted of a letter, from its JSON. Raises DamagedCollection."""
    return decoded(_doubts_decoder, data).ocr


def _outline() -> type[msgspec.Struct]:
    """A determination without evidence, whose issues are not decoded."""
    types = get_type_hints(Determination) | {"issues": tuple[msgspec.Raw, ...]}
    shown = [one for one in dataclasses.fields(Determination) if one.name != "evidence"]
    needed = [(one.name, types[one.name]) for one in shown if one.default is dataclasses.MISSING]
    others = [
        (one.name, types[one.name], one.default)
        for one in shown
        if one.default is not dataclasses.MISSING
    ]
    return msgspec.defstruct("Outline", [*needed, *others])


_outline_decoder = msgspec.json.Decoder(_outline())
_issue_decoder = msgspec.json.Decoder(Issue)


def determination_with(data: bytes, numbers: Collection[int]) -> Determination:
    """A letter's facts from their JSON, with only the issues of these numbers and no evidence: a
    row shows one issue of perhaps twenty. Raises DamagedCollection."""
    facts = msgspec.structs.asdict(decoded(_outline_decoder, data))
    return Determination(**facts | {"issues": _issues_numbered(facts["issues"], numbers)})


def _issues_numbered(issues: Sequence[msgspec.Raw], numbers: Collection[int]) -> tuple[Issue, ...]:
    """Most letters number their issues from 1, so that the number gives the position."""
    places = [number - 1 for number in numbers if 0 < number <= len(issues)]
    found = tuple(decoded(_issue_decoder, issues[place]) for place in places)
    if all(issue.number == place + 1 for issue, place in zip(found, places, strict=True)):
        return found
    every = (decoded(_issue_decoder, issue) for issue in issues)
    return tuple(issue for issue in every if issue.number in numbers)


def decoded(decoder: msgspec.json.Decoder[Facts], data: bytes | msgspec.Raw) -> Facts:
    """As ``determination_of``, but only the facts that ``decoder`` reads."""
    try:
        return decoder.decode(data)
    except msgspec.DecodeError as error:
        raise DamagedCollection("The facts of a letter in the collection are damaged.") from error


def _stand_in(case_id: str, error: DamagedCollection) -> Determination:
    """What is shown in the place of a letter that cannot be read; the log names it."""
    _log.error("%s cannot be read: %s", case_id, error.message)
    return Determination(
        case_id, "", DAMAGED, None, Dates(), None, Reviewer(), Patient(), "", (), ()
    )


def nothing_in(place: Path | str) -> NotIndexed:
    """The error for a folder or database without letters."""
    return NotIndexed(f"Nothing is indexed in {place} yet.")


def no_case(case_id: str) -> NotFound:
    """The error for an unknown case."""
    return NotFound(f"There is no case {case_id} here.", "Check the number, or search for it.")
