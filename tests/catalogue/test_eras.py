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
        eras.openings.cache_clear()
        eras.letter_marks.cache_clear()
        eras.field_labels.cache_clear()

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


LATER = {
    "name": "later",
    "label": "Later form",
    "marks": ["LATER FORM", "The later form"],
    "item": "heading",
    "decision": "word",
    "heading": r"(?P<number>\d+) ?\. (?P<service>\w+) ?:",
    "sections": {"summary": "CASE SUMMARY", "issues": "ISSUES AT HAND"},
    "labels": {"rationale": "Rationale for it"},
    "printed": {"summary": ["CASE SUMMARY"]},
    "told": {"received": ["was filed on", "was received on"], "decided": ["was decided on"]},
}


@pytest.fixture
def later(changed: Callable[[Change], None]) -> eras.Template:
    """A later form, the first that a letter is held against."""
    changed(lambda data: data["era"].insert(0, LATER))
    return eras.templates()[0]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("This is the\nLATER\n FORM.", True),
        ("The later form of it", True),
        ("later form", False),
        ("LATERFORM", False),
    ],
)
def test_any_mark_recognises_an_era(later: eras.Template, text: str, stands: bool) -> None:
    """A blank of it stands for any blanks, but for one at least."""
    assert later.marks_stand(text) is stands


@pytest.mark.parametrize(
    ("text", "section"),
    [
        pytest.param("CASE SUMMARY\nHe fell.", "summary", id="at the beginning"),
        pytest.param("x.\nISSUES  AT\nHAND", "issues", id="of a line, in any blanks"),
        pytest.param("x.\n\f CASE SUMMARY", "summary", id="behind the end of a page"),
        pytest.param("\fCASE SUMMARY", "summary", id="of a page"),
        pytest.param("CASE SUMMARYHe fell", "summary", id="its line end was lost"),
        pytest.param("CASE SUMMARYY", None, id="a letter doubled is a misprint"),
        pytest.param("the CASE SUMMARY", None, id="inside of a line"),
        pytest.param("Case summary", None, id="small letters"),
    ],
)
def test_headings_of_sections(later: eras.Template, text: str, section: str | None) -> None:
    found = later.sections.pattern.search(text)
    assert (found and found.lastgroup) == section
    assert later.sections.printed == {"summary": ("CASE SUMMARY",)}


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        pytest.param("of it. Rationale for it: none", True, id="behind a blank"),
        pytest.param("of it. rationale for it", False, id="in small letters it is said"),
        pytest.param("(Rationale for it", False, id="behind a mark"),
        pytest.param("of it. RATIONALE FOR IT", True, id="in capitals"),
    ],
)
def test_labels_inside_of_a_line(later: eras.Template, text: str, stands: bool) -> None:
    """Where lines were joined; at a line's start a label stands in any case."""
    assert later.labels
    assert bool(later.labels.joined.search(text)) is stands
    assert later.labels.pattern.match("rationale for it")


def test_headings_of_issues(later: eras.Template) -> None:
    assert later.heading
    assert later.joined_heading
    found = later.heading.search("x\n1. Massage :\nUpheld")
    assert found
    assert (found["number"], found["service"]) == ("1", "Massage")
    assert not later.heading.search("It says 1. Massage:")
    assert later.joined_heading.search("denied. 2. Massage:")
    assert not later.joined_heading.search("of 2. Massage:")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was filed on : 1/2/2016", "received"),
        ("It was\nreceived on 1/2/2016", "received"),
        ("was decided on1/2/2016", "decided"),
    ],
)
def test_sentences_before_a_day(later: eras.Template, text: str, date: str) -> None:
    assert later.told
    found = later.told.search(text)
    assert found
    assert found.lastgroup == date
    assert text[found.end() :] == "1/2/2016"


def test_an_era_needs_neither_printed_forms_nor_sentences(
    changed: Callable[[Change], None],
) -> None:
    bare = {key: LATER[key] for key in ("name", "label", "marks", "decision", "sections")}
    changed(lambda data: data["era"].insert(0, {**bare, "item": "whole"}))
    template = eras.templates()[0]
    assert template.sections.printed == {}
    assert (template.heading, template.joined_heading) == (None, None)
    assert (template.labels, template.told) == (None, None)


def test_blanks_of_a_pattern_stand_for_any_blanks() -> None:
    assert eras.flexible("A B ?: C") == r"A\s+B\s*:\s+C"


def test_what_letters_of_unknown_layout_hold(changed: Callable[[Change], None]) -> None:
    rule = {"marks": ["Final Determination", "Maximus"], "at_least": 2}
    changed(lambda data: data.update(letter=rule))
    marks, least = eras.letter_marks()
    assert least == 2
    assert [bool(mark.search("FINAL\nDETERMINATION")) for mark in marks] == [True, False]


def test_labels_of_the_field_block(changed: Callable[[Change], None]) -> None:
    """A label without a pattern of its value stands before a date."""
    rows = [{"name": "claim", "label": "Claim No ?:", "value": r"\w \w"}]
    changed(lambda data: data.update(field=[*rows, {"name": "injured", "label": "Date of"}]))
    assert eras.field_labels() == (
        eras.FieldLabel("claim", r"Claim\s+No\s*:", r"\w\s+\w"),
        eras.FieldLabel("injured", r"Date\s+of", None),
    )


def test_openings_of_a_section(changed: Callable[[Change], None]) -> None:
    changed(lambda data: data.update(openings={"summary": ["The patient is", "Dear"]}))
    found = eras.openings("summary")
    assert found.match("THE  PATIENT\nIS 40")
    assert found.match("dear")
    assert not found.match("patient")


def without(place: int, key: str) -> Change:
    return lambda data: data["era"][place].pop(key)


def having(place: int, **values: object) -> Change:
    return lambda data: data["era"][place].update(values)


@pytest.mark.parametrize(
    ("change", "era", "key"),
    [
        pytest.param(without(0, "name"), "number 1", "name", id="no name"),
        pytest.param(without(0, "label"), NAMES[0], "label", id="no label"),
        pytest.param(without(3, "label"), NAMES[3], "label", id="a label is not inherited"),
        pytest.param(without(0, "marks"), NAMES[0], "marks", id="no marks"),
        pytest.param(having(0, name=5), "number 1", "name", id="a number for a name"),
        pytest.param(having(1, name=""), "number 2", "name", id="an empty name"),
        pytest.param(without(0, "item"), NAMES[0], "item", id="no item"),
        pytest.param(without(0, "decision"), NAMES[0], "decision", id="no decision"),
        pytest.param(without(0, "sections"), NAMES[0], "sections", id="no sections"),
        pytest.param(without(1, "heading"), NAMES[1], "heading", id="numbered, but no heading"),
        pytest.param(without(1, "labels"), NAMES[1], "labels", id="numbered, but no labels"),
        pytest.param(without(2, "labels"), NAMES[2], "labels", id="by label, but no labels"),
        pytest.param(having(0, mark=["X"]), NAMES[0], "mark", id="an unknown key"),
        pytest.param(having(0, item="page"), NAMES[0], "item", id="an unknown way"),
        pytest.param(having(0, item=["whole"]), NAMES[0], "item", id="a list for a word"),
        pytest.param(having(0, marks="X"), NAMES[0], "marks", id="a text for a list"),
        pytest.param(having(0, marks=[]), NAMES[0], "marks", id="an empty list"),
        pytest.param(having(0, marks=[1]), NAMES[0], "marks", id="a number for a text"),
        pytest.param(having(0, sections=["X"]), NAMES[0], "sections", id="a list for a table"),
        pytest.param(having(0, sections={}), NAMES[0], "sections", id="an empty table"),
        pytest.param(having(0, sections={"a": ""}), NAMES[0], "sections", id="an empty text"),
        pytest.param(having(0, label=""), NAMES[0], "label", id="an empty label"),
        pytest.param(having(0, printed=["X"]), NAMES[0], "printed", id="a list for lists"),
        pytest.param(having(0, printed={"a": "X"}), NAMES[0], "printed", id="a text in lists"),
        pytest.param(having(0, told={"a": []}), NAMES[0], "told", id="an empty list in lists"),
        pytest.param(having(0, marks=["(X"]), NAMES[0], "marks", id="a bad mark"),
        pytest.param(having(1, heading="(X"), NAMES[1], "heading", id="a bad heading"),
        pytest.param(having(0, sections={"a": "[X"}), NAMES[0], "sections", id="a bad section"),
        pytest.param(having(1, heading="(?P<number>1)"), NAMES[1], "heading", id="no service"),
        pytest.param(having(1, heading="(?P<service>1)"), NAMES[1], "heading", id="no number"),
        pytest.param(having(1, name=NAMES[0]), NAMES[0], "name", id="a name twice"),
        pytest.param(having(0, name="unknown"), "unknown", "name", id="a name that is taken"),
        pytest.param(having(3, like="no-such"), NAMES[3], "like", id="like none"),
    ],
)
def test_what_is_wrong_is_named(
    changed: Callable[[Change], None], change: Change, era: str, key: str
) -> None:
    changed(change)
    with pytest.raises(CatalogueError) as caught:
        eras.templates()
    assert f"“{era}”" in caught.value.message
    told = caught.value.message.partition(":")[2]
    # What cannot be converted tells the key's path: `$.marks[...]`.
    assert f"“{key}”" in told or f"`{key}`" in told or f"$.{key}" in told


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (without(0, "name"), "is missing"),
        (having(0, name="unknown"), "is taken"),
        (having(3, like="no-such"), "names no other era"),
        (having(0, mark=["X"]), "Object contains unknown field `mark`"),
        (having(0, item="page"), "Invalid enum value 'page' - at `$.item`"),
        (having(0, label=5), "Expected `str`, got `int` - at `$.label`"),
        (having(0, marks="X"), "Expected `array`, got `str` - at `$.marks`"),
        (having(0, sections=["X"]), "Expected `object`, got `array` - at `$.sections`"),
        (having(0, told=["X"]), "Expected `object`, got `array` - at `$.told`"),
        (without(1, "heading"), 'is missing, which item = "heading" needs'),
        (having(1, heading="(?P<number>1)"), "has no group (?P<service>…)"),
        (having(0, marks=["(X"]), "is no pattern (missing ), unterminated subpattern"),
    ],
)
def test_it_is_told_what_is_wrong(
    changed: Callable[[Change], None], change: Change, what: str
) -> None:
    changed(change)
    with pytest.raises(CatalogueError) as caught:
        eras.templates()
    assert what in caught.value.message


def test_the_unknown_era_needs_its_label(changed: Callable[[Change], None]) -> None:
    changed(lambda data: data.pop("unknown"))
    with pytest.raises(CatalogueError, match="unknown"):
        eras.era_labels()
