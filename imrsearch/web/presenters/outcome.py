"""How often the issues found were overturned, in words and on a scale."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.outcome import FEWEST_FOR_RANGE, told_range
from imrsearch.search.results import Outcome
from imrsearch.text.plurals import count
from imrsearch.web.presenters.words import percent, share_words


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
    if outcome.by_decision:
        return None
    if outcome.rate is None or outcome.low is None or outcome.high is None:
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


def overturned_likely(overturned: int, issues: int) -> str:
    """The outcome of some issues with its likely range, where there are enough for one:
    "3 of 14 (21%, likely 8–48%)"."""
    likely = likely_words(overturned, issues)
    return f"{overturned:,} of {issues:,}" + (f" ({likely})" if likely else "")


def likely_words(overturned: int, issues: int) -> str:
    """The share of overturned issues with its likely range, where there are enough for one."""
    low, high = told_range(overturned, issues)
    if low is None or high is None:
        return ""
    return share_words(overturned / issues, low, high)


def _beside_text(outcome: Outcome) -> str:
    rate = outcome.collection_rate
    return "" if rate is None else f" · whole collection {percent(rate)}"
