"""Health and figures for those who run the site, and its log."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from imrsearch.system.errors import DamagedBuild
from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from imrsearch.web.middleware.logs import JsonLines
from imrsearch.web.middleware.metrics import age

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def figure(client: FlaskClient, name: str) -> float:
    """One line's value."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_requests_are_counted_by_route_and_status(site: Settings) -> None:
    client = create_app(site).test_client()
    for number in range(3):
        client.get(f"/search?q=knee{number}")
    client.get("/case/none")
    client.open("/search", method="BREW")
    requests = "imrsearch_requests_total"
    assert figure(client, f'{requests}{{method="GET",route="/search",status="200"}}') == 3
    route = "/case/<id:case_id>"
    assert figure(client, f'{requests}{{method="GET",route="{route}",status="404"}}') == 1
    assert figure(client, f'{requests}{{method="other",route="none",status="405"}}') == 1
    assert figure(client, 'imrsearch_request_seconds_count{route="/search"}') == 3


@pytest.mark.parametrize(
    ("q", "reason"),
    [
        ("pain " * 300, "too-long"),
        ("to be " * 120, "too-many-words"),
        ("a" * 99, "long-word"),
        ("(" * 20, "depth"),
        ("a*", "wildcard"),
        ('"a b"~999', "proximity"),
    ],
    ids=lambda text: text[:20],
)
def test_searches_that_the_guard_cut_are_counted(site: Settings, q: str, reason: str) -> None:
    client = create_app(site).test_client()
    client.get("/search", query_string={"q": q})
    assert figure(client, f'imrsearch_searches_cut_total{{reason="{reason}"}}') == 1


def test_refused_clients_are_counted(site: Settings) -> None:
    client = create_app(replace(site, request_burst=1, requests_per_second=1)).test_client()
    for _ in range(2):
        client.get("/help", environ_base=ELSEWHERE)
    assert figure(client, 'imrsearch_searches_cut_total{reason="throttled"}') == 1


def test_figures_tell_of_the_build_and_the_process(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    build = client.get("/healthz").get_json()["build"]
    assert f'id="{build}"' in text
    assert "imrsearch_resident_bytes{process=" in text
    assert "imrsearch_open_files{process=" in text
    assert figure(client, "imrsearch_build_issues") > 0


def test_figures_are_there_before_anything_is_indexed(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/metrics")
    assert answer.status_code == 200
    assert "imrsearch_build{" not in answer.text


def test_figures_are_for_those_who_are_allowed(site: Settings) -> None:
    client = create_app(replace(site, metrics_from=("203.0.113.9",))).test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200
    assert client.get("/metrics", environ_base=ELSEWHERE).status_code == 404
    passed_on = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert passed_on.status_code == 404


def test_health_and_figures_are_never_kept(client: FlaskClient) -> None:
    for address in ("/healthz", "/metrics"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_age() -> None:
    then = datetime.now(UTC) - timedelta(minutes=2)
    assert 120 <= age(then.isoformat()) <= 125
    assert age((then + timedelta(days=1)).isoformat()) == 0  # a clock that was set back


# ------------------------------------------------------------------------------------- the log


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """What was logged of requests, as it is written."""
    written = [json.loads(JsonLines().format(record)) for record in caplog.records]
    return [line for line in written if "request" in line]


def test_a_request_is_one_line_without_its_words(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/search?q=zyxwort&body=quentin", environ_base=ELSEWHERE)
    (line,) = lines(caplog)
    assert line["event"] == "request"
    assert line["route"] == "/search"
    assert line["method"] == "GET"
    assert line["status"] == 200
    assert line["request"] == answer.headers["X-Request-ID"]
    assert not re.search(r"zyxwort|quentin|203\.0", json.dumps(line))


def test_the_address_is_told_where_the_settings_say_so(
    site: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(replace(site, log_addresses=1)).test_client()
    with caplog.at_level(logging.INFO):
        client.get("/help", environ_base=ELSEWHERE)
    assert lines(caplog)[-1]["address"] == "203.0.113.7"


@pytest.mark.parametrize(
    ("error", "about"),
    [
        (OSError("No space left on device"), "No space left on device"),
        (DamagedBuild("The manifest is torn."), "The manifest is torn."),
        (ValueError("no such word: Zyxwort"), "(left out)"),
    ],
    ids=["foreign", "ours", "repeats the search"],
)
def test_a_fault_tells_where_it_was_but_not_what_was_asked(
    site: Settings, caplog: pytest.LogCaptureFixture, error: Exception, about: str
) -> None:
    app = create_app(site)

    def fail() -> str:
        raise error

    app.add_url_rule("/fail", "fail", fail)
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/fail?q=zyxwort")
    fault, request = lines(caplog)
    assert fault["event"] == "fault"
    assert fault["error"] == type(error).__name__
    assert fault["about"] == about
    assert any(" fail" in str(place) for place in fault["at"])  # type: ignore[attr-defined]
    assert fault["request"] == request["request"]
    assert "zyxwort" not in json.dumps([fault, request]).lower()
    if answer.status_code == 500:
        assert str(fault["request"]) in answer.text


def test_what_other_libraries_say_comes_without_the_values() -> None:
    record = logging.LogRecord(
        "gunicorn.error", logging.WARNING, "", 0, "Error handling request %s", ("/?q=knee",), None
    )
    assert json.loads(JsonLines().format(record))["event"] == "Error handling request"
    record.msg, record.args = "Invalid request from ip=203.0.113.7: GET /?q=knee", ()
    assert json.loads(JsonLines().format(record))["event"] == "Invalid request"


FORKED = """
import os, sys
from imrsearch.web.middleware.metrics import shared_figures
with shared_figures():
    child = os.fork()
    if not child:
        sys.exit()
    os.waitpid(child, 0)
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
    print(os.path.isdir(folder))
print(os.path.isdir(folder))
"""


def test_the_first_process_to_end_leaves_the_figures_to_the_others() -> None:
    run = [sys.executable, "-c", FORKED]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    assert told == ["True", "False"]
