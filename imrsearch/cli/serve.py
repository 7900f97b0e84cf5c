"""``imrsearch serve``: the pages on a production server."""

from __future__ import annotations

import click

from imrsearch.cli.address import require_free_address
from imrsearch.cli.options import index_option, settings_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.web.server import run


@click.command()
@index_option
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: 8000).")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: 2).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the pages until Ctrl-C. Needs an index.

    Example: imrsearch serve --port 8000 --workers 2
    """
    settings = settings_of(host=host, port=port, workers=workers)
    Builds(settings).current()
    require_free_address(settings.host, settings.port)
    click.echo(f"imrsearch is at http://{settings.host_and_port} (Ctrl-C stops it).")
    run(settings)
