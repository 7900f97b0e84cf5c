"""The page of a kit: what its numbers count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imrsearch.api.index import Index
from imrsearch.model import Citation, CitedPlace, DecisionReason, Quantity
from imrsearch.query.notes import Note
from imrsearch.search.kit.criteria import CitedByReviewers, KitCriterion, KitSentence, KitSide
from imrsearch.search.kit.kit import Kit
from imrsearch.search.kit.precedents import Disputes, Precedent, RequestPrecedents
from imrsearch.search.kit.request import Reading, Request
from imrsearch.search.state import SearchState
from imrsearch.system.settings import Settings
from imrsearch.web.presenters.kit import (
    CitedLine,
    KitPage,
    KitRequest,
    ReadFact,
    fingerprint,
    kit_page,
)
from imrsearch.web.presenters.links import Link


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param(
            "treatment=chiropractic&body=low+back&visits=1..6",
            "Counted: Low back, Chiropractic, 1 to 6 visits.",
            id="by body part and amount, with its unit",
        ),
        pytest.param(
            "treatment=chiropractic",
            "Counted: Chiropractic. Too few of these are about the low back to count them alone.",
            id="what was not counted by",
        ),
    ],
)
def test_what_is_counted(sample_index: Settings, query: str, told: str) -> None:
    with Index(sample_index) as index:
        kit = index.kit("The request for chiropractic, low back, 6 visits is denied.")
    ((request, found),) = kit.requests
    counted = replace(found, url=f"/search?{query}")
    (shown,) = kit_page(replace(kit, requests=((request, counted),)), None, ()).requests
    assert shown.narrowed == told


READ = Request("Lumbar MRI - DENIED", "mri", None, ("low back",), Quantity(1, "units"))
FOUND = RequestPrecedents(
    Disputes(19, 2, 0.11, 0.03, 0.31),
    "/search?treatment=mri",
    (),
    (),
    (),
    (),
    (),
    (7, 12),
)


def page(
    read: Request = READ,
    now: Request | None = None,
    found: RequestPrecedents = FOUND,
    day: date | None = None,
    clips: tuple[str, ...] = (),
) -> KitPage:
    """The page of a text with one request, ``now`` as a reader corrected it."""
    reading = Reading((read,), (), (), (), (), ())
    notes = (Note("no-reason", "No reason was read."),)
    kit = Kit("The text.", day, reading, ((now or read, found),), notes, "build-1")
    return kit_page(kit, None, clips)


def shown(
    read: Request = READ,
    now: Request | None = None,
    found: RequestPrecedents = FOUND,
    day: date | None = None,
) -> KitRequest:
    return page(read, now, found, day).requests[0]


def test_the_page_of_a_text() -> None:
    told = page()
    assert told.heading == "Who won and who lost with 1 request like this"
    assert (told.text, told.build) == ("The text.", "build-1")
    assert (told.notes, told.search) == (("No reason was read.",), None)
    assert "Low back" not in told.body_parts and "low back" in told.body_parts
    assert list(told.treatments) == sorted(told.treatments, key=str.lower)
    assert len(set(told.treatments)) == len(told.treatments) > 500
    assert Link("No red flags", "red-flags") in told.criteria


def test_where_no_request_is_recognised_the_words_are_a_search() -> None:
    kit = Kit("Hello there.", None, Reading((), (), (), (), (), ()), (), (), "build-1")
    told = kit_page(kit, SearchState("hello"), ("CM16-1.2",))
    assert told.heading == "No request recognised"
    assert told.search == Link("Search for “hello”", "/search?q=hello")
    assert told.other_clips == ("CM16-1.2",)
    assert kit_page(kit, SearchState(), ()).search is None


def test_a_form_s_facts_belong_to_one_text() -> None:
    assert page().read_from == fingerprint("The text.") != fingerprint("The text!")
    assert fingerprint("") == "00000000"


def test_clips_that_the_page_does_not_show_are_kept() -> None:
    sentence = KitSentence("CM16-1", 2, "MRI", "A red flag.", "/case/CM16-1#issue-2", "CM16-1.2.3")
    sides = KitSide("met", 1, "/a", (sentence,)), KitSide("unmet", 0, "/b", ())
    reason = DecisionReason("red-flags", "unmet", "None.", (0, 5))
    near = Precedent("CM16-7", 2, "/case/CM16-7#issue-2", "CT", (), True, (), ())
    told = page(
        replace(READ, reasons=(reason,)),
        found=replace(FOUND, criteria=(KitCriterion("red-flags", *sides),), upheld=(near,)),
        clips=("CM16-9.1", "CM16-1.2.3", "CM16-7.2"),
    )
    assert told.other_clips == ("CM16-9.1",)
    assert told.requests[0].denial[0].columns[0].sentences[0].is_clipped
    assert told.requests[0].nearest is not None  # of one side there is no sentence


def test_a_request_leads_to_its_issues() -> None:
    told = shown()
    assert (told.key, told.anchor, told.heading) == ("r0", "request-1", "Lumbar MRI")
    assert (told.treatment, told.amount) == ("mri", "1 units")
    assert told.disputes == "Disputed here 19 times, overturned 2 (11%, likely 3–31%)"
    assert told.results == Link("See 19 issues", "/search?treatment=mri")
    assert told.reviewers_read == "Of the 7 nearest overturned and 12 nearest upheld issues:"
    assert told.links == (
        Link("All results", "/search?treatment=mri"),
        Link("What won, what lost", "/reasons?treatment=mri"),
        Link("Feed of new decisions", "/search.atom?sort=newest&treatment=mri"),
    )


@pytest.mark.parametrize(
    ("disputes", "words"),
    [
        (Disputes(1, 0, None, None, None), "Disputed here once, overturned 0"),
        (Disputes(9, 3, None, None, None), "Disputed here 9 times, overturned 3"),
        (
            Disputes(4000, 1200, 0.3, 0.29, 0.31),
            "Disputed here 4,000 times, overturned 1,200 (30%, likely 29–31%)",
        ),
    ],
)
def test_how_often_it_was_disputed(disputes: Disputes, words: str) -> None:
    assert shown(found=replace(FOUND, issues=disputes)).disputes == words


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("x" * 140, "x" * 140),
        ("x" * 141, "x" * 140 + "…"),
        ("x" * 139 + " and more", "x" * 139 + "…"),
    ],
)
def test_a_long_heading_is_cut(text: str, heading: str) -> None:
    assert shown(replace(READ, text=text)).heading == heading


def test_what_was_read_and_what_a_reader_made_of_it_are_boxes_to_tick() -> None:
    """What the reader took away can be ticked again; what he added stands behind it."""
    cited = Citation("odg-pain", "odg", "Pain", None, None, (), (58,), "ODG Pain p. 58")
    lacked = DecisionReason("red-flags", "unmet", "No red flags.", (0, 13))
    added = DecisionReason("pain-relief", "unmet", "", (0, 0))
    read = replace(READ, reasons=(lacked,), citations=(cited,), codes=("72148", "M54.5"))
    now = replace(read, body_parts=("neck",), reasons=(added,), citations=())
    rows = tuple(
        KitCriterion(one, KitSide("", 0, "/", ()), KitSide("", 0, "/", ()))
        for one in ("red-flags", "pain-relief")
    )
    told = shown(read, now, replace(FOUND, criteria=rows))
    assert told.body_parts == (
        ReadFact("Low back", "low back", is_kept=False),
        ReadFact("Neck", "neck", is_kept=True),
    )
    assert [(one.value, one.is_kept) for one in told.reasons] == [
        ("red-flags", False),
        ("pain-relief", True),
    ]
    assert told.citations == (
        ReadFact("ODG Pain, p.\N{NO-BREAK SPACE}58", "odg-pain 58", is_kept=False),
    )
    assert told.denial_cites == ()
    assert told.codes == "72148, M54.5"


@pytest.mark.parametrize(
    ("query", "told", "wider"),
    [
        pytest.param("treatment=mri", "Counted: Mri.", None, id="as wide as can be"),
        pytest.param(
            "treatment=mri&body=low+back",
            "Counted: Low back, Mri.",
            "/search?treatment=mri",
            id="narrowed",
        ),
        pytest.param(
            "category=Surgery&q=fusion",
            "Counted: Surgery, fusion.",
            "/search?category=Surgery",
            id="by words",
        ),
    ],
)
def test_what_was_counted_and_the_way_to_all_of_its_kind(
    query: str, told: str, wider: str | None
) -> None:
    made = shown(replace(READ, body_parts=()), found=replace(FOUND, url=f"/search?{query}"))
    assert made.narrowed == told
    assert made.wider == (Link("Not narrowed", wider) if wider else None)


def test_body_parts_that_nothing_was_counted_by() -> None:
    told = shown(replace(READ, body_parts=("low back", "neck"))).narrowed
    assert told.endswith("Too few of these are about the low back and neck to count them alone.")


def test_what_reviewers_cite() -> None:
    cited = (CitedByReviewers(CitedPlace("mtus-chronic-pain", page=58), 3, 4),)
    (line,) = shown(found=replace(FOUND, cited=cited)).reviewers_cite
    assert line == CitedLine(line.place, "3 overturned, 4 upheld")
    assert line.place.url == "/guidelines/mtus-chronic-pain/page/58"
    assert line.place.label.endswith("p.\N{NO-BREAK SPACE}58")


@pytest.mark.parametrize(
    ("guideline", "year", "day", "force"),
    [
        pytest.param(None, None, None, "", id="unknown to the catalogue"),
        pytest.param("odg-low-back", None, date(2016, 1, 1), "", id="no edition is known"),
        pytest.param(
            "mtus-chronic-pain",
            None,
            None,
            "In force from Jul 18, 2009 to Nov 30, 2017.",
            id="on no known day",
        ),
        pytest.param(
            "acoem-chronic-pain", None, None, "In force from Dec 1, 2017.", id="until today"
        ),
        pytest.param(
            "mtus-chronic-pain",
            None,
            date(2017, 1, 12),
            "Names no edition; on Jan 12, 2017, the latest date in the text, that of 2016 was in"
            " force.",
            id="one of two editions",
        ),
        pytest.param(
            "mtus-chronic-pain",
            None,
            date(2016, 1, 5),
            "In force on Jan 5, 2016, the latest date in the text.",
            id="there was no other edition yet",
        ),
        pytest.param(
            "mtus-chronic-pain",
            2009,
            date(2016, 1, 5),
            "In force on Jan 5, 2016, the latest date in the text.",
            id="the edition of the day",
        ),
        pytest.param(
            "mtus-chronic-pain",
            2009,
            date(2017, 1, 5),
            "Cites the edition 2009; on Jan 5, 2017, the latest date in the text, that of 2016 was"
            " in force.",
            id="an older edition",
        ),
        pytest.param(
            "mtus-chronic-pain",
            None,
            date(2019, 1, 5),
            "Not in force on Jan 5, 2019, the latest date in the text: Chronic Pain (ACOEM) was.",
            id="another has taken its place",
        ),
        pytest.param(
            "mtus-chronic-pain",
            None,
            date(2008, 1, 5),
            "Not in force on Jan 5, 2008, the latest date in the text.",
            id="none was",
        ),
    ],
)
def test_whether_what_the_denial_cites_was_in_force(
    guideline: str | None, year: int | None, day: date | None, force: str
) -> None:
    cited = Citation(guideline, "mtus", "Title", None, year, (), (), "as printed")
    (told,) = shown(replace(READ, citations=(cited,)), day=day).denial_cites
    assert told.force == force
    assert told.pieces[0].label.startswith("MTUS Title")
