"""Codes of services: "72148", "CPT 97140 and E0730"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.query.compose import all_of
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning, Recogniser

# "CPT code 97140", "HCPCS: E0730", "98941": what names the system of the code goes with it.
_TYPED_CODE = re.compile(
    standing_alone(r"(?:(?:CPT|HCPCS)(?: codes?)?:? )?(?P<code>\d{5}|[A-Z]\d{4}|\d{4}T)"),
    re.IGNORECASE,
)


def codes_as(concepts: Recogniser) -> Recogniser:
    """Recognises the codes of services, with what ``concepts`` makes of their words."""

    def codes(text: str) -> Iterator[Meaning]:
        for found in _TYPED_CODE.finditer(text):
            words = service_codes().get(found["code"].upper())
            if words is not None:
                query = all_of([one.query for one in concepts(words) if one.query])
                note = Note("service-code", f"“{found.group()}” was read as “{words}”.")
                yield Meaning(*found.span(), query, note, is_unit=True)

    return codes
