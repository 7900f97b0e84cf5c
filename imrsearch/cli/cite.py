"""``imrsearch cite``: an issue as it is cited and quoted in a brief."""

from __future__ import annotations

from dataclasses import replace
from textwrap import fill

import click
import msgspec

from imrsearch.api.searching import Searching
from imrsearch.cli.options import exclusive, index_option, print_json, settings_of
from imrsearch.search.export import FORMATS
from imrsearch.search.state import SearchState

_REFERENCES = ("bib", "ris")
_LINE_WIDTH = 80


@click.command()
@click.argument("issue", metavar="CASE#N")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Citation, quote, sentence, url and build.")
@click.option(
    "--as", "suffix", type=click.Choice(_REFERENCES), help="A reference as BibTeX or RIS."
)
def cite(issue: str, as_json: bool, suffix: str | None) -> None:
    """Print an issue's citation and the sentence that decides it, ready to paste.

    Example: imrsearch cite CM16-0000101#1
    """
    exclusive({"--json": as_json, "--as": suffix})
    index = Searching(settings_of())
    if suffix:
        click.echo(_issue_reference(index, issue, suffix), nl=False)
        return
    found = index.cite(issue)
    if as_json:
        print_json(msgspec.to_builtins(found) | {"build": index.build})
        return
    for paragraph in filter(None, (found.citation, found.quote)):
        # Lines for a screen; an address stays in one piece, to be copied.
        click.echo(fill(paragraph, _LINE_WIDTH, break_long_words=False, break_on_hyphens=False))
        click.echo()


def _issue_reference(index: Searching, issue: str, suffix: str) -> str:
    case, wanted = index.issue(issue)
    found = index.export(SearchState(f"case:{case.case_id}"))
    rows = tuple(row for row in found.rows if row.number == wanted.number)
    return "".join(FORMATS[suffix].write(replace(found, rows=rows), index.settings.site_url))
