"""Whether what a sentence names is a request."""

from __future__ import annotations

from imrsearch.search.pasted.drafts import GENERAL
from imrsearch.search.pasted.wording.cited import begins_with_citation
from imrsearch.search.pasted.wording.clauses import begins_with_why
from imrsearch.search.pasted.wording.manners import ASKED, DECISIONS, FIELD
from imrsearch.search.pasted.wording.prose import (
    asks_nothing,
    has_verb,
    is_of_associated,
    is_of_guideline,
    refers_to_request,
    tells_condition,
    tells_history,
)
from imrsearch.search.pasted.wording.services import (
    names_treatment,
    treatments_in_earnest,
    without_people,
)

_AHEAD = 40
"""Characters at the beginning of a sentence that name what it is about."""


def names_request(sentence: str, manner: str, *, denies: bool, is_first: bool) -> bool:
    """Whether what a sentence names is a request; ``denies``: the text has denied something,
    ``is_first``: no request is known yet.

    What the reasons of a denial name, or its history, is none. Before the first request, a sentence
    in no manner may be one: "Physical therapy 12 visits for the shoulder."
    """
    is_why_first = denies and begins_with_why(sentence)
    is_aside = is_why_first or is_of_associated(sentence) or refers_to_request(sentence)
    if is_aside and not is_first:
        return False
    if manner in DECISIONS or asks_nothing(sentence):
        return manner in DECISIONS
    if manner == FIELD:
        return is_first or not begins_with_citation(sentence)
    if is_of_guideline(sentence):
        return False
    if manner == ASKED:
        return is_first or not denies
    is_none = tells_history(sentence) or tells_condition(sentence) or _is_in_passing(sentence)
    return is_first and not (manner or is_none)


def _is_in_passing(sentence: str) -> bool:
    """Whether a sentence about something else names treatments only by ordinary words: "The hearing
    is on May 5, parking is free" asks for no transportation."""
    named = treatments_in_earnest(without_people(sentence))
    is_ordinary = bool(named) and set(named).issubset(GENERAL)
    return is_ordinary and has_verb(sentence) and not names_treatment(sentence[:_AHEAD])
