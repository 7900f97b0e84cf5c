from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.lexer import (
    MAX_DEPTH,
    PARAGRAPH,
    SENTENCE,
    QueryLimits,
    Token,
    TokenKind,
    lex,
)
from imrsearch.query.notes import Note
from imrsearch.text.words import words

ALPHA, BETA = Token("word", "alpha"), Token("word", "beta")


def tokens(text: str, limits: QueryLimits | None = None) -> tuple[list[Token], list[str]]:
    notes: list[Note] = []
    found = lex(text, limits or QueryLimits(), notes)
    return found, [note.code for note in notes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("alpha,  beta", [Token("word", "alpha,"), BETA], id="words end at blanks"),
        pytest.param("alpha AND beta", [ALPHA, Token("and", "AND"), BETA], id="an operator"),
        pytest.param("-alpha", [Token("not"), ALPHA], id="minus"),
        pytest.param("- alpha", [Token("word", "-"), ALPHA], id="a dash between blanks"),
        pytest.param("x-ray", [Token("word", "x-ray")], id="a hyphen"),
        pytest.param("x—ray", [Token("word", "x-ray")], id="a long dash"),
        pytest.param("«alpha beta»", [Token("phrase", "alpha beta")], id="foreign quotes"),
        pytest.param('"alpha"~5', [Token("phrase", "alpha", slop=5)], id="proximity"),
        pytest.param(
            "alpha /5 beta", [ALPHA, Token("near", "/5", slop=4), BETA], id="within five words"
        ),
        pytest.param(
            "alpha W/5 beta", [ALPHA, Token("near", "W/5", slop=4), BETA], id="the same, spelt out"
        ),
        pytest.param(
            "alpha /s beta", [ALPHA, Token("near", "/s", slop=SENTENCE), BETA], id="same sentence"
        ),
        pytest.param(
            "alpha /P beta", [ALPHA, Token("near", "/P", slop=PARAGRAPH), BETA], id="paragraph"
        ),
        pytest.param(
            "alpha /S beta", [ALPHA, Token("near", "/S", slop=SENTENCE), BETA], id="in capitals"
        ),
        pytest.param(
            "alpha near10 beta", [ALPHA, Token("near", "near10", slop=9), BETA], id="bare"
        ),
        pytest.param(
            "alpha NEAR/1 beta", [ALPHA, Token("near", "NEAR/1"), BETA], id="side by side"
        ),
        pytest.param("alpha /0 beta", [ALPHA, Token("near", "/0"), BETA], id="no nearer than that"),
        pytest.param("body:w/5", [Token("word", "w/5", "body")], id="no connector in a field"),
        pytest.param("L4/5", [Token("word", "L4/5")], id="a level is no connector"),
        pytest.param(
            "adjacent prevention",
            [Token("word", "adjacent"), Token("word", "prevention")],
            id="words that begin like connectors",
        ),
        pytest.param("No. 5", [Token("word", "5")], id="a number's sign"),
        pytest.param("nos.5", [Token("word", "5")], id="signs of several, without a blank"),
        pytest.param("no. pain", [Token("word", "no."), Token("word", "pain")], id="no number"),
        pytest.param("piano. 5", [Token("word", "piano."), Token("word", "5")], id="no sign"),
        pytest.param("no pain", [Token("word", "no"), Token("word", "pain")], id="no, the word"),
        pytest.param(
            "CM16-00001012", [Token("word", "CM16-00001012")], id="too long for a case number"
        ),
        pytest.param("--alpha", [Token("word", "--alpha")], id="two dashes leave nothing out"),
        pytest.param("patient’s", [Token("word", "patient's")], id="a typographic apostrophe"),
        pytest.param("§9792 ¶", [Token("word", "9792")], id="signs before a number are no words"),
        pytest.param(
            '"CM16-0000101"', [Token("phrase", "CM16-0000101")], id="quoted, it is a word"
        ),
        pytest.param("body:knee", [Token("word", "knee", "body")], id="a field"),
        pytest.param("BODY:OR", [Token("word", "OR", "body")], id="no operator in a field"),
        pytest.param("body: knee", [Token("word", "body:"), Token("word", "knee")], id="a heading"),
        pytest.param("Finding:-knee", [Token("word", "Finding:-knee")], id="a heading and a dash"),
        pytest.param(
            "cites:odg-knee:5", [Token("word", "odg-knee:5", "cites")], id="a value with a colon"
        ),
        pytest.param(
            "(alpha)-beta",
            [Token("open"), ALPHA, Token("close"), Token("word", "-beta")],
            id="a hyphen after a parenthesis",
        ),
        pytest.param(
            "body:(knee)",
            [Token("open", field="body"), Token("word", "knee"), Token("close")],
            id="a field before a group",
        ),
    ],
)
def test_tokens(text: str, found: list[Token]) -> None:
    assert tokens(text) == (found, [])


@pytest.mark.parametrize(
    ("text", "plain", "code"),
    [
        pytest.param("alpha /5", "alpha", "connector", id="nothing behind it"),
        pytest.param("w/5 alpha", "alpha", "connector", id="nothing before it"),
        pytest.param("(alpha beta /s)", "(alpha beta)", "connector", id="at the end of a group"),
        pytest.param("alpha /5 OR beta", "alpha OR beta", "connector", id="before an operator"),
        pytest.param("alpha /5 -beta", "alpha -beta", "connector", id="before what is left out"),
        pytest.param("alpha /5 /5 beta", "alpha /5 beta", "connector", id="twice"),
        pytest.param("alpha beta OR", "alpha beta", "operator", id="OR at the end"),
        pytest.param("AND alpha (OR beta)", "alpha (beta)", "operator", id="where groups begin"),
        pytest.param("alpha OR AND", "alpha", "operator", id="two at the end"),
    ],
)
def test_an_operator_without_words_binds_none(text: str, plain: str, code: str) -> None:
    """ "mri /5" had found all that mention an MRI, "low back OR" had not been a body part."""
    found, codes = tokens(text)
    assert found == tokens(plain)[0]
    assert set(codes) == {code}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("AND", "and"),
        ("&", "and"),
        ("&&", "and"),
        ("OR", "or"),
        ("|", "or"),
        ("||", "or"),
        ("NOT", "not"),
        ("and", "word"),  # "and", "or" and "not" are words of the letters
        ("Not", "word"),
    ],
)
def test_operators_stand_in_capitals_or_as_signs(typed: str, kind: TokenKind) -> None:
    assert tokens(f"alpha {typed} beta") == ([ALPHA, Token(kind, typed), BETA], [])


@pytest.mark.parametrize(
    "typed",
    [
        "CM16-0000101",
        "cm16 0000101",
        "CM160000101",
        "CM 16-0000101",
        "CM-16-0000101",
        "case CM16-0000101",
        "Case No. CM16 0000101",
        "Case  No CM16-0000101",
        "CASE NUMBER: CM16-0000101",
        "case number :CM16-0000101",
        "Case #CM16-0000101",
        "Case # CM16-0000101",
        "CM16-0000101#7",  # as a brief prints an issue
        "CM16-0000101 #12",
    ],
)
def test_a_case_s_number_is_known_however_it_is_typed(typed: str) -> None:
    assert tokens(f"{typed} knee") == (
        [Token("word", "CM16-0000101", "case"), Token("word", "knee")],
        [],
    )


@pytest.mark.parametrize(("opening", "closing"), ["“”", "„‟", "«»", "″″", '"“'])
def test_any_quotation_marks_make_a_phrase(opening: str, closing: str) -> None:
    assert tokens(f"{opening}alpha beta{closing}") == ([Token("phrase", "alpha beta")], [])


@pytest.mark.parametrize(
    ("copied", "words"),
    [
        ("\ufb01rst", ["first"]),  # a ligature of a PDF
        ("\uff2d\uff32\uff29", ["MRI"]),  # letters as wide as Chinese ones
        ("alpha\u200bbeta", ["alpha", "beta"]),  # where a web page may break the line
        ("al\u00adpha", ["alpha"]),  # where it may break with a hyphen
        ("\ufeffalpha", ["alpha"]),  # the beginning of a file
    ],
)
def test_what_is_copied_is_read_as_it_looks(copied: str, words: list[str]) -> None:
    assert tokens(copied) == ([Token("word", word) for word in words], [])


@pytest.mark.parametrize("dash", "‐‑‒–—―−")
def test_any_dash_parts_and_leaves_out_like_a_hyphen(dash: str) -> None:
    assert tokens(f"x{dash}ray {dash}alpha") == (
        [Token("word", "x-ray"), Token("not"), ALPHA],
        [],
    )


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        pytest.param(
            "alpha beta gamma",
            QueryLimits(chars=12),
            "Only the first 12 characters were searched for.",
            id="characters",
        ),
        pytest.param(
            "alpha beta gamma",
            QueryLimits(words=2),
            "Only the first 2 words were searched for.",
            id="words",
        ),
        pytest.param("a" * 61, None, "Only the first 60 letters of a word were searched for."),
        pytest.param('alpha "beta', None, "An unmatched quotation mark was ignored.", id="quote"),
        pytest.param("alpha)", None, "An unmatched closing parenthesis was ignored."),
        pytest.param("(alpha", None, "A missing closing parenthesis was added at the end."),
        pytest.param(
            "(" * 9 + "alpha" + ")" * 9,
            None,
            "Parentheses nested deeper than 8 levels were ignored.",
            id="depth",
        ),
        *(
            pytest.param(
                f"alpha {order} beta", None, f"“{order}” was read as /5: in either order.", id=order
            )
            for order in ("PRE/5", "pre/5", "Adj/5", "ADJ5", "ONEAR/5")
        ),
    ],
)
def test_what_was_changed_is_told(text: str, limits: QueryLimits | None, message: str) -> None:
    notes: list[Note] = []
    lex(text, limits or QueryLimits(), notes)
    assert {note.message for note in notes} == {message}


@given(st.text(alphabet='ab ()"-A', max_size=60))
def test_words_are_dropped_only_with_a_note(text: str) -> None:
    """And parentheses are balanced, whatever was typed."""
    found, told = tokens(text)
    depths = list(accumulate((one.kind == "open") - (one.kind == "close") for one in found))
    assert min(depths, default=0) >= 0
    assert max(depths, default=0) <= MAX_DEPTH
    assert depths[-1:] in ([], [0])
    if "depth" not in told:
        assert [word for one in found for word in words(one.text)] == words(text)


def test_no_more_than_so_many_characters() -> None:
    assert tokens("alpha beta gamma", QueryLimits(chars=12)) == ([ALPHA, BETA], ["too-long"])
    assert tokens("alpha beta gamma delta", QueryLimits(chars=12)) == ([ALPHA, BETA], ["too-long"])
    assert tokens("alpha beta", QueryLimits(chars=10)) == ([ALPHA, BETA], [])
    assert tokens("alphabeta", QueryLimits(chars=5)) == ([ALPHA], ["too-long"])


def test_no_more_than_so_many_words() -> None:
    assert tokens("alpha beta gamma", QueryLimits(words=2)) == ([ALPHA, BETA], ["too-many-words"])
    assert tokens("alpha", QueryLimits(words=1)) == ([ALPHA], [])
    assert tokens("alpha AND beta", QueryLimits(words=2))[1] == []  # an operator is no word
    assert [tokens("a " * words)[1] for words in (64, 65)] == [[], ["too-many-words"]]
    phrase = tokens('"alpha beta gamma"', QueryLimits(words=2))
    assert phrase == ([Token("phrase", "alpha beta")], ["too-many-words"])
    assert tokens("alpha " * 90)[1] == ["too-long", "too-many-words"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a" * 61, "a" * 60, id="word"),
        pytest.param("a" * 300 + "/" + "b" * 99, f"{'a' * 60}/{'b' * 60}", id="two in one"),
        pytest.param("9" * 5_000, "9" * 60, id="number"),
    ],
)
def test_words_have_so_many_letters_at_most(text: str, found: str) -> None:
    assert tokens(text, QueryLimits(chars=9_999)) == ([Token("word", found)], ["long-word"])


def test_long_runs_of_short_words_are_left_as_they_are() -> None:
    assert tokens("a-" * 99, QueryLimits(words=999))[1] == []


@pytest.mark.parametrize(
    ("text", "opened", "codes"),
    [
        pytest.param("(a", 1, ["parenthesis"], id="not closed"),
        pytest.param("a))", 0, ["parenthesis", "parenthesis"], id="not opened"),
        pytest.param(")a(", 1, ["parenthesis", "parenthesis"], id="the wrong way round"),
        pytest.param("(" * MAX_DEPTH + ")" * MAX_DEPTH, MAX_DEPTH, [], id="deep"),
        pytest.param("(" * 9 + "a" + ")" * 9, MAX_DEPTH, ["depth", "depth"], id="too deep"),
        pytest.param("(" * 10 + "a", MAX_DEPTH, ["depth", "depth", "parenthesis"], id="both"),
    ],
)
def test_parentheses_are_balanced(text: str, opened: int, codes: list[str]) -> None:
    found, told = tokens(text)
    kinds = [token.kind for token in found]
    assert (kinds.count("open"), kinds.count("close"), told) == (opened, opened, codes)
