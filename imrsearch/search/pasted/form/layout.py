"""Lines as a form, screen or list meant them, before they are taken into pieces.

Labels that stand in a column of their own get their colon ("ITEM: Home health care"):

    ITEM                Home health care
    ASKED FOR           3 weeks
    RESULT              No

Cells that were copied one below the other become a row, and a list's bare numbers get a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.form.tables import DIAGNOSIS_CODE, FEWEST_CELLS, cells
from imrsearch.search.pasted.wording.services import names_treatment

_PATTERNS = patterns("layout")

_FIELD = re.compile(
    r"(?P<label>[A-Za-z](?: ?[\w'’/#.()&-]){0,30}?)(?P<gap> {3,}| *\t *)"
    r"(?P<value>\S(?:(?! {3}|\t).)*)"
)
_REST_OF_LINE = re.compile(r"\s{3,}(?P<value>\S.*)")
_KNOWN = _PATTERNS["known"]
_ASKING_FIELD = _PATTERNS["asking_field"]
_FEWEST_KNOWN = 2
_LABELLED_FIELD = re.compile(r"\s*[A-Za-z][^:;\n]{0,70}:(?:\s|$)")
_MOST_CELLS = 8
"""Most lines of a form's row."""
# "1 RIGHT KNEE MRI", "02 TRAMADOL 50 MG"; not "12 visits were certified"
_BARE_NUMBER = re.compile(r"\s*(?P<number>\d{1,2})\s+(?=[A-Z])")


def with_colons(lines: Sequence[str]) -> list[str]:
    """The lines, with a colon behind each label where the labels of fields make a column."""
    return [
        line
        for _, run in groupby(_with_columns(lines), key=lambda placed: placed[0])
        for line in _fields_of([line for _, line in run])
    ]


def with_labels(lines: Sequence[str]) -> Iterator[str]:
    """The lines; those below the value of a field of requests get its label, too.

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
    """A run of lines with their values in one column, as fields if enough labels are known."""
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
        told = f"{field['label']}: {field['value']}"
    yield told.strip()


def laid_out(lines: Sequence[str]) -> list[str]:
    """The lines, with each row of a stacked table on one line with bars, and "1." where a list has
    only "1" before its items."""
    return list(_counted_lines(list(_unstacked(lines))))


def _unstacked(lines: Sequence[str]) -> Iterator[str]:
    """Rows of a form that a viewer copied cell by cell: a diagnosis, its code alone on the next
    line, the service, and what is told of it up to the next diagnosis."""
    starts = [
        place - 1
        for place, line in enumerate(lines)
        if place and DIAGNOSIS_CODE.fullmatch(line.strip()) and lines[place - 1].strip()
    ]
    done = 0
    for start, following in pairwise((*starts, len(lines))):
        end = _end_of_row(lines, start, following)
        if start >= done and end > start + 2:
            yield from lines[done:start]
            yield " | ".join(line.strip() for line in lines[start:end] if line.strip())
            done = end
    yield from lines[done:]


def _end_of_row(lines: Sequence[str], start: int, following: int) -> int:
    """The line before which a row ends: the next row, a field, or ``_MOST_CELLS`` lines on."""
    last = min(following, start + _MOST_CELLS)
    for place in range(start + 2, last):
        if _LABELLED_FIELD.match(lines[place]):
            return place
    return last


def _counted_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a list that counts on from 1, each number with a point behind it."""
    begun = [_BARE_NUMBER.match(line) for line in lines]
    numbers = [  # that of a table's row is a cell of its own
        int(found["number"]) if found and len(cells(line)) < FEWEST_CELLS else None
        for line, found in zip(lines, begun, strict=True)
    ]
    expected = 1
    for place, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        is_first = number == 1 and 2 in numbers[place + 1 : place + 4]
        if number is not None and (is_first or number == expected > 1):
            expected = number + 1
            yield _BARE_NUMBER.sub(f"{number}. ", line, count=1)
        else:
            yield line
