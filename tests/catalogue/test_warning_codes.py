"""Every warning is in the register, is explained to readers of the JSON, and does occur."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from imrsearch.catalogue.warning_codes import WARNING_CODES, letter_warning
from imrsearch.letters.consistency import check_determination
from imrsearch.letters.issues import MOST_ITEMS
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.model import Dates, Determination, Issue, OcrReading, Patient
from tests.conftest import ROOT
from tests.letters.forms import NOTICE, SUMMARY, credentials_letter, issue
from tests.letters.test_consistency import ISSUE, LETTER, NOTHING, STATEMENT

FAR_OUTSIDE = tuple(replace(cited, pages=(9_999,)) for cited in STATEMENT.citations)


def with_issue(one: Issue) -> Determination:
    return replace(LETTER, issues=(one,))


CHECKED: Mapping[str, Determination] = {
    "age": replace(LETTER, patient=Patient(age=3)),
    "closing": with_issue(replace(ISSUE, rationale="The MRI is medically necessary.")),
    "dates": replace(LETTER, dates=Dates(injury=date(2016, 5, 1), decided=date(2016, 4, 1))),
    "labels": with_issue(replace(ISSUE, claims_administrator=NOTHING)),
    "no-decision": with_issue(replace(ISSUE, decision=None)),
    "no-issues": replace(LETTER, issues=()),
    "no-rationale": with_issue(replace(ISSUE, rationale="")),
    "no-service": with_issue(replace(ISSUE, service="")),
    "no-summary": replace(LETTER, summary=""),
    "ocr": replace(LETTER, ocr=OcrReading(())),
    "ocr-doubtful": replace(LETTER, ocr=OcrReading((), ("dates.injury",))),
    "ocr-poor": replace(LETTER, ocr=OcrReading((), poor=True)),
    "other-decision": with_issue(replace(ISSUE, decision="modified")),
    "page": with_issue(
        replace(ISSUE, reviewer_guideline=replace(STATEMENT, citations=FAR_OUTSIDE))
    ),
    "too-many-issues": replace(LETTER, issues=(ISSUE,) * MOST_ITEMS),
}
"""For each code of the self-check, facts that give it."""

READ: Mapping[str, str] = {
    "joined-letters": (WHOLE := credentials_letter(issue("Cane: Upheld", "A reason.")))
    + WHOLE.replace("0000901", "0000902"),
    "missing-issue": NOTICE.replace("2) Regarding the request for", "2) As to"),
    "repeated-heading": credentials_letter(issue("Cane", "A reason.")) + SUMMARY,
    "unknown-layout": "A letter of no known form on Independent Medical Review, IMR, by MAXIMUS.",
}
"""For each code of the reader, a letter that gives it."""


@pytest.mark.parametrize("code", WARNING_CODES)
def test_every_registered_warning_is_given_by_a_letter(code: str) -> None:
    given = check_determination(CHECKED[code]) if code in CHECKED else read(READ[code]).warnings
    assert code in {warning.code for warning in given}


def read(letter: str) -> Determination:
    return parse(kept_text(letter), "letter.txt")


def test_a_code_that_is_not_registered_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        letter_warning("odd", "something is odd")


def test_warnings_are_made_by_the_register_alone() -> None:
    package = (ROOT / "imrsearch").rglob("*.py")
    makers = [file.name for file in package if re.search(r"\bLetterWarning\(", file.read_text())]
    assert makers == ["warning_codes.py"]


def test_the_documentation_explains_every_code_and_no_other() -> None:
    page = (ROOT / "docs" / "pages.md").read_text()
    section = page.partition("\n## Warnings of letters\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", section, re.MULTILINE)
    assert dict(rows) == WARNING_CODES
