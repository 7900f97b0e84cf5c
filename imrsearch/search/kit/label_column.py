"""Fields whose labels stand in a column of their own, as a screen or a printed summary has them:

    ITEM                Home health care
    ASKED FOR           3 weeks
    RESULT              No

Each line becomes a field with its colon: "ITEM: Home health care".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from imrsearch.search.kit.services import names_treatment

_FIELD = re.compile(
    r"(?P<label>[A-Za-z](?: ?[\w'’/#.()&-]){0,30}?)(?P<gap> {3,}| *\t *)"
    r"(?P<value>\S(?:(?! {3}|\t).)*)"
)
_REST_OF_LINE = re.compile(r"\s{3,}(?P<value>\S.*)")
# A run of such lines is one of fields only where some of its labels are those of a decision.
_KNOWN = re.compile(
    r"(?:(?:item|service|treatment|procedure|medication|drug)s?(?: (?:requested|asked for|name))?"
    r"|(?:you |doctor |provider )?(?:asked|requested|wanted|ordered)(?: for)?|quantity|qty|amount"
    r"|units?|frequency|duration|result|decision|determination|outcome|status|answer|ruling"
    r"|disposition|approved|certified|granted|denied|guidelines?|criteria|sources?|references?"
    r"|citations?|authority"
    r"|(?:our )?(?:remarks?|reasons?|rationale|comments?|explanation|notes?|grounds|basis|why))\W?",
    re.IGNORECASE,
)
_ASKING_FIELD = re.compile(
    r"(?P<label>[ \t]{0,12}(?:re|(?:services?|treatments?|items?|procedures?)(?:\(s\))?"
    r"(?: (?:requested|denied|under review))?|requests?|requested(?: (?:services?|treatments?))?"
    r"|asked for|denied|approved|certified)):[ \t]{1,40}(?P<value>\S)",
    re.IGNORECASE,
)
_FEWEST_KNOWN = 2


def with_colons(lines: Sequence[str]) -> list[str]:
    """The lines, those of fields whose labels make a column with a colon behind each label."""
    return [
        line
        for _, run in groupby(_with_columns(lines), key=lambda placed: placed[0])
        for line in _fields_of([line for _, line in run])
    ]


def with_labels(lines: Sequence[str]) -> Iterator[str]:
    """The lines, those that stand below the value of a field of requests with its label.

    RE:     Left knee arthroscopy
            Medical clearance
    """
    label, column = "", -1
    for line in lines:
        if found := _ASKING_FIELD.match(line):
            label, column = found["label"].strip(), found.start("value")
            yield line
            continue
        begin = len(line) - len(line.lstrip())
        if begin == column and line[begin].isupper() and names_treatment(line):
            yield f"{label}: {line.strip()}"
            continue
        column = column if begin == column else -1
        yield line


def _with_columns(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line with the column where its value begins: 0 for a tab, -1 for no field. A line that
    is indented as far goes on with the value above it."""
    column = -1
    for line in lines:
        found, rest = _FIELD.fullmatch(line.rstrip()), _REST_OF_LINE.fullmatch(line.rstrip())
        if found and not names_treatment(found["label"]):
            column = 0 if "\t" in found["gap"] else found.start("value")
        elif not (rest and rest.start("value") == column):
            column = -1
        yield column, line


def _fields_of(run: Sequence[str]) -> Iterator[str]:
    """A run of lines with their values in one column, as fields if it is one of a decision."""
    found = [_FIELD.fullmatch(line.rstrip()) for line in run]
    known = {one["label"].lower() for one in found if one and _KNOWN.fullmatch(one["label"])}
    if len(known) < _FEWEST_KNOWN:
        yield from run
        return
    told = ""
    for line, field in zip(run, found, strict=True):
        if field is None:
            told = f"{told} {line.strip()}"
            continue
        if told:
            yield told
        told = f"{field['label'].rstrip(':')}: {field['value']}"
    yield told.strip()
