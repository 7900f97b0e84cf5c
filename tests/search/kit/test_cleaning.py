"""What scanners, printers, mail programs and forms put into a text; each row is another's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.cleaning import without_running_heads

TEXTS = {
    "a sentence goes on over two pages": (
        "Example Review\nPage 1 of 2\n\nThere is no\n\nExample Review\nPage 2 of 2\n\nred flag.",
        "\nThere is no\nred flag.",
    ),
    "a paragraph stays one": (
        "Case 1   Page 1\n\nDenied.\n\nCase 1   Page 2\n\nNo red flag.",
        "\nDenied.\n\n\nNo red flag.",
    ),
    "the pages of a guideline are kept": (
        "Cane\nMTUS, Opioids - page 46\n\nCane\nMTUS, Opioids - page 47",
        "Cane\nMTUS, Opioids - page 46\n\nCane\nMTUS, Opioids - page 47",
    ),
}


@pytest.mark.parametrize(("text", "kept"), TEXTS.values(), ids=TEXTS)
def test_running_heads(text: str, kept: str) -> None:
    assert without_running_heads(text) == kept
