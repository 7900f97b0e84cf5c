"""The eras of the letters' template, as ``eras.toml`` tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from imrsearch.model import Era
from imrsearch.system.errors import CatalogueError
from imrsearch.system.package_data import load_toml

UNKNOWN_ERA = "unknown"
"""The era of a letter that holds no era's mark."""

_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Texts = Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
_TextTable = Annotated[dict[str, _Text], msgspec.Meta(min_length=1)]


class _EraRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An era as ``eras.toml`` tells it, with what it inherits."""

    name: _Text
    label: _Text
    marks: _Texts
    item: Literal["heading", "label", "whole"]
    decision: Literal["word", "sentence", "section"]
    sections: _TextTable
    like: _Text | None = None
    heading: _Text | None = None
    labels: _TextTable | None = None
    printed: dict[str, _Texts] = {}
    told: dict[str, _Texts] = {}


_OWN = frozenset({"label", "marks"})
"""What no era inherits."""
_BY_ITEM = {"heading": ("heading", "labels"), "label": ("labels",), "whole": ()}
"""What else an era needs, by how its issues begin."""


@dataclass(frozen=True, slots=True)
class FormWords:
    """Headings or labels: a pattern with a named group for each, and forms as commonly printed.

    A form that is printed with one letter wrong is recognised by ``printed``, one that stands
    inside a line, because lines were joined, by ``joined``.
    """

    pattern: re.Pattern[str]
    joined: re.Pattern[str]
    printed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Template:
    """One era: what recognises it, its headings and labels as patterns (see ``eras.toml``).

    ``sections`` and ``labels`` have a named group for every section or part, ``told`` one for each
    date that a sentence tells. ``heading`` is that of a numbered issue at the start of a line,
    ``joined_heading`` inside one, because lines were joined.
    """

    name: Era
    marks: tuple[re.Pattern[str], ...]
    item: str
    decision: str
    heading: re.Pattern[str] | None
    joined_heading: re.Pattern[str] | None
    sections: FormWords
    labels: FormWords | None
    told: re.Pattern[str] | None

    def marks_stand(self, text: str) -> bool:
        """Whether any of the era's marks stands in a text: each is looked for by its first word,
        which takes a tenth of the time that all of them in one pattern take."""
        return any(mark.search(text) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class FieldLabel:
    """A line of the field block: the fact's name, its label, and its value (else a date)."""

    name: str
    label: str
    value: str | None


def flexible(pattern: str) -> str:
    """The pattern with each blank standing for any run of blanks ("A ?:" -> "A\\s*:")."""
    return re.sub(r" ([?]?)", lambda blank: r"\s*" if blank.group(1) else r"\s+", pattern)


@cache
def templates() -> tuple[Template, ...]:
    """All eras, in the order in which a letter is held against them. Raises CatalogueError."""
    return tuple(map(_template, _eras().values()))


@cache
def era_labels() -> dict[str, str]:
    """Every era's name and its label, the unknown one last. Raises CatalogueError."""
    unknown = load_toml("eras.toml").get(UNKNOWN_ERA, {}).get("label")
    if not unknown:
        raise _wrong(UNKNOWN_ERA, "label", "is missing")
    return {**{name: row.label for name, row in _eras().items()}, UNKNOWN_ERA: unknown}


@cache
def openings(section: str) -> re.Pattern[str]:
    """The form's own words at the beginning of a section."""
    return re.compile(
        "|".join(map(flexible, load_toml("eras.toml")["openings"][section])), re.IGNORECASE
    )


@cache
def letter_marks() -> tuple[tuple[re.Pattern[str], ...], int]:
    """Marks, and how many of them a letter of unknown layout has at least."""
    rule = load_toml("eras.toml")["letter"]
    marks = tuple(re.compile(flexible(mark), re.IGNORECASE) for mark in rule["marks"])
    return marks, int(rule["at_least"])


@cache
def field_labels() -> tuple[FieldLabel, ...]:
    """The labels of the field block."""
    return tuple(
        FieldLabel(
            name=row["name"],
            label=flexible(row["label"]),
            value=flexible(row["value"]) if "value" in row else None,
        )
        for row in load_toml("eras.toml")["field"]
    )


def _eras() -> dict[str, _EraRow]:
    """The rows of the eras by their names, each complete and checked but for its patterns."""
    rows: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(load_toml("eras.toml").get("era", ()), start=1):
        name = row.get("name")
        if not isinstance(name, str) or not name:
            raise _wrong(f"number {place}", "name", "is missing")
        if name in rows or name == UNKNOWN_ERA:
            raise _wrong(name, "name", "is taken")
        rows[name] = row
    return {name: _checked(name, row, rows) for name, row in rows.items()}


def _checked(name: str, own: dict[str, Any], rows: dict[str, dict[str, Any]]) -> _EraRow:
    """An era's row with what the one that it is like gives it."""
    like = own.get("like")
    if like is not None and like not in rows:
        raise _wrong(name, "like", "names no other era")
    inherited = {key: value for key, value in rows.get(like or "", {}).items() if key not in _OWN}
    try:
        row = msgspec.convert({**inherited, **own}, _EraRow)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"The era “{name}” in eras.toml: {error}.") from error
    for key in _BY_ITEM[row.item]:
        if getattr(row, key) is None:
            raise _wrong(name, key, f'is missing, which item = "{row.item}" needs')
    return row


def _wrong(era: str, key: str, what: str) -> CatalogueError:
    return CatalogueError(f"The era “{era}” in eras.toml: the key “{key}” {what}.")


def _template(row: _EraRow) -> Template:
    def form_words(key: str, patterns: dict[str, str], flags: int = 0) -> FormWords:
        with _saying_where(row.name, key):
            # Inside a line only with a capital: "… of the MTUS. The Physician …".
            inside = rf"(?<=[ ])(?=(?-i:[A-Z])){_any_of(patterns)}"
            at_start = _at_line_start(patterns, flags)
            return FormWords(at_start, re.compile(inside, flags), row.printed)

    heading = joined = None
    if row.heading:
        with _saying_where(row.name, "heading"):
            heading = _at_line_start({"heading": row.heading}, re.DOTALL)
            joined = re.compile(rf"(?<=[.:;)] ){flexible(row.heading)}", re.MULTILINE | re.DOTALL)
        for group in ("number", "service"):
            if group not in heading.groupindex:
                raise _wrong(row.name, "heading", f"has no group (?P<{group}>…)")
    # The sentences before a day, with a named group for each date.
    days = [
        f"(?P<{name}>{'|'.join(map(flexible, sentences))})" for name, sentences in row.told.items()
    ]
    with _saying_where(row.name, "marks"):
        marks = tuple(re.compile(flexible(mark)) for mark in row.marks)
    return Template(
        name=row.name,
        marks=marks,
        item=row.item,
        decision=row.decision,
        heading=heading,
        joined_heading=joined,
        sections=form_words("sections", row.sections),
        labels=form_words("labels", row.labels, re.IGNORECASE) if row.labels else None,
        told=re.compile(rf"(?:{'|'.join(days)})\s*:?\s*") if days else None,
    )


@contextmanager
def _saying_where(era: str, key: str) -> Iterator[None]:
    try:
        yield
    except re.error as error:
        raise _wrong(era, key, f"is no pattern ({error})") from error


def _at_line_start(patterns: dict[str, str], flags: int = 0) -> re.Pattern[str]:
    """Any of the patterns at the start of a line or a page.

    "^" alone misses what follows a form feed: "\\n\\fThe Claims Administrator based …". A heading
    with its last letter doubled, "CASE SUMMARYY", is a misprint and does not match; one that has
    lost its line end, "CASE SUMMARYThe patient", does.
    """
    return re.compile(rf"(?:^|(?<=\f))[\f ]*{_any_of(patterns)}", re.MULTILINE | flags)


def _any_of(patterns: dict[str, str]) -> str:
    alternatives = "|".join(f"(?P<{name}>{flexible(text)})" for name, text in patterns.items())
    whole = r"(?!(?<=\w)\w\b)"
    return rf"(?:{alternatives}){whole}"
