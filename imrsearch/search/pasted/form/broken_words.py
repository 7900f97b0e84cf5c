"""Words that a scanner broke in two ("epi dural", "DEN IED") or read with digits ("1umbar",
"N0N-CERT1F1ED"), and those that people misspell ("therpy")."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import product, takewhile

from imrsearch.catalogue.word_lists import misspellings, misspelt
from imrsearch.system.package_data import load_toml
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import is_stop_word

_WORD_FILES = ("treatments.toml", "drugs.toml", "reasons.toml", "denials.toml")
_SHORTEST_WORD = 6
_LETTER_RUN = re.compile(r"[a-z]+")
# Two words on one line; the second begins small where the first does not shout.
_PAIR = re.compile(r"(?<!\w)(?P<first>[A-Za-z]{2,}) (?=(?P<second>[A-Za-z]{2,})(?![\w-]))")
# Words with a digit amid their letters: "Musc1e", "UT1L1ZAT10N", "N0"; not "L4", "C5-6"
_WITH_DIGIT = re.compile(
    r"(?<![\w.])(?:(?=[A-Za-z]*[015])(?=[01]?[A-Za-z]\w)[A-Za-z015]{3,}|[NTnt]0|0[FRNfrn])(?!\w)"
)
_BEFORE_HYPHEN = re.compile(r"(?<![\w-])(?P<word>[A-Za-z]{2,})-\Z")
_PREFIXES = frozenset(
    (
        *("non", "pre", "post", "self", "well", "anti", "multi"),
        *("low", "high", "long", "short", "follow"),
    )
)
# "func ional", "Guidelin  s": a letter that the scanner took for a blank
_LETTER_LOST = re.compile(
    r"(?<![\w-])(?P<first>[A-Za-z]?[a-z]{2,})(?P<gap> {1,2})(?=(?P<second>[a-z]+)(?![\w-]))"
)
_SHORTEST_PART = 3
_WHOLE_PART = 4
"""Letters from which a word of the catalogue stands by itself: shorter ones are parts as well."""
_LONG_WORD = 8
_MOST_ALIKE = 400
_LETTERS_OF_DIGITS = {"0": "o", "1": "li", "5": "s"}
_MOST_DIGITS = 4
_FEWEST_LETTERS = 3
_SHORT_WORDS = frozenset(
    {"no", "non", "not", "odg", "mtus", "acoem", "mri", "pain", "item", "low", "only"}
)
# "We are not able to certify" is more than a broken "notable".
_NEVER_JOINED = frozenset({"notable"})
# Words of forms and letters: decisions, labels, units.
_OF_FORMS = frozenset(
    (
        *("denied", "certified", "authorized", "modified", "requested", "approved", "upheld"),
        *("reconsideration", "utilization", "review", "decision", "determination", "rationale"),
        *("reason", "guideline", "guidelines", "provider", "claimant", "patient", "request"),
        *("service", "treatment", "visits", "sessions", "tablets", "capsules", "weeks", "months"),
        *("units", "purchase", "rental", "objective", "functional", "improvement", "documented"),
        *("recorded", *NUMBER_WORDS),
    )
)


def join_broken_words(text: str) -> str:
    """The text with known words whole again; words that stand on their own stay apart."""
    return _PAIR.sub(_pair_joined, text)


def mend_lost_letters(text: str) -> str:
    """The text with known words that lost a letter whole again: "tre  tment", "Guidelin  s"."""
    return _LETTER_LOST.sub(_letter_found, text)


def _letter_found(found: re.Match[str]) -> str:
    """The whole word, if only one known word fits and neither part is a word of its own."""
    first, second = found["first"].lower(), found["second"]
    is_wide = len(found["gap"]) > 1
    parts = (second,) if is_wide else (first, second)
    if any(is_stop_word(one) or one in _words_of_files() for one in parts if len(one) > 1):
        return found[0]
    if not is_wide and len(second) < _SHORTEST_PART:
        return found[0]
    words = _long_words()
    begin = bisect_left(words, first)
    alike = takewhile(lambda word: word.startswith(first), words[begin : begin + _MOST_ALIKE])
    length = len(first) + 1 + len(second)
    whole = [one for one in alike if len(one) == length and one.endswith(second)]
    return found["first"] + whole[0][len(first)] if len(whole) == 1 else found[0]


def is_word_parted(line: str, following: str) -> bool:
    """Whether the hyphen at a line's end breaks a word: "documen- / tation"; not "long- / term" or
    "non- / certified", where both parts are words."""
    first = _BEFORE_HYPHEN.search(line)
    second = _LETTER_RUN.match(following.lstrip().lower())
    if first is None or second is None:
        return False
    before, behind = first["word"].lower(), second[0]
    is_word = is_stop_word(behind) or behind in _words_of_files()
    if before in _PREFIXES and is_word:
        return False
    return before + behind in _whole_words() or not is_word


def _pair_joined(pair: re.Match[str]) -> str:
    first, second = pair["first"].lower(), pair["second"].lower()
    known = _whole_words()
    # "health care" is no broken "healthcare".
    are_whole = all(one in _words_of_files() and len(one) >= _WHOLE_PART for one in (first, second))
    is_broken = first + second in known and not are_whole
    if first + second in _NEVER_JOINED:
        return pair[0]
    # "in form" is no "inform", but "vis its" is nothing else than "visits".
    has_stop_word = is_stop_word(first) or is_stop_word(second)
    if not is_broken or (has_stop_word and first + second not in _OF_FORMS):
        return pair[0]
    return pair["first"]


def mend_digits(text: str) -> str:
    """The text with letters in place of the digits that a scanner put into known words."""
    return _WITH_DIGIT.sub(_with_letters, text)


def _with_letters(found: re.Match[str]) -> str:
    word = found[0]
    places = [place for place, char in enumerate(word) if char.isdigit()]
    if len(places) > _MOST_DIGITS:
        return word
    for letters in product(*(_LETTERS_OF_DIGITS[word[place]] for place in places)):
        chars = list(word.lower())
        for place, letter in zip(places, letters, strict=True):
            chars[place] = letter
        made = "".join(chars)
        if _is_meant(made, len(places)):
            if word.isupper():
                return made.upper()
            return made.capitalize() if word[0].isupper() else made
    return word


def _is_meant(made: str, digits: int) -> bool:
    """Whether ``made``, in which letters replace that many digits, is the word meant: "P0INT",
    "F0R"; not "L50", which is a code."""
    if made in _whole_words() or made in _SHORT_WORDS or is_stop_word(made):
        return True
    return len(made) - digits >= _FEWEST_LETTERS and made in _words_of_files()


def mend_misspellings(text: str) -> str:
    """The text with its common misspellings mended (``misspellings.toml``)."""
    mended = misspellings()
    return misspelt().sub(lambda found: mended[found[0].lower()], text)


@cache
def _words_of_files() -> frozenset[str]:
    return frozenset(
        word for name in _WORD_FILES for word in _LETTER_RUN.findall(str(load_toml(name)).lower())
    )


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(one for one in _whole_words() if len(one) >= _LONG_WORD))


@cache
def _whole_words() -> frozenset[str]:
    """Words of the catalogue; the parts of what it writes in two are words as well."""
    return frozenset(one for one in _words_of_files() if len(one) >= _SHORTEST_WORD) | _OF_FORMS
