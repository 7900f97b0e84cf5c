"""Words that stand for one another: abbreviations, brands, other names, lay words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from imrsearch.catalogue.treatments import PHARMACEUTICALS, treatments
from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import PhraseIndex, phrase_key, split_words

SynonymKind = Literal["abbreviation", "brand", "treatment", "includes", "lay", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Synonym:
    """What ``term`` may be replaced by. ``kind`` tells why.

    With ``needs`` it holds only beside one of those words, with ``unless`` beside none of those;
    both are in the form of ``phrase_key``.
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


@dataclass(frozen=True, slots=True)
class Expandable:
    """A term found in a search, ``text[start:end]``, with what else to look for."""

    term: str
    start: int
    end: int
    kind: SynonymKind
    expansions: tuple[str, ...]


def synonyms(term: str) -> tuple[Synonym, ...]:
    """All that is known of ``term``, ambiguous meanings included; empty for an unknown one."""
    return _by_key().get(phrase_key(term), ())


def is_ambiguous(term: str) -> bool:
    """Whether ``term`` is only safe to expand beside certain other words (PT, RFA, ED)."""
    return any(synonym.kind == "ambiguous" for synonym in synonyms(term))


def expansions(term: str, context: Collection[str] = ()) -> tuple[str, ...]:
    """What else to search for than ``term``, given the search's other words.

    ``expansions("Norco")`` has hydrocodone; ``expansions("RFA")`` is empty,
    ``expansions("RFA", ["lumbar"])`` has radiofrequency ablation.
    """
    return _others(term, _safe_meanings(term, {phrase_key(word) for word in context}))


def find_expandable(text: str) -> tuple[Expandable, ...]:
    """The terms of a search that can be expanded safely, the longest first where they overlap."""
    words = split_words(text)
    keys = {word.key for word in words}
    return tuple(
        Expandable(term, found.start, found.end, meant[0].kind, _others(term, meant))
        for found in _terms().find(words)
        if (meant := _safe_meanings(term := text[found.start : found.end], keys))
    )


def _safe_meanings(term: str, context: Collection[str]) -> list[Synonym]:
    return [synonym for synonym in synonyms(term) if synonym.holds(context)]


def _others(term: str, meant: Iterable[Synonym]) -> tuple[str, ...]:
    """The expansions that find more than ``term`` and one another do.

    "hydrocodone/acetaminophen" finds nothing that "hydrocodone" does not.
    """
    by_key = {phrase_key(other): other for synonym in meant for other in synonym.expansions}
    keys = [phrase_key(term), *by_key]
    return tuple(
        other
        for key, other in by_key.items()
        if not any(f" {shorter} " in f" {key} " for shorter in keys if shorter != key)
    )


@cache
def _terms() -> PhraseIndex[tuple[Synonym, ...]]:
    return PhraseIndex(_by_key().items())


@cache
def _by_key() -> Mapping[str, tuple[Synonym, ...]]:
    ordinary = set(load_toml("synonyms.toml")["ordinary"]["words"])
    found: defaultdict[str, list[Synonym]] = defaultdict(list)
    for synonym in _all_synonyms():
        if synonym.term.lower() not in ordinary:
            found[phrase_key(synonym.term)].append(synonym)
    return {key: tuple(known) for key, known in found.items()}


def _all_synonyms() -> Iterator[Synonym]:
    tables = load_toml("synonyms.toml")
    yield from map(_meaning, tables["ambiguous"])
    for short, long_forms in tables["abbreviation"].items():
        yield Synonym(short, "abbreviation", tuple(long_forms))
        yield from (Synonym(form, "abbreviation", (short,)) for form in long_forms)
    for name, others in tables["treatment"].items():
        yield from _each_for_the_others("treatment", (name, *others))
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


def _each_for_the_others(kind: SynonymKind, terms: tuple[str, ...]) -> Iterator[Synonym]:
    for term in terms:
        yield Synonym(term, kind, tuple(other for other in terms if other != term))


def _brands(phrases: Iterable[str]) -> Iterator[Synonym]:
    """Norco -> hydrocodone, and hydrocodone -> Norco; a brand starts with a capital letter."""
    plain = [phrase for phrase in phrases if not phrase.startswith("~")]
    generics = tuple(phrase for phrase in plain if not phrase[0].isupper())
    brands = tuple(phrase for phrase in plain if phrase[0].isupper())
    if generics and brands:
        yield from (Synonym(brand, "brand", generics) for brand in brands)
        yield from (Synonym(generic, "brand", brands) for generic in generics)
