"""The measures of the package's structure, on a small package made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import house
from imrsearch.system.settings import Settings

FILES = {
    "__init__": "VERSION = 1",
    "low/__init__": "",
    "low/words": """
from imrsearch.low import letters

class Word: ...

def _short(x):
    return x

def join(some):
    return _short(some)
""",
    "low/letters": """
class Word: ...

def _used(x):
    return x

def both(x):
    import json
    return _used(x), _used(json)
""",
    "high": """
import imrsearch.low.words
from imrsearch import VERSION

def _long(x):
    first = x
    second = x
    third = x
    return first, second, third

def join(x):
    return _long(x)
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two rooms."""
    for name, text in FILES.items():
        path = tmp_path / "imrsearch" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_imports_and_arrows(root: Path) -> None:
    package = house.modules(root)
    assert house.imports(package)["imrsearch.low.words"] == {"imrsearch.low.letters"}
    assert house.arrows(package) == {("high", "low"), ("high", "__init__")}


def test_a_cycle_is_named_and_a_chain_is_none() -> None:
    assert house.cycle({"a": ["b"], "b": ["c"]}) == ()
    assert set(house.cycle({"a": ["b"], "b": ["a"]})) == {"a", "b"}


def test_names(root: Path) -> None:
    package = house.modules(root)
    words, letters = "imrsearch.low.words", "imrsearch.low.letters"
    assert house.repeated_names(package) == {
        "Word": [letters, words],
        "join": ["imrsearch.high", words],
    }
    assert house.repeated_classes(package) == {"Word": [letters, words]}


def test_only_short_helpers_used_once_count(root: Path) -> None:
    assert house.short_helpers(house.modules(root)) == ["imrsearch.low.words._short"]


def test_imports_inside_functions(root: Path) -> None:
    assert house.local_imports(house.modules(root)) == ["imrsearch.low.letters:8"]


def test_the_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "tests").mkdir()
    (root / "tests" / "test_words.py").write_text("pass\n" * 8, encoding="utf-8")
    house.main([str(root), "--each"])
    printed = capsys.readouterr().out
    assert "| rooms at the top of the package | 3 | ≤ 18 |" in printed
    assert "imrsearch.low.words._short" in printed


def test_a_page_runs_through_the_service_and_the_view(sample_index: Settings) -> None:
    modules, functions = house.page_measures(sample_index)
    assert {"imrsearch.search.service", "imrsearch.web.views.pages"} <= set(modules.each)
    assert functions.value > modules.value
