"""A pasted text without what scanners, printers, mail programs and forms put into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.search.kit.broken_words import (
    join_broken_words,
    mend_digits,
    mend_lost_letters,
    mend_misspellings,
)
from imrsearch.search.kit.services import names_treatment
from imrsearch.search.kit.spanish import in_english

# "UR Decision - EX-000      Page 2 of 4", "Page 2", "Example Review | Page 2"
_PAGE = re.compile(
    r"\bpage\s{1,9}\d{1,3}\s{1,9}of\s{1,9}\d{1,3}\W*\Z"
    r"|(?:\A\W*|\s\s|[|–—-]\s?)page\s{1,9}\d{1,3}\W*\Z",
    re.IGNORECASE,
)
_GUIDELINE = re.compile(r"\b(?:MTUS|ODG|ACOEM|guidelines?|chapter)\b", re.IGNORECASE)
_ANY_DIGITS = re.compile(r"\d+")
_SENTENCE_ENDED = (".", ":", "?", "!", ";")
# What scanners make of "7.5", "DENIED" and "NON-CERTIFIED"
_BROKEN_DECIMAL = re.compile(r"(?<=\d) \. (?=\d)")
_SMALL_L = re.compile(r"(?<=[A-Z])l(?=[A-Z])")
_ONE_FOR_L = re.compile(r"(?<=[a-z])1(?=[a-z])")
# … and of "#90", "10 mg", "12 visits"
_LETTER_IN_NUMBER = re.compile(
    r"(?<=\d)[Ool](?=\d|\b(?! ?clock))|(?<=#)[Ol](?=\d)|\bl(?=\d ?(?:visits|sessions|weeks|mg)\b)"
)
_AS_DIGITS = {"o": "0", "l": "1"}
# "1} Cane"
_BRACE = re.compile(r"^([ \t]*[({\[]?\d{1,2})[}\]](?=\s)", re.MULTILINE)
_BROKEN_HYPHEN = re.compile(r"\b(non|pre|post|re) ?[-–] (?=[a-z])", re.IGNORECASE)
# "H - wave", "X - ray"; not "A - not certified"
_BROKEN_LETTER = re.compile(r"\b(H|X) ?[-–] (?=wave|ray)", re.IGNORECASE)
# Dictated, without a stop: "… to ninety degrees i am requesting authorization for an mri …"
_DICTATED = re.compile(r"(?:\A|(?<=\n\n))[^.!?;:]{200,}?(?=\n\s*\n|\Z)")
_BEGINS_IN_DICTATION = re.compile(
    r"\s(?=(?:and )?(?:i|we) (?:am |are |will |would )?(?:also |now |again )?(?:request"
    r"|recommend|order|ask|prescrib|like|want|refer)\w*"
    r"|(?:patient|he|she) (?:will|is to|may|should|has|had|was)\b"
    r"|(?:exam|examination|diagnosis|assessment|plan|impression) (?:shows|reveals|is)\b)",
    re.IGNORECASE,
)
# "Is the cane medically necessary?" and below "No. It is not used."
_ANSWERED = re.compile(
    r"(?<=\b)(necessary|appropriate|indicated|supported|certified|approved|authorized|warranted"
    r"|reasonable)\?\s{1,9}(yes|no)(?=[.,;:!]|[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
# A line drawn between sections, and the points that lead to a field: "Decision . . . . : DENIED"
_DRAWN_LINE = re.compile(r"^[ \t]*[-–—_=*~+]{4}[-–—_=*~+ \t]*$", re.MULTILINE)
_DOTS = re.compile(r"\.(?:[ \t]?\.){4,}")
_LEADERS = re.compile(r"(?<=\w)[ \t]?\.(?:[ \t]?\.){2,}[ \t]*(?=:)")
# What stands in brackets behind the form's name: "DWC FORM RFA (additional page, psychology)"
_FORM_TITLE = re.compile(
    r"^([ \t]*(?:request for authori[sz]ation|DWC form)\b[^:|()\n]{0,60})"
    r"\([^:|()\n]{1,80}\)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE_FOOT = re.compile(r"\bpage\s{1,9}\d{1,3}\s{1,9}of\s{1,9}\d{1,3}\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\bmgmt\b\.?", re.IGNORECASE)
# "Req auth cortisone inj. R elbow x 1"
_ABBREVIATION_AMID = re.compile(
    r"\b(inj|eval|vis|sess|consult|surg|tab|cap|lat|bilat|lumb|cerv)\. (?=[RLrlBb]\b|[a-z#\d(])"
)
# What a form says beside its labels: "(Required)", "(Include treatment rendered to date. …)".
# Blanks are counted from the first, brackets within brackets once: linear time.
_FORM_HINT = re.compile(
    r"(?<![ \t])[ \t]*\((?:required|optional|if known|if assigned|if any|if applicable"
    r"|frequency, duration,?\s+quantity,?\s+etc\.?"
    r"|(?:include|list|specify|identify|describe|attach|check|state|indicate|use)"
    r"\s(?:[^()]|\([^()]{0,80}\)){0,800})\)",
    re.IGNORECASE,
)
# "✔ X-ray", "✘ chiro 2x4 - had 24 visits": a list of what was granted and what was not
_GRANT_MARK = re.compile(
    r"^[ \t]*[✔✓✅☑][ \t]*(?=[^\s✔✓✅☑])(.{3,200}?)(?=[ \t]+[-–—][ \t]|[ \t]*$)", re.MULTILINE
)
_REFUSAL_MARK = re.compile(
    r"^[ \t]*[✘✗❌☒][ \t]*(?=[^\s✘✗❌☒])(.{3,200}?)(?=[ \t]+[-–—][ \t]|[ \t]*$)", re.MULTILINE
)
# "**Cane** - denied": an item of a list, in the marks of a mail program
_BOLD_ITEM = re.compile(r"^[ \t]*\*\*(?=[^*\n]{3,120}\*\*[ \t]*[-–—:])", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2}|__)(?=[^\s*_])([^*_\n]{1,200}?)\1(?![\w*])")
# "CPT 98941 x 8: Denied", "2. E0730 purchase"; not the end of an address: "Sacramento, CA 95811"
_CODE_OF_SERVICE = re.compile(standing_alone(r"(?<!\bCA )(?<!\bCalifornia )(?:\d{5}|[A-Z]\d{4})"))
# What a page has to click on: "[Print] [Download letter] [Message nurse]"
_BUTTONS = re.compile(r"^[ \t]*(?:\[[A-Za-z][A-Za-z ]{1,30}\][ \t]*){2,12}$", re.MULTILINE)
_TWO_COLONS = re.compile(r":[ \t]*:")
# "asked us to approve": no ultrasound
_TO_US = re.compile(r"\b((?:ask|tell|told|sen[dt]|g[ai]ve|let|requir|allow)\w*) us\b")
# Mail programs put "> " before what was sent before.
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BOX = r"(?:\[ ?\]|\( \)|[☐□])"
_ANY_BOX = r"(?:\[ ?[xX✓✔]? ?\]|\( ?[xX]? ?\)|[☐☒☑□■])"
# "[ ] Approved [X] Denied", "[ ] Denied or Modified (See separate decision letter)": what is not
# ticked is not said. It ends with the next box, a wide blank or the line.
_UNTICKED = re.compile(rf"{_BOX}(?:(?!{_ANY_BOX}|[ \t]{{3}})[^\n]){{1,200}}")
# "Approved [ ]  Denied [X]": a line that ends with a box has its boxes behind the words.
_ENDS_WITH_BOX = re.compile(rf"{_ANY_BOX}\Z")
_UNTICKED_BEFORE = re.compile(rf"(?<![\w /])[\w /]{{1,40}}{_BOX}")

# "RFA" is a form's name where the text speaks of one and of no nerve.
_FORM_NAMED = re.compile(r"request for authori[sz]ation|DWC form|RFA form|form RFA", re.IGNORECASE)
_ANY_RFA = re.compile(r"\bRFA\b", re.IGNORECASE)
_ABLATION = re.compile(
    r"ablation|radiofrequency|medial branch|facet|\bblocks\b|\b[LCT]\d(?:[-/][LCTS]?\d)? RFA\b",
    re.IGNORECASE,
)
# "RFA of the knee", "lumbar RFA"
_RFA = re.compile(
    # "he faxed you an RFA for a lumbar fusion"
    r"\b(?:an|your|this|that|new|signed) RFA\b(?! of)|\bRFA(?= (?:for an?|dated|received|form)\b)"
    # "RFA: Nucynta #60", "RFA / RESUBMISSION"
    r"|(?<![A-Za-z] )\bRFA:|\bRFA(?= ?[/–-] ?(?i:resubmission|new|expedited|attn|attention|page))"
    r"|(?<!lumbar )(?<!cervical )(?<!thoracic )(?<!genicular )\bRFA\b"
    r"(?!.{0,20}\b(?:lumbar|cervical|thoracic|knee|sacroiliac|[LCT]\d))"
)


def cleaned_text(text: str) -> str:
    """The text as its writer meant it: words whole, unticked boxes and page numbers gone."""
    text = _with_marks_told(_PAGE_FOOT.sub("", without_running_heads(text)))
    text = _BRACE.sub(r"\1)", _QUOTED_LINE.sub("", _BUTTONS.sub("", text)))
    text = _EMPHASIS.sub(r"\2", _BOLD_ITEM.sub("• **", text))
    text = _FORM_TITLE.sub(r"\1", _DRAWN_LINE.sub("", _LEADERS.sub("", text)))
    text = _DOTS.sub("...", text)
    text = "\n".join(map(_without_unticked, text.split("\n")))
    text = _DICTATED.sub(lambda told: _BEGINS_IN_DICTATION.sub(".\n", told[0]), text)
    text = _ANSWERED.sub(r"\1?\nAnswer: \2", text)
    text = _TO_US.sub(r"\1", _TWO_COLONS.sub(":", _FORM_HINT.sub("", text)))
    text = mend_misspellings(in_english(text))
    text = _LETTER_IN_NUMBER.sub(lambda found: _AS_DIGITS[found[0].lower()], text)
    text = join_broken_words(mend_lost_letters(mend_digits(_ABBREVIATED.sub("management", text))))
    text = _ABBREVIATION_AMID.sub(r"\1 ", text)
    text = _SMALL_L.sub("I", _ONE_FOR_L.sub("l", _BROKEN_DECIMAL.sub(".", text)))
    text = _BROKEN_LETTER.sub(r"\1-", _BROKEN_HYPHEN.sub(r"\1-", text))
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


def _with_marks_told(text: str) -> str:
    """The text with decisions in place of tick marks and crosses, where it has both."""
    if not (_GRANT_MARK.search(text) and _REFUSAL_MARK.search(text)):
        return text
    text = _GRANT_MARK.sub(r"- \1 - CERTIFIED", text)
    return _REFUSAL_MARK.sub(r"- \1 - DENIED", text)


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
