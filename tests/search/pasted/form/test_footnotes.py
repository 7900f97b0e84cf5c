"""Notes at the end of pasted texts: each form that an office may give to them."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.footnotes import with_footnotes
from imrsearch.search.pasted.reading import read_requests

FORMS = [
    ("[1]", "Notes", "[1]"),
    ("¹", "Footnotes:", "1"),
    (" [1]", "REFERENCES", "1."),
    ("[1]", "Sources", "1)"),
    ("¹", "Endnotes", "¹"),
]


@pytest.mark.parametrize(("mark", "heading", "number"), FORMS)
def test_a_note_stands_where_its_mark_was(mark: str, heading: str, number: str) -> None:
    text = f"It is of no use.{mark} He fell.\n\n{heading}\n{number} CPMTG,\npp. 76-78.\n\nYours"
    assert with_footnotes(text).split("\n\n")[0] == "It is of no use (CPMTG, pp. 76-78). He fell."
    assert with_footnotes(text).endswith("\nYours")


def test_each_request_has_the_sources_of_its_marks() -> None:
    norco, brace = read_requests(
        "Norco #60 is not certified. There is no urine drug screen.[1][2]\n"
        "The lumbar brace is not certified. It has no lasting benefit.[3]\n\n"
        "Notes\n[1] CPMTG, 78.\n[2] ODG, Pain.\n[3] ACOEM, Low Back Complaints, p. 301.\n"
    )
    assert [one.guideline for one in norco.citations] == ["mtus-chronic-pain", "odg-pain"]
    assert [one.pages for one in brace.citations] == [(301,)]


@pytest.mark.parametrize(
    "text",
    ["Denied.[1]", "Notes\nHe fell.", "Denied.\n\nNotes\n[1] CPMTG", "A [2]\n\nNotes\n[1] B", ""],
)
def test_without_a_mark_or_its_note_nothing_changes(text: str) -> None:
    assert with_footnotes(text) == text
