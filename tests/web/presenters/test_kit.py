"""The page of a kit: what its numbers count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.api.index import Index
from imrsearch.system.settings import Settings
from imrsearch.web.presenters.kit import kit_page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param(
            "treatment=chiropractic&body=low+back&visits=1..6",
            "Counted: Low back, Chiropractic, 1 to 6 visits.",
            id="by body part and amount, with its unit",
        ),
        pytest.param(
            "treatment=chiropractic",
            "Counted: Chiropractic. Too few of these are about the low back to count them alone.",
            id="what was not counted by",
        ),
    ],
)
def test_what_is_counted(sample_index: Settings, query: str, told: str) -> None:
    with Index(sample_index) as index:
        kit = index.kit("The request for chiropractic, low back, 6 visits is denied.")
    ((request, found),) = kit.requests
    counted = replace(found, url=f"/search?{query}")
    (shown,) = kit_page(replace(kit, requests=((request, counted),)), None, ()).requests
    assert shown.narrowed == told
