"""What a long test has to tell beside its outcome."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """Shown with ``pytest -s``, and where the test fails."""
    sys.stdout.write(f"\n{text}\n")
