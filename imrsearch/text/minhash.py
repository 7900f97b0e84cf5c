"""How much of their wording two texts share, told by sixteen numbers for each.

A signature is a MinHash (A. Z. Broder, 1997) over sequences of four words: two texts that have the
share *s* of their sequences in common agree in about *s* of the numbers. Case, digits and marks do
not count, so that other dates and amounts are the same wording. Ours and not a library's, as it is
thirty lines of NumPy: datasketch needs SciPy and keeps its tables as Python objects.
"""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

HASHES = 16
SEQUENCE = 4
"""Words in a row that count as one thing."""
LONGEST_READ = 30_000
"""Characters of a text that are read: more than any known rationale has."""
_LETTER_RUNS = re.compile(r"[a-z]+")
# Odd multipliers of 64 bits and as many summands: multiply-shift hashing (Dietzfelbinger, 1997),
# drawn once from a fixed series so that signatures of all builds can be compared.
_SERIES = np.random.Generator(np.random.PCG64(14))
_MULTIPLIERS = _SERIES.integers(1 << 63, size=HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SUMMANDS = _SERIES.integers(1 << 63, size=HASHES, dtype=np.uint64)


def signature(text: str) -> NDArray[np.uint16]:
    """The text's signature, ``(HASHES,)``; all zeros for a text with fewer than four words."""
    words = _LETTER_RUNS.findall(text[:LONGEST_READ].lower())
    count = len(words) - SEQUENCE + 1
    if count < 1:
        return np.zeros(HASHES, np.uint16)
    sequences = (" ".join(words[at : at + SEQUENCE]).encode() for at in range(count))
    hashed = np.fromiter(map(crc32, sequences), np.uint64, count)
    mixed = (hashed[:, None] * _MULTIPLIERS + _SUMMANDS) >> np.uint64(32)
    return np.asarray(mixed.min(axis=0), np.uint16)
