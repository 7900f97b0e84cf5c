"""The collection: the letters as read, from which every index is built.

SQLAlchemy Core on SQLite, one file in the index folder, or on PostgreSQL. It keeps each letter's
text, facts (the determination as JSON) and source, so that indexes can be rebuilt, and letters
reread by a later parser, without the original files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from imrsearch.letters.files import Source
from imrsearch.letters.letter import KeptText, Letter
from imrsearch.model import Determination
from imrsearch.storage.collection.kept_files import KeptFiles
from imrsearch.storage.collection.postgresql import open_postgresql, setting_up, shown
from imrsearch.storage.collection.proof import Proof
from imrsearch.storage.collection.reader import (
    COLLECTION_SCHEMA,
    FILE,
    ROWS_AT_ONCE,
    CollectionState,
    Facts,
    Rows,
    StoredLetters,
    decoded,
    doubts_of,
    file_of,
    nothing_in,
    require_not_lost,
    unpacked,
)
from imrsearch.storage.collection.revisions import (
    Changes,
    changes_since,
    changing,
    present_state,
    remove_letters,
    revision_and_token,
    token_of,
)
from imrsearch.storage.collection.summary import UNREAD_FILES, CollectionSummary, summarize
from imrsearch.storage.collection.tables import (
    EXPECTED_COUNTS,
    LETTERS,
    META,
    REMOVED,
    REPLACE_FACTS,
    UNREAD,
    ExpectedCounts,
    begin_meta,
    changed_facts,
    is_incomplete,
    letter_row,
    open_sqlite,
    sealed,
    upgrade,
)
from imrsearch.system.errors import NotFound

Place = Path | str
"""Where a collection is: an index folder, or the address of a PostgreSQL database."""


class Collection(StoredLetters):
    """The letters of one index. Safe to share between threads."""

    def __init__(self, engine: sa.Engine) -> None:
        self.database = engine
        """The database that holds the tables."""
        self.files = KeptFiles(engine)
        """The files that the letters came from."""
        self.proof = Proof(engine)
        """Verifies that they can still be read as stored."""
        self._counted: tuple[tuple[int, int | None], CollectionSummary] | None = None

    @classmethod
    def open(cls, place: Place) -> Collection:
        """The collection in an index folder or a database. Raises NotIndexed, CollectionTooNew,
        DamagedCollection, NotWritten, ServerUnavailable."""
        if isinstance(place, Path):
            return cls._checked(open_sqlite(file_of(place)), place)
        engine = open_postgresql(place)
        with _closed_on_failure(engine):
            if not sa.inspect(engine).has_table(LETTERS.name):
                raise nothing_in(shown(engine.url))
        return cls._checked(engine, shown(engine.url))

    @classmethod
    def create(cls, place: Place, *, unfinished: bool = False) -> Collection:
        """As ``open``, but creates the folder (private to its owner) and an empty collection.

        Raises DamagedCollection too if the collection of a published build is lost.

        ``unfinished``: accept a copy that is not finished yet.
        """
        if not isinstance(place, Path):
            engine = open_postgresql(place)
            return cls._checked(engine, shown(engine.url), unfinished=unfinished)
        if not unfinished:
            require_not_lost(place)
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        (place / FILE).touch(mode=0o600)
        return cls._checked(open_sqlite(place / FILE), place, unfinished=unfinished)

    @classmethod
    def _checked(cls, engine: sa.Engine, place: Place, *, unfinished: bool = False) -> Collection:
        with _closed_on_failure(engine), setting_up(engine):
            META.create(engine, checkfirst=True)
            collection = cls(engine)
            held = collection._meta(place, unfinished=unfinished)
            begin_meta(engine, held)
            if held.get("schema") != COLLECTION_SCHEMA or is_incomplete(engine):
                upgrade(engine)
        return collection

    def close(self) -> None:
        """Close the file, or the connections."""
        self.database.dispose()

    # ------------------------------------------------------------------------------ reading

    def health(self) -> str:
        """``green`` if it responds. Raises ServerUnavailable, DamagedCollection."""
        self._rows("SELECT value FROM meta")  # not of the names alone: an index holds them
        return "green"

    @property
    def state(self) -> CollectionState:
        """The present state; a build records it to know what it was made from."""
        with self.database.begin() as connection:
            return present_state(connection)

    def has_been(self, state: CollectionState) -> bool:
        """Whether this is the present state of the collection or an earlier one."""
        with self.database.connect() as connection:
            return token_of(connection, state.revision) == state.token

    def changes(self, since: int) -> Changes:
        """The changes after the revision ``since``, oldest first."""
        with self.database.connect() as connection:
            return changes_since(connection, since)

    def promised(self) -> ExpectedCounts:
        """What an index of all letters must hold."""
        with self.database.connect() as connection:
            return ExpectedCounts(*connection.execute(EXPECTED_COUNTS).one())

    def original(self, case_id: str, max_bytes: int) -> bytes:
        """The bytes of the file that the letter was read from, provided it is still the same.

        Raises NotFound when the file is gone, has changed since or is larger than ``max_bytes``.
        """
        kept = self.letter(case_id)
        try:
            data = Source(Path(kept.source), kept.member).read(max_bytes)
        except Exception as error:
            raise NotFound(
                f"The original file of {case_id} is no longer where it was read.",
                "The letter's page shows its kept text.",
            ) from error
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            raise NotFound(
                f"The original file of {case_id} has changed since it was read.",
                "Run 'imrsearch index' on its folder to read it again.",
            )
        return data

    def to_reread(self, case_ids: Sequence[str]) -> list[KeptText]:
        """The letters of these cases. Raises DamagedCollection if one of them cannot be read."""
        return [
            KeptText(case_id, name, unpacked(text).decode(), doubts_of(unpacked(packed)))
            for case_id, name, text, packed in self._of_cases(
                "case_id, name, text, determination", case_ids
            )
        ]

    def to_index(self, facts: type[Facts], since: int | None = None) -> Iterator[tuple[str, Facts]]:
        """As ``every_letter``, but with those ``facts`` only that an index holds, and with the text
        only of letters without issues (else ``""``). With ``since`` only letters kept or reread
        after that revision, oldest change first."""
        decoder = msgspec.json.Decoder(facts)
        query = "SELECT CASE WHEN issues = 0 THEN text END, determination FROM letters "
        changed = "" if since is None else f"WHERE revision > {since:d} ORDER BY revision, case_id"
        with self._streamed(query + (changed or "ORDER BY case_id")) as rows:
            for text, packed in rows:
                told = "" if text is None else unpacked(text).decode()
                yield told, decoded(decoder, unpacked(packed))

    def case_ids(self, first: int = 0, most: int | None = None) -> list[str]:
        """The ids of all cases, sorted: up to ``most`` of them from number ``first`` on."""
        query = sa.select(LETTERS.c.case_id).order_by(LETTERS.c.case_id).offset(first).limit(most)
        with self.database.connect() as connection:
            return list(connection.execute(query).scalars())

    def unread_files(self) -> int:
        """The number of files that gave no letter."""
        with self.database.connect() as connection:
            return connection.execute(UNREAD_FILES).scalar_one()

    def outdated(self, reader: int) -> list[str]:
        """The cases that were read by an older parser, sorted."""
        query = sa.select(LETTERS.c.case_id).where(LETTERS.c.reader < reader)
        with self.database.connect() as connection:
            # Sorted here: SQLite would read all letters to sort them.
            return sorted(connection.execute(query).scalars())

    def summary(self) -> CollectionSummary:
        """Counts over the whole collection, cached until the letters change: counting 1.9 million
        takes a second."""
        with self.database.connect() as connection:
            state = revision_and_token(connection)
            if self._counted is None or self._counted[0] != state:
                self._counted = state, summarize(connection)
            _, summary = self._counted
            return replace(summary, unread=connection.execute(UNREAD_FILES).scalar_one())

    # ------------------------------------------------------------------------------ writing

    def keep(self, letters: Sequence[Letter], reader: int) -> None:
        """Keep letters in one transaction, replacing those of the same case or file."""
        if not letters:
            return
        rows = [letter_row(letter, reader) for letter in letters]
        cases, sources = ([row[name] for row in rows] for name in ("case_id", "source"))
        with changing(self.database) as (connection, revision):
            remove_letters(connection, revision, LETTERS.c.source.in_(sources))
            connection.execute(sa.delete(UNREAD).where(UNREAD.c.source.in_(sources)))
            for table in (LETTERS, REMOVED):
                connection.execute(sa.delete(table).where(table.c.case_id.in_(cases)))
            connection.execute(sa.insert(LETTERS), [sealed(row, revision) for row in rows])

    def keep_facts(self, determinations: Sequence[Determination], reader: int) -> None:
        """Replace the facts of stored letters, in one transaction, with those that a later parser
        found in the same texts."""
        found = {one.case_id: one for one in determinations}
        others = (column for column in LETTERS.c if column is not LETTERS.c.determination)
        query = sa.select(*others).where(LETTERS.c.case_id.in_(list(found)))
        with changing(self.database) as (connection, revision):
            rows = connection.execute(query).mappings().all()
            changed = [
                changed_facts(dict(row), found[row["case_id"]], reader, revision) for row in rows
            ]
            if changed:
                connection.execute(REPLACE_FACTS, changed)

    def drop(self, sources: Sequence[str]) -> None:
        """Delete the letters and unread files of these keys."""
        with changing(self.database) as (connection, revision):
            for start in range(0, len(sources), ROWS_AT_ONCE):
                some = sources[start : start + ROWS_AT_ONCE]
                remove_letters(connection, revision, LETTERS.c.source.in_(some))
                connection.execute(sa.delete(UNREAD).where(UNREAD.c.source.in_(some)))

    def _rows(self, query: str, values: dict[str, str] | None = None) -> Rows:
        with self.database.connect() as connection:
            return connection.execute(sa.text(query), values).all()

    @contextmanager
    def _streamed(self, query: str) -> Iterator[Iterable[Any]]:
        with (
            self.database.connect() as connection,
            connection.execution_options(yield_per=ROWS_AT_ONCE).execute(sa.text(query)) as rows,
        ):
            yield rows


@contextmanager
def _closed_on_failure(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise
