"""How well reasons are read, against labels: ``make reasons``.

The rationales of our own (``tests/data/reasons*.toml``) always; with ``--letters`` and ``--labels``
also those of real letters, whose labels name a case's file or number and an issue:
``{"CM16-0000001/2": {"decision": …, "reasons": [{"criterion": …, "span": […]}]}}``.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from imrsearch.catalogue.reasons import MET, UNMET
from imrsearch.letters.files import Source, find_letters
from imrsearch.letters.letter import Letter
from imrsearch.letters.service import read_service
from imrsearch.letters.workers import ReadingLimits, read_all
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.read import read_reasons
from imrsearch.search.excerpts import excerpts
from imrsearch.search.matches import Matched
from imrsearch.system.settings import load_settings
from imrsearch.text.words import sentences

DATA = Path(__file__).parent.parent / "tests" / "data"
# "The visits are not medically necessary" does not tell what kind of treatment it was.
_VAGUE = {"office visit", "durable medical equipment", "diagnostic test", "therapy", "medication"}
_VERB = re.compile(r"\b(?:is|are|was|were)\b")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A rationale with the criteria that a person found in it."""

    rationale: str
    decision: str
    criteria: frozenset[str]
    category: str | None = None
    subcategory: str | None = None


@dataclass(slots=True)
class Score:
    """Reasons found that are labelled, found that are not, labelled that are not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Iterable[str], labelled: Iterable[str]) -> None:
        """Count one rationale."""
        found, labelled = set(found), set(labelled)
        self.right += len(found & labelled)
        self.wrong += len(found - labelled)
        self.missed += len(labelled - found)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)
        return f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({self.right} right)"


OPEN = (
    ("Rationales of our own", "reasons.toml", False),
    ("Short ones, looked at", "reasons_fresh.toml", False),
    ("Short ones, held out", "reasons_fresh.toml", True),
    ("Short ones, by the hand that extended the wording", "reasons_second.toml", False),
    ("Long ones, looked at", "reasons_third.toml", False),
    ("Of any length, by a hand that knew no rule", "reasons_fourth.toml", False),
    ("In reviewers' everyday manner, by another such hand", "reasons_plain.toml", False),
    ("As reviewers write, a third of them approvals", "reasons_sixth.toml", False),
)
"""The sets to look at: title, file, and whether its part is that held out."""
CLOSING = (
    ("Long ones, never looked at", "reasons_closing.toml"),
    ("Of any length, by that hand, never looked at", "reasons_fourth_closing.toml"),
    ("In reviewers' everyday manner, never looked at", "reasons_plain_closing.toml"),
    ("In the manner of the field, by a fresh hand, never looked at", "reasons_field_closing.toml"),
    ("As reviewers write, never looked at", "reasons_sixth_closing.toml"),
    ("At the length and mixture of real ones, never looked at", "reasons_seventh_closing.toml"),
)
"""The sets that are only run before closing."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--each", action="store_true", help="each criterion's own figures")
    parser.add_argument("--closing", action="store_true", help="also the set kept for closing")
    options = parser.parse_args()
    for title, name, held_out in OPEN:
        report(title, list(own(name, held_out=held_out)), each=options.each)
    report_sentences()
    for title, name in CLOSING if options.closing else ():
        report(title, list(own(name)), each=False)
    if options.letters and options.labels:
        report("Real letters", list(real(options.letters, options.labels)), each=options.each)


def report_sentences() -> None:
    """In how many of the sentences that say a criterion is met, or unmet, it is found."""
    told = tomllib.loads((DATA / "reason_sentences.toml").read_text(encoding="utf-8"))
    for status, decision in ((UNMET, UPHELD), (MET, OVERTURNED)):
        score = Score()
        for name, table in told.items():
            for sentence in table.get(status, "").splitlines():
                score.add((one.criterion for one in read_reasons(sentence, decision)), [name])
        print(f"Sentences that tell one criterion {status}: {score}")


def own(name: str, *, held_out: bool = False) -> Iterator[Labelled]:
    """A file's rationales: those held out while phrases were written, or the others."""
    for one in tomllib.loads((DATA / name).read_text(encoding="utf-8"))["rationale"]:
        if one.get("held_out", False) is held_out:
            kind = kind_told(one["text"])
            # "surgery-planned:met" tells the status, which otherwise follows from the decision.
            criteria = frozenset(reason.partition(":")[0] for reason in one["reasons"])
            yield Labelled(one["text"], one["decision"], criteria, *kind)


def kind_told(rationale: str) -> tuple[str | None, str | None]:
    """Category and subcategory of the service that the last sentence names; a letter's heading
    names it: "MRI of the left knee is not medically necessary"."""
    start, end = list(sentences(rationale))[-1]
    service = read_service(_VERB.split(rationale[start:end])[0])
    return (None, None) if service.treatment in _VAGUE else (service.category, service.subcategory)


def real(letters: Path, labels: Path) -> Iterator[Labelled]:
    """Labelled issues of real letters."""
    known = json.loads(labels.read_text(encoding="utf-8"))
    sources = ((one, None) for one in find_letters([letters]) if isinstance(one, Source))
    for letter in read_all(sources, ReadingLimits.of(load_settings({})), None):
        if not isinstance(letter, Letter):
            continue
        case = letter.determination
        for issue in case.issues:
            stem = letter.source.path.stem
            told = known.get(f"{case.case_id}/{issue.number}") or known.get(
                f"{stem}/{issue.number}"
            )
            if told:
                found = frozenset(reason["criterion"] for reason in told["reasons"])
                yield Labelled(
                    issue.rationale, told["decision"], found, issue.category, issue.subcategory
                )


def report(title: str, rationales: list[Labelled], *, each: bool) -> None:
    """The figures of one set."""
    scores: dict[str, Score] = defaultdict(Score)
    by_criterion: dict[str, Score] = defaultdict(Score)
    counted: Counter[str] = Counter()
    started = process_time()
    found = [
        read_reasons(one.rationale, one.decision, one.category, one.subcategory)
        for one in rationales
    ]
    seconds = process_time() - started
    for one, reasons in zip(rationales, found, strict=True):
        names = {reason.criterion for reason in reasons}
        for part in ("all", one.decision):
            scores[part].add(names, one.criteria)
        for name in names | one.criteria:
            by_criterion[name].add(names & {name}, one.criteria & {name})
        counted["none"] += not reasons
        counted["verbatim"] += all(one.rationale[slice(*r.span)] == r.evidence for r in reasons)
        lead = excerpts({"rationale": Matched(one.rationale, ())}, reasons)
        counted["closing"] += bool(lead) and "medically necessary" in lead[0].text and not reasons
    print(f"{title}: {len(rationales)} issues")
    for part, score in scores.items():
        print(f"  {part:<11} {score}")
    print(
        f"  without a recognised reason {counted['none']}; evidence verbatim {counted['verbatim']}"
    )
    print(f"  lead excerpts that are closing formulas {counted['closing']}")
    print(f"  {seconds / max(1, len(rationales)) * 1000:.2f} ms an issue")
    for name, score in sorted(by_criterion.items()) if each else ():
        print(f"    {name:<29} {score}")


if __name__ == "__main__":
    main()
