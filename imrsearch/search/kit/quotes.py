"""Who speaks: the writer of an appeal, the reviewer whom it quotes, or a guideline.

What the writer of an appeal argues is no reason of the denial: "That is wrong: he had 36 visits of
therapy." What a guideline asks of every patient is neither a reason nor a request.
"""

from __future__ import annotations

import re

# "we dispute the denial", "I am writing to appeal", "APPEAL OF UTILIZATION REVIEW DECISION"
_APPEAL = re.compile(
    r"\b(?:we|i|applicant|worker|office|employee|patient)\b[^.]{0,80}\b(?:appeal|dispute|disagree"
    r"|object)\w*\b|\bappeal of (?:the |a |your )?(?:utilization|UR|denial|decision|adverse)"
    r"|\b(?:be|is to be|should be) (?:overturned|reversed)\b|\bplease (?:reconsider|overturn"
    r"|reverse)\b"
    r"|\b(?:request|ask\w*|letter|petition)\b[^.]{0,30}\breconsider\w*"
    r"|\blook at (?:it|this) again\b"
    # "Why the decision is wrong", "the reviewer overlooked the operation of 2013"
    r"|\b(?:decision|denial|determination|review(?:er)?|UR)\b[^.]{0,40}(?:\b(?:is|was) (?:wrong"
    r"|mistaken|incorrect|in error)\b|\b(?:overlook|ignor|disregard|misstat|misread)\w*)",
    re.IGNORECASE,
)
# What every denial tells of appeals: "If the employee's attorney disagrees, …", "The injured worker
# may dispute this decision"
_MAY_APPEAL = re.compile(
    r"\b(?:if|should) (?:you|the|an?|applicant|employee)\b[^.]{0,120}"
    r"\b(?:appeal|dispute|disagree|object)\w*"
    r"|\b(?:applicant|worker|employee|patient)\b[^.]{0,60}"
    r"\b(?:may|can|must|right to|wish(?:es)? to) (?:appeal|dispute|disagree|object)\w*",
    re.IGNORECASE,
)
_REVIEWER = (
    r"(?:reviewer|review|denial|decision|determination|letter|UR(?: \w+)?|utilization review"
    r"|physician advis[oe]r|claims administrator|insurer|carrier|company|adjuster)"
)
_SAYS = (
    r"(?:says?|said|stat(?:es|ed)|writes?|wrote|reads?|notes?|noted|claims|claimed|reasons|reasoned"
    r"|argues|argued|reli(?:es|ed)|asserts|asserted|contends|explain(?:s|ed)|holds|held|found|finds"
    r"|cites|cited|faults|based)"
)
# "The reviewer writes", "According to the UR doctor", "denied because", "reasoning that"
_ATTRIBUTED = re.compile(
    rf"\b{_REVIEWER}\b(?:['’]s \w+)?[^.:;“\"]{{0,60}}\b{_SAYS}\b"
    rf"|\b(?:according to|in the words of) (?:the |your |that )?{_REVIEWER}"
    # "It then asserts there are no films", "they say I am fine", "It falls, it adds, with it"
    r"|\b(?:it|they|UR)\b,? (?:(?:then|also|further|only|just|even|simply|merely) ){0,2}"
    r"(?:complain|assert|add|sa[iy]|claim|object|find|found|state|hold|maintain|insist|allege|reason"
    r"|argue|note|wr[io]te|point|quote|cite|want|told|tell|think|thought|conclude)\w*"
    # "The sole authority named is ACOEM", "the guideline relied on"
    r"|\b(?:authority|authorities|guidelines?|sources?)"
    r" (?:named|cited|quoted|invoked|relied (?:up)?on)\b"
    r"|\bwe (?:are|were) told\b|\bI (?:am|was) told\b|\bin the paper is written\b"
    r"|\b(?:denied|refused|non-?certified|denies|rejected|modified)\b[^.]{0,120}"
    r"\b(?:because|as|since|saying|stating|on the grounds?|claiming|due to)\b"
    r"|\b(?:reasons?|grounds?|basis|rationale)\b[^.]{0,40}\b(?:is|are|was|were|given|stated)\b",
    re.IGNORECASE,
)
_QUOTATION_MARKS = re.compile(r"[“”\"]")
_QUOTATION = re.compile(r"[“\"][^“”\"]{20,}[”\"]")
# 'MTUS, Opioids, pages 76-80: "4) On-Going Management. Actions should include: (a) …"'
_QUOTED_GUIDELINE = re.compile(
    # not across the cells of a table: "ODG Pain", and in the next row the reviewer's words
    r"(?P<name>\b(?:MTUS|ODG|ACOEM|guidelines?)\b(?:(?! {3}|\t)[^“”\"|]){0,150})(?<=[\s:(])"
    r"[“\"](?=\S)[^“”\"]{200,5000}[”\"]",
    re.IGNORECASE,
)


def without_quoted_guidelines(text: str) -> str:
    """The text without what it quotes at length right behind a guideline's name."""
    return _QUOTED_GUIDELINE.sub(_name_alone, text)


def _name_alone(found: re.Match[str]) -> str:
    """The guideline's name without the quotation; all of it where a reviewer is quoted: 'Of MTUS
    the denial says "…"'."""
    is_reviewers = _ATTRIBUTED.search(found["name"]) is not None
    return found[0] if is_reviewers else f"{found['name'].rstrip(' :,')}.\n"


class Quotes:
    """Follows an appeal's sentences: which of them are the reviewer's, not the writer's."""

    def __init__(self, text: str) -> None:
        self.is_appeal = bool(
            _APPEAL.search(_MAY_APPEAL.sub(" ", text))
            and (_QUOTATION.search(text) or _ATTRIBUTED.search(text))
        )
        self._is_open = self._is_labelled = False

    def begin(self, label: str) -> None:
        """A new piece begins; its label may say who speaks: "The denial says"."""
        self._is_open = False
        self._is_labelled = bool(label) and _ATTRIBUTED.search(label) is not None

    def reads(self, sentence: str) -> bool:
        """Whether a sentence of an appeal tells what the reviewer said."""
        if not self.is_appeal:
            return False
        was_open = self._is_open
        for mark in _QUOTATION_MARKS.findall(sentence):
            self._is_open = mark == "“" or (mark == '"' and not self._is_open)
        is_quoted = was_open or _QUOTATION.search(sentence) is not None or self._is_open
        return is_quoted or self._is_labelled or _ATTRIBUTED.search(sentence) is not None
