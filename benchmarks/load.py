"""Questions asked all the time, in several threads, while something is broken beside them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

RIGHT, PARTIAL, WRONG = "right", "partial", "wrong"
"""How an answer may be: ``partial`` says so itself, ``wrong`` must not be. Any other word is of an
error that was told."""

Ask = Callable[[], str]
"""Asks one question; returns how it was answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """When a question was asked and answered, in seconds of one clock, how, and in which thread."""

    asked: float
    answered: float
    how: str
    thread: int


class Load:
    """Threads that each ask their questions in turn, from ``with`` to its end."""

    def __init__(self, questions: Sequence[Sequence[Ask]]) -> None:
        self.answers: list[Answer] = []
        self.raised: list[BaseException] = []
        """What a question raised instead of an answer: it ends its thread."""
        self._fault = 0
        self._faulted: list[float] = []
        self._threads = [
            threading.Thread(target=self._run, args=one) for one in enumerate(questions)
        ]
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def fault(self) -> None:
        """Note that something is broken now."""
        self._fault = len(self.answers)
        self._faulted.append(time.monotonic())

    def has_recovered(self, answers: int) -> bool:
        """Whether in each thread so many answers since the last fault, its latest, were right: one
        thread may wait for what is broken while another is answered from what is kept."""
        if self.raised:
            raise self.raised[0]
        since = self.answers[self._fault :]
        return all(
            [one.how for one in since if one.thread == thread][-answers:] == [RIGHT] * answers
            for thread in range(len(self._threads))
        )

    def counts(self) -> Counter[str]:
        """How many answers were of each kind."""
        return Counter(one.how for one in self.answers)

    def longest(self) -> float:
        """Seconds that the slowest answer took."""
        return max(one.answered - one.asked for one in self.answers)

    def troubled(self) -> list[float]:
        """After each fault: seconds until the last question that was not answered in full."""
        ends = [*self._faulted[1:], float("inf")]
        return [
            max(
                (
                    one.answered - begun
                    for one in self.answers
                    if begun <= one.answered < end and one.how != RIGHT
                ),
                default=0.0,
            )
            for begun, end in zip(self._faulted, ends, strict=True)
        ]

    def _run(self, thread: int, questions: Sequence[Ask]) -> None:
        try:
            while not self._stop.is_set():
                for ask in questions:
                    asked = time.monotonic()
                    how = ask()
                    self.answers.append(Answer(asked, time.monotonic(), how, thread))
        except BaseException as error:  # told by whoever waits for answers
            self.raised.append(error)
