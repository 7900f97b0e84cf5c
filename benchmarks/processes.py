"""What running processes use, as Linux tells in ``/proc``."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Vitals:
    """What some processes use together.

    ``memory`` is what they take up, mapped files included; ``own`` is without the files, which the
    system takes back when it likes. Both in bytes; ``cpu`` in seconds since they were started.
    ``files`` are open or mapped, among them such as have been removed since.
    """

    processes: int
    memory: int
    own: int
    files: int
    threads: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that is done: seconds by the clock and of all cores, highest memory in bytes."""

    seconds: float
    cpu: float
    peak: int


def family(pid: int) -> list[int]:
    """A process and all that it started and they started."""
    return [pid, *(one for child in _children(pid) for one in family(child))]


def _children(pid: int) -> Iterator[int]:
    with suppress(OSError):  # It has ended.
        for task in Path(f"/proc/{pid}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


def vitals(pids: Sequence[int]) -> Vitals:
    """What the processes use now; those that have ended use nothing."""
    alive = [one for pid in pids if (one := _vitals_of(pid))]
    parts = zip(*alive, strict=True) if alive else ([0],) * 5
    memory, own, files, threads, cpu = (sum(part) for part in parts)
    return Vitals(len(alive), int(memory), int(own), int(files), int(threads), cpu)


def _vitals_of(pid: int) -> tuple[int, int, int, int, float] | None:
    place = Path(f"/proc/{pid}")
    try:
        told = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
        # Fields 14 to 17 after the name in parentheses, which may hold blanks: its own ticks and
        # those of children that have ended.
        ticks = (place / "stat").read_text().rpartition(")")[2].split()[11:15]
        files = len(list((place / "fd").iterdir())) + _mapped(place)
        memory, own = (_bytes(told[name]) for name in ("VmRSS", "RssAnon"))
    except (OSError, KeyError):  # It has ended, or is about to.
        return None
    return memory, own, files, int(told["Threads"]), sum(map(int, ticks)) / _TICKS


def _mapped(place: Path) -> int:
    """The files that a process has mapped: "7f… r--p 00000000 fe:00 1234 /index/words.idx"."""
    lines = (place / "maps").read_text(errors="replace").splitlines()
    return len({inode for *_, inode in (line.split()[:5] for line in lines) if inode != "0"})


def _bytes(text: str) -> int:
    """``  1234 kB`` in bytes."""
    return int(text.split()[0]) * 1024


def run(command: Sequence[str]) -> Finished:
    """Run a command to its end; raises CalledProcessError where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        with _Peak(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    return Finished(seconds, usage.ru_utime + usage.ru_stime, peak.memory)


class Beside:
    """Something that is done every so many seconds, in a thread of its own, beside a block."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def turn(self) -> None:
        """What is done each time."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the last turn."""
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(self._seconds):
            self.turn()


class _Peak(Beside):
    """The highest memory of a process and its children together, looked at ten times a second.

    What the system itself remembers of a process counts the memory of the one that started it.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(seconds=0.1)
        self.memory = 0
        self._pid = pid

    def turn(self) -> None:
        self.memory = max(self.memory, sum(map(_memory, family(self._pid))))


def _memory(pid: int) -> int:
    """The resident pages are the second number: "5131 2822 1290 1 0 1561 0"."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:  # It has ended.
        return 0
