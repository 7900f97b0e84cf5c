"""How many facts of scanned letters are found, and whether those that are lost are told.

``python -m benchmarks.scans [SEED [DETAILS]]`` writes one letter of each of FORMS, prints it, scans
it at each of DOTS_PER_INCH with each blemish, reads the scans and prints for each kind of scan, in
percent of all facts: those lost, those lost without a word, and those found but called doubtful.
DETAILS facts lost without a word are listed. Takes ten minutes on two idle cores.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product

from benchmarks.survival import written
from imrsearch.cli.options import contract
from imrsearch.letters.ocr import scanned_text
from imrsearch.letters.parse import parse
from imrsearch.model import OcrReading
from imrsearch.system.errors import LetterError
from samples.written.facts import differing
from samples.written.presses import like_the_published
from samples.written.scanner import BLEMISHES, Blemish, scanned

FORMS = ("notice", "documents-reviewed", "sentence", "credentials")
DOTS_PER_INCH = (110, 130, 150, 200, 300)
_PROCESSES = 2


@dataclass(frozen=True, slots=True)
class ScanKind:
    """A letter and how it is scanned."""

    form: str
    seed: int
    dots_per_inch: int
    blemish: Blemish


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The paths of a letter's facts: ``lost`` to the scan, ``silent`` among them, ``warned`` of
    although found."""

    facts: int
    lost: tuple[str, ...]
    silent: tuple[str, ...]
    warned: tuple[str, ...]


def measure(kind: ScanKind) -> ScanResult:
    """What is found on one scan."""
    letter = written(kind.form, kind.seed)
    paths = tuple(fact_paths(letter.expectation))
    data = scanned(like_the_published(letter.paragraphs), kind.dots_per_inch, kind.blemish)
    try:
        text, ocr = scanned_text(data)
        read = parse(text, letter.name, ocr)
    except LetterError:
        return ScanResult(len(paths), paths, (), ())
    found = json.loads(json.dumps(contract(read), default=str))
    lost = tuple(dict.fromkeys(differing(letter.expectation, found)))
    told = {path for path in {*paths, *lost} if read.ocr and is_told(read.ocr, path)}
    silent = tuple(path for path in lost if path not in told)
    return ScanResult(len(paths), lost, silent, tuple(told - {*lost}))


def fact_paths(expectation: object, path: str = "") -> Iterator[str]:
    """The paths that ``differing`` may give: ``issues.0.decision``."""
    if isinstance(expectation, dict):
        for key, value in expectation.items():
            yield from fact_paths(value, f"{path}.{key}".strip("."))
    elif isinstance(expectation, list) and expectation and isinstance(expectation[0], dict):
        yield f"{path}.length"
        for place, value in enumerate(expectation):
            yield from fact_paths(value, f"{path}.{place}")
    else:
        yield path


def is_told(ocr: OcrReading, path: str) -> bool:
    """Whether the reading calls the fact at a path of ``differing`` doubtful: the path names issues
    by their place, facts name them by their number."""
    numbered = re.sub(r"^issues\.(\d+)", lambda match: f"issues.{int(match[1]) + 1}", path)
    return ocr.doubts(numbered.removesuffix(".length"))


def report(seed: int, details: int) -> Iterator[str]:
    """The lines of the table, and the silent losses below them."""
    kinds = [
        ScanKind(form, seed, dots, blemish)
        for blemish, dots, form in product(BLEMISHES, DOTS_PER_INCH, FORMS)
    ]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        results = dict(zip(kinds, pool.map(measure, kinds), strict=True))
    yield f"{'% of facts':14}{'dpi':>5}{'lost':>8}{'silent':>8}{'warned':>8}"
    for blemish, dots in product(BLEMISHES, DOTS_PER_INCH):
        some = [
            result
            for kind, result in results.items()
            if (kind.blemish, kind.dots_per_inch) == (blemish, dots)
        ]
        shares = (
            100 * sum(len(getattr(one, name)) for one in some) / sum(one.facts for one in some)
            for name in ("lost", "silent", "warned")
        )
        yield f"{blemish.__name__:14}{dots:5}" + "".join(f"{share:8.1f}" for share in shares)
    silent = [
        f"{kind.form} {kind.dots_per_inch} {kind.blemish.__name__} {path}"
        for kind, result in results.items()
        for path in result.silent
    ]
    yield from silent[:details]


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    seed, details = given + [1, 40][len(given) :]
    for line in report(seed, details):
        print(line, flush=True)
