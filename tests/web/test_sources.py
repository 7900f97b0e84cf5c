"""Rules of the source: one place makes safe HTML, templates and styles hold no inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def test_only_one_module_declares_text_safe() -> None:
    makers = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "imrsearch").rglob("*.py")
        if "Markup(" in file.read_text()
    }
    assert makers == {"imrsearch/search/excerpts.py"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_have_no_way_around_escaping(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape|<script|<style|\sstyle=|\son\w+=", text)


def test_the_style_asks_nobody_else() -> None:
    style = (ROOT / "static" / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style
