"""The criteria of the catalogue, and the requests that they never decide."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.reasons import (
    CERTAIN,
    IN_DOUBT,
    STATUSES,
    criteria,
    denial_over,
    denial_wording,
    reason_label,
    reason_value,
    ruled_out,
    word_tables,
)
from imrsearch.system.package_data import load_toml


def test_each_criterion_has_its_name_and_a_label_for_either_status() -> None:
    labels = {
        reason_label(name, status) for name in criteria() if name != "other" for status in STATUSES
    }
    assert all(name == one.name for name, one in criteria().items())
    assert len(labels) == 2 * (len(criteria()) - 1)
    assert reason_value("red-flags", "unmet") == "unmet red-flags"
    assert reason_label("red-flags", "unmet") == "No red flags"
    assert reason_label("red-flags", "met") == "Red flags present"


def test_what_displaces_a_criterion_is_another_one_of_the_catalogue() -> None:
    for name, one in criteria().items():
        assert one.over <= criteria().keys() - {name}
    for name, less in denial_over().items():
        assert {name, *less} <= criteria().keys()
        assert name not in less


@pytest.mark.parametrize("kind", [CERTAIN, IN_DOUBT])
def test_denials_word_the_catalogues_criteria(kind: str) -> None:
    assert denial_wording(kind)
    assert denial_wording(kind).keys() <= criteria().keys()


def test_lines_are_whole() -> None:
    """Each list of words that they name stands in its place; none is empty, or framed by blanks."""
    tables = [*word_tables().values(), *denial_wording(CERTAIN).values()]
    tables += [lines for one in criteria().values() for lines in one.phrases.values()]
    lines = [line for table in tables for line in table]
    assert lines
    assert [line for line in lines if not line or line != line.strip() or "{" in line] == []


def test_what_a_criterion_never_decides_is_a_category_or_subcategory() -> None:
    categories: dict[str, list[str]] = load_toml("categories.toml")["categories"]
    known = {*categories, *(name for names in categories.values() for name in names)}
    assert all(one.never_for <= known for one in criteria().values())


def test_a_request_of_unknown_kind_may_be_decided_by_any_criterion() -> None:
    assert ruled_out(None, None) == frozenset()


def test_a_subcategory_rules_out_what_its_category_allows() -> None:
    assert "surgery-planned" not in ruled_out("Diagnostic Testing", "Imaging/Radiology")
    assert "surgery-planned" in ruled_out("Diagnostic Testing", "Lab & Pathology")
