"""Page numbers as letters print them: found, read and expanded.

The grammar: a label (``Page(s):``, ``pages``, ``pgs.``, ``pg``, ``pp.``, ``p.``), then numbers and
ranges. A number without a label is no page: it may be a year, a dose or a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrsearch.text.located import Located

YEARS = range(1801, 2100)  # no page but a year: the longest guideline cited has some 1,500 pages
MAX_RANGE = 130  # the Chronic Pain guideline from cover to cover: 127 pages
MAX_ITEMS = 200  # a longer list of numbers is no list of pages

# A label, maybe doubled, run together with the word before only as "ComplaintsPage(s):".
#   "Page(s):"  "Page (s)"  "pages"  "Page(s): page"  "pgs."  "pg #"  "pp."  "p "
_PAGE_LABEL = re.compile(
    r"""
    (?:
      (?: (?<![^\W_])(?:pages?|pgs?|pp?)(?:\s?\(s\))? | page\s?\(s\) )
      (?![^\W\d_])
      [\s.:\#]{0,6}
    ){1,2}
    """,
    re.VERBOSE | re.IGNORECASE,
)

# One page or range: "58", "58-60", "617 – 25", "58 to 60", "398A". Not the beginning of a decimal
# or section number ("3.3"), a date ("5/9/13"), an ordinal ("2nd") or an amount ("12 sessions").
_PAGE_ITEM = re.compile(
    r"""
    (?P<first>[1-9]\d{0,3})[a-d]?
    (?: \s{0,3}(?:[-\u2010-\u2015\u2212/]{1,2}|\b(?:to|through|thru)\b)\s{0,3}(?P<last>\d{1,4}) )?
    (?: [a-d]\b | -[a-d]\b )?
    (?! \w | [./-]\d
      | \s?(?:%|mg|mcg|ml|visits?|sessions?|weeks?|months?|days?|hours?|tablets?|units?)\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A journal's year, volume, issue and pages: "2009;14(3):211-219", "2011; 8: 77-80", "2009 Nov
# 3;151(9):639-49".
_JOURNAL = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[a-z]{1,9}\.?(?:\s\d{1,2})?)?\s?[;,]\s?\d{1,4}\s?(?:\([^()]{1,12}\))?\s?:\s?"
    r"(?P<first>[1-9]\d{0,4})(?:\s?[-\u2010-\u2015]\s?(?P<last>\d{1,5}))?(?!\w)",
    re.IGNORECASE,
)

# Between two items: ", "  " and "  ", and "  " & "  "; "
_COMMA = re.compile(r"\s{0,3}(?:[,;]\s{0,3})?(?:(?:and|&)\s{0,3})?(?=\d)", re.IGNORECASE)

# The length of the whole, as in "Page 98-99 of 127".
_OF_TOTAL = re.compile(r"\s{1,3}of\s{1,3}\d{1,4}\b", re.IGNORECASE)

# A topic between the form's label and its numbers: "Page(s): Opioids 78-80".
_TOPIC = re.compile(r"(?:,\s?)?[^\W\d_][^\d.;:()]{0,80}\s(?=\d)")


Pages = tuple[int, ...]


def find_pages(text: str) -> Iterator[Located[Pages]]:
    """Every list of pages in ``text``, in the order printed; nothing when there is none.

    Its place is that of the label too, but for numbers behind their topics; a label alone has no
    pages.
    """
    position = 0
    while label := _PAGE_LABEL.search(text, position):
        position = label.end()
        pages, end = _read_items(text, position)
        if pages:
            position = end
            yield Located(pages, label.start(), end)
        elif "(s)" in label.group().lower() or ":" in label.group():
            yield Located((), label.start(), position)
            for listed in _pages_after_topics(text, position):
                position = listed.end
                yield listed


def find_journal_pages(text: str) -> tuple[int, ...]:
    """The pages behind a journal's year, volume and issue; these carry no label.

    A volume of a journal may well have 2,000 pages: none of them is taken for a year.
    """
    found = (expand(match["first"], match["last"], range(0)) for match in _JOURNAL.finditer(text))
    return tuple(dict.fromkeys(page for pages in found for page in pages))


def _pages_after_topics(text: str, position: int) -> Iterator[Located[Pages]]:
    """Numbers each behind its topic, as in ``Page(s): Opioids 78-80, Tramadol 93``."""
    while topic := _TOPIC.match(text, position):
        pages, end = _read_items(text, topic.end())
        if not pages or text[end : end + 1] not in ("", ",", ".", ";", ")"):
            return
        position = end
        yield Located(pages, topic.end(), end)


def _read_items(text: str, position: int) -> tuple[tuple[int, ...], int]:
    """The pages listed from ``position`` on, each once, and where the list ends."""
    pages: dict[int, None] = {}
    end = position
    for _ in range(MAX_ITEMS):
        item = _PAGE_ITEM.match(text, position)
        found = item and expand(item["first"], item["last"])
        if not item or not found:
            break
        pages.update(dict.fromkeys(found))
        total = _OF_TOTAL.match(text, item.end())
        end = total.end() if total else item.end()
        comma = _COMMA.match(text, end)
        if comma is None or comma.end() == end:
            break
        position = comma.end()
    return tuple(pages), end


def expand(first: str, last: str | None, years: range = YEARS) -> tuple[int, ...]:
    """The pages of one printed item.

    ``("58", "60")`` gives 58, 59, 60 and ``("617", "25")``, a shortened range, 617 to 625. What
    runs backwards or over ``MAX_RANGE`` is not expanded: only the numbers printed are kept, and a
    shortened end that makes no sense not even that. What may be a year (``years``) is
    no page.
    """
    start = int(first)
    if start in years:
        return ()
    if last is None:
        return (start,)
    end = int(last if len(last) >= len(first) else first[: -len(last)] + last)
    if start <= end < start + MAX_RANGE:
        return tuple(page for page in range(start, end + 1) if page not in years)
    return (start, end) if len(last) >= len(first) and end not in years else (start,)
