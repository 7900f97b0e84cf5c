"""Determinations and results as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from imrsearch.model import Citation, Determination, GuidelineStatement, Issue
from imrsearch.schema import decision_label
from imrsearch.search.results import SearchResult

_STYLES = {"overturned": "bold green", "upheld": "bold red"}


def show_determination(determination: Determination) -> None:
    """Print one case: its facts, summary, issues and warnings."""
    console = Console(highlight=False)
    console.rule(Text(determination.case_id, style="bold"), align="left")
    console.print(_fact_lines(determination))
    console.print(Padding(Text(determination.summary), (1, 0)))
    for issue in determination.issues:
        console.print(_issue_lines(issue))
    for caution in determination.warnings:
        console.print(Text(f"Warning ({caution.code}): {caution.message}", style="yellow"))


def show_result(result: SearchResult) -> None:
    """Print one page of results as a readable table."""
    console = Console(highlight=False)
    console.print(Text(f"{result.total:,} issues", style="bold"), Text(result.read_as, "dim"))
    for note in result.notes:
        console.print(Text(note.message, style="yellow"))
    table = Table(box=None, padding=(0, 2, 1, 0))
    for title in ("Case", "Decision", "Service and excerpt"):
        table.add_column(title, no_wrap=title == "Case")
    for row in result.rows:
        excerpts = [Text.assemble((f"{e.place}: ", "dim"), e.text) for e in row.excerpts]
        table.add_row(
            f"{row.case_id} #{row.number}",
            Text(row.decision_label, style=_STYLES.get(row.decision or "", "bold")),
            Group(Text(row.service, style="bold"), *excerpts),
        )
    console.print(table)
    if result.pages > 1:
        console.print(Text(f"Page {result.page} of {result.pages}", style="dim"))


def _fact_lines(determination: Determination) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in _fact_rows(determination):
        if value:
            table.add_row(Text(name, style="dim"), value)
    return table


def _fact_rows(determination: Determination) -> Iterator[tuple[str, str]]:
    dates, reviewer, patient = determination.dates, determination.reviewer, determination.patient
    yield "Outcome", determination.outcome or ""
    yield "Decided", str(dates.decided or "")
    yield "Injury", str(dates.injury or "")
    yield "Denied by UR", str(dates.ur_denial or "")
    yield "Application", str(dates.received or "")
    yield "Reviewer", ", ".join(reviewer.specialties + reviewer.subspecialties)
    yield "Licensed in", ", ".join(reviewer.licensed_in)
    yield "Patient", " ".join(str(part) for part in (patient.age, patient.sex) if part)


def _issue_lines(issue: Issue) -> Group:
    title = Text.assemble(
        (f"{issue.number}. {issue.service}  ", "bold"),
        (decision_label(issue.decision), _STYLES.get(issue.decision or "", "bold")),
    )
    kind = " > ".join(part for part in (issue.category, issue.subcategory) if part)
    return Group(
        title,
        Text(", ".join(filter(None, (kind, *issue.body_parts, *issue.flags))), style="dim"),
        _statement_line("Claims administrator", issue.claims_administrator),
        _statement_line("Reviewer", issue.reviewer_guideline),
        Padding(Text(issue.rationale), (0, 0, 1, 0)),
    )


def _statement_line(side: str, statement: GuidelineStatement) -> Text:
    cited = "; ".join(_cited_line(citation) for citation in statement.citations)
    return Text.assemble((f"{side}: ", "dim"), cited or statement.text or "nothing printed")


def _cited_line(citation: Citation) -> str:
    if citation.title is None:
        return citation.text
    year = f" {citation.year}" if citation.year else ""
    pages = f", p. {', '.join(map(str, citation.pages))}" if citation.pages else ""
    sections = f", {', '.join(citation.sections)}" if citation.sections else ""
    return f"{citation.title}{year}{sections}{pages}"
