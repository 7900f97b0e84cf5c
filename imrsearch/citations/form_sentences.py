"""The form's fixed sentences in a guideline statement, also with one letter wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from imrsearch.text.fuzzy import is_nearly
from imrsearch.text.located import Located

# The sentences by what they tell, and their kin in the early letters:
#   mtus     "Decision based on MTUS"
#   non      "Decision based on Non-MTUS Citation"
#   outside  "… based their decision on recommendation(s) outside of the MTUS Guidelines."
#            "… did not base their decision on the MTUS.", "… did not use the MTUS."
#            "… found that no section of the MTUS was applicable.", ", not part of the MTUS",
#            "a guideline not in the MTUS", "which is not cited in the MTUS"
#            "… found no applicable part of the MTUS", "no part of the MTUS is relevant"
#            "The MTUS is silent", "The MTUS and the ODG do not address", "the Non-MTUS …",
#            "the section of the MTUS used by the Claims Administrator was not applicable"
#   none     "… did not cite any medical evidence for its decision."
_MTUS_NAMED = r"(?:\bMTUS\b|\bMedical\s+Treatment\s+Utilization\s+Schedule\b(?:\s+\(MTUS\))?)"
_FORM_SENTENCE = re.compile(
    r"""
    (?P<non>\bdecisions?\s*based\s*on\s*(?:the\s+)?non\W{0,3}MTUS(?:\s+citations?\b)?:?)
  | (?P<mtus>\bdecisions?\s*based\s*on\s*(?:the\s+)?MTUS\b:?)
  | (?P<outside>
      (?:\bthe\s+(?:claims\s+administrator|(?:expert|physician|professional)\s+reviewer)\s+)?
      (?: \bbased\s+(?:their|its|his|her|his/her)\s+decision\s+on\s+recommendations?\s?(?:\(s\))?
          \s+outside\s+(?:of\s+)?the\s+MTUS(?:\s+guidelines?)?
        | \bdid\s*<NOT>\s+(?:base\s+(?:their|its|his|her|his/her)\s+decision\s+on|use|cite|apply
          |rely\s+(?:up)?on|refer\s+to|reference|utilize)
          \s+(?:any\s+(?:sections?|parts?)\s+of\s+)?(?:the\s+)?<MTUS>
        | \b(?:found\s+(?:that\s+)?(?:there\s+(?:is|was)\s+)?)?no\s+(?:applicable\s+|relevant\s+)?
          (?:sections?|parts?|portions?)\s+(?:of|in|within)\s+the\s+<MTUS>
          (?:\s+(?:(?:was|were|is|are|to\s+be|that\s+(?:is|are|was|were))\s+)?(?:applicable|relevant)
          (?:\s+and\s+(?:relevant|applicable))?(?:\s+to\s+the\s+issue\s+at\s+dispute)?)?
        | \bthe\s+<MTUS>(?:\s+guidelines?)?(?:\s+(?:and|or|nor)\s+[^.;]{3,60}?
          |\s+(?:used|cited|relied\s+(?:up)?on)\s+by\s+the\s+claims\s+administrator)?\s+
          (?:(?:is|are|was|were)\s+(?:silent|not\s+(?:applicable|relevant|appropriate))
          |(?:does|do|did)\s+not\s+(?:specifically\s+|directly\s+)?(?:address|discuss|mention|cover))\b
        | (?:\b(?:also\s+)?based\s+(?:their|its|his|her|his/her)\s+decisions?\s+on\s+(?:the\s+)?)?
          \bnon\W{0,3}MTUS\b
        | \bs?<NOT>\s+(?:(?:a\s+)?[a-z]{3,5}\s+of
          |(?:(?:cited|contained|found|included|incorporated|referenced)\s+)?(?:in|into|within|by)
          )\s+the\s+(?:California\s+)?
          <MTUS>
      )\.?)
  | (?P<none>
      (?:\bthe\s+(?:claims\s+administrator|(?:expert|physician|professional)\s+reviewer)\s+)?
      \bdid\s*<NOT>\s+(?:cite|provide|identify|use|reference|base\s+(?:their|its)\s+decision\s+on)
      \s+(?:any\s+|an?\s+)?
      (?:(?:medical|clinical|specific|treatment|evidence[-\s]based|supporting)\s+)*
      (?:evidence|guidelines?|citations?|criteria|basis)\b[^.]{0,80}\.?)
    """.replace("<MTUS>", _MTUS_NAMED).replace("<NOT>", r"(?:noo?t{0,2}|nto|nt|oo?t)"),
    re.VERBOSE | re.IGNORECASE,
)
_PRINTED_WORD = re.compile(r"\S+")
_FIRST_WORD = re.compile(r"\bdecision\S*|\b[a-z]{6,10}(?=\s+based\s)", re.IGNORECASE)
# The sentences that open a clause, without blanks.
_OPENINGS = {
    "decisionbasedonmtus": "mtus",
    "decisionbasedonnon-mtus": "non",
    "decisionbasedonnon-mtuscitation": "non",
}
_SHORTEST, _LONGEST = min(map(len, _OPENINGS)) - 1, max(map(len, _OPENINGS)) + 1
_LONGEST_OPENING = 7


def form_sentences(text: str, end: int) -> list[Located[str]]:
    """The form's sentences in ``text[:end]``, in order: what each tells (see above)."""
    matches = _FORM_SENTENCE.finditer(text, 0, end)
    exact = [Located.at(match, str(match.lastgroup)) for match in matches]
    opening = [one for one in exact if one.value in _OPENINGS.values()]
    missed = [near for near in _misprinted(text, end) if not _meets(near, opening)]
    apart = [one for one in exact if not _meets(one, missed)]
    return sorted([*apart, *missed], key=lambda one: one.start)


def _meets(sentence: Located[str], others: list[Located[str]]) -> bool:
    return any(sentence.start < one.end and one.start < sentence.end for one in others)


def _misprinted(text: str, end: int) -> Iterator[Located[str]]:
    """What opens a clause with a letter wrong, missing or doubled: "Decison based on MTUS".

    The letter is in the first word or behind it: the other part is as printed.
    """
    for first in _FIRST_WORD.finditer(text, 0, end):
        solid, found = "", None
        for last in islice(_PRINTED_WORD.finditer(text, first.start(), end), _LONGEST_OPENING):
            solid += last.group().lower().rstrip(".,:;")
            if len(solid) > _LONGEST:
                break
            if kind := _opening_kind(solid):
                found = Located(kind, first.start(), last.end())
        if found:
            yield found


def _opening_kind(solid: str) -> str | None:
    """What the words open; "decision based on MTUS" itself is told by its pattern."""
    if len(solid) < _SHORTEST:
        return None
    near = (kind for form, kind in _OPENINGS.items() if is_nearly(solid, form))
    return next(near, None)
