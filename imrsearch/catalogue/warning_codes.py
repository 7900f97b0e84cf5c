"""The register of letter warnings: every code, with what it means."""

from __future__ import annotations

from collections.abc import Mapping

from imrsearch.model import LetterWarning

WARNING_CODES: Mapping[str, str] = {
    "age": "The patient’s age is implausible",
    "closing": "The rationale concludes the opposite of the decision word",
    "dates": "Dates are out of order",
    "joined-letters": "The file holds several letters; only the first is read",
    "labels": "An issue lacks a guideline statement that its form prints",
    "missing-issue": "The letter decides an issue whose section was not found",
    "no-decision": "An issue’s decision could not be read",
    "no-issues": "No disputed item could be read; the letter is searched as text",
    "no-rationale": "An issue’s rationale could not be read",
    "no-service": "An issue’s service could not be read",
    "no-summary": "No case summary could be read",
    "ocr": "The letter is a scan, read by text recognition",
    "ocr-doubtful": "Facts rest on words that text recognition is unsure of, or were not found",
    "ocr-poor": "The scan is so poor that any fact may be wrong or missing",
    "other-decision": "A decision word other than upheld and overturned, kept as printed",
    "page": "A cited page lies outside the guideline",
    "repeated-heading": "A heading of the form occurs more than once",
    "too-many-issues": "The letter has more issues than are read",
    "unknown-layout": "The letter’s layout is unknown; it is searched as text",
}
"""Each code with its meaning, as the coverage page prints it."""


def letter_warning(code: str, message: str) -> LetterWarning:
    """A warning of a letter. Raises ValueError for a code that is not in ``WARNING_CODES``."""
    if code not in WARNING_CODES:
        raise ValueError(f"There is no warning with the code {code!r}; add it to WARNING_CODES.")
    return LetterWarning(code, message)
