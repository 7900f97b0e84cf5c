"""Searches that compare: "acupuncture vs chiropractic", "compare Norco with tramadol".

A search finds issues and compares none: what is compared is read as "either", and a note says so.
``compared`` tells the two sides, for the page that compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from imrsearch.catalogue.word_lists import word_lists
from imrsearch.query.lexer import QueryLimits, Token, lex
from imrsearch.query.notes import Note

_NOTHING_COMPARED = (
    "“{}” compares nothing here: issues that match either side are shown."
    " Search for each on its own."
)


def compared_searches(text: str, limits: QueryLimits) -> tuple[str, str] | None:
    """The two searches that ``text`` compares, each as typed; ``None`` where it compares nothing,
    or more than two."""
    tokens = lex(text, limits, [])
    sides = _sides(tokens, *_comparing_words(tokens))
    if len(sides) != 2 or not all(sides):
        return None
    return _typed_again(sides[0]), _typed_again(sides[1])


def _typed_again(tokens: Sequence[Token]) -> str:
    """The tokens as they are typed: ``(body:neck OR "low back") NOT mri``."""
    told = []
    for token in tokens:
        text = _TYPED_AS.get(token.kind, token.text)
        if token.kind == "phrase":
            text = f'"{token.text}"' + (f"~{token.slop}" if token.slop else "")
        told.append(f"{token.field}:{text}" if token.field else text)
    return " ".join(told).replace("( ", "(").replace(" )", ")")


_TYPED_AS: Mapping[str, str] = {"open": "(", "close": ")", "and": "AND", "or": "OR", "not": "NOT"}


def read_comparisons(tokens: Sequence[Token], notes: list[Note]) -> list[Token]:
    """The tokens, what stands on either side of a word of comparison as alternatives."""
    verbs, joints = _comparing_words(tokens)
    sides = _sides(tokens, verbs, joints)
    if not verbs and len(sides) == 1:
        return list(tokens)
    said = [*verbs, *(token for token in tokens if _is_one_of(token, joints))]
    message = _NOTHING_COMPARED.format(" … ".join(token.text for token in said))
    notes.append(Note("comparison", message))
    sides = list(filter(None, sides))
    if len(sides) > 1:
        sides = [[Token("or"), Token("open"), *side, Token("close")] for side in sides]
        del sides[0][0]
    return list(chain.from_iterable(sides))


def _comparing_words(tokens: Sequence[Token]) -> tuple[list[Token], list[str]]:
    """The verbs of comparison among the tokens, and the words that part two sides beside them."""
    table = word_lists()["comparisons"]
    verbs = [token for token in tokens if _is_one_of(token, table["verbs"])]
    return verbs, table["joints"] + (table["after_verbs"] if verbs else [])


def _sides(
    tokens: Sequence[Token], verbs: Sequence[Token], joints: Sequence[str]
) -> list[list[Token]]:
    """What stands between the joints, outside of parentheses, without the verbs."""
    sides: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and _is_one_of(token, joints):
            sides.append([])
        elif token not in verbs:
            sides[-1].append(token)
    return sides


def _is_one_of(token: Token, words: Sequence[str]) -> bool:
    return token.kind == "word" and not token.field and token.text.lower().rstrip(".,:") in words
