"""A letter read: its kept text and its facts, which can be written and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass

import msgspec

from imrsearch.letters.files import Source
from imrsearch.model import Determination, OcrReading
from imrsearch.system.errors import LetterError


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter read: where from, the hash of its bytes (SHA-256), its kept text, its facts."""

    source: Source
    sha256: str
    text: str
    determination: Determination

    def __reduce__(self) -> tuple[object, ...]:
        """Travels between processes as JSON: a tenth of what pickling every fact costs."""
        facts = msgspec.json.encode(self.determination)
        return _arrived, (Letter, facts, self.source, self.sha256, self.text)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A kept letter to be read anew: its case, its file's name, its text, where a scan's text is
    doubtful."""

    case_id: str
    name: str
    text: str
    ocr: OcrReading | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """What was found in a kept letter: its facts, or why it could not be read (then ``None``)."""

    case_id: str
    fault: str
    determination: Determination | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """As a letter."""
        facts = msgspec.json.encode(self.determination)
        return _arrived, (Reread, facts, self.case_id, self.fault)


_determination_decoder = msgspec.json.Decoder(Determination)


def check_facts(determination: Determination) -> None:
    """Raise LetterError, naming the field, for facts that could be written but not read again.

    Encoding does not look at types, decoding does.
    """
    try:
        _determination_decoder.decode(msgspec.json.encode(determination))
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise LetterError(
            "defect", f"a fact has the wrong type ({_describe_fault(determination, error)})"
        ) from error


def _describe_fault(determination: Determination, error: Exception) -> str:
    """What is wrong and where; decoding says where, encoding does not."""
    if isinstance(error, msgspec.ValidationError):
        return str(error)
    return f"{error} - at `{_first_unfit(determination, '$')}`"


def _first_unfit(value: object, path: str) -> str:
    """The path of the innermost value that cannot be encoded, as msgspec writes paths."""
    inner: Iterable[tuple[str, object]] = ()
    if is_dataclass(value):
        inner = ((f"{path}.{one.name}", getattr(value, one.name)) for one in fields(value))
    elif isinstance(value, tuple | list):
        inner = ((f"{path}[{place}]", one) for place, one in enumerate(value))
    elif isinstance(value, dict):
        inner = ((f"{path}.{key}", one) for key, one in value.items())
    for here, one in inner:
        try:
            msgspec.json.encode(one)
        except (TypeError, ValueError):
            return _first_unfit(one, here)
    return path


_arriving_decoder = msgspec.json.Decoder(Determination | None)


def _arrived(kind: Callable[..., object], facts: bytes, *others: object) -> object:
    return kind(*others, _arriving_decoder.decode(facts))
