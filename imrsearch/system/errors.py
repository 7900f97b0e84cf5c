"""Every error of the project, in one tree.

::

    ImrsearchError                 what happened; ``hint``: what to do next
    ├── LetterError                one file cannot be read (``code``: why); the others are read
    │   └── UnusableFile           a denial, form or report given as a file cannot be read
    ├── ReadersFailed              the processes that read letters keep failing
    ├── SettingsError              a setting has an invalid value
    ├── CatalogueError             a data file of the catalogue has an invalid entry
    ├── NotIndexed                 there is no index yet
    ├── IndexBusy                  another run is writing this index
    ├── NotWritten                 a file cannot be written
    ├── TooFewIssues               a new build would hold far fewer issues than the previous
    ├── DamagedBuild               a build's files do not match its manifest
    ├── EngineFailed               a search engine's library failed although the build is intact
    ├── DamagedCollection          the collection's file is corrupt
    ├── UnusableBackup             a file to restore is not an intact backup
    ├── CollectionTooNew           the collection was written by a later version
    ├── ServerUnavailable          a database or a search cluster does not respond
    ├── MissingProgram             an optional program is not installed
    ├── MissingExtra               an optional library is not installed
    ├── UnknownValue               no issue has this value of a facet or field
    ├── IndexClosed                an Index of the library was closed before this was asked
    └── NotFound                   no such case, page or guideline

``exit_code`` is the command line's exit code, ``status`` the HTTP status of a page.
"""

from __future__ import annotations


class ImrsearchError(Exception):
    """Base of all errors: a message, a hint what to do next, an exit code, an HTTP status."""

    exit_code = 2
    status = 500
    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or type(self).hint


class LetterError(ImrsearchError):
    """One letter cannot be read; the report names it and the exit code is 1.

    ``code`` is one of ``empty``, ``too-large``, ``too-many-pages``, ``password``,
    ``damaged``, ``no-text``, ``not-a-letter``, ``unsupported``, ``missing``, ``unreadable``,
    ``changed``, ``ocr``, ``defect``.
    """

    exit_code = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code


class UnusableFile(LetterError):  # noqa: N818 - reads as the state it names
    """A denial, form or report given as a file cannot be read."""

    status = 422


class ReadersFailed(ImrsearchError):  # noqa: N818
    """No process that reads letters can be started, or each one crashes at once."""

    exit_code = 70
    hint = (
        "Letters read so far are kept. Check the memory and process limits, or read in one "
        "process: --jobs 1."
    )


class SettingsError(ImrsearchError):
    """A setting has an invalid value."""


class CatalogueError(ImrsearchError):
    """A data file of the catalogue has an invalid entry."""

    hint = "Fix the entry in the folder imrsearch/catalogue/data, then run this again."


class NotIndexed(ImrsearchError):  # noqa: N818 - reads as the state it names
    """Nothing has been indexed at this place yet."""

    exit_code = 3
    status = 503
    hint = "Run 'imrsearch index PATH…' with a folder of letters first."


class IndexBusy(ImrsearchError):  # noqa: N818
    """Another run is writing this index."""

    exit_code = 4
    status = 503
    hint = "Wait until it has finished, then run this again."


class DamagedBuild(ImrsearchError):  # noqa: N818
    """The build's files are corrupt, missing or changed."""

    exit_code = 5
    status = 503
    hint = "Run 'imrsearch reindex' to rebuild it from the collection."


class EngineFailed(ImrsearchError):  # noqa: N818
    """A search engine's library failed although the build's files are intact."""

    exit_code = 70
    hint = "This is a defect; please report it."


class NotWritten(ImrsearchError):  # noqa: N818
    """The disk is full or read-only, permission is denied, or the like."""

    exit_code = 6
    status = 503
    hint = "Existing data is unharmed; fix the cause, then run this again."


class TooFewIssues(ImrsearchError):  # noqa: N818
    """A new build would hold far fewer issues than the one that it is to replace."""

    exit_code = 7
    hint = (
        "The previous build stays current. If the letters are gone on purpose, "
        "run 'imrsearch reindex --force'; otherwise index the missing ones."
    )


class DamagedCollection(ImrsearchError):  # noqa: N818
    """The collection's file is corrupt."""

    exit_code = 5
    status = 503
    hint = (
        "Run 'imrsearch repair'; if that fails, run 'imrsearch restore FILE' with a "
        "backup, or move the index folder away and index the letters again."
    )


class UnusableBackup(ImrsearchError):  # noqa: N818
    """A file to restore is not a backup, or a damaged one."""

    hint = "The collection is unchanged. Name a file written by 'imrsearch backup'."


class CollectionTooNew(ImrsearchError):  # noqa: N818
    """The collection was written by a later version of imrsearch."""

    exit_code = 5
    status = 503
    hint = "Upgrade imrsearch, or name another index folder with --index."


class ServerUnavailable(ImrsearchError):  # noqa: N818
    """A server that holds the collection or the index does not respond, or refuses the request."""

    exit_code = 8
    status = 503
    hint = "Try again in a moment; if it persists, check the server."


class UnknownValue(ImrsearchError):  # noqa: N818
    """No issue has this value; the message names the nearest ones."""

    status = 400
    hint = "'imrsearch facets NAME' lists the values."


class IndexClosed(ImrsearchError):  # noqa: N818
    """An ``Index`` of the library was closed before this was asked."""

    hint = "Open it again with imrsearch.open_index, or ask before closing it."


class NotFound(ImrsearchError):  # noqa: N818
    """No such case, page, facet or guideline."""

    exit_code = 1
    status = 404


class MissingProgram(ImrsearchError):  # noqa: N818
    """An optional program is not installed."""

    def __init__(self, what: str, program: str, command: str) -> None:
        """``what`` needs ``program``; ``command`` installs it (on Debian and Ubuntu)."""
        super().__init__(
            f"{what} needs the program {program}, which is not installed.",
            f"Run '{command}' first.",
        )


class MissingExtra(ImrsearchError):  # noqa: N818
    """An optional library is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        """``what`` needs the package's extra of this name."""
        super().__init__(
            f"{what} needs a library that is not installed.",
            f"Run pip install 'imrsearch[{extra}]' first.",
        )
