"""The search language: from the words of a search to the query tree, leniently.

All words are required unless the syntax says otherwise: ``OR``, ``NOT`` or ``-word``, parentheses,
``"exact phrase"``, ``"a b"~5``, ``a /5 b``, ``word*``, ``field:word``. Whatever cannot be parsed is
repaired, with a note; no text raises an exception. ``OR`` binds tighter than mere juxtaposition, as
users of legal and web search expect, and ``AND`` binds tighter than ``OR``: ``knee surgery OR
injection`` is ``knee AND (surgery OR injection)``.

``ParseOptions`` say what is recognized besides plain words: other names, citations, decision words,
misspellings; and whether most of the words are enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imrsearch.catalogue.word_lists import glue
from imrsearch.query.comparisons import read_comparisons
from imrsearch.query.compose import TRAILING, all_of, any_of, as_typed, near
from imrsearch.query.fields import ANY_NUMBER, DECIDED, field_query, month_range, number_range
from imrsearch.query.format import printed, read_as
from imrsearch.query.lexer import STRAY_OPERATOR, QueryLimits, Token, TokenKind, lex
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Recogniser, recognise
from imrsearch.query.recognize_citations import CITED_FIELDS, citation_value
from imrsearch.query.required import (
    MatchMode,
    disputing,
    mentioning,
    names_in,
    relaxed,
    treatments_in,
)
from imrsearch.query.spelling import Correct, corrected
from imrsearch.query.tree import (
    FieldEquals,
    Filtered,
    Leaf,
    MatchAll,
    Not,
    Phrase,
    Prefix,
    Query,
    Term,
    positive_leaves,
)
from imrsearch.query.values import resolve, unknown_value
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import NUMBER_FIELDS, OTHER_NAMES, TEXT_FIELDS, UNKNOWN, VALUE_FIELDS
from imrsearch.text.fuzzy import is_nearly
from imrsearch.text.words import is_stop_word, words

RANGE_FIELDS = tuple(name for name in NUMBER_FIELDS if name != DECIDED)
TYPED_FIELDS = frozenset((*TEXT_FIELDS, *VALUE_FIELDS, *NUMBER_FIELDS))
# Symbols that nobody searches for; ">" and "%" have a meaning, so their omission is noted.
_PUNCTUATION = re.compile(r"[-–—,.:;/'&+*!?~|\"]*")
MOST_WILDCARDS = 3
SHORTEST_PREFIX = 3
LONGEST_PHRASE = 50
WIDEST_SLOP, SLOP_IN_ALL = 50, 100
"""Most words between others: in a phrase, and in all phrases of a search."""
MOST_APART = 4
"""Most words of a phrase with distances: each multiplies the positions to compare."""


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """How freely a search may be read; by default, word for word.

    ``recognisers`` find meanings of words, ``correct`` returns the intended word for one that
    occurs nowhere, ``match`` is "all", "most" or "" (depending on the form of the search). With
    ``mentions``, issues need not dispute the treatments named. ``count`` tells how many issues a
    query finds."""

    recognisers: Sequence[Recogniser] = ()
    correct: Correct | None = None
    match: MatchMode = "all"
    mentions: bool = False
    count: Callable[[Query], int] | None = None


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """How the words of a search were read: query, one readable line, notes, terms to highlight.

    ``most``: not all of the words must match. ``wishes``: matches of these rank first.
    If treatments are ``named``, ``other_scope`` is the same query for all issues that mention them
    if ``query`` is for those that dispute them, and vice versa. ``treatments`` are
    those named, one by one.
    """

    query: Query
    read_as: str
    notes: tuple[Note, ...]
    terms: tuple[Leaf, ...]
    most: bool = False
    wishes: tuple[Query, ...] = ()
    other_scope: Query | None = None
    named: str = ""
    treatments: tuple[Filtered, ...] = ()


_WORD_FOR_WORD = ParseOptions()


def read(
    text: str,
    vocabulary: Vocabulary,
    limits: QueryLimits | None = None,
    ways: ParseOptions = _WORD_FOR_WORD,
) -> ParsedQuery:
    """Read the words of a search; ``vocabulary`` tells the values of fields. Never raises."""
    notes: list[Note] = []
    tokens = lex(text, limits or QueryLimits(), notes)
    tokens = read_comparisons(tokens, notes)
    tokens = corrected(tokens, ways.correct, notes)
    tokens = recognise(tokens, ways.recognisers, notes)
    reader = _TokenReader(tokens, vocabulary, notes)
    loose = relaxed(reader.everything(), text, ways.match, ways.count)
    notes += [loose.note] if loose.note else []
    notes += _left_out([*reader.left_out, *map(printed, loose.left_out)])
    named = names_in(loose.query)
    scopes = [disputing(loose.query), mentioning(loose.query)]
    query, other_scope = reversed(scopes) if ways.mentions or not named else scopes
    return ParsedQuery(
        query=query,
        read_as=read_as(query),
        notes=tuple(dict.fromkeys(notes)),
        terms=positive_leaves(query),
        most=loose.most,
        wishes=tuple(dict.fromkeys(token.wish for token in tokens if token.wish)),
        other_scope=other_scope if named else None,
        named=named,
        treatments=tuple(dict.fromkeys(treatments_in(loose.query))),
    )


class _TokenReader:
    """Reads balanced tokens by recursive descent; parentheses are the only recursion."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary, notes: list[Note]) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self._notes = notes
        self._at = 0
        self._wildcards = 0
        self._slop_left = SLOP_IN_ALL
        self._keep_stop_words = False
        self.left_out: list[str] = []

    def everything(self) -> Query:
        """The whole search; if only stop words were typed, these."""
        query = self._words_together()
        if query is None and any(token.kind == "word" for token in self._tokens):
            self._at, self._keep_stop_words = 0, True
            self.left_out = []
            query = self._words_together()
            if query:
                self._note(
                    "stop-words", "All of these words are common; they were searched for as typed."
                )
        return query or MatchAll()

    # ------------------------------------------------------------- what binds less comes first

    def _words_together(self, field: str = "") -> Query | None:
        """``a b c`` up to a closing parenthesis: all of them."""
        parts = []
        while self._peek() not in (None, "close"):
            parts.append(self._disjunction(field))
        return all_of(dict.fromkeys(parts))  # a repeated part adds nothing

    def _disjunction(self, field: str) -> Query | None:
        """``a OR b``: either."""
        parts = [self._conjunction(field)]
        while self._take("or"):
            parts.append(self._conjunction(field))
        return any_of(parts)

    def _conjunction(self, field: str) -> Query | None:
        """``a AND b``: both."""
        parts = [self._proximity(field)]
        while self._take("and"):
            parts.append(self._proximity(field))
        return all_of(parts)

    def _proximity(self, field: str) -> Query | None:
        """``a /5 b /5 c``: a near b, and b near c."""
        parts = [self._negation(field)]
        pairs: list[Query | None] = []
        while self._peek() == "near":
            token = self._tokens[self._at]
            self._at += 1
            parts.append(self._negation(field))
            pairs.append(self._near(parts[-2], parts[-1], token))
        return all_of(pairs) if pairs else parts[0]

    def _near(self, left: Query | None, right: Query | None, token: Token) -> Query | None:
        found = near(left, right, self._slop(token.slop)) if left and right else None
        if found is None:
            self._note("connector", f"“{token.text}” works only between words; it was read as AND.")
            return all_of([left, right])
        return found

    def _negation(self, field: str) -> Query | None:
        negated = False
        while self._take("not"):
            negated = True
        part = self._operand(field)
        return (part.part if isinstance(part, Not) else Not(part)) if negated and part else part

    def _operand(self, field: str) -> Query | None:
        if self._peek() not in ("word", "phrase", "meant", "open"):
            self._note("operator", STRAY_OPERATOR)
            return None
        token = self._tokens[self._at]
        self._at += 1
        own = OTHER_NAMES.get(token.field, token.field)
        if own and own not in TYPED_FIELDS:
            return self._unknown_field(token, field)
        return self._meaning(token, own or field)

    def _meaning(self, token: Token, field: str) -> Query | None:
        if token.kind == "meant":
            return token.meaning
        if token.kind == "open":
            inside = self._words_together(field)
            self._take("close")
            return inside
        if field and field not in TEXT_FIELDS:
            return self._value(field, token.text)
        fields = (field,) if field else ()
        return self._phrase(token, fields) if token.kind == "phrase" else self._word(token, fields)

    def _unknown_field(self, token: Token, field: str) -> Query | None:
        meant = [name for name in (*TYPED_FIELDS, *OTHER_NAMES) if is_nearly(token.field, name)]
        if len(meant) == 1:
            told = f"“{token.field}:” is not a field of this search; “{meant[0]}:” was read."
            self._note("unknown-field", told)
            return self._meaning(token, OTHER_NAMES.get(meant[0], meant[0]))
        self._note(
            "unknown-field",
            f"“{token.field}:” is not a field of this search, so it was read as a word.",
        )
        return all_of([self._word(Token("word", token.field), ()), self._meaning(token, field)])

    # ---------------------------------------------------------------------------------- leaves

    def _word(self, token: Token, fields: tuple[str, ...]) -> Query | None:
        """``x-ray`` is a phrase of stems, ``EMG/NCV`` two words, ``chiro*`` a beginning."""
        text = token.text.rstrip(TRAILING)
        if "*" in text:
            prefix = self._prefix(text, fields)
            if prefix:
                return prefix
        query = as_typed(text, fields, self._keep_stop_words)
        if query is None and text.lower() not in glue() and not _PUNCTUATION.fullmatch(text):
            self.left_out.append(text)
        return query

    def _prefix(self, text: str, fields: tuple[str, ...]) -> Prefix | None:
        start = text.rstrip("*")
        self._wildcards += 1
        if "*" in start or len(words(start)) != 1 or len(words(start)[0]) < SHORTEST_PREFIX:
            self._note(
                "wildcard",
                f"“*” works at the end of a word of {SHORTEST_PREFIX} letters or more;"
                f" “{text}” was searched for without it.",
            )
            return None
        if self._wildcards > MOST_WILDCARDS:
            self._note(
                "wildcard",
                f"“*” was applied only to the first {MOST_WILDCARDS} words that have it.",
            )
            return None
        return Prefix(words(start)[0], fields)

    def _phrase(self, token: Token, fields: tuple[str, ...]) -> Query | None:
        found = words(token.text)
        parts = tuple(found[:LONGEST_PHRASE])
        if len(found) > LONGEST_PHRASE:
            self._note(
                "phrase", f"Only the first {LONGEST_PHRASE} words of a phrase were searched for."
            )
        if "*" in token.text:
            self._note("wildcard", "“*” has no effect inside quotation marks; it was ignored.")
        if token.slop and len(parts) > 1:
            return self._apart(parts, fields, token.slop)
        if len(parts) > 1:
            return Phrase(parts, fields)
        return Term(parts[0], fields, exact=True) if parts else None

    def _apart(self, parts: tuple[str, ...], fields: tuple[str, ...], slop: int) -> Phrase:
        """Words with others between them; common words, which occur everywhere, count as gaps."""
        telling = tuple(part for part in parts if not is_stop_word(part))
        if not 1 < len(telling) <= MOST_APART:
            self._note(
                "proximity",
                f"A distance needs 2 to {MOST_APART} words that are not common; “{' '.join(parts)}”"
                " was searched for as a phrase.",
            )
            return Phrase(parts, fields)
        if telling != parts:
            self._note("proximity", "Common words were ignored in a search by distance.")
        return Phrase(telling, fields, slop=self._slop(slop + len(parts) - len(telling)))

    def _slop(self, asked: int) -> int:
        """The allowed distance, within the search's budget."""
        taken = min(asked, WIDEST_SLOP, self._slop_left)
        if taken < asked:
            self._note(
                "proximity",
                f"Words can be at most {WIDEST_SLOP} apart, and {SLOP_IN_ALL} in a whole search;"
                " the distance was reduced.",
            )
        self._slop_left -= taken
        return taken

    def _value(self, field: str, text: str) -> Query | None:
        typed = text.strip().rstrip(TRAILING)
        if typed == UNKNOWN:
            return field_query(field, typed)
        if not words(typed) and typed != ANY_NUMBER:
            self._note("no-such-value", f"“{text}” is not a value of {field}; it was ignored.")
            return None
        if field in RANGE_FIELDS and (numbers := number_range(field, typed)):
            return numbers
        if field == DECIDED and (days := month_range(typed)):
            return days
        if field in (*CITED_FIELDS, "guideline"):
            cited = citation_value(self._vocabulary, field, typed)
            if cited:
                if cited.note and cited.note.code == "uncited":
                    self._note("no-such-value", cited.note.message)
                return cited.query
        if field not in VALUE_FIELDS:
            ways = (
                f"{field}:2017-02 or {field}:2016-12..2017-02"
                if field == DECIDED
                else f"{field}:40, {field}:40..50 or {field}:>40"
            )
            self._note("no-such-value", f"“{typed}” is not a valid {field}: type {ways}.")
            return FieldEquals(field, typed)
        found = resolve(self._vocabulary, field, typed)
        if not self._vocabulary.has(field, found[0]):
            self._note("no-such-value", unknown_value(self._vocabulary, field, typed))
        return any_of([FieldEquals(field, value) for value in found])

    # ---------------------------------------------------------------------------------- tokens

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, kind: TokenKind) -> bool:
        found = self._peek() == kind
        self._at += found
        return found

    def _note(self, code: str, message: str) -> None:
        self._notes.append(Note(code, message))


def _left_out(words_left_out: Sequence[str]) -> list[Note]:
    """The note on typed words that are not searched for."""
    if not words_left_out:
        return []
    named = ", ".join(f"“{word}”" for word in dict.fromkeys(words_left_out))
    message = f"Not searched for: {named}. Put a word in quotation marks to require it."
    return [Note("left-out", message)]
