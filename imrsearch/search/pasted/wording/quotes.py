"""Who speaks: the writer of an appeal, the reviewer whom it quotes, or a guideline.

What the writer of an appeal argues is no reason of the denial: "That is wrong: he had 36 visits of
therapy." What a guideline asks of every patient is neither a reason nor a request.
"""

from __future__ import annotations

import re

from imrsearch.catalogue.patterns import patterns

_PATTERNS = patterns("quotes")

_APPEAL = _PATTERNS["appeal"]
_MAY_APPEAL = _PATTERNS["may_appeal"]
_ATTRIBUTED = _PATTERNS["attributed"]
_QUOTATION_MARKS = re.compile(r"[“”\"]")
_QUOTATION = re.compile(r"[“\"][^“”\"]{20,}[”\"]")
_QUOTED_GUIDELINE = _PATTERNS["quoted_guideline"]


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
