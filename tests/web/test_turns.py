"""Few pages are worked on at once; nobody waits for ever, and nobody takes all the turns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from imrsearch.web.middleware.turns import Turns
from tests.waiting import wait_until
from tests.web.markup import read_page

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}
OTHERS = {"REMOTE_ADDR": "203.0.113.8"}


def test_a_turn_is_free_again_once_it_was_given_back() -> None:
    turns = Turns(at_once=2, room=2, patience=0, alone=0)
    first = turns.enter("a")
    assert first
    assert turns.enter("b")
    assert not turns.enter("c")
    turns.leave(first)
    assert turns.enter("c")


def test_one_client_has_half_of_the_turns() -> None:
    turns = Turns(at_once=4, room=8, patience=0, alone=0)
    assert [bool(turns.enter("a")) for _ in range(3)] == [True, True, False]
    assert turns.enter("b")


def test_this_machine_has_no_share() -> None:
    turns = Turns(at_once=4, room=8, patience=0, alone=0)
    assert [bool(turns.enter("")) for _ in range(5)] == [True, True, True, True, False]


def test_one_turn_is_everybody_s() -> None:
    turns = Turns(at_once=1, room=1, patience=0)
    assert turns.enter("a")


def test_a_quick_page_has_the_process_to_itself() -> None:
    turns = Turns(at_once=2, room=4, patience=0, alone=30)
    first = turns.enter("a")
    assert first
    assert not turns.enter("b")
    turns.leave(first)
    assert turns.enter("b")


def test_beside_a_slow_one_the_next_begins() -> None:
    turns = Turns(at_once=2, room=4, patience=30, alone=0.01)
    assert turns.enter("a")
    assert turns.enter("b")


def test_first_come_first_served() -> None:
    turns = Turns(at_once=1, room=8, patience=30)
    held = turns.enter("")
    assert held
    served: list[int] = []

    def ask(number: int) -> None:
        turn = turns.enter("")
        assert turn
        served.append(number)
        turns.leave(turn)

    with ThreadPoolExecutor(5) as threads:
        for number in range(5):
            threads.submit(ask, number)
            wait_until(partial(_wait, turns, number + 1))
        turns.leave(held)
    assert served == [0, 1, 2, 3, 4]


def test_two_who_fill_the_room_do_not_shut_out_a_third() -> None:
    """The newcomer gets the place of whoever has most, and the next turn."""
    turns = Turns(at_once=2, room=8, patience=30, alone=0)
    held = [turns.enter("a"), turns.enter("b")]
    with ThreadPoolExecutor(8) as threads:
        waiting = []
        for number in range(6):
            waiting.append(threads.submit(turns.enter, "ab"[number % 2]))
            wait_until(partial(_wait, turns, number + 1))
        third = threads.submit(turns.enter, "c")
        wait_until(lambda: any(one.done() for one in waiting))
        assert [one.result() for one in waiting if one.done()] == [None]
        turns.leave(held.pop())  # type: ignore[arg-type]
        assert third.result()
        turns.leave(third.result())  # type: ignore[arg-type]
        for turn in held:
            turns.leave(turn)  # type: ignore[arg-type]
        for _ in range(5):
            wait_until(lambda: bool(turns._working))
            turns.leave(turns._working[0])


def test_turns_go_from_client_to_client() -> None:
    turns = Turns(at_once=1, room=8, patience=30)
    held = turns.enter("")
    assert held
    served: list[str] = []

    def ask(client: str) -> None:
        turn = turns.enter(client)
        assert turn
        served.append(client)
        turns.leave(turn)

    with ThreadPoolExecutor(5) as threads:
        for number, client in enumerate("aaabc"):
            threads.submit(ask, client)
            wait_until(partial(_wait, turns, number + 1))
        turns.leave(held)
    assert served == ["a", "b", "c", "a", "a"]


def test_who_has_half_of_the_turns_lets_others_pass() -> None:
    turns = Turns(at_once=2, room=8, patience=30, alone=0)
    assert turns.enter("a")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(turns.enter, "a")
        wait_until(partial(_wait, turns, 1))
        other = turns.enter("b")
        assert other
        assert not waiting.done()
        turns.leave(turns._working[0])
        assert waiting.result()


def _wait(turns: Turns, how_many: int) -> bool:
    return len(turns._waiting) == how_many


class _Slow:
    """A page that takes as long as it is let."""

    def __init__(self, app: Flask) -> None:
        self.begun, self._end = threading.Semaphore(0), threading.Event()
        app.add_url_rule("/slow", "slow", self._answer)
        self._app = app

    def _answer(self) -> str:
        self.begun.release()
        assert self._end.wait(30)
        return "done"

    @contextmanager
    def running(self, count: int) -> Iterator[None]:
        """So many requests being worked on, each of a client of its own."""
        with ThreadPoolExecutor(count) as threads:
            asked = [
                threads.submit(
                    self._app.test_client().get,
                    "/slow",
                    environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
                )
                for number in range(count)
            ]
            for _ in asked:
                assert self.begun.acquire(timeout=30)
            yield
            self._end.set()
            assert {one.result().status_code for one in asked} == {200}


@pytest.fixture
def hurried(site: Settings) -> Settings:
    """Two pages at once, a second to wait for one's turn."""
    return replace(site, searches_at_once=2, threads=4, search_seconds=1)


def test_slow_pages_keep_nobody_from_health_and_style(hurried: Settings) -> None:
    app = create_app(hurried)
    with _Slow(app).running(2):
        client = app.test_client()
        assert client.get("/healthz", environ_base=OTHERS).status_code == 200
        with client.get("/static/favicon.svg", environ_base=OTHERS) as style:
            assert style.status_code == 200
        answer = client.get("/search?q=knee", environ_base=OTHERS)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "More people are searching" in read_page(answer.text).text("p", class_="lead")
    assert client.get("/search?q=knee", environ_base=OTHERS).status_code == 200


def test_a_failing_page_gives_its_turn_back(hurried: Settings) -> None:
    app = create_app(hurried)
    app.add_url_rule("/fail", "fail", lambda: 1 / 0)  # type: ignore[arg-type]
    client = app.test_client()
    for _ in range(5):
        assert client.get("/fail", environ_base=ELSEWHERE).status_code == 500
    assert client.get("/help", environ_base=ELSEWHERE).status_code == 200
