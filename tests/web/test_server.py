"""What a process has done before its first visitor comes."""

from __future__ import annotations

import subprocess
import sys

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
