"""Lines as a form or list meant them: cells copied one below the other, numbers without a point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from imrsearch.search.kit.tables import DIAGNOSIS_CODE, FEWEST_CELLS, cells

_LABELLED_FIELD = re.compile(r"\s*[A-Za-z][^:;\n]{0,70}:(?:\s|$)")
_MOST_CELLS = 8
"""So many lines make a row of a form at most."""
# "1 RIGHT KNEE MRI", "02 TRAMADOL 50 MG"; not "12 visits were certified"
_BARE_NUMBER = re.compile(r"\s*(?P<number>\d{1,2})\s+(?=[A-Z])")


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
    """The line before which a row ends: with the next row, at a field, or after its most cells."""
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
