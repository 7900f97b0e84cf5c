"""The dose of a drug as a service prints it: "Norco 10/325mg #60" -> 10/325mg."""

from __future__ import annotations

import re

from imrsearch.model import Dose
from imrsearch.text.words import Stretch

_STRENGTH = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d{1,4})?|\.\d{1,4}"
_UNIT = r"(?P<unit>mg|mcg|milligrams?|micrograms?|%|percent)(?![a-z])"
_UNIT_SYMBOLS = {"milligram": "mg", "microgram": "mcg", "percent": "%"}
# "50mg", "7.5 mg", "5%": each strength of a list, "4%-27.5%", is one of its own.
_ONE_DOSE = re.compile(rf"(?<![\w.,])(?P<n>{_STRENGTH})\s?{_UNIT}", re.IGNORECASE)
# Of a drug of several substances: "10/325mg", "5-325 mg", "37.5mg/325mg", "320.5/30/16mg"
_SEVERAL = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_STRENGTH})(?:\s?(?:mg)?\s?[-/]\s?(?:{_STRENGTH})){{1,3}}\s?{_UNIT}",
    re.IGNORECASE,
)


def read_dose(text: str, treatment: str | None) -> tuple[Dose, Stretch] | None:
    """The dose in ``text`` with its place, or ``None`` where none or several are printed.

    ``treatment`` is the drug's usual name: that of several substances has a "/", and of no other
    is "5-10 mg" a dose; it is a range.
    """
    several = list(_SEVERAL.finditer(text))
    if several and not ((treatment and "/" in treatment) or "/" in several[0].group()):
        return None
    found = several or list(_ONE_DOSE.finditer(text))
    if len({match.group().replace(" ", "").lower() for match in found}) != 1:
        return None
    match = found[0]
    amount = float(match["n"].replace(",", ""))
    unit = match["unit"].lower().removesuffix("s")
    whole = int(amount) if amount.is_integer() else amount
    return Dose(match.group(), whole, _UNIT_SYMBOLS.get(unit, unit)), match.span()
