"""The field block of the PDFs (and era N's head): case number, dates, priority.

It is a table of two columns whose reading order depends on the extractor, so a value is known by
its label, not by its place: the value right after the label, or, where an extractor prints a
column of labels and then a column of values, the value of the same rank.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from imrsearch.catalogue.eras import FieldLabel, field_labels
from imrsearch.letters.dates import DATE
from imrsearch.letters.passage import Passage
from imrsearch.model import normal_case_id
from imrsearch.text.located import Located

# How far the block is looked for, in characters.
_HEAD = 20_000
_LONGEST_ID = 64
_DIGEST = 12
# "003_6ce2ce40348261aa"
_HASH = re.compile(r"(?<![A-Za-z0-9])[0-9a-f]{12,}(?![A-Za-z0-9])")
# pdftotext prints the label that is split over two lines around its value:
# "Application          11/03/2016\nReceived:"
_SPLIT_LABEL = re.compile(rf"Application\s+(?P<value>{DATE.pattern})\s+Received\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Token:
    """A label (``label``) or a value (``kind``: the label's kind of value) of the block."""

    match: re.Match[str]
    label: FieldLabel | None
    kind: str


def read_fields(head: Passage) -> dict[str, Located[str]]:
    """The block's values as printed, by field name (``case_id``, ``injury``, ``decided`` …)."""
    head = head.slice(0, _HEAD)
    tokens = list(_tokens(head))
    found = {**_by_label(tokens), **_by_rank(tokens)}
    split = head.search(_SPLIT_LABEL)
    if split:
        found["received"] = Located.at(split, split["value"], "value")
    return found


def read_told_dates(letter: Passage, told: re.Pattern[str]) -> dict[str, Located[str]]:
    """The days that sentences tell (``Template.told``), as printed, by field; each field's first.

    Example: "An application for Independent Medical Review was filed on 9/6/2013".
    """
    letter = letter.slice(0, _HEAD)
    found: dict[str, Located[str]] = {}
    for sentence in letter.finditer(told):
        day = DATE.match(letter.text, sentence.end())
        if day and day.end() <= letter.end:
            found.setdefault(str(sentence.lastgroup), Located.at(day, day.group()))
    return found


def case_id_of_name(name: str, text: str) -> str:
    """The case number in a file's name, else an id fit for a URL (at most 64): the name's stem and
    a hash of the text, as other letters may have the same name (``letter.txt``). A stem with a hash
    of its own is no other letter's and stays as it is."""
    stem = re.sub(r"\.(txt|pdf)\Z", "", name.replace("\\", "/").rsplit("/", 1)[-1], flags=re.I)
    case_id = normal_case_id(stem)
    if case_id:
        return case_id
    fit = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")
    if fit == stem and len(stem) <= _LONGEST_ID and _HASH.search(stem):
        return stem
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]
    return f"{fit[: _LONGEST_ID - _DIGEST - 1] or 'letter'}-{digest}"


@cache
def _pattern() -> re.Pattern[str]:
    labels = [f"(?P<label_{row.name}>{row.label})" for row in field_labels()]
    values = [f"(?P<value_{row.name}>{row.value})" for row in field_labels() if row.value]
    date_value = re.sub(
        r"\?P<\w+>|\(\?P=mark\)", lambda m: "" if "<" in m[0] else "[-/.]", DATE.pattern
    )
    return re.compile("|".join([*labels, *values, f"(?P<value_date>{date_value})"]), re.IGNORECASE)


def _tokens(head: Passage) -> Iterator[_Token]:
    rows = {row.name: row for row in field_labels()}
    for match in head.finditer(_pattern()):
        role, _, name = str(match.lastgroup).partition("_")
        if role == "label":
            yield _Token(match, rows[name], name if rows[name].value else "date")
        else:
            yield _Token(match, None, name)


def _by_label(tokens: list[_Token]) -> dict[str, Located[str]]:
    """Values that stand right after their label; a field's first value counts."""
    found: dict[str, Located[str]] = {}
    for token, value in pairwise(tokens):
        between = token.match.string[token.match.end() : value.match.start()]
        if token.label and not value.label and value.kind == token.kind and not between.strip():
            found.setdefault(token.label.name, Located.at(value.match, value.match.group()))
    return found


def _by_rank(tokens: list[_Token]) -> dict[str, Located[str]]:
    """A run of three or more labels before as many values of the same kinds, in order."""
    found: dict[str, Located[str]] = {}
    run: list[_Token] = []
    for place, token in enumerate(tokens):
        if token.label:
            run.append(token)
            continue
        values = tokens[place : place + len(run)]
        same_kinds = [(v.kind, v.label) for v in values] == [(t.kind, None) for t in run]
        if len(run) >= 3 and same_kinds:
            pairs = zip(run, values, strict=True)
            found.update(
                {t.label.name: Located.at(v.match, v.match.group()) for t, v in pairs if t.label}
            )
        run = []
    return found
