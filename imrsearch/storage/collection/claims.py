"""The files of an indexing run: its own alone, or read together with other machines.

With a collection on PostgreSQL, several machines may read letters at the same time. Each run offers
the files that it finds in the table ``to_read`` and claims some at a time by ``SELECT … FOR UPDATE
SKIP LOCKED``, in a transaction that stays open until they have been read and their letters are
kept. Of a machine that is killed the database forgets the locks, and another one claims its files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from imrsearch.letters.files import Source
from imrsearch.model import Unread
from imrsearch.storage.collection.kept_files import is_below
from imrsearch.storage.collection.postgresql import lock_keys, prepare_for_postgresql, setting_up

FILES_AT_ONCE = 200
"""Files in a machine's first claim. Each open claim holds a connection, so the next one is larger
by as many: a run with many processes reads far ahead of what is kept."""

_CLAIM_TABLES = sa.MetaData()
_TO_READ = sa.Table(
    "to_read",
    _CLAIM_TABLES,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("member", sa.String),
)
prepare_for_postgresql(_TO_READ)
_KEEPING = lock_keys(4_805_972)
"""The advisory lock of whoever keeps letters."""

FoundFiles = Iterable[Source | Unread]


class FilesToRead:
    """Which of the files found a run reads: for the only machine, every file."""

    def offered(self, found: FoundFiles) -> Iterator[Source | Unread]:
        """The files found that nobody else reads; what gives no letter as it is."""
        yield from found

    def left(self) -> Iterator[Source]:
        """Files that another run had claimed and did not keep; the caller is the only one now."""
        yield from ()

    def keeping(self) -> AbstractContextManager[None]:
        """A block in which nobody else keeps letters."""
        return nullcontext()

    def done(self, files: int) -> None:
        """The letters of the next ``files`` files, in the order given, are kept."""

    def close(self) -> None:
        """Give back what is claimed and not done."""


def files_to_read(database: sa.Engine, places: Collection[Path]) -> FilesToRead:
    """The files under ``places``, for a collection in this database."""
    is_shared = database.dialect.name == "postgresql"
    return _SharedFiles(database, places) if is_shared else FilesToRead()


@dataclass(slots=True)
class _ClaimedFiles:
    """Rows that a transaction has locked; ``left`` of their files are not done."""

    transaction: sa.Connection
    keys: list[str]
    sources: list[Source]
    left: int


class _SharedFiles(FilesToRead):
    """For one of several machines: files that no other has claimed."""

    def __init__(self, database: sa.Engine, places: Collection[Path]) -> None:
        self._database = database
        self._claims: deque[_ClaimedFiles] = deque()
        self._mine = sa.or_(sa.false(), *(is_below(_TO_READ.c.source, one) for one in places))
        with setting_up(database):
            _CLAIM_TABLES.create_all(database)

    def offered(self, found: FoundFiles) -> Iterator[Source | Unread]:
        rest = iter(found)
        while some := list(islice(rest, FILES_AT_ONCE)):
            self._offer([one for one in some if isinstance(one, Source)])
            yield from (one for one in some if isinstance(one, Unread))
        yield from self._claimed()

    def left(self) -> Iterator[Source]:
        yield from self._claimed()

    @contextmanager
    def keeping(self) -> Iterator[None]:
        with self._database.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(*_KEEPING)))
            yield

    def done(self, files: int) -> None:
        while self._claims and self._claims[0].left <= files:
            claim = self._claims.popleft()
            files -= claim.left
            with claim.transaction as connection:
                connection.execute(sa.delete(_TO_READ).where(_TO_READ.c.source.in_(claim.keys)))
                connection.commit()
        if self._claims:
            self._claims[0].left -= files

    def close(self) -> None:
        while self._claims:
            self._claims.popleft().transaction.close()

    def _offer(self, sources: Collection[Source]) -> None:
        rows = [{"source": one.key, "path": str(one.path), "member": one.member} for one in sources]
        if rows:
            with self._database.begin() as connection:
                connection.execute(insert(_TO_READ).on_conflict_do_nothing(), rows)

    def _claimed(self) -> Iterator[Source]:
        """Files under this run's places, until nobody has left any."""
        while claim := self._claim():
            self._claims.append(claim)
            self.done(0)
            yield from claim.sources

    def _claim(self) -> _ClaimedFiles | None:
        query = (
            sa.select(_TO_READ)
            .where(self._mine)
            .order_by(_TO_READ.c.source)
            .limit(FILES_AT_ONCE * (1 + len(self._claims)))
            .with_for_update(skip_locked=True)
        )
        transaction = self._database.connect()
        rows = transaction.execute(query).all()
        if rows:
            sources = [Source(Path(row.path), row.member) for row in rows]
            # A killed run may have offered files that are gone by now.
            there = [source for source in sources if source.path.exists()]
            return _ClaimedFiles(transaction, [row.source for row in rows], there, len(there))
        transaction.close()
        return None
