"""A sentence with two decisions, in parts: "They approved the MRI but not the therapy"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.wording.cited import cites
from imrsearch.search.pasted.wording.manners import (
    CERTIFIED,
    DECISIONS,
    DENIED,
    NONE,
    decisions_told,
    manner_of,
)
from imrsearch.search.pasted.wording.prose import asked_part, has_verb, says_why
from imrsearch.search.pasted.wording.services import names_treatment, tells_done

_PATTERNS = patterns("clauses")

# "NON-CERT. SHE WALKS WITH A CANE", "UR denied it: the audiogram shows nothing"
_DECISION_AHEAD = re.compile(r"(?P<head>[^.,:;–—()]{2,60}?)(?:[.:;]|(?P<comma>,)|\s[-–—])\s+(?=\S)")
_FIRST_CLAUSE = re.compile(r"(?:[^,;(.]|\.(?!\s)){1,200}")
_BUT_NOT = _PATTERNS["but_not"]
_CLAUSE = _PATTERNS["clause"]
_CONTRAST = _PATTERNS["contrast"]
_AND_THAT = _PATTERNS["and_that"]
_MOST_OF_DECISION = 3
"""Most blanks of a bare decision: " not certified now"."""
_MUCH_BEHIND = 6
"""Fewest blanks behind a decision that says more than who decided, and when."""
_CLAUSE_JOINT = _PATTERNS["clause_joint"]
_SINCE = _PATTERNS["since"]
_ALL_WHY = _PATTERNS["all_why"]
_DEPENDS = _PATTERNS["depends"]


def is_decided_entry(sentence: str) -> bool:
    """Whether a sentence is a service and its decision: "Biofeedback: non-certified."."""
    head, colon, told = sentence.partition(":")
    is_bare = told.count(" ") <= _MOST_OF_DECISION and manner_of(told) in DECISIONS
    is_service = names_treatment(head) and not (has_verb(head) or cites(head))
    return bool(colon) and is_bare and is_service


def goes_on(sentence: str) -> bool:
    """Whether a sentence names a treatment, denies it, and says more about it: "Mobic is denied as
    a second drug of its kind beside the ibuprofen"."""
    places = list(decisions_told(sentence))
    if [manner for _, _, manner in places] != [DENIED]:
        return False
    ((start, end, _),) = places
    is_more = sentence.count(" ", end) >= _MUCH_BEHIND and not cites(sentence[end:])
    return is_more and names_treatment(sentence[:start])


def asked_clauses(sentence: str) -> str:
    """The sentence without clauses that neither ask nor decide: "and the doctor wants a fusion" of
    "Therapy and a brace have failed, and …", "Soma is denied" of "…, while Zanaflex is taken"."""
    parts = _CLAUSE.split(sentence)
    told = [
        one
        for one in parts
        if manner_of(one) != NONE or not (tells_done(asked_part(one)) or _CONTRAST.match(one))
    ]
    return sentence if len(told) == len(parts) else ", ".join(told)


def decided_parts(sentence: str) -> Iterator[tuple[str, str]]:
    """The parts of a sentence, each with its decision, where it certifies one thing and denies
    another; else its parts with reasons of their own, mostly the whole, without a decision."""
    places = list(decisions_told(sentence))
    if CERTIFIED in {manner for _, _, manner in places}:
        places += [(*found.span(), DENIED) for found in _BUT_NOT.finditer(sentence)]
        places.sort()
    if len({manner for _, _, manner in places}) < 2:
        for whole in _decided_anew(sentence, places):
            first, *others = _AND_THAT.split(whole)
            is_anew = bool(places) and asked_part(first) != first
            yield first if is_anew else whole, ""
            yield from ((part, places[0][2]) for part in others if is_anew)
        return
    is_named_first = _names_first(sentence, *places[0][:2])
    begin, manner = 0, places[0][2]
    for (_, end, one), (start, _, other) in pairwise(places):
        if one == other:
            continue
        # Else where the part with the next decision begins: "approved the MRI, and denied …".
        joints = [found.start() for found in _CLAUSE_JOINT.finditer(sentence, end, start)]
        cut = end if is_named_first else [start, *joints][-1]
        yield sentence[begin:cut], one
        begin, manner = cut, other
    yield sentence[begin:], manner


def _decided_anew(sentence: str, places: list[tuple[int, int, str]]) -> Iterator[str]:
    """The parts with the same decision that have a reason each: "They denied Botox because her
    headaches are tension type, and denied Maxalt since she has Imitrex"."""
    begin = 0
    for (_, end, _), (start, after, _) in pairwise(places):
        told = sentence[begin:start]
        joints = [one.start() for one in _CLAUSE_JOINT.finditer(sentence, end, start)]
        if joints and asked_part(told) != told and names_treatment(asked_part(sentence[after:])):
            yield sentence[begin : joints[-1]]
            begin = joints[-1]
    yield sentence[begin:]


def without_decision_ahead(sentence: str) -> str:
    """What follows a decision that names nothing: "she is able to walk" of "Denied: she is able to
    walk"; empty where a sentence begins otherwise, or what follows is what was decided: "Denied: a
    cane"."""
    ahead = _DECISION_AHEAD.match(sentence)
    if not ahead or (ahead["comma"] and " " in ahead["head"].strip()):
        return ""
    if manner_of(ahead["head"]) not in DECISIONS or names_treatment(ahead["head"]):
        return ""
    rest = sentence[ahead.end() :]
    clause = _FIRST_CLAUSE.match(rest)
    if clause is None or manner_of(clause[0]) in DECISIONS:
        return ""
    return rest if has_verb(clause[0]) or says_why(clause[0]) else ""


def _names_first(sentence: str, start: int, end: int) -> bool:
    """Whether what is decided is named ahead of its decision: "The MRI was approved"; not "after
    the fusion, UR approved the walker"."""
    joints = [found.end() for found in _CLAUSE_JOINT.finditer(sentence, 0, start)]
    behind = _CLAUSE_JOINT.search(sentence, end)
    is_named_behind = names_treatment(sentence[end : behind.start() if behind else None])
    begin = joints[-1] if joints and is_named_behind else 0
    return names_treatment(sentence[begin:start])


def depends_on_another(sentence: str) -> bool:
    """Whether a sentence is about something that falls with another request: "Depends on the
    release"."""
    return _DEPENDS.match(sentence) is not None


def begins_with_why(sentence: str) -> bool:
    """Whether a sentence begins with a reason: "Because the surgery is denied, …"."""
    return bool(_ALL_WHY.match(sentence) or _SINCE.match(sentence))


def reason_ahead(sentence: str) -> int:
    """Where the reason that a sentence begins with ends ("Because the surgery is denied, "); 0
    where it begins with none."""
    since = _SINCE.match(sentence)
    return since.end() if since else 0
