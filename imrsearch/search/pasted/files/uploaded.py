"""The text of a file that a kit is asked for: .txt, .pdf or .docx, in memory alone.

Nothing of the file is written anywhere. A text is decoded here; a PDF or Word file goes through a
pipe to a process of its own (``extraction``), whose time and memory are bounded.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from imrsearch.letters.layout import decode
from imrsearch.system.errors import UnusableFile
from imrsearch.system.package_data import PACKAGE

LARGEST_FILE = 10 << 20
"""A larger file is not read."""
_READING_SECONDS = 30.0
_EXTRACTION = "imrsearch.search.pasted.files.extraction"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FORMATS = "Save it as .docx or .pdf, or paste the text."
# First bytes of files that hold no text, and what to call them.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "a Word file of before 2007 (.doc)",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
}


def text_of(name: str, content: bytes) -> str:
    """The text of a file's bytes; ``name`` tells its kind where the bytes do not.

    Raises UnusableFile: ``empty``, ``too-large`` (``LARGEST_FILE``), ``unsupported``, ``damaged``,
    ``password``, ``too-many-pages`` or ``no-text``. No message holds the name or any of the text.
    """
    if not content.strip():
        raise UnusableFile("empty", "The file is empty.")
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE >> 20} MB."
        raise UnusableFile("too-large", message, _FORMATS)
    kind = _file_kind(name, content)
    text = decode(content) if kind == "txt" else _extracted(kind, content)
    if not text.strip():
        raise UnusableFile("empty", "The file holds no text.")
    return text


def _file_kind(name: str, content: bytes) -> str:
    """``txt``, ``pdf`` or ``docx``: how the file begins decides, then its name."""
    suffix = Path(name).suffix.lower()
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        return "pdf"
    if content.startswith(b"PK\x03\x04") or suffix == ".docx":
        return "docx"
    for beginning, what in _OTHERS.items():
        if content.startswith(beginning):
            raise UnusableFile("unsupported", f"The file is {what}.", _FORMATS)
    if b"\0" in content and not content.startswith(_BYTE_ORDER_MARKS):
        raise UnusableFile("unsupported", "The file is not a text.", _FORMATS)
    return "txt"


def _extracted(kind: str, content: bytes) -> str:
    package = str(PACKAGE.parent)
    try:
        done = subprocess.run(
            # -P: a folder's own "docx.py" is not what is to be run.
            [sys.executable, "-P", "-m", _EXTRACTION, kind],
            input=content,
            capture_output=True,
            timeout=_READING_SECONDS,
            env={**os.environ, "PYTHONPATH": package},
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UnusableFile("damaged", "Reading the file takes too long.", _FORMATS) from error
    except subprocess.CalledProcessError as error:
        raise UnusableFile("damaged", "The file cannot be read.", _FORMATS) from error
    told = msgspec.json.decode(done.stdout)
    if "text" not in told:
        message = f"The file cannot be read: {told['message']}."
        raise UnusableFile(told["code"], message, told["hint"])
    return str(told["text"])
