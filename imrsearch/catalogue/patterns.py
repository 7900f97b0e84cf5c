r"""Regular expressions that list what people write, kept as data: ``data/patterns/*.toml``.

A table is one pattern. Its ``words`` are alternatives, one a line, put into ``form`` (by default
between two word boundaries); the lines of ``whole`` are alternatives as they stand. Letters match
in either case unless ``case = true``. Lines that begin with ``+ `` are examples of the alternative
below them, and in those that begin with ``- `` it finds nothing; a test holds both::

    [denied]
    words = '''
    + They turned that down
    - He turned down the hall
    turned (?:it|that|this) down
    '''

``{name}`` stands for an entry of the table ``parts``, or for the words of numbers in
``_NUMBER_PARTS``. An array of tables, ``[[name]]``, holds replacements: ``find`` is put as ``put``;
a ``text`` ``becomes`` another by it, which a test holds too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from imrsearch.system.errors import CatalogueError
from imrsearch.system.package_data import load_toml
from imrsearch.text.numbers import NUMBER_WORDS, ONES, TENS

_NUMBER_PARTS = {
    name: "|".join(words)
    for name, words in (("number_words", NUMBER_WORDS), ("ones", ONES), ("tens", TENS))
}
_NAMED_PART = re.compile(r"\{([a-z_]+)\}")
_PLACE_OF_WORDS = "{words}"
_BETWEEN_BOUNDARIES = rf"\b(?:{_PLACE_OF_WORDS})\b"
_FOUND, _PASSED = "+ ", "- "
_PATTERN_KEYS = frozenset({"words", "whole", "form", "case"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A line of a pattern, its ``pattern`` alone, texts in which it ``finds`` something, and texts
    that it ``passes`` by."""

    line: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    passes: tuple[str, ...]


class Replacement(NamedTuple):
    """What is ``put`` for what ``find`` finds, and an example: ``text`` becomes ``becomes``."""

    find: re.Pattern[str]
    put: str
    text: str
    becomes: str


@cache
def patterns(file: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a file, such as ``"manners"``, by their names.

    Raises:
        CatalogueError: a pattern does not compile, has no alternative or an unknown key, or names a
            part that there is not.
    """
    source = _Source(file)
    return {name: source.compiled(name, _whole(table), table) for name, table in source.patterns()}


@cache
def replacements(file: str) -> Mapping[str, tuple[Replacement, ...]]:
    """The lists of replacements of a file by their names, in the order in which they are made.

    Raises:
        CatalogueError: as ``patterns``.
    """
    source = _Source(file)
    return {
        name: tuple(
            Replacement(
                source.compiled(name, row["find"], row), row["put"], row["text"], row["becomes"]
            )
            for row in rows
        )
        for name, rows in source.replacements()
    }


def replaced(text: str, several: Iterable[Replacement]) -> str:
    """The text after the replacements, each made in what those before it left."""
    for one in several:
        text = one.find.sub(one.put, text)
    return text


def alternatives(file: str) -> Iterator[tuple[str, Alternative]]:
    """The name of each pattern of a file, with each of its alternatives.

    Raises:
        CatalogueError: as ``patterns``, or an example stands above no alternative.
    """
    source = _Source(file)
    for name, table in source.patterns():
        for form, lines in _lines_of_groups(table):
            examples: list[str] = []
            for line in lines:
                if _is_example(line):
                    examples.append(line)
                    continue
                alone = source.compiled(name, form.replace(_PLACE_OF_WORDS, line), table)
                told = [
                    tuple(one.removeprefix(sign) for one in examples if one.startswith(sign))
                    for sign in (_FOUND, _PASSED)
                ]
                yield name, Alternative(line, alone, *told)
                examples = []
            if examples:
                raise source.wrong(name, f"no alternative below {examples[-1]!r}")


class _Source:
    """The tables of a file, and the parts that its patterns name."""

    def __init__(self, file: str) -> None:
        self._file = f"patterns/{file}.toml"
        self._tables = {**load_toml(self._file)}
        self._parts = dict(_NUMBER_PARTS)
        for name, part in self._tables.pop("parts", {}).items():
            self._parts[name] = self._filled(part)

    def patterns(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The tables that are patterns."""
        for name, table in self._tables.items():
            if isinstance(table, dict):
                if unknown := table.keys() - _PATTERN_KEYS:
                    raise self.wrong(name, f"a pattern has no key {min(unknown)!r}")
                yield name, table

    def replacements(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The arrays of replacements."""
        return ((name, one) for name, one in self._tables.items() if isinstance(one, list))

    def compiled(self, name: str, pattern: str, table: Mapping[str, Any]) -> re.Pattern[str]:
        """A pattern of a table, with its parts filled in."""
        pattern = self._filled(pattern)
        try:
            if unknown := _NAMED_PART.search(pattern):
                raise re.error(f"there is no part {unknown[0]}")
            if not pattern:  # it would match everywhere
                raise re.error("there is no alternative")
            return re.compile(pattern, 0 if table.get("case") else re.IGNORECASE)
        except re.error as error:
            raise self.wrong(name, f"{error.msg}, in {pattern[:80]!r}") from error

    def wrong(self, name: str, what: str) -> CatalogueError:
        """The error that tells what is wrong with a pattern."""
        return CatalogueError(f"{self._file}, {name}: {what}")

    def _filled(self, pattern: str) -> str:
        return _NAMED_PART.sub(lambda found: self._parts.get(found[1], found[0]), pattern)


def _whole(table: Mapping[str, Any]) -> str:
    """The pattern of all alternatives of a table."""
    words, whole = (
        (form, [line for line in lines if not _is_example(line)])
        for form, lines in _lines_of_groups(table)
    )
    framed = [words[0].replace(_PLACE_OF_WORDS, "|".join(words[1]))] if words[1] else []
    return "|".join([*framed, *whole[1]])


def _lines_of_groups(table: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The lines of each group of a table, with the form that its alternatives are put into."""
    for group, form in (
        ("words", table.get("form", _BETWEEN_BOUNDARIES)),
        ("whole", _PLACE_OF_WORDS),
    ):
        yield form, [line for line in table.get(group, "").split("\n") if line]


def _is_example(line: str) -> bool:
    return line.startswith((_FOUND, _PASSED))
