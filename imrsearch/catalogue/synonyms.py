"""Words that stand for one another: abbreviations, brands, other names, lay words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from imrsearch.catalogue.treatments import PHARMACEUTICALS, treatments
from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import (
    PhraseIndex,
    PhraseMatch,
    Word,
    phrase_key,
    split_words,
    without_longer,
)

# "PT is a 45" is told from "PT is denied" by so many words.
_LONGEST_CONTEXT = 3

SynonymKind = Literal["abbreviation", "brand", "treatment", "includes", "lay", "ambiguous"]
ANY_TEXT: Sequence[SynonymKind] = ("abbreviation", "brand", "treatment", "includes")
"""The kinds that hold in any text. Lay words do not: "trigger points", said for an injection, are a
finding in a letter. Nor do ambiguous ones: "PT" is several things."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """What ``term`` may be replaced by. ``kind`` tells why.

    With ``needs`` it holds only beside one of those words, with ``unless`` beside none of those;
    both are in the form of ``phrase_key``, and a phrase must stand as it is: "PT says".
    """

    term: str
    kind: SynonymKind
    expansions: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()

    def holds(self, context: Collection[str]) -> bool:
        """Whether this meaning is safe among the words ``context`` (keys)."""
        return (not self.needs or not self.needs.isdisjoint(context)) and self.unless.isdisjoint(
            context
        )


def synonyms(term: str) -> tuple[Synonym, ...]:
    """All that is known of ``term``, ambiguous meanings included; empty for an unknown one."""
    return _terms().get(term) or ()


def is_ordinary_word(name: str) -> bool:
    """Whether a name is an ordinary word where it stands in small letters: "ensure", "lint"."""
    return name.lower() in _as_written()


def expansions(term: str, context: Collection[str] = ()) -> tuple[str, ...]:
    """What else to search for than ``term``, given the search's other words.

    ``expansions("Norco")`` has hydrocodone; ``expansions("RFA")`` is empty,
    ``expansions("RFA", ["lumbar"])`` has radiofrequency ablation.
    """
    return _other_expansions(term, {phrase_key(word) for word in context})


def find_expandable(text: str) -> Iterator[PhraseMatch[tuple[str, ...]]]:
    """The terms of a search that can be expanded safely, each with what else to look for; the
    longest where they overlap."""
    words = split_words(text)
    context = context_of(words)
    for found in _terms().find(words):
        if others := _other_expansions(text[found.start : found.end], context):
            yield PhraseMatch(others, found.start, found.end, found.first)


def context_of(words: Sequence[Word]) -> frozenset[str]:
    """The words of a search, and those that stand together: what tells meanings apart."""
    keys = [word.key for word in words]
    return frozenset(
        " ".join(keys[at : at + length])
        for length in range(1, _LONGEST_CONTEXT + 1)
        for at in range(len(keys) - length + 1)
    )


def means_something_else(
    typed: str, names: Collection[str], context: Collection[str], in_story: bool = False
) -> bool:
    """Whether a treatment's name, as ``typed`` in a search, means something else there.

    ``names`` are the treatment's names. "RFA" beside "form" is no ablation, "ensure" no food, and
    "nurse" in "a nurse with back pain" no nursing; "lumbar RFA" is what it names. In a story
    (``in_story``), which has words enough, others must tell it: "RFA of 3 March" is a form.
    """
    meanings = [synonym for synonym in synonyms(typed) if synonym.kind == "ambiguous"]
    known = frozenset(map(phrase_key, names)) if meanings else frozenset()
    own = [one for one in meanings if not known.isdisjoint(map(phrase_key, one.expansions))]
    if any(synonym.holds(context) for synonym in own):
        return False
    if typed.islower() and typed in _as_written():
        return True
    others = [synonym for synonym in meanings if synonym not in own]
    told_by_context = in_story and any(one.needs for one in own)
    unsafe = any(one.unless for one in own) or any(one.holds(context) for one in others)
    return told_by_context or unsafe


@cache
def _as_written() -> frozenset[str]:
    """Names that are ordinary words in small letters."""
    tables = load_toml("synonyms.toml")
    return frozenset((*tables["ordinary"]["words"], *tables["as_written"]["words"]))


def _other_expansions(term: str, context: Collection[str]) -> tuple[str, ...]:
    """The expansions that hold among these words (keys) and find more than ``term`` and one another
    do; a meaning by context goes before the others.

    "hydrocodone/acetaminophen" finds nothing that "hydrocodone" does not.
    """
    safe = [synonym for synonym in synonyms(term) if synonym.holds(context)]
    meant = [synonym for synonym in safe if synonym.kind == "ambiguous"] or safe
    names = {phrase_key(other): other for synonym in meant for other in synonym.expansions}
    found = without_longer({phrase_key(term): term} | names)
    return tuple(other for key, other in names.items() if key in found)


@cache
def _terms() -> PhraseIndex[tuple[Synonym, ...]]:
    ordinary = set(load_toml("synonyms.toml")["ordinary"]["words"])
    found: defaultdict[str, list[Synonym]] = defaultdict(list)
    for synonym in _all_synonyms():
        if synonym.term.lower() not in ordinary:
            found[phrase_key(synonym.term)].append(synonym)
    return PhraseIndex((key, tuple(known)) for key, known in found.items())


def _all_synonyms() -> Iterator[Synonym]:
    tables = load_toml("synonyms.toml")
    yield from map(_meaning, tables["ambiguous"])
    for short, long_forms in tables["abbreviation"].items():
        yield Synonym(short, "abbreviation", tuple(long_forms))
        yield from (Synonym(form, "abbreviation", (short,)) for form in long_forms)
    for name, others in tables["treatment"].items():
        for term in (name, *others):
            same = tuple(other for other in (name, *others) if other != term)
            yield Synonym(term, "treatment", same)
    yield from (Synonym(term, "includes", tuple(t)) for term, t in tables["includes"].items())
    yield from (Synonym(term, "lay", tuple(t)) for term, t in tables["lay"].items())
    for treatment, phrases in treatments():
        if treatment.category == PHARMACEUTICALS:
            yield from _brands(phrases)


def _meaning(meaning: Mapping[str, Any]) -> Synonym:
    return Synonym(
        meaning["term"],
        "ambiguous",
        tuple(meaning["means"]),
        needs=frozenset(map(phrase_key, meaning.get("with", ()))),
        unless=frozenset(map(phrase_key, meaning.get("unless", ()))),
    )


def _brands(phrases: Iterable[str]) -> Iterator[Synonym]:
    """Norco -> hydrocodone, and hydrocodone -> Norco; a brand starts with a capital letter."""
    plain = [phrase for phrase in phrases if not phrase.startswith("~")]
    generics = tuple(phrase for phrase in plain if not phrase[0].isupper())
    brands = tuple(phrase for phrase in plain if phrase[0].isupper())
    if generics and brands:
        yield from (Synonym(brand, "brand", generics) for brand in brands)
        yield from (Synonym(generic, "brand", brands) for generic in generics)
