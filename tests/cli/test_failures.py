"""Whatever goes wrong is one line with its cause and an exit code of its own."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import click
import pytest

from imrsearch.cli.failures import run_told, stop_when_asked
from imrsearch.system.errors import NotIndexed


class Panic(BaseException):
    """As a library in Rust raises it."""


def fail(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


@pytest.fixture(autouse=True)
def _keep_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (NotIndexed("Nothing here.", "Index."), 3, "Error: Nothing here. Index."),
        # What the one who runs it can mend is no defect.
        (
            PermissionError(13, "Permission denied", "/root/x"),
            6,
            "Error: /root/x: Permission denied.",
        ),
        (OSError(36, "File name too long", "aaa"), 6, "Error: aaa: File name too long."),
        (
            FileNotFoundError(2, "No such file or directory"),
            6,
            "Error: The working folder: No",
        ),
        (OSError(28, "No space left on device"), 6, "Error: Standard output: No space left"),
        (OSError(9, "Bad file descriptor"), 70, "Error: OSError: [Errno 9] Bad file descriptor ("),
        (MemoryError(), 70, "Error: There is not enough memory for this."),
        (
            Panic("index out\nof bounds"),
            70,
            "Error: Panic: index out of bounds (tests/cli/test_failures.py:",
        ),
        (KeyError("x"), 70, "Error: KeyError: 'x' (tests/cli/test_failures.py:"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_one_line(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_told(fail(error))
    told = capsys.readouterr().err
    assert ended.value.code == code
    assert told.startswith(line)
    assert told.count("\n") == 1


def test_wrong_usage_is_told_by_click() -> None:
    with pytest.raises(click.UsageError):
        run_told(fail(click.UsageError("no such option")))


def test_a_thread_ends_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        thread = threading.Thread(target=fail(EOFError("pipe closed")))
        thread.start()
        thread.join()

    run_told(command)
    told = capsys.readouterr().err
    assert told.startswith("Warning: EOFError: pipe closed (")
    assert told.count("\n") == 1


def test_a_command_that_is_asked_to_end_is_interrupted() -> None:
    """As after Ctrl-C, it cleans up; ``nohup`` ignores SIGHUP, and so does the command."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        stop_when_asked()
        signal.raise_signal(signal.SIGHUP)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Interrupted(ModuleType):
    """A module at whose loading someone presses Ctrl-C."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_an_interruption_while_the_command_line_is_loaded_is_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "imrsearch.cli", Interrupted("imrsearch.cli"))
    monkeypatch.delitem(sys.modules, "imrsearch.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        import_module("imrsearch.__main__")
    assert (ended.value.code, capsys.readouterr().err) == (130, "Stopped.\n")
