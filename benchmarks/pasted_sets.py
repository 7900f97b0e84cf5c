"""The sets of pasted texts, and which request read is the one expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imrsearch.search.from_text import LONGEST
from imrsearch.search.pasted.request import Request

HERE = Path(__file__).parent
SETS = {
    "open": ("pasted.toml", slice(0, None, 2)),
    "closing": ("pasted.toml", slice(1, None, 2)),
    "fresh": ("pasted_fresh.toml", slice(0, None, 2)),
    "fresh-closing": ("pasted_fresh.toml", slice(1, None, 2)),
    "last": ("pasted_last.toml", slice(None)),
    "end": ("pasted_end.toml", slice(None)),
    "spring": ("pasted_spring.toml", slice(None)),
    "autumn": ("pasted_autumn.toml", slice(None)),
    "winter": ("pasted_winter.toml", slice(None)),
    "winter-closing": ("pasted_winter_closing.toml", slice(None)),
    "thaw": ("pasted_thaw.toml", slice(None)),
    "thaw-closing": ("pasted_thaw_closing.toml", slice(None)),
    "unusual": ("pasted_unusual.toml", slice(None)),
    "varied": ("pasted_varied.toml", slice(None)),
    "march": ("pasted_march.toml", slice(None)),
    "april": ("pasted_april.toml", slice(None)),
    "may": ("pasted_may.toml", slice(None)),
    "june": ("pasted_june.toml", slice(None)),
    "july": ("pasted_july.toml", slice(None)),
    "august": ("pasted_august.toml", slice(None)),
    "september": ("pasted_september.toml", slice(None)),
    "october": ("pasted_october.toml", slice(None)),
    "november": ("pasted_november.toml", slice(None)),
    "snow": ("pasted_snow.toml", slice(None)),
    "frost": ("pasted_frost.toml", slice(None)),
    "rime": ("pasted_rime.toml", slice(None)),
    "december": ("pasted_december.toml", slice(None)),
    "hail": ("pasted_hail.toml", slice(None)),
    "sleet": ("pasted_sleet.toml", slice(None)),
    "denials-one": ("pasted_denials_one.toml", slice(None)),
    "denials-two": ("pasted_denials_two.toml", slice(None)),
}
"""The file of each set, and which of its texts."""
KEPT_BACK = ("november", "december")
"""Sets that are read once before a release: nothing is learnt from them."""


def texts_of(name: str) -> list[dict[str, Any]]:
    """The texts of a set; one that is ``long`` stands amid as much of the file's notice as is read
    at most."""
    file, some = SETS[name]
    told = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    texts: list[dict[str, Any]] = (told.get("text") or [*map(_of_denial, told["denial"])])[some]
    for text in texts:
        if text.get("long"):
            (notice,) = told["notice"]
            around = notice["text"] * ((LONGEST - len(text["text"])) // len(notice["text"]) // 2)
            text["text"] = around + text["text"] + around
    return texts


def _of_denial(told: Mapping[str, Any]) -> dict[str, Any]:
    """A denial of one request, labelled with its reasons alone, as a text with expectations."""
    reasons = [f"{one['criterion']}:{one['status']}" for one in told["reasons"]]
    asked = {"treatment": told["treatment"], "reasons": reasons}
    return {"kind": "denial", "text": told["text"], "request": [asked]}


def take(found: list[Request], expected: Mapping[str, Any]) -> Request | None:
    """The first request found with the treatment (or category) expected, taken out."""
    fact = "treatment" if "treatment" in expected else "category"
    for one in found:
        if getattr(one, fact) == expected[fact]:
            found.remove(one)
            return one
    return None
