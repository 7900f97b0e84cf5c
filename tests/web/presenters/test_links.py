"""The links to the other pages of a list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.web.presenters.links import Link, number_links


def links(page: int, pages: int) -> tuple[Link, ...]:
    return number_links(page, pages, lambda number: f"/?page={number}")


def test_before_and_after_lead_to_the_neighbours() -> None:
    """With what they are to this page, for browsers that turn pages by themselves."""
    assert links(2, 3) == (
        Link("Previous", "/?page=1", rel="prev"),
        Link("1", "/?page=1"),
        Link("2", "/?page=2", current=True),
        Link("3", "/?page=3"),
        Link("Next", "/?page=3", rel="next"),
    )


@pytest.mark.parametrize(
    ("page", "pages", "words"),
    [
        (1, 2, "1 2 Next"),
        (1, 1200, "1 2 … 1,200 Next"),
        (4, 6, "Previous 1 … 3 4 5 6 Next"),
        (3, 9, "Previous 1 2 3 4 … 9 Next"),
        (1200, 1200, "Previous 1 … 1,199 1,200"),
    ],
)
def test_the_first_the_last_and_those_around_are_shown(page: int, pages: int, words: str) -> None:
    assert " ".join(link.label for link in links(page, pages)) == words


@given(st.integers(1, 30), st.integers(2, 30))
def test_a_gap_stands_exactly_where_pages_are_left_out(page: int, pages: int) -> None:
    page = min(page, pages)
    shown = [int(link.label) if link.url else None for link in links(page, pages) if not link.rel]
    known = [number for number in shown if number]
    assert {1, page, pages} <= set(known)
    for before, after in pairwise(known):
        is_gap = shown[shown.index(before) + 1] is None
        assert is_gap is (after > before + 1)


def test_a_single_page_needs_no_links() -> None:
    assert links(1, 1) == links(1, 0) == ()
