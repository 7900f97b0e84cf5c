"""Matches are numbered from top to bottom; nothing else becomes a tag."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.tree import Term
from imrsearch.search.excerpts import highlight
from imrsearch.web.presenters.hits import Hits


def hits() -> Hits:
    """Marks the word "neck"."""
    return Hits(lambda text, place: highlight(text, (Term("neck"),), place))


def test_matches_are_numbered_on_from_text_to_text() -> None:
    page = hits()
    first = page.mark("The neck and the neck.", "summary")
    assert [(str(piece.text), piece.hit) for piece in first] == [
        ("The ", 0),
        ("neck", 1),
        (" and the ", 0),
        ("neck", 2),
        (".", 0),
    ]
    assert [piece.hit for piece in page.mark("Nothing.", "summary")] == [0]
    assert [piece.hit for piece in page.mark("neck", "rationale")] == [3]
    assert page.count == 3


def test_an_empty_text_is_no_text() -> None:
    assert not hits().mark("", "summary")
    assert hits().mark("neck", "summary")


@given(st.text(alphabet="neck <>/mark&;\"'"))
def test_the_pieces_are_the_escaped_text(text: str) -> None:
    pieces = hits().mark(text, "summary")
    assert "".join(piece.text.unescape() for piece in pieces) == text
    assert not any("<" in piece.text for piece in pieces)
