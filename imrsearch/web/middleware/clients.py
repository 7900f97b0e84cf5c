"""The client address, as reported by trusted proxies."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from imrsearch.system.settings import Settings

_PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
"""The headers that proxies add to a request."""
_ONE_LINE, _ONE_CUSTOMER = 64, 48
"""Prefix lengths of an IPv6 network: of one line, and of one customer."""
_ADDRESSES_KEPT = 1_000
"""Size of the cache of parsed addresses: a page needs the client address four times."""


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Trust as many proxies as the settings name, for the client address and the scheme."""
    if settings.proxies:
        count = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's way to add a layer


def address() -> str:
    """The client's address."""
    return request.remote_addr or ""


def client() -> str:
    """The client for the request limit: an IPv4 address, or the /64 network of an IPv6 address."""
    return _network(address(), _ONE_LINE)


def neighbourhood() -> str:
    """The client for the share of turns: an IPv4 address, or the largest IPv6 network that one
    customer gets."""
    return _network(address(), _ONE_CUSTOMER)


@lru_cache(maxsize=_ADDRESSES_KEPT)
def _network(address: str, length: int) -> str:
    """``2001:db8:1:2::/64`` of ``2001:db8:1:2:3::4``; ``203.0.113.7`` of ``::ffff:203.0.113.7``."""
    known = _parsed_address(address)
    if isinstance(known, IPv6Address):
        without_zone = int(known)  # "fe80::1%eth0"
        return str(IPv6Network((without_zone, length), strict=False))
    return str(known or address)


def _parsed_address(address: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 address also if it is written as one of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_local() -> bool:
    """Whether the request comes from this machine itself.

    A request forwarded by an untrusted proxy comes from an unknown client. With trusted proxies,
    the address is already the client's.
    """
    return is_loopback(address()) and not any(name in request.headers for name in _PASSED_ON)


@lru_cache(maxsize=_ADDRESSES_KEPT)
def is_loopback(client: str) -> bool:
    """Whether an address is this machine's own."""
    known = _parsed_address(client)
    return known is not None and known.is_loopback
