"""Short forms of a case's number: "CM17-4738" is CM17-0004738, "0004738" that of any year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import FieldEquals, Or

# "CM17-4738", "cm17 4738"; all seven digits are read by the lexer.
_SHORT_CASE_ID = re.compile(r"(?<![\w-])CM(\d\d)[\s-](\d{3,6})(?![\w-])", re.IGNORECASE)
# "0004738": seven digits that begin with a nought are no amount.
_YEARLESS = re.compile(r"(?<![\w.,/#-])0\d{6}(?![\w-]|[.,/]\d)")
_YEARS = range(12, 41)
"""Independent medical review began in 2013; the first applications bear 12 or 13."""


def cases(text: str) -> Iterator[Meaning]:
    """The short case numbers of a run of words."""
    for found in _SHORT_CASE_ID.finditer(text):
        case = f"CM{found[1]}-{found[2].zfill(7)}"
        note = Note("case-number", f"“{found.group()}” was read as the case {case}.")
        yield Meaning(*found.span(), FieldEquals("case", case), note)
    for found in _YEARLESS.finditer(text):
        any_year = Or(tuple(FieldEquals("case", f"CM{year}-{found.group()}") for year in _YEARS))
        note = Note("case-number", f"“{found.group()}” was read as a case number of any year.")
        yield Meaning(*found.span(), any_year, note)
