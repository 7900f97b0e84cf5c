"""A link as shown; those to the other pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; ``current``: this is where one is; no ``url``: a gap."""

    label: str
    url: str | None = None
    current: bool = False
    rel: str = ""


def number_links(page: int, pages: int, url: Callable[[int], str]) -> tuple[Link, ...]:
    """Previous, some page numbers, next; nothing where there is but one page."""
    if pages < 2:
        return ()
    numbers = [
        Link("…") if number is None else Link(f"{number:,}", url(number), current=number == page)
        for number in _pages_shown(page, pages)
    ]
    before = [Link("Previous", url(page - 1), rel="prev")] if page > 1 else []
    after = [Link("Next", url(page + 1), rel="next")] if page < pages else []
    return tuple(before + numbers + after)


def _pages_shown(page: int, pages: int) -> Iterator[int | None]:
    """Page numbers to link to, ``None`` where some are left out: 1 … 4 5 6 … 14."""
    before = 0
    for number in sorted({1, pages, *range(max(page - 1, 1), min(page + 1, pages) + 1)}):
        if number > before + 1:
            yield None
        yield number
        before = number
