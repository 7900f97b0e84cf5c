"""Letters, PDFs and archives of them, damaged in every way that a seed can think of."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from imrsearch.letters.layout import decode
from tests.conftest import SAMPLES
from tests.letters.test_robustness import MUTATIONS as TEXT_MUTATIONS

Mutation = Callable[[bytes, random.Random], bytes]

_CASE = re.compile(r"CM\d\d-\d{7}")
_NAMES = ("{}.txt", "{}.pdf", "deep/{}.TXT", "../{}.txt", "..\\{}.pdf", "{}.docx", "{}\x1b[2J.txt")
_NUMBER = re.compile(rb"\d+")


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bits the other way."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """A piece is missing; often it is the end."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 100, len(data))) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A piece stands there several times."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 2_000)]
    return data[:start] + piece * chance.randint(2, 9) + data[start:]


def blank(data: bytes, chance: random.Random) -> bytes:
    """A block that the disk lost."""
    start, size = chance.randrange(len(data)), chance.choice((16, 512, 4096))
    return (data[:start] + bytes(size) + data[start + size :])[: len(data)]


def noise(data: bytes, chance: random.Random) -> bytes:
    """A block of anything."""
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randint(1, 500)) + data[start:]


def renumber(data: bytes, chance: random.Random) -> bytes:
    """Numbers say something else: lengths, places, sizes of a page."""
    others = (b"0", b"-1", b"1", b"99999999", b"4294967295", b"9" * 30)
    return _NUMBER.sub(
        lambda match: chance.choice(others) if chance.random() < 0.02 else match[0], data
    )


BYTE_MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, blank, noise, renumber)


def damaged_letters(folder: Path, seed: int, count: int) -> Iterator[Path]:
    """Write so many damaged files into a folder: seven texts to every four PDFs and archive."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        kind = chance.choices(("txt", "pdf", "zip"), (7, 4, 1))[0]
        path = folder / f"{number:05}.{kind}"
        path.write_bytes(_MAKERS[kind](chance, seed * 10_000 + number))
        yield path


def _text(chance: random.Random, number: int) -> bytes:
    text = _CASE.sub(_case_id(chance, number), chance.choice(_texts()))
    for _ in range(chance.choice((0, 1, 1, 2))):
        text = chance.choice(TEXT_MUTATIONS)(text, chance)
    data = text.encode(chance.choice(("utf-8", "utf-8", "utf-16", "cp1252")), errors="replace")
    return _mutated(data, chance, chance.choice((0, 0, 1, 2)))


def _pdf(chance: random.Random, _: int) -> bytes:
    return _mutated(chance.choice(_pdfs()), chance, chance.choice((0, 1, 1, 2, 5)))


def _zip(chance: random.Random, number: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as to:
        for place in range(chance.randint(1, 4)):
            name = chance.choice(_NAMES).format(place)
            make = _pdf if name.endswith(".pdf") else _text
            to.writestr(name, make(chance, number * 10 + place))
    return _mutated(out.getvalue(), chance, chance.choice((0, 0, 1, 2)))


_MAKERS: dict[str, Callable[[random.Random, int], bytes]] = {
    "txt": _text,
    "pdf": _pdf,
    "zip": _zip,
}


def _mutated(data: bytes, chance: random.Random, times: int) -> bytes:
    for _ in range(times):
        data = chance.choice(BYTE_MUTATIONS)(data, chance) if data else data
    return data


def _case_id(chance: random.Random, number: int) -> str:
    """Mostly a case of its own, sometimes one that other letters tell as well."""
    return f"CM19-{number if chance.random() < 0.8 else chance.randrange(10):07}"


@cache
def _texts() -> list[str]:
    return [decode(path.read_bytes()) for path in sorted(SAMPLES.glob("*.txt"))]


@cache
def _pdfs() -> list[bytes]:
    return [path.read_bytes() for path in sorted(SAMPLES.glob("*.pdf"))]
