"""A pasted text without what scanners, printers, mail programs and forms put into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.catalogue.patterns import patterns, replaced, replacements
from imrsearch.catalogue.spanish import in_english
from imrsearch.search.pasted.form.broken_words import (
    join_broken_words,
    mend_digits,
    mend_lost_letters,
    mend_misspellings,
)
from imrsearch.search.pasted.wording.services import names_treatment

_PATTERNS = patterns("cleaning")
_REPLACEMENTS = replacements("cleaning")

_PAGE = _PATTERNS["page"]
_PAGE_FOOT = _PATTERNS["page_foot"]
_GUIDELINE = _PATTERNS["guideline"]
_ANY_DIGITS = re.compile(r"\d+")
_SENTENCE_ENDED = (".", ":", "?", "!", ";")
_UNTICKED = _PATTERNS["unticked"]
_ENDS_WITH_BOX = _PATTERNS["ends_with_box"]
_UNTICKED_BEFORE = _PATTERNS["unticked_before"]
_DICTATED = re.compile(r"(?:\A|(?<=\n\n))[^.!?;:]{200,}?(?=\n\s*\n|\Z)")
_BEGINS_IN_DICTATION = _PATTERNS["begins_in_dictation"]
_LETTER_IN_NUMBER = _PATTERNS["letter_in_number"]
_AS_DIGITS = {"o": "0", "l": "1"}
_ABBREVIATED = _PATTERNS["abbreviated"]
# "CPT 98941 x 8: Denied", "2. E0730 purchase"; not the end of an address: "Sacramento, CA 95811"
_CODE_OF_SERVICE = re.compile(standing_alone(r"(?<!\bCA )(?<!\bCalifornia )(?:\d{5}|[A-Z]\d{4})"))
_FORM_NAMED = _PATTERNS["form_named"]
_ANY_RFA = _PATTERNS["any_rfa"]
_ABLATION = _PATTERNS["ablation"]
_RFA = _PATTERNS["rfa"]


def cleaned_text(text: str) -> str:
    """The text as its writer meant it: words whole, unticked boxes and page numbers gone."""
    text = _PAGE_FOOT.sub("", without_running_heads(text))
    marks = _REPLACEMENTS["marks_told"]
    if all(one.find.search(text) for one in marks):  # ticks and crosses: they tell decisions
        text = replaced(text, marks)
    text = replaced(text, _REPLACEMENTS["without_marks"])
    text = "\n".join(map(_without_unticked, text.split("\n")))
    text = _DICTATED.sub(lambda told: _BEGINS_IN_DICTATION.sub(".\n", told[0]), text)
    text = replaced(text, _REPLACEMENTS["without_hints"])
    text = mend_misspellings(in_english(text))
    text = _LETTER_IN_NUMBER.sub(lambda found: _AS_DIGITS[found[0].lower()], text)
    text = join_broken_words(mend_lost_letters(mend_digits(_ABBREVIATED.sub("management", text))))
    text = replaced(text, _REPLACEMENTS["made_whole"])
    return "\n".join(map(_with_codes_told, text.split("\n")))


def _with_codes_told(line: str) -> str:
    """The line with each code's meaning before it, unless words of the line name a treatment."""
    known = service_codes()
    if known.keys().isdisjoint(_CODE_OF_SERVICE.findall(line)):
        return line
    if names_treatment(_CODE_OF_SERVICE.sub(" ", line)):
        return line
    return _CODE_OF_SERVICE.sub(lambda code: f"{known.get(code[0], '')} {code[0]}".lstrip(), line)


def without_form_name(text: str) -> str:
    """The text with "request" for "RFA" where that is the form, not a radiofrequency ablation."""
    if _ABLATION.search(text):
        return text
    return (_ANY_RFA if _FORM_NAMED.search(text) else _RFA).sub("request", text)


def _without_unticked(line: str) -> str:
    last = line.rstrip()[-3:]
    if _ENDS_WITH_BOX.search(last) and not _ENDS_WITH_BOX.match(line.lstrip()[:3]):
        return _UNTICKED_BEFORE.sub(" ", line)
    return _UNTICKED.sub(" ", line)


def without_running_heads(text: str) -> str:
    """The text without the lines that number its pages and the lines repeated next to them; a
    sentence that ran over two pages is closed up.

    A line numbers a page only if it stands there more than once, but for its numbers.
    """
    lines = text.split("\n")
    forms = [_ANY_DIGITS.sub("#", line).strip() for line in lines]
    alike = Counter(forms)
    pages = {
        place
        for place, (line, form) in enumerate(zip(lines, forms, strict=True))
        # A page's number ends it, and not a guideline's page.
        if alike[form] > 1 and _PAGE.search(line.strip()[-40:]) and not _GUIDELINE.search(line)
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
    """The lines that are no heads, without the blank ones where a head broke a sentence."""
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
