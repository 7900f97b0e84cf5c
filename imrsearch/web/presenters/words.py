"""Facts in plain English: decisions, numbers, how often issues were overturned, and a search."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.model import OVERTURNED, UPHELD, Determination, normal_case_id
from imrsearch.schema import FACETS, decision_label
from imrsearch.schema.citation_words import day
from imrsearch.search.outcome import FEWEST_FOR_RANGE, told_range
from imrsearch.search.results import Outcome, ResultRow
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import count, percent, share_words

PARTLY = "partly overturned"
TELLS_THE_DECISION = ("decision", "outcome")
"""Facets whose values are decisions themselves."""
MOST_NAMED = 4
"""A heading names so many filters at most; the chips name them all."""


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


def typeset(label: str) -> str:
    """A facet value's label as printed: "Surgery › Spine", and "p. 58" on one line."""
    return label.replace(" > ", " › ").replace(", p. ", ", p.\N{NO-BREAK SPACE}")


def category_words(category: str | None, subcategory: str | None) -> str:
    """Such as "Rehabilitation › Chiropractic", or as much of it as is known."""
    return " › ".join(dict.fromkeys(part for part in (category, subcategory) if part))


def sentence_case(text: str) -> str:
    """The text with its first letter large: "low back, MRI" -> "Low back, MRI"."""
    return text[:1].upper() + text[1:]


def about_issue(row: ResultRow) -> str:
    """Body parts and day, as far as they are known: "Low back, neck · Dec 9, 2016"."""
    about = (sentence_case(", ".join(row.body_parts)), day(row.decided))
    return " · ".join(filter(None, about))


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """Where the outcome's share and its likely range stand on a scale of 0 to 100."""

    rate: float
    low: float
    span: float


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """How often the issues found were overturned, in one line and on a scale."""

    words: str
    explanation: str
    bar: OutcomeBar | None


def outcome_line(outcome: Outcome) -> OutcomeLine | None:
    """The line for what was found; ``None`` for nothing, or where a decision was asked for, as the
    share of overturned issues is no finding then."""
    if outcome.by_decision or outcome.rate is None or outcome.low is None or outcome.high is None:
        return None
    found = f"Overturned {outcome.overturned:,} of {count(outcome.issues, 'issue')}"
    if outcome.issues < FEWEST_FOR_RANGE:
        return OutcomeLine(found + _beside_text(outcome), "These are too few for a rate.", None)
    likely = share_words(outcome.rate, outcome.low, outcome.high)
    percents = (outcome.rate * 100, outcome.low * 100, (outcome.high - outcome.low) * 100)
    return OutcomeLine(
        f"{found} ({likely}){_beside_text(outcome)}",
        "The likely range is the 95% Wilson interval.",
        OutcomeBar(*(round(percent, 1) for percent in percents)),
    )


def overturned_of(overturned: int, issues: int) -> str:
    """The outcome of some issues: "3 of 7", with a share where there are enough for one."""
    share = f" ({percent(overturned / issues)})" if issues >= FEWEST_FOR_RANGE else ""
    return f"{overturned:,} of {issues:,}{share}"


def overturned_likely(overturned: int, issues: int) -> str:
    """The outcome of some issues with its likely range, where there are enough for one:
    "3 of 14 (21%, likely 8–48%)"."""
    likely = likely_words(overturned, issues)
    return f"{overturned:,} of {issues:,}" + (f" ({likely})" if likely else "")


def likely_words(overturned: int, issues: int) -> str:
    """The share of overturned issues with its likely range, where there are enough for one."""
    rate = overturned / issues if issues else None
    return share_words(rate, *told_range(overturned, issues))


def _beside_text(outcome: Outcome) -> str:
    rate = outcome.collection_rate
    return "" if rate is None else f" · whole collection {percent(rate)}"


def search_in_words(state: SearchState, total: int) -> str:
    """What was searched for and how much was found: "2 issues for “gym”, overturned"."""
    found = count(total, "issue") if total else "No issues"
    return found + subject_in_words(state)


def subject_in_words(state: SearchState) -> str:
    """What was searched for: " for “gym”, overturned"."""
    words = f" for “{state.q}”" if state.q else ""
    return words + _filters_in_words(state)


def _filters_in_words(state: SearchState) -> str:
    if not state.choices:
        return ""
    if len(state.choices) > MOST_NAMED:
        return f", with {len(state.choices)} filters"
    wanted = [_value_labels(facet, values) for facet, values in state.filters.items()]
    unwanted = [f"not {_value_labels(facet, values)}" for facet, values in state.excluded.items()]
    return ", " + ", ".join(wanted + unwanted)


def _value_labels(facet: str, values: tuple[str, ...]) -> str:
    labels = (FACETS[facet].label(value).partition(": ")[0] for value in values)
    joined = " or ".join(labels)
    return joined.lower() if facet in TELLS_THE_DECISION else joined
