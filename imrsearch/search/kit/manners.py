"""In what manner a pasted text speaks of a treatment: denied, certified, withdrawn, asked for,
history, why, or aside: in a list of records, or in what every letter tells.

The manner of a field's label holds for its text; a sentence may have its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imrsearch.reasons.wording import with_apostrophes
from imrsearch.search.kit.pieces import TextPiece
from imrsearch.search.kit.sections import is_of_records, is_of_rights

DENIED, CERTIFIED, WITHDRAWN, ASKED = "denied", "certified", "withdrawn", "asked"
DEFERRED = "deferred"
FIELD, HISTORY, WHY = "field", "history", "why"
RECORDS, NOTICE = "records", "notice"
NONE = ""
DECIDED = (DENIED, CERTIFIED, WITHDRAWN, DEFERRED)
ASIDE = (RECORDS, NOTICE)
"""What is named here is neither asked for, nor a reason, nor the patient's history."""

_DENIED = re.compile(
    r"\b(?:den(?:y|ied|ying|ial)|dis-?approv\w*|non-? ?cert\w*|non-? ?authoriz\w*|modified"
    r"|adverse(?: determination)?|not auth\b|modify|modification|no authorization"
    r"|(?:got|gets|was|were|is|been) (?:cut|reduced)(?: down)? (?:to|from|by)|reduce to|(?:is"
    r"|was) a no\b"
    r"|stopped paying|turned down|refus\w+|reject\w+|disallow\w*|withheld|(?:was|were|been|is"
    r"|are) declined"
    r"|declined by (?:the )?(?:insur\w+|carrier|adjuster|company)"
    r"|(?:not|unable to|cannot|never|declined? to|fail(?:ed)? to|without) (?:to )?(?:be |been )?"
    r"(?:recommend(?:ed)? (?:for )?)?(?:certif|authoriz|approv|cover|allow|grant)\w*"
    r"|(?:not|never) pay\b(?! (?:for )?(?:that|the) review| physicians)"
    r"|not going to (?:certify|authorize|approve|cover|allow|pay)"
    r"|(?:certification|authorization|approval) (?:is|was|cannot be|could not be) not \w+"
    r"|partial(?:ly)?[- ](?:certif|approv|authoriz|allow|grant)\w*"
    r"|(?:certified|approved|authorized|certify|approve|authorize|approval|certification)"
    r" (?:in part|as modified|with (?:a )?(?:modif|chang)\w*)"
    r"|(?:not|never) (?:be |been )?(?:considered |deemed |found |felt |shown )?(?:to be )?medically"
    r" (?:necessary|appropriate|indicated)|lacks? medical necessity"
    r"|(?:not|never) (?:meet|met) (?:the )?(?:criteria|medical necessity|guidelines?)"
    r"|medical necessity (?:is|was|has|of [^.;]{1,80}(?:is|was|has)) not"
    r"|sa(?:y|ys|id|ying) no(?= to\b| because\b| bc\b| cuz\b| since\b|[.,;:!?]|$)"
    r"|cut (?:my|his|her|the|me|off)|cut down|stopped (?:my|paying|covering))\b"
    r"|n['’]t (?:be )?(?:certif|authoriz|approv|cover|allow|pay|ok)\w*"
    r"|n['’]t medically (?:necessary|appropriate)|n['’]t meet (?:the )?(?:criteria|medical)",
    re.IGNORECASE,
)
_DECIDED_WORD = (
    r"(?:denied|delayed|modified|refused|deferred|(?:non-?)?certified|approved|authorized)"
)
# Words of a decision that decide nothing: "Nothing was denied", "No part of the request has been
# denied or modified"; what may be decided some day ("services beyond this may be denied"), or was
# decided on another day ("previously denied requests").
_NONE_DECIDED = re.compile(
    r"\b(?:nothing|none|no(?: \w+){1,5}) (?:is|was|were|has been|have been) (?:denied|modified)"
    r"(?:,? or (?:denied|modified))?"
    rf"|\b(?:may|might|could|can|would) (?:(?!not\b)\w+ )?be {_DECIDED_WORD}(?:(?:,"
    rf"|,? or) {_DECIDED_WORD})*"
    rf"|\b(?:previously|formerly|earlier|later|subsequently) {_DECIDED_WORD}"
    rf"|\b{_DECIDED_WORD} (?:in the (?:future|past)|later|(?:last|an? \w+|\w+) (?:month|week"
    rf"|year)s? ago)"
    r"|\bboard[- ](?:certified|eligible)\b|\bcertified (?:mail|copy|interpreter|hand therapist"
    r"|public)\b"
    r"|\bauthorized (?:agent|representative|signature|user|person)\b"
    r"|\bmodified (?:dut(?:y|ies)|work|activit(?:y|ies)|schedule|barthel|job)\b"
    r"|\b(?:services?|treatments?|items?|requests?) that (?:is|are|was|were) (?:not )?"
    rf"{_DECIDED_WORD}",
    re.IGNORECASE,
)
# "If a later request is denied, a letter will explain why", "should surgery be denied, …": up to
# the comma, nothing is said of this request.
_CONDITION = re.compile(
    r"\A\W*(?:if|should|unless|whenever|in case|in the event)\b"
    rf"(?:[^,;.]|,(?= (?:(?:or|and) )?{_DECIDED_WORD})){{1,200}}(?:[,;.]|\Z)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\bwithdr(?:aw|aws|awn|ew|awing)\b|\b(?:takes?|taking|took|taken) back\b|\brescind\w*"
    r"|\b(?:is|are) no longer (?:requested|asked|wanted|sought)\b"
    r"|\brequest (?:was |is |has been )?cancell?ed\b",
    re.IGNORECASE,
)
# Not reviewed until somebody decides whether the injury is covered
_DEFERRED = re.compile(r"\bdeferr(?:ed|al)\b", re.IGNORECASE)
# The decision is on what comes next: "The following were not approved", "we deny the items below".
_POINTS_ON = re.compile(
    r"\bfollowing\b(?! (?:the|this|an?|that|his|her)\b)|\b(?:items?|services?|requests?"
    r"|treatments?)? ?"
    r"(?:listed |named |given |shown )?below\b|\bthese(?: \w+)?\W*\Z",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:all|both|every(?:thing)?|each|they|these|(?:the|your|above) (?:\w+ )?(?:requests"
    r"|services"
    r"|items|treatments))\b",
    re.IGNORECASE,
)
_CERTIFIED = re.compile(
    r"(?<!not )(?<!non-)(?<!be )\b(?:certified|approved|authorized|certif\w+ as requested)\b"
    r"|\b(?:did|do|can|could|have) (?:certify|approve|authorize)\b"
    r"|\bnot (?:in dispute|disputed|asked for|under review)\b|\b(?:ok(?:ay)?|fine)\b[.!]?$"
    r"|\bok['’]?(?:d|ed|ayed)\b"
    r"|\b(?:happy|pleased|glad|able) to (?:certify|approve|authorize|allow)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|authorization|authorize|ask(?:s|ed|ing)? (?:for|us|to)"
    r"|prescribe[ds]?|prescribing|order(?:ed|ing)?|recommend(?:ing)?|want(?:s|ed)?|needs?"
    r"|under review|refer(?:ral)?|obtain|would like|wish(?:es)? to|benefit from"
    r"|candidate for|proceed with)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:histor(?:y|ies)|had|previous(?:ly)?|prior|past|years? ago|completed|underwent|on file"
    r"|last|first|was tried|s/p|status post|took part|finished|in (?:19|20)\d\d)\b"
    # "2014-2015: physical therapy, 18 visits"
    r"|\A\W*(?:[a-z]+\.? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?:",
    re.IGNORECASE,
)
# What every letter tells of rights and of the procedure: it decides nothing and is no reason.
_NOTICE = re.compile(
    r"\byou (?:may|must|need not|are entitled|do not have to|have (?:the|a) right)\b"
    r"|\bif you (?:disagree|do not agree|believe|wish|want|would like)\b"
    r"|\bindependent (?:medical )?(?:review|organization)\b|\bIMR\b|\battorney\b"
    r"|\b(?:dispute|appeal) (?:resolution|rights|process)\b|\binformation (?:and|&) assistance\b"
    r"|\bdays (?:of|after|from) the (?:date|receipt)\b|\bnothing in this notice\b"
    r"|\bphysicians for (?:denying|making)|\bfree of charge\b",
    re.IGNORECASE,
)
# What a form tells whoever fills it in: "Specify consultation/referral, surgery, and
# hospitalization."
_INSTRUCTION = re.compile(
    r"\W*(?:include|list|specify|identify|describe|attach|check|state|explain|indicate|use of)\b"
    r"(?=[^:]{1,200}[.)]*\Z)(?!.*\b(?:i|we) (?:request|ask|recommend))",
    re.IGNORECASE,
)
# Who the reviewer is, as the law has every letter say.
_CREDENTIALS = re.compile(
    r"\bcompetent to evaluate\b|\bscope of (?:\w+ )?practice\b"
    # "Our reviewer is an orthopedic surgeon with an active practice."
    r"|\b(?:reviewer|physician|advis[eo]r|doctor|who) (?:is|was) (?:an?|the) (?:[\w-]+ ){0,4}"
    r"(?:surgeon|physician|psychiatrist|psychologist|chiropractor|specialist|internist)\b",
    re.IGNORECASE,
)
# What a field of a form, or the heading of a list, holds.
_ASKING_LABEL = re.compile(
    r"\b(?:requested|requests?|services?|treatments?|items?|procedures?|plan|orders?|disputed"
    r"|recommendations?|under review|denied|medications?|req|tx|rx|proposed|drugs?|outcomes?"
    r"|in dispute"
    r"|(?:please )?authorize)\b|^(?:re|p|psych|topic)$"
    r"|^(?:section|part) #?(?:\d{1,2}|[a-h]|[iv]+)$",
    re.IGNORECASE,
)
_TELLING_LABEL = re.compile(
    r"\b(?:histor(?:y|ies)|diagnos[ie]s|dx|exam\w*|subjective|objective|current|past|prior|imaging"
    r"|previous(?:ly)?|findings?|complaints?|summary(?! of (?:the )?(?:outcome|decision"
    r"|determination|request|review))|meds|physician|employee|employer|date|name"
    r"|not under review)\b|^[soa]$|^(?:[a-z]+\.? )?(?:19|20)\d\d$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\bcurrent(?:ly)? (?:med|drug|treat)\w*|\b(?:previous(?:ly)?|past|prior|failed|completed"
    r"|to date|rendered"
    r"|administered|performed|histor(?:y|ies)(?! and))\b"
    # "PROCEDURE TODAY"; not "ORDERS TODAY"
    r"|\b(?:procedures?|injections?|treatments?|services?) (?:given |done |provided )?today\b"
    r"|\bprocedure note\b|\btoday.?s (?:procedure|injection|treatment)",
    re.IGNORECASE,
)
_WHY_LABEL = re.compile(
    r"\b(?:rationale|reasons?|why|basis|explanation|because|source|references?|guidelines?"
    r"|criteria|comments?|discussion|analysis|application"
    r"|reviewer(?:['’]s)? (?:findings?|notes?))\b",
    re.IGNORECASE,
)
# In a field that tells: "The only request under review is a hospital bed."
_UNDER_REVIEW = re.compile(
    r"\brequest(?:s|ed|ing)? (?:is|for|authorization)\b|\bunder review\b"
    r"|\bI (?:request|recommend)",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|not|no|does|did)\b", re.IGNORECASE)
# The reason begins here; what is named behind it is not what was denied.
_BECAUSE = re.compile(
    # "given the findings", not "Ketorolac 60 mg IM given today"
    r"\b(?:because|since|due to|given(?= [a-z])(?! (?:today|in|at)\b)|for lack of"
    r"|sa(?:ys?|id)(?! no(?: to\b|[.,;:!?]|$))|saying"
    r"|bcuz|bc"
    r"|without evidence"
    r"|as (?:the|there|no|it|he|she)|(?<=, )as|(?<=, )for (?:the|an?|no|he|she))\b"
    r"|\s[-–—]\s(?=[^.]{0,80}\b(?:not|no|without|never|only|isn['’]t|lack|den|adverse|is|are|was"
    r"|were|has|have|recommended|indicated|modified|habit|second|already)\b)",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(
    r"\b(?:not|no|without|never|exceed\w*|beyond|lack\w*|fail\w*|insufficient|only|nothing|weaning"
    r"|taper\w*|already)\b|n['’]t\b",
    re.IGNORECASE,
)
# "none of the associated services are medically necessary"
_ASSOCIATED = re.compile(r"\bassociated (?:\w+ )?(?:services?|items?|requests?)\b", re.IGNORECASE)
_GUIDELINE_SAYS = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?|chapter)\b[^.,;]{0,40}\b(?:recommends?|requires?|asks? for"
    r"|supports?|allows?|suggests?|wants?|needs?)\b|\brecommended as an option\b",
    re.IGNORECASE,
)
# Without a word of any patient, "the fence repair" is no surgery.
_MEDICAL = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|doctor|dr|physician|medical\w*|clinic\w*"
    r"|surg\w*|injur\w*|pain|exam\w*|diagnos\w*|therap\w*|mg|my)\b",
    re.IGNORECASE,
)
# "Other information: 12 visits" belongs to the service above.
_AMOUNT_LABEL = re.compile(
    r"\b(?:other information|quantity|qty|amount|frequency|duration|units?|visits)\b", re.IGNORECASE
)
# Where a denial lists its guidelines once for all requests.
_SOURCES_LABEL = re.compile(r"\b(?:sources?|references?|guidelines?|criteria)\b", re.IGNORECASE)
_FIRST_WORDS = 30
# Decisions that are such only where a field or an item begins or ends: "Collar: not supported."
_EDGE_DENIED = re.compile(
    r"\A\W*not (?:supported|recommended|indicated|warranted|appropriate|established)\b"
    r"|\bnot supported\W*\Z",
    re.IGNORECASE,
)
_EDGE_CERTIFIED = re.compile(
    r"(?:\A|[-–—:,]\s)\W{0,20}(?:allow(?:ed)?|favou?rable|supported|granted|recommended|pay"
    r"|certify|approve|authorize|certification|approval)\W*\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def manner_of(text: str) -> str:
    """What a label or a sentence says of the treatments in it."""
    text = with_apostrophes(_decisive(text))
    if _WITHDRAWN.search(text):
        return WITHDRAWN
    if _DENIED.search(text) or _EDGE_DENIED.search(text):
        return DENIED
    if _CERTIFIED.search(text) or _EDGE_CERTIFIED.search(text):
        return CERTIFIED
    if _DEFERRED.search(text):
        return DEFERRED
    return ASKED if _ASKED.search(text) else NONE


def _decisive(text: str) -> str:
    """The text, with blanks in place of words of a decision that decide nothing here."""
    for pattern in (_CONDITION, _NONE_DECIDED):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def without_condition(sentence: str) -> str:
    """The sentence without the condition that it begins with, if it has one."""
    return _CONDITION.sub("", sentence)


def points_on(sentence: str) -> bool:
    """Whether a sentence speaks of what comes next: "The following were not approved"."""
    return _POINTS_ON.search(sentence) is not None


def is_of_all(sentence: str) -> bool:
    """Whether a decision is on all requests before it: "Both are approved"."""
    return _OF_ALL.search(sentence) is not None


def decisions(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text decides, and what: one of ``DECIDED``, in its order."""
    text = _decisive(text)
    denied = [found.span() for found in _DENIED.finditer(text)]
    others = [
        (*found.span(), manner)
        for manner, pattern in ((WITHDRAWN, _WITHDRAWN), (DEFERRED, _DEFERRED))
        for found in pattern.finditer(text)
    ]
    certified = (found.span() for found in _CERTIFIED.finditer(text))
    granted = [
        (start, end)
        for start, end in certified
        if not any(start < other_end and other < end for other, other_end in denied)
    ]
    decided = [(*at, DENIED) for at in denied] + [(*at, CERTIFIED) for at in granted]
    yield from sorted(decided + others)


def label_manner(label: str) -> str:
    """What a field's label, or a heading, says of the text below it."""
    if is_of_records(label):
        return RECORDS
    if is_of_rights(label):
        return NOTICE
    if is_why(label):
        return WHY
    decided = manner_of(label)
    is_before = _BEFORE.search(label) is not None
    if decided in DECIDED and not is_before:
        return decided
    if _ASKING_LABEL.search(label) and "not under review" not in label:
        return HISTORY if is_before else FIELD
    if _TELLING_LABEL.search(label):
        return HISTORY
    return FIELD if decided == ASKED else NONE


def decision_of(piece: TextPiece, names_treatment: bool) -> str:
    """``DENIED`` or ``CERTIFIED`` where a field's label or the first words of its text say so.

    Those of a text that names a treatment decide that one.
    """
    begins = "" if names_treatment else piece.text[:_FIRST_WORDS]
    for decided in (manner_of(piece.label), manner_of(begins)):
        if decided in DECIDED:
            return decided
    return NONE


def is_why(label: str) -> bool:
    """Whether a field tells why: "Rationale", "Reason for denial", "Guidelines used"."""
    return _WHY_LABEL.search(label) is not None


def is_notice(sentence: str) -> bool:
    """Whether a sentence only tells of rights and of the procedure, as every letter does."""
    return _NOTICE.search(sentence) is not None


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells how a form is filled in, or who may decide."""
    return bool(_INSTRUCTION.match(sentence) or _CREDENTIALS.search(sentence))


def has_verb(text: str) -> bool:
    """Whether a text tells something, as headings and names of services do not."""
    return _VERB.search(text) is not None


def is_medical(text: str) -> bool:
    """Whether a text speaks of a patient or of treatment at all."""
    return _MEDICAL.search(text) is not None


def asks(text: str) -> bool:
    """Whether a table's heading or a label is that of requests."""
    return _ASKING_LABEL.search(text) is not None


def tells_amount(label: str) -> bool:
    """Whether a field holds the amount of the service above it."""
    return _AMOUNT_LABEL.search(label) is not None


def tells_sources(label: str) -> bool:
    """Whether a field lists the guidelines of a denial."""
    return _SOURCES_LABEL.search(label) is not None


def tells_history(sentence: str) -> bool:
    """Whether a sentence speaks of what was done before."""
    return _HISTORY.search(sentence) is not None


def is_held(manner: str, sentence: str) -> bool:
    """Whether the manner of a field holds for a sentence that is not its first."""
    if manner == HISTORY:
        is_decided = manner_of(sentence) in DECIDED and not tells_history(sentence)
        return not (is_decided or _UNDER_REVIEW.search(sentence))
    head, colon, _ = sentence.partition(":")
    is_field = colon and label_manner(head.lower()) == HISTORY
    return manner == WHY or (manner == FIELD and not (is_field or _VERB.search(sentence)))


def asked_part(sentence: str) -> str:
    """The sentence up to where its reason begins: "X is denied because …"."""
    because = _BECAUSE.search(sentence)
    return sentence[: because.start()] if because and because.start() else sentence


def is_of_associated(sentence: str) -> bool:
    """Whether a sentence speaks of what goes with a request, so of all requests but the first."""
    return _ASSOCIATED.search(sentence) is not None


def is_of_guideline(sentence: str) -> bool:
    """Whether a guideline recommends, not a physician: "MTUS recommends acupuncture"."""
    return _GUIDELINE_SAYS.search(sentence) is not None


def says_why(sentence: str) -> bool:
    """Whether a sentence that names a request may tell a reason too."""
    return bool(_BECAUSE.search(sentence) or _SAYS_WHY.search(sentence))
