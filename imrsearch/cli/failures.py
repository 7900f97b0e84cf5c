"""Unexpected errors in one line (what, why, where), never a traceback."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from imrsearch.cli.streams import drop_output
from imrsearch.system.disk import is_of_disk
from imrsearch.system.errors import ImrsearchError, NotWritten

INTERRUPTED = 130
FAILED = 70
"""What shells and systemd know as an error of the program itself (EX_SOFTWARE)."""

_PACKAGE = Path(__file__).parent.parent


def run_told(command: Callable[[], object]) -> object:
    """Run a command. Raises SystemExit, with a line on standard error, for every error but those
    that click reports itself."""
    threading.excepthook = _tell_thread
    try:
        return command()
    except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        raise SystemExit(INTERRUPTED) from None
    except ImrsearchError as error:
        click.echo(f"Error: {error.message} {error.hint}".rstrip(), err=True)
        raise SystemExit(error.exit_code) from None
    except BaseException as error:  # a panic of an engine is not an Exception
        drop_output()
        click.echo(f"Error: {_described(error)}", err=True)
        raise SystemExit(NotWritten.exit_code if is_of_disk(error) else FAILED) from None


def stop_when_asked() -> None:
    """Let a command that is asked to end (SIGTERM, SIGHUP) clean up, as after Ctrl-C; one that is
    to outlive its terminal (``nohup``) does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _tell_thread(failure: threading.ExceptHookArgs) -> None:
    """Report a thread's error in one line; the code that waits for the thread handles it."""
    if failure.exc_value is not None:
        sys.stderr.write(f"Warning: {_described(failure.exc_value)}\n")


def _described(error: BaseException) -> str:
    """One line: ``index/lock: Permission denied.``, or a defect with its place in the source."""
    if isinstance(error, OSError) and (error.filename or is_of_disk(error)):
        # Only these two are used without a name: any other file is in its error.
        is_folder = isinstance(error, FileNotFoundError)
        unnamed = "The working folder" if is_folder else "Standard output"
        return f"{error.filename or unnamed}: {error.strerror}."
    if isinstance(error, MemoryError):
        return "There is not enough memory for this."
    said = " ".join(str(error).split())
    kind = type(error).__name__
    what = f"{kind}: {said}" if said else kind
    return f"{what} ({_line_of_ours(error)}). This is a defect; please report it."


def _line_of_ours(error: BaseException) -> str:
    """The last line of this package in the traceback: ``imrsearch/search/rows.py:80``."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [
        step
        for step in steps
        if Path(step.filename).is_relative_to(_PACKAGE) and step.filename != __file__
    ]
    last = (ours or steps)[-1]
    return f"{Path(*Path(last.filename).parts[-3:])}:{last.lineno}"
