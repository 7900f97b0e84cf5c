"""The services that a sentence or an item names, and the codes beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.treatments import find_treatments, resembling
from imrsearch.letters.service import ServiceFacts, read_service
from imrsearch.search.pasted.wording.amounts import written_anew
from imrsearch.text.phrases import split_words
from imrsearch.text.words import Stretch

_PATTERNS = patterns("services")

BEGINNING = 80
"""Characters at the beginning of a sentence that hold its subject."""
LONGEST_REQUEST = 1500
MOST_KEPT = 256
"""Sentences whose treatments are kept while a text is read."""
# Words of amounts and of every letter, which name no request: "the remaining 6 visits are denied"
_KINDS_OF_VISIT = ("office visit", "therapy", "medication", "medical report")
_ASKED_FOR = _PATTERNS["asked_for"]
_ASKS = _PATTERNS["asks"]
_ASKED_BY = _PATTERNS["asked_by"]
_ROLE = _PATTERNS["role"]
_NO_NAME = _PATTERNS["no_name"]
_WHY_FIRST = _PATTERNS["why_first"]
_LONG_DATE = _PATTERNS["long_date"]
_BETWEEN_KEPT = _PATTERNS["between_kept"]
_BESIDE = _PATTERNS["beside"]
_LOOSE_JOINT = _PATTERNS["loose_joint"]
_WITH = _PATTERNS["with"]
_OPERATIONS = ("Arthroscopic", "Non-arthroscopic", "Spine")
_DONE = _PATTERNS["done"]
_DISPENSED = _PATTERNS["dispensed"]
_OF_SERVICE = _PATTERNS["of_service"]
_REST = _PATTERNS["rest"]
_GOES_ON = _PATTERNS["goes_on"]
_OFFICE_VISIT = _PATTERNS["office_visit"]
_MEDICATIONS = _PATTERNS["medications"]
_FOLLOW_UP = _PATTERNS["follow_up"]
_SURGERY_FOR = _PATTERNS["surgery_for"]
_SURGERY_MEANT = _PATTERNS["surgery_meant"]
# "Compounded cream - flurbiprofen 20%, baclofen 5%" is one request.
_PERCENTAGE = re.compile(r"\d ?%")
_BETWEEN_ITEMS = re.compile(r"(?=;\s)")
_PROCEDURE = _PATTERNS["procedure"]
_BRACKETED_CODES = _PATTERNS["bracketed_codes"]
# "Synvisc-One, left knee. J7325": only of supplies and drugs, as five digits may be a town's
_LOOSE_CODES = re.compile(r"(?<=[.,;:–—-] )(?P<codes>[AEJKLQ]\d{4})(?=[.,;]|\s*\Z)")
_DIAGNOSIS = _PATTERNS["diagnosis"]
_DIAGNOSIS_FIELD = _PATTERNS["diagnosis_field"]
_CODE_OF_FIELD = re.compile(r"\b(?:[A-TV-Z]\d[\dA-Z]\.\w{1,4}|(?<=\()\d{3}\.\d{1,2}(?=\)))\b")
_SERVICE_CODE = re.compile(r"[A-Z]?\d[\w.]*\w")
# Codes of a table's row, which names them in its heading.
_ROW_CODE = re.compile(r"(?<![\w.])(?:[A-TV-Z]\d\d(?:\.\w{1,4})?|\d{5}|[A-V]\d{4})(?![\w.]\w)")


def services(text: str, *, is_field: bool = False) -> Iterator[tuple[str, ServiceFacts]]:
    """The services of a request, taken apart where both sides name a treatment of their own.

    ``is_field``: the text stands where services are asked for, so that an office visit is one.
    """
    text = without_people(text)
    if (why := _WHY_FIRST.match(text)) and names_treatment(text[why.end() :]):
        text = text[why.end() :]
    asks = _ASKS.search(text)
    if asks and names_treatment(text[asks.end() :]) and not names_treatment(text[: asks.start()]):
        text = text[asks.end() :]
    if len(_PERCENTAGE.findall(text)) > 1:
        for one in _compounds_apart(text):
            yield from _service(one, is_field)
        return
    whole, is_named = "", False
    for part in _BETWEEN_KEPT.split(text):
        # "Manipulation, 12 visits (98941 x 12)": a code alone is no second service
        is_of_whole = is_named and names_treatment(_ROW_CODE.sub(" ", whole))
        told = _ROW_CODE.sub(" ", part) if is_of_whole else part
        names = names_treatment(_BESIDE.sub(" ", told) if is_named else told)
        if is_named and names and not _is_of_operation(whole, part):
            yield from _service(whole, is_field)
            whole = ""
        whole += part
        is_named = is_named or names
    yield from _service(whole, is_field)


def asks_in_words(sentence: str) -> Stretch | None:
    """Where a sentence tells that somebody who treats asks: "Dr. Lee said that I need"."""
    asks = _ASKS.search(sentence)
    return asks.span() if asks else None


def without_people(text: str) -> str:
    """A text without who asks and decides, and other words that are names only elsewhere."""
    return _NO_NAME.sub("", _ROLE.sub("", _ASKED_BY.sub("", text[:LONGEST_REQUEST])))


def _compounds_apart(text: str) -> Iterator[str]:
    """What stands between semicolons, the drugs of one compound together: "Soma #90" and "Cream
    (gabapentin 10%; baclofen 2%)"."""
    whole = ""
    for part in _BETWEEN_ITEMS.split(text):
        is_compound = _PERCENTAGE.search(whole) and _PERCENTAGE.search(part)
        if names_treatment(whole) and names_treatment(part) and not is_compound:
            yield whole
            whole = ""
        whole += part
    yield whole


def _is_of_operation(whole: str, part: str) -> bool:
    """Whether a part belongs to the operation named ahead of it, which is done with more."""
    if not _WITH.search(whole):
        return False
    named = find_treatments(split_words(f"{whole} {part}"))
    kinds = {one.value.treatment.subcategory for one in named if not one.value.weakness}
    return kinds.issubset(_OPERATIONS)


def _service(text: str, is_field: bool) -> Iterator[tuple[str, ServiceFacts]]:
    words = split_words(text)
    names = {one.value.treatment.name for one in find_treatments(words)}
    if not (is_field or names.difference(_KINDS_OF_VISIT) or resembling(words)):
        return  # without a name there is no service; reading one costs far more
    asks = _ASKS.search(text)
    told = text[asks.end() :] if asks and names_treatment(text[asks.end() :]) else text
    told = _SURGERY_FOR.sub(_operation_named, told)
    told = _SURGERY_MEANT.sub(lambda one: one["of"] if names_treatment(one["of"]) else one[0], told)
    facts = read_service(written_anew(_LONG_DATE.sub(" ", told)))
    if facts.treatment in _KINDS_OF_VISIT and (asked := _ASKED_FOR.search(text)):
        facts = read_service(written_anew(text[asked.end() :]))
    is_asked = not _GOES_ON.match(text) or (facts.quantity is not None and not _REST.match(text))
    is_visit = is_field and _OFFICE_VISIT.search(text) is not None
    is_kind = (is_visit and facts.treatment == "office visit") or (
        is_field and _MEDICATIONS.search(text) is not None and facts.treatment == "medication"
    )
    is_named = facts.treatment not in _KINDS_OF_VISIT or is_kind
    is_known = facts.category or (is_field and facts.treatment)  # an interpreter is of none
    rest = _DISPENSED.sub("", text) if is_field else text
    is_done = tells_done(rest) and not _OF_SERVICE.match(text)
    if is_asked and is_known and is_named and not is_done:
        yield _LOOSE_JOINT.sub("", text.strip(" ,;.")), facts


def _operation_named(found: re.Match[str]) -> str:
    """ "release of the trigger finger" as "trigger finger release"."""
    what = found["what"].lower()
    return f"{found['of']} {'surgery' if what == 'operation' else what}"


def tells_done(text: str) -> bool:
    """Whether a text tells what was done, tried or found: "Therapy and a brace have failed"."""
    return _DONE.search(text) is not None


def names_treatment(text: str) -> bool:
    """Whether a treatment is named in earnest: "12 visits" alone are none."""
    return bool(treatments_in_earnest(text))


@lru_cache(maxsize=MOST_KEPT)
def treatments_in_earnest(text: str) -> tuple[str, ...]:
    """The treatments that a text names in earnest, in order, each once.

    Cached, as a sentence is asked about several times; whoever reads a text clears the cache.
    """
    told = _SURGERY_FOR.sub(_operation_named, text[:LONGEST_REQUEST])
    found = [one for one in find_treatments(split_words(told)) if not one.value.weakness]
    # "Chiropractic, 12 visits (CPT 98940, 97140)": codes beside a name are no other treatments
    by_words = [one for one in found if not _ROW_CODE.fullmatch(told, one.start, one.end)]
    return tuple(dict.fromkeys(one.value.treatment.name for one in by_words or found))


def tells_follow_up(sentence: str) -> bool:
    """Whether a sentence speaks of an office visit or of following up."""
    return _FOLLOW_UP.search(sentence) is not None


def procedure_codes(text: str, is_row: bool) -> tuple[str, ...]:
    """CPT and HCPCS codes behind their names, in brackets or alone; of a table's row all codes."""
    if is_row:
        return tuple(_ROW_CODE.findall(text))
    return tuple(
        code
        for pattern in (_PROCEDURE, _BRACKETED_CODES, _LOOSE_CODES)
        for code in _codes(pattern, text)
    )


def diagnosis_codes(text: str) -> tuple[str, ...]:
    """ICD codes behind their name, and in the field of a diagnosis."""
    told = _codes(_DIAGNOSIS, text)
    return told or tuple(_CODE_OF_FIELD.findall(text) if _DIAGNOSIS_FIELD.match(text) else ())


def _codes(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(
        code for found in pattern.finditer(text) for code in _SERVICE_CODE.findall(found["codes"])
    )
