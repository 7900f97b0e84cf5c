"""The facts of a scan that text recognition may have changed or lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from imrsearch.letters.service import SERVICE_FACTS
from imrsearch.model import Determination, OcrReading

# Of the words of a letter. Where more are doubtful, words of good confidence are wrong as well; no
# clean scan of 110 to 300 dots to the inch has as many.
_POOR = 0.03
# What nearly every letter tells: where a scan does not, it may have been misread.
_USUAL = (
    *(f"dates.{name}" for name in ("injury", "ur_denial", "received", "assigned", "decided")),
    *("reviewer.specialties", "reviewer.licensed_in", "patient.age", "patient.sex"),
    *("summary", "issues"),
)
_USUAL_OF_ISSUE = ("service", "decision", "category", "rationale")
_STATEMENTS = ("claims_administrator", "reviewer_guideline")
_OF_RATIONALE = ("rationale_citations", "reasons", "visits_so_far", "recommendations", "formulary")


def doubted(ocr: OcrReading, read: Determination, text: str) -> OcrReading:
    """The reading of a scan with the facts of ``read`` that doubtful words may change or hide."""
    doubtful = [*_on_doubtful_words(ocr, read), *_not_found(read)]
    if any(path == "issues" or path.endswith(".decision") for path in doubtful):
        doubtful.append("outcome")
    poor = ocr.poor or len(ocr.doubtful) > _POOR * len(text.split())
    return replace(ocr, doubtful_facts=tuple(dict.fromkeys(doubtful)), poor=poor)


def _on_doubtful_words(ocr: OcrReading, read: Determination) -> Iterator[str]:
    for path, span in read.evidence.items():
        if not any(span.start < word.end and word.start < span.end for word in ocr.doubtful):
            continue
        here, _, name = path.rpartition(".")
        match name:
            case "text":
                yield here  # a guideline statement: its basis and citations as well
            case "heading":
                yield from (f"{here}.{fact}" for fact in ("heading", "service", *SERVICE_FACTS))
            case "rationale":
                yield from (f"{here}.{fact}" for fact in ("rationale", *_OF_RATIONALE))
            case _:
                yield path


def _not_found(read: Determination) -> Iterator[str]:
    yield from (path for path in _USUAL if not attrgetter(path)(read))
    if any(warning.code == "missing-issue" for warning in read.warnings):
        yield "issues"
    if "case_id" not in read.evidence:
        yield "case_id"  # it is the file's name
    for issue in read.issues:
        missing = [name for name in _USUAL_OF_ISSUE if not getattr(issue, name)]
        missing += [name for name in _STATEMENTS if not getattr(issue, name).text]
        yield from (f"issues.{issue.number}.{fact}" for fact in missing)
