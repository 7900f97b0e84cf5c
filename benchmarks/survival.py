"""How many facts of the written letters the reader finds, unspoiled and after one mishap each.

``python -m benchmarks.survival [LETTERS [MISSES [PDFS]]]`` writes so many letters of every form (36
by default), spoils each in every way of ``samples.written.mutations`` and prints the share of facts
found, form by form; MISSES of them by their paths. So many more, PDFS, are printed by each
generator at hand and read by each extractor at hand.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imrsearch.cli.options import contract
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.letters.pdf import pdf_text
from samples.written.facts import FORMS, Facts, count, differing, draw
from samples.written.forms import Letter, lay_out
from samples.written.mutations import MUTATIONS, Mutation, style_of
from samples.written.presses import (
    EXTRACTORS,
    POPPLER,
    Extractor,
    Press,
    by_reportlab,
    chromium_press,
    like_the_published,
)

FIRST_PDF = 200
"""The first letter that is printed as a PDF: none of those that are spoiled."""
_MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Survival:
    """How many of ``facts`` were missed, and where: ``"3 wrapped issues.0.rationale"``."""

    facts: int
    misses: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the facts that were found."""
        return 1 - len(self.misses) / self.facts


def survival(form: str, mutation: Mutation, letters: int) -> Survival:
    """What the reader finds in so many letters of a form, each spoiled once."""
    facts, misses = 0, []
    for seed in range(letters):
        letter, style = written(form, seed), style_of(seed)
        text = mutation(letter, style, random.Random(f"{form} {seed} {mutation.__name__}"))
        facts += count(letter.expectation)
        missed = differing(letter.expectation, read_facts(text, letter.name))
        misses += [f"{seed} {style.__name__} {path}" for path in missed]
    return Survival(facts, tuple(misses))


def printed_survival(form: str, press: Press, extract: Extractor, letters: int) -> Survival:
    """What the reader finds in so many letters of a form as PDFs of one generator."""
    facts, misses = 0, []
    for seed in range(FIRST_PDF, FIRST_PDF + letters):
        letter = written(form, seed)
        text = extract(_printed(press, form, seed))
        facts += count(letter.expectation)
        missed = differing(letter.expectation, read_facts(text, letter.name))
        misses += [f"{seed} {extract.__name__} {path}" for path in missed]
    return Survival(facts, tuple(misses))


@cache
def _printed(press: Press, form: str, seed: int) -> bytes:
    return press(written(form, seed).paragraphs)


def our_own(data: bytes) -> str:
    """The text of a PDF as letters are read."""
    return pdf_text(data, _MOST_PAGES)


def extractors() -> tuple[Extractor, ...]:
    """Our own, and the others at hand."""
    poppler = POPPLER if shutil.which("pdftotext") else ()
    return (our_own, *EXTRACTORS, *poppler)


@cache
def written(form: str, seed: int) -> Letter:
    """A letter of the form."""
    return lay_out(draw(form, seed))


def read_facts(text: str, name: str) -> Facts:
    """The facts of a raw text, as ``imrsearch parse --json`` prints them."""
    found: Facts = json.loads(json.dumps(contract(parse(kept_text(text), name)), default=str))
    return found


def report(letters: int, misses: int) -> Iterator[str]:
    """The lines of the table, and below them what is missed most often."""
    yield f"{'%':22}" + "".join(f"{form[:14]:>15}" for form in FORMS)
    missed: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for mutation in MUTATIONS:
        cells = []
        for form in FORMS:
            found = survival(form, mutation, letters)
            cells.append(f"{100 * found.share:15.2f}")
            for miss in found.misses:
                key = f"{form} {mutation.__name__} " + re.sub(r"\.\d+", "", miss.split()[-1])
                missed[key] += 1
                examples.setdefault(key, miss)
        yield f"{mutation.__name__:22}" + "".join(cells)
    for key, number in missed.most_common(misses):
        yield f"{number:5} {key}  ({examples[key]})"


def pdf_report(letters: int) -> Iterator[str]:
    """The lines of the table of generators and extractors."""
    chromium = shutil.which("chromium")
    with ExitStack() as stack:
        presses: dict[str, Press] = {"fpdf2": like_the_published, "ReportLab": by_reportlab}
        if chromium:
            presses["Chromium"] = stack.enter_context(chromium_press(Path(chromium)))
        for name, press in presses.items():
            for extract in extractors():
                cells = (printed_survival(form, press, extract, letters).share for form in FORMS)
                row = f"{name} {extract.__name__.removeprefix('by_')}"
                yield f"{row:29}" + "".join(f"{100 * share:8.2f}{'':7}" for share in cells)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    letters, misses, pdfs = given + [36, 0, 0][len(given) :]
    for line in report(letters, misses):
        print(line)
    for line in pdf_report(pdfs) if pdfs else ():
        print(line)
