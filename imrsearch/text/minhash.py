"""How much of their wording two texts share, told by sixteen numbers for each.

A signature is a MinHash (A. Z. Broder, 1997) over sequences of four words: two texts that have the
share *s* of their sequences in common agree in about *s* of the numbers. Case, digits and marks do
not count, so that other dates and amounts are the same wording. Ours and not a library's, as it is
thirty lines of NumPy: datasketch needs SciPy and keeps its tables as Python objects.
"""

from __future__ import annotations

from string import ascii_lowercase
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

HASHES = 16
SEQUENCE = 4
"""Words in a row that count as one thing."""
LONGEST_READ = 30_000
"""Characters of a text that are read: more than any known rationale has."""
_BLANK = ord(" ")
# Bytes without letters in lower case: four times as fast as a regular expression.
_LETTERS_ALONE = bytes(one if chr(one) in ascii_lowercase else _BLANK for one in range(256))
# Odd multipliers of 64 bits and as many summands: multiply-shift hashing (Dietzfelbinger, 1997),
# drawn once from a fixed series so that signatures of all builds can be compared.
_SERIES = np.random.Generator(np.random.PCG64(14))
_MULTIPLIERS = _SERIES.integers(1 << 63, size=(HASHES, 1), dtype=np.uint64) * np.uint64(2) + 1
_SUMMANDS = _SERIES.integers(1 << 63, size=(HASHES, 1), dtype=np.uint64)


def signature(text: str) -> NDArray[np.uint16]:
    """The text's signature, ``(HASHES,)``; all zeros for a text with fewer than four words."""
    low = text[:LONGEST_READ].lower().encode("ascii", "replace").translate(_LETTERS_ALONE)
    words = b" ".join(low.split())
    blanks = np.flatnonzero(np.frombuffer(words, np.uint8) == _BLANK)
    if len(blanks) < SEQUENCE - 1:
        return np.zeros(HASHES, np.uint16)
    starts = [0, *(blanks + 1).tolist(), len(words) + 1]
    sequences = zip(starts, starts[SEQUENCE:], strict=False)
    hashed = np.array([crc32(words[one : after - 1]) for one, after in sequences], np.uint64)
    mixed = _MULTIPLIERS * hashed
    mixed += _SUMMANDS
    return np.asarray(mixed.min(axis=1) >> np.uint64(32), np.uint16)
