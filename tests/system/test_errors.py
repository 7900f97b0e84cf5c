"""The tree of errors, and what each tells the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imrsearch.system import errors
from imrsearch.system.errors import ImrsearchError

EXIT_CODES = {
    "LetterError": 1,
    "UnusableFile": 1,
    "NotFound": 1,
    "NotIndexed": 3,
    "IndexBusy": 4,
    "DamagedBuild": 5,
    "DamagedCollection": 5,
    "CollectionTooNew": 5,
    "NotWritten": 6,
    "TooFewIssues": 7,
    "ServerUnavailable": 8,
    "EngineFailed": 70,
    "ReadersFailed": 70,
}
"""Scripts tell failures apart by them; every other error ends with 2."""

STATUSES = {
    "UnknownValue": 400,
    "NotFound": 404,
    "UnusableFile": 422,
    **dict.fromkeys(("NotIndexed", "IndexBusy", "NotWritten", "ServerUnavailable"), 503),
    **dict.fromkeys(("DamagedBuild", "DamagedCollection", "CollectionTooNew"), 503),
}
"""A page answers 503 to what may be better in a moment; every other error is 500."""


def below(kind: type[ImrsearchError]) -> Iterator[type[ImrsearchError]]:
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one
            yield from below(one)


KINDS = {kind.__name__: kind for kind in below(ImrsearchError)}


def test_the_docstring_draws_every_error() -> None:
    drawn = [
        line.split("── ")[1].split()[0] for line in str(errors.__doc__).splitlines() if "─" in line
    ]
    assert sorted(drawn) == sorted(KINDS)


def test_each_error_has_its_exit_code_and_status() -> None:
    assert {name: kind.exit_code for name, kind in KINDS.items()} == {
        name: EXIT_CODES.get(name, 2) for name in KINDS
    }
    assert {name: kind.status for name, kind in KINDS.items()} == {
        name: STATUSES.get(name, 500) for name in KINDS
    }


def test_a_hint_of_the_moment_goes_before_that_of_the_kind() -> None:
    assert errors.NotIndexed("none").hint == errors.NotIndexed.hint != ""
    assert errors.NotIndexed("none", "Do this.").hint == "Do this."
    assert (errors.NotFound("no case").hint, str(errors.NotFound("no case"))) == ("", "no case")


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (errors.LetterError("empty", "it is empty", "Scan it."), ("it is empty", "Scan it.")),
        (
            errors.MissingProgram("A scan", "tesseract", "apt install tesseract-ocr"),
            (
                "A scan needs the program tesseract, which is not installed.",
                "Run 'apt install tesseract-ocr' first.",
            ),
        ),
        (
            errors.MissingExtra("A table", "tables"),
            (
                "A table needs a library that is not installed.",
                "Run pip install 'imrsearch[tables]' first.",
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_happened_and_what_to_do(error: ImrsearchError, parts: tuple[str, str]) -> None:
    assert (error.message, error.hint) == parts


def test_a_letter_s_error_has_a_code() -> None:
    assert errors.LetterError("empty", "it is empty").code == "empty"
