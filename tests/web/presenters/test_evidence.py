"""The places that facts were read from: their names, links, and the letter with one marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from imrsearch.model import Span
from imrsearch.web.presenters.evidence import (
    evidence_path,
    evidence_url,
    fact_name,
    letter_page,
)
from tests.search.memory import determination, issue
from tests.web.markup import rendered

TEXT = "Date of injury: May 1. Reviewer: Pain Medicine."
CASE = replace(
    determination("CM16-0000001", issue(1, "MRI")),
    evidence={"dates.injury": Span(16, 21), "reviewer.specialties.0": Span(33, 46)},
)


@pytest.mark.parametrize(
    ("fact", "told", "marked"),
    [
        pytest.param("dates.injury", "Date of injury", "May 1", id="a fact"),
        pytest.param(
            "reviewer.specialties", "Reviewer’s specialty", "Pain Medicine", id="a list: its first"
        ),
        pytest.param("dates.decided", "", "", id="read from nowhere"),
        pytest.param("nonsense", "", "", id="unheard of"),
        pytest.param("", "", "", id="empty"),
        pytest.param(None, "", "", id="none asked for"),
    ],
)
def test_the_place_that_a_fact_was_read_from_is_marked(
    fact: str | None, told: str, marked: str
) -> None:
    shown = letter_page(CASE, TEXT, fact)
    assert shown.fact == (f"Marked: where “{told}” was read from." if told else "")
    assert shown.marked == marked
    assert shown.before + shown.marked + shown.after == TEXT
    assert shown.before == (TEXT[: TEXT.index(marked)] if marked else TEXT)


def test_it_leads_to_the_case_and_the_original(client: FlaskClient) -> None:
    page = letter_page(CASE, TEXT, None)
    shown = rendered(client, "letter.html", page=page, case=CASE, name="CM16-0000001.pdf")
    assert shown.text("code") == "CM16-0000001.pdf"
    links = shown.links()
    assert links["Case CM16-0000001"] == "/case/CM16-0000001"
    assert links["original file"] == "/case/CM16-0000001/original"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("dates.injury", "/case/CM16-0000001/letter?fact=dates.injury#evidence"),
        ("reviewer.specialties", "/case/CM16-0000001/letter?fact=reviewer.specialties#evidence"),
        ("reviewer.special", None),
    ],
)
def test_a_fact_leads_there_only_where_its_place_is_known(
    client: FlaskClient, path: str, url: str | None
) -> None:
    with client.application.test_request_context():
        assert evidence_url(CASE, path) == url


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("dates.injury", "dates.injury"),
        ("reviewer.specialties", "reviewer.specialties.0"),  # a list: its first value
        ("dates.decided", None),
        ("dates.inj", None),
    ],
)
def test_evidence_of_a_fact(path: str, known: str | None) -> None:
    assert evidence_path(CASE, path) == known


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("dates.injury", "Date of injury"),
        ("reviewer.specialties.0", "Reviewer’s specialty"),
        ("issues.2.decision", "Decision, issue 2"),
        ("issues.12.reviewer_guideline.text", "What the reviewer cited, issue 12"),
        ("issues.1.heading", "Heading, issue 1"),
        ("case_id", "Case number"),
        ("summary", "Summary"),
    ],
)
def test_facts_have_names(path: str, name: str) -> None:
    assert fact_name(path) == name
