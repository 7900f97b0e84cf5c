"""The states of a collection: every change raises its revision, and each revision has a token.

A revision's number can come back when a backup is restored; its token, drawn at random, cannot.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from imrsearch.storage.collection.reader import CollectionState
from imrsearch.storage.collection.tables import LETTERS, META, REMOVED, REVISIONS, set_meta

_REVISION_QUERY = sa.select(META.c.value).where(META.c.name == "revision")
_TOKEN_QUERY = sa.select(REVISIONS.c.token).where(REVISIONS.c.revision == sa.bindparam("of"))
_RAISE_REVISION = set_meta("revision", META.c.value + 1)
_KEEP_TOKEN = sa.text(
    "INSERT INTO revisions (revision, token) VALUES (:revision, :token) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """The cases stored or reread, and the cases removed, after a revision."""

    kept: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def cases(self) -> set[str]:
        """All cases that have changed."""
        return {*self.kept, *self.removed}


@contextmanager
def changing(database: sa.Engine) -> Iterator[tuple[sa.Connection, int]]:
    """A transaction that increases the revision; yields the new revision.

    It is increased first, so that on PostgreSQL other writers wait for this one.
    """
    with database.begin() as connection:
        connection.execute(_RAISE_REVISION)
        revision = connection.execute(_REVISION_QUERY).scalar_one()
        yield connection, revision
        _draw_token(connection, revision)


def revision_and_token(connection: sa.Connection) -> tuple[int, int | None]:
    """The revision and its token, if it has one; different letters have a different pair."""
    revision = connection.execute(_REVISION_QUERY).scalar() or 0
    return revision, token_of(connection, revision)


def present_state(connection: sa.Connection) -> CollectionState:
    """The revision and its token, drawn now if there is none yet: the collection is empty, or was
    last changed by a version without tokens."""
    revision, token = revision_and_token(connection)
    return CollectionState(revision, _draw_token(connection, revision) if token is None else token)


def token_of(connection: sa.Connection, revision: int) -> int | None:
    """The token of a revision, if it has one."""
    return connection.execute(_TOKEN_QUERY, {"of": revision}).scalar()


def changes_since(connection: sa.Connection, revision: int) -> Changes:
    """What changed after a revision, oldest first."""
    kept, removed = (
        sa.select(table.c.case_id).where(table.c.revision > revision).order_by("revision")
        for table in (LETTERS, REMOVED)
    )
    return Changes(
        tuple(connection.execute(kept).scalars()), tuple(connection.execute(removed).scalars())
    )


def _draw_token(connection: sa.Connection, revision: int) -> int:
    """The token of a revision: the existing one, else a new one."""
    drawn = {"revision": revision, "token": secrets.randbits(62)}
    connection.execute(_KEEP_TOKEN, drawn)
    return int(connection.execute(_TOKEN_QUERY, {"of": revision}).scalar_one())


def remove_letters(connection: sa.Connection, revision: int, which: sa.ColumnElement[bool]) -> None:
    """Delete letters and record their removal in a revision."""
    cases = list(connection.execute(sa.select(LETTERS.c.case_id).where(which)).scalars())
    connection.execute(sa.delete(LETTERS).where(which))
    connection.execute(sa.delete(REMOVED).where(REMOVED.c.case_id.in_(cases)))
    if cases:
        gone = [{"case_id": case, "revision": revision} for case in cases]
        connection.execute(sa.insert(REMOVED), gone)
