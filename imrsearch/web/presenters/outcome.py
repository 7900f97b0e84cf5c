"""How often the issues found were overturned, in words and on a scale."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.outcome import wilson
from imrsearch.search.results import Outcome
from imrsearch.web.presenters.words import FEW, count, percent


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
    if outcome.issues < FEW:
        return OutcomeLine(found + _beside_text(outcome), "So few tell no rate.", None)
    likely = f"{_percent_number(outcome.low)}–{percent(outcome.high)}"
    return OutcomeLine(
        f"{found} ({percent(outcome.rate)}, likely {likely}){_beside_text(outcome)}",
        "The likely range is the 95% Wilson interval.",
        _outcome_bar(outcome.rate, outcome.low, outcome.high),
    )


def overturned_likely(overturned: int, issues: int) -> str:
    """The outcome of some issues with its likely range, where there are enough for one:
    "3 of 14 (21%, likely 8–48%)"."""
    if issues < FEW:
        return f"{overturned:,} of {issues:,}"
    low, high = wilson(overturned, issues)
    likely = f"{percent(overturned / issues)}, likely {_percent_number(low)}–{percent(high)}"
    return f"{overturned:,} of {issues:,} ({likely})"


def _beside_text(outcome: Outcome) -> str:
    rate = outcome.collection_rate
    return "" if rate is None else f" · whole collection {percent(rate)}"


def _percent_number(share: float) -> str:
    return percent(share).removesuffix("%")


def _outcome_bar(rate: float, low: float, high: float) -> OutcomeBar:
    return OutcomeBar(round(rate * 100, 1), round(low * 100, 1), round((high - low) * 100, 1))
