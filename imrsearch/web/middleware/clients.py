"""Who asks: a client's address, as proxies in front tell it where they are trusted."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from imrsearch.settings import Settings

_PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
"""What proxies add to a request that they pass on."""


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Believe as many proxies as the settings name about whom they ask for, and by which scheme."""
    if settings.proxies:
        count = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's way to add a layer


def address() -> str:
    """The client's address."""
    return request.remote_addr or ""


def is_local() -> bool:
    """Whether this machine asks, and for itself.

    A request that was passed on by a proxy which is not trusted is somebody else's: whose, nobody
    knows. Where proxies are trusted, the address is the client's own already.
    """
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return is_loopback(address()) and not passed_on


def is_loopback(client: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False
