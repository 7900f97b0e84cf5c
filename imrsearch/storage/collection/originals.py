"""Copies of the original files, for machines that cannot access the place where they were read.

They are stored by the SHA-256 of their bytes, in a folder that all machines can see or in the
collection's database. An indexing run adds missing copies, also for letters read earlier, and
deletes copies that no letter refers to any more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from imrsearch.storage.collection.kept_files import KeptFile
from imrsearch.storage.collection.postgresql import prepare_for_postgresql, setting_up
from imrsearch.storage.collection.tables import LETTERS
from imrsearch.system.disk import translate_disk_errors
from imrsearch.system.errors import LetterError, SettingsError

IN_DATABASE = "database"
"""The value of the setting ``originals`` for the collection's database; others are folders."""

_ORIGINAL_TABLES = sa.MetaData()
_ORIGINALS = sa.Table(
    "originals",
    _ORIGINAL_TABLES,
    sa.Column("sha256", sa.String, primary_key=True),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
prepare_for_postgresql(_ORIGINALS)
_COPY_NAME = re.compile(r"[0-9a-f]{64}(?:\.\w+\.part)?")
"""The name of a copy, or of what a run that was killed had written of it."""


class Originals:
    """A store of original files by hash; this one, for an empty setting, keeps none."""

    are_kept = False
    """Whether copies are kept at all."""

    def missing(self, hashes: Collection[str]) -> set[str]:
        """Which of these files are missing from the store."""
        return set()

    def keep(self, data: bytes) -> None:
        """Keep a file's bytes."""

    def read(self, of: str) -> bytes | None:
        """The bytes of a file, if stored."""
        return None

    def forget_unused(self) -> None:
        """Delete the files to which no letter of the collection refers."""


def originals_of(setting: str, database: sa.Engine) -> Originals:
    """The store that the setting ``originals`` names, for a collection in this database.

    Raises SettingsError for copies in a database if the collection is a file.
    """
    if setting == IN_DATABASE:
        if database.dialect.name != "postgresql":
            raise SettingsError(
                "Original files cannot be kept in a database when the collection is in a folder.",
                "Set IMRSEARCH_ORIGINALS to a folder.",
            )
        return _InDatabase(database)
    return _InFolder(Path(setting), database) if setting else Originals()


def keep_originals(originals: Originals, files: Iterable[KeptFile], max_bytes: int) -> None:
    """Add missing copies of files that letters were read from; files that have changed, or cannot
    be read any more, are left to the next run."""
    by_hash = {file.sha256: file for file in files}
    for wanted in originals.missing(by_hash.keys()):
        with suppress(LetterError):
            data = by_hash[wanted].source.read(max_bytes)
            if sha256(data).hexdigest() == wanted:
                originals.keep(data)


class _InFolder(Originals):
    """A file each: ``FOLDER/3f/3f79bb7b435b…``."""

    are_kept = True

    def __init__(self, folder: Path, database: sa.Engine) -> None:
        self._folder = folder
        self._database = database

    def missing(self, hashes: Collection[str]) -> set[str]:
        return {one for one in hashes if not self._path(one).is_file()}

    def keep(self, data: bytes) -> None:
        path = self._path(sha256(data).hexdigest())
        with translate_disk_errors(self._folder):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(
                dir=path.parent, prefix=f"{path.name}.", suffix=".part", delete=False
            ) as file:
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())  # a name without its bytes would never be missing again
                    Path(file.name).replace(path)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise

    def read(self, of: str) -> bytes | None:
        with suppress(FileNotFoundError):
            data = self._path(of).read_bytes()
            return data if sha256(data).hexdigest() == of else None
        return None

    def forget_unused(self) -> None:
        with self._database.connect() as connection:
            query = sa.select(LETTERS.c.sha256).order_by(LETTERS.c.sha256)
            used = iter(connection.execution_options(yield_per=1000).execute(query).scalars())
            current: str | None = ""
            folders = sorted(self._folder.glob("??/"))  # files come in order of their hashes
            files = chain.from_iterable(sorted(folder.iterdir()) for folder in folders)
            for path in files:
                if not _COPY_NAME.fullmatch(path.name):
                    continue  # it is none of ours
                while current is not None and current < path.name:
                    current = next(used, None)
                if current != path.name:
                    path.unlink(missing_ok=True)

    def _path(self, of: str) -> Path:
        return self._folder / of[:2] / of


class _InDatabase(Originals):
    """A row each, in a separate table, which ``copy-collection`` does not copy."""

    are_kept = True

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def missing(self, hashes: Collection[str]) -> set[str]:
        with setting_up(self._database):
            _ORIGINAL_TABLES.create_all(self._database)
        kept = sa.select(_ORIGINALS.c.sha256).where(_ORIGINALS.c.sha256.in_(hashes))
        with self._database.connect() as connection:
            return set(hashes) - set(connection.execute(kept).scalars())

    def keep(self, data: bytes) -> None:
        row = {"sha256": sha256(data).hexdigest(), "bytes": data}
        with self._database.begin() as connection:
            connection.execute(insert(_ORIGINALS).on_conflict_do_nothing(), row)

    def read(self, of: str) -> bytes | None:
        query = sa.select(_ORIGINALS.c.bytes).where(_ORIGINALS.c.sha256 == of)
        with self._database.connect() as connection:
            if not sa.inspect(connection).has_table(_ORIGINALS.name):
                return None
            return connection.execute(query).scalar_one_or_none()

    def forget_unused(self) -> None:
        used = sa.select(LETTERS.c.sha256).where(LETTERS.c.sha256 == _ORIGINALS.c.sha256)
        with self._database.begin() as connection:
            connection.execute(sa.delete(_ORIGINALS).where(~used.exists()))
