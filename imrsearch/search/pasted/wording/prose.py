"""What a sentence is about: history, a reason, a question, or what every letter tells."""

from __future__ import annotations

import re

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.wording.labels import label_manner
from imrsearch.search.pasted.wording.manners import (
    DECISIONS,
    FIELD,
    HISTORY,
    QUOTED,
    WHY,
    manner_of,
)
from imrsearch.search.pasted.wording.services import asks_in_words, names_treatment
from imrsearch.text.phrases import split_words

_PATTERNS = patterns("prose")

_HISTORY = _PATTERNS["history"]
_NOTICE = _PATTERNS["notice"]
_INSTRUCTION = _PATTERNS["instruction"]
_ASKS_NOTHING = _PATTERNS["asks_nothing"]
_NOT_WANTED = _PATTERNS["not_wanted"]
_ASKS_WHETHER = _PATTERNS["asks_whether"]
_QUESTION = _PATTERNS["question"]
_CREDENTIALS = _PATTERNS["credentials"]
_UNDER_REVIEW = _PATTERNS["under_review"]
_OF_PATIENT = _PATTERNS["of_patient"]
_VERB = _PATTERNS["verb"]
_BEGINS_TO_TELL = _PATTERNS["begins_to_tell"]
_GREETING = 12
"""A dash within so many characters follows a greeting: "Hi - UR denied Fioricet"."""
_SAYS_BECAUSE = _PATTERNS["says_because"]
_REPORTS = _PATTERNS["reports"]
_BEGINS_WITH_WHY = _PATTERNS["begins_with_why"]
_ASKED_FOR_IT = _PATTERNS["asked_for_it"]
_FOR_PART = _PATTERNS["for_part"]
_ALSO = _PATTERNS["also"]
_SAYS_WHY = _PATTERNS["says_why"]
_ASSOCIATED = _PATTERNS["associated"]
_REFERS = _PATTERNS["refers"]
_SAME_REASON = _PATTERNS["same_reason"]
_GUIDELINE_SAYS = _PATTERNS["guideline_says"]
_GUIDELINE_REFUSES = _PATTERNS["guideline_refuses"]
_CONDITION = _PATTERNS["condition"]
_MEDICAL = _PATTERNS["medical"]


def is_notice(sentence: str) -> bool:
    """Whether a sentence only tells of rights and of the procedure, as every letter does."""
    return _NOTICE.search(sentence) is not None


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells how a form is filled in, or who may decide."""
    return bool(_INSTRUCTION.match(sentence) or _CREDENTIALS.search(sentence))


def asks_nothing(sentence: str) -> bool:
    """Whether a sentence says of what it names that nobody asks for it."""
    return bool(_ASKS_NOTHING.search(sentence) or _NOT_WANTED.match(sentence))


def is_question(sentence: str) -> bool:
    """Whether a sentence wants to know something of its reader: it asks for no treatment."""
    return _QUESTION.match(sentence) is not None and not asks_whether(sentence)


def asks_whether(sentence: str) -> bool:
    """Whether a sentence asks of a request what its review is to tell."""
    return _ASKS_WHETHER.match(sentence) is not None


def has_verb(text: str) -> bool:
    """Whether a text tells something, as headings and names of services do not."""
    return _VERB.search(text) is not None


def begins_to_tell(sentence: str) -> bool:
    """Whether a sentence tells something of somebody: "She walks a mile without one."."""
    return has_verb(sentence) or _BEGINS_TO_TELL.match(sentence) is not None


def is_of_patient(sentence: str) -> bool:
    """Whether a sentence tells what the patient has or does."""
    return _OF_PATIENT.match(sentence) is not None


def is_medical(text: str) -> bool:
    """Whether a text speaks of a patient or of treatment at all."""
    return _MEDICAL.search(text) is not None


def tells_history(sentence: str) -> bool:
    """Whether a sentence speaks of what was done before."""
    return _HISTORY.search(sentence) is not None


def tells_condition(sentence: str) -> bool:
    """Whether a sentence tells a diagnosis and names no treatment but by a word of it."""
    return _CONDITION.search(sentence) is not None and not names_treatment(sentence)


def is_held(manner: str, sentence: str) -> bool:
    """Whether the manner of a field holds for a sentence that is not its first."""
    if manner == HISTORY:
        is_decided = manner_of(sentence) in DECISIONS and not tells_history(sentence)
        return not (is_decided or _UNDER_REVIEW.search(sentence))
    head, colon, _ = sentence.partition(":")
    is_field = colon and label_manner(head.lower()) == HISTORY
    return manner in (WHY, QUOTED) or (
        manner == FIELD and not (is_field or begins_to_tell(asked_part(sentence)))
    )


def asked_part(sentence: str) -> str:
    """The sentence up to where its reason begins: "X is denied because …"."""
    reasons = (one for one in _SAYS_BECAUSE.finditer(sentence) if _begins_reason(sentence, one))
    reason = next(reasons, None)
    return sentence[: reason.start()] if reason else sentence


def _begins_reason(sentence: str, found: re.Match[str]) -> bool:
    """Whether what looks like a reason's beginning is one, and not that of the sentence: a dash
    behind a greeting is none, nor "for a walker" behind what is asked for, nor what somebody says
    if that is the decision: "They say that my brace is denied"."""
    ahead, told = sentence[: found.start()], found[0].lower()
    is_greeting = len(ahead) < _GREETING and told[:1].isspace() and not names_treatment(ahead)
    if not ahead or is_greeting or _is_no_reason(sentence, found.start()):
        return False
    if _REPORTS.fullmatch(told):
        following = _SAYS_BECAUSE.search(sentence, found.end())
        reported = sentence[found.end() : following.start() if following else None]
        is_decision = manner_of(reported) in DECISIONS and names_treatment(reported)
        return not is_decision or manner_of(ahead) in DECISIONS or names_treatment(ahead)
    is_for = told.startswith("for ") and not told.startswith("for lack")
    return not (is_for and _ASKED_FOR_IT.search(ahead))


def _is_no_reason(sentence: str, start: int) -> bool:
    """Whether what looks like a reason's beginning tells what is asked for: ", for the neck" says
    where, "My doctor said that I need a release" whose wish it is."""
    asked = asks_in_words(sentence)
    part = _FOR_PART.match(sentence, start)
    if part and not has_verb(part[0]):
        return bool(read_body_parts(part[0], split_words(part[0])).regions)
    return asked is not None and asked[0] < start < asked[1]


def asked_also(behind: str) -> list[str]:
    """What a sentence asks for once more behind a reason: "… because he limps, also for a lift
    chair"."""
    return _ALSO.split(behind)[1:]


def is_of_associated(sentence: str) -> bool:
    """Whether a sentence speaks of what goes with a request, so of all requests but the first."""
    return _ASSOCIATED.search(sentence) is not None


def refers_to_request(sentence: str) -> bool:
    """Whether a sentence tells what the request spoken of is for: it names no other."""
    return _REFERS.match(sentence) is not None


def is_same_reason(sentence: str) -> bool:
    """Whether a sentence has no reason of its own: "Same as above"."""
    return _SAME_REASON.search(sentence) is not None


def opens_list_with_why(sentence: str) -> bool:
    """Whether a sentence tells why what is listed below it is denied: "As the surgery is not
    certified, neither are:"."""
    is_named = names_treatment(asked_part(sentence)) and not _BEGINS_WITH_WHY.match(sentence)
    return sentence.endswith(":") and not is_named and _SAYS_BECAUSE.search(sentence) is not None


def is_of_guideline(sentence: str) -> bool:
    """Whether a guideline recommends, not a physician: "MTUS recommends acupuncture"."""
    return _GUIDELINE_SAYS.search(sentence) is not None


def is_refused_by_guideline(sentence: str) -> bool:
    """Whether a guideline speaks against a request, which denies it where nothing else does."""
    return _GUIDELINE_REFUSES.search(sentence) is not None


def says_why(sentence: str) -> bool:
    """Whether a sentence that names a request may tell a reason too."""
    return bool(_SAYS_BECAUSE.search(sentence) or _SAYS_WHY.search(sentence))
