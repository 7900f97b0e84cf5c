"""The page of a kit: what its numbers count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from imrsearch.api.index import Index
from imrsearch.model import Citation, CitedPlace, DecisionReason, Quantity
from imrsearch.query.notes import Note
from imrsearch.search.kit.criteria import CitedByReviewers, KitCriterion, KitSentence, KitSide
from imrsearch.search.kit.kit import Kit
from imrsearch.search.kit.precedents import (
    Disputes,
    Precedent,
    PrecedentEvidence,
    RequestPrecedents,
)
from imrsearch.search.pasted.request import Reading, Request
from imrsearch.search.state import SearchState
from imrsearch.system.settings import Settings
from imrsearch.web.presenters.kit import (
    KitRequest,
    ReadFact,
    fingerprint,
    kit_page,
)
from imrsearch.web.presenters.links import Link
from tests.web.markup import Page, rendered


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
    (shown,) = kit_page(replace(kit, requests=((request, counted),)), ()).requests
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


def kit_of(
    read: Request = READ,
    now: Request | None = None,
    found: RequestPrecedents = FOUND,
    day: date | None = None,
) -> Kit:
    """The kit of a text with one request, ``now`` as a reader corrected it."""
    reading = Reading((read,), (), (), (), (), ())
    notes = (Note("no-reason", "No reason was read."),)
    return Kit("The text.", day, reading, ((now or read, found),), notes, "build-1")


def shown(
    read: Request = READ,
    now: Request | None = None,
    found: RequestPrecedents = FOUND,
    day: date | None = None,
) -> KitRequest:
    """What is shown of its request."""
    return kit_page(kit_of(read, now, found, day), ()).requests[0]


def page(
    client: FlaskClient,
    kit: Kit,
    words: SearchState | None = None,
    clips: tuple[str, ...] = (),
) -> Page:
    """The page that a browser gets."""
    told = kit_page(kit, clips)
    return rendered(
        client, "kit.html", page=told, kit=kit, words=words, clipped=clips, longest=1000
    )


def test_the_page_of_a_text(client: FlaskClient) -> None:
    told = page(client, kit_of())
    assert told.text("h1") == "Who won and who lost with 1 request like this"
    assert told.text("textarea") == "The text."
    assert told.text("ul", class_="notes") == "No reason was read."
    assert "build-1" in told.text("footer")
    assert not [name for name in told.links() if name.startswith("Search for")]
    offered = kit_page(kit_of(), ())
    assert "Low back" not in offered.body_parts and "low back" in offered.body_parts
    assert list(offered.treatments) == sorted(offered.treatments, key=str.lower)
    assert len(set(offered.treatments)) == len(offered.treatments) > 500
    assert Link("No red flags", "red-flags") in offered.criteria


def test_where_no_request_is_recognised_the_words_are_a_search(client: FlaskClient) -> None:
    kit = Kit("Hello there.", None, Reading((), (), (), (), (), ()), (), (), "build-1")
    told = page(client, kit, SearchState("hello"), ("CM16-1.2",))
    assert told.text("h1") == "No request recognised"
    assert told.links()["Search for “hello”"] == "/search?q=hello"
    assert told.all("input", name="clip", value="CM16-1.2", type="hidden")
    wordless = page(client, kit, SearchState()).links()
    assert not [name for name in wordless if name.startswith("Search for")]


def test_a_form_s_facts_belong_to_one_text() -> None:
    assert kit_page(kit_of(), ()).read_from == fingerprint("The text.") != fingerprint("The text!")
    assert fingerprint("") == "00000000"


SENTENCE = KitSentence("CM16-1", 2, "MRI", "A red flag.", "/case/CM16-1#issue-2", "CM16-1.2.3")
DENIED = replace(READ, reasons=(DecisionReason("red-flags", "unmet", "None.", (0, 5)),))
NEAR = Precedent(
    "CM16-7",
    2,
    "/case/CM16-7#issue-2",
    "CT",
    ("knee",),
    False,
    (),
    (PrecedentEvidence("red-flags", "Near."), PrecedentEvidence("x", "Another.")),
)


def side(count: int, *sentences: KitSentence) -> KitSide:
    return KitSide("label", count, f"/search?count={count}", sentences)


def criterion(overturned: KitSide, upheld: KitSide, name: str = "red-flags") -> RequestPrecedents:
    return replace(FOUND, criteria=(KitCriterion(name, overturned, upheld),))


def test_clips_that_the_page_does_not_show_are_kept(client: FlaskClient) -> None:
    found = replace(criterion(side(1, SENTENCE), side(0)), upheld=(NEAR,))
    told = page(client, kit_of(DENIED, found=found), clips=("CM16-9.1", "CM16-1.2.3", "CM16-7.2"))
    hidden = told.all("input", name="clip", type="hidden")
    assert [one.attributes["value"] for one in hidden] == ["CM16-9.1"]
    boxes = {
        one.attributes["value"]: "checked" in one.attributes
        for one in told.all("input", name="clip", type="checkbox")
    }
    assert boxes == {"CM16-1.2.3": True, "CM16-7.2": True}
    bare = page(client, kit_of(DENIED, found=found))
    assert not [one for one in bare.all("input", name="clip") if "checked" in one.attributes]


def test_under_a_reason_of_the_denial_both_sides_stand(client: FlaskClient) -> None:
    told = page(client, kit_of(DENIED, found=criterion(side(1200, SENTENCE), side(0))))
    assert "The denial says: No red flags" in [one.text for one in told.all("h3")]
    assert told.text("p", class_="kit-said") == "None."
    assert [" ".join(one.text.split()) for one in told.all("h4")][:2] == [
        "Overturned: this answered it (1,200 issues)",
        "Upheld for this reason",
    ]
    links = told.links()
    assert links["1,200 issues"] == "/search?count=1200"
    assert links["CM16-1, issue 2"] == "/case/CM16-1#issue-2"
    assert "A red flag." in [one.text for one in told.all("q")]
    assert "No issue counted here was upheld for this reason." in told.text("main")


@pytest.mark.parametrize(
    ("sides", "nearest"),
    [
        pytest.param([(side(1, SENTENCE), side(1, SENTENCE))], False, id="under one reason"),
        pytest.param(
            [(side(1, SENTENCE), side(0)), (side(0), side(1, SENTENCE))],
            False,
            id="each under another",
        ),
        pytest.param([(side(1, SENTENCE), side(0))], True, id="only who won"),
        pytest.param([(side(5), side(1, SENTENCE))], True, id="of who won no sentence"),
        pytest.param([], True, id="no reason"),
    ],
)
def test_the_nearest_issues_stand_where_reasons_do_not_tell_both_sides(
    sides: list[tuple[KitSide, KitSide]], nearest: bool
) -> None:
    names = ("red-flags", "pain-relief")[: len(sides)]
    rows = [KitCriterion(name, *both) for name, both in zip(names, sides, strict=True)]
    reasons = tuple(DecisionReason(name, "unmet", "", (0, 0)) for name in names)
    found = replace(FOUND, criteria=tuple(rows))
    assert shown(replace(READ, reasons=reasons), found=found).nearest is nearest


def test_the_nearest_issues_of_each_side_whatever_decided_them(client: FlaskClient) -> None:
    bare = replace(NEAR, number=3, other_body_parts=(), is_counted=True, evidence=())
    told = page(client, kit_of(found=replace(FOUND, overturned=(NEAR, bare))))
    assert "The most similar issues" in [one.text for one in told.all("h3")]
    assert [" ".join(one.text.split()) for one in told.all("h4")][:2] == [
        "Nearest overturned",
        "Nearest upheld",
    ]
    near, other = (" ".join(one.text.split()) for one in told.all("li") if "CM16-7" in one.text)
    assert near == "Near. CM16-7, issue 2 CT knee, not counted above Clip CM16-7.2"
    assert other == "No reason was recognised in it. CM16-7, issue 3 CT Clip CM16-7.3"
    assert "No issue counted here was upheld." in told.text("main")


def test_what_winners_showed_most_often_first(client: FlaskClient) -> None:
    rows = (
        KitCriterion("red-flags", side(2), side(0)),
        KitCriterion("pain-relief", side(1200), side(1500)),
        KitCriterion("functional-improvement", side(0), side(9)),
    )
    found = replace(FOUND, criteria=rows)
    assert [row.criterion for _, row in shown(found=found).winners] == ["pain-relief", "red-flags"]
    told = page(client, kit_of(found=found))
    links = told.links()
    assert links["1,200 overturned with it"] == "/search?count=1200"
    assert links["1,500 upheld without it"] == "/search?count=1500"
    assert links["2 overturned with it"] == "/search?count=2"
    assert "0 upheld without it" not in links


def test_eight_criteria_of_winners_are_shown() -> None:
    many = (KitCriterion("red-flags", side(1), side(0)),) * 9
    assert len(shown(found=replace(FOUND, criteria=many)).winners) == 8


def test_a_request_leads_to_its_issues(client: FlaskClient) -> None:
    told = shown()
    assert (told.heading, told.treatment, told.amount) == ("Lumbar MRI", "mri", "1 units")
    assert told.disputes == "Disputed here 19 times, overturned 2 (11%, likely 3–31%)"
    made = page(client, kit_of())
    assert made.all("section", id="request-1") and made.all("input", name="r0.treatment")
    links = made.links()
    assert links["See 19 issues"] == links["All results"] == "/search?treatment=mri"
    assert links["What won, what lost"] == "/reasons?treatment=mri"
    assert links["Feed of new decisions"] == "/search.atom?sort=newest&treatment=mri"


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


def test_what_was_read_and_what_a_reader_made_of_it_are_boxes_to_tick(
    client: FlaskClient,
) -> None:
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
    found = replace(FOUND, criteria=rows)
    told = shown(read, now, found)
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
    assert "72148, M54.5" in page(client, kit_of(read, now, found)).text("fieldset")


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
    client: FlaskClient, query: str, told: str, wider: str | None
) -> None:
    read, found = replace(READ, body_parts=()), replace(FOUND, url=f"/search?{query}")
    assert shown(read, found=found).narrowed == told
    assert page(client, kit_of(read, found=found)).links().get("Not narrowed") == wider


def test_body_parts_that_nothing_was_counted_by() -> None:
    told = shown(replace(READ, body_parts=("low back", "neck"))).narrowed
    assert told.endswith("Too few of these are about the low back and neck to count them alone.")


def test_what_reviewers_cite(client: FlaskClient) -> None:
    cited = (CitedByReviewers(CitedPlace("mtus-chronic-pain", page=58), 3, 4),)
    told = page(client, kit_of(found=replace(FOUND, cited=cited)))
    (place,) = (name for name in told.links() if name.endswith("p. 58"))
    assert told.links()[place] == "/guidelines/mtus-chronic-pain/page/58"
    columns = [" ".join(one.text.split()) for one in told.all("div", class_="kit-column")]
    assert columns[-1].startswith(
        "Reviewers cite Of the 7 nearest overturned and 12 nearest upheld issues:"
    )
    assert columns[-1].endswith("3 overturned, 4 upheld")


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
    ((pieces, told),) = shown(replace(READ, citations=(cited,)), day=day).denial_cites
    assert told == force
    assert pieces[0].label.startswith("MTUS Title")
