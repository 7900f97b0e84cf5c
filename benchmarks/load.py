"""A constant load of requests in several threads, while faults are injected."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

RIGHT, PARTIAL, WRONG = "right", "partial", "wrong"
"""Kinds of answer: ``partial`` is marked as such, ``wrong`` must not occur. Any other word is a
reported error."""

Ask = Callable[[], str]
"""Sends one request; returns the kind of answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """When a request was sent and answered (seconds of one clock), the kind of answer, and the
    thread."""

    asked: float
    answered: float
    how: str
    thread: int


class Load:
    """Threads that each send their requests in turn, during the ``with`` block."""

    def __init__(self, questions: Sequence[Sequence[Ask]]) -> None:
        self.answers: list[Answer] = []
        self.raised: list[BaseException] = []
        """Exceptions raised by requests; each ends its thread."""
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
        """Record that a fault is injected now."""
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
        """The number of answers of each kind."""
        return Counter(one.how for one in self.answers)

    def longest(self) -> float:
        """Seconds of the slowest answer."""
        return max(one.answered - one.asked for one in self.answers)

    def troubled(self) -> list[float]:
        """After each fault: seconds until the last request without a complete answer."""
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
        except BaseException as error:  # raised again by the code that waits for answers
            self.raised.append(error)
