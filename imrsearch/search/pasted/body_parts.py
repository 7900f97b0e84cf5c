"""The body part of a request that names none: that of the other requests, or of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from imrsearch.catalogue.treatments import PHARMACEUTICALS, subcategory_of
from imrsearch.letters.case_body_parts import read_case_body_parts
from imrsearch.search.pasted.request import Request
from imrsearch.text.words import sentences

_OF_NO_PART = frozenset(
    (
        *(PHARMACEUTICALS, "Psych Services", "Evaluation & Management", "Home Health", "Programs"),
        *("Transportation", "Therapies", "Adjunct Surgical Services", "Surgical Consult"),
        *("Lab & Pathology", "Other"),
    )
)
"""Categories and subcategories whose services are for the whole person, or for another service."""

_SPINE = ("back", "spine")
_PARTS_OF_SPINE = frozenset(("neck", "upper back", "low back"))


def with_body_parts(requests: Iterable[Request], text: str) -> tuple[Request, ...]:
    """The requests; one that names no body part gets that of the others, if they agree, or, if
    they name none either, what the text's diagnoses and complaints name."""
    known = tuple(map(_of_part_of_spine, requests))
    if all(one.body_parts or not _is_of_a_part(one) for one in known):
        return known
    others = {one.body_parts for one in known if one.body_parts}
    told = next(iter(others)) if len(others) == 1 else ()
    if not others and (said := read_case_body_parts(text, list(sentences(text)))):
        told = tuple(said[0])
    return tuple(
        replace(one, body_parts=told) if not one.body_parts and _is_of_a_part(one) else one
        for one in known
    )


def _of_part_of_spine(one: Request) -> Request:
    """The request without "back" or "spine" where it names a part of it: "an LSO back brace"."""
    if _PARTS_OF_SPINE.isdisjoint(one.body_parts):
        return one
    return replace(one, body_parts=tuple(part for part in one.body_parts if part not in _SPINE))


def _is_of_a_part(request: Request) -> bool:
    return _OF_NO_PART.isdisjoint((request.category, subcategory_of(request.treatment)))
