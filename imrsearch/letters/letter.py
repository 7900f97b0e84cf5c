"""A letter read: its kept text and its facts, which can be written and read again."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from imrsearch.letters.files import Source
from imrsearch.model import Determination
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
        return _arrived, (self.source, self.sha256, self.text, facts)


_determination_decoder = msgspec.json.Decoder(Determination)
# Stands for what cannot be written: lists so deep are of no fact's type.
_OF_NO_FACT: object = [[[[]]]]


def check_facts(determination: Determination) -> None:
    """Raise LetterError, naming the field, for facts that could be written but not read again.

    Encoding does not look at types and tells no field; decoding does.
    """
    try:
        written = msgspec.json.encode(determination, enc_hook=lambda _: _OF_NO_FACT)
        _determination_decoder.decode(written)
    except (msgspec.ValidationError, ValueError) as error:
        raise LetterError("defect", f"a fact has the wrong type ({error})") from error


def _arrived(source: Source, sha256: str, text: str, facts: bytes) -> Letter:
    return Letter(source, sha256, text, _determination_decoder.decode(facts))
