"""``imrsearch show``: one case."""

from __future__ import annotations

import click

from imrsearch.api.cases import Cases
from imrsearch.cli.options import index_option, print_case, settings_of


@click.command()
@click.argument("case_id")
@index_option
@click.option("--json", "as_json", is_flag=True, help="The object that /case/ID.json answers.")
@click.pass_context
def show(context: click.Context, case_id: str, index_folder: str | None, as_json: bool) -> None:
    """Show one case: facts, summary, issues with both guideline statements, rationale.

    Example: imrsearch show CM16-0000101
    """
    determination = Cases(settings_of(context, index_folder)).case(case_id)
    print_case(determination, as_json=as_json)
