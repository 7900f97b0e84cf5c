"""Rules of the source: two places make safe HTML, templates and styles hold no inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_OUR_SCRIPT = re.compile(r"""<script type="module" src="{{ asset\('js/\w+\.js'\) }}"></script>""")
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def test_only_two_modules_declare_text_safe() -> None:
    # One puts marks around escaped words, the other escaped fields into a template's own text.
    makers = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "imrsearch").rglob("*.py")
        if "Markup(" in file.read_text()
    }
    assert makers == {"imrsearch/search/excerpts.py", "imrsearch/web/templating.py"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_have_no_way_around_escaping(template: Path) -> None:
    text = _OUR_SCRIPT.sub("", template.read_text())
    assert not re.search(r"\|\s*safe\b|autoescape|<script|<style|\sstyle=|\son\w+=", text)


def test_the_style_asks_nobody_else() -> None:
    style = (ROOT / "static" / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("script", sorted((ROOT / "static/js").iterdir()), ids=lambda f: f.name)
def test_scripts_are_small_and_make_no_code_of_text(script: Path) -> None:
    text = script.read_text()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(", text
    )
    assert not re.search(r"https?://|\bimport\b", text)  # each stands alone and asks nobody else
    assert len(text) < 6000
