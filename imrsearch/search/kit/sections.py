"""What the headings and labels of a letter introduce: requests, a list of records, what every
letter says, or who somebody is."""

from __future__ import annotations

import re

# Headings and fields of what was read for a decision: "RECORDS REVIEWED", "Documents received".
_RECORDS_LABEL = re.compile(
    r"\b(?:records?|documents?|documentation|(?<!clinical )(?<!medical )information"
    r"|materials?|reports?|exhibits?|notes)\b"
    r".{0,40}\b(?:reviewed|received|submitted|considered|relied|provided|available|for review)\b"
    r"|\b(?:reviewed|received|submitted|review of|list of) (?:\w+ )?(?:records|documents|reports)\b"
    # "Prior authorization history", "Previous UR decisions"
    r"|\b(?:prior|previous|past) (?:UR |utilization review )?(?:authorizations?|reviews?|decisions?"
    r"|determinations?|requests?|UR)\b|\b(?:authorization|UR|review|claim) history\b"
    r"|\b(?:medical records?|records review|cc)\b|^(?:materials?|records|documents|file)$"
    # "Enclosures"; not "ENCLOSURE - REVIEW DETERMINATION"
    r"|\b(?:enclosures?|enclosed|attachments?|attached|exhibits?)\b(?!.*\b(?:determination|decision)s?\b)",
    re.IGNORECASE,
)
# Headings of what every letter tells: rights, definitions, advice.
_NOTICE_LABEL = re.compile(
    r"\b(?:rights|right to|disagree|definitions?|glossary|general information|how to|instructions?"
    r"|important (?:information|notice)|disclaimer|confidential\w*|frequently asked|attestation"
    r"|credentials|qualifications|abbreviations|what (?:you can|happens|to do|this)|about us"
    r"|contact information|language assistance|examples?|legal notice|fraud\w*|appeals? process"
    r"|disputes? (?:resolution|process)|terms used|please note|for your information"
    r"|(?:discussion|talk\w*|speak\w*|call\w*) (?:with|between|to))\b|peer[- ]to[- ]peer"
    # "HOW REVIEWERS WEIGH EVIDENCE", "WHAT A NEW REQUEST SHOULD CONTAIN"; not "WHAT WAS DENIED"
    r"|^(?:(?:how|when|where|who|if|about)\b(?!.*\b(?:was|were|we|it)\b)"
    # "WHY YOU ARE RECEIVING THIS NOTICE", "WHAT IS UTILIZATION REVIEW?"
    r"|why (?:you|this|we)\b.*\b(?:receiv|got|get|sen[dt]|notice|letter|writ)\w*"
    r"|(?:purpose|explanation) of (?:this|the) (?:notice|letter)"
    r"|what\b.*\b(?:should|must|can|may|happens|means?|to|is (?:an? )?(?:utilization|independent)"
    r"|terms|words)\b|(?:words|terms)\b.*\bused)",
    re.IGNORECASE,
)
_IDENTITY_LABEL = re.compile(
    # "What I request from the carrier" and "Orders for this patient" ask for treatment
    r"(?!dear\b|to\b)(?!.*\b(?:requests?|requested|orders?|plan|treatments?|services?|medications?"
    r"|need(?:s|ed)?|wants?|suggest\w*|recommend\w*|ask(?:s|ed|ing)?)"
    r" (?:\w+ )*?(?:for|from|of|to)\b)"
    r"(?:(?:[\w'’.()/&-]+|#) )*?(?:claimant|employee|employer|applicant|insured|carrier|adjuster"
    r"|payor|name|claim|file|(?:author|signed by)(?: type)?|prescriber|address|city|state"
    r"|zip(?: code)?|phone|telephone|fax|e-?mail|specialty|npi|license|facility|practice"
    r"|occupation|provider|physician|doctor|injured worker|patient|mrn|case|authorization number)"
    r"(?: ?#| ?no\.?| number| information| \([^)]{1,40}\))*",
    re.IGNORECASE,
)
_DECISION_LABEL = re.compile(
    r"\b(?:decision|determination|outcome|result|response|disposition|conclusion"
    r"|recommendation)s?\b"
    r"|^(?:ur )?(?:status|dec)$",
    re.IGNORECASE,
)
_SERVICE_LABEL = re.compile(
    r"\b(?:services?|treatments?|items?|procedures?|goods?)\b.{0,20}\b(?:requested|under review"
    r"|denied)"
    r"|^(?:request|item|service|treatment) ?#?(?:\d{0,2}|[a-h])$|^requested$",
    re.IGNORECASE,
)
# "NOTICE OF CERTIFICATION", "Authorization Approval Letter"; not "Certification / denial"
_LONGEST_TITLE = 100
_LETTER_TITLE = re.compile(
    r"\b(?:notice|letter|notification|determination|decision|confirmation)\b.{0,40}"
    r"(?<!non-)(?<!non )\b(?:certification|approval|denial|modification|non-?\s?certification)\b"
    r"|(?<!non-)(?<!non )\b(?:certification|approval|denial|modification)\b.{0,20}"
    r"\b(?:notice|letter|notification|determination|decision)\b",
    re.IGNORECASE,
)
# A field that ends what is told aside even where its text stands beside it.
_SECTION_LABEL = re.compile(
    r"(?:(?:treatments?|services?|items?|procedures?)(?:\(s\))? )?(?:request(?:\(s\)|s|ed)?"
    r"|under review|disputed|denied|determination|decision|outcome|result)(?: ?#?\d{1,2}"
    r"| under review)?"
    r"|rationale|discussion|analysis|conclusion|plan|recommendation|re|reasons?(?: for .{1,40})?",
    re.IGNORECASE,
)
# A heading by its form: no sentence, no amounts.
_LONGEST_SECTION_HEADING = 80
_MOST_HEADING_WORDS = 12
# A company's "REVIEW SERVICES" is no heading of what is asked for.
_ASKING_HEADING = re.compile(
    r"\b(?:request(?:s|ed)?|under review|reviewed|disputed|denied|plan|orders?|recommend\w*"
    r"|outcomes?"
    r"|medications?|proposed)\b|^(?:services?|treatments?|items?|procedures?)$",
    re.IGNORECASE,
)
# "NO OBJECTIVE GAIN" is a reason, not a heading.
_TELLS = re.compile(r"\b(?:not|no|without|never|only|denied|is|are|was|has)\b", re.IGNORECASE)
_SMALL_WORD = re.compile(
    r"(?:of|the|and|for|or|to|in|a|an|if|you|can|do|with|this|by|on)\b", re.IGNORECASE
)


def is_of_records(label: str) -> bool:
    """Whether a heading or label opens what was read for the decision."""
    return _RECORDS_LABEL.search(label) is not None


def is_of_rights(label: str) -> bool:
    """Whether a heading or label opens what every letter tells."""
    return _NOTICE_LABEL.search(label) is not None


def is_identity(label: str) -> bool:
    """Whether a field tells who somebody is: "Claim number", "Facility"; it names no treatment."""
    return bool(label) and _IDENTITY_LABEL.fullmatch(label) is not None


def tells_decision(title: str) -> bool:
    """Whether a letter's title tells the decision on all of it: "NOTICE OF CERTIFICATION"."""
    return len(title) < _LONGEST_TITLE and _LETTER_TITLE.search(title) is not None


def begins_section(label: str) -> bool:
    """Whether a field's label alone begins a section: "Requested", "Determination"."""
    return _SECTION_LABEL.fullmatch(label) is not None


def asks_below(heading: str) -> bool:
    """Whether a heading is that of requests: "TREATMENT REQUESTED", "PLAN"."""
    return _ASKING_HEADING.search(heading) is not None


def asks_for_service(label: str) -> bool:
    """Whether a form's field holds the service itself: "Service/Good Requested"."""
    return _SERVICE_LABEL.search(label) is not None


def is_heading(line: str) -> bool:
    """Whether a line has the form of a heading: "RECORDS REVIEWED", "Clinical Summary"."""
    words = line.split()
    if not words or len(line) > _LONGEST_SECTION_HEADING or len(words) > _MOST_HEADING_WORDS:
        return False
    if line[-1] in ".,;" or any(char.isdigit() for char in line) or _TELLS.search(line):
        return False
    return line.isupper() or all(word[0].isupper() or _SMALL_WORD.match(word) for word in words)


def decides(label: str) -> bool:
    """Whether a field holds the decision on what stands above it: "Determination"."""
    return _DECISION_LABEL.search(label) is not None
