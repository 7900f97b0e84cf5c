"""Coverage-guided fuzzing of whatever reads what strangers send.

``python -m tests.reliability.fuzzing TARGET SECONDS FOLDER…`` looks for inputs that reach code
which none has reached before, beginning with those in the folders, and keeps them in the first. It
ends with the first input that breaks a promise, and writes that into a file ``crash-…`` there.
Needs atheris: ``pip install 'imrsearch[fuzz]'``.
"""

from __future__ import annotations

import sys

import atheris

SLOWEST = 10
"""Seconds that an input may take."""
LONGEST = 16_384
"""Bytes of an input."""


def main() -> None:
    """Fuzz one target for so many seconds; the exit code is not 0 where a promise was broken."""
    name, seconds, *folders = sys.argv[1:]
    with atheris.instrument_imports(include=["imrsearch"]):
        from tests.reliability.fuzz_targets import TARGETS  # only so is its code followed
    limits = (
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        f"-max_len={LONGEST}",
        "-len_control=0",  # letters are long from the start
    )
    kept = f"-artifact_prefix={folders[0]}/"
    atheris.Setup(["fuzzing", *limits, kept, *folders], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
