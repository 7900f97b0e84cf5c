"""The eras of the letters' template, as ``eras.toml`` tells them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from imrsearch.model import Era
from imrsearch.system.package_data import load_toml

DATE = "date"


@dataclass(frozen=True, slots=True)
class Template:
    """One era: what recognises it, its headings and labels as patterns (see ``eras.toml``).

    ``sections`` and ``labels`` are one pattern each, with a named group for every section or part.
    """

    name: Era
    marks: re.Pattern[str]
    item: str
    decision: str
    heading: re.Pattern[str] | None
    sections: re.Pattern[str]
    labels: re.Pattern[str] | None


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
    """All eras, in the order in which a letter is held against them."""
    rows: dict[str, dict[str, Any]] = {row["name"]: row for row in load_toml("eras.toml")["era"]}
    return tuple(_template({**rows.get(row.get("like", ""), {}), **row}) for row in rows.values())


@cache
def openings(section: str) -> re.Pattern[str]:
    """The form's own words at the beginning of a section."""
    return re.compile(
        "|".join(map(flexible, load_toml("eras.toml")["openings"][section])), re.IGNORECASE
    )


@cache
def letter_marks() -> tuple[tuple[re.Pattern[str], ...], int]:
    """Words of which a letter of unknown layout holds at least so many."""
    rule = load_toml("eras.toml")["letter"]
    return tuple(_any([mark]) for mark in rule["marks"]), int(rule["at_least"])


@cache
def field_labels() -> tuple[FieldLabel, ...]:
    """The labels of the field block."""
    return tuple(
        FieldLabel(row["name"], flexible(row["label"]), _optional(row.get("value")))
        for row in load_toml("eras.toml")["field"]
    )


def _optional(pattern: str | None) -> str | None:
    return None if pattern is None else flexible(pattern)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(flexible, patterns)), re.IGNORECASE)


def _template(row: dict[str, Any]) -> Template:
    heading = row.get("heading")
    labels = row.get("labels")
    return Template(
        name=row["name"],
        marks=re.compile("|".join(map(flexible, row["marks"]))),
        item=row["item"],
        decision=row["decision"],
        heading=_at_line_start({"heading": heading}, re.DOTALL) if heading else None,
        sections=_at_line_start(row["sections"]),
        labels=_at_line_start(labels, re.IGNORECASE) if labels else None,
    )


def _at_line_start(patterns: dict[str, str], flags: int = 0) -> re.Pattern[str]:
    """Any of the patterns at a line's start; "^" alone misses it in a passage that a page opens.

    A passage begins behind the form feed of "\\n\\fThe Claims Administrator based …".
    """
    alternatives = "|".join(f"(?P<{name}>{flexible(text)})" for name, text in patterns.items())
    return re.compile(rf"(?:^|(?<=\f))[\f ]*(?:{alternatives})", re.MULTILINE | flags)
