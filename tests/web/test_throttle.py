"""A limit on requests, client by client."""

from __future__ import annotations

import pytest
from flask import Flask

from imrsearch.system.settings import Settings, load_settings
from imrsearch.web import create_app
from imrsearch.web.middleware.throttle import Buckets

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def narrow(sample_index: Settings) -> Flask:
    """A site that grants three requests at once, its first page made: that takes longer."""
    app = create_app(
        load_settings({}, index=str(sample_index.index), request_burst=3, requests_per_second=1)
    )
    app.test_client().get("/help")
    return app


def test_a_bucket_empties_and_fills_up_again() -> None:
    buckets = Buckets(per_second=2, burst=3)
    assert [buckets.take("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b", 0.0)
    assert [buckets.take("a", 1.0) for _ in range(3)] == [True, True, False]


def test_it_never_holds_more_than_its_burst() -> None:
    buckets = Buckets(per_second=2, burst=3)
    buckets.take("a", 0.0)
    assert [buckets.take("a", 1000.0) for _ in range(4)] == [True, True, True, False]


def test_work_is_charged_beside_requests() -> None:
    buckets = Buckets(per_second=2, burst=3)
    assert buckets.take("a", 0.0)
    buckets.charge("a", 5)
    assert not buckets.take("a", 0.0)
    assert [buckets.take("a", 2.0), buckets.take("a", 2.0)] == [True, False]
    assert [buckets.take("b", 2.0) for _ in range(4)] == [True, True, True, False]


def test_one_line_of_ipv6_has_one_bucket(narrow: Flask) -> None:
    def get(address: str) -> int:
        return narrow.test_client().get("/help", environ_base={"REMOTE_ADDR": address}).status_code

    assert [get(f"2001:db8::{number}") for number in range(1, 5)] == [200, 200, 200, 429]
    assert get("2001:db8:0:1::1") == 200


def test_too_many_requests_get_a_humane_page(narrow: Flask) -> None:
    client = narrow.test_client()
    answers = [client.get("/help", environ_base=ELSEWHERE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert b"A moment, please" in answers[-1].data
    assert answers[-1].headers["Retry-After"] == "10"


def test_style_health_and_this_machine_are_not_counted(narrow: Flask) -> None:
    client = narrow.test_client()
    for _ in range(6):
        with client.get("/static/style.css", environ_base=ELSEWHERE) as style:
            assert style.status_code == 200
        assert client.get("/healthz", environ_base=ELSEWHERE).status_code == 200
        assert client.get("/help").status_code == 200
