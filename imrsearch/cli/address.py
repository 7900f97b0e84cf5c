"""Shared by ``serve`` and ``mcp``: the address that a server is to listen on."""

from __future__ import annotations

import socket

from imrsearch.system.errors import SettingsError


def require_free_address(host: str, port: int) -> None:
    """Raise SettingsError, in one line, before the server fails to listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"Cannot listen on {host}:{port} ({error.strerror or error}).",
                "Choose another address with --host and --port.",
            ) from error
