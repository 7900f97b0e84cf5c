"""Modified requests taken apart: what was asked, what was authorized, what is disputed.

Two printed forms::

    A was the original request. B was authorized by the Claims Administrator.
    The remaining IMR eligible portion of the original request, C is: Upheld

    A was the original request. The Claims Administrator authorized B, leaving the original
    request IMR eligible. The original request, A is: Overturned

A word of the form may have a letter wrong, missing or doubled.
"""

from __future__ import annotations

import re

from imrsearch.text.words import Stretch

# "original request", also as "orignal requst"
_ORIGINAL_WORD = r"(?:original|[a-z]{5,7}al)"
_ORIGINAL_REQUEST = rf"{_ORIGINAL_WORD}\s+re[a-z]{{3,6}}"
_ORIGINAL = re.compile(
    rf"\A(?P<part>.+?)\s+(?:is|are|was|were)\s+the\s+{_ORIGINAL_REQUEST}\b", re.I | re.S
)
_AUTHORIZED = re.compile(
    rf"(?:{_ORIGINAL_REQUEST}\s*[.,;]\s*|\A)(?P<part>(?:(?!{_ORIGINAL_REQUEST}\b).)+?)\s+"
    r"(?:was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:a[a-z]{7,10}|certified)\s+"
    r"by\s+the\s+claims\s+[a-z]{12,14}\b",
    re.I | re.S,
)
_AUTHORIZED_BY = re.compile(
    r"the\s+claims\s+administrator\s+(?:has\s+)?(?:authorized|approved|certified)\s+"
    r"(?P<part>.+?)\s*,?\s*leaving\b",
    re.I | re.S,
)
_DISPUTED = re.compile(
    r"(?:the\s+)?(?:remaining\s+)?"
    rf"(?:IMR\s+[a-z]{{7,9}}\s+p[a-z]{{5,8}}\s+of\s+the\s+{_ORIGINAL_WORD}\s+requests?"
    r"|(?<=\.)\s+the\s+original\s+request)(?:\s*[,:]|(?=\s))\s*(?P<part>.+?)\s*(?:,?\s+(?:is|are))?\s*\Z",
    re.I | re.S,
)


def read_request(heading: str) -> dict[str, Stretch]:
    """The places of the parts of an unwrapped heading without its decision, by their names:
    ``service``, and ``original_request`` and ``authorized`` where the heading tells them.

    A heading that tells of no modification is all service.
    """
    # Most headings name no request: looking for the word takes a hundredth of the time.
    disputed = _DISPUTED.search(heading) if "request" in heading.casefold() else None
    if disputed is None:
        return {"service": (0, len(heading))}
    parts = {
        "service": disputed,
        "original_request": _ORIGINAL.search(heading),
        "authorized": _AUTHORIZED_BY.search(heading) or _AUTHORIZED.search(heading),
    }
    return {name: match.span("part") for name, match in parts.items() if match}
