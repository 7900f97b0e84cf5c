"""The register of letter warnings: every code, with what it means."""

from __future__ import annotations

from collections.abc import Mapping

from imrsearch.model import LetterWarning

WARNING_CODES: Mapping[str, str] = {
    "age": "The patient’s age is not a likely one",
    "closing": "The rationale ends the other way than the decision word",
    "dates": "Dates do not follow one another",
    "labels": "An issue without one of the guideline statements that its form prints",
    "missing-issue": "The letter decides an issue whose part is not found",
    "no-decision": "An issue without a decision that can be read",
    "no-issues": "No disputed item could be read; the letter is searched as text",
    "no-rationale": "An issue without a rationale that can be read",
    "no-service": "An issue whose service cannot be read",
    "no-summary": "No case summary could be read",
    "ocr": "The letter is a scan, read by text recognition",
    "ocr-doubtful": "Facts rest on words that text recognition is not sure of, or are not found",
    "ocr-poor": "The scan is so poor that any fact may be wrong or missing",
    "other-decision": "A decision word beyond upheld and overturned, kept as printed",
    "page": "A cited page lies outside the guideline",
    "repeated-heading": "A heading of the form occurs more than once",
    "too-many-issues": "More issues than are read of one letter",
    "unknown-layout": "The letter’s layout is not known; it is searched as text",
}
"""Each code with its meaning, as the page about the coverage prints it."""


def letter_warning(code: str, message: str) -> LetterWarning:
    """A warning of a letter. Raises ValueError for a code that is not in ``WARNING_CODES``."""
    if code not in WARNING_CODES:
        raise ValueError(f"There is no warning with the code {code!r}; add it to WARNING_CODES.")
    return LetterWarning(code, message)
