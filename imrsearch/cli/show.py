"""``imrsearch show``: one case."""

from __future__ import annotations

from dataclasses import replace

import click

from imrsearch.api.cases import Cases
from imrsearch.cli.options import index_option, print_case, settings_of


@click.command()
@click.argument("case", metavar="CASE[#N]")
@index_option
@click.option("--json", "as_json", is_flag=True, help="The object that /case/ID.json answers.")
def show(case: str, as_json: bool) -> None:
    """Show one case: facts, summary, issues with both guideline statements, rationale; with #N,
    only that issue of it.

    Example: imrsearch show CM16-0000101
    """
    cases = Cases(settings_of())
    if "#" in case:
        determination, issue = cases.issue(case)
        print_case(replace(determination, issues=(issue,)), as_json=as_json)
    else:
        print_case(cases.case(case), as_json=as_json)
