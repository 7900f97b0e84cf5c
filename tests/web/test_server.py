"""Where a server listens, and what a process has done before its first visitor comes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from gunicorn.util import parse_address

from imrsearch.system.settings import load_settings
from imrsearch.web.server import listening_address

_CODE = """
import sys
from imrsearch.system.package_data import load_toml
from imrsearch.web.server import preload
preload()
before = load_toml.cache_info().misses
for name in ("synonyms", "treatments", "drugs", "body_parts", "categories"):
    load_toml(f"{name}.toml")
print(load_toml.cache_info().misses - before)
print(*sys.modules)
"""


def test_the_first_visitor_waits_for_no_catalogue_and_no_library() -> None:
    command = [sys.executable, "-c", _CODE]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0] == "0"
    assert {"nltk", "rapidfuzz", "imrsearch.citations.statements"} <= set(told[1].split())


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:8000"), ("imr.example", "imr.example:8000"), ("::1", "[::1]:8000")],
)
def test_the_server_and_people_read_the_same_address(host: str, address: str) -> None:
    """Without brackets, an IPv6 address and its port cannot be told apart."""
    told = listening_address(load_settings({}, host=host, port=8000))
    assert told == address
    assert parse_address(told) == (host, 8000)
