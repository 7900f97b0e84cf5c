"""What one search asks of the collection, without SQLAlchemy: loading that takes longer than
searching.

A command that makes one page and ends reads the tables (``collection_tables.py``) by itself; all
else goes through ``collection.py``.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from imrsearch.errors import CollectionTooNew, DamagedCollection, NotFound, NotIndexed
from imrsearch.model import Determination
from imrsearch.system.disk import sqlite_failure

FILE = "collection.sqlite3"
SCHEMA = 2
"""Raised when the tables change; ``Collection`` brings older ones up to date."""

_FACTS = "SELECT determination FROM letters WHERE case_id = ?"
_EVERY = "SELECT determination FROM letters ORDER BY case_id"
_TEXT = "SELECT text FROM letters WHERE case_id = ?"
_VERSION = "SELECT max(value) FROM meta WHERE name = 'schema'"

_SECONDS = 30.0
"""So long a writer is waited for."""

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What a collection held at one moment: its revision, and the number drawn for it by chance.

    Revisions come again in a restored backup and after a power cut; their tokens do not.
    """

    revision: int
    token: int


@dataclass(frozen=True, slots=True)
class LetterText:
    """The kept text of a letter."""

    text: str


class CollectionReader:
    """Facts and texts of an index folder's letters, for one thread."""

    def __init__(self, folder: Path) -> None:
        """Raises NotIndexed, CollectionTooNew, DamagedCollection, IndexBusy."""
        self._folder = folder
        self._connection = sqlite3.connect(file_of(folder), timeout=_SECONDS)
        [(version,)] = self._rows(_VERSION)
        require_known(version or SCHEMA, folder)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def determination(self, case_id: str) -> Determination:
        """The determination of a case. Raises NotFound."""
        for data in self._packed(_FACTS, case_id):
            return determination_of(data)
        raise no_case(case_id)

    def determinations(self, case_ids: Iterable[str]) -> dict[str, Determination]:
        """The determinations of those of the cases that are kept."""
        return {
            case_id: determination_of(data)
            for case_id in dict.fromkeys(case_ids)
            for data in self._packed(_FACTS, case_id)
        }

    def every_determination(self) -> Iterator[Determination]:
        """The determinations of all letters in order of their case numbers, streamed."""
        with self._told():
            for (data,) in self._connection.execute(_EVERY):
                yield determination_of(unpacked(data))

    def letter(self, case_id: str) -> LetterText:
        """The letter of a case. Raises NotFound."""
        for data in self._packed(_TEXT, case_id):
            return LetterText(data.decode())
        raise no_case(case_id)

    def _packed(self, query: str, case_id: str) -> list[bytes]:
        """The one value asked for, unpacked; none where the case is not kept."""
        return [unpacked(value) for (value,) in self._rows(query, case_id)]

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of SQLite as errors of ours; a file without our tables holds nothing."""
        try:
            yield
        except sqlite3.Error as error:
            raise sqlite_failure(self._folder, error) or nothing_in(self._folder) from error


def file_of(folder: Path) -> Path:
    """The file of the collection in an index folder. Raises NotIndexed."""
    file = folder / FILE
    if not file.is_file() or not file.stat().st_size:
        raise nothing_in(folder)
    return file


def require_known(version: int, folder: Path) -> None:
    """Raises CollectionTooNew for tables of a later version of ours."""
    if version > SCHEMA:
        raise CollectionTooNew(
            f"The collection in {folder} is of schema {version}; this imrsearch knows {SCHEMA}."
        )


def unpacked(data: bytes) -> bytes:
    """A letter's text or facts, as they were before they were packed. Raises DamagedCollection."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedCollection("A letter in the collection is damaged.") from error


_decoder = msgspec.json.Decoder(Determination)


def determination_of(data: bytes) -> Determination:
    """A letter's facts from their JSON. Raises DamagedCollection."""
    return decoded(_decoder, data)


def decoded(decoder: msgspec.json.Decoder[Facts], data: bytes) -> Facts:
    """As ``determination_of``, of the facts only those that ``decoder`` looks for."""
    try:
        return decoder.decode(data)
    except msgspec.DecodeError as error:
        raise DamagedCollection("The facts of a letter in the collection are damaged.") from error


def nothing_in(folder: Path) -> NotIndexed:
    """What to say where no letters are."""
    return NotIndexed(f"Nothing is indexed in {folder} yet.")


def no_case(case_id: str) -> NotFound:
    """What to say of a case that is not kept."""
    return NotFound(f"There is no case {case_id} here.", "Check the number, or search for it.")
