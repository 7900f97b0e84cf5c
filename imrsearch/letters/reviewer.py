"""The reviewer: specialties, subspecialties and licences, in both printed forms."""

from __future__ import annotations

import re
from collections.abc import Callable

from imrsearch.catalogue.reviewers import specialties, split_specialties, split_states, states
from imrsearch.letters.passage import Passage
from imrsearch.text.located import Located

# Era C: "State(s) of Licensure: Iowa, California" and "Certification(s)/Specialty: …"
_LICENSURE = re.compile(
    r"State\(?s?\)?\s+of\s+Licensure\s*:(?P<states>.*?)(?=Certification|\n\s*\n|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_CERTIFICATION = re.compile(
    r"Certification\(?s?\)?\s*/\s*Specialty\s*:(?P<specialties>.*?)(?=State\(?s?\)?\s+of|\n\s*\n|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# Eras S, D, N, P: "is Board Certified in X, has a subspecialty in Y and is licensed to practice
# in A & B." The blank after "in" can be missing; each clause can be.
_CERTIFIED_IN = re.compile(
    r"""(?:Board[\s-]+C[a-z]{7,9}\s+(?:in|ni|i|n|iin|inn)\b|Certified\s+in|(?:board\s+)?certification\s+in
          |\blicensed\s+in(?=\s+(?:clinical\s+)?(?:psycholog|chiropract|acupunct|dentist|podiatr|optometr)))\s*
        (?P<specialties>[^.]{2,300}?)
        (?:\s*,?\s*(?:and\s+)?(?:has|holds|with)\s+(?:an?\s+)?(?:sub-?\s?specialty|added\s+qualifications?)\s+in
           \s*(?P<subspecialties>[^.;]{2,200}?))?
        (?=\s*[,;]?\s*(?:and\s+|who\s+)?(?:is|has|licensed)\b|\.\s|\.?\Z)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LICENSED = re.compile(
    r"licensed\s+to\s+practice(?:\s+(?:medicine|chiropractic|psychology|acupuncture))?\s+in\s*"
    r"(?P<states>[^.]{2,200}?)(?=\.|\s*,?\s+and\s+(?:is|has)\b|\n\s*\n|\Z)",
    re.IGNORECASE,
)
# "; licensed in Ohio and Texas;": a licence in a profession has another name there.
_LICENSED_IN = re.compile(
    rf"\blicensed\s+in\s+(?:the\s+)?(?:states?\s+of\s+)?(?=(?:{'|'.join(states())})\b)"
    r"(?P<states>[^.;]{2,200}?)(?=[.;]|\s*,?\s+and\s+(?:is|has)\b|\n\s*\n|\Z)"
)
# An extractor that prints the column of labels first: both, then a line of states and the rest.
_LABELS_FIRST = re.compile(
    rf"State\(?s?\)?\s+of\s+Licensure\s*:\s+Certification\(?s?\)?\s*/\s*Specialty\s*:\s+"
    rf"(?P<states>(?:{'|'.join(states())})\b[^\n]*)\n+(?P<specialties>[^\n]+(?:\n[^\n]+)*)",
    re.IGNORECASE,
)
# Era P: "is a licensed Chiropractor in the states of Ohio and Texas with a certification in …".
_PROFESSION = re.compile(
    r"\blicensed\s+(?!to\b)(?P<profession>[a-z][a-z \t\n]{2,60}?)\s+in\s+(?:the\s+)?"
    r"(?:states?\s+of\s+)?(?P<states>[^.]{2,200}?)"
    r"(?=\.|\s*,?\s+with\b|\s*,?\s+and\s+(?:is|has)\b|\n\s*\n|\Z)",
    re.IGNORECASE,
)

# A list of licences or specialties, in characters: a bound against hostile texts.
_LONGEST_LIST = 1000

_Splitter = Callable[[str], tuple[tuple[str, int, int], ...]]


def read_reviewer(section: Passage) -> dict[str, tuple[Located[str], ...]]:
    """The lists of ``model.Reviewer`` by their names, as the section that describes the reviewer
    tells them, each in the order printed."""
    ordered = section.search(_LABELS_FIRST)
    certified = ordered or section.search(_CERTIFICATION) or section.search(_CERTIFIED_IN)
    profession = section.search(_PROFESSION)
    licences = (_LICENSURE, _LICENSED, _LICENSED_IN)
    licensed = ordered or next(filter(None, map(section.search, licences)), profession)
    professions = _list(section, profession, "profession", split_specialties)
    return {
        "specialties": tuple(one for one in professions if one.value in specialties())
        + _list(section, certified, "specialties", split_specialties),
        "subspecialties": _list(section, certified, "subspecialties", split_specialties),
        "licensed_in": _list(section, licensed, "states", split_states),
    }


def _list(
    section: Passage, match: re.Match[str] | None, group: str, split: _Splitter
) -> tuple[Located[str], ...]:
    if match is None or not match.groupdict().get(group):
        return ()
    start, end = match.span(group)
    passage = section.between(start, min(end, start + _LONGEST_LIST))
    reading = passage.unwrap()
    found = [Located(value, *reading.span(start, end)) for value, start, end in split(reading.text)]
    return tuple({item.value: item for item in reversed(found)}.values())[::-1]
