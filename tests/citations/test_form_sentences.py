"""The form's sentences, also with one letter wrong."""

from __future__ import annotations

import pytest

from imrsearch.citations.form_sentences import form_sentences


def told(text: str) -> list[tuple[str, str]]:
    return [(one.value, text[one.start : one.end]) for one in form_sentences(text, len(text))]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Decision based on MTUS", "mtus"),
        ("Deision based on MTUS", "mtus"),
        ("Decision bsaed on MTUS", "mtus"),
        ("Decision based oon MTUS", "mtus"),
        ("Decision based on MTU", "mtus"),
        ("Decision based o nMTUS", "mtus"),
        ("Decision basedon MTUS", "mtus"),
        ("Decision based onMTUS", "mtus"),
        ("Decision based on Non-MTUS Citation", "non"),
        ("Decisien based on Non-MTUS Citation", "non"),
        ("Decision based on Non-MTUUS Citation", "non"),
        ("Decision based on Non-MTUS Citaton", "non"),
        ("Decision basedon Non-MTUS Citation", "non"),
    ],
)
def test_what_opens_a_clause(said: str, kind: str) -> None:
    text = f"See below. {said} ACOEM Chapter 12. Decision based on MTUS ACOEM Chapter 8."
    first, second = told(text)
    assert first[0] == kind
    assert said.startswith(first[1])
    assert second == ("mtus", "Decision based on MTUS")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("which is nto part of the MTUS", "outside"),
        ("which is not partt of the MTUS", "outside"),
        ("which i snot part of the MTUS", "outside"),
        ("which is not cited in the MTUS", "outside"),
        ("It didnot use the MTUS", "outside"),
        ("The MTUS used by the Claims Administrator was not applicable", "outside"),
        (
            "the section of the MTUS relied upon by the claims administrator is not relevant",
            "outside",
        ),
        ("It did nto cite any medical evidence", "none"),
    ],
)
def test_what_else_is_told(said: str, kind: str) -> None:
    assert [one for one, _ in told(said)] == [kind]


@pytest.mark.parametrize(
    "said",
    [
        "The decision was based on the MTUS.",
        "",
        "Decided based on it.",
        "The section of the MTUS used by the Claims Administrator was applicable",
    ],
)
def test_other_words(said: str) -> None:
    assert told(said) == []
