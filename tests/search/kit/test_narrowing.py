"""The issues like a request, by body part and amount where enough are left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imrsearch.api.index import Index
from imrsearch.model import Quantity
from imrsearch.schema.documents import documents
from imrsearch.search.kit.kit import KitMaker, kit_json
from imrsearch.search.kit.narrowing import narrowed_searches, narrowing_words
from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.settings import Settings, load_settings
from tests.search.memory import (
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    issue,
)


@pytest.fixture
def index(sample_index: Settings) -> Iterator[Index]:
    """The samples, open."""
    with Index(sample_index) as opened:
        yield opened


def ways(text: str) -> list[tuple[tuple[str, ...], str]]:
    (request,) = read_requests(text)
    return [(way, state.to_url()) for way, state in narrowed_searches(request)]


def test_the_narrowest_comes_first_and_the_widest_last() -> None:
    assert ways("Acupuncture, neck, 8 visits: denied.") == [
        (("body", "amount"), "/search?body=neck&treatment=acupuncture&visits=7..12"),
        (("body",), "/search?body=neck&treatment=acupuncture"),
        (("amount",), "/search?treatment=acupuncture&visits=7..12"),
        ((), "/search?treatment=acupuncture"),
    ]


@pytest.mark.parametrize(
    ("text", "narrowest"),
    [
        ("A walker is denied.", ()),  # no body part, no amount
        ("Norco 10/325 #60 is denied.", ("amount",)),  # tablets
        ("Voltaren gel 100 grams is denied.", ()),  # no issue is grouped by grams
    ],
)
def test_what_is_not_told_narrows_nothing(text: str, narrowest: tuple[str, ...]) -> None:
    assert ways(text)[0][0] == narrowest


def test_in_words() -> None:
    (request,) = read_requests("Acupuncture, neck, 8 visits: denied.")
    assert narrowing_words(request, ("body", "amount")) == "neck, 7 to 12 visits"
    (fewer,) = read_requests("Acupuncture, neck, 4 visits: denied.")
    assert narrowing_words(fewer, ("amount",)) == "up to 6 visits"


def test_a_kit_says_how_it_narrowed_and_counts_what_its_url_finds() -> None:
    """Twelve of the neck, of which nine ask for 1 to 6 visits: ten must be left."""
    cases = [
        determination(
            f"CM16-00002{number:02}",
            issue(
                1,
                "Acupuncture",
                treatment="acupuncture",
                category="Rehabilitation",
                body_parts=("neck",) if number < 12 else ("knee",),
                quantity=Quantity(6 if number < 9 else 12, "sessions"),
            ),
        )
        for number in range(15)
    ]
    index = MemoryIndex(documents(("", case) for case in cases))
    service = SearchService(MemoryLetters(cases), MemoryBuilds(index), load_settings({}))
    kits = KitMaker(MemoryLetters(cases), MemoryBuilds(index), load_settings({}))
    told = kit_json(kits.kit("Acupuncture, neck, 6 visits: denied.\nWalker: denied."))
    acupuncture, walker = told["requests"]
    assert acupuncture["narrowed"] == ("body",)
    assert acupuncture["issues"]["total"] == 12
    assert service.count(SearchState.from_url(acupuncture["url"])) == 12
    assert walker["narrowed"] == ()
    notes = [note["message"] for note in told["notes"] if note["code"] == "narrowed"]
    assert notes == ["The counts for “Acupuncture, neck, 6 visits” include only issues with: neck."]


def test_what_is_not_in_dispute_is_told(index: Index) -> None:
    kit = index.kit(
        "Date of injury: 2/11/2014\n"
        "History: acupuncture. The MRI is certified. The walker is denied."
    )
    assert [request.treatment for request, _ in kit.requests] == ["walker"]
    told = {note["code"]: note["message"] for note in kit_json(kit)["notes"]}
    assert told["certified"] == "Certified, and not in dispute: MRI."
    assert told["history"] == "Named as given before: acupuncture."
    assert told["dates"] == "Days named: injury 2014-02-11."
