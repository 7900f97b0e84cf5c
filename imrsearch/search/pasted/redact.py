"""A pasted text without what names a person: what is shown back, kept in a form or quoted.

Names, numbers of claims and accounts, dates of birth, social security numbers, telephone numbers
and addresses each become a word in brackets, such as ``[name]``. Dates of treatment and codes stay:
they belong to the request. This lowers a risk; readers are warned to leave such things out.
"""

from __future__ import annotations

import re
from functools import cache

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.guidelines import all_guidelines
from imrsearch.catalogue.patterns import patterns, replaced, replacements
from imrsearch.catalogue.treatments import treatments
from imrsearch.text.words import is_stop_word, words

_PATTERNS = patterns("redact")

NAME = "[name]"

_STREET = _PATTERNS["street"]
_NUMBERS = replacements("redact")["numbers"]
_NAME_FIELD = _PATTERNS["name_field"]
_NEXT_LABEL = _PATTERNS["next_label"]
_TITLED = _PATTERNS["titled"]
_CREDENTIALED = _PATTERNS["credentialed"]
_MENTIONED = _PATTERNS["mentioned"]
_AMOUNT_WORD = _PATTERNS["amount_word"]
_SHORTEST_NAME = 3
_MOST_NAMES, _MOST_PARTS = 60, 4

# Words of letters that begin with a capital and are nobody's name.
_SURNAMES = frozenset(
    words("walker cane hand foot head neck back bone bell elm palm ring way long")
)
"""Words of requests that are surnames as well."""
_ORDINARY = frozenset(
    words(
        "request requested treatment treating medical utilization review reviewer denial denied"
        " decision determination guideline guidelines letter notice authorization services service"
        " physician doctor provider patient employee employer applicant claimant claims claim"
        " administrator adjuster insurance company group health care center clinic injury injured"
        " date name number workers compensation california state fund department division form"
        " progress report history exam chronic acute pain left right bilateral lower upper"
        " approved certified modified january february march april may june july august september"
        " october november december monday tuesday wednesday thursday friday saturday sunday"
        " male female year old has had was will may can reports states complains continues presents"
        " unknown none same see attached above below"
    )
)


def redacted(text: str) -> str:
    """The text with bracketed words in place of what names a person; redacting it again changes
    nothing."""
    text = replaced(_STREET.sub(_without_street, text), _NUMBERS)
    names: dict[str, None] = {}
    # Twice for fields: two may share a line.
    for pattern in (_NAME_FIELD, _NAME_FIELD, _TITLED, _CREDENTIALED, _MENTIONED):
        text = pattern.sub(lambda found: _without_name(found, names), text)
    return _without_names(text, list(names)[:_MOST_NAMES])


def _without_street(found: re.Match[str]) -> str:
    is_request = any(map(_is_request, words(found[0]))) or _AMOUNT_WORD.search(found[0])
    return found[0] if is_request else "[address]"


def _is_request(word: str) -> bool:
    """Whether a word tells what is asked for, and is no surname: "Ann Walker"."""
    is_word = len(word) >= _SHORTEST_NAME and word.isalpha()
    return is_word and word in _request_words() and word not in _SURNAMES


def _without_name(found: re.Match[str], names: dict[str, None]) -> str:
    """A name replaced, and its words noted: a letter goes on with the last name alone."""
    label, name, rest = found.groupdict().get("label") or "", found["name"], ""
    if found.re is _NAME_FIELD and (behind := _NEXT_LABEL.search(name)):
        name, rest = name[: behind.start()], name[behind.start() :]
    is_certain = found.re is _TITLED or "name" in label.lower()
    # Behind "Ms." or "Name:" whatever is not a word of forms, "Walker" included.
    is_beyond_forms = any(one.isalpha() and one not in _ORDINARY for one in words(name))
    if NAME in name or not (is_beyond_forms if is_certain else _is_likely_name(name)):
        return found[0]
    for word in re.findall(r"[A-Za-z'’-]+", name):
        if _may_be_name(word.lower()):
            names[word] = None
    return f"{label}{NAME}{rest}"


def _is_likely_name(name: str) -> bool:
    """Elsewhere, as behind "Patient:": a few words that begin with capitals and are no request."""
    parts = name.split()
    is_written_so = len(parts) <= _MOST_PARTS and all(part[0].isupper() for part in parts)
    told = words(name)
    return is_written_so and any(map(_may_be_name, told)) and not any(map(_is_request, told))


def _may_be_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST_NAME
        and word.isalpha()
        and word not in _ORDINARY
        and word not in _request_words()
        and not is_stop_word(word)
    )


def _without_names(text: str, names: list[str]) -> str:
    """Wherever else a name's words begin with a capital; "roe" in small letters stays a word."""
    if not names:
        return text
    forms = {form for name in names for form in (name, name.title(), name.upper())}
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    text = re.sub(rf"(?<![\w\[])(?:{either})(?:['’]s)?(?![\w\]])", NAME, text)
    return re.sub(rf"{re.escape(NAME)}(?:[ ,]{{1,2}}(?:[A-Z]\.? )?{re.escape(NAME)})+", NAME, text)


@cache
def _request_words() -> frozenset[str]:
    """Words of treatments, body parts and guidelines: to take one out would change the request."""
    named = [phrase for _, phrases in treatments() for phrase in phrases]
    cited = [one.title for one in all_guidelines()]
    return frozenset(word for text in (*named, *regions(), *cited) for word in words(text))
