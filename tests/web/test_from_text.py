"""The kit of a pasted text; nothing of the text is kept."""

from __future__ import annotations

import logging
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from imrsearch.search.from_text import read_pasted
from tests.web.markup import Page, read_page

LETTER = """
Dear Mr. Quentin Zyxwort, claim number 0815-4711, born 1/2/1970:
The request for twelve further chiropractic visits for the low back is not certified. The
MTUS Chronic Pain Medical Treatment Guidelines, Manual therapy & manipulation, Page(s): 58-60,
ask for functional improvement after the first visits.
The reports do not document functional improvement.
"""


def kit(client: FlaskClient, text: str = LETTER, **fields: object) -> Page:
    """The page for a text sent."""
    return read_page(client.post("/like", data={"text": text, **fields}).text)


def test_a_pasted_letter_leads_to_its_precedents(client: FlaskClient) -> None:
    page = kit(client)
    assert page.faults == []
    titles = [" ".join(one.text.split()) for one in page.all("h4")][:2]
    assert [title.partition(" (")[0] for title in titles] == [
        "Overturned: this answered it",
        "Upheld for this reason",
    ]
    outcome = next(one.text for one in page.all("strong") if "Disputed here" in one.text)
    searches = [one for one in page.all("a") if one.text.startswith("See ")]
    found = client.get(searches[0].attributes["href"].replace("/search?", "/search.json?"))
    assert f"Disputed here {found.get_json()['total']} times" in outcome
    cases = [one for one in page.all("a") if one.attributes["href"].startswith("/case/")]
    assert client.get(cases[0].attributes["href"]).status_code == 200


def test_every_number_of_a_kit_opens_the_search_that_gives_it(client: FlaskClient) -> None:
    for one in kit(client).all("a"):
        told, url = one.text, one.attributes["href"]
        if "reason=" in url and told[:1].isdigit():
            number = int(told.split()[0].replace(",", ""))
            assert client.get(url.replace("?", ".json?", 1)).get_json()["total"] == number


def test_no_name_or_number_of_the_text_goes_anywhere(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/like", data={"text": LETTER})
        told = client.post("/like.json", data={"text": LETTER})
    for private in ("Quentin", "Zyxwort", "0815-4711", "1/2/1970"):
        assert private not in answer.text + told.text + caplog.text
    for link in read_page(answer.text).all("a"):
        assert "visits" not in link.attributes["href"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_guideline_named_without_a_place_is_not_denied(client: FlaskClient) -> None:
    """The text does name one: only no page or chapter of it is known."""
    text = "Physical therapy, 12 sessions, is not certified: the patient had 24. ODG allows 24."
    shown = [" ".join(one.text.split()) for one in kit(client, text).all("p")]
    assert "No page or chapter of a guideline was recognised in the text." in shown


def test_a_text_without_a_request_is_told(client: FlaskClient) -> None:
    page = kit(client, "Hello there.")
    assert page.text("h1") == "No request recognised"
    assert "No request for a known treatment" in page.text("main")


def test_a_text_without_a_request_leads_to_the_search_for_its_words(client: FlaskClient) -> None:
    page = kit(client, "She had a chiropractic visit in 2014.")
    assert any("/search?" in url and "chiropractic" in url for url in page.links().values())


def test_what_was_not_recognised_is_said(client: FlaskClient) -> None:
    page = kit(client, "The request for chiropractic care is denied.")
    assert "No reason for denying" in page.text("main")
    assert "None recognised." in page.text("main")
    titles = {" ".join(one.text.split()) for one in page.all("h4")}
    assert {"Nearest overturned", "Nearest upheld"} <= titles


FORM = {
    "r0.treatment": "chiropractic",
    "r0.amount": "",
    "r0.body": ["", "neck"],
    "r0.reason": ["functional-improvement", "red-flags"],
}


def test_what_was_read_can_be_changed(client: FlaskClient) -> None:
    read_from = kit(client).all("input", name="read_from")[0].attributes["value"]
    text = kit(client).all("textarea")[0].text.removeprefix("\n")
    page = kit(client, text.replace("\n", "\r\n"), read_from=read_from, **FORM)
    boxes = [one.attributes for one in page.all("input", type="checkbox")]
    ticked = {one["value"] for one in boxes if "checked" in one}
    assert {"neck", "functional-improvement", "red-flags"} <= ticked
    assert "low back" not in ticked  # still offered, no longer ticked
    assert any(one["value"] == "low back" for one in boxes)
    assert page.all("input", name="r0.amount")[0].attributes["value"] == ""
    said = [" ".join(one.text.split()) for one in page.all("h3")]
    assert "The denial says: No red flags" in said


def test_a_changed_text_is_read_anew(client: FlaskClient) -> None:
    read_from = kit(client).all("input", name="read_from")[0].attributes["value"]
    page = kit(client, "The MRI of the neck is denied.", read_from=read_from, **FORM)
    assert page.all("input", name="r0.treatment")[0].attributes["value"] == "MRI"


def test_an_example_is_one_click_away(client: FlaskClient) -> None:
    page = read_page(client.post("/like", data={"text": "", "example": "1"}).text)
    assert page.text("h1") == "Who won and who lost with 3 requests like this"
    assert "not recognised" not in page.text("main").lower()


def test_the_form(client: FlaskClient) -> None:
    answer = client.get("/like")
    assert answer.status_code == 200
    assert b'method="post"' in answer.data
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://[::1"},
    ],
    ids=[
        "told by the fetch",
        "told by the origin",
        "hidden origin",
        "a sister site",
        "no origin at all",
    ],
)
def test_a_form_on_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 403


def test_a_form_of_this_site_is_taken_behind_a_proxy_with_another_scheme(
    client: FlaskClient,
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://localhost"}
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 200


def test_a_hidden_origin_is_no_other_site(client: FlaskClient) -> None:
    """Browsers send ``Origin: null`` from a page that lets no referrer out."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert client.post("/like", data={"text": LETTER}, headers=headers).status_code == 200


def test_the_form_lets_its_own_site_see_where_it_comes_from(client: FlaskClient) -> None:
    answer = client.get("/like")
    assert b'<meta name="referrer" content="same-origin">' in answer.data
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post("/like", data={"text": "x" * 70_000}).status_code == 413


def test_common_words_count_names_do_not() -> None:
    shares = {"visits": 0.1, "functional": 0.05, "request": 0.9, "quentin": 0.0}
    found = read_pasted(LETTER, lambda word: shares.get(word, 0.0))
    assert found.names == ("chiropractic", "low back")
    assert found.words == ("visits", "functional")
    assert found.cites[0] == "mtus-chronic-pain:58"
    assert found.q == "chiropractic low back visits functional"


def test_the_requests_of_a_text_as_json(client: FlaskClient) -> None:
    answer = client.post("/like.json", data={"text": LETTER})
    (request,) = answer.get_json()["requests"]
    assert request["treatment"] == "chiropractic"
    assert request["body_parts"] == ["low back"]
    assert client.get(request["url"]).status_code == 200
    assert request["upheld"][0]["url"].startswith("/case/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_json_is_protected_as_the_form_is(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    with caplog.at_level(logging.DEBUG):
        refused = client.post("/like.json", data={"text": LETTER}, headers=elsewhere)
        client.post("/like.json", data={"text": LETTER})
    assert refused.status_code == 403
    assert client.get("/like.json").status_code == 405
    assert "Zyxwort" not in caplog.text


# ------------------------------------------------------------------------------------- files


def upload(client: FlaskClient, content: bytes, name: str = "denial.txt") -> TestResponse:
    return client.post("/like", data={"text": "", "file": (BytesIO(content), name)})


def test_a_file_is_read_as_a_text_is(client: FlaskClient) -> None:
    page = read_page(upload(client, LETTER.encode()).text)
    assert page.all("input", name="r0.treatment")[0].attributes["value"] == "chiropractic"
    assert "Zyxwort" not in page.text("main")


def test_a_file_that_cannot_be_read_is_told(client: FlaskClient) -> None:
    answer = upload(client, b"\x89PNG....", "scan.png")
    assert answer.status_code == 422
    assert "The file is a picture." in answer.text


def test_a_file_stays_in_memory(app: Flask) -> None:
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="large.txt"\r\n\r\n'
    form = head + b"x" * 2_000_000 + b"\r\n--part--\r\n"
    kind = "multipart/form-data; boundary=part"
    with app.test_request_context("/like", method="POST", data=form, content_type=kind) as context:
        context.request.max_content_length = 3_000_000
        assert isinstance(context.request.files["file"].stream, BytesIO)


# -------------------------------------------------------------------------------- what was in force

CITES = "The MRI is denied. MTUS Chronic Pain Medical Treatment Guidelines, page 58. "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CITES, "In force from "),
        (f"{CITES} Date: 3/4/2015", "In force on Mar 4, 2015, the latest date in the text."),
        (f"{CITES} Date: 3/4/2019", "Not in force on Mar 4, 2019, the latest date in the text: "),
        ("The MRI is denied. ODG, Low Back chapter.", ""),
    ],
    ids=["no date", "in force", "replaced", "no part of the MTUS"],
)
def test_the_denial_s_guideline_was_in_force_or_not(
    client: FlaskClient, text: str, told: str
) -> None:
    shown = kit(client, text).text("main")
    assert (told in shown) if told else ("n force" not in shown)
