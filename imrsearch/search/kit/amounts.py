"""Amounts as people write them, put into words that the reader of services knows."""

from __future__ import annotations

import re

from imrsearch.model import Quantity
from imrsearch.text.numbers import NUMBER_WORDS, ONES, TENS

# "cut from 120 to 60", "6 of the 12 visits", "6 instead of 12", "of the 12 requested visits, 6",
# "12 visits requested, 6 approved", "12 visits (2 approved": what was asked for, and less
_GRANTS = r"(?:approv|certif|authoriz|allow|grant)\w*"
_LESS = rf"(?:only )?(?P<granted>\d{{1,3}})\b[^.;]{{0,40}}\b{_GRANTS}"
_REDUCED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bfrom #?(?P<asked>\d{1,4}) (?:down )?to #?(?P<granted>\d{1,4})\b",
        # "#120 cut to #90"
        (
            r"\b(?P<asked>\d{1,3}) (?:[\w]+[,:]? ){0,3}"
            r"(?:cut|reduced?|lowered|knocked|trimmed|modif\w+|changed)(?: (?:it|them))? (?:down )?"
            r"to #?(?P<granted>\d{1,3})\b"
        ),
        (
            r"(?<!page )\b(?P<granted>\d{1,3}) (?:\w+ )?"
            r"(?:(?:out )?of (?:the |your |his |her )?|instead of |rather than )"
            r"(?P<asked>\d{1,3})\b"
        ),
        rf"\bof the (?P<asked>\d{{1,3}})\b[^.;:]{{1,60}}?, {_LESS}",
        rf"\b(?P<asked>\d{{1,3}}) (?:\w+ ?){{1,3}}[,;(–-] ?(?:and |but )?{_LESS}",
    )
)
# "12 visits certified", "#60 of these are allowed"; "approved: 30", "modified to #60"
_REDUCED_TO = r"modif\w+(?: (?:it|the request))? to|modif\w+(?=:)|reduced? to|down to"
_CUT_TO = rf"(?:ok(?:ayed|ed|['’]?d)|{_REDUCED_TO})"
_GRANTED_AMOUNT = re.compile(
    r"(?<!item )(?<!line )(?<!request )\b(?P<granted>\d{1,3}) (?:(?!not\b)[a-z]+ ){0,2}?"
    r"(?:(?:is|are|was|were|(?:has|have) been) )?"
    rf"(?:hereby )?(?:{_GRANTS}|ok(?:ay)?(?:ed|['’]d)?)\b"
    rf"|(?<!not )(?<!non-)(?<!non )(?<!cannot )\b(?:{_GRANTS}|{_CUT_TO})\b:? ?"
    r"(?:for |only |of |at |a |the |first |quantity |qty |x |an initial |trial )*"
    r"#?(?P<behind>\d{1,3})\b(?![/%]|\.\d| ?(?:mg|mcg|weeks?|months?|days?)\b)",
    re.IGNORECASE,
)
# "the request of May 4 was approved"
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
    re.IGNORECASE,
)
_COUNTS_ITEMS = re.compile(
    r"\b(?:items|lines|rows|requests|services|(?:none|neither|not one) of)\b", re.IGNORECASE
)
# "one hundred twenty", "a hundred and eighty", "forty-five"
_HUNDREDS = re.compile(
    rf"\b(?:(?P<hundreds>a|{'|'.join(ONES)}) hundred(?:(?: and)?[ -](?P<tens>{'|'.join(TENS)}))?"
    rf"|(?P<only>{'|'.join(TENS)})[ -](?P<ones>{'|'.join(ONES)})|(?P<round>{'|'.join(TENS)}))\b",
    re.IGNORECASE,
)
# "2x/wk, 6 wks", "1x per week, 12 weeks"
_OFTEN = (
    r"\b(\d{1,2} ?(?:x|times?|visits?|sessions?) ?(?:a|per|/|each)? ?(?:week|wk)),"
    r" ?(?=\d{1,2} ?(?:weeks?|wks?)\b)"
)
# "Norco 10/325 mg BID, 60", "Soma 350 mg - 90"
# "Mobic 15 mg daily, 30, no refill"
_AT_THE_END = (
    r"\b(mg|mcg|[bt]id|qid|qhs|prn|daily|tabs?|caps?)(?:,| [-–]) ?"
    r"(?=\d{2,3}(?:,? \(?(?:no|with|\d) refills?\)?)?\W*$)"
)
_WRITTEN_ANEW = tuple(
    (re.compile(pattern, re.IGNORECASE), anew)
    for pattern, anew in (
        (r"\ba dozen\b", "12"),
        # "Three things were denied: the fusion"
        (
            (
                rf"\b(?:{'|'.join(NUMBER_WORDS)}|\d{{1,2}})"
                r" (?=(?:\w+ )?(?:things|items|services|requests)\b)"
            ),
            "",
        ),
        # "Modified: Norco #120 to #60"
        (r"(#\d{1,3}),? (?:down )?(?:to|->|→) #?\d{1,3}\b", r"\1"),
        # "You asked for: 8", "Certified 4", "Other: 1, purchase"
        (
            (
                r"\A(certified )?(\d{1,3})(?:,? (?:units?|each|ea|pcs?|pieces?|only))?"
                r"(?:,? \(?(?:for )?(?:purchase|rental|rent|buy|to buy|to keep)\)?)?\W*\Z"
            ),
            r"\1x \2",
        ),
        # "9 tabs, prn migraine"
        (
            (
                r"(\b\d{1,3} (?:tab(?:let)?s?|cap(?:sule)?s?|pills?|patch(?:es)?|doses?|units?)),?"
                r" (?:(?:to be )?(?:taken|used) )?(?:prn|as needed|when needed|if needed)\b"
            ),
            r"\1",
        ),
        (r"\bshots?\b", "injections"),
        # "acu, neck, 8 tx"
        (r"\b(\d{1,2}) (?:tx['’]?s?|appts?|appointments|sess)(?![\w/])", r"\1 visits"),
        # "Norco #60, down from #120", "Opana 20 mg, 90 a month"
        (r",? \(?(?:down|up|reduced|decreased|increased|tapered) from #?\d{1,3}\)?", ""),
        (r"(?<=, )(\d{2,3}) (?:a|per|each|every) month\b", r"#\1"),
        # "more chiro (8) and a gym", "Norco (60)."
        (r"(?<=[a-z] )\((\d{1,3})\)(?=[.,;]|\W*\Z| and\b| plus\b)", r"x \1"),
        # "12 PT"
        (
            (
                r"(?<![\d/.-])(\d{1,2}) (?=(?:PT|OT|chiro\w*|acupuncture|massage|psychotherap\w+"
                r"|(?:physical|occupational|aquatic|massage|pool) therap\w+)\b(?! \d))"
            ),
            r"\1 visits of ",
        ),
        # "Orthotics, L3000 x 2", "Knee brace (L1832), 2"
        (
            (
                r"\(?\b(?:[A-V]\d{4}|\d{5})\b\)?,? ?(?:x|qty:?|quantity:?|units:?)? ?"
                r"(?=\d{1,2}(?: units?)?\W*\Z)"
            ),
            "x ",
        ),
        # "Percocet 10 mg, 120 a month"
        (
            r"(?<=mg)(,? )(\d{2,3}) (?:a|per|each|every)(?=(?: 30 days?)? (?:month|30 days))",
            r"\1#\2",
        ),
        # "120 (120) tablets"
        (r"\b(\d{1,4}) \(\1\)", r"\1"),
        # "Frequency 2x/week Duration 6 weeks"
        (r"\b(?:frequency|freq|duration|dur)\b[.:]? ?(?=\d)", ""),
        (_OFTEN, r"\1 x "),
        (r"\b(?:(?:one|1|a) )?(?:supply|box|pack|bottle) of (?=\d)", "#"),
        (r"\b(?:series|set|course|total) of (?=\d)", "x "),
        # "Acupuncture 6 more"
        (r"\b(\d{1,2}) (?:more|additional|further)(?=\W*(?:\Z|[:;.(]))", r"x \1"),
        (r"\b(?:dispense|disp|dsp|count|number|no|nr|amt)\b\.?:? ?#?(?=\d{1,3}\b(?![./]?\d))", "#"),
        (_AT_THE_END, r"\1 #"),
    )
)
_FEW = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_ONE_TO_NINE = re.compile(rf"(?<=\bof )(?:{'|'.join(ONES)})\b", re.IGNORECASE)
# "Knee brace, one, purchase"
_CELL_IN_WORDS = re.compile(rf"(?<=, )(?:{'|'.join(ONES)})(?=,| ?\(|\W*\Z)", re.IGNORECASE)
# "4 hours a day, 5 days a week x 6 weeks (120 hours)": the sum counts
_SUM_BEHIND = re.compile(
    r"(?<=\d[ /])(?P<parts>[a-z][^()#\n]{3,60})\((?:total (?:of )?|= ?)?"
    r"(?P<sum>\d{1,3} (?:hours?|hrs?|visits?|sessions?))(?: total)?\)",
    re.IGNORECASE,
)
_OFTEN_TOLD = re.compile(
    r"[\d/]|\b(?:x|times?|hours?|hrs?|days?|weeks?|wks?|months?|visits?|sessions?|a|an|per|each|every"
    r"|for|over)\b",
    re.IGNORECASE,
)


def written_anew(text: str) -> str:
    """The text of a request with its amounts in plain digits: "series of three" as "x 3"."""
    text = _SUM_BEHIND.sub(_sum_first, text)
    text = _HUNDREDS.sub(_digits, text)
    text = _ONE_TO_NINE.sub(lambda found: str(ONES[found[0].lower()]), text)
    text = _CELL_IN_WORDS.sub(lambda found: f"#{ONES[found[0].lower()]}", text)
    for pattern, anew in _WRITTEN_ANEW:
        text = pattern.sub(anew, text)
    return text


def cut_from(text: str) -> Quantity | None:
    """The amount asked for, where a text says that less was granted: 120 in "from 120 to 60"."""
    text = _FEW.sub(_few, text)
    for pattern in _REDUCED:
        for found in pattern.finditer(text):
            if int(found["granted"]) < int(found["asked"]):
                return Quantity(int(found["asked"]), "units")
    return None


def granted_in(text: str) -> int | None:
    """The amount that a text says was granted: 60 in "#60 certified", "approved: 60", "down to 60";
    not a count of items: "Lines approved: 3, 5", "4 items / 1 approved"."""
    if _COUNTS_ITEMS.search(text):
        return None
    text = _DAY.sub(" ", text)
    found = next((one for pattern in _REDUCED for one in pattern.finditer(text)), None)
    found = found or _GRANTED_AMOUNT.search(_FEW.sub(_few, written_anew(text)))
    return int(found["granted"] or found["behind"]) if found else None


def _sum_first(found: re.Match[str]) -> str:
    """ "2x6 cervical spine (12 visits)" as "= 12 visits cervical spine"."""
    return f"= {found['sum']}, {' '.join(_OFTEN_TOLD.sub(' ', found['parts']).split())}"


def _few(found: re.Match[str]) -> str:
    return str(NUMBER_WORDS[found[0].lower()])


def _digits(found: re.Match[str]) -> str:
    hundreds, tens, only, ones = (
        (found[name] or "").lower() for name in ("hundreds", "tens", "only", "ones")
    )
    if hundreds:
        return str(100 * ONES.get(hundreds, 1) + TENS.get(tens, 0))
    return str(TENS[only or found["round"].lower()] + ONES.get(ones, 0))
