"""Tables whose columns only blanks part and whose cells run over several lines.

A viewer of PDFs copies a table line by line, so a line holds a bit of every cell:

    Treatment Requested            Decision       Reason for decision
    Cognitive behavioral           MODIFIED       ODG recommends an initial trial with
    therapy, 12 sessions           4 sessions     continuation on improvement.

Each row becomes one line with bars. Text belongs to the column below whose title it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.form.tables import (
    DECISION,
    SERVICE,
    WHY,
    TableHeading,
    decided_first,
    heading,
)

_PATTERNS = patterns("columns")

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FEWEST_COLUMNS = 2
_MOST_TABLE_LINES = 400
"""Most lines of a table below its heading."""
_NEXT_SECTION = _PATTERNS["next_section"]
# "R12", "N-4", "A", "2": a remark that a legend below the table explains
_CODE = r"(?:[A-Z]{1,3}-?\d{1,3}|[A-Z]|\d{1,2}|\*{1,4})"
_REMARK = re.compile(rf"\(?{_CODE}\)?(?:(?:\s?[,;/+&]\s?| and )\(?{_CODE}\)?)*")
# … but not "A physician decided"
_LEGEND = re.compile(
    rf"\s*\(?(?P<code>{_CODE})(?!\w)(?:\s?[:=.)–-]+\s*|\s{{2,}}|(?<=\d)\s|(?<=\*)\s?)(?P<text>\S.*)"
)


def in_rows(lines: Sequence[str]) -> list[str]:
    """The lines, those of a table in columns with one line for each row, bars between its cells."""
    made: list[str] = []
    rest = list(lines)
    place = 0
    while place < len(rest):
        table = _Table.at(rest[place])
        rows, end = table.rows(rest, place + 1) if table else ([], 0)
        if table and rows:
            legend = _legend(rest, table.remarks(rows))
            made += [
                _barred(table.titles),
                *(_barred(table.explained(row, legend)) for row in rows),
            ]
            place = end
        else:
            made.append(rest[place])
            place += 1
    return made


def _barred(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class _Table:
    """A table by its heading: the ``titles`` of its columns, where each begins, and their roles."""

    titles: tuple[str, ...]
    starts: tuple[int, ...]
    roles: tuple[str, ...]

    @classmethod
    def at(cls, line: str) -> _Table | None:
        """The table of which a line is the heading; ``None`` for any other line."""
        if "|" in line or "\t" in line or "  " not in line.strip():
            return None
        found = list(_SEGMENT.finditer(line))
        titles = tuple(one[0] for one in found)
        known: TableHeading | None = heading(_barred(titles))
        is_decided = known is not None and (WHY in known.roles or DECISION in known.roles)
        if known is None or len(titles) < _FEWEST_COLUMNS or not is_decided:
            return None
        return cls(titles, (0, *(one.start() for one in found[1:])), known.roles)

    def rows(self, lines: Sequence[str], begin: int) -> tuple[list[list[str]], int]:
        """The rows below, and the line before which the table ends: the first that stands across
        its columns."""
        rows: list[list[str]] = []
        is_blank, has_gaps = True, False
        end = begin
        for place, line in enumerate(lines[begin : begin + _MOST_TABLE_LINES], begin):
            if not line.strip():
                has_gaps = has_gaps or (bool(rows) and not is_blank)
                is_blank = True
                continue
            cells = None if _NEXT_SECTION.match(line) else self._cells(line)
            is_begun = is_blank and bool(rows)
            fewest = _FEWEST_COLUMNS + (_LEGEND.match(line) is not None)
            if cells is None or (is_begun and sum(map(bool, cells)) < fewest):
                break
            if not rows or self._begins(cells, is_blank, has_gaps):
                rows.append(cells)
            else:
                rows[-1] = [
                    f"{one} {more}".strip() for one, more in zip(rows[-1], cells, strict=True)
                ]
            is_blank, end = False, place + 1
        return (rows, end) if rows and all(rows[0][:1]) else ([], begin)

    def _cells(self, line: str) -> list[str] | None:
        """What a line holds of each cell; ``None`` where it runs across the columns."""
        cells = [""] * len(self.starts)
        ends = (*self.starts[1:], len(line) + 1)
        for begin, after in self._segments(line):
            shared = [
                min(after, end) - max(begin, start)
                for start, end in zip(self.starts, ends, strict=True)
            ]
            column = max(range(len(shared)), key=shared.__getitem__)
            if after > ends[column] or shared[column] < 1:
                return None
            cells[column] = f"{cells[column]} {line[begin:after]}".strip()
        return cells

    def _segments(self, line: str) -> Iterator[tuple[int, int]]:
        """Where the cells of a line begin and end. A cell that fills its column is followed by one
        blank: in a line that has gaps it ends where the next column begins."""
        found = [one.span() for one in _SEGMENT.finditer(line)]
        for begin, end in found:
            for start in self.starts if len(found) > 1 else ():
                if begin < start < end and line[start - 1] == " ":
                    yield begin, start - 1
                    begin = start
            yield begin, end

    def _begins(self, cells: Sequence[str], is_blank: bool, has_gaps: bool) -> bool:
        """Whether a line begins a row: behind a blank line, or with a decision of its own."""
        service = cells[self.roles.index(SERVICE)]
        if not service or not (service[0].isupper() or service[0].isdigit()):
            return False
        if is_blank:
            return True
        told = [
            cell
            for role, cell in zip(self.roles, cells, strict=True)
            if role in (DECISION, WHY) and decided_first(cell)
        ]
        return bool(told) or (DECISION not in self.roles and not has_gaps and all(cells))

    def remarks(self, rows: Sequence[Sequence[str]]) -> frozenset[str]:
        """The codes that stand in place of reasons."""
        column = self._reason()
        told = (row[column] for row in rows) if column is not None else ()
        return frozenset(code for cell in told for code in _remark_codes(cell))

    def explained(self, row: Sequence[str], legend: Mapping[str, str]) -> list[str]:
        """A row with what its codes stand for."""
        column = self._reason()
        told = list(row)
        if column is not None and (codes := _remark_codes(told[column])):
            told[column] = " ".join(legend.get(code, code) for code in codes)
        return told

    def _reason(self) -> int | None:
        return self.roles.index(WHY) if WHY in self.roles else None


def _remark_codes(cell: str) -> list[str]:
    """The codes that a cell holds in place of a reason: "R12, R31"."""
    return re.findall(_CODE, cell) if _REMARK.fullmatch(cell) else []


def _legend(lines: list[str], codes: frozenset[str]) -> Mapping[str, str]:
    """What the codes stand for; their lines are taken out."""
    found: dict[str, str] = {}
    for place, line in enumerate(lines if codes else ()):
        told = _LEGEND.match(line)
        if told and told["code"] in codes and told["code"] not in found:
            found[told["code"]] = " ".join((told["text"], *_taken(lines, place + 1)))
            lines[place] = ""
    return found


def _taken(lines: list[str], begin: int) -> Iterator[str]:
    """The lines that go on with one, up to a blank one or the next code; each is taken out."""
    for place in range(begin, len(lines)):
        if not lines[place].strip() or _LEGEND.match(lines[place]):
            return
        yield lines[place].strip()
        lines[place] = ""
