"""Determinations and results as a terminal or a pipe shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

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
from imrsearch.search.outcome import FEWEST_FOR_RANGE
from imrsearch.search.results import Facet, Outcome, ResultRow, SearchResult
from imrsearch.search.similar import BothSides
from imrsearch.text.plurals import count, unit_of

_STYLES = {"overturned": "bold green", "upheld": "bold red"}
"""Of fewer issues a share says nothing: only the counts are shown."""
_WIDEST = 100
"""Lines longer than this are hard to read on any screen."""


def _console() -> Console:
    """As wide as the screen, 80 columns in a pipe; colours on a screen alone."""
    console = Console(highlight=False)
    return console if console.width <= _WIDEST else Console(highlight=False, width=_WIDEST)


def present(found: SearchResult | BothSides | Facet | Determination) -> None:
    """Print what was found, each kind in its way."""
    match found:
        case SearchResult():
            _show_result(found)
        case BothSides():
            _show_both_sides(found)
        case Facet():
            _show_facet(found)
        case Determination():
            _show_determination(found)


# ---------------------------------------------------------------------------------- results


def _show_result(result: SearchResult) -> None:
    """Print one page of results, a block each, under the rate."""
    console = _console()
    console.print(Text(f"{count(result.total, 'issue')}{_rate_text(result.outcome)}", style="bold"))
    console.print(Text(f"Read as: {result.read_as}", style="dim"))
    for note in result.notes:
        option = " (--mentions)" if note.code == "only-mentioned" else ""
        console.print(Text(f"Note: {note.message}{option}", style="yellow"))
    first = (result.page - 1) * result.per_page + 1
    for number, row in enumerate(result.rows, first):
        console.print()
        console.print(_block(number, row))
    console.print()
    if result.close:
        console.print(Text("Close to it, but not counted:", style="bold"))
    for number, row in enumerate(result.close, 1):
        console.print(_block(number, row))
        console.print()
    console.print(Text(_page_words(result, first, len(result.rows)), style="dim"))


def _show_both_sides(found: BothSides) -> None:
    """Print the nearest issues on both sides, a block each."""
    console = _console()
    for decision, rows in (("overturned", found.overturned), ("upheld", found.upheld)):
        console.print(Text(f"Nearest {decision}", style="bold"))
        if not rows:
            console.print(Text(f"   No issue of this kind was {decision}.", style="dim"))
        for number, row in enumerate(rows, 1):
            console.print(_block(number, row))
        console.print()


def _rate_text(outcome: Outcome) -> str:
    """Such as ": 9 overturned (9%, likely 5–16%; whole collection 12%)"; no share where a decision
    was asked for."""
    if outcome.rate is None or outcome.low is None or outcome.high is None:
        return ""
    told = f": {outcome.overturned:,} overturned"
    if outcome.by_decision:
        return f"{told} (chosen by their decision: no rate)"
    if outcome.issues < FEWEST_FOR_RANGE:
        return f"{told} (too few to tell a rate)"
    beside = outcome.collection_rate
    collection = "" if beside is None else f"; whole collection {beside:.0%}"
    return (
        f"{told} ({outcome.rate:.0%}, likely {outcome.low * 100:.0f}–{outcome.high:.0%}"
        f"{collection})"
    )


def _block(number: int, row: ResultRow) -> Group:
    """One issue: a line to know it by, the service, the excerpts, what the reviewer cites."""
    head = Text.assemble(
        (f"{number}. ", "dim"),
        (f"{row.case_id} #{row.number}", "bold"),
        "  ",
        (decision_label(row.decision).partition(":")[0], _STYLES.get(row.decision or "", "bold")),
        f"  {row.decided or 'no date'}",
    )
    lines = [Text(row.service, style="bold")]
    lines += [Text.assemble((f"{e.place}: ", "dim"), e.text) for e in row.excerpts]
    if row.citations:
        cited = "; ".join(map(_citation_words, row.citations))
        lines.append(Text.assemble(("reviewer cites: ", "dim"), cited))
    if row.others:
        lines.append(Text(f"+ {row.others:,} with the same wording", style="dim"))
    return Group(head, *(Padding(line, (0, 0, 0, 3)) for line in lines))


def _page_words(result: SearchResult, first: int, rows: int) -> str:
    if not rows:
        return "Nothing to show."
    whole = f"{result.total:,}"
    if result.wordings is not None:
        whole = f"{count(result.wordings, 'wording')} in {count(result.total, 'issue')}"
    told = f"{first:,}–{first + rows - 1:,} of {whole}; page {result.page} of {result.pages}"
    return told + (f". Next: --page {result.page + 1}" if result.page < result.pages else "")


def _show_facet(facet: Facet) -> None:
    """Print a facet's values, one a line: value, label, issues, overturned; for pipes as well."""
    width = max((len(value.value) for value in facet.values), default=0)
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{facet.label}: {count(len(facet.values), 'value')}", style="bold"))
    for value in facet.values:
        label = "" if value.label.casefold() == value.value else f"  {value.label}"
        noun = "issue " if value.count == 1 else "issues"
        counts = f"{value.count:>7,} {noun} {value.overturned:>6,} overturned"
        console.print(Text(f"{value.value:{width}}  {counts}{label}"))


# ------------------------------------------------------------------------------------- cases


def _show_determination(determination: Determination) -> None:
    """Print everything that is known of one case: facts, summary, issues and warnings."""
    console = _console()
    console.rule(Text(determination.case_id, style="bold"), align="left")
    console.print(_fact_table(_case_facts(determination)))
    console.print(Padding(Text(determination.summary or "No case summary."), (1, 0)))
    for issue in determination.issues:
        console.print(_issue_table(issue))
    for caution in determination.warnings:
        console.print(Text(f"Warning ({caution.code}): {caution.message}", style="yellow"))


def _fact_table(rows: Iterable[tuple[str, object]]) -> Table:
    """Names and values; what is not known is left out."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in rows:
        if value not in (None, "", ()):
            table.add_row(Text(name, style="dim"), Text(_value_words(value)))
    return table


def _value_words(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(map(str, value))
        case Quantity(amount, unit, minimum):
            least = f"{minimum:,}–" if minimum else ""
            return f"{least}{amount:,} {unit_of(amount, unit)}"
        case date():
            return value.isoformat()
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
        (decision_label(issue.decision), _STYLES.get(issue.decision or "", "bold")),
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
    yield "Rationale cites", "; ".join(map(_citation_words, issue.rationale_citations))
    yield "Guideline quoted", "; ".join(advice.text for advice in issue.recommendations)
    yield "MTUS Drug List", issue.formulary


def _reason_lines(name: str, reasons: Iterable[DecisionReason]) -> Iterator[tuple[str, object]]:
    for reason in reasons:
        yield name, f"{reason.criterion}, {reason.status}: {reason.evidence}"


def _statement_lines(side: str, statement: GuidelineStatement) -> Iterator[tuple[str, object]]:
    """What one side printed, and what was read from it."""
    yield side, statement.text or "nothing printed"
    yield f"{side} cites", "; ".join(map(_citation_words, statement.citations))


def _citation_words(citation: Citation) -> str:
    if citation.title is None:
        return citation.text
    year = f" {citation.year}" if citation.year else ""
    pages = f", p. {', '.join(map(str, citation.pages))}" if citation.pages else ""
    sections = f", {', '.join(citation.sections)}" if citation.sections else ""
    stale = " (this edition was not in force)" if citation.not_in_force else ""
    return f"{citation.title}{year}{sections}{pages}{stale}"
