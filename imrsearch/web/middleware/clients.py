"""Who asks: a client's address, as proxies in front tell it where they are trusted."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from imrsearch.system.settings import Settings

_PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
"""What proxies add to a request that they pass on."""


_ONE_LINE, _ONE_CUSTOMER = 64, 48
"""Bits of an IPv6 address that are the same for all of one line, and of one customer."""
_ADDRESSES_KEPT = 1_000
"""So many addresses are read once: a page asks four times who asks for it."""


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Believe as many proxies as the settings name about whom they ask for, and by which scheme."""
    if settings.proxies:
        count = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's way to add a layer


def address() -> str:
    """The client's address."""
    return request.remote_addr or ""


def client() -> str:
    """Whom requests are counted for: an address, of IPv6 the network of 2^64 that one line has."""
    return _network(address(), _ONE_LINE)


def neighbourhood() -> str:
    """Who shares one share of the turns: an address, of IPv6 the largest network that is given to
    one customer."""
    return _network(address(), _ONE_CUSTOMER)


@lru_cache(maxsize=_ADDRESSES_KEPT)
def _network(address: str, length: int) -> str:
    """``2001:db8:1:2::/64`` of ``2001:db8:1:2:3::4``; ``203.0.113.7`` of ``::ffff:203.0.113.7``."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((known, length), strict=False))


def is_local() -> bool:
    """Whether this machine asks, and for itself.

    A request that was passed on by a proxy which is not trusted is somebody else's: whose, nobody
    knows. Where proxies are trusted, the address is the client's own already.
    """
    return is_loopback(address()) and not any(name in request.headers for name in _PASSED_ON)


@lru_cache(maxsize=_ADDRESSES_KEPT)
def is_loopback(client: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ip_address(client)
        mapped = None if isinstance(found, IPv4Address) else found.ipv4_mapped
        return (mapped or found).is_loopback
    except ValueError:
        return False
