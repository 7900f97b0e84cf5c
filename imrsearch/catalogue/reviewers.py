"""Who reviews: specialties and states of licensure, as letters print their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from imrsearch.system.package_data import load_toml
from imrsearch.text.fuzzy import closest

# A printed name with its place: (canonical or as printed, start, end).
Placed = tuple[str, int, int]

# How like a known name (per cent) a misprinted one must be to be that name for certain:
# "Occupationall Medicine" (98) is; "Neurology" is not Urology (88).
_NAME_SIMILARITY = 93.0

# What stands between the names of a list: "California,Texas", "Arizona & Michigan".
_BETWEEN_NAMES = re.compile(r"(?:[\s,;/&]|\band\b)+", re.IGNORECASE)
# "Aviation Medicine" of "Aviation Medicine, Surgery": an unknown name, up to the next comma.
_STRETCH = re.compile(r"[^,;]*[^,;\s]")
# "Californa" and "Texas" of "Californa & Texas".
_LIST_ITEM = re.compile(
    r"(?<!\w)(?!and\b)[^\s&].*?(?=\s*(?:&|\band\b|$))", re.IGNORECASE | re.DOTALL
)


class NameList:
    """Known names with their other spellings: the canonical form of one, and lists taken apart."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(names)
        spellings = {spelling: name for name in names for spelling in (name, *names[name])}
        self._canonical = {_name_key(spelling): name for spelling, name in spellings.items()}
        longest_first = sorted(spellings, key=len, reverse=True)
        self._known = re.compile(
            rf"(?:{'|'.join(map(_any_blanks, longest_first))})(?=\s*(?:[,;/&]|\band\b|$))"
        )

    def canonical(self, printed: str) -> str | None:
        """The known name that ``printed`` is for certain, whatever its blanks and small slips."""
        key = _name_key(printed)
        if key in self._canonical:
            return self._canonical[key]
        return next(
            (self._canonical[near] for near in closest(key, self._canonical, _NAME_SIMILARITY)),
            None,
        )

    def split(self, printed: str) -> tuple[Placed, ...]:
        """The names of a printed list with their places, unknown ones as printed.

        "and", "&" and commas inside a known name do not split it; any run of blanks and line
        ends is one blank.
        """
        return tuple(self._split(printed))

    def _split(self, printed: str) -> Iterator[Placed]:
        at = 0
        while at < len(printed):
            if found := _BETWEEN_NAMES.match(printed, at):
                pass
            elif found := self._known.match(printed, at):
                yield self._placed(found.group(), at)
            elif found := _STRETCH.match(printed, at):
                yield from self._unknown(found.group(), at)
            at = found.end() if found else at + 1

    def _unknown(self, stretch: str, at: int) -> Iterator[Placed]:
        """A stretch that is no known name: taken apart at "and" only if a part of it is one."""
        parts = [
            self._placed(part.group(), at + part.start()) for part in _LIST_ITEM.finditer(stretch)
        ]
        known = any(name in self.names for name, _, _ in parts)
        yield from parts if known else [self._placed(stretch, at)]

    def _placed(self, printed: str, at: int) -> Placed:
        return self.canonical(printed) or " ".join(printed.split()), at, at + len(printed)


def canonical_specialty(printed: str) -> str | None:
    """The specialty's canonical name, or ``None`` where it is not certain which is meant.

    "Physical Medicine and Rehabilitation" -> "Physical Medicine & Rehabilitation".
    """
    return _specialties().canonical(printed)


@lru_cache(maxsize=1024)
def split_specialties(printed: str) -> tuple[Placed, ...]:
    """A printed list of specialties: canonical names (else as printed) with their places."""
    return _specialties().split(printed)


@lru_cache(maxsize=1024)
def split_states(printed: str) -> tuple[Placed, ...]:
    """A printed list of states, "Texas, New York and CA": full names with their places."""
    return _state_names().split(printed)


def specialties() -> tuple[str, ...]:
    """Every known specialty by its canonical name."""
    return _specialties().names


def states() -> tuple[str, ...]:
    """Every state, district and territory by its full name."""
    return _state_names().names


@cache
def _specialties() -> NameList:
    return NameList(load_toml("specialties.toml")["specialties"])


@cache
def _state_names() -> NameList:
    return NameList(load_toml("states.toml")["states"])


def _name_key(name: str) -> str:
    """Letters and digits alone, "&" read as "and", "rn" as the "m" that text recognition takes it
    for: "Pain Management" and "PainManagement" agree, so do "California" and "Califomia"."""
    return "".join(c for c in name.lower().replace("&", "and") if c.isalnum()).replace("rn", "m")


def _any_blanks(spelling: str) -> str:
    """A pattern for ``spelling`` with any blanks; a postal code must be in capitals."""
    joint = r"(?:&|and\b)"
    words = (joint if word == "&" else re.escape(word) for word in spelling.split())
    pattern = r"\s*".join(words)
    return pattern if len(spelling) == 2 else f"(?i:{pattern})"
