"""Whatever is fed to the reader: facts or a LetterError, in linear time."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.letters.layout import decode, kept_text
from imrsearch.letters.parse import parse
from imrsearch.model import Determination
from imrsearch.system.errors import LetterError
from tests.conftest import SAMPLES
from tests.letters.forms import (
    DOCUMENTS_REVIEWED,
    NOTICE,
    PROFESSIONAL_REVIEW,
    credentials_letter,
    issue,
)
from tests.processor_time import processor_seconds

LETTERS = [decode(path.read_bytes()) for path in sorted(SAMPLES.glob("*.txt"))]
MEGABYTE = 1 << 20

Mutation = Callable[[str, random.Random], str]


def read(text: str) -> Determination | None:
    """The determination, or nothing; any exception but LetterError is a defect."""
    kept = kept_text(text)
    try:
        found = parse(kept, "CM16-0000901.txt")
    except LetterError:
        return None
    for path, span in found.evidence.items():
        assert 0 <= span.start <= span.end <= len(kept), path
    return found


def truncate(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def behead(text: str, chance: random.Random) -> str:
    return text[chance.randrange(len(text) + 1) :]


def shuffle_pages(text: str, chance: random.Random) -> str:
    size = len(text) // 4 + 1
    pages = [text[start : start + size] for start in range(0, len(text), size)]
    chance.shuffle(pages)
    return "\f".join(pages)


def drop_lines(text: str, chance: random.Random) -> str:
    return "\n".join(line for line in text.split("\n") if chance.random() > 0.2)


def repeat_lines(text: str, chance: random.Random) -> str:
    return "\n".join(line for line in text.split("\n") for _ in range(chance.choice((1, 1, 3))))


def drop_labels(text: str, chance: random.Random) -> str:
    for label in ("Claims Administrator guideline:", "MAXIMUS guideline:", "Decision rationale:"):
        if chance.random() < 0.5:
            text = text.replace(label, "", chance.choice((1, -1)))
    return text


def insert_noise(text: str, chance: random.Random) -> str:
    noise = chance.choice(("\x00", "\ufeff", "\u202e", "((((", "::::", "9" * 400, "\f\f", "Upheld"))
    for _ in range(20):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + noise + text[place:]
    return text


def join_lines(text: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice((" ", "")))


MUTATIONS = (
    truncate,
    behead,
    shuffle_pages,
    drop_lines,
    repeat_lines,
    drop_labels,
    insert_noise,
    join_lines,
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_letters(mutation: Mutation) -> None:
    chance = random.Random(mutation.__name__)
    for text in LETTERS:
        for _ in range(3):
            read(chance.choice(MUTATIONS)(mutation(text, chance), chance))


def test_mutations_leave_something_to_read() -> None:
    """The mutated letters are not all refused, else the test above would show nothing."""
    chance = random.Random(1)
    found = [read(drop_lines(text, chance)) for text in LETTERS]
    assert sum(letter is not None and bool(letter.issues) for letter in found) > len(LETTERS) / 2


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    read(text)
    read(credentials_letter(issue(text, text)))
    read(NOTICE.replace("twelve pool visits", text))
    read(PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", text))
    read(DOCUMENTS_REVIEWED.replace("A cane", text))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("x", id="one long word"),
        pytest.param(" ", id="blanks"),
        pytest.param("word ", id="one long line"),
        pytest.param("word\n", id="many lines"),
        pytest.param("\n", id="many line ends"),
        pytest.param("Cane: Upheld\n", id="many headings"),
        pytest.param("Decision rationale: x\n", id="many labels"),
        pytest.param("1) Regarding the request for\n", id="open numbered headings"),
        pytest.param("so. 1) Regarding the request for it ", id="numbered headings inside a line"),
        pytest.param(
            "so 2. It is not medically nece ", id="headings that almost end inside a line"
        ),
        pytest.param("2. It is not medically necessary\n", id="a list without an end"),
        pytest.param("Decision ratinale: x\n", id="misspelt labels"),
        pytest.param("Claims Administrator guidanice: x\n", id="labels misspelt twice"),
        pytest.param("CLINICAL CASE SUMMRY\n", id="misspelt headings"),
        pytest.param("RATIONALE FOR WHY THE REQUESTED TREATMENT\n", id="halves of a heading"),
        pytest.param("Page 2 of 7\n\f", id="nothing but feet of pages"),
        pytest.param("CM13-0000301 5\n\n", id="feet without pages"),
        pytest.param("MAXIMUS Federal Services IMR Case Number ", id="a foot without an end"),
        pytest.param("A line that is printed twice\n\n", id="one line again and again"),
        pytest.param("MEDICAL PROFESSIONAL REVIEW\n\f", id="running heads"),
        pytest.param("\nISSUE AT DISPUTE:\n1. x\n", id="disputes"),
        pytest.param("\nISSUE AT DISPUT:\n1. x\n", id="misspelt disputes"),
        pytest.param("Deision based on MTUS ", id="misspelt statements"),
        pytest.param("and on Lee, J Braces 2009;1(2):3-4, ", id="journals without an end"),
        pytest.param(
            "Disclaimer: The following case summary was ", id="disclaimers without an end"
        ),
        pytest.param("was filed on 2009;14(3):2-9, pages 1-9", id="places in print"),
        pytest.param("MTUS ACOEM Chapter 12 Page(s): 1-2, ", id="a statement without an end"),
        pytest.param("was the original request. ", id="modified without an end"),
        pytest.param("injury on the ", id="injuries without a date"),
        pytest.param("a 45 year old ", id="ages without a person"),
        pytest.param("10/10/2016 ", id="dates"),
        pytest.param("Board Certified in ", id="certificates without an end"),
    ],
)
def test_a_megabyte_is_read_within_a_second(piece: str, rounds: Callable[[int, int], int]) -> None:
    """Each piece stands in every part of a letter; the bound leaves room for a slow machine. In
    short, a fifth of a megabyte at the same rate."""
    fifths = rounds(1, 5)
    most = 2.0 * fifths / 5
    long = piece * (MEGABYTE * fifths // 5 // len(piece))
    parse(kept_text(NOTICE), "warm.txt")
    letters = (
        credentials_letter(issue(f"Cane: {long}: Upheld", "x")),
        credentials_letter(issue("Cane: Upheld", long)),
        credentials_letter(issue("Cane: Upheld", "x").replace("Low Back Complaints 2004.", long)),
        credentials_letter(issue("Cane: Upheld", "x")).replace("The injured worker is", long),
        credentials_letter(issue("Cane: Upheld", "x")).replace("Occupational Medicine", long),
        NOTICE.replace("twelve pool visits", long, 1),
        NOTICE.replace(
            "The Claims Administrator based", f"{long} The Claims Administrator based", 1
        ),
        DOCUMENTS_REVIEWED.replace("A cane", long, 1),
        PROFESSIONAL_REVIEW.replace("Six visits of acupuncture", long, 1),
    )
    for text in letters:
        read_it = partial(parse, kept_text(text), "CM16-0000901.txt")
        assert processor_seconds(read_it, most) < most


def test_marks_upon_marks_are_cut_off_in_linear_time() -> None:
    """Composing a letter with its marks takes time with the square of their number."""
    marks = "\u0323\u0301" * 50_000
    assert processor_seconds(lambda: kept_text(f"a{marks}b"), 1.0) < 1.0
    assert len(kept_text(f"a{marks}b")) <= 33
    assert kept_text("Ange\u0301lica " * 40) == ("Ang\u00e9lica " * 40).strip()
    assert kept_text("\u0391\u0301" * 40) == "\u0386" * 40  # a letter between marks begins anew


LABELS = (
    "Decision rationale:",
    "The Claims Administrator based its decision on the MTUS:",
    "The Expert Reviewer based his/her decision on the MTUS:",
    "The Expert Reviewer's decision rationale:",
    "CLINICAL CASE SUMMARY",
    "IMR ISSUES, DECISIONS AND RATIONALES",
    "1. Cane: Upheld",
    "Case Number: CM16-0000901",
    "Date of Injury: 10/10/2016",
    "Claims Administrator guideline:",
    "Original request:",
    "MTUS Chronic Pain Medical Treatment Guidelines, page(s) 1-9",
    "Official Disability Guidelines (ODG), Low Back",
    "Certification(s)/Specialty: Surgery",
    "The following clinical case summary",
)


def near_misses(label: str) -> dict[str, str]:
    """What is almost a label, as scanned and typed letters have it."""
    middle = len(label) // 2
    return {
        "half": label[:middle] + "\n",
        "without a letter": label[:middle] + label[middle + 1 :] + "\n",
        "a letter twice": label[: middle + 1] + label[middle:] + "\n",
        "spaced out": " ".join(label) + "\n",
        "broken over lines": label.replace(" ", "\n") + "\n",
        "without its end": label.rstrip(":") + " ",
        "run together": label,
    }


SHAPES = [(label, kind) for label in LABELS for kind in near_misses(label)]


def test_near_misses_take_linear_time(rounds: Callable[[int, int], int]) -> None:
    """Four times the text takes at most about four times as long; a square would be sixteen."""
    assert len(SHAPES) == 105
    for label, kind in SHAPES[:: rounds(9, 1)]:
        piece = near_misses(label)[kind]

        def seconds(characters: int, piece: str = piece) -> float:
            long = piece * (characters // len(piece))
            text = kept_text(credentials_letter(issue("Cane: Upheld", long)))
            return processor_seconds(lambda: parse(text, "CM16-0000901.txt"), 0.02)

        assert seconds(48_000) < 10 * max(seconds(12_000), 0.01), (label, kind)


def test_time_is_linear() -> None:
    """Ten times the text takes at most about ten times as long."""

    def seconds(count: int) -> float:
        text = kept_text(credentials_letter(*[issue("Cane: Upheld", "It helps. " * 20)] * count))
        return processor_seconds(lambda: parse(text, "x.txt"))

    seconds(10)
    assert seconds(400) < 25 * max(seconds(40), 0.01)
