"""Whose request it is: directly, through proxies that are trusted, through others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from imrsearch.web.middleware.clients import address, client, is_local, neighbourhood


def asked(site: Settings, proxies: int, remote: str, **headers: str) -> tuple[str, bool, str]:
    """The address, whether it is this machine, and the scheme that a request is taken to have."""
    app: Flask = create_app(replace(site, proxies=proxies))
    app.add_url_rule("/who", "who", lambda: [address(), is_local()])
    app.add_url_rule("/scheme", "scheme", lambda: [__import__("flask").request.scheme])
    client = app.test_client()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    who = client.get("/who", headers=named, environ_base={"REMOTE_ADDR": remote}).get_json()
    scheme = client.get("/scheme", headers=named, environ_base={"REMOTE_ADDR": remote}).get_json()
    return who[0], who[1], scheme[0]


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address", "local"),
    [
        pytest.param(0, "127.0.0.1", "", "127.0.0.1", True, id="this machine"),
        pytest.param(0, "127.0.0.1%x", "", "127.0.0.1%x", False, id="no address"),
        pytest.param(0, "203.0.113.7", "", "203.0.113.7", False, id="elsewhere"),
        pytest.param(0, "203.0.113.7", "127.0.0.1", "203.0.113.7", False, id="a lie"),
        pytest.param(0, "127.0.0.1", "203.0.113.7", "127.0.0.1", False, id="unknown proxy here"),
        pytest.param(1, "127.0.0.1", "203.0.113.7", "203.0.113.7", False, id="trusted proxy"),
        pytest.param(
            1, "127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7", False, id="a lie, passed on"
        ),
        pytest.param(1, "127.0.0.1", "", "127.0.0.1", True, id="past the proxy, from here"),
        pytest.param(
            2, "127.0.0.1", "203.0.113.7", "127.0.0.1", False, id="one proxy less than trusted"
        ),
    ],
)
def test_addresses(
    site: Settings, proxies: int, remote: str, forwarded: str, address: str, local: bool
) -> None:
    headers = {"X_Forwarded_For": forwarded} if forwarded else {}
    assert asked(site, proxies, remote, **headers)[:2] == (address, local)


def test_the_scheme_is_the_trusted_proxy_s(site: Settings) -> None:
    assert asked(site, 1, "127.0.0.1", X_Forwarded_Proto="https")[2] == "https"
    assert asked(site, 0, "127.0.0.1", X_Forwarded_Proto="https")[2] == "http"


def test_clients_behind_a_trusted_proxy_are_counted_each_on_its_own(site: Settings) -> None:
    app = create_app(replace(site, proxies=1, request_burst=2, requests_per_second=1))
    client = app.test_client()
    client.get("/help")  # from here, not counted: the first page is charged more

    def status(forwarded: str) -> int:
        return client.get("/help", headers={"X-Forwarded-For": forwarded}).status_code

    assert [status("203.0.113.7") for _ in range(3)] == [200, 200, 429]
    assert status("203.0.113.8") == 200


def test_a_proxy_that_is_not_trusted_is_no_way_round_the_limit(site: Settings) -> None:
    client = create_app(replace(site, request_burst=2, requests_per_second=1)).test_client()
    client.get("/help")  # from here, not counted: the first page is charged more
    answers = [
        client.get("/help", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(3)
    ]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(
    ("remote", "counted", "shares"),
    [
        ("203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("2001:DB8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("no address", "no address", "no address"),
    ],
)
def test_networks_count_as_one(remote: str, counted: str, shares: str) -> None:
    with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": remote}):
        assert (client(), neighbourhood()) == (counted, shares)


def test_this_machine_by_its_other_name() -> None:
    with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": "::ffff:127.0.0.1"}):
        assert is_local()
