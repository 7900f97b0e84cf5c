"""The names by which a letter's text mentions a treatment: the same, whichever of them is typed.

The catalogue's names tell what a service is; in running text many mean something else: a "physical
examination" is told of every patient, and mentions no office visit. So a text mentions a treatment
by the names that stand for one another in searches (``synonyms.toml``), a drug by any of its names,
and either by other spellings of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain

from imrsearch.catalogue.synonyms import ANY_TEXT, is_ordinary_word, synonyms
from imrsearch.catalogue.treatments import (
    PHARMACEUTICALS,
    named_by,
    sure_names_of,
    treatment,
)
from imrsearch.text.fuzzy import closest
from imrsearch.text.phrases import phrase_key, without_longer

_ALIKE = 80.0
"""Names of one treatment that are so much alike, per cent, are spellings of one another."""
_SHORTEST_ALIKE = 8


@cache
def text_names(name: str) -> tuple[str, ...]:
    """The names by which a text mentions the treatment ``name``; none contains another of them.

    Left out is what means something else in most texts: "PT" alone is a test of the blood, "RFA" a
    form, "us" no ultrasound.
    """
    names = _keyed_names(_told_apart(name))
    for _ in range(2):  # EMG/NCV is an electrodiagnostic study, and that is EDX
        own = {key: one for key, one in names.items() if _means(one, name)}
        names |= _keyed_names(_stand_for(own.values()), but=names)
    own = {key: one for key, one in names.items() if _means(one, name)}
    names |= _keyed_names(_spelt_like(own, name), but=names)
    safe = {key: one for key, one in names.items() if one == name or stands_alone(one)}
    return tuple(without_longer(safe).values())


def mentioned_as(typed: str, treatments: Iterable[str]) -> tuple[str, ...]:
    """The names by which a text mentions any of the ``treatments``; first the one ``typed``, unless
    it means something else in most texts."""
    names = _keyed_names(chain.from_iterable(map(text_names, treatments)))
    if phrase_key(typed) in names or stands_alone(typed):
        names = {phrase_key(typed): typed} | names
    return tuple(names.values()) or (typed,)


def stands_alone(name: str) -> bool:
    """Whether a name means in any text what it does in a search, whatever is beside it."""
    kinds = {each.kind for each in synonyms(name)}
    return not is_ordinary_word(name) and (not kinds or not kinds.isdisjoint(ANY_TEXT))


def _told_apart(name: str) -> Iterator[str]:
    """The treatment's own name and those that ``synonyms.toml`` knows as names of a treatment; of a
    drug, all. An abbreviation may name what is done in it: "BDI" is a questionnaire."""
    known = treatment(name)
    is_drug = known is not None and known.category == PHARMACEUTICALS
    for one in sure_names_of(name):
        kinds = {each.kind for each in synonyms(one)}
        if one == name or is_drug or not kinds.isdisjoint(("treatment", "includes")):
            yield one


def _stand_for(names: Iterable[str]) -> Iterator[str]:
    """What any of the names may be replaced by in whatever text."""
    for one in names:
        for each in synonyms(one):
            yield from each.expansions if each.kind in ANY_TEXT else ()


def _spelt_like(own: Mapping[str, str], name: str) -> Iterator[str]:
    """The treatment's other names that are spelt much like one of its ``own``, which have keys."""
    joined = [key.replace(" ", "") for key in own]
    for one in sure_names_of(name):
        letters = phrase_key(one).replace(" ", "")
        if letters in joined or (
            len(letters) >= _SHORTEST_ALIKE and closest(letters, joined, _ALIKE)
        ):
            yield one


def _means(one: str, name: str) -> bool:
    """Whether ``one`` as a whole names this treatment, and no other."""
    named = named_by(one)
    return named is not None and named.treatment.name == name


def _keyed_names(names: Iterable[str], but: Collection[str] = ()) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in names:
        if (key := phrase_key(one)) not in but:
            found.setdefault(key, one)
    return found
