"""The treatments the field knows, with the category of the State's form each is filed under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import msgspec

from imrsearch.system.package_data import load_toml
from imrsearch.text.fuzzy import closest
from imrsearch.text.phrases import PhraseIndex, PhraseMatch, Word, phrase_key

PHARMACEUTICALS = "Pharmaceuticals"

_NO_LETTERS = re.compile("[^a-z0-9]+")

# A word this long that is this much like a name (per cent) is that name misspelt:
# "omeprazol" is omeprazole; hydralazine and hydroxyzine (64) stay apart.
_SHORTEST_MISSPELT = 8
# Comparing is slow: so many unknown words of a service are compared.
_MOST_MISSPELT = 8
_MISSPELT_SIMILARITY = 88.0


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment by its normal name, filed as ``category`` and ``subcategory``.

    ``None`` where the form has none that fits.
    """

    name: str
    category: str | None
    subcategory: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A treatment as named by a phrase; it gives way to one of less ``weakness`` beside it."""

    treatment: Treatment
    weakness: int


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What else a service says: its words (keys), body parts, treatments, and number of drugs."""

    words: frozenset[str]
    regions: tuple[str, ...] = ()
    treatments: frozenset[str] = frozenset()
    drugs: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """A rule of contexts.toml: what the other words of a service make of its treatment."""

    of: frozenset[str]
    becomes: tuple[str, str]
    words: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    named_too: frozenset[str] = frozenset()
    drugs: int = 0
    named: str = "{}"

    def applies(self, treatment: Treatment, request: ServiceWords) -> bool:
        """Whether this rule changes ``treatment`` in such a request."""
        return (
            (treatment.name in self.of or treatment.subcategory in self.of)
            and request.drugs >= self.drugs
            and (not self.words or not self.words.isdisjoint(request.words))
            and (not self.regions or not self.regions.isdisjoint(request.regions))
            and (not self.named_too or not self.named_too.isdisjoint(request.treatments))
            and self.unless.isdisjoint(request.words)
        )


@cache
def categories() -> dict[str, tuple[str, ...]]:
    """The categories of the State's form, each with its subcategories, in the form's order."""
    return {name: tuple(subs) for name, subs in load_toml("categories.toml")["categories"].items()}


@cache
def classes() -> PhraseIndex[tuple[str, ...]]:
    """The words that name categories, or "category > subcategory", of the form as wholes."""
    by_phrase: dict[str, tuple[str, ...]] = {}
    for name, phrases in load_toml("categories.toml")["classes"].items():
        for phrase in phrases:
            by_phrase[phrase] = (*by_phrase.get(phrase, ()), name)
    return PhraseIndex(by_phrase.items())


def is_class_name(name: str) -> bool:
    """Whether a treatment's name is that of a class as a whole: "opioid", "NSAID"."""
    return classes().get(name) is not None


def kinds_of(name: str) -> tuple[str, ...]:
    """The treatment itself, those whose names contain its name (a knee brace is a brace), and what
    ``categories.toml`` calls its kinds."""
    return (
        name,
        *_kinds_by_name().get(name, ()),
        *load_toml("categories.toml")["kinds"].get(name, ()),
    )


def drugs_in_other_forms(phrase: str) -> tuple[str, ...]:
    """The drugs that a drug's name stands for in other forms, with more words: "Terocin", a lotion,
    is also the patch that "Terocin patch" names. Empty for what is no drug."""
    named = named_by(phrase)
    if named is None or named.weakness or named.treatment.category != PHARMACEUTICALS:
        return ()
    keys = tuple(phrase_key(phrase).split(" "))
    told = (one.treatment.name for longer, one in _drug_phrases() if longer[: len(keys)] == keys)
    return tuple(dict.fromkeys(name for name in told if name != named.treatment.name))


@cache
def _drug_phrases() -> tuple[tuple[tuple[str, ...], Mention], ...]:
    """The phrases that name drugs surely."""
    return tuple(
        (keys, one)
        for keys, one in _index()
        if one.treatment.category == PHARMACEUTICALS and not one.weakness
    )


def treatment(name: str) -> Treatment | None:
    """The treatment of this normal name; ``None`` where the catalogue has none."""
    return _treatments_by_name().get(name)


def treatment_slug(name: str) -> str:
    """A treatment's name in an address: ``EMG/NCV`` is ``emg-ncv``. No two have the same."""
    return _NO_LETTERS.sub("-", name.lower()).strip("-")


def subcategory_of(name: str | None) -> str | None:
    """The subcategory that a treatment is filed under, if it has one."""
    known = treatment(name or "")
    return known.subcategory if known else None


def class_of(name: str) -> str | None:
    """The class that a treatment is filed under, as "category > subcategory", if it has one."""
    known = treatment(name)
    return f"{known.category} > {known.subcategory}" if known and known.subcategory else None


def names_of(name: str) -> tuple[str, ...]:
    """A treatment's normal name and its other printed forms."""
    return tuple(phrase.lstrip("~") for phrase in _printed_forms().get(name, ()))


def sure_names_of(name: str) -> tuple[str, ...]:
    """A treatment's names without the weak ones, such as "exercise", which give way to others."""
    return tuple(phrase for phrase in _printed_forms().get(name, ()) if not phrase.startswith("~"))


@cache
def _printed_forms() -> dict[str, list[str]]:
    return {treatment.name: phrases for treatment, phrases in treatments()}


@cache
def _kinds_by_name() -> dict[str, tuple[str, ...]]:
    names = {phrase_key(treatment.name): treatment.name for treatment, _ in treatments()}
    kinds: dict[str, tuple[str, ...]] = {}
    for key, name in names.items():
        words = key.split()
        parts = (" ".join(words[i:j]) for i, j in combinations(range(len(words) + 1), 2))
        for general in (names[part] for part in parts if part in names and part != key):
            kinds[general] = (*kinds.get(general, ()), name)
    return kinds


def find_treatments(words: Sequence[Word]) -> list[PhraseMatch[Mention]]:
    """The treatments named among ``words``, in the order named."""
    return list(_index().find(words))


def named_by(phrase: str) -> Mention | None:
    """The treatment that a phrase as a whole names, whatever its blanks and marks."""
    return _index().get(phrase)


def resembling(words: Sequence[Word]) -> list[PhraseMatch[Mention]]:
    """The treatments that unknown words are meant to be: "cyclobenzaprin", "physicaltherapy"."""
    unknown = [
        (at, word)
        for at, word in enumerate(words)
        if len(word.key) >= _SHORTEST_MISSPELT and word.key not in _index().words
    ]
    return [
        PhraseMatch(candidates[near], word.start, word.end, at)
        for at, word in unknown[:_MOST_MISSPELT]
        if (candidates := _names_by_initial().get(word.key[0]))
        and (near := next(iter(closest(word.key, candidates, _MISSPELT_SIMILARITY)), None))
    ]


def in_context(treatment: Treatment, request: ServiceWords) -> Treatment:
    """``treatment`` as filed in such a request, and by the name it has at its body part."""
    context = next((one for one in _contexts() if one.applies(treatment, request)), None)
    if context:
        treatment = Treatment(context.named.format(treatment.name), *context.becomes)
    if len(request.regions) != 1:
        return treatment
    # Arthroscopy of the knee is knee arthroscopy, where the catalogue has a treatment so named.
    return _treatments_by_name().get(f"{request.regions[0]} {treatment.name}", treatment)


def written_together(phrase: str) -> tuple[str, ...]:
    """The treatments that one phrase names: "PT/OT" -> physical therapy, occupational therapy.

    Empty for a phrase that names one.
    """
    return _together().get(phrase_key(phrase), ())


@cache
def _together() -> dict[str, tuple[str, ...]]:
    return {
        phrase_key(phrase): tuple(row["treatments"])
        for row in load_toml("contexts.toml")["together"]
        for phrase in row["phrases"]
    }


@cache
def _treatments_by_name() -> dict[str, Treatment]:
    return {treatment.name: treatment for treatment, _ in treatments()}


@cache
def _names_by_initial() -> dict[str, dict[str, Mention]]:
    """Long names, without their blanks, by first letter: what a misspelt word may stand for."""
    names: dict[str, dict[str, Mention]] = {}
    for keys, mention in _index():
        joined = "".join(keys)
        if len(joined) >= _SHORTEST_MISSPELT and not mention.weakness:
            names.setdefault(joined[0], {})[joined] = mention
    return names


@cache
def _index() -> PhraseIndex[Mention]:
    known: list[tuple[str, Mention]] = []
    for treatment, phrases in treatments():
        mentions = [Mention(treatment, weakness) for weakness in range(3)]
        known += ((phrase, mentions[phrase.count("~")]) for phrase in phrases)
    return PhraseIndex(known)


def treatments() -> Iterator[tuple[Treatment, list[str]]]:
    """Every treatment with its printed forms, each with a "~" in front for its weakness."""
    tables = {PHARMACEUTICALS: load_toml("drugs.toml")} | load_toml("treatments.toml")
    for category, subcategories in tables.items():
        for subcategory, entries in subcategories.items():
            for name, phrases in entries.items():
                weak = "~" * name.count("~")
                treatment = Treatment(
                    name.lstrip("~"), _unless_none(category), _unless_none(subcategory)
                )
                yield treatment, [name, *(weak + phrase for phrase in phrases)]


def _unless_none(name: str) -> str | None:
    return None if name == "none" else name


@cache
def _contexts() -> tuple[Context, ...]:
    return msgspec.convert(load_toml("contexts.toml")["context"], tuple[Context, ...])
