"""What a determination says, as frozen facts; and what is known of a file that gave none.

The field names and their order are those of ``imrsearch parse --json``: the model is the contract.
Unknown is ``None`` (or an empty tuple), never a guess. Where each fact stands in the letter is
told by ``Determination.evidence``, keyed by the fact's path in the JSON: ``"dates.injury"``,
``"issues.2.decision"`` (issues by their number), ``"issues.2.reviewer_guideline.citations.0"``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Basis = Literal["mtus", "non-mtus", "mtus+non-mtus", "none"]
Family = Literal["mtus", "acoem", "odg", "other"]
Era = str
"""The name of a layout in the catalogue's ``eras.toml``, ``unknown``, or ``DAMAGED``."""

DAMAGED: Era = "damaged"
"""What stands in for a letter whose facts can no longer be read: a case number, and this."""

UPHELD = "upheld"
OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the letter's kept text: ``text[start:end]``, in characters."""

    start: int
    end: int


EVIDENCE_GRADES = {"A": "strong", "B": "moderate", "C": "limited", "I": "insufficient"}
"""The grades of evidence that guidelines print with their advice."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a guideline advises, as the letter quotes it: "Not Recommended, Evidence (C)".

    ``advice``: ``recommended``, ``not recommended``, ``no recommendation``, ``None`` where only the
    grade is quoted. ``strength``: ``strongly``, ``moderately``. ``evidence``: the grade A, B, C or
    I (insufficient). ``confidence``: ``low``, ``moderate``, ``high``. ``text`` is as printed.
    """

    advice: str | None
    strength: str | None
    evidence: str | None
    confidence: str | None
    text: str


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A cited edition that was not in force on the day of the review: a remark, no judgement.

    The edition ``edition`` (``2009``, ``2016-02-24``) was in force from ``since`` to ``until``
    (``None``: no end is known). ``day`` is the nearest known day to the request: ``day_of`` tells
    whether of the utilization review (``ur_denial``) or of the decision (``decided``). ``source``
    says where the dates of the edition are printed.
    """

    edition: str
    since: date
    until: date | None
    day: date
    day_of: Literal["ur_denial", "decided"]
    source: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One guideline cited, as resolved by the catalogue, with its printed text.

    ``guideline`` is the catalogue's id (``mtus-chronic-pain``), ``None`` for a free citation.
    ``chapter`` is an ACOEM chapter number; ``chapter_inferred`` marks one that was concluded from
    a bare page. ``pages`` are single pages, ranges expanded, in the order printed. ``edition`` is
    the day or month that the letter prints of the edition (``2016-02-24``, ``2016-02``), and
    ``not_in_force`` a remark on it. ``recommendations`` are those printed with the citation.
    """

    guideline: str | None
    family: Family
    title: str | None
    chapter: int | None
    year: int | None
    sections: tuple[str, ...]
    pages: tuple[int, ...]
    text: str
    chapter_inferred: bool = False
    edition: str | None = None
    recommendations: tuple[Recommendation, ...] = ()
    not_in_force: NotInForce | None = None


@dataclass(frozen=True, slots=True)
class GuidelineStatement:
    """What one side (claims administrator or reviewer) says it relied on."""

    text: str
    basis: Basis | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount asked for, in the unit printed: 12 sessions, 60 units (``#60``), 106.32 grams.

    Only what is weighed or measured may be no whole number. Of a printed range, "12-18 visits",
    ``amount`` is the most asked for and ``minimum`` the least.
    """

    amount: int | float
    unit: str
    minimum: int | float | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """The strength of a drug: ``text`` as printed ("10/325mg"), ``amount`` of the first ingredient
    (10), in ``unit`` ("mg")."""

    text: str
    amount: int | float
    unit: str


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """A criterion of the catalogue that was ``met`` or ``unmet``, with the sentence that says so.

    ``span`` is the sentence's place, start and end in characters, in the text that it is read
    from: ``rationale[start:end] == evidence``.
    """

    criterion: str
    status: str
    evidence: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class VisitsSoFar:
    """How many visits the patient had before, with the sentence and where it stands (``source``):
    the ``rationale`` or, where that tells no number, the ``case summary``."""

    count: int
    evidence: str
    span: tuple[int, int]
    source: str = "rationale"


@dataclass(frozen=True, slots=True)
class Issue:
    """One disputed item or service: the unit that people search.

    ``decision`` is ``"upheld"`` (denial stands), ``"overturned"`` (treatment approved) or, where a
    letter prints another word, that word in lower case. ``service`` is the disputed part.
    ``further_treatments`` are asked for in one with ``treatment``, as the second of "PT/OT".
    ``sides`` are left, right, bilateral; ``levels`` of the spine such as ``L4-5``.
    ``rationale_citations`` are the pages and chapters that the rationale itself names, and
    ``recommendations`` the advice of a guideline that it quotes. ``formulary`` tells what the
    rationale says of a drug's place in the MTUS Drug List (``exempt``, ``non-exempt``,
    ``unlisted``, ``special fill``, ``perioperative fill``).
    ``reasons`` are the reviewer's, in order of weight; ``denial_reasons`` the utilization review's
    as the case summary tells them, with spans in ``Determination.summary``. ``ur_action`` is what
    the utilization review did: ``denied``, or ``modified`` where it authorized a part; of that,
    ``quantity`` is what remains of ``original_quantity`` after ``authorized_quantity``.
    ``body_part_source`` tells where ``body_parts`` were read that the service itself does not name:
    ``original request``, ``diagnosis``, ``case summary``, ``other issues of the case``. They say
    what the case is about.
    """

    number: int
    heading: str
    service: str
    decision: str | None
    original_request: str | None
    authorized: str | None
    flags: tuple[str, ...]
    category: str | None
    subcategory: str | None
    treatment: str | None
    body_parts: tuple[str, ...]
    quantity: Quantity | None
    claims_administrator: GuidelineStatement
    reviewer_guideline: GuidelineStatement
    rationale: str
    sides: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    further_treatments: tuple[str, ...] = ()
    rationale_citations: tuple[Citation, ...] = ()
    reasons: tuple[DecisionReason, ...] = ()
    denial_reasons: tuple[DecisionReason, ...] = ()
    visits_so_far: VisitsSoFar | None = None
    ur_action: str | None = None
    original_quantity: Quantity | None = None
    authorized_quantity: Quantity | None = None
    dose: Dose | None = None
    body_part_source: str | None = None
    recommendations: tuple[Recommendation, ...] = ()
    formulary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The letter's dates; ``received`` is the day the application for review arrived."""

    injury: date | None = None
    ur_denial: date | None = None
    received: date | None = None
    assigned: date | None = None
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decided, as far as the letter says."""

    specialties: tuple[str, ...] = ()
    subspecialties: tuple[str, ...] = ()
    licensed_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Patient:
    """Age in years and sex (``male``/``female``) as told by the case summary.

    ``sex_inferred``: no noun tells the sex; it was concluded from pronouns that all agree.
    """

    age: int | None = None
    sex: str | None = None
    sex_inferred: bool = False


@dataclass(frozen=True, slots=True)
class LetterWarning:
    """Something in the letter that could not be read, or contradicts itself."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class OcrReading:
    """How a scan was read by text recognition (OCR).

    ``doubtful`` are the words recognised with little confidence, ``doubtful_facts`` the paths of
    the facts that rest on such words, or were not found: ``dates.injury``, ``issues.1.decision``. A
    path also stands for those below it. ``poor``: so many words are doubtful that every fact is.
    """

    doubtful: tuple[Span, ...]
    doubtful_facts: tuple[str, ...] = ()
    poor: bool = False

    def doubts(self, path: str) -> bool:
        """Whether the fact at a path is doubtful, or a part of it is."""
        return self.poor or any(
            f"{path}.".startswith(f"{known}.") or known.startswith(f"{path}.")
            for known in self.doubtful_facts
        )


@dataclass(frozen=True, slots=True)
class Determination:
    """One letter: a case with its issues.

    ``diagnoses`` are the codes that the summary or a service prints: ICD-10, or ICD-9. ``ocr`` is
    ``None`` unless the letter was read from a scan.
    """

    case_id: str
    file: str
    era: Era
    outcome: str | None
    dates: Dates
    priority: str | None
    reviewer: Reviewer
    patient: Patient
    summary: str
    issues: tuple[Issue, ...]
    warnings: tuple[LetterWarning, ...]
    evidence: dict[str, Span] = field(default_factory=dict)
    diagnoses: tuple[str, ...] = ()
    ocr: OcrReading | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no letter: its key, its name, a short ``code`` and the reason in words."""

    key: str
    name: str
    code: str
    message: str


_CASE_ID = re.compile(r"CM\s*(\d{2})\s*-\s*(\d{7})(?!\d)", re.IGNORECASE)


def normal_case_id(printed: str) -> str | None:
    """``CM16-0213037`` for any way of printing it, ``None`` for anything else."""
    match = _CASE_ID.search(printed)
    return f"CM{match.group(1)}-{match.group(2)}" if match else None


def known_as(case_id: str) -> str:
    """The id under which a case is kept, for one that somebody types: ``cm16-0213037``."""
    return "CM{}-{}".format(*told.groups()) if (told := _CASE_ID.fullmatch(case_id)) else case_id


WHOLE_LETTER = 0
"""The number of the one document of a letter whose issues could not be read."""


@dataclass(frozen=True, slots=True)
class IssueId:
    """What identifies an issue: its case and its number in the letter.

    As text, the id of its document in an index: ``CM16-0000001#2``.
    """

    case_id: str
    number: int

    @classmethod
    def parse(cls, document_id: str) -> IssueId:
        """The issue of a document's id. Raises ValueError for a text without number."""
        case_id, _, number = document_id.rpartition("#")
        return cls(case_id, int(number))

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number}"


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A page or a section of a guideline; with neither, the guideline as a whole.

    As text, the value that it is indexed and searched under: ``mtus-chronic-pain:58``,
    ``odg-pain:gabapentin``, ``acoem-low-back``. Digits alone are a page, so that no section may
    be named by digits alone.
    """

    guideline: str
    page: int | None = None
    section: str | None = None

    @classmethod
    def parse(cls, value: str) -> CitedPlace:
        """The place of an indexed value; never raises."""
        guideline, _, place = value.partition(":")
        if place.isascii() and place.isdigit() and str(page := int(place[:5])) == place:
            return cls(guideline, page=page)
        return cls(guideline, section=place or None)

    @property
    def is_whole(self) -> bool:
        """Whether the guideline is meant, and no place in it."""
        return self.page is None and self.section is None

    def __str__(self) -> str:
        if self.is_whole:
            return self.guideline
        return f"{self.guideline}:{self.section if self.page is None else self.page}"
