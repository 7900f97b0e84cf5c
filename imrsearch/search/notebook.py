"""One page of results as a notebook shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from imrsearch.search.results import Outcome, ResultRow, SearchResult


def result_html(result: SearchResult) -> str:
    """The rows as a table under the number of issues, how the search was read, and its notes.

    All text is escaped; the excerpts' marks are those of ``Excerpt.html``.
    """
    found = "1 issue" if result.total == 1 else f"{result.total:,} issues"
    notes = "".join(f"<li>{escape(note.message)}</li>" for note in result.notes)
    rows = "".join(map(_row, result.rows))
    return (
        f"<p><b>{found}</b>{_rate_text(result.outcome)}"
        f"<br>Read as {escape(result.read_as)}</p>"
        + (f"<ul>{notes}</ul>" if notes else "")
        + "<table><thead><tr><th>Case</th><th>Decided</th><th>Decision</th>"
        f"<th>Service and excerpts</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>Page {result.page} of {result.pages}</p>"
    )


def _rate_text(outcome: Outcome) -> str:
    return "" if outcome.rate is None else f", {outcome.rate:.0%} overturned"


def _row(row: ResultRow) -> str:
    excerpts = "".join(f"<br>{escape(one.place)}: {one.html}" for one in row.excerpts)
    cells = (
        f"{escape(row.case_id)} #{row.number}",
        escape(row.decided or ""),
        escape(row.decision_label),
        f"<b>{escape(row.service)}</b>{excerpts}",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
