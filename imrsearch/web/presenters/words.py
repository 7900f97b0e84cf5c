"""Facts in plain English: decisions, numbers, outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.model import OVERTURNED, UPHELD, Determination, normal_case_id
from imrsearch.schema import decision_label
from imrsearch.search.outcome import FEWEST_FOR_RANGE

PARTLY = "partly overturned"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as shown: its word, what it means for the treatment, and its shape.

    ``shape`` names a drawing in ``templates/shapes``, so that nothing hangs on colour alone.
    """

    word: str
    meaning: str
    shape: str

    def __str__(self) -> str:
        return f"{self.word}: {self.meaning}" if self.meaning else self.word


_SHAPES = {OVERTURNED: "overturned", UPHELD: "upheld", PARTLY: "partly"}

_MEANINGS = {PARTLY: "some treatment approved"}


def verdict(decision: str | None) -> Verdict:
    """The decision of an issue, or the outcome of a case, in plain words."""
    word, _, meaning = decision_label(decision).partition(": ")
    meaning = meaning or _MEANINGS.get(decision or "", "")
    return Verdict(word, meaning, _SHAPES.get(decision or "", "other"))


def case_title(case_id: str) -> str:
    """What a case is called: by its number, or as a letter by its file's name."""
    return f"Case {case_id}" if normal_case_id(case_id) else f"Letter “{case_id}”"


def unnumbered(case: Determination) -> str:
    """A remark on a letter that prints no case number, else nothing."""
    if "case_id" in case.evidence:
        return ""
    return "The letter prints no case number; it is named after its file."


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent: 0.094 -> "9%"."""
    return f"{share * 100:.0f}%"


def share_words(rate: float, low: float, high: float) -> str:
    """A share with its likely range: "21%, likely 8–48%"."""
    return f"{percent(rate)}, likely {percent(low).removesuffix('%')}–{percent(high)}"


def typeset(label: str) -> str:
    """A facet value's label as printed: "Surgery › Spine", and "p. 58" on one line."""
    return label.replace(" > ", " › ").replace(", p. ", ", p.\N{NO-BREAK SPACE}")


def overturned_of(overturned: int, issues: int) -> str:
    """The outcome of some issues: "3 of 7", with a share where there are enough for one."""
    share = f" ({percent(overturned / issues)})" if issues >= FEWEST_FOR_RANGE else ""
    return f"{overturned:,} of {issues:,}{share}"


def category_words(category: str | None, subcategory: str | None) -> str:
    """Such as "Rehabilitation › Chiropractic", or as much of it as is known."""
    return " › ".join(dict.fromkeys(part for part in (category, subcategory) if part))
