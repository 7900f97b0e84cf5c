"""A letter's kept text into a determination, each fact with its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from imrsearch.catalogue.eras import UNKNOWN_ERA
from imrsearch.catalogue.warning_codes import letter_warning
from imrsearch.citations.editions import (
    ReviewDay,
    remark_rationale,
    remark_statement,
    review_day,
)
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
from imrsearch.letters.header import case_id_of_name, read_fields, read_told_dates
from imrsearch.letters.issues import Item, split_items
from imrsearch.letters.modified_request import read_request
from imrsearch.letters.passage import FoundFact, Passage, Unwrapped
from imrsearch.letters.patient import infer_sex, read_age, read_injury_date, read_sex
from imrsearch.letters.reviewer import read_reviewer
from imrsearch.letters.sections import OF_AN_ISSUE, Sections, split_sections
from imrsearch.letters.service import ServiceFacts, read_amount, read_service
from imrsearch.letters.summary_facts import Evidence, read_diagnoses, with_summary_facts
from imrsearch.model import (
    OVERTURNED,
    UPHELD,
    Citation,
    Dates,
    DecisionReason,
    Determination,
    GuidelineStatement,
    Issue,
    LetterWarning,
    OcrReading,
    Patient,
    Recommendation,
    Reviewer,
    VisitsSoFar,
    normal_case_id,
)
from imrsearch.reasons.read import read_reasons
from imrsearch.reasons.visits import read_visits

# A summary introduces its patient at once; this far is looked, in characters.
_FIRST_CHARACTERS = 20_000

# Letters repeat each other's statements word by word (260 different ones among 508).
_read_statement = lru_cache(maxsize=4096)(read_statement)

FactValue = TypeVar("FactValue")


def parse(text: str, name: str, ocr: OcrReading | None = None) -> Determination:
    """The determination that a kept text (``layout.kept_text``) tells.

    ``name`` is the file's name: it gives the case number where the letter prints none. ``ocr``
    tells where the text of a scan is doubtful. Raises
    LetterError ``not-a-letter`` for a text that is no determination; anything else that cannot be
    read becomes a caution.
    """
    sections = split_sections(text)
    evidence: Evidence = {}
    fields = read_fields(sections.head)
    if sections.template and sections.template.told:
        fields = {**read_told_dates(sections.letter, sections.template.told), **fields}
    case_id = _case_id(fields, name, text, evidence)
    latest = _latest_year(fields, text, case_id)
    issues = tuple(_read_issue(item, sections, evidence) for item in split_items(sections))
    summary = sections.get("summary")
    issues = with_summary_facts(evidence, issues, summary)
    dates = _dates(fields, sections, latest, evidence)
    issues = _with_editions(issues, dates)
    if priority := fields.get("priority"):
        priority = FoundFact(priority.value.lower(), priority.span)
    determination = Determination(
        case_id=case_id,
        file=name,
        era=sections.template.name if sections.template else UNKNOWN_ERA,
        outcome=_outcome(issues),
        dates=dates,
        priority=_keep(evidence, "priority", priority),
        reviewer=_reviewer(sections, evidence),
        patient=_patient(sections, evidence),
        summary=_placed_text(evidence, "summary", summary, summary.unwrap()),
        issues=issues,
        warnings=_layout_cautions(sections, issues),
        evidence=evidence,
        diagnoses=read_diagnoses(evidence, summary),
    )
    if ocr:
        determination = replace(determination, ocr=doubted(ocr, determination, text))
    return replace(
        determination, warnings=determination.warnings + check_determination(determination)
    )


# --------------------------------------------------------------------------- the letter's facts


def _case_id(fields: dict[str, FoundFact[str]], name: str, text: str, evidence: Evidence) -> str:
    printed = fields.get("case_id")
    known = normal_case_id(printed.value) if printed else None
    if printed and known:
        evidence["case_id"] = printed.span
        return known
    return case_id_of_name(name, text)


def _latest_year(fields: dict[str, FoundFact[str]], text: str, case_id: str) -> int:
    """The year of the decision, by which two-digit years are resolved."""
    decided = fields.get("decided")
    match = DATE.search(decided.value) if decided else None
    year = match and (match.group("year") or match.group("year_of_name"))
    if year and len(year) == 4:
        return int(year)
    return latest_year(text, normal_case_id(case_id))


def _dates(
    fields: dict[str, FoundFact[str]], sections: Sections, latest: int, evidence: Evidence
) -> Dates:
    days: dict[str, FoundFact[date] | None] = {}
    for name in ("injury", "ur_denial", "received", "assigned", "decided"):
        if field := fields.get(name):
            match = DATE.search(field.value)
            day = read_date(match, latest) if match else None
            days[name] = FoundFact(day, field.span) if day else None
    if days.get("injury") is None:
        days["injury"] = read_injury_date(
            sections.get("summary").slice(0, _FIRST_CHARACTERS), latest
        )
    return Dates(**{name: _keep(evidence, f"dates.{name}", day) for name, day in days.items()})


def _reviewer(sections: Sections, evidence: Evidence) -> Reviewer:
    facts = read_reviewer(sections.get("reviewer") or sections.head)
    kept: dict[str, tuple[str, ...]] = {}
    for name in ("specialties", "subspecialties", "licensed_in"):
        found: tuple[FoundFact[str], ...] = getattr(facts, name)
        for place, one in enumerate(found):
            evidence[f"reviewer.{name}.{place}"] = one.span
        kept[name] = tuple(one.value for one in found)
    return Reviewer(**kept)


def _patient(sections: Sections, evidence: Evidence) -> Patient:
    summary = sections.get("summary").slice(0, _FIRST_CHARACTERS)
    told = read_sex(summary)
    inferred = None if told else infer_sex(summary)
    return Patient(
        age=_keep(evidence, "patient.age", read_age(summary)),
        sex=_keep(evidence, "patient.sex", told or inferred),
        sex_inferred=inferred is not None,
    )


def _outcome(issues: tuple[Issue, ...]) -> str | None:
    decisions = {issue.decision for issue in issues}
    if decisions == {UPHELD, OVERTURNED}:
        return "partly overturned"
    return decisions.pop() if len(decisions) == 1 and decisions <= {UPHELD, OVERTURNED} else None


def _layout_cautions(sections: Sections, issues: tuple[Issue, ...]) -> tuple[LetterWarning, ...]:
    if sections.template is None:
        return (
            letter_warning("unknown-layout", "the letter's layout is not known; kept as full text"),
        )
    repeated = tuple(
        letter_warning(
            "repeated-heading", f"the heading of the section “{name}” occurs more than once"
        )
        for name, again in Counter(sections.repeated).items()
        if not (name in OF_AN_ISSUE and again < len(issues))  # era P: once for each
    )
    untold = sorted(decided_numbers(sections) - {issue.number for issue in issues})
    return repeated + tuple(
        letter_warning(
            "missing-issue", f"the letter decides issue {number}, but its part is not found"
        )
        for number in untold
    )


# ---------------------------------------------------------------------------------- the issues


def _read_issue(item: Item, sections: Sections, evidence: Evidence) -> Issue:
    here = f"issues.{item.number}"
    heading = _service_heading(item, sections)
    reading = heading.unwrap()
    evidence[f"{here}.heading"] = heading.span
    request = read_request(reading.text)
    parts: dict[str, str | None] = {}
    for name in ("service", "original_request", "authorized"):
        span = getattr(request, name)
        parts[name] = reading.text[slice(*span)] if span else None
        if span and span[1] > span[0]:
            evidence[f"{here}.{name}"] = reading.span(*span)
    facts = read_service(parts["service"] or "")
    for name, (start, end) in facts.spans.items():
        offset = request.service[0]
        evidence[f"{here}.{name}"] = reading.span(offset + start, offset + end)
    administrator = _statement(evidence, f"{here}.claims_administrator", item.claims_administrator)
    decision = _keep(evidence, f"{here}.decision", _read_decision(item, sections))
    rationale = item.rationale.unwrap()
    return Issue(
        number=item.number,
        heading=reading.text,
        service=parts["service"] or "",
        decision=decision,
        original_request=parts["original_request"],
        authorized=parts["authorized"],
        flags=facts.flags,
        category=facts.category,
        subcategory=facts.subcategory,
        treatment=facts.treatment,
        further_treatments=facts.further_treatments,
        body_parts=facts.body_parts,
        sides=facts.sides,
        levels=facts.levels,
        quantity=facts.quantity,
        claims_administrator=administrator,
        reviewer_guideline=_reviewer_statement(evidence, here, item, administrator),
        rationale=_placed_text(evidence, f"{here}.rationale", item.rationale, rationale),
        rationale_citations=_rationale_citations(evidence, here, rationale),
        reasons=_read_reasons(evidence, here, rationale, decision, facts),
        visits_so_far=_visits(evidence, here, rationale),
        original_quantity=read_amount(parts["original_request"] or "", facts.category),
        authorized_quantity=read_amount(parts["authorized"] or "", facts.category),
        dose=facts.dose,
        recommendations=_recommendations(evidence, here, rationale),
        formulary=_formulary(evidence, here, rationale),
    )


def _read_reasons(
    evidence: Evidence, here: str, reading: Unwrapped, decision: str | None, service: ServiceFacts
) -> tuple[DecisionReason, ...]:
    reasons = read_reasons(reading.text, decision, service.category, service.subcategory)
    for place, reason in enumerate(reasons):
        evidence[f"{here}.reasons.{place}"] = reading.span(*reason.span)
    return reasons


def _visits(evidence: Evidence, here: str, reading: Unwrapped) -> VisitsSoFar | None:
    visits = read_visits(reading.text)
    if visits:
        evidence[f"{here}.visits_so_far"] = reading.span(*visits.span)
    return visits


def _with_editions(issues: tuple[Issue, ...], dates: Dates) -> tuple[Issue, ...]:
    """The issues with remarks on cited editions that were not in force."""
    review = review_day(dates)
    if review is None:
        return issues
    return tuple(_with_remarks(issue, review) for issue in issues)


def _with_remarks(issue: Issue, review: ReviewDay) -> Issue:
    sides = issue.claims_administrator, issue.reviewer_guideline
    before = (*sides, issue.rationale_citations)
    administrator, reviewer = (remark_statement(side, review) for side in sides)
    rationale = remark_rationale(issue.rationale_citations, review)
    if (administrator, reviewer, rationale) == before:  # mostly so
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


def _read_decision(item: Item, sections: Sections) -> FoundFact[str] | None:
    way = sections.template.decision if sections.template else None
    if way == "word":
        return decision_of_word(item.heading)
    return decision_of_section(item) if way == "section" else decision_of_sentence(item, sections)


def _statement(evidence: Evidence, here: str, passage: Passage) -> GuidelineStatement:
    reading = passage.unwrap()
    if not reading.text:
        return GuidelineStatement("", None, ())
    found = _read_statement(reading.text)
    evidence[f"{here}.text"] = passage.strip().span
    if found.basis_span:
        evidence[f"{here}.basis"] = reading.span(*found.basis_span)
    for place, (start, end) in enumerate(found.spans):
        evidence[f"{here}.citations.{place}"] = reading.span(start, end)
    return found.statement


def _reviewer_statement(
    evidence: Evidence, here: str, item: Item, administrator: GuidelineStatement
) -> GuidelineStatement:
    """The reviewer's statement; one that adopts the administrator's guidelines cites the same."""
    own = _statement(evidence, f"{here}.reviewer_guideline", item.reviewer_guideline)
    reading = item.reviewer_guideline.unwrap()
    adopted = None if own.citations else adopts(reading.text)
    if adopted is None or administrator.basis is None:
        return own
    evidence[f"{here}.reviewer_guideline.basis"] = reading.span(*adopted)
    for place in range(len(administrator.citations)):
        theirs = evidence[f"{here}.claims_administrator.citations.{place}"]
        evidence[f"{here}.reviewer_guideline.citations.{place}"] = theirs
    return replace(own, basis=administrator.basis, citations=administrator.citations)


def _rationale_citations(evidence: Evidence, here: str, reading: Unwrapped) -> tuple[Citation, ...]:
    found = read_rationale(reading.text)
    for place, each in enumerate(found):
        evidence[f"{here}.rationale_citations.{place}"] = reading.span(each.start, each.end)
    return tuple(each.citation for each in found)


def _recommendations(
    evidence: Evidence, here: str, reading: Unwrapped
) -> tuple[Recommendation, ...]:
    found = tuple(quoted_advice(reading.text))
    for place, each in enumerate(found):
        evidence[f"{here}.recommendations.{place}"] = reading.span(each.start, each.end)
    return tuple(each.recommendation for each in found)


def _formulary(evidence: Evidence, here: str, reading: Unwrapped) -> tuple[str, ...]:
    found = read_formulary(reading.text)
    for place, each in enumerate(found):
        evidence[f"{here}.formulary.{place}"] = reading.span(each.start, each.end)
    return tuple(each.status for each in found)


def _placed_text(evidence: Evidence, path: str, passage: Passage, reading: Unwrapped) -> str:
    """A passage's reading, its place kept; the empty text has none."""
    stripped = passage.strip()
    if stripped:
        evidence[path] = stripped.span
    return reading.text


def _keep(evidence: Evidence, path: str, found: FoundFact[FactValue] | None) -> FactValue | None:
    """A found fact's value, its place kept."""
    if found is None:
        return None
    evidence[path] = found.span
    return found.value
