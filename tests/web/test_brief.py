"""The brief: what is clipped, in order, with comments, and the files made of it."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from imrsearch.search.brief.clips import MOST_CLIPS
from tests.web.markup import Page, read_page
from tests.web.test_pages import get

ONE, TWO = "CM16-0000105.1", "CM16-0000105.1.2"


def sent(client: FlaskClient, *fields: tuple[str, str]) -> Page:
    """The page that a form with these fields leads to."""
    return read_page(client.post("/brief", data=MultiDict(fields), follow_redirects=True).text)


def clips(page: Page) -> list[str]:
    return [one.attributes["value"] for one in page.all("input", type="hidden", name="clip")]


def test_a_brief_quotes_case_issue_guideline_and_index(client: FlaskClient) -> None:
    page = get(client, f"/brief?clip={ONE}&clip={TWO}")
    assert page.faults == []
    assert page.text("h1") == "Brief: 2 authorities"
    shown = page.text("main")
    case = client.get("/case/CM16-0000105.json").get_json()
    rationale = " ".join(case["issues"][0]["rationale"].split())
    for quotation in page.all("q"):
        assert " ".join(quotation.text.split()) in rationale
    for part in (
        "Case No. CM16-0000105",
        "Issue 1 of",
        "/case/CM16-0000105#issue-1",
        "index build",
    ):
        assert part in shown
    assert "binds only the parties to its own case" in shown


def test_nothing_clipped_and_nonsense_are_told(client: FlaskClient) -> None:
    assert "Nothing is clipped" in get(client, "/brief").text("main")
    page = get(client, "/brief?clip=nonsense!&clip=CM99-9999999.1&clip=CM16-0000105.99")
    assert page.text("h1") == "Brief: 0 authorities"
    told = page.text("div", id="unread")
    for message in (
        "“nonsense!” is not an issue",
        "There is no case CM99-9999999 here",
        "CM16-0000105 has no issue 99",
    ):
        assert message in told


def test_the_order_changes_and_comments_stay(client: FlaskClient) -> None:
    fields = [("clip", ONE), ("clip", TWO), (f"comment.{ONE}", "Ours")]
    page = sent(client, *fields, ("down", ONE))
    assert clips(page) == [TWO, ONE]
    assert [one.text.strip() for one in page.all("textarea")] == ["", "Ours"]
    assert clips(sent(client, *fields, ("up", TWO))) == [TWO, ONE]
    assert clips(sent(client, *fields, ("up", ONE))) == [ONE, TWO]
    assert clips(sent(client, *fields, ("remove", ONE))) == [TWO]


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ("CM16-0000105#1", ONE),
        ("cm16-0000105 #1", ONE),
        ("CM16-0000105, issue 1", ONE),
        ("CM16-0000105.1.3", "CM16-0000105.1.3"),
    ],
    ids=["as cited", "typed in small letters", "in words", "a sentence"],
)
def test_an_issue_is_added(client: FlaskClient, typed: str, added: str) -> None:
    assert clips(sent(client, ("clip", TWO), ("add", typed))) == [TWO, added]


def test_a_button_beside_the_empty_field_adds_its_sentence(client: FlaskClient) -> None:
    fields = [("add", ""), ("clip", TWO), ("add", "CM16-0000105.1.3")]
    assert clips(sent(client, *fields)) == [TWO, "CM16-0000105.1.3"]


@pytest.mark.parametrize("comment", ["", "Ours"], ids=["plain", "with a comment"])
@pytest.mark.parametrize(
    ("typed", "message", "has_choices"),
    [
        ("hello", "There is no case hello here", False),
        ("CM99-1#1", "There is no case CM99-1 here", False),
        ("what?", "“what?” is not an issue", False),
        ("CM16-0000105#9", "CM16-0000105 has no issue 9", True),
        ("CM16-0000105.0", "CM16-0000105 has", True),
    ],
)
def test_what_cannot_be_added_is_told_with_the_issues_to_choose_from(
    client: FlaskClient, typed: str, message: str, has_choices: bool, comment: str
) -> None:
    page = sent(client, ("add", typed), ("clip", TWO), (f"comment.{TWO}", comment))
    assert page.faults == []
    assert message in page.text("div", id="unread")
    assert page.all("input", id="add")[0].attributes["value"] == typed
    assert clips(page) == [TWO]
    offered = {one.attributes["value"] for one in page.all("button", name="add")}
    assert (ONE in offered) == has_choices


def test_a_change_leads_to_the_address_of_the_list_and_a_comment_to_no_address(
    client: FlaskClient,
) -> None:
    """Going back to an answer that no browser may keep would send the form again."""
    plain = client.post("/brief", data=MultiDict([("clip", ONE), ("clip", TWO), ("down", ONE)]))
    assert (plain.status_code, plain.location) == (303, f"/brief?clip={TWO}&clip={ONE}")
    last = client.post("/brief", data={"clip": ONE, "remove": ONE})
    assert last.location == "/brief?clip="
    assert "data-changed" in client.get(last.location).text
    told = client.post("/brief", data={"clip": ONE, f"comment.{ONE}": "Ours"})
    assert told.status_code == 200
    assert told.headers["Cache-Control"] == "private, no-cache"


def test_every_other_sentence_can_be_added(client: FlaskClient) -> None:
    page = get(client, f"/brief?clip={TWO}")
    others = [one.attributes["value"] for one in page.all("button", name="add")]
    assert TWO not in others
    assert f"{ONE}.1" in others


def test_one_side_alone_is_told_with_searches_for_the_other(client: FlaskClient) -> None:
    page = get(client, f"/brief?clip={ONE}")
    assert "Check adverse authority as well" in page.text("main")
    other = next(url for url in page.links().values() if "decision=" in url)
    decided = client.get("/case/CM16-0000105.json").get_json()["issues"][0]["decision"]
    assert ("decision=overturned" in other) == (decided == "upheld")


def test_files_hold_order_quotations_and_comments(client: FlaskClient) -> None:
    form = MultiDict([("clip", TWO), ("clip", ONE), (f"comment.{ONE}", "Ours\nis alike")])
    word = client.post("/brief.docx", data=form)
    paragraphs = [one.text for one in docx.Document(BytesIO(word.data)).paragraphs]
    shown = [
        " ".join(one.text.split()) for one in get(client, f"/brief?clip={TWO}&clip={ONE}").all("q")
    ]
    assert [one.strip("“”") for one in paragraphs if one.startswith("“")] == shown
    assert "Ours\nis alike" in paragraphs
    assert client.post("/brief.pdf", data=form).data.startswith(b"%PDF-")
    markdown = client.post("/brief.md", data=form)
    assert "Ours\nis alike" in markdown.text
    for answer in (word, markdown):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_comments_are_sent_from_here_alone(client: FlaskClient) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    for path in ("/brief", "/brief.docx"):
        assert client.post(path, data={"clip": ONE}, headers=elsewhere).status_code == 403
    assert client.get("/brief.docx").status_code == 405
    assert client.post("/brief.exe").status_code == 404


def test_a_brief_does_not_grow_without_end(client: FlaskClient) -> None:
    some = "&".join(f"clip=CM16-0000105.1.{number}" for number in range(1, 90))
    assert len(clips(get(client, f"/brief?{some}"))) <= MOST_CLIPS


def test_results_cases_and_kits_can_be_clipped(client: FlaskClient) -> None:
    for url in ("/search?q=case:CM16-0000105", "/case/CM16-0000105"):
        page = get(client, url)
        boxes = [one.attributes for one in page.all("input", type="checkbox", name="clip")]
        assert ONE in {one["value"] for one in boxes}
        assert {one["form"] for one in boxes} == {"clips"}
        assert page.all("form", id="clips")[0].attributes["action"] == "/brief"


def test_a_kit_leads_to_the_brief_of_what_is_clipped(client: FlaskClient) -> None:
    form = MultiDict([("text", "The MRI is denied."), ("clip", ONE), ("clip", TWO), ("brief", "1")])
    answer = client.post("/like", data=form)
    assert answer.status_code == 303
    assert answer.location == f"/brief?clip={ONE}&clip={TWO}"
    del form["brief"]
    page = read_page(client.post("/like", data=form).text)
    ticked = [one for one in page.all("input", name="clip") if "checked" in one.attributes]
    kept = {one.attributes["value"] for one in [*ticked, *page.all("input", type="hidden")]}
    assert {ONE, TWO} <= kept
