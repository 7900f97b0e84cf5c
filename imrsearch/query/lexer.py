"""From the characters of a search to its tokens: one pass, linear time, no failure.

Every change or omission gives a note; nothing is dropped silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from imrsearch.query.notes import Note
from imrsearch.query.tree import Query
from imrsearch.text.words import words

TokenKind = Literal["word", "phrase", "meant", "open", "close", "and", "or", "not", "near"]

MAX_DEPTH = 8
LONGEST_WORD = 60
"""Characters; no word in the letters is longer."""
_OPERATORS: dict[str, TokenKind] = {
    "AND": "and",
    "&": "and",
    "&&": "and",
    "OR": "or",
    "|": "or",
    "||": "or",
    "NOT": "not",
}
STRAY_OPERATOR = "AND, OR or NOT without a word to apply to was ignored."
_NO_WORD_BEFORE: frozenset[TokenKind | None] = frozenset({None, "open"})
_NO_WORD_BEHIND: frozenset[TokenKind | None] = frozenset({None, "close"})

SENTENCE, PARAGRAPH = 15, 50
"""Most words that a sentence and a paragraph are assumed to have."""

# Connectors of legal research: "/5", "w/5", "NEAR/5", "ADJ5", "/s" (same sentence), "/p" (same
# paragraph). "PRE/5" asks for an order, which is not kept.
_CONNECTOR = re.compile(
    r"(?:w|near|adj|pre|onear)?/(?:(?P<words>\d{1,2})|(?P<unit>[sp]))|(?:NEAR|ADJ)(?P<bare>\d{1,2})",
    re.IGNORECASE,
)
_ORDERED = ("pre", "adj", "onear")

# A case's number as people type it: "CM16-0000101", "cm16 0000101", "Case No. CM 16-0000101"; also
# with the number of an issue, "CM16-0000101#2". Not one that is bound to a field or quoted.
_CASE = re.compile(
    r"(?<![:\"\w-])(?:case\s+(?:(?:no\.?|number|\#)\s*)?(?::\s*)?)?CM\s?-?(\d\d)[\s-]?(\d{7})"
    r"(?:\s?\#\d{1,2})?(?![\w-])",
    re.IGNORECASE,
)

# "No. 5" and "Nos. 5": a number is named by its digits.
_NUMBER_SIGN = re.compile(r"\bnos?\.\s?(?=\d)", re.IGNORECASE)

# An overlong word: "aaaa…" keeps its first letters.
_ENDLESS = re.compile(rf"([^\W_]{{{LONGEST_WORD}}})[^\W_]+")

# Typographic quotation marks, apostrophes and dashes from phones and word processors. The section
# sign and the pilcrow are no words; neither are places where a line may be broken.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("§¶\u200b", " "),
        **dict.fromkeys("\u00ad\u2060\ufeff"),
    }
)

# One token, its parts in this order:
#   -massage   the minus leaves out; the hyphen of x-ray or of (L4)-L5 does not
#   service:   a field, only right before what is looked for in it ("Rationale: The" is two words)
#   ( or )
#   "a b"~5    a phrase; without its closing mark the mark alone is taken, as a stray one
#   L4-5,      any other run of characters is a word, trimmed later
_TYPED_TOKEN = re.compile(
    r"""
    (?P<minus>(?<![)"])-(?=[\w("]))?
    (?:(?P<field>[A-Za-z][A-Za-z_]*):(?=[\w("~.<>≥≤]))?
    (?:
        (?P<paren>[()])
      | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,9}))?
      | (?P<stray>")
      | (?P<word>[^\s()"]+)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """The most characters and words of a search that are read."""

    chars: int = 500
    words: int = 64


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the search. ``field`` is empty, or a field's name in lower case.

    ``slop`` belongs to a phrase or a connector; ``meaning`` is the query for words that were
    recognized as more than words (``imrsearch.query.recognize``), ``wish`` what they only prefer.
    """

    kind: TokenKind
    text: str = ""
    field: str = ""
    slop: int = 0
    meaning: Query | None = None
    wish: Query | None = None


def lex(text: str, limits: QueryLimits, notes: list[Note]) -> list[Token]:
    """The tokens of ``text``, within ``limits``, its parentheses balanced; adds to ``notes``."""
    text = _cut_to(text, limits.chars, notes)
    # Copied from a PDF or a phone: "ﬁrst" is first, "ＭＲＩ" MRI.
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY))
    plain = _CASE.sub(r"case:CM\1-\2", plain)
    plain = _NUMBER_SIGN.sub("", plain)
    tokens = _within_limit(_scan_tokens(plain, notes), limits.words, notes)
    return _without_strays(_balanced(list(tokens), notes), notes)


def _cut_to(text: str, limit: int, notes: list[Note]) -> str:
    if len(text) <= limit:
        return text
    notes.append(Note("too-long", f"Only the first {limit} characters were searched for."))
    whole_words, _, _ = text[:limit].rpartition(" ")
    return whole_words or text[:limit]


def _scan_tokens(text: str, notes: list[Note]) -> Iterator[Token]:
    for match in _TYPED_TOKEN.finditer(text):
        if match["minus"]:
            yield Token("not")
        if match["stray"]:
            notes.append(Note("quote", "An unmatched quotation mark was ignored."))
        else:
            token = _token(match)
            if token.kind == "near" and token.text.lower().startswith(_ORDERED):
                message = f"“{token.text}” was read as /{token.slop + 1}: in either order."
                notes.append(Note("connector-order", message))
            yield token


def _token(match: re.Match[str]) -> Token:
    field = (match["field"] or "").lower()
    if match["paren"]:
        return Token("open" if match["paren"] == "(" else "close", field=field)
    if match["phrase"] is not None:
        return Token("phrase", match["phrase"], field, int(match["slop"] or 0))
    if not field and (connector := _CONNECTOR.fullmatch(match["word"])):
        return Token("near", connector.group(), slop=_distance(connector))
    kind = _OPERATORS.get(match["word"], "word")
    return Token("word" if field else kind, match["word"], field)


def _distance(connector: re.Match[str]) -> int:
    """How many words may lie between: "within 5 words" leaves room for four."""
    if connector["unit"]:
        return SENTENCE if connector["unit"].lower() == "s" else PARAGRAPH
    return max(int(connector["words"] or connector["bare"]) - 1, 0)


def _within_limit(tokens: Iterator[Token], limit: int, notes: list[Note]) -> Iterator[Token]:
    """The tokens up to the word limit; a phrase that exceeds it is cut."""
    left = limit
    for token in (_spelled_short(token, notes) for token in tokens):
        found = words(token.text) if token.kind in ("word", "phrase") else []
        if len(found) > left:
            notes.append(Note("too-many-words", f"Only the first {limit} words were searched for."))
            if left:
                yield replace(token, text=" ".join(found[:left]))
            return
        left -= len(found)
        yield token


def _spelled_short(token: Token, notes: list[Note]) -> Token:
    """The token, cut to the longest length of a word."""
    text = _ENDLESS.sub(r"\1", token.text)
    if text == token.text:
        return token
    notes.append(
        Note("long-word", f"Only the first {LONGEST_WORD} letters of a word were searched for.")
    )
    return replace(token, text=text)


def _balanced(tokens: Sequence[Token], notes: list[Note]) -> list[Token]:
    """The tokens without unmatched or too deep parentheses, with missing ones added."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            notes.append(Note("parenthesis", "An unmatched closing parenthesis was ignored."))
            depth = 0
        elif (token.kind == "open" and depth > MAX_DEPTH) or (
            token.kind == "close" and depth >= MAX_DEPTH
        ):
            notes.append(
                Note("depth", f"Parentheses nested deeper than {MAX_DEPTH} levels were ignored.")
            )
        else:
            kept.append(token)
    if depth > 0:
        notes.append(Note("parenthesis", "A missing closing parenthesis was added at the end."))
    return kept + [Token("close")] * min(depth, MAX_DEPTH)


def _without_strays(tokens: Sequence[Token], notes: list[Note]) -> list[Token]:
    """The tokens without connectors that have nothing on one side, and without AND and OR where a
    group begins or ends: the words beside them would be bound to nothing, and not be recognized as
    a treatment ("mri /5", "low back OR")."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        before = kept[-1].kind if kept else None
        after = tokens[place + 1].kind if place + 1 < len(tokens) else None
        stray = (
            _is_no_word(before, _NO_WORD_BEFORE)
            or _is_no_word(after, _NO_WORD_BEHIND)
            or after == "not"
        )
        if token.kind == "near" and stray:
            message = f"“{token.text}” works only between words; it was ignored."
            notes.append(Note("connector", message))
        elif token.kind in ("and", "or") and before in _NO_WORD_BEFORE:
            notes.append(Note("operator", STRAY_OPERATOR))
        else:
            kept.append(token)
    return _without_last(kept, notes)


def _is_no_word(kind: TokenKind | None, edge: frozenset[TokenKind | None]) -> bool:
    """Whether an edge of the group stands there, or another operator between words."""
    return kind in edge or kind in ("and", "or", "near")


def _without_last(tokens: Sequence[Token], notes: list[Note]) -> list[Token]:
    """The tokens without AND and OR where a group ends."""
    kept: list[Token] = []
    for token in reversed(tokens):
        if token.kind in ("and", "or") and (kept[-1].kind if kept else None) in _NO_WORD_BEHIND:
            notes.append(Note("operator", STRAY_OPERATOR))
        else:
            kept.append(token)
    return kept[::-1]
