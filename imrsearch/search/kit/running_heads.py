"""A pasted text without what a printer puts at the head or foot of every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# "UR Decision - EX-000      Page 2 of 4", "Page 2", "Example Review | Page 2"
_PAGE = re.compile(
    r"\bpage\s{1,9}\d{1,3}\s{1,9}of\s{1,9}\d{1,3}\W*\Z"
    r"|(?:\A\W*|\s\s|[|–—-]\s?)page\s{1,9}\d{1,3}\W*\Z",
    re.IGNORECASE,
)
_GUIDELINE = re.compile(r"\b(?:MTUS|ODG|ACOEM|guidelines?|chapter)\b", re.IGNORECASE)
_ANY_DIGITS = re.compile(r"\d+")
_SENTENCE_ENDED = (".", ":", "?", "!", ";")


def without_running_heads(text: str) -> str:
    """The text without lines that number a page, and without what is repeated beside them; a
    sentence that they part goes on.

    Lines count that come twice at least but for their numbers.
    """
    lines = text.split("\n")
    alike = Counter(_ANY_DIGITS.sub("#", line).strip() for line in lines)
    pages = {
        place
        for place, line in enumerate(lines)
        # A page's number ends it, and not a guideline's page.
        if _PAGE.search(line.strip()[-40:])
        and not _GUIDELINE.search(line)
        and alike[_ANY_DIGITS.sub("#", line).strip()] > 1
    }
    if not pages:
        return text
    same = Counter(map(str.strip, lines))
    beside = {
        place
        for page in pages
        for place in (page - 1, page + 1)
        if 0 <= place < len(lines) and lines[place].strip() and same[lines[place].strip()] > 1
    }
    return "\n".join(_closed_up(lines, pages | beside))


def _closed_up(lines: Sequence[str], heads: set[int]) -> list[str]:
    """The lines that are no heads, and no blank ones where a head parted a sentence."""
    kept: list[str] = []
    is_parted = False
    for place, line in enumerate(lines):
        is_parted = is_parted or place in heads
        if place in heads:
            continue
        if line.strip() and is_parted:
            is_parted = False
            end = len(kept)
            while end and not kept[end - 1].strip():
                end -= 1
            is_amid = end and not kept[end - 1].rstrip().endswith(_SENTENCE_ENDED)
            if is_amid and line.lstrip()[0].islower():
                del kept[end:]
        kept.append(line)
    return kept
