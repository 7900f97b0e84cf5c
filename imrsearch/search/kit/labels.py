"""What the label of a field, or a heading, says of the text below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imrsearch.search.kit.amounts import cut_from
from imrsearch.search.kit.manners import (
    ASKED,
    DECISIONS,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    NOTICE,
    QUOTED,
    RECORDS,
    WHY,
    manner_of,
)
from imrsearch.search.kit.pieces import TextPiece
from imrsearch.search.kit.sections import is_of_records, is_of_rights
from imrsearch.search.kit.services import names_treatment

# What a field of a form, or the heading of a list, holds.
_ASKING_LABEL = re.compile(
    r"\b(?:associated|ancillary|adjunct\w*|prescriptions?|requested|requests?"
    r"|services?|treatments?|items?|procedures?|plan|orders?|disputed"
    r"|recommendations?|under review|denied|medications?|req|tx|rx|proposed|drugs?|outcomes?"
    r"|in dispute"
    r"|authorize)\b|^(?:re|p|q|question|psych|topic|product|asked(?: for)?|wanted"
    r"|(?:retro|pro)(?:spective)?|concurrent"
    r"|(?:code )?(?:descr(?:iption)?|name))$"
    # "What was on the RFA", "What the doctor wants"
    r"|^what (?:is|was|were) (?:on|in) the\b|^(?:the )?following (?:is|are|was|were)\b"
    r"|^what\b.{1,30}\b(?:asked|asks|wants?|wanted|ordered)\b"
    r"|^(?:section|part) #?(?:\d{1,2}|[a-h]|[iv]+)$|\bissues?(?:\(s\))? (?:for|under|in|on)\b"
    # "Determination 2 of 5: Cane", "Issue A: Cane"; "Determination 2: Denied" decides by its text
    r"|^(?:determination|decision|issue|question) ?(?:#|no\.? ?)?"
    r"(?:\d{1,2}(?: ?(?:of|/) ?\d{1,2})?|[a-h])$",
    re.IGNORECASE,
)
_TELLING_LABEL = re.compile(
    r"\b(?:hx|[fps]mhx?|psh|(?:clinical|medical) (?:information|data|facts|picture|overview|status)"
    r"|(?:case|clinical) (?:facts|overview)|course of (?:care|treatment)"
    r"|histor(?:y|ies)|background|diagnos[ie]s|dx|exam\w*|subjective|objective|current"
    r"|past|prior|imaging"
    r"|previous(?:ly)?|findings?|complaints?|(?<!decision )(?<!determination )(?<!review )"
    r"(?<!request )(?<!authorization )summary(?! of (?:the )?(?:outcome|decision"
    r"|determination|request|review))|meds|physician|employee|employer|date|name"
    r"|not under review)\b|^[soa]$|^(?:[a-z]+\.? )?(?:19|20)\d\d$",
    re.IGNORECASE,
)
# "Our physician reviewer has determined the following:" is no field of a physician
_DETERMINES = re.compile(
    r"\b(?:determin|decid|conclud|recommend)\w*\b.{0,40}\b(?:following|as follows|below)\b"
    r"|\bfollowing (?:determination|decision)s?\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\bcurrent(?:ly)? (?:med|drug|treat|prescri)\w*"
    r"|\b(?:previous(?:ly)?|past|prior|failed|completed"
    r"|to date|rendered"
    r"|administered|performed|histor(?:y|ies)(?! and))\b"
    # "PROCEDURE TODAY"; not "ORDERS TODAY"
    r"|\b(?:procedures?|injections?|treatments?|services?) (?:given |done |provided )?today\b"
    r"|\bprocedure note\b|\btoday.?s (?:procedure|injection|treatment)",
    re.IGNORECASE,
)
_WHY_LABEL = re.compile(
    r"\b(?:rationale|reasons?|why|basis|explanation|because|sources?|references?|guidelines?"
    r"|criteria|citations?|evidence|literature|comments?|remarks?|discussion|analysis|application"
    r"|reviewer(?:['’]s)? (?:findings?|notes?))\b"
    # "The physician writes"; not "The treating doctor writes"
    r"|^(?:(?:the|our|his|her) )?(?:\w+ing )?(?<!treating )(?<!requesting )"
    r"(?:reviewer|physician|doctor|advis[eo]r|he|she) (?:then )?(?:writes|wrote|sa(?:ys|id)"
    r"|state[sd]|finds|found|explain(?:s|ed)|notes|noted|reasons|reasoned|adds|added)$",
    re.IGNORECASE,
)
# "Other information: 12 visits" belongs to the service above.
_AMOUNT_LABEL = re.compile(
    r"\b(?:(?:other|additional|add['’]?l|further) [il1]nfo(?:rmation)?"
    r"|number of (?:visits|sessions|units|tablets|pills)"
    r"|(?:you|they|he|she|doctor|physician|provider) asked for"
    r"|quantity|qty|amount|freq(?:uency)?|dur(?:ation)?|units?|visits)\b"
    r"|^(?:other|details?|specifics|sig|directions|schedule|disp(?:ensed?)?"
    r"|how (?:many|much|often|long))$",
    re.IGNORECASE,
)
# "Requested: 12", "You asked for: ten sessions", "We certify: six"
_SHARE_LABEL = re.compile(
    r"(?:(?:what )?(?:you|they|he|she|(?:the|your) (?:doctor|physician|provider)) )?"
    r"(?:(?:were|was|are|is|have|has) )?(?:asked(?: for)?|requested|wanted|ordered|prescribed)"
    r"|(?:(?:quantity|qty|amount|number|visits|units) )?(?:requested|asked for|certified|approved"
    r"|authorized|denied)|(?:(?:what )?we|UR) (?:can |do |have )?"
    r"(?:certify|approve|authorize|allow|grant)|quantity|qty|amount|frequency|duration",
    re.IGNORECASE,
)
# Where a letter quotes guidelines: "GUIDELINES QUOTED FOR YOUR INFORMATION", "Criteria excerpts"
_QUOTED_LABEL = re.compile(
    r"\b(?:quot\w*|excerpts?|for (?:your )?information|text of|reproduced|for reference)\b",
    re.IGNORECASE,
)
# Where a denial lists its guidelines once for all requests.
_SOURCES_LABEL = re.compile(
    r"\b(?:sources?|references?|guidelines?|criteria|citations?|authorit(?:y|ies)|literature)\b"
    r"|^(?:evidence(?:[ -]based?)?|cites?|cited|support(?:ing)?)$",
    re.IGNORECASE,
)
# "MEDICATIONS", where the plan is another section
_MEDICATION_LIST = re.compile(
    r"(?:(?:current|present|active|home|outpatient) )?(?:medications?|meds|drugs|rx)(?: list)?",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:plan|request(?:s|ed|ing)?|orders?|recommendations?|authorization)\b", re.IGNORECASE
)
_OF_REPORT = re.compile(
    r"[soap]|hpi|pe|imp|(?:interval|present|surgical|past medical|social) (?:hx|history)"
    r"|(?:subjective|objective)(?: (?:complaints?|findings?))?|(?:physical )?exam(?:ination)?"
    r"|chief complaints?|cc|impression|assessment(?: (?:and|&) plan)?|(?:treatment )?plan"
    r"|work status|current medications?|meds",
    re.IGNORECASE,
)
_OF_SUBJECT = re.compile(
    r"(?:about|as (?:to|for)|regarding|concerning|on|with (?:regard|respect) to)"
    r" (?:the|your|his|her)\b",
    re.IGNORECASE,
)
_FEWEST_OF_REPORT = 3
_FIRST_TOLD = 30
"""Characters at the beginning of a field's text that may tell its decision."""


def label_manner(label: str) -> str:
    """The manner that a field's label, or a heading, gives to the text below it."""
    if is_of_records(label):
        return RECORDS
    if tells_sources(label) and _QUOTED_LABEL.search(label):
        return QUOTED
    if is_of_rights(label) and not is_subject(label):
        return NOTICE
    if is_why(label):
        return WHY
    decided = manner_of(label)
    is_before = _BEFORE.search(label) is not None and "retrospective" not in label
    if decided in DECISIONS and not is_before:
        return decided
    if _DETERMINES.search(label):
        return FIELD
    if _ASKING_LABEL.search(label) and "not under review" not in label:
        return HISTORY if is_before else FIELD
    if _TELLING_LABEL.search(label):
        return HISTORY
    return FIELD if decided == ASKED else NONE


def decision_told(piece: TextPiece) -> str:
    """The decision that a field's label tells, or the first words of its text; not those of a
    sentence that names a treatment, which they decide."""
    first = next(iter(piece.sentences()), "")
    begins = "" if names_treatment(first) else first[:_FIRST_TOLD]
    if cut_from(begins):
        return DENIED
    for decided in (manner_of(piece.label), manner_of(begins)):
        if decided in DECISIONS:
            return decided
    return NONE


def is_subject(label: str) -> bool:
    """Whether a label only names what its text is about: "About the lumbar MRI"."""
    return _OF_SUBJECT.match(label) is not None and names_treatment(label)


def is_why(label: str) -> bool:
    """Whether a field tells why: "Rationale", "Reason for denial", "Guidelines used"."""
    return _WHY_LABEL.search(label) is not None


def asks(text: str) -> bool:
    """Whether a table's heading or a label is that of requests."""
    return _ASKING_LABEL.search(text) is not None


def tells_amount(label: str) -> bool:
    """Whether a field holds the amount of the service above it."""
    return _AMOUNT_LABEL.search(label) is not None


def tells_share(label: str) -> bool:
    """Whether a field holds how much of the service above it was asked for or granted."""
    return _SHARE_LABEL.fullmatch(label) is not None


def tells_sources(label: str) -> bool:
    """Whether a field lists the guidelines of a denial."""
    return _SOURCES_LABEL.search(label) is not None


def is_plan(label: str) -> bool:
    """Whether a heading is that of a plan or of requests."""
    return _PLAN.search(label) is not None


def is_report(labels: Iterable[str]) -> bool:
    """Whether headings and labels are those of a physician's report."""
    return sum(_OF_REPORT.fullmatch(label) is not None for label in labels) >= _FEWEST_OF_REPORT


def lists_medications(label: str) -> bool:
    """Whether a heading is that of all medications taken, which in a report are history."""
    return _MEDICATION_LIST.fullmatch(label) is not None
