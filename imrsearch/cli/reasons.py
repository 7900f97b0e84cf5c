"""``imrsearch reasons``: what won and what lost among the issues found."""

from __future__ import annotations

import click

from imrsearch.api.searching import Searching
from imrsearch.cli.options import exclusive, index_option, print_json, settings_of
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import WonLost, won_lost_csv, won_lost_json
from imrsearch.text.quantities import count


@click.command()
@click.argument("query", nargs=-1)
@index_option
@click.option("--json", "as_json", is_flag=True, help="The object that /reasons.json answers.")
@click.option("--csv", "as_csv", is_flag=True, help="A table as CSV.")
def reasons(query: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """Show what the approved requests had and what the denied ones lacked.

    Example: imrsearch reasons chiropractic
    """
    exclusive({"--json": as_json, "--csv": as_csv})
    index = Searching(settings_of())
    table = index.won_lost(index.resolved(SearchState(" ".join(query))))
    if as_json:
        print_json(won_lost_json(table))
    elif as_csv:
        for line in won_lost_csv(table):
            click.echo(line, nl=False)
    else:
        _show_table(table)


def _show_table(table: WonLost) -> None:
    click.echo(f"{count(table.total, 'issue')}, {table.overturned:,} overturned")
    for row in table.rows:
        for side, decision in ((row.met, "overturned"), (row.unmet, "upheld")):
            click.echo(f"{side.count:>7,} {decision:<10}  {side.label}")
            for sentence in side.sentences[:1]:
                click.echo(f"{'':>8}“{sentence.text}” ({sentence.case_id} #{sentence.number})")
    click.echo(f"{table.without:>7,} without a recognised reason")
