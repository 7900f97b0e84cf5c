"""Tables in pasted texts: what their headings say of the cells below.

A denial prints "Service | Requested | Certified | Non-certified" and numbers below; a form prints
"Diagnosis | ICD-Code | Service requested | CPT". Cells are parted by bars, tabs or wide blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.wording.services import names_treatment

_PATTERNS = patterns("tables")

_BARS = re.compile(r"\s*\|\s*")
_TABS = re.compile(r" *\t *")
_COLUMN_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
FEWEST_CELLS = 3
"""Cells that make a line a row of a table, whatever they hold."""
_DECISION_CELL = _PATTERNS["decision_cell"]
_DECIDES_FIRST = _PATTERNS["decides_first"]
_NUMBER_CELL = _PATTERNS["number_cell"]
_CELL_OF_NUMBER = re.compile(r"#?\(?(?:\d{1,2}|[A-H])[.)]?")
_COUNTED_SERVICES = _PATTERNS["counted_services"]
_CODE_CELL = re.compile(r"(?:\d{5}|[A-V]\d{4})(?:-\d\d)?")
_PRINTED_NUMBER = re.compile(r"(?:#|x|qty\.?:?)? ?(?P<number>\d{1,4})\b", re.IGNORECASE)
DIAGNOSIS_CODE = re.compile(r"[A-TV-Z]\d[\dA-Z](?:\.\w{1,4})?|\d{3}\.\d{1,2}")
"""ICD-10, or ICD-9 with its point: "M54.5", "724.4"."""
_LAST_CELLS = (_DECISION_CELL, _PRINTED_NUMBER, _CODE_CELL)
_YES = _PATTERNS["yes"]

_ANSWERS = {"yes": "certified", "no": "denied", "y": "certified", "n": "denied"}
"""The decision of a cell below "Yes/No"."""

SERVICE, BODY, AMOUNT, OFTEN, ASKED = "service", "body", "amount", "often", "asked"
GRANTED, REFUSED, DECISION = "granted", "refused", "decision"
DIAGNOSIS, CODE, WHY, OTHER = "diagnosis", "code", "why", "other"
NUMBER, DAY, DOSE = "number", "day", "dose"
# A heading's role by its words; the first that fits counts.
_ROLES = {
    DIAGNOSIS: _PATTERNS["diagnosis"],
    DOSE: _PATTERNS["dose"],
    DAY: _PATTERNS["day"],
    CODE: _PATTERNS["code"],
    WHY: _PATTERNS["why"],
    DECISION: _PATTERNS["decision"],
    REFUSED: _PATTERNS["refused"],
    GRANTED: _PATTERNS["granted"],
    BODY: _PATTERNS["body"],
    OFTEN: _PATTERNS["often"],
    AMOUNT: _PATTERNS["amount"],
    SERVICE: _PATTERNS["service"],
    ASKED: _PATTERNS["asked"],
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the ``text`` of its request, the ``about`` of its diagnosis, its ``decision`` and the
    reason (``why``) as far as it has cells for them."""

    text: str
    about: str = ""
    decision: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class TableHeading:
    """The roles of a table's columns in their order."""

    roles: tuple[str, ...]

    def row(self, line: str) -> TableRow | None:
        """The row that a line below holds; ``None`` where it has not one cell for each column."""
        found = cells(line)
        if len(found) != len(self.roles):
            return None
        told: dict[str, str] = {}
        for role, cell in zip(self.roles, found, strict=True):
            joint = ". " if role == WHY else ", "  # "CPMTG p. 46" and "29 y/o, no ulcer" are two
            told[role] = joint.join(filter(None, (told.get(role, "").rstrip(" ."), cell)))
        service = told.get(SERVICE, "")
        amount = _requested(told)
        often = told.get(OFTEN, "")
        if names_treatment(often) and not any(map(str.isdigit, often)):
            often = ""  # "outpatient surgery center" is where, not what is asked for
        if bare := _PRINTED_NUMBER.fullmatch(often):
            often = f"x {bare['number']}"
        dose, body, code, other = (told.get(role) for role in (DOSE, BODY, CODE, OTHER))
        parts = (service, dose, body, often, amount, code, other)
        number = told.get(NUMBER, "").strip(" #().")
        decision, why = told.get(DECISION) or _decision_of_amounts(told), told.get(WHY, "")
        decision = _ANSWERS.get(decision.strip(" .").lower(), decision)
        if not decision and (first := _DECIDES_FIRST.match(why)):
            decision, why = first["decision"], why[first.end() :]
        return TableRow(
            text=(f"{number}. " if number.isdecimal() else "") + ", ".join(filter(None, parts)),
            about=told.get(DIAGNOSIS, ""),
            decision=decision,
            why=why,
        )


def cells(line: str) -> list[str]:
    """The cells of a line; of one with bars or tabs the empty ones too."""
    line = line.strip()
    if "|" in line:
        return _BARS.split(line.removeprefix("|").removesuffix("|").strip())
    return (_TABS if "\t" in line else _COLUMN_GAP).split(line)


def is_row(line: str) -> bool:
    """Whether a line is a row: three cells, or two of which the last is a decision, an amount or a
    code, or two between bars."""
    found = cells(line)
    is_barred = len(found) > 1 and line.strip()[0] == line.strip()[-1] == "|"
    return (
        is_barred
        or len(found) >= FEWEST_CELLS
        or (len(found) > 1 and any(one.fullmatch(found[-1]) for one in _LAST_CELLS))
    )


def heading(line: str) -> TableHeading | None:
    """The heading that a row is: a column of requests, and no cell with a number."""
    found = cells(line)
    roles = [
        next((role for role, words in _ROLES.items() if words.search(cell)), OTHER)
        for cell in found
    ]
    is_counted = SERVICE in roles[1:] and _COUNTED_SERVICES.fullmatch(found[0])
    if is_counted or _NUMBER_CELL.fullmatch(found[0]):
        roles[0] = NUMBER
    if ASKED in roles:
        roles[roles.index(ASKED)] = AMOUNT if SERVICE in roles else SERVICE
    roles = [AMOUNT if role == ASKED else role for role in roles]
    is_heading = SERVICE in roles and not any(re.search(r"\d", cell) for cell in found)
    return TableHeading(tuple(roles)) if is_heading and roles.count(OTHER) <= 1 else None


def decided_first(cell: str) -> bool:
    """Whether a cell begins with a decision: "NOT CERTIFIED. The film shows no tear"."""
    return _DECIDES_FIRST.match(cell) is not None


def row_without_heading(line: str) -> TableRow:
    """A row; the cell before a diagnosis code is its diagnosis, which asks for nothing. A number in
    its first cell is the row's."""
    found = [cell for cell in cells(line) if cell]
    if found[1:] and _CELL_OF_NUMBER.fullmatch(found[0]):
        found[:2] = [f"{found[0].strip(' #().')}. {found[1]}"]
    code = next((place for place, cell in enumerate(found) if DIAGNOSIS_CODE.fullmatch(cell)), 0)
    about = ", ".join(found[max(code - 1, 0) : code + 1]) if code else ""
    rest = found[code + 1 :] if code else found
    if rest[1:] and (bare := _PRINTED_NUMBER.fullmatch(rest[-1])):
        rest[-1] = f"x {bare['number']}"
    return TableRow(", ".join(rest), about)


def _requested(told: Mapping[str, str]) -> str:
    """What was asked for in all: its own column's number, else what was granted and refused."""
    asked = told.get(AMOUNT, "")
    if bare := _PRINTED_NUMBER.fullmatch(asked):
        return f"x {bare['number']}"
    found = [_PRINTED_NUMBER.fullmatch(told.get(role, "")) for role in (GRANTED, REFUSED)]
    total = sum(int(one["number"]) for one in found if one)
    return f"x {total}" if total and not asked else asked


def _decision_of_amounts(told: Mapping[str, str]) -> str:
    """The decision that columns of amounts tell: something refused, or less granted than asked."""
    granted, refused = _cell_number(told, GRANTED), _cell_number(told, REFUSED)
    asked = _PRINTED_NUMBER.match(told.get(AMOUNT, ""))
    if refused or (granted is not None and granted < (int(asked["number"]) if asked else 1)):
        return f"{granted} certified, the rest denied" if granted else "denied"
    return "certified" if granted else ""


def _cell_number(told: Mapping[str, str], role: str) -> int | None:
    cell = told.get(role, "").strip()
    found = _PRINTED_NUMBER.match(cell)
    if found:
        return int(found["number"])
    if role in told and (not cell or cell in "-–—"):
        return 0
    return 1 if _YES.fullmatch(cell) else None
