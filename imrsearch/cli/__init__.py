"""The command line: a thin shell over the library.

Exit codes: 0 done; 1 some letters could not be read, the case was not found, or ``verify``,
``backup`` or ``export`` found damage; 2 wrong usage or a wrong setting; 3 nothing is indexed yet; 4
another run is writing the index; 5 the index is damaged or of a later version; 6 a file cannot be
read or written; 7 a new build with far fewer issues was not published; 8 a database or cluster does
not respond; 70 an unexpected failure; 130 interrupted.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import cast

import click

from imrsearch import __version__
from imrsearch.cli.failures import run_told, stop_when_asked
from imrsearch.cli.nearest import did_you_mean
from imrsearch.cli.streams import prepare_streams

# In the order of --help. A command's module is named after it, and imported only when the command
# is used, so that --help stays fast.
_COMMANDS = {
    "index": "Read letters into the collection and publish an index.",
    "reindex": "Rebuild the index from the collection, without the letters.",
    "builds": "List the builds of the index.",
    "verify": "Check every byte of a build, and every letter of the collection.",
    "rollback": "Make an earlier build current.",
    "backup": "Copy the collection while it is in use.",
    "restore": "Replace the collection with a backup.",
    "repair": "Read damaged letters of the collection again.",
    "search": "Search the issues.",
    "reasons": "Show what won and what lost among the issues found.",
    "facets": "List the facets, or the values of one with counts.",
    "export": "Write every fact of every issue found, without a limit.",
    "like": "Find who won and who lost with the requests in a denial letter.",
    "show": "Show one case.",
    "similar": "Show the issues most similar to one, overturned and upheld.",
    "cite": "Print an issue's citation and its deciding sentence.",
    "stats": "Show what is in the collection.",
    "parse": "Print what letters say, without indexing them.",
    "check": "List gaps and contradictions in letters.",
    "serve": "Serve the pages.",
    "mcp": "Serve the index as tools for assistants.",
    "copy-collection": "Copy the collection to a database, or back to a folder.",
}


class _Commands(click.Group):
    """Loads a command when it is called; reports an error in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            message = f"There is no command {cmd_name!r}. {did_you_mean(cmd_name, _COMMANDS)}"
            raise click.UsageError(message, ctx)
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"imrsearch.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The options before the command; --help and --version print here."""
        return cast("list[str]", run_told(lambda: super(_Commands, self).parse_args(ctx, args)))

    def invoke(self, ctx: click.Context) -> object:
        return run_told(lambda: super(_Commands, self).invoke(ctx))


@click.command(
    cls=_Commands,
    epilog="Exit codes: 0 done, 1 some letters not read, or no such case, 2 wrong usage, 3 nothing "
    "indexed yet, 4 index busy, 5 index damaged, 6 file not read or written (disk full, no "
    "permission), 7 far fewer issues than before, 8 a server does not respond, 70 an unexpected "
    "failure, 130 interrupted.",
)
@click.option(
    "--index", metavar="FOLDER", help="The index folder (IMRSEARCH_INDEX; default: index)."
)
@click.version_option(__version__, prog_name="imrsearch")
@click.pass_context
def cli(context: click.Context, index: str | None) -> None:
    """Search California Independent Medical Review determinations.

    Example: imrsearch index samples/letters, then
    imrsearch search 'chiropractic "functional improvement"'.
    """
    context.obj = index


def main() -> None:
    """The installed command."""
    prepare_streams()
    stop_when_asked()
    try:
        cli(prog_name="imrsearch")
    except BrokenPipeError:  # the pipe was closed, as | head does
        sys.stderr.close()
