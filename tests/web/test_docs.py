"""The documentation names every address there is."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

PAGES = Path(__file__).parents[2] / "docs" / "pages.md"


def test_every_address_is_documented_and_no_other(app: Flask) -> None:
    documented = set(re.findall(r"^\| `(/[^`]*)` \|", PAGES.read_text(), re.MULTILINE))
    served = {rule.rule.replace("<id:", "<") for rule in app.url_map.iter_rules()}
    assert documented == served
