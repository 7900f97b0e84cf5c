"""``imrsearch serve``: the pages on a production server."""

from __future__ import annotations

import socket

import click

from imrsearch.cli.options import index_option, settings_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.system.errors import SettingsError
from imrsearch.system.settings import Settings
from imrsearch.web.server import run


@click.command()
@index_option
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: 8000).")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: 2).")
@click.pass_context
def serve(
    context: click.Context,
    index_folder: str | None,
    host: str | None,
    port: int | None,
    workers: int | None,
) -> None:
    """Serve the pages until Ctrl-C. Needs an index.

    Example: imrsearch serve --port 8000 --workers 2
    """
    settings = settings_of(context, index_folder, host=host, port=port, workers=workers)
    Builds(settings).current()
    _check_address(settings)
    click.echo(f"imrsearch is at http://{settings.host}:{settings.port} (Ctrl-C stops it).")
    run(settings)


def _check_address(settings: Settings) -> None:
    """Raise SettingsError, in one line, before the server fails to listen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror or error}).",
                "Choose another address with --host and --port.",
            ) from error
