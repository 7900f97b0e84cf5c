"""Words of outcome in a search: "acupuncture approved", "not certified" tell a decision.

Those of the independent review only order: the issues so decided come first. A filter would make
the share of overturned issues among those found a matter of wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from imrsearch.catalogue.word_lists import decision_words, word_lists
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import ConstantScore, FieldEquals
from imrsearch.text.phrases import any_phrase

# "non-certified," -> non-certified
_DECISION_WORD = re.compile(r"\w(?:[\w'-]*\w)?")
_OPPOSITE = {OVERTURNED: UPHELD, UPHELD: OVERTURNED}
_IN_WORDS = {OVERTURNED: "overturned (treatment approved)", UPHELD: "upheld (treatment denied)"}
DECISION_WISH, RULE_WISH = 100.0, 3.0
"""More than all that an issue can gain otherwise: what is decided so comes first. In a question
about the rule ("when is an MRI approved?") such an issue is only a better example."""


def decision_meanings(text: str) -> Iterator[Meaning]:
    """The words of outcome in a run of words; someone else's decision is left alone."""
    neutral = any_phrase(word_lists()["decisions"]["neutral"])
    for found in re.finditer(rf"(?<![\w-])(?:{neutral})(?![\w-])", text, re.IGNORECASE):
        message = f"“{found.group()}” was ignored: it names no decision."
        yield Meaning(found.start(), found.end(), None, Note("decision-words", message))
    if asks_for_rule(text):
        weight, rank = RULE_WISH, "rank higher"
    else:
        weight, rank = DECISION_WISH, "come first"
    for found in _decision_phrases().finditer(text):
        decision = decision_words()[found["word"].lower()]
        if found["not"]:
            decision = _OPPOSITE[decision]
        if not _is_of_others(text[: found.start()], text[found.end() :]):
            message = (
                f"“{found.group()}” only sorts: issues that were {_IN_WORDS[decision]} {rank}."
            )
            note = Note("decision-words", message)
            wish = ConstantScore(FieldEquals("decision", decision), weight, "decision")
            yield Meaning(found.start(), found.end(), None, note, wish)


def ur_actions(text: str) -> Iterator[Meaning]:
    """The words that tell what the utilization review did: "modified by UR" asks for the requests
    of which it authorized a part."""
    for action, pattern in _ur_phrases().items():
        for found in pattern.finditer(text):
            message = f"“{found.group()}” was read as what the utilization review did: {action}."
            asked = FieldEquals("ur", action)
            yield Meaning(*found.span(), asked, Note("ur-action", message))


def asks_for_rule(text: str) -> bool:
    """Whether a search asks what holds ("is, can, must …"), not what happened ("which were …")."""
    words = set(_DECISION_WORD.findall(text.lower()))
    table = word_lists()["questions"]
    return (
        text.rstrip().endswith("?")
        and bool(words & set(table["rule"]))
        and not (words & set(table["past"]))
    )


@cache
def _decision_phrases() -> re.Pattern[str]:
    """``not approved``: a word of outcome, perhaps turned round by the word before it."""
    words = "|".join(map(re.escape, decision_words()))
    turned = "|".join(word_lists()["decisions"]["not"])
    return re.compile(
        rf"(?<![\w-])(?:(?P<not>{turned})\s+)?(?P<word>{words})(?![\w-])", re.IGNORECASE
    )


@cache
def _ur_phrases() -> dict[str, re.Pattern[str]]:
    return {
        action: re.compile(rf"(?<![\w-])(?:{any_phrase(phrases)})(?![\w-])", re.IGNORECASE)
        for action, phrases in word_lists()["utilization_review"].items()
    }


def _is_of_others(before: str, after: str) -> bool:
    table = word_lists()["decisions"]
    last = _DECISION_WORD.findall(before.lower())[-1:]
    first = _DECISION_WORD.findall(after.lower())[:1]
    return bool(set(last) & set(table["unless_before"]) or set(first) & set(table["unless_after"]))
