"""The page "What won, what lost"."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.test_browse import total
from tests.web.test_pages import get


def test_every_number_opens_the_search_that_gives_it(client: FlaskClient) -> None:
    told = client.get("/reasons.json").get_json()
    sides = [row[side] for row in told["rows"] for side in ("met", "unmet") if row[side]["count"]]
    assert sides
    assert {side["url"]: total(client, side["url"]) for side in sides} == {
        side["url"]: side["count"] for side in sides
    }
    assert told["without"] == total(client, told["without_url"])


def test_the_page_shows_both_sides_with_sentences(client: FlaskClient) -> None:
    page = get(client, "/reasons?q=chiropractic")
    assert page.text("h1") == "What won, what lost for “chiropractic”"
    assert page.all("q")
    assert any("reason=unmet" in a.attributes["href"] for a in page.all("a"))


def test_the_results_lead_to_it(client: FlaskClient) -> None:
    page = get(client, "/search?q=chiropractic&body=low+back")
    hrefs = {a.attributes["href"] for a in page.all("a")}
    assert "/reasons?body=low+back&q=chiropractic" in hrefs


def test_the_leading_criteria_stand_above_the_results(client: FlaskClient) -> None:
    leading = client.get("/search.json?q=injection").get_json()["leading_reasons"]
    assert 0 < len(leading) <= 3
    sides = [row[side] for row in leading for side in ("met", "unmet") if row[side]["count"]]
    assert {side["url"]: total(client, side["url"]) for side in sides} == {
        side["url"]: side["count"] for side in sides
    }
    (summary,) = [
        one for one in get(client, "/search?q=injection").all("summary") if "What won" in one.text
    ]
    top = max((leading[0]["met"], leading[0]["unmet"]), key=lambda side: side["count"])
    assert f"{top['label'][1:]} ({top['count']})" in summary.text


def test_the_panel_leads_to_the_treatment_that_most_issues_dispute(client: FlaskClient) -> None:
    assert "/treatments/chiropractic" in get(client, "/search?q=chiropractic").links().values()
    assert "All about MRI" not in get(client, "/search").links()


def test_the_table_for_spreadsheets(client: FlaskClient) -> None:
    answer = client.get("/reasons.csv?q=chiropractic")
    assert answer.mimetype == "text/csv"
    assert answer.text.splitlines()[0].endswith(
        "criterion,met_label,overturned_met,unmet_label,upheld_unmet,low,high"
    )


def test_nothing_found_is_said(client: FlaskClient) -> None:
    page = get(client, "/reasons?q=zzzzqqqq")
    assert "No reason was recognised" in page.text("main")


def test_a_case_s_reasons_of_denial_lead_to_the_sentence_in_the_letter(client: FlaskClient) -> None:
    page = get(client, "/case/CM16-0000104")
    assert "Reasons given by utilization review" in [one.text for one in page.all("h4")]
    evidence = "/case/CM16-0000104/letter?fact=issues.1.denial_reasons.0#evidence"
    assert evidence in page.links().values()
    (told,) = client.get("/case/CM16-0000104.json").get_json()["issues"][0]["denial_reasons"]
    assert get(client, evidence).text("mark").split() == told["evidence"].split()
