"""A pasted text taken into pieces; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.pieces import pieces

LINE = "A line so long that a mail program broke it here, as it is full"
ROWS = {
    "a line broken by its width": (f"{LINE}\nand goes on.", [("", f"{LINE} and goes on.")]),
    "not able is no broken word": ("I am not able to go.", [("", "I am not able to go.")]),
    "a word broken by its width": (f"{LINE} short-\nterm.", [("", f"{LINE} short-term.")]),
    "a word parted by its width": (
        "no documen-\ntation of a tear",
        [("", "no documentation of a tear")],
    ),
    "four-teen is a number, four-week none": (
        "for four-\nteen months of a four-\nweek trial",
        [("", "for fourteen months of a four-week trial")],
    ),
    "a decision amid a sentence": (
        f"{LINE} which is\nNOT CERTIFIED.",
        [("", f"{LINE} which is NOT CERTIFIED.")],
    ),
    "a broken word behind its hyphen": ("non-certi fied", [("", "non-certified")]),
    "a field with its decision behind a gap": (
        "Item one:     Cane                DENIED",
        [("item one", "Cane DENIED")],
    ),
    "a short line ends": ("Dear Doctor\nThe request", [("", "Dear Doctor"), ("", "The request")]),
    "a field": ("Decision: DENIED", [("decision", "DENIED")]),
    "a sentence below a field as long as it": (
        (
            "Requested treatment: 8 to 12 visits of physical therapy for the lumbar spine\n"
            "The request for 8 to 12 visits is non-certified."
        ),
        [
            ("requested treatment", "8 to 12 visits of physical therapy for the lumbar spine"),
            ("", "The request for 8 to 12 visits is non-certified."),
        ],
    ),
    "a time is no field": ("At 10:30 he came", [("", "At 10:30 he came")]),
    "items": ("1. Norco\n2. Soma", [("", "Norco"), ("", "Soma")]),
    "items in one line": (
        "Denied: 1) Norco. 2) Soma.",
        [("denied", ""), ("", "Norco."), ("", "Soma.")],
    ),
    "a page is no item": ("See MTUS, page 23) for more", [("", "See MTUS, page 23) for more")]),
    "nor at a line's beginning": (
        "See MTUS, pg.\n64. Tapering is slow.",
        [("", "See MTUS, pg. 64. Tapering is slow.")],
    ),
    "a full line goes on behind a colon": (
        f"{LINE} of much more text:\n{LINE.lower()}.",
        [("", f"{LINE} of much more text: {LINE.lower()}.")],
    ),
    "an item's name and a comma": ("Item 2, Cane. It is new.", [("item 2", "Cane. It is new.")]),
    "a field amid a line": (
        "She is stable. Requested: a cane.",
        [("", "She is stable."), ("requested", "a cane.")],
    ),
    "a reference amid a line": (
        "IT IS DENIED. REFERENCE: ACOEM, PAGE 209.",
        [("", "IT IS DENIED."), ("reference", "ACOEM, PAGE 209.")],
    ),
    "a full line goes on in lower case": (
        f"{LINE} of text\nvisits: no more.",
        [("", f"{LINE} of text visits: no more.")],
    ),
    "a row of a table": ("MRI | 72141 | 1", [("", "MRI, 72141, x 1")]),
    "its diagnosis is left out": ("Neck pain | M54.2 | MRI | 1", [("", "MRI, x 1")]),
    "lines of an earlier mail": ("> Norco\n> > Soma", [("", "Norco"), ("", "Soma")]),
    "the foot of a page": ("Norco   Page   1  of  2", [("", "Norco")]),
    "a scanner's 1 for l": ("a1ready done", [("", "already done")]),
    "a scanner's 0 and 1 for letters": ("Rationa1e: N0T Zanaf1ex", [("rationale", "NOT Zanaflex")]),
    "a level of the spine has its digit": ("at L5 and S1", [("", "at L5 and S1")]),
    "blanks of a scanner": ("Norco 7 . 5 mg", [("", "Norco 7.5 mg")]),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_pieces(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.label, piece.text) for piece in pieces(text)] == expected
