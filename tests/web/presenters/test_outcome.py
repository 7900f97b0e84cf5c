from __future__ import annotations

from imrsearch.search.outcome import outcome
from imrsearch.web.presenters.outcome import outcome_line


def test_share_with_its_likely_range_beside_the_collection() -> None:
    line = outcome_line(outcome(100, 9, 0.11))
    assert line is not None
    assert line.words == "Overturned 9 of 100 issues (9%, likely 5–16%) · whole collection 11%"
    assert line.bar is not None
    assert (line.bar.rate, line.bar.low) == (9.0, 4.8)
    assert line.bar.low + line.bar.span < 100


def test_few_issues_have_counts_only() -> None:
    line = outcome_line(outcome(7, 3, None))
    assert line is not None
    assert line.words == "Overturned 3 of 7 issues"
    assert line.bar is None


def test_nothing_found_has_no_outcome() -> None:
    assert outcome_line(outcome(0, 0, 0.1)) is None
