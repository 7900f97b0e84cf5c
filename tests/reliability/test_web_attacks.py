"""What strangers send to slow a server down: each request is answered quickly, none breaks it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from imrsearch.engines import EMBEDDED
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import read
from imrsearch.query.vocabulary import Vocabulary
from tests.reliability.attacks import QUERIES, Attack, attacks
from tests.reliability.sites import FEW, shared_app

MOST_SECONDS = 0.5
LARGEST_ANSWER = 1_000_000
"""Bytes as they travel: each link repeats what was asked for."""
_TRIES = 3
"""A machine that does other things at the same time can be slow once."""


@pytest.fixture(scope="module")
def crowded(engine: str, rounds: Callable[[int, int], int]) -> Flask:
    """A site over some thousands of issues (a hundred in the short form), warmed up."""
    app = shared_app(engine, rounds(FEW, 5_500))
    for url in ("/search?q=pain", "/search?q=xqzzy", "/coverage", "/guidelines"):
        app.test_client().get(url)
    return app


def send(client: FlaskClient, attack: Attack) -> TestResponse:
    """The answer to an attack."""
    if attack.pasted is None:
        return client.get(attack.url, headers={"Accept-Encoding": "gzip"})
    return client.post(attack.url, data={"text": attack.pasted})


@pytest.mark.parametrize("engine", EMBEDDED, scope="module")
def test_no_attack_takes_long_or_breaks_anything(
    crowded: Flask, engine: str, rounds: Callable[[int, int], int]
) -> None:
    """Each attack on each engine; in short, half of them on the one, half on the other."""
    client = crowded.test_client()
    slow, broken, slowest = [], [], (0.0, "")
    sent = list(attacks())[EMBEDDED.index(engine) % rounds(2, 1) :: rounds(2, 1)]
    for attack in sent:
        seconds = []
        for _ in range(_TRIES):
            started = time.process_time()
            answer = send(client, attack)
            seconds.append(time.process_time() - started)
            if seconds[-1] < MOST_SECONDS:
                break
        slowest = max(slowest, (min(seconds), attack.name))
        if min(seconds) >= MOST_SECONDS:
            slow.append(f"{attack.name}: {min(seconds):.2f} s")
        if answer.status_code not in (200, 303, 400):
            broken.append(f"{attack.name}: {answer.status_code}")
        assert len(answer.data) < LARGEST_ANSWER, attack.name
    sys.stdout.write(f"\n{len(sent)} attacks; slowest: {slowest[0]:.2f} s, {slowest[1]}\n")
    assert broken == []
    assert slow == []


def test_the_table_is_long() -> None:
    assert len(QUERIES) >= 60


@pytest.mark.parametrize(
    "text",
    ["a", "(", '"', ":", "NOT ", "-a ", "a OR ", '"a b"~5 ', "a /5 ", "case ", "service:(", "é"],
)
def test_reading_takes_time_in_proportion_to_length(text: str) -> None:
    """Eight times the length: at most 2.5 times as long for each of them; if the time grew with
    the square of the length, it would be 64 times as long."""

    def seconds(length: int) -> float:
        long = text * (length // len(text))
        started = time.process_time()
        read(long, Vocabulary({}), QueryLimits(10**7, 10**7))
        return time.process_time() - started

    pairs = [(seconds(3_000), seconds(24_000)) for _ in range(3)]
    assert min(pair[1] for pair in pairs) < 8 * 2.5 * min(pair[0] for pair in pairs) + 0.02
