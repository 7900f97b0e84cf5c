"""Every error of the project, in one tree.

::

    ImrsearchError                 what happened; ``hint``: what to do next
    ├── LetterError                one file cannot be read (``code`` tells the kind); others go on
    │   └── UnusableFile           a file given for a kit cannot be read
    ├── ReadersFailed              the processes that read letters cannot be kept running
    ├── SettingsError              a setting has an unusable value
    ├── CatalogueError             a data file of the catalogue is written wrongly
    ├── NotIndexed                 there is no index yet
    ├── IndexBusy                  another run is writing this index
    ├── NotWritten                 the disk does not take what is to be written
    ├── TooFewIssues               a new build holds far fewer issues than the one before
    ├── DamagedBuild               a build's files are not what its manifest says
    ├── EngineFailed               a search engine's library failed over a whole build
    ├── DamagedCollection          the collection's file is torn
    ├── UnusableBackup             a file given to be restored is no whole backup
    ├── CollectionTooNew           the collection was written by a later version
    ├── ServerUnavailable          a database or a search cluster does not answer
    ├── MissingProgram             a program that only some need is not installed
    ├── MissingExtra               a library that only some need is not installed
    ├── UnknownValue               no issue has such a value of a facet or field
    └── NotFound                   no such case, page or guideline

``exit_code`` is the command line's exit code, ``status`` the HTTP status of a page.
"""

from __future__ import annotations


class ImrsearchError(Exception):
    """Base of all errors: a message, a hint what to do next, an exit code and an HTTP status."""

    exit_code = 2
    status = 500
    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or type(self).hint


class LetterError(ImrsearchError):
    """One letter cannot be read; the report names it and the exit code is 1.

    ``code`` is a short kind: ``empty``, ``too-large``, ``too-many-pages``, ``password``,
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
    """No process that reads letters can be started, or each breaks down at once."""

    exit_code = 70
    hint = (
        "What was read is kept. See to the limits of memory and processes, or read in one process: "
        "--jobs 1."
    )


class SettingsError(ImrsearchError):
    """A setting has a value that cannot be used."""

    exit_code = 2


class CatalogueError(ImrsearchError):
    """A data file of the catalogue has an entry that cannot be used."""

    exit_code = 2
    hint = "Mend the entry in the folder imrsearch/catalogue/data, then run this again."


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
    """The build's files are torn, missing or changed."""

    exit_code = 5
    status = 503
    hint = "Run 'imrsearch reindex' to build it anew from the collection."


class EngineFailed(ImrsearchError):  # noqa: N818
    """A search engine's library failed in a way of its own, over files that are whole."""

    exit_code = 70
    status = 500
    hint = "This is a defect; please report it."


class NotWritten(ImrsearchError):  # noqa: N818
    """The disk is full or read-only, rights are missing, or the like."""

    exit_code = 6
    status = 503
    hint = "What was there before is unharmed; see to it, then run this again."


class TooFewIssues(ImrsearchError):  # noqa: N818
    """A new build would hold far fewer issues than the one that it is to replace."""

    exit_code = 7
    hint = (
        "The old build goes on answering. If letters were to go (--prune), "
        "run 'imrsearch reindex --force'; if not, index those that are missing."
    )


class DamagedCollection(ImrsearchError):  # noqa: N818
    """The file of the collection is torn or changed."""

    exit_code = 5
    status = 503
    hint = (
        "Run 'imrsearch repair'; if that cannot mend it, run 'imrsearch restore FILE' with a "
        "backup, or move the file away and index the letters again."
    )


class UnusableBackup(ImrsearchError):  # noqa: N818
    """A file given to be restored is no backup, or a damaged one."""

    exit_code = 2
    hint = "The collection was left as it is. Name a file that 'imrsearch backup' wrote."


class CollectionTooNew(ImrsearchError):  # noqa: N818
    """The collection was written by a later version of imrsearch."""

    exit_code = 5
    status = 503
    hint = "Update imrsearch, or name another index folder with --index."


class ServerUnavailable(ImrsearchError):  # noqa: N818
    """A server that holds the collection or the index does not answer, or turns us away."""

    exit_code = 8
    status = 503
    hint = "Try again in a moment; if it goes on, see to the server."


class UnknownValue(ImrsearchError):  # noqa: N818
    """No issue has such a value; the message names the nearest ones."""

    status = 400
    hint = "'imrsearch facets NAME' lists the values that there are."


class NotFound(ImrsearchError):  # noqa: N818
    """There is no such thing here."""

    exit_code = 1
    status = 404


class MissingProgram(ImrsearchError):  # noqa: N818
    """A program that only some need is not installed."""

    exit_code = 2

    def __init__(self, what: str, program: str, command: str) -> None:
        """``what`` needs the program, which the command installs (on Debian and Ubuntu)."""
        super().__init__(
            f"{what} needs the program {program}, which is not here.", f"Run '{command}' first."
        )


class MissingExtra(ImrsearchError):  # noqa: N818
    """A library that only some need is not installed."""

    exit_code = 2

    def __init__(self, what: str, extra: str) -> None:
        """``what`` cannot be had without the package's extra of this name."""
        super().__init__(
            f"{what} needs a library that is not installed.",
            f"Run pip install 'imrsearch[{extra}]' first.",
        )
