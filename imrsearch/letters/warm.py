"""Loaded by the server that reading processes are forked from: what reading a letter needs.

Reading the catalogue takes a fifth of a second of processor time: once for all processes, not once
for each, which may be short-lived.
"""

from __future__ import annotations

from imrsearch.letters import parse, pdf
from imrsearch.reasons.read import STATUS, read_reasons

__all__ = ["parse", "pdf"]

for _decision in STATUS:
    read_reasons("The patient was seen. The request was made.", _decision)
