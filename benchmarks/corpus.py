"""A corpus of any size, the same every time: determinations, their letters as text, their issues.

Words are as frequent as in real letters, over a long tail of made-up words, with the field's own
words among the frequent ones, so that posting lengths are realistic: some words stand in nine of
ten rationales, most in a handful. About 1.6 issues a letter, one in ten overturned, 850 cited
pages.

``python -m benchmarks.corpus FOLDER COUNT [pdf]`` writes letters as files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np

from imrsearch.catalogue.reviewers import specialties, states
from imrsearch.catalogue.treatments import categories
from imrsearch.model import (
    OVERTURNED,
    UPHELD,
    Citation,
    Dates,
    Determination,
    GuidelineStatement,
    Issue,
    Patient,
    Reviewer,
)

COMMON_TEXT = """
the of and to is not was for in medically necessary request patient guidelines treatment
pain with therapy documentation recommended functional improvement injury worker sessions
chronic visits evidence physical back low clinical conservative care symptoms objective
review examination medical findings lumbar spine shoulder knee neck imaging medication use
chiropractic acupuncture injection surgery opioid study unit home exercise program failed
"""
TREATMENTS = (
    ("Rehabilitation", "Physical/Occupational Therapy", "physical therapy", "{n} sessions"),
    ("Rehabilitation", "Chiropractic", "chiropractic", "treatment, {n} visits"),
    ("Rehabilitation", "Acupuncture", "acupuncture", "{n} sessions"),
    ("Diagnostic Testing", "Imaging/Radiology", "MRI", "without contrast"),
    ("Diagnostic Testing", "EMG/NCV/NCS", "EMG/NCV", "of the extremities"),
    ("Diagnostic Testing", "Lab & Pathology", "urine drug screen", ""),
    ("Injection", "Injection", "epidural steroid injection", ""),
    ("Injection", "Facet", "medial branch block", "bilateral"),
    ("Pharmaceuticals", "Opioids", "hydrocodone/acetaminophen", "10/325mg #{n}"),
    ("Pharmaceuticals", "Muscle Relaxant", "cyclobenzaprine", "7.5mg #{n}"),
    ("Pharmaceuticals", "NSAID", "naproxen", "550mg #{n}"),
    ("Pharmaceuticals", "Topical Compounds", "compound cream", "240 grams"),
    ("DMEPOS", "Electrical Stimulation", "TENS unit", "rental"),
    ("DMEPOS", "DME", "cold therapy unit", "{n} days"),
    ("Surgery", "Arthroscopic", "arthroscopy", ""),
    ("Surgery", "Spine", "lumbar fusion", ""),
    ("Programs", "Functional Restoration", "functional restoration program", "{n} days"),
    ("Evaluation & Management", "Medical Specialties", "specialist consultation", ""),
    ("Home Health", None, "home health care", "{n} hours"),
    ("Psych Services", "Therapies", "psychotherapy", "{n} sessions"),
)
BODY_PARTS = ("low back", "neck", "shoulder", "knee", "wrist", "hand", "hip", "ankle", "elbow")
GUIDELINES = (
    ("mtus-chronic-pain", "mtus", "Chronic Pain Medical Treatment Guidelines", None, 1, 127),
    ("acoem-low-back", "acoem", "Low Back Complaints", 12, 286, 326),
    ("acoem-neck-upper-back", "acoem", "Neck and Upper Back Complaints", 8, 165, 194),
    ("acoem-shoulder", "acoem", "Shoulder Complaints", 9, 195, 224),
    ("acoem-knee", "acoem", "Knee Complaints", 13, 327, 358),
    ("odg-low-back", "odg", "Low Back", None, 1, 300),
    ("odg-pain", "odg", "Pain", None, 1, 300),
)
VOCABULARY = 120_000
FIRST_DAY = date(2014, 1, 2)
BATCH = 2_000
"""So many letters have their chances drawn together."""


@dataclass(frozen=True)
class Corpus:
    """``seed`` decides everything; the first letters of a larger corpus are those of a smaller."""

    seed: int = 1

    def determinations(self, letters: int, first: int = 0) -> Iterator[Determination]:
        """So many cases without the ``first`` ones, in order of their numbers."""
        for start in range(first - first % BATCH, letters, BATCH):
            chance = np.random.Generator(np.random.PCG64([self.seed, start]))
            for number in range(start, start + BATCH):
                determination = self._determination(number, chance)
                if first <= number < letters:
                    yield determination

    def letters(self, count: int, first: int = 0) -> Iterator[tuple[str, str]]:
        """File names and texts of letters of era C that say these determinations."""
        for determination in self.determinations(count, first):
            yield f"{determination.case_id}.txt", letter_text(determination)

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary by rank: the field's words first, then made-up ones."""
        chance = np.random.Generator(np.random.PCG64(self.seed))
        common = COMMON_TEXT.split()
        syllables = [a + b for a in "bcdfglmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
        lengths = chance.integers(2, 5, VOCABULARY)
        places = chance.integers(0, len(syllables), (VOCABULARY, 4))
        made = [
            "".join(syllables[place] for place in row[:length])
            for row, length in zip(places.tolist(), lengths.tolist(), strict=True)
        ]
        return list(dict.fromkeys([*common, *made]))

    @cached_property
    def _steps(self) -> np.ndarray:
        """A vocabulary like the letters': in 69,000 words of 124 real ones the 10, 100, 1,000 and
        2,000 most frequent make up 24, 56, 91 and 97 %, of 3,750 different ones; in as many of
        these, 24, 58, 91 and 96 % of 4,370. Zipf's law alone has a tail four times as long."""
        ranks = np.arange(1, len(self.words) + 1)
        weights = (ranks + 1.0) ** -0.85 * (1.0 + ranks / 1000.0) ** -1.6
        return np.asarray(np.cumsum(weights / weights.sum()))

    def _prose(self, chance: np.random.Generator, count: int) -> str:
        """Sentences of about fourteen words."""
        places = np.searchsorted(self._steps, chance.random(count))
        some = [self.words[min(place, len(self.words) - 1)] for place in places]
        sentences = [" ".join(some[n : n + 14]).capitalize() for n in range(0, count, 14)]
        return ". ".join(sentences) + "."

    def _determination(self, number: int, chance: np.random.Generator) -> Determination:
        decided = FIRST_DAY + timedelta(days=int(chance.integers(0, 365 * 11)))
        count = int(chance.choice([1, 1, 1, 2, 2, 3, 4], p=[0.2, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05]))
        issues = tuple(self._issue(place, chance) for place in range(1, count + 1))
        decisions = {issue.decision for issue in issues}
        age = int(chance.integers(20, 70))
        sex = ("male", "female")[int(chance.integers(0, 2))]
        case_id = f"CM{decided.year % 100:02d}-{number:07d}"
        return Determination(
            case_id=case_id,
            file=f"{case_id}.txt",
            era="credentials",
            outcome="partly overturned" if len(decisions) == 2 else decisions.pop(),
            dates=Dates(
                injury=decided - timedelta(days=int(chance.integers(90, 3000))),
                ur_denial=decided - timedelta(days=60),
                received=decided - timedelta(days=50),
                assigned=decided - timedelta(days=40),
                decided=decided,
            ),
            priority="standard",
            reviewer=Reviewer(
                specialties=(_skewed(chance, specialties()),),
                licensed_in=(_skewed(chance, states()),),
            ),
            patient=Patient(age=age, sex=sex),
            summary=f"The injured worker is a {age} year old {sex}. {self._prose(chance, 130)}",
            issues=issues,
            warnings=(),
        )

    def _issue(self, number: int, chance: np.random.Generator) -> Issue:
        category, subcategory, treatment, amount = TREATMENTS[
            int(len(TREATMENTS) * chance.random() ** 1.6)
        ]
        assert subcategory is None or subcategory in categories()[category]
        body = BODY_PARTS[int(len(BODY_PARTS) * chance.random() ** 1.8)]
        service = f"{treatment} {amount.format(n=int(chance.integers(2, 60)))}".strip()
        service = f"{service.capitalize()}, {body}"
        decision = OVERTURNED if chance.random() < 0.1 else UPHELD
        closing = "" if decision == OVERTURNED else "not "
        return Issue(
            number=number,
            heading=service,
            service=service,
            decision=decision,
            original_request=None,
            authorized=None,
            flags=("retrospective",) if chance.random() < 0.03 else (),
            category=category,
            subcategory=subcategory,
            treatment=treatment,
            body_parts=(body,),
            quantity=None,
            claims_administrator=_statement(chance),
            reviewer_guideline=_statement(chance),
            rationale=f"{self._prose(chance, 130)} Therefore, the request for {service} is "
            f"{closing}medically necessary.",
        )


def _skewed(chance: np.random.Generator, values: object) -> str:
    """One of the values, the first ones more often."""
    names = [str(value) for value in values]  # type: ignore[attr-defined]
    return names[int(len(names) * chance.random() ** 3)]


def _statement(chance: np.random.Generator) -> GuidelineStatement:
    guideline, family, title, chapter, first, last = GUIDELINES[
        int(len(GUIDELINES) * chance.random() ** 1.7)
    ]
    page = first + int((last - first) * chance.random() ** 1.4)
    pages = tuple(range(page, min(page + int(chance.integers(1, 4)), last + 1)))
    printed = f"{pages[0]}-{pages[-1]}" if len(pages) > 1 else str(page)
    name = f"MTUS ACOEM Chapter {chapter} {title}" if family == "acoem" else f"MTUS {title}"
    if family == "odg":
        text = f"Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), {title}"
        text += f" Chapter, page {printed}."
        basis = "non-mtus"
    else:
        text, basis = f"Decision based on {name} Page(s): {printed}.", "mtus"
    citation = Citation(guideline, family, title, chapter, None, (), pages, text)  # type: ignore[arg-type]
    return GuidelineStatement(text, basis, (citation,))  # type: ignore[arg-type]


def letter_text(determination: Determination) -> str:
    """The letter, as the field's own form prints it."""
    dates = determination.dates
    days = {
        name: f"{day:%m/%d/%Y}"
        for name in ("assigned", "injury", "decided", "ur_denial", "received")
        if (day := getattr(dates, name))
    }
    blocks = [
        (
            f"Case Number: {determination.case_id}\n"
            f"Date Assigned: {days['assigned']} Date of Injury: {days['injury']}\n"
            f"Decision Date: {days['decided']} UR Denial Date: {days['ur_denial']}\n"
            f"Priority: Standard Application\nReceived:\n{days['received']}"
        ),
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        (
            "The Expert Reviewer has the following credentials:\n"
            f"State(s) of Licensure: {', '.join(determination.reviewer.licensed_in)}\n"
            f"Certification(s)/Specialty: {', '.join(determination.reviewer.specialties)}"
        ),
        "CLINICAL CASE SUMMARY",
        (
            "The expert reviewer developed the following clinical case summary based on a review "
            "of the case file, including all medical records:"
        ),
        determination.summary,
        "IMR ISSUES, DECISIONS AND RATIONALES",
        (
            "The Final Determination was based on decisions for the disputed items/services set "
            "forth below:"
        ),
    ]
    for issue in determination.issues:
        blocks += [
            f"{issue.service}: {(issue.decision or '').capitalize()}",
            f"Claims Administrator guideline: {issue.claims_administrator.text}",
            f"MAXIMUS guideline: {issue.reviewer_guideline.text}",
            f"Decision rationale: {issue.rationale}",
        ]
    return "\n\n".join(blocks) + "\n"


def main(folder: str, count: str, kind: str = "txt") -> None:
    """Write ``count`` letters into a folder, as ``txt`` or ``pdf``."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, text in Corpus().letters(int(count)):
        if kind == "pdf":
            from samples.press import typeset

            (place / name).with_suffix(".pdf").write_bytes(typeset(text))
        else:
            (place / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
