"""The files that the collection's letters came from, queried in batches.

An index run handles any number of files without keeping them in memory: the collection knows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from imrsearch.letters.files import ARCHIVE, Source
from imrsearch.model import Unread
from imrsearch.storage.collection.reader import ROWS_AT_ONCE
from imrsearch.storage.collection.tables import DOCUMENTS, LETTERS, UNREAD


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose letter is kept: its case, the SHA-256 of its bytes, the day of decision."""

    source: Source
    case_id: str
    sha256: str
    decided: date | None = None


def source_of(path: str, key: str) -> Source:
    """The file of this path and key: inside an archive, the key goes on with "!" and a member."""
    return Source(Path(path), key[len(path) + 1 :] or None)


def is_below(key: sa.Column[str], place: Path) -> sa.ColumnElement[bool]:
    """Whether the key of a file is of this place: the file itself, one below it, or a member."""
    # Keys that begin with "/letters/" sort before "/letters0", a file of its own: "0" follows "/".
    folder = str(place).rstrip("/")
    below = (key >= f"{folder}/") & (key < f"{folder}0")
    is_archive = str(place).lower().endswith(ARCHIVE)
    inside = sa.literal(is_archive) & (key >= f"{place}!") & (key < f'{place}"')
    return (key == str(place)) | below | inside


class KeptFiles:
    """The files of a collection, including those that gave no letter."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def hashes(self, keys: Collection[str]) -> dict[str, str]:
        """The hashes of the files, by key, whose letters are kept."""
        query = sa.select(LETTERS.c.source, LETTERS.c.sha256).where(LETTERS.c.source.in_(keys))
        with self._engine.connect() as connection:
            return {row.source: row.sha256 for row in connection.execute(query)}

    def by_key(self, keys: Collection[str]) -> dict[str, KeptFile]:
        """The files, by key, whose letters are kept."""
        return {file.source.key: file for file in self._where(LETTERS.c.source.in_(keys))}

    def by_case(self, case_ids: Collection[str]) -> dict[str, KeptFile]:
        """The files of the cases, by case, as far as they are kept."""
        return {file.case_id: file for file in self._where(LETTERS.c.case_id.in_(case_ids))}

    def every(self) -> Iterator[list[KeptFile]]:
        """All files in batches; the letters of a batch may be dropped before the next one."""
        after = ""
        while some := list(self._where(LETTERS.c.source > after)):
            yield some
            after = some[-1].source.key

    def documents(self, keys: Collection[str]) -> int:
        """The number of documents in an index of these files' letters."""
        query = sa.select(DOCUMENTS).where(LETTERS.c.source.in_(keys))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def note_unread(self, files: Sequence[Unread]) -> None:
        """Record files that gave no letter."""
        rows = {
            file.key: {
                "source": file.key,
                "name": file.name,
                "code": file.code,
                "message": file.message,
            }
            for file in files
        }
        if rows:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(UNREAD).where(UNREAD.c.source.in_(rows)))
                connection.execute(sa.insert(UNREAD), list(rows.values()))

    def note_read(self, keys: Collection[str]) -> None:
        """Delete the records of files that gave no letter earlier and do now."""
        if keys:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(UNREAD).where(UNREAD.c.source.in_(keys)))

    def forget_unread(self, places: Collection[Path]) -> None:
        """Delete the records of unread files under the places: a run over them makes new ones."""
        with self._engine.begin() as connection:
            for place in places:
                connection.execute(sa.delete(UNREAD).where(is_below(UNREAD.c.source, place)))

    def _where(self, which: sa.ColumnElement[bool]) -> Iterator[KeptFile]:
        columns = (LETTERS.c[name] for name in ("source", "path", "case_id", "sha256", "decided"))
        query = sa.select(*columns).where(which).order_by(LETTERS.c.source).limit(ROWS_AT_ONCE)
        with self._engine.connect() as connection:
            for row in connection.execute(query).all():
                source = source_of(row.path, row.source)
                yield KeptFile(source, row.case_id, row.sha256, row.decided)
