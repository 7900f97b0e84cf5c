"""Patterns kept as data: each alternative finds its examples, and every pattern is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import imrsearch
from imrsearch.catalogue import patterns as catalogue
from imrsearch.catalogue.patterns import alternatives, patterns, replaced, replacements
from imrsearch.system.errors import CatalogueError
from imrsearch.system.package_data import data_file

FILES = sorted(path.stem for path in data_file("patterns").glob("*.toml"))
BOUNDS_AND_ENDINGS = re.compile(r"\\b|\\w[*+]")
MORE_THAN_WORDS = re.compile(r"\\|\[|\{|\(\?[=!<]")


@pytest.mark.parametrize("file", FILES)
def test_each_alternative_finds_its_examples(file: str) -> None:
    missed = [
        f"{name}: {one.line} in {text!r}"
        for name, one in alternatives(file)
        for text in one.finds
        if not one.pattern.search(text)
    ]
    assert missed == []


@pytest.mark.parametrize("file", FILES)
def test_no_alternative_finds_what_it_passes_by(file: str) -> None:
    found = [
        f"{name}: {one.line} in {text!r}"
        for name, one in alternatives(file)
        for text in one.passes
        if one.pattern.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("file", FILES)
def test_what_is_more_than_words_has_an_example(file: str) -> None:
    bare = [
        f"{name}: {one.line}"
        for name, one in alternatives(file)
        if MORE_THAN_WORDS.search(BOUNDS_AND_ENDINGS.sub("", one.line)) and not one.finds
    ]
    assert bare == []


@pytest.mark.parametrize("file", FILES)
def test_each_replacement_does_what_its_example_shows(file: str) -> None:
    wrong = [
        f"{name}: {one.find.sub(one.put, one.text)!r}, not {one.becomes!r}"
        for name, several in replacements(file).items()
        for one in several
        if one.find.sub(one.put, one.text) != one.becomes
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_each_pattern_is_used(file: str) -> None:
    readers = "\n".join(source for source in sources() if f'("{file}")' in source)
    unused = [one for one in (*patterns(file), *replacements(file)) if f'["{one}"]' not in readers]
    assert unused == []


def sources() -> Iterator[str]:
    for path in Path(imrsearch.__file__).parent.rglob("*.py"):
        yield path.read_text(encoding="utf-8")


def made_of(monkeypatch: pytest.MonkeyPatch, tables: dict[str, Any]) -> None:
    """Let the file "made" hold these tables."""
    monkeypatch.setattr(catalogue, "load_toml", lambda _: tables)
    for cached in (patterns, replacements):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    for cached in (patterns, replacements):
        cached.cache_clear()


def test_words_stand_between_boundaries_and_whole_lines_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made_of(monkeypatch, {"no": {"words": "+ denied\ndenied\nrefused", "whole": "n't ok"}})
    assert patterns("made")["no"].pattern == r"\b(?:denied|refused)\b|n't ok"
    assert [one.line for _, one in alternatives("made")] == ["denied", "refused", "n't ok"]


def test_words_are_put_into_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    made_of(monkeypatch, {"all": {"form": r"\A(?:{words})", "words": "all\nboth"}})
    assert patterns("made")["all"].pattern == r"\A(?:all|both)"
    assert [one.pattern.pattern for _, one in alternatives("made")] == [r"\A(?:all)", r"\A(?:both)"]


def test_examples_belong_to_the_alternative_below_them(monkeypatch: pytest.MonkeyPatch) -> None:
    made_of(monkeypatch, {"no": {"whole": "+ a\n- b\n+ c\n[ac]\nd"}})
    told = [(one.line, one.finds, one.passes) for _, one in alternatives("made")]
    assert told == [("[ac]", ("a", "c"), ("b",)), ("d", (), ())]


def test_parts_stand_for_others_and_for_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    made_of(
        monkeypatch,
        {"parts": {"be": "is|are", "was": "{be}|was"}, "no": {"whole": "(?:{was}) {ones}{1,2}"}},
    )
    assert patterns("made")["no"].pattern.startswith("(?:is|are|was) one|two|")
    assert patterns("made")["no"].pattern.endswith("|nine{1,2}")


@pytest.mark.parametrize(
    ("table", "matches"),
    [
        pytest.param({"words": "NC"}, True, id="either case"),
        pytest.param({"words": "NC", "case": True}, False, id="its own case"),
    ],
)
def test_case(monkeypatch: pytest.MonkeyPatch, table: dict[str, Any], matches: bool) -> None:
    made_of(monkeypatch, {"no": table})
    assert bool(patterns("made")["no"].search("nc")) is matches


def test_replacements_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"find": one, "put": one.upper(), "text": one, "becomes": one.upper()} for one in ("b", "a")
    ]
    made_of(monkeypatch, {"parts": {}, "louder": rows, "no": {"words": "no"}})
    (louder,) = replacements("made").values()
    assert [(one.find.pattern, one.put) for one in louder] == [("b", "B"), ("a", "A")]
    assert list(patterns("made")) == ["no"]


def test_replacements_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"find": "one", "put": "two", "text": "one", "becomes": "two"},
        {"find": "two", "put": "three", "text": "two", "becomes": "three"},
    ]
    made_of(monkeypatch, {"more": rows})
    assert replaced("one, two", replacements("made")["more"]) == "three, three"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("(?:open", "missing ), unterminated subpattern", id="no pattern"),
        pytest.param("{beee} denied", "there is no part {beee}", id="no such part"),
    ],
)
def test_a_wrong_pattern_tells_its_place(
    monkeypatch: pytest.MonkeyPatch, line: str, error: str
) -> None:
    made_of(monkeypatch, {"no": {"whole": line}})
    with pytest.raises(CatalogueError, match=re.escape(f"patterns/made.toml, no: {error}, in")):
        patterns("made")


def test_a_misspelt_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made_of(monkeypatch, {"no": {"words": "denied", "hole": "n't ok"}})
    with pytest.raises(CatalogueError, match=r"made.toml, no: a pattern has no key 'hole'"):
        patterns("made")


@pytest.mark.parametrize("table", [{}, {"words": ""}, {"words": "+ denied"}, {"whole": "\n"}])
def test_a_pattern_of_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, table: dict[str, Any]
) -> None:
    """It would match everywhere, and each line would be a denial."""
    made_of(monkeypatch, {"no": table})
    with pytest.raises(CatalogueError, match=r"patterns/made.toml, no: there is no alternative"):
        patterns("made")


def test_an_example_below_the_last_alternative_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would belong to none and hold nothing."""
    made_of(monkeypatch, {"no": {"words": "denied\n+ It was denied"}})
    with pytest.raises(CatalogueError, match=r"made.toml, no: no alternative below '\+ It was"):
        list(alternatives("made"))
