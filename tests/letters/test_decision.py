"""How issues are decided in each era."""

from __future__ import annotations

import pytest

from imrsearch.letters.decision import decision_of_word
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.letters.passage import Passage
from imrsearch.model import Determination
from tests.letters.forms import (
    DOCUMENTS_REVIEWED,
    NOTICE,
    PROFESSIONAL_REVIEW,
    credentials_letter,
    issue,
)


def read(text: str) -> Determination:
    return parse(kept_text(text), "letter.txt")


@pytest.mark.parametrize(
    ("text", "decisions", "outcome"),
    [
        pytest.param(NOTICE, ["upheld", "overturned"], "partly overturned", id="N, by its list"),
        pytest.param(
            NOTICE.replace("has determined", "determined"),
            ["upheld", "overturned"],
            "partly overturned",
            id="N without its list, by the closings",
        ),
        pytest.param(
            DOCUMENTS_REVIEWED, ["overturned", "upheld"], "partly overturned", id="D, by sentence"
        ),
        pytest.param(
            DOCUMENTS_REVIEWED.replace("is not medically", "is notmedically"),
            ["overturned", "upheld"],
            "partly overturned",
            id="D with a lost blank",
        ),
        pytest.param(PROFESSIONAL_REVIEW, ["upheld"], "upheld", id="P, by its heading"),
        pytest.param(
            PROFESSIONAL_REVIEW.replace("IS/WAS\nNOT MEDICALLY", "IS/WAS\nMEDICALLY"),
            ["overturned"],
            "overturned",
            id="P, the other heading",
        ),
        pytest.param(
            credentials_letter(issue("Cane: Overturned", "x"), issue("Bed: Upheld", "x")),
            ["overturned", "upheld"],
            "partly overturned",
            id="C, by word",
        ),
        pytest.param(
            credentials_letter(issue("Cane: Modified", "x")),
            ["modified"],
            None,
            id="another word is kept, the outcome not guessed",
        ),
        pytest.param(
            credentials_letter(issue("Cane without a decision", "x")), [None], None, id="none"
        ),
    ],
)
def test_decisions(text: str, decisions: list[str | None], outcome: str | None) -> None:
    determination = read(text)
    assert [one.decision for one in determination.issues] == decisions
    assert determination.outcome == outcome


def test_an_issue_that_only_the_list_tells_is_missed_aloud() -> None:
    letter = NOTICE.replace("2) Regarding the request for", "2) As to")
    assert [issue.number for issue in read(letter).issues] == [1]
    assert "missing-issue" in [warning.code for warning in read(letter).warnings]


def test_the_list_of_a_retrospective_request() -> None:
    letter = NOTICE.replace("the request for a back", "the retrospective request for a back")
    (_, last) = read(letter).issues
    assert (last.decision, last.flags) == ("overturned", ("retrospective",))


@pytest.mark.parametrize(
    ("printed", "decision"),
    [
        ("Uphled", "upheld"),
        ("Upheldd", "upheld"),
        ("Overtuned", "overturned"),
        ("Overtumed", "overturned"),
        ("Modified", "modified"),
    ],
)
def test_a_misprinted_decision(printed: str, decision: str) -> None:
    found = decision_of_word(Passage.whole(f"Cane: {printed}"))
    assert found and found.value == decision
