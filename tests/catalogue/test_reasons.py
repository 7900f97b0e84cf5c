"""The criteria of the catalogue, and the requests that they never decide."""

from __future__ import annotations

from imrsearch.catalogue.reasons import criteria, ruled_out
from imrsearch.system.package_data import load_toml


def test_what_a_criterion_never_decides_is_a_category_or_subcategory() -> None:
    categories: dict[str, list[str]] = load_toml("categories.toml")["categories"]
    known = {*categories, *(name for names in categories.values() for name in names)}
    assert all(one.never_for <= known for one in criteria().values())


def test_a_request_of_unknown_kind_may_be_decided_by_any_criterion() -> None:
    assert ruled_out(None, None) == frozenset()


def test_a_subcategory_rules_out_what_its_category_allows() -> None:
    assert "surgery-planned" not in ruled_out("Diagnostic Testing", "Imaging/Radiology")
    assert "surgery-planned" in ruled_out("Diagnostic Testing", "Lab & Pathology")
