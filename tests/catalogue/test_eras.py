"""The layouts of letters are data, and wrong data is refused."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from imrsearch.catalogue import eras
from imrsearch.schema import FACETS
from imrsearch.system.errors import CatalogueError
from imrsearch.system.package_data import load_toml
from tests.conftest import ROOT, SAMPLES

NAMES = [row["name"] for row in load_toml("eras.toml")["era"]]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Change], None]]:
    """Lets a test change ``eras.toml`` as it is loaded."""

    def change(how: Change) -> None:
        data = copy.deepcopy(load_toml("eras.toml"))
        how(data)
        monkeypatch.setattr(eras, "load_toml", lambda _: data)
        forget()

    def forget() -> None:
        eras.templates.cache_clear()
        eras.era_labels.cache_clear()

    yield change
    forget()


@pytest.mark.parametrize("name", NAMES)
def test_each_era_has_a_label_a_sample_and_a_golden_file(name: str) -> None:
    assert eras.era_labels()[name]
    golden = [json.loads(p.read_text("utf-8")) for p in (ROOT / "tests" / "golden").glob("*.json")]
    files = {facts["file"] for facts in golden if facts["era"] == name}
    assert files & {path.name for path in SAMPLES.iterdir()}


def test_labels() -> None:
    labels = {
        "notice": "Notice (2013)",
        "professional-review": "Professional review (2013)",
        "documents-reviewed": "Documents reviewed (2013-2014)",
        "sentence": "Reviewer in a sentence (2013-2014)",
        "credentials": "Reviewer's credentials (2015 and later)",
        "unknown": "Unknown layout",
        "later": "Later",
    }
    assert {name: FACETS["era"].label(name) for name in labels} == labels


def test_the_schema_reads_no_data_file_until_it_is_asked() -> None:
    code = "import imrsearch.schema; from imrsearch.system.package_data import load_toml; "
    code += "raise SystemExit(load_toml.cache_info().misses)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_new_era_is_data(changed: Callable[[Change], None]) -> None:
    new = {"name": "later", "label": "Later form", "marks": ["LATER"], "like": "credentials"}
    changed(lambda data: data["era"].insert(0, new))
    assert eras.templates()[0].name == "later"
    assert FACETS["era"].label("later") == "Later form"


def without(place: int, key: str) -> Change:
    return lambda data: data["era"][place].pop(key)


def having(place: int, **values: object) -> Change:
    return lambda data: data["era"][place].update(values)


@pytest.mark.parametrize(
    ("change", "era", "key"),
    [
        pytest.param(without(0, "name"), "number 1", "name", id="no name"),
        pytest.param(without(0, "label"), NAMES[0], "label", id="no label"),
        pytest.param(without(4, "label"), NAMES[4], "label", id="a label is not inherited"),
        pytest.param(without(0, "marks"), NAMES[0], "marks", id="no marks"),
        pytest.param(without(0, "item"), NAMES[0], "item", id="no item"),
        pytest.param(without(0, "sections"), NAMES[0], "sections", id="no sections"),
        pytest.param(without(1, "heading"), NAMES[1], "heading", id="numbered, but no heading"),
        pytest.param(without(3, "labels"), NAMES[3], "labels", id="by label, but no labels"),
        pytest.param(having(0, mark=["X"]), NAMES[0], "mark", id="an unknown key"),
        pytest.param(having(0, item="page"), NAMES[0], "item", id="an unknown way"),
        pytest.param(having(0, item=["whole"]), NAMES[0], "item", id="a list for a word"),
        pytest.param(having(0, marks="X"), NAMES[0], "marks", id="a text for a list"),
        pytest.param(having(0, marks=[]), NAMES[0], "marks", id="an empty list"),
        pytest.param(having(0, marks=[1]), NAMES[0], "marks", id="a number for a text"),
        pytest.param(having(0, sections=["X"]), NAMES[0], "sections", id="a list for a table"),
        pytest.param(having(0, marks=["(X"]), NAMES[0], "marks", id="a bad mark"),
        pytest.param(having(0, sections={"a": "[X"}), NAMES[0], "sections", id="a bad section"),
        pytest.param(having(1, heading="(?P<number>1)"), NAMES[1], "heading", id="no service"),
        pytest.param(having(1, name=NAMES[0]), NAMES[0], "name", id="a name twice"),
        pytest.param(having(0, name="unknown"), "unknown", "name", id="a name that is taken"),
        pytest.param(having(4, like="no-such"), NAMES[4], "like", id="like none"),
    ],
)
def test_what_is_wrong_is_named(
    changed: Callable[[Change], None], change: Change, era: str, key: str
) -> None:
    changed(change)
    with pytest.raises(CatalogueError) as caught:
        eras.templates()
    assert f"“{era}”" in caught.value.message
    assert f"“{key}”" in caught.value.message


def test_the_unknown_era_needs_its_label(changed: Callable[[Change], None]) -> None:
    changed(lambda data: data.pop("unknown"))
    with pytest.raises(CatalogueError, match="unknown"):
        eras.era_labels()
