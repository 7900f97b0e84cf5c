from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.format import printed
from imrsearch.query.lexer import QueryLimits
from tests.query.words import LANGUAGE, read


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "all issues"),
        ("alpha beta", "alpha AND beta, in all text"),
        ('alpha (beta OR "gamma ray")', 'alpha AND (beta OR "gamma ray"), in all text'),
        ("decision:denied service:chiro*", "decision:upheld AND service:chiro*"),
        ("decision:denied x-ray", "decision:upheld AND x-ray, in all text"),
        ("-alpha", "NOT alpha, in all text"),
        ("body:back", 'body:"low back" OR body:"upper back"'),
        pytest.param(
            "treatment:brace",
            'treatment:"Brace A" OR treatment:"Brace B" OR treatment:"Brace C"'
            ' OR treatment:"Brace D" OR 2 more',
            id="a value that stands for many",
        ),
        ("year:2014.. -year:2016", "year:2014.. AND NOT year:2016"),
    ],
)
def test_read_as(text: str, line: str) -> None:
    assert read(text).read_as == line


@given(LANGUAGE | st.text())
def test_what_is_printed_reads_back_as_the_same_tree(text: str) -> None:
    query = read(text, QueryLimits(chars=10_000, words=1_000)).query
    again = read(printed(query), QueryLimits(chars=100_000, words=10_000))
    assert again.query == query
