"""A letter's kept text into a determination, each fact with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from imrsearch.catalogue.eras import UNKNOWN_ERA
from imrsearch.catalogue.warning_codes import letter_warning
from imrsearch.citations.editions import remark_rationale, remark_statement
from imrsearch.citations.formulary import read_formulary
from imrsearch.citations.rationale import read_rationale
from imrsearch.citations.recommendations import quoted_advice
from imrsearch.citations.statements import adopts, read_statement
from imrsearch.letters.consistency import check_determination
from imrsearch.letters.dates import DATE, latest_year, read_date
from imrsearch.letters.decision import (
    decided_numbers,
    decision_of_section,
    decision_of_sentence,
    decision_of_word,
    heading_without_decision,
)
from imrsearch.letters.doubts import doubted
from imrsearch.letters.evidence import Evidence
from imrsearch.letters.header import case_id_of_name, read_fields, read_told_dates
from imrsearch.letters.issues import Item, split_items
from imrsearch.letters.modified_request import read_request
from imrsearch.letters.passage import Passage
from imrsearch.letters.patient import infer_sex, read_age, read_injury_date, read_sex
from imrsearch.letters.reviewer import read_reviewer
from imrsearch.letters.sections import OF_AN_ISSUE, Sections, split_sections
from imrsearch.letters.service import SERVICE_FACTS, read_amount, read_service
from imrsearch.letters.summary_facts import read_diagnoses, with_summary_facts
from imrsearch.model import (
    OVERTURNED,
    UPHELD,
    Dates,
    Determination,
    GuidelineStatement,
    Issue,
    LetterWarning,
    OcrReading,
    Patient,
    Reviewer,
    normal_case_id,
)
from imrsearch.reasons.read import read_reasons
from imrsearch.reasons.visits import read_visits
from imrsearch.text.located import Located

# A summary introduces its patient at once; this far is looked, in characters.
_FIRST_CHARACTERS = 20_000

# Letters repeat each other's statements word by word (260 different ones among 508).
_read_statement = lru_cache(maxsize=4096)(read_statement)


def parse(text: str, name: str, ocr: OcrReading | None = None) -> Determination:
    """The determination that a kept text (``layout.kept_text``) tells.

    ``name`` is the file's name: it gives the case number where the letter prints none. ``ocr``
    tells where the text of a scan is doubtful. Raises
    LetterError ``not-a-letter`` for a text that is no determination; anything else that cannot be
    read becomes a caution.
    """
    sections = split_sections(text)
    evidence = Evidence({})
    fields = read_fields(sections.head)
    if sections.template and sections.template.told:
        fields = {**read_told_dates(sections.letter, sections.template.told), **fields}
    case_id = _case_id(fields, name, text, evidence)
    decided = fields["decided"].value if "decided" in fields else ""
    latest = latest_year(decided, text, normal_case_id(case_id))
    issues = tuple(_read_issue(item, sections, evidence) for item in split_items(sections))
    summary = sections.get("summary")
    issues = with_summary_facts(evidence, issues, summary)
    dates = _dates(fields, sections, latest, evidence)
    issues = tuple(_with_editions(issue, dates) for issue in issues)
    priority = evidence.keep("priority", fields.get("priority"))
    told = read_reviewer(sections.get("reviewer") or sections.head)
    reviewer = {name: evidence.keep_all(f"reviewer.{name}", some) for name, some in told.items()}
    patient = _patient(sections, evidence)
    evidence.note_text("summary", summary)
    determination = Determination(
        case_id=case_id,
        file=name,
        era=sections.template.name if sections.template else UNKNOWN_ERA,
        outcome=_outcome(issues),
        dates=dates,
        priority=priority.lower() if priority else priority,
        reviewer=Reviewer(**reviewer),
        patient=patient,
        summary=summary.unwrap().text,
        issues=issues,
        warnings=tuple(_layout_cautions(sections, issues)),
        evidence=evidence.spans,
        diagnoses=read_diagnoses(evidence, summary),
    )
    if ocr:
        determination = replace(determination, ocr=doubted(ocr, determination, text))
    return replace(
        determination, warnings=determination.warnings + check_determination(determination)
    )


# --------------------------------------------------------------------------- the letter's facts


def _case_id(fields: dict[str, Located[str]], name: str, text: str, evidence: Evidence) -> str:
    printed = fields.get("case_id")
    known = normal_case_id(printed.value) if printed else None
    if printed and known:
        evidence.note("case_id", printed.start, printed.end)
        return known
    return case_id_of_name(name, text)


def _dates(
    fields: dict[str, Located[str]], sections: Sections, latest: int, evidence: Evidence
) -> Dates:
    days: dict[str, Located[date] | None] = {}
    for name in ("injury", "ur_denial", "received", "assigned", "decided"):
        if field := fields.get(name):
            match = DATE.search(field.value)
            day = read_date(match, latest) if match else None
            days[name] = Located(day, field.start, field.end) if day else None
    if days.get("injury") is None:
        days["injury"] = read_injury_date(
            sections.get("summary").slice(0, _FIRST_CHARACTERS), latest
        )
    found = evidence.of("dates")
    return Dates(**{name: found.keep(name, day) for name, day in days.items()})


def _patient(sections: Sections, evidence: Evidence) -> Patient:
    summary = sections.get("summary").slice(0, _FIRST_CHARACTERS)
    told = read_sex(summary)
    inferred = None if told else infer_sex(summary)
    return Patient(
        age=evidence.keep("patient.age", read_age(summary)),
        sex=evidence.keep("patient.sex", told or inferred),
        sex_inferred=inferred is not None,
    )


def _outcome(issues: tuple[Issue, ...]) -> str | None:
    decisions = {issue.decision for issue in issues}
    if decisions == {UPHELD, OVERTURNED}:
        return "partly overturned"
    return decisions.pop() if len(decisions) == 1 and decisions <= {UPHELD, OVERTURNED} else None


def _layout_cautions(sections: Sections, issues: tuple[Issue, ...]) -> Iterator[LetterWarning]:
    if sections.template is None:
        yield letter_warning(
            "unknown-layout", "the letter's layout is not known; kept as full text"
        )
        return
    if sections.joined is not None:
        message = f"the file holds another letter, {sections.joined}; only the first is read"
        yield letter_warning("joined-letters", message)
    for name, again in Counter(sections.repeated).items():
        if not (name in OF_AN_ISSUE and again < len(issues)):  # era P: once for each
            message = f"the heading of the section “{name}” occurs more than once"
            yield letter_warning("repeated-heading", message)
    for number in sorted(decided_numbers(sections) - {issue.number for issue in issues}):
        message = f"the letter decides issue {number}, but its part is not found"
        yield letter_warning("missing-issue", message)


# ---------------------------------------------------------------------------------- the issues


def _read_issue(item: Item, sections: Sections, letter: Evidence) -> Issue:
    evidence = letter.of(f"issues.{item.number}")
    heading = _service_heading(item, sections)
    evidence.note("heading", heading.start, heading.end)
    reading, rationale = heading.unwrap(), item.rationale.unwrap()
    of_heading, of_rationale = evidence.through(reading), evidence.through(rationale)
    parts: dict[str, str] = {}
    request = read_request(reading.text)
    for name, (start, end) in request.items():
        parts[name] = reading.text[start:end]
        if parts[name]:
            of_heading.note(name, start, end)
    facts = read_service(parts["service"])
    offset, _ = request["service"]
    for name, span in facts.spans.items():
        of_heading.note(name, offset + span.start, offset + span.end)
    administrator = _statement(evidence, "claims_administrator", item.claims_administrator)
    decision = evidence.keep("decision", _read_decision(item, sections))
    counted = read_visits(rationale.text)
    visits = Located(counted, *counted.span) if counted else None
    reviewer = _reviewer_statement(evidence, item, administrator)
    evidence.note_text("rationale", item.rationale)
    return Issue(
        number=item.number,
        heading=reading.text,
        service=parts["service"],
        decision=decision,
        original_request=parts.get("original_request"),
        authorized=parts.get("authorized"),
        **{name: getattr(facts, name) for name in SERVICE_FACTS},
        claims_administrator=administrator,
        reviewer_guideline=reviewer,
        rationale=rationale.text,
        rationale_citations=of_rationale.keep_all(
            "rationale_citations", read_rationale(rationale.text)
        ),
        reasons=of_rationale.keep_told(
            "reasons", read_reasons(rationale.text, decision, facts.category, facts.subcategory)
        ),
        visits_so_far=of_rationale.keep("visits_so_far", visits),
        original_quantity=read_amount(parts.get("original_request", ""), facts.category),
        authorized_quantity=read_amount(parts.get("authorized", ""), facts.category),
        recommendations=of_rationale.keep_all("recommendations", [*quoted_advice(rationale.text)]),
        formulary=of_rationale.keep_all("formulary", read_formulary(rationale.text)),
    )


def _with_editions(issue: Issue, dates: Dates) -> Issue:
    """The issue with remarks on cited editions that were not in force."""
    told = issue.claims_administrator, issue.reviewer_guideline, issue.rationale_citations
    administrator, reviewer = (remark_statement(statement, dates) for statement in told[:2])
    rationale = remark_rationale(told[2], dates)
    if (administrator, reviewer, rationale) == told:  # mostly so, and a copy costs
        return issue
    return replace(
        issue,
        claims_administrator=administrator,
        reviewer_guideline=reviewer,
        rationale_citations=rationale,
    )


def _service_heading(item: Item, sections: Sections) -> Passage:
    """The heading without its decision; of a numbered heading only the service's words."""
    if item.match:
        return item.heading.group(item.match, "service") or item.heading
    if sections.template and sections.template.decision == "word":
        return heading_without_decision(item.heading)
    return item.heading


def _read_decision(item: Item, sections: Sections) -> Located[str] | None:
    way = sections.template.decision if sections.template else None
    if way == "word":
        return decision_of_word(item.heading)
    return decision_of_section(item) if way == "section" else decision_of_sentence(item, sections)


def _statement(letter: Evidence, name: str, passage: Passage) -> GuidelineStatement:
    reading = passage.unwrap()
    if not reading.text:
        return GuidelineStatement("", None, ())
    evidence = letter.of(name)
    evidence.note_text("text", passage)
    found = _read_statement(reading.text)
    of_reading = evidence.through(reading)
    of_reading.keep("basis", found.basis)
    of_reading.keep_all("citations", found.citations)
    return found.statement


def _reviewer_statement(
    evidence: Evidence, item: Item, administrator: GuidelineStatement
) -> GuidelineStatement:
    """The reviewer's statement; one that adopts the administrator's guidelines cites the same."""
    own = _statement(evidence, "reviewer_guideline", item.reviewer_guideline)
    reading = item.reviewer_guideline.unwrap()
    adopted = None if own.citations else adopts(reading.text)
    if adopted is None or administrator.basis is None:
        return own
    evidence.through(reading).note("reviewer_guideline.basis", *adopted)
    for place in range(len(administrator.citations)):
        theirs = f"{evidence.path}claims_administrator.citations.{place}"
        evidence.note_again(f"reviewer_guideline.citations.{place}", theirs)
    return replace(own, basis=administrator.basis, citations=administrator.citations)
