"""Power cuts, replayed: index runs on a file system that writes down what is done to it.

``python -m tests.reliability.power_cuts RECORDER`` mounts a recording file system, makes some runs
on it, and then makes, for many moments, the disks that a power cut at that moment may leave: what
was forced to disk is there, of the rest whatever the model says. Each is judged: a whole build
answers, no letter of a completed run is lost, and the next run completes.

RECORDER is a program called as ``RECORDER BACK MOUNT LOG CONTROL``: it mounts BACK at MOUNT until
SIGTERM and writes each operation as a line of JSON into LOG: ``op`` (create, write, truncate,
fsync, fsyncdir, mkdir, rmdir, unlink, rename, symlink, link), ``path``, ``to``, ``ino``, ``off``,
``size``, ``data`` (base64).
"""

from __future__ import annotations

import argparse
import base64
import random
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import msgspec

from imrsearch.engines import EMBEDDED
from imrsearch.indexing import maintenance, rebuild
from imrsearch.system.errors import ImrsearchError, NotFound
from tests.reliability.folders import Folder, quick_place
from tests.reliability.saying import say
from tests.waiting import wait_until

Operation = Mapping[str, Any]
Entry = tuple[str, str | int]
"""What a name stands for: ``("file", inode)``, ``("link", target)``, ``("folder", "")``."""

MODELS = (
    "all that was done",
    "only what was forced",
    "names without their data",
    "data without its names",
    "the last write torn",
    "some of what was not forced",
)


@dataclass(slots=True)
class Disk:
    """Files and names, as they are and as far as they were forced to disk."""

    data: dict[int, bytes] = field(default_factory=dict)
    forced_data: dict[int, bytes] = field(default_factory=dict)
    names: dict[str, Entry] = field(default_factory=dict)
    forced_names: dict[str, Entry] = field(default_factory=dict)
    last_write: tuple[int, bytes] | None = None
    """The file of the last write, unless it was forced since, and what it held before."""

    def do(self, operation: Operation) -> None:
        """One operation of the log."""
        path, number = operation.get("path", ""), operation.get("ino", 0)
        match operation["op"]:
            case "create":
                self.names[path] = ("file", number)
                self.data[number] = b""
            case "write":
                self._write(number, operation["off"], base64.b64decode(operation["data"]))
            case "truncate" | "allocate":
                held = self.data.get(number, b"")
                size = operation["size"]
                is_longer = operation["op"] == "allocate" and len(held) > size
                self.data[number] = held if is_longer else held[:size].ljust(size, b"\0")
            case "fsync":
                self.forced_data[number] = self.data.get(number, b"")
                if self.last_write and self.last_write[0] == number:
                    self.last_write = None
            case "fsyncdir":
                self._force_names(path)
            case "mkdir":
                self.names[path] = ("folder", "")
            case "symlink":
                self.names[path] = ("link", operation["to"])
            case "link":
                self.names[path] = ("file", number)
            case "unlink" | "rmdir":
                self.names.pop(path, None)
            case "rename":
                self._rename(path, operation["to"])

    def _write(self, number: int, start: int, data: bytes) -> None:
        held = self.data.get(number, b"")
        self.last_write = number, held
        self.data[number] = held[:start].ljust(start, b"\0") + data + held[start + len(data) :]

    def _rename(self, path: str, to: str) -> None:
        for name in [one for one in self.names if one == path or one.startswith(f"{path}/")]:
            self.names[to + name[len(path) :]] = self.names.pop(name)

    def _force_names(self, folder: str) -> None:
        """The names directly in a folder, with all below those that were moved there."""
        inside = [
            name for name in self.forced_names if str(PurePath(name).parent) == (folder or ".")
        ]
        for name in inside:
            del self.forced_names[name]
        for name, entry in self.names.items():
            if str(PurePath(name).parent) == (folder or "."):
                self.forced_names[name] = entry

    def after_a_cut(
        self, model: str, chance: random.Random
    ) -> tuple[dict[str, Entry], dict[int, bytes]]:
        """The names and data that are found after a power cut, by one of ``MODELS``."""
        forced = {number: self.forced_data.get(number, b"") for number in self.data}
        match model:
            case "only what was forced":
                return self.forced_names, forced
            case "names without their data":
                return self.names, forced
            case "data without its names":
                return self.forced_names, self.data
            case "the last write torn" if self.last_write:
                number, before = self.last_write
                whole = self.data[number]
                half = len(whole) // 2
                return self.names, {**self.data, number: whole[:half] + before[half:]}
            case "some of what was not forced":
                some = {n: (self.data if chance.random() < 0.5 else forced)[n] for n in self.data}
                return (self.names if chance.random() < 0.5 else self.forced_names), some
            case _:
                return self.names, self.data


def lay_out(names: Mapping[str, Entry], data: Mapping[int, bytes], place: Path) -> None:
    """Make the files, folders and links under ``place``; a name whose folder is lost is lost."""
    for name in sorted(names, key=lambda one: one.count("/")):
        kind, what = names[name]
        path = place / name
        if not path.parent.is_dir():
            continue
        if kind == "folder":
            path.mkdir(mode=0o700, exist_ok=True)
        elif kind == "link":
            path.symlink_to(str(what))
        else:
            path.write_bytes(data.get(int(what), b""))


# ------------------------------------------------------------------------------------- the runs


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What had been said to be done when the log had so many lines."""

    lines: int
    cases: tuple[str, ...]
    totals: frozenset[int]
    """The issues that a build may answer with that is published from here on."""


def make_runs(folder: Folder, log: Path) -> Iterator[Acknowledged]:
    """Index new letters several times, reindex, roll back; the state after each."""

    def now(*totals: int) -> Acknowledged:
        lines = log.read_bytes().count(b"\n")
        return Acknowledged(lines, tuple(folder.written), frozenset(totals))

    yield now()
    for _ in range(3):
        folder.write(2)
        folder.run()
        yield now(len(folder.written))
    rebuild.reindex(folder.settings, engine=folder.engine)
    yield now(len(folder.written))
    with suppress(NotFound):
        maintenance.rollback(folder.index)
    yield now(len(folder.written), len(folder.written) - 2)
    folder.write(1)
    folder.run()
    yield now(len(folder.written))


def _runs_made(folder: Folder, log: Path) -> tuple[Folder, list[Acknowledged]]:
    done = list(make_runs(folder, log))
    return folder, done


def record(
    recorder: str, engine: str, place: Path
) -> tuple[Folder, list[Operation], list[Acknowledged]]:
    """The runs on a recording file system: the letters, the log, what was done when."""
    for name in ("back", "mount"):
        (place / name).mkdir()
    log = place / "log"
    command = [recorder, *(str(place / name) for name in ("back", "mount", "log", "control"))]
    with subprocess.Popen(command) as process:
        try:
            wait_until(lambda: (place / "mount").is_mount())
            folder = Folder.fresh(place, engine)
            folder.index = place / "mount" / "index"
            with ProcessPoolExecutor(
                1
            ) as pool:  # whose end closes all files: what is open stays mounted
                folder, done = pool.submit(_runs_made, folder, log).result()
        finally:
            process.send_signal(signal.SIGTERM)
    return folder, [msgspec.json.decode(line) for line in log.read_bytes().splitlines()], done


# ------------------------------------------------------------------------------------ judgement


def judge(index: Path, folder: Folder, done: Sequence[Acknowledged]) -> str | None:
    """What is wrong with what a power cut left, if anything. ``done``: before the cut, and the
    state that the run was on its way to."""
    left = Folder(index, folder.letters, folder.engine, folder.written)
    before, after = done[0], done[-1]
    try:
        total = left.total()
    except ImrsearchError as error:
        if before.totals:
            return f"no build answers: {error.message}"
    else:
        if total not in before.totals | after.totals:
            return f"a build of {total} issues answers"
    if before.totals and not set(before.cases) <= set(left.cases()):
        return "letters of a completed run are lost"
    try:
        left.run()
        left.require_complete()
    except (ImrsearchError, AssertionError) as error:
        return f"the next run does not complete: {error!r}"
    return None


def replay(
    folder: Folder,
    log: Sequence[Operation],
    done: Sequence[Acknowledged],
    points: int,
    chance: random.Random,
) -> Counter[str]:
    """Judge so many moments, one model after the other; counts of what was found."""
    moments = sorted(chance.sample(range(1, len(log) + 1), min(points, len(log))))
    disk, found, at = Disk(), Counter[str](), 0
    for number, moment in enumerate(moments):
        for operation in log[at:moment]:
            disk.do(operation)
        at = moment
        model = MODELS[number % len(MODELS)]
        before = max((one for one in done if one.lines <= moment), key=lambda one: one.lines)
        after = min(
            (one for one in done if one.lines > moment), key=lambda one: one.lines, default=before
        )
        with quick_place() as place:
            lay_out(*disk.after_a_cut(model, chance), place)
            wrong = judge(place / "index", folder, (before, after))
            shutil.rmtree(place / "index", ignore_errors=True)
        found["states"] += 1
        if wrong:
            found[f"{model}: {wrong}"] += 1
            say(f"{moment} {log[moment - 1]['op']} {log[moment - 1].get('path')}: {model}: {wrong}")
    return found


def main() -> None:
    """Record and replay with each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recorder")
    parser.add_argument("--points", type=int, default=300, help="Moments for each engine.")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for engine in EMBEDDED:
        with quick_place() as place:
            folder, log, done = record(given.recorder, engine, place)
            chance = random.Random(given.seed)
            found = replay(folder, log, done, given.points, chance)
            say(f"{engine}: {len(log)} operations, seed {given.seed}: {dict(found)}")


if __name__ == "__main__":
    main()
