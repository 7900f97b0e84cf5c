"""One page of results as a notebook shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Cells = tuple[str, str, str, str, Sequence[tuple[str, Markup]]]
"""A row: case, day, decision, service, and its excerpts, each with its place."""


def page_html(
    found: str, read_as: str, notes: Sequence[str], rows: Iterable[Cells], page: str
) -> str:
    """The rows as a table under what was found, how the search was read, and its notes.

    All text is escaped; the excerpts are markup already.
    """
    told = "".join(f"<li>{escape(note)}</li>" for note in notes)
    body = "".join(map(_table_row, rows))
    return (
        f"<p><b>{escape(found)}</b><br>Read as {escape(read_as)}</p>"
        + (f"<ul>{told}</ul>" if told else "")
        + "<table><thead><tr><th>Case</th><th>Decided</th><th>Decision</th>"
        f"<th>Service and excerpts</th></tr></thead><tbody>{body}</tbody></table>"
        f"<p>{escape(page)}</p>"
    )


def _table_row(cells: Cells) -> str:
    *plain, service, excerpts = cells
    shown = "".join(f"<br>{escape(place)}: {html}" for place, html in excerpts)
    columns = (*map(escape, plain), f"<b>{escape(service)}</b>{shown}")
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in columns) + "</tr>"
