"""The codebook, and names of files."""

from __future__ import annotations

import pytest

from imrsearch.search.columns import COLUMNS
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.codebook import codebook_page, file_name


def test_every_column_is_explained() -> None:
    page = codebook_page(1000)
    assert [line.name for line in page.columns] == list(COLUMNS)
    assert all(line.meaning for line in (*page.columns, *page.about))
    assert page.limit == "1,000"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/search", "imrsearch"),
        ("/search?q=Knee+MRI&decision=overturned", "imrsearch-knee-mri-overturned"),
        ("/search?not.body=low+back", "imrsearch-not-low-back"),
        pytest.param("/search?q=%22a%22%0D%0Ab%2F..%2F%C3%A9", "imrsearch-a-b", id="hostile"),
        pytest.param(f"/search?q={'long+' * 50}", "imrsearch" + "-long" * 14, id="long"),
    ],
)
def test_a_file_is_called_by_its_search(url: str, name: str) -> None:
    assert file_name(SearchState.from_url(url)) == name
