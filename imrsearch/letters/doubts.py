"""The facts of a scan that rest on words which text recognition read with doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from imrsearch.model import OcrReading, Span

# What a single wrong letter or digit changes; long texts stay readable all the same.
_DELICATE = re.compile(
    r"case_id|dates\.\w+|patient\.age|issues\.\d+\.(?:decision|service|quantity)"
    r"|issues\.\d+\.\w+\.citations\.\d+"
)


def doubted(ocr: OcrReading, evidence: Mapping[str, Span]) -> OcrReading:
    """The reading of a scan, with the paths of the facts that its doubtful words may change."""
    facts = tuple(
        path
        for path, span in evidence.items()
        if _DELICATE.fullmatch(path) and any(_overlap(span, word) for word in ocr.doubtful)
    )
    return replace(ocr, doubtful_facts=facts)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
