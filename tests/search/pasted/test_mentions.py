"""What is seen where a pasted text names treatments."""

from __future__ import annotations

from imrsearch.search.pasted.form.pieces import pieces
from imrsearch.search.pasted.mentions import MOST_MENTIONS, named_places, seen_of_text


def test_what_stands_around_a_treatment() -> None:
    (one,) = named_places(list(pieces("HISTORY\n\nPast care: he had 6 visits of acupuncture.")))
    assert (one.treatment, one.line) == ("acupuncture", "he had 6 visits of acupuncture.")
    assert one.seen >= {
        "label past", "near before visit", "next before of", "next behind .", "line history",
        "piece history", "amount", "form 001", "length 0", "names 1",
    }  # fmt: skip
    assert not one.seen & {"no stop", "line denied", "amount behind"}


def test_decisions_nearby() -> None:
    cane, brace = named_places(list(pieces("1. Cane\nDenied.\n\nKnee brace, 1\n\nApproved.")))
    assert "behind denied" in cane.seen
    assert {"before denied", "behind certified", "amount behind", "begins"} <= brace.seen


def test_a_name_is_read_in_its_context() -> None:
    named = named_places(list(pieces("Diclofenac 1% gel, 100 g, and ibuprofen 800 mg.")))
    assert [one.treatment for one in named] == ["diclofenac topical", "ibuprofen"]


def test_what_is_seen_of_a_whole_text() -> None:
    seen = seen_of_text(list(pieces("Cane: denied.\nBrace: denied.\nThe MRI is approved.")))
    assert {"text denied", "text denied 2", "text certified 1", "text asked 0"} <= seen
    assert "text asked" not in seen


def test_so_many_places_are_looked_at() -> None:
    told = list(pieces("cane, brace, MRI. " * 200))
    assert len(list(named_places(told))) == MOST_MENTIONS
