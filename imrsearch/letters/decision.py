"""How an issue was decided: by the word after its heading, by a sentence, or by the section."""

from __future__ import annotations

import re

from imrsearch.letters.issues import Item, decision_at_end
from imrsearch.letters.passage import Passage
from imrsearch.letters.sections import Sections
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.text.fuzzy import is_nearly
from imrsearch.text.located import Located

# What the letters print for the two decisions; any other word is kept as printed.
_DECISION_WORDS = {
    "upheld": UPHELD,
    "uphold": UPHELD,
    "overturned": OVERTURNED,
    "overturn": OVERTURNED,
    "over turned": OVERTURNED,
}
# Era N's list: "1) MAXIMUS Federal Services, Inc. has determined the request for X is not
# medically necessary and appropriate." (also "notmedically", "the retrospective request for X").
_DETERMINED = re.compile(
    r"(?P<number>\d{1,3})\s*\)\s*MAXIMUS\s+Federal\s+Services,?\s+Inc\.?,?\s+has\s+determined\s+"
    r"(?:that\s+)?the\s+(?:\w+\s+)?requests?\s+for\s+(?P<service>(?:(?!\n\s*\n|has\s+determined).){1,900}?)\s+"
    r"(?:is|are|was|were)\s+(?P<negative>not\s*)?medically\s+necessary",
    re.IGNORECASE | re.DOTALL,
)
# "2. Cane: Upheld", "3) Cane", but not "0.5 mg".
_NUMBER_AHEAD = re.compile(r"\s*[(#]?\d{1,2}[.)]{1,2}\s+(?=[A-Z])")
_NECESSARY = re.compile(
    r"\b(?:is|are|was|were)\s+(?P<negative>not\s*)?medically\s+necessary(?:\s+and\s+appropriate)?",
    re.IGNORECASE,
)


def heading_without_decision(heading: Passage) -> Passage:
    """The heading up to the colon of its decision word, without the item's number."""
    match = decision_at_end(heading)
    if match is None:
        return heading
    number = _NUMBER_AHEAD.match(heading.text, heading.start, heading.end)
    return heading.between(number.end() if number else heading.start, match.start())


def decision_of_word(heading: Passage) -> Located[str] | None:
    """The decision printed at the end of a heading of eras S and C."""
    match = decision_at_end(heading)
    if match is None:
        return None
    word = " ".join(match.group("decision").lower().split()).replace("- ", "")  # "over- turned"
    start, end = match.span("decision")
    known = _DECISION_WORDS.get(word.replace(" ", "")) or _DECISION_WORDS.get(word)
    # "uphled" and "overtuned" are misprints of a decision.
    near = (known for known in (UPHELD, OVERTURNED) if is_nearly(word, known))
    return Located(known or next(near, word), start, end)


def decision_of_sentence(item: Item, sections: Sections) -> Located[str] | None:
    """The decision of eras N and D: by the item's own sentence, the list, or the closing."""
    if item.match and "negative" in item.match.groupdict():
        return _verdict(item.match)
    for match in sections.letter.finditer(_DETERMINED):
        if int(match.group("number")) == item.number:
            return _verdict(match)
    closings = item.rationale.findall(_NECESSARY)
    return _verdict(closings[-1]) if closings else None


def decided_numbers(sections: Sections) -> set[int]:
    """The numbers of the issues that era N's list decides; other eras have no such list."""
    if sections.template is None or sections.template.decision != "sentence":
        return set()
    return {int(match.group("number")) for match in sections.letter.finditer(_DETERMINED)}


def decision_of_section(item: Item) -> Located[str] | None:
    """The decision of era P: its rationale's heading says "(not) medically necessary"."""
    if item.concluded is None:
        return None
    value = UPHELD if item.concluded.negative else OVERTURNED
    return Located(value, item.concluded.heading.start, item.concluded.heading.end)


def _verdict(match: re.Match[str]) -> Located[str]:
    return Located.at(match, UPHELD if match.group("negative") else OVERTURNED)
