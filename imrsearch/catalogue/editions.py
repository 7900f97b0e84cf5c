"""Which edition of a guideline was in force when, as far as it is known (``editions.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import msgspec

from imrsearch.system.package_data import load_toml


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the catalogue's ``guideline`` that the MTUS held.

    ``name`` tells it from the others by day, month or year, in ISO 8601: ``2016-02-24``,
    ``2015-09``, ``2009``. ``since`` and ``until`` are its first and last day in force; ``until`` is
    ``None`` where no later edition is known. ``source`` says where these dates are printed.
    """

    guideline: str
    name: str
    since: date
    source: str
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it was in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


@cache
def editions_of(guideline: str) -> tuple[Edition, ...]:
    """The known editions of a guideline, the oldest first; empty where none is known."""
    known = msgspec.convert(load_toml("editions.toml")["edition"], list[Edition])
    editions = (edition for edition in known if edition.guideline == guideline)
    return tuple(sorted(editions, key=lambda edition: edition.since))


@cache
def editions_on_subject(guideline: str) -> tuple[Edition, ...]:
    """The editions of a guideline, and of the one that it replaced or was replaced by, by time."""
    subjects = load_toml("editions.toml")["subjects"]
    names = next((names for names in subjects if guideline in names), [guideline])
    return tuple(edition for name in names for edition in editions_of(name))


@lru_cache(maxsize=10_000)
def in_force(guideline: str, day: date) -> Edition | None:
    """The edition that governed the guideline's subject on the day; ``None`` where not known.

    It may be of another guideline, by which this one was replaced: for ``acoem-low-back`` in 2018
    it is the edition 2016-02-24 of ``acoem-low-back-disorders``.
    """
    return next((one for one in editions_on_subject(guideline) if one.covers(day)), None)


@lru_cache(maxsize=10_000)
def cited_edition(guideline: str, year: int | None, day: str | None) -> Edition | None:
    """The edition that a citation names by its printed ``day`` (or month), else by its year.

    ``None`` for a citation that prints neither, or one that no known edition has. An edition known
    by its year alone answers to any day of it.
    """
    printed = day or (str(year) if year else "")
    named = [
        one
        for one in editions_of(guideline)
        if printed and (one.name.startswith(printed) or printed.startswith(one.name))
    ]
    return named[0] if len(named) == 1 else None
