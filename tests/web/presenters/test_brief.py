"""The page of a brief, made from hand-made authorities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from imrsearch.model import Citation, GuidelineStatement
from imrsearch.search.brief.authorities import Authority
from imrsearch.search.brief.clips import MOST_CLIPS, Addition, Clip
from imrsearch.web.presenters.brief import (
    BriefPage,
    brief_of,
    brief_page,
)
from imrsearch.web.presenters.links import Link
from tests.search.memory import determination, issue
from tests.web.markup import Page, rendered

RATIONALE = "No red flag was\nseen. Pain fell. Not medically necessary."


def authority(
    number: int = 1, sentence: int | None = 2, decision: str | None = "upheld", **facts: object
) -> Authority:
    """A clip of an issue with these facts."""
    one = issue(number, "MRI", decision, **{"rationale": RATIONALE, "treatment": "mri", **facts})
    clip = Clip("CM16-0000001", number, sentence)
    case = determination(clip.case_id, one)
    return Authority(clip, case, one, "Pain fell.", (3, 4), "Read this.")


def page(client: FlaskClient, *found: Authority) -> BriefPage:
    with client.application.test_request_context():
        return brief_page(found, brief_of(found, "http://here", "build-1"))


def shown(
    client: FlaskClient,
    *found: Authority,
    unread: Sequence[Addition] = (),
    is_changed: bool = False,
) -> Page:
    """The page that a browser gets."""
    return rendered(
        client,
        "brief.html",
        page=page(client, *found),
        brief=brief_of(found, "http://here", "build-1"),
        unread=unread,
        is_changed=is_changed,
        most=MOST_CLIPS,
        longest=100,
        longest_number=20,
    )


def test_an_authority_in_words() -> None:
    """With its address in full, as it stands in files too."""
    cited = [Citation(None, "other", name, None, None, (), (), name) for name in ("Alpha", "Beta")]
    statement = GuidelineStatement("", None, tuple(cited))
    brief = brief_of([authority(reviewer_guideline=statement)], "http://here", "build-1")
    (entry,) = brief.entries
    assert entry.url == "http://here/case/CM16-0000001#issue-1"
    assert (entry.decision, entry.quotation, entry.comment) == (
        "Upheld",
        "Pain fell.",
        "Read this.",
    )
    assert entry.guideline == "Alpha; Beta"
    assert "3" in entry.page and "4" in entry.page
    assert "CM16-0000001" in entry.citation
    assert "build-1" in brief.source
    (bare,) = brief_of([replace(authority(), pages=None)], "", "build-1").entries
    assert (bare.guideline, bare.page) == ("", "")


def test_the_page_keeps_its_clips_in_its_address(client: FlaskClient) -> None:
    told = page(client, authority(), authority(2, None))
    assert told.permalink == "/brief?clip=CM16-0000001.1.2&clip=CM16-0000001.2"
    first, second = told.authorities
    assert (first.clip, first.url) == ("CM16-0000001.1.2", "/case/CM16-0000001#issue-1")
    assert (first.verdict.word, first.entry.quotation) == ("Upheld", "Pain fell.")
    assert second.clip == "CM16-0000001.2"
    made = shown(client, authority(), authority(2, None), is_changed=True)
    assert made.text("h1") == "Brief: 2 authorities"
    assert made.all("link", rel="canonical")[0].attributes["href"] == "/brief"
    assert made.links()["Link to this list, without comments"] == told.permalink
    assert "data-changed" in made.all("form", id="brief")[0].attributes
    assert "build-1" in made.text("p", class_="brief-source")
    assert "build-1" in made.text("footer")
    single = shown(client, authority())
    assert single.text("h1") == "Brief: 1 authority"
    assert "data-changed" not in single.all("form", id="brief")[0].attributes


def test_the_rest_of_a_rationale_stands_under_its_first_clip(client: FlaskClient) -> None:
    """Each sentence on one line; not those that are clipped themselves."""
    told = page(client, authority(), authority(sentence=3), authority(2, None))
    first, second, other = told.authorities
    assert first.others == (("No red flag was seen.", Clip("CM16-0000001", 1, 1)),)
    assert second.others == ()
    assert [str(clip) for _, clip in other.others] == [f"CM16-0000001.2.{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("decisions", "told", "other"),
    [
        (["upheld", "upheld"], "All of these were upheld.", "overturned"),
        (["overturned"], "All of these were overturned.", "upheld"),
        (["upheld", "overturned"], "", None),
        (["modified"], "", None),
        ([None], "", None),
        ([], "", None),
    ],
)
def test_a_list_of_one_side_is_to_be_completed(
    client: FlaskClient, decisions: list[str | None], told: str, other: str | None
) -> None:
    made = page(client, *(authority(n, None, one) for n, one in enumerate(decisions, start=1)))
    assert made.one_sided == told
    url = f"/search?decision={other}&treatment=mri"
    assert made.other_side == ((Link(f"Mri, {other}", url),) if other else ())


def test_three_treatments_are_named_for_the_other_side_each_once(client: FlaskClient) -> None:
    named = ("massage", "acupuncture", None, "massage", "mri", "ct")
    found = [authority(n, None, treatment=name) for n, name in enumerate(named, start=1)]
    labels = [link.label for link in page(client, *found).other_side]
    assert labels == ["Massage, overturned", "Acupuncture, overturned", "Mri, overturned"]


def test_what_could_not_be_added_can_be_corrected(client: FlaskClient) -> None:
    choice = (Clip("CM16-0000002", 3), issue(3, "Cane"))
    unread = [Addition("CM16-2", None, "Which issue?", (choice,)), Addition("x", None, "No case.")]
    made = shown(client, unread=unread)
    assert made.all("input", id="add")[0].attributes["value"] == "x"
    assert " ".join(made.text("div", id="unread").split()) == (
        "Which issue? Add CM16-0000002.3 CM16-0000002 #3: Cane No case."
    )
    (button,) = made.all("button", name="add")
    assert button.attributes["value"] == "CM16-0000002.3"
    assert shown(client).all("input", id="add")[0].attributes["value"] == ""


@pytest.mark.parametrize(("clips", "full"), [(MOST_CLIPS - 1, False), (MOST_CLIPS, True)])
def test_a_brief_holds_so_many_authorities(client: FlaskClient, clips: int, full: bool) -> None:
    told = shown(client, *(authority(n, None) for n in range(1, clips + 1))).text("main")
    assert (f"A brief holds at most {MOST_CLIPS} authorities." in told) is full
    assert ("Other sentences of this rationale" in told) is not full
