"""What a search must find in an issue: a treatment in dispute, a body part, or words."""

from __future__ import annotations

import pytest

from imrsearch.query.disputed import disputing, in_words, mentioning, names_in, treatments_in
from imrsearch.query.tree import (
    And,
    Boosted,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Query,
    Term,
)

WORD = Term("pain")
MRI = Filtered(Term("mri"), FieldEquals("disputes", "MRI"))
ESI = Filtered(Term("esi"), FieldEquals("disputes", "epidural steroid injection"))
KNEE = Filtered(Term("knee"), FieldEquals("body", "knee"), "body")
HIP = Filtered(Term("hip"), FieldEquals("body", "hip"), "body")
EITHER = Or((MRI.filter, ESI.filter))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        pytest.param(MRI, MRI, id="a treatment is disputed"),
        pytest.param(WORD, WORD, id="a word is a word"),
        pytest.param(KNEE, KNEE.part, id="a body part alone is words"),
        pytest.param(And((KNEE, WORD)), And((KNEE.part, WORD)), id="beside words too"),
        pytest.param(And((KNEE, MRI)), And((KNEE, MRI)), id="beside a treatment the issue's own"),
        pytest.param(
            And((Or((KNEE, HIP)), MRI)), And((Or((KNEE, HIP)), MRI)), id="either body part"
        ),
        pytest.param(And((MRI, Not(KNEE))), And((MRI, Not(KNEE))), id="a body part left out"),
        pytest.param(Not(KNEE), Not(KNEE), id="left out alone"),
        pytest.param(Not(MRI), Not(MRI), id="not in dispute"),
        pytest.param(
            And((MRI, ESI, WORD)),
            Filtered(And((MRI.part, ESI.part, WORD)), EITHER),
            id="several: one in dispute, the others mentioned",
        ),
        pytest.param(Or((MRI, WORD)), Or((MRI, WORD)), id="or a word"),
        pytest.param(And((Or((MRI, ESI)), KNEE)), And((Or((MRI, ESI)), KNEE)), id="either of two"),
        pytest.param(
            MinShouldMatch((MRI, WORD, KNEE), 2),
            Filtered(MinShouldMatch((MRI.part, WORD, KNEE), 2), Or((MRI.filter,))),
            id="most of the words: the treatment for sure",
        ),
        pytest.param(
            And((Or((MRI, WORD)), And((ESI, KNEE)))),
            Filtered(
                And((Or((MRI.part, WORD)), And((ESI.part, KNEE.part)))),
                Or((Or((MRI.filter, WORD)), Or((ESI.filter,)))),
            ),
            id="several in groups: any of each, or a word that is there instead",
        ),
        pytest.param(
            Boosted(MRI, (WORD, KNEE)), Boosted(MRI, (WORD, KNEE.part)), id="wishes are words"
        ),
    ],
)
def test_what_is_in_dispute(query: Query, asked: Query) -> None:
    assert disputing(query) == asked


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (And((KNEE, MRI)), And((KNEE.part, MRI.part))),
        (Or((MRI, Not(KNEE))), Or((MRI.part, Not(KNEE)))),
        (MinShouldMatch((MRI, WORD), 1), MinShouldMatch((MRI.part, WORD), 1)),
        (Boosted(MRI, (KNEE,)), Boosted(MRI.part, (KNEE.part,))),
    ],
)
def test_what_is_mentioned(query: Query, words: Query) -> None:
    assert mentioning(query) == words


def test_a_treatment_is_mentioned_by_more_names_than_are_typed() -> None:
    named = Filtered(MRI.part, MRI.filter, mention=Or((MRI.part, MRI.filter)))
    query = And((named, KNEE, Not(named)))
    assert mentioning(query) == And((named.mention or WORD, KNEE.part, Not(named)))
    assert in_words(query) == And((named.part, KNEE.part, Not(named)))


def test_treatments_are_told_in_order_without_those_left_out() -> None:
    query = Boosted(And((Or((ESI, KNEE)), Not(MRI))), (MRI,))
    assert list(treatments_in(query)) == [ESI, MRI]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (Boosted(MRI, (KNEE,)), "mri knee"),
        (MinShouldMatch((MRI, KNEE, MRI), 1), "mri knee"),
        (And((KNEE, MRI, WORD)), "knee mri"),
        (KNEE, ""),
        (Not(MRI), ""),
        (Filtered(And((Term("steroid"), Term("shot"))), ESI.filter), "steroid shot"),
    ],
)
def test_what_is_named(query: Query, names: str) -> None:
    assert names_in(query) == names
