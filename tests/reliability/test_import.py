"""Whatever a folder holds, ``imrsearch index`` ends, tells each thing in one line, and the index
that was there is unharmed."""

from __future__ import annotations

import os
import socket
import zlib
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from imrsearch.cli import cli
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.letters.workers import ReadingLimits, read_all
from imrsearch.model import Unread
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from samples.press import typeset
from tests.conftest import SAMPLES
from tests.letters.forms import credentials_letter, issue
from tests.letters.test_archives import encrypted, endless_list, overlapping, zipped

LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))
MEGABYTE = 1 << 20


def hostile_folder(folder: Path) -> list[str]:
    """Fills a folder with what may go wrong; returns what the run is to say of each."""
    folder.mkdir()
    files = {
        "empty.txt": b"",
        "noise.txt": bytes(range(256)) * 40,
        "large.txt": LETTER.encode() + b" " * MEGABYTE,
        "torn.pdf": typeset(LETTER)[:900],
        "bomb.zip": zipped(("a.txt", b"0" * (3 * MEGABYTE))),
        "over.zip": overlapping(),
        "endless.zip": endless_list(),
        "locked.zip": encrypted(),
        "nested.zip": zipped(("inner.zip", zipped(("a.txt", LETTER.encode())))),
        "twice.zip": zipped(("a.txt", b"one"), ("a.txt", b"two")),
        "\x1b[2Jclear.txt": LETTER.encode(),
        "line\nend.txt": LETTER.encode(),
        "turned\u202etxt.pdf": typeset(LETTER),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "out").symlink_to("/")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(folder / "socket.pdf"))
    with open(os.fsencode(folder) + b"/no\xffutf8.txt", "wb") as file:  # noqa: PTH123 - bytes
        file.write(LETTER.encode())
    return [
        "empty.txt: the file is empty",
        "noise.txt: this is not an Independent Medical Review determination",
        "large.txt: the file is larger than 1 MB",
        "torn.pdf: ",
        "bomb.zip!a.txt: the file in the archive unpacks to far more than its compressed size",
        "over.zip: the files in the archive overlap",
        "endless.zip: the archive ",
        "locked.zip!a.txt: the file in the archive is password-protected",
        "nested.zip!inner.zip: an archive inside an archive; unpack it first",
        "twice.zip!a.txt: the archive holds several files with this name",
        r"\x1b[2Jclear.txt: its name holds control characters",
        r"line\nend.txt: its name holds control characters",
        r"turned\u202etxt.pdf: its name holds control characters",
        r"no\udcffutf8.txt: its name holds control characters, or is no valid UTF-8",
        "pipe.txt: not a regular file",
        "socket.pdf: not a regular file",
        "circle.txt: a link; name what it points to instead",
        "out: a link; name what it points to instead",
    ]


def test_a_folder_of_everything_that_may_go_wrong(tmp_path: Path) -> None:
    index, folder = tmp_path / "index", tmp_path / "hostile"
    good = [str(path) for path in sorted(SAMPLES.glob("*.txt"))[:5]]
    run = CliRunner(env={"IMRSEARCH_MAX_FILE_MB": "1"})
    assert run.invoke(cli, ["--index", str(index), "index", "--jobs", "1", *good]).exit_code == 0
    cases = Collection.open(index).case_ids()
    build = Builds(index).current().id

    expected = hostile_folder(folder)
    result = run.invoke(cli, ["--index", str(index), "index", "--jobs", "2", str(folder)])
    assert result.exit_code == 1
    for line in expected:
        assert f"{folder}/{line}" in result.output
    assert f"failed      {len(expected)}" in result.output
    assert not [c for c in result.output if not c.isprintable() and c != "\n"]
    assert Collection.open(index).case_ids() == cases
    assert Builds(index).current().id == build
    assert len(Collection.open(index).unread()) == len(expected)


# --------------------------------------------------------------------------------------- PDFs


def pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (size, start))


def stream(data: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    head = b"<< /Filter /FlateDecode /Length %d %s >>" % (len(packed), extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


TEXT = b"BT /F 12 Tf 72 700 Td (This is no letter.) Tj ET "
RESOURCES = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def page(
    content: bytes = TEXT,
    *,
    box: bytes = b"[0 0 612 792]",
    catalog: bytes = b"",
    extra: bytes = b"",
    objects: bytes = b"",
    more: dict[int, bytes] | None = None,
) -> bytes:
    """A PDF of one page; ``objects`` are named in its resources."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R %s "
            b"/Resources << %s /XObject << %s >> >> >>" % (box, extra, RESOURCES, objects),
            4: stream(content),
            **(more or {}),
        }
    )


def form(content: bytes, objects: bytes) -> bytes:
    head = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << %s /XObject << %s >> >>"
    )
    return stream(content, head % (RESOURCES, objects))


def forms_in_forms(depth: int) -> bytes:
    """Ten times ten times ten …: some hundred million lines of text from some kilobytes."""
    more = {10 + level: form(b"/X Do " * 10, b"/X %d 0 R" % (11 + level)) for level in range(depth)}
    more[10 + depth] = form(TEXT, b"")
    return page(b"/X Do", objects=b"/X 10 0 R", more=more)


SCRIPT = b"<< /S /JavaScript /JS (while\\(1\\){}) >>"
PDFS = {
    "a page of a million points": page(box=b"[0 0 1e6 1e6]"),
    "a page without measure": page(box=b"[1e30 1e30 -1e30 -1e30]"),
    "scripts": page(catalog=b"/OpenAction %s /AA << /WC %s >>" % (SCRIPT, SCRIPT)),
    "a program to start": page(catalog=b"/OpenAction << /S /Launch /F (/bin/true) >>"),
    "links": page(
        extra=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] "
        b"/A << /S /URI /URI (http://example.org/) >> >>]"
    ),
    "an attachment": page(
        catalog=b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) "
        b"/EF << /F 6 0 R >> >>] >> >>",
        more={6: stream(b"MZ" * 500, b"/Type /EmbeddedFile")},
    ),
    "a form that holds itself": page(
        TEXT + b"/X Do", objects=b"/X 6 0 R", more={6: form(TEXT + b"/X Do", b"/X 6 0 R")}
    ),
    "deep arrays": page(extra=b"/Deep " + b"[" * 100_000 + b"]" * 100_000),
    "deep dictionaries": page(extra=b"/Deep " + b"<< /A " * 100_000 + b"1" + b" >>" * 100_000),
    "deep states": page(b"q " * 300_000 + TEXT),
    "pages in a circle": pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
        }
    ),
    "ten thousand pages": pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 10000 /Kids [%s] >>" % (b"3 0 R " * 10_000),
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        }
    ),
}
# Made when they are wanted: packing 200 MB takes seconds.
BOMBS = {
    "forms in forms": lambda: forms_in_forms(8),
    "a stream of 200 MB": lambda: page(b"q " * (100 * MEGABYTE)),
    "200 MB of text": lambda: page(b"BT /F 12 Tf " + b"(words and words ) Tj " * 9_000_000),
}


def outcomes(folder: Path, files: dict[str, bytes], seconds: float = 60) -> dict[str, Unread]:
    """What comes of the files, and of a letter that is read after them."""
    limits = ReadingLimits(50 * MEGABYTE, 400, seconds=seconds)
    sources = []
    for number, data in enumerate([*files.values(), typeset(LETTER)]):
        (folder / f"{number:02}.pdf").write_bytes(data)
        sources.append((Source(folder / f"{number:02}.pdf"), None))
    *found, last = read_all(sources, limits, jobs=2)
    assert isinstance(last, Letter)
    return {name: one for name, one in zip(files, found, strict=True) if isinstance(one, Unread)}


def test_pdfs_that_try_something(tmp_path: Path) -> None:
    found = outcomes(tmp_path, PDFS)
    codes = {name: one.code for name, one in found.items()}
    expected = dict.fromkeys(PDFS, "not-a-letter")
    odd = {"pages in a circle": "damaged", "ten thousand pages": "too-many-pages"}
    assert codes == {**expected, **odd}


def test_pdfs_that_burst_cost_their_process_alone(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    names = list(BOMBS)[: rounds(1, 3)]
    found = outcomes(tmp_path, {name: BOMBS[name]() for name in names}, seconds=rounds(5, 60))
    assert {name: one.code for name, one in found.items()} == dict.fromkeys(names, "damaged")
