"""``imrsearch mcp``: the index as tools for assistants, over the Model Context Protocol."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import wraps

import click

from imrsearch import __version__
from imrsearch.api.index import Index
from imrsearch.api.tools import AssistantTools, ToolAnswer
from imrsearch.cli.address import require_free_address
from imrsearch.cli.failures import INTERRUPTED
from imrsearch.cli.options import index_option, settings_of
from imrsearch.system.errors import ImrsearchError, MissingExtra

try:  # an optional library
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations
except ImportError as error:
    _missing: ImportError | None = error
else:
    _missing = None

_INSTRUCTIONS = (
    "Precedents from California workers' compensation Independent Medical Review determinations. "
    "Quote sentences verbatim, and give the permalink and the index build with each. Always tell "
    "both sides: overturned (treatment approved) and upheld (denial stands). A determination binds "
    "only its own case."
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LARGEST_REQUEST = 1 << 20
"""Bytes: ten times the longest text that a kit reads in full."""


@click.command()
@index_option
@click.option("--http", is_flag=True, help="Streamable HTTP at /mcp, instead of stdin and stdout.")
@click.option("--host", default="127.0.0.1", help="Address of --http (default: 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8001, help="Port of --http (default: 8001)."
)
def mcp(http: bool, host: str, port: int) -> None:
    """Serve search, case, reasons, guideline and kit as tools for assistants (MCP).

    The tools only read. There is no login: with --http, the server listens only on this machine
    unless --host names another address.

    Example: imrsearch mcp --http --port 8001
    """
    if http:
        require_free_address(host, port)
    index = Index(settings_of())
    server = assistant_server(index)
    _stop_at_once()
    click.echo(f"Answering from build {index.build}.", err=True)
    if not http:
        server.run("stdio")
        return
    if host not in _LOOPBACK:
        click.echo(f"Anyone who can reach {host}:{port} can use it.", err=True)
    server.run(
        "streamable-http",
        host=host,
        port=port,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_LARGEST_REQUEST,
    )


def _stop_at_once() -> None:
    """End at a signal without waiting: the thread that reads standard input would not end before
    its next line. With --http, the server ends in its own way at the first Ctrl-C; cut short by a
    second, it would log its own cancellation."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    logging.getLogger("uvicorn.error").addFilter(
        lambda record: not record.getMessage().rstrip().endswith("CancelledError")
    )


def _stop(*_: object) -> None:
    os.write(sys.stderr.fileno(), b"Stopped.\n")
    os._exit(INTERRUPTED)


def assistant_server(index: Index) -> MCPServer:
    """The server of an open index's tools. Raises MissingExtra without the library ``mcp``."""
    if _missing:
        raise MissingExtra("The Model Context Protocol", "mcp") from _missing
    server: MCPServer = MCPServer(
        "imrsearch", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    tools = AssistantTools(index)
    for tool in (tools.search, tools.case, tools.reasons, tools.guideline, tools.kit):
        server.add_tool(_telling_errors(tool), annotations=ToolAnnotations(read_only_hint=True))
    return server


def _telling_errors(tool: Callable[..., ToolAnswer]) -> Callable[..., Awaitable[ToolAnswer]]:
    """A tool that reports errors to the assistant. Async, as the index is for one thread."""

    @wraps(tool)
    async def answer(*args: object, **values: object) -> ToolAnswer:
        try:
            return tool(*args, **values)
        except ImrsearchError as error:
            raise ToolError(f"{error.message} {error.hint}".rstrip()) from error

    return answer
