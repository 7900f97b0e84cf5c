"""A case as printed to a terminal or a pipe, and what results share with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from imrsearch.model import (
    Citation,
    DecisionReason,
    Determination,
    GuidelineStatement,
    Issue,
    Quantity,
)
from imrsearch.schema import decision_label
from imrsearch.schema.citation_words import citation_source, page_sign
from imrsearch.text.quantities import quantity_words

STYLES = {"overturned": "bold green", "upheld": "bold red"}
"""How a decision is printed; others in bold."""
_WIDEST = 100
"""Lines longer than this are hard to read on any screen."""


def console() -> Console:
    """As wide as the screen, 80 columns in a pipe; colours on a screen alone."""
    return Console(width=min(Console().width, _WIDEST))


def show_case(determination: Determination) -> None:
    """Print everything that is known of one case: facts, summary, issues and warnings."""
    screen = console()
    screen.rule(Text(determination.case_id, style="bold"), align="left")
    screen.print(_fact_table(_case_facts(determination)))
    screen.print(Padding(Text(determination.summary or "No case summary."), (1, 0)))
    for issue in determination.issues:
        screen.print(_issue_table(issue))
    for caution in determination.warnings:
        screen.print(Text(f"Warning ({caution.code}): {caution.message}", style="yellow"))


def _fact_table(rows: Iterable[tuple[str, object]]) -> Table:
    """Names and values; what is not known is left out."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in rows:
        if value not in (None, "", ()):
            table.add_row(Text(name, style="dim"), Text(_fact_words(value)))
    return table


def _fact_words(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(map(str, value))
        case Quantity(amount, unit, minimum):
            return quantity_words(amount, unit, minimum)
        case _:
            return str(value)


def _case_facts(determination: Determination) -> Iterator[tuple[str, object]]:
    dates, reviewer, patient = determination.dates, determination.reviewer, determination.patient
    yield "Outcome", determination.outcome
    yield "Decided", dates.decided
    yield "Injury", dates.injury
    yield "Denied by UR", dates.ur_denial
    yield "Application", dates.received
    yield "Assigned", dates.assigned
    yield "Priority", determination.priority
    yield "Specialty", reviewer.specialties
    yield "Subspecialty", reviewer.subspecialties
    yield "Licensed in", reviewer.licensed_in
    yield "Age", patient.age
    yield "Sex", patient.sex
    yield "Diagnosis codes", determination.diagnoses
    yield "Form", determination.era
    yield "File", determination.file


def _issue_table(issue: Issue) -> Group:
    title = Text.assemble(
        (f"{issue.number}. {issue.service}  ", "bold"),
        (decision_label(issue.decision), STYLES.get(issue.decision or "", "bold")),
    )
    return Group(
        title,
        _fact_table(_issue_lines(issue)),
        Padding(Text(issue.rationale or "No rationale could be read."), (0, 0, 1, 0)),
    )


def _issue_lines(issue: Issue) -> Iterator[tuple[str, object]]:
    yield "Heading", issue.heading if issue.heading != issue.service else None
    yield "Kind", " > ".join(part for part in (issue.category, issue.subcategory) if part)
    yield "Treatment", issue.treatment
    yield "Body part", issue.body_parts
    yield "Body part from", issue.body_part_source
    yield "Side", issue.sides
    yield "Level", issue.levels
    yield "Quantity", issue.quantity
    yield "Dose", issue.dose and f"{issue.dose.text} ({issue.dose.amount} {issue.dose.unit})"
    yield "Request", issue.flags
    yield "Original request", issue.original_request
    yield "Authorized", issue.authorized
    yield "Quantity before", issue.original_quantity
    yield "Quantity granted", issue.authorized_quantity
    yield "UR action", issue.ur_action
    yield "Also asked for", issue.further_treatments
    if issue.visits_so_far:
        visits = issue.visits_so_far
        yield "Visits so far", f"{visits.count}: {visits.evidence} (from the {visits.source})"
    yield from _reason_lines("Reason", issue.reasons)
    yield from _reason_lines("Denial", issue.denial_reasons)
    yield from _statement_lines("Administrator", issue.claims_administrator)
    yield from _statement_lines("Reviewer", issue.reviewer_guideline)
    yield "Rationale cites", "; ".join(map(citation_line, issue.rationale_citations))
    yield "Guideline quoted", "; ".join(advice.text for advice in issue.recommendations)
    yield "MTUS Drug List", issue.formulary


def _reason_lines(name: str, reasons: Iterable[DecisionReason]) -> Iterator[tuple[str, object]]:
    for reason in reasons:
        yield name, f"{reason.criterion}, {reason.status}: {reason.evidence}"


def _statement_lines(side: str, statement: GuidelineStatement) -> Iterator[tuple[str, object]]:
    """What one side printed, and what was read from it."""
    yield side, statement.text or "nothing printed"
    yield f"{side} cites", "; ".join(map(citation_line, statement.citations))


def citation_line(citation: Citation) -> str:
    """A citation by the work, as on the pages: ODG's "Shoulder" is not ACOEM's. As printed where
    the catalogue does not know it."""
    if citation.title is None:
        return citation.text
    sections = f": {'; '.join(citation.sections)}" if citation.sections else ""
    numbers = ", ".join(map(str, citation.pages))
    pages = f", {page_sign(citation.pages)} {numbers}" if numbers else ""
    stale = " (this edition was not in force)" if citation.not_in_force else ""
    return f"{citation_source(citation)}{sections}{pages}{stale}"
