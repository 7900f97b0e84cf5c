"""Reading processes that are started anew when they break down, and what they are given to do."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Protocol, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from imrsearch.system.box import enter_box
from imrsearch.system.errors import ReadersFailed
from imrsearch.system.temporary import keep_temporary_files_together

MEMORY = 2 << 30
"""Bytes that one reading process may have."""
_MOST_BREAKDOWNS = 3
"""One after the other, without a letter read in between."""
_LOOK_AGAIN = 1.0
_WINDOW = 64
"""How many tasks of each process wait at once."""

Given = TypeVar("Given", contravariant=True)
Done = TypeVar("Done", covariant=True)

_log = logging.getLogger("imrsearch")


class ProcessLost(Exception):  # noqa: N818 - reads as the event it names
    """The process that worked on a task has crashed."""


class TookTooLong(Exception):  # noqa: N818
    """A task took longer than it may; its process was ended."""


@dataclass(slots=True, eq=False)
class Task:
    """What is asked of a process, and where its result will be."""

    arguments: tuple[Any, ...]
    future: ProcessFuture[bytes]


class ReadingPool:
    """Processes that run one function on many arguments.

    One that crashes, hangs or eats memory costs its own task. If starting processes fails, all are
    started anew, and what was not done yet is asked again.
    """

    def __init__(self, workers: int, function: Callable[..., bytes], seconds: float) -> None:
        self._workers = workers
        self._function = function
        self._seconds = seconds
        self._open: list[Task] = []
        self._breakdowns = 0
        self._start()

    def ask(self, *arguments: object) -> Task:
        """Have the function called. Raises ReadersFailed."""
        while True:
            try:
                task = Task(arguments, self._schedule(arguments))
            except (RuntimeError, OSError, EOFError) as error:  # the pool has broken down
                self._restart(error)
            else:
                self._open.append(task)
                return task

    def result(self, task: Task) -> bytes:
        """The task's result. Raises ProcessLost, TookTooLong; ReadersFailed."""
        while True:
            try:
                self._wait(task)
                found = task.future.result()
            except BrokenProcessPool as error:
                self._restart(error)
                continue
            except FutureTimeout as error:
                self._done(task)
                raise TookTooLong from error
            except ProcessExpired as error:
                self._done(task)
                raise ProcessLost from error
            self._done(task)
            self._breakdowns = 0
            return found

    def close(self) -> None:
        """End the processes; what is still asked is not done."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _start(self) -> None:
        self._pool = ProcessPool(
            self._workers, initializer=enter_box, initargs=[MEMORY], context=fork_context()
        )

    def _schedule(self, arguments: tuple[Any, ...]) -> ProcessFuture[bytes]:
        return self._pool.schedule(self._function, args=arguments, timeout=self._seconds)

    def _wait(self, task: Task) -> None:
        """Until the task is done; a pool whose own threads have ended never says so."""
        while not wait([task.future], timeout=_LOOK_AGAIN).done:
            if not self._pool.active:
                raise BrokenProcessPool("The threads of the pool have ended.")

    def _done(self, task: Task) -> None:
        self._open.remove(task)

    def _restart(self, cause: Exception) -> None:
        """Begin again with what is not done."""
        self._breakdowns += 1
        _log.warning("The reading processes broke down (%r); they are started anew.", cause)
        with suppress(RuntimeError, OSError, EOFError):
            self.close()
        if self._breakdowns > _MOST_BREAKDOWNS:
            raise ReadersFailed(f"The reading processes cannot be kept running ({cause}).")
        self._start()
        for task in self._open:
            if not _is_answered(task.future):
                task.future = self._schedule(task.arguments)


def _is_answered(future: ProcessFuture[bytes]) -> bool:
    return (
        future.done()
        and not future.cancelled()
        and not isinstance(future.exception(), BrokenProcessPool)
    )


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raises TookTooLong in the block when so many seconds have passed; in the first thread alone,
    which signals reach."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Work(Protocol[Given, Done]):
    """What is done with each of many things. It travels to other processes, and so do outcomes."""

    @property
    def seconds(self) -> float:
        """How long one may take."""

    def known(self, one: Given) -> Done | None:
        """The outcome of one that need not be done; asked in this process."""

    def done(self, one: Given) -> Done:
        """The outcome of one."""

    def failed(self, one: Given, error: Exception) -> Done:
        """What stands for the outcome of one that went wrong: ``ProcessLost``, ``TookTooLong`` or
        what ``done`` raised."""


def work_through(
    work: Work[Given, Done], given: Iterable[Given], jobs: int | None
) -> Iterator[Done]:
    """The outcomes in the order of what is given, each failure alone.

    ``jobs``: how many processes, all cores by default; 1 works in this process, where only the
    time for each is bounded. Raises ReadersFailed where no process can be started.
    """
    if jobs == 1:
        for one in given:
            known = work.known(one)
            yield _done_here(work, one) if known is None else known
        return
    waiting: deque[tuple[Given, Done | Task]] = deque()
    workers = processors(jobs)
    pool = ReadingPool(workers, _packed, work.seconds)
    try:
        for one in given:
            known = work.known(one)
            waiting.append((one, pool.ask(work, one) if known is None else known))
            if len(waiting) >= _WINDOW * workers:
                yield _done_there(pool, work, *waiting.popleft())
        while waiting:
            yield _done_there(pool, work, *waiting.popleft())
    finally:
        pool.close()


def _done_here(work: Work[Given, Done], one: Given) -> Done:
    try:
        with interrupted_after(work.seconds):
            return work.done(one)
    except Exception as error:
        return work.failed(one, error)


def _packed(work: Work[Given, Done], one: Given) -> bytes:
    """The outcome of one, pickled here and unpickled by ``_done_there``.

    Pebble's own threads would end over an outcome that they cannot read, and every other wait.
    """
    try:
        return pickle.dumps(work.done(one))
    except Exception as error:
        return pickle.dumps(work.failed(one, error))


def _done_there(pool: ReadingPool, work: Work[Given, Done], one: Given, task: Done | Task) -> Done:
    if not isinstance(task, Task):
        return task
    try:
        packed = pool.result(task)
    except (TookTooLong, ProcessLost) as error:  # any other is no single one's failure
        return work.failed(one, error)
    try:
        done: Done = pickle.loads(packed)  # noqa: S301 - our own worker's
    except Exception as error:
        return work.failed(one, error)
    return done


def prepare_reading() -> None:
    """To be called first by a program that reads letters: its temporary files stand together, and
    the workers' server loads the reader while the program goes on with its own imports."""
    with suppress(OSError):  # without room, only large folders fail, and say so
        keep_temporary_files_together()
    fork_context()
    _start_servers()


def _start_servers() -> None:
    """Start the workers' server, and multiprocessing's own, deaf to what a terminal sends to all of
    a command's processes (Ctrl-C, its closing): they end with the command, which then tells it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    for start in (resource_tracker.ensure_running, forkserver.ensure_running):
        # Each process inherits what is blocked; the first start unblocks Ctrl-C.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP))
        start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fork_context() -> ForkServerContext:
    """Workers are forked from a server that has the reader loaded and no threads."""
    context = _ReadingContext()
    context.set_forkserver_preload(["imrsearch.letters.warm"])
    return context


class _ReadingProcess(ForkServerProcess):
    """A process that does not run the program's main script again, as new processes else do: it
    needs nothing of it, and a script without ``if __name__ == "__main__":`` would begin anew in
    each, one from standard input fail to be found."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: ANN401, N802 - as in the library
        with _main_hidden():
            return ForkServerProcess._Popen(process_obj)


class _ReadingContext(ForkServerContext):
    Process = _ReadingProcess


_hiding = threading.Lock()


@contextmanager
def _main_hidden() -> Iterator[None]:
    """In the block, new processes are told of a main module without a file."""
    with _hiding:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def processors(jobs: int | None) -> int:
    """How many processes to run: as many as asked for, else as there are processors."""
    return jobs or os.cpu_count() or 1
