"""What a typed value of a field means: ``body:lumbar``, ``state:CA``, ``treatment:norco``.

The names by which people know a thing are the same in a field as among plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from imrsearch.catalogue.body_parts import names_of_region, read_body_parts
from imrsearch.catalogue.reviewers import canonical_specialty, split_states
from imrsearch.catalogue.treatments import names_of
from imrsearch.catalogue.word_lists import decision_words, word_lists
from imrsearch.query.concepts import find_concepts
from imrsearch.query.fields import number_range
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS, NUMBER_FIELDS, UNKNOWN
from imrsearch.text.fuzzy import closest, with_like_parts
from imrsearch.text.phrases import split_words
from imrsearch.text.words import stem

MOST_NEAREST = 3
"""So many values are named in the place of one that no issue has."""
MOST_CHOSEN = 10
"""A chosen value may stand for so many: each becomes a filter of its own."""
_ALIKE, _ALIKE_NAMES = 60.0, 80.0  # of a hundred


def resolve(vocabulary: Vocabulary, field: str, typed: str) -> tuple[str, ...]:
    """The values of ``field`` that ``typed`` means, by any of its names; a final ``*`` continues
    the last word.

    Where none fits, the typed value itself: it matches nothing, and is shown.
    """
    if field == "case":
        return (typed.upper() if typed.upper().startswith("CM") else typed,)
    if same := vocabulary.same(field, typed):
        return same
    named = list(dict.fromkeys(_VALUES_OF_NAME.get(field, _no_names)(typed)))
    if held := tuple(value for value in named if vocabulary.has(field, value)):
        return held
    for told in (typed, *named[:1]):  # "chiro back" names the back, and issues the low back
        if several := vocabulary.with_words(field, told):
            return several
    return (*named, typed)[:1]


def chosen_values(vocabulary: Vocabulary, facet: str, typed: str) -> tuple[str, ...]:
    """The values of a facet that ``typed`` means; ranges and "~unknown" stay as they are.

    Empty for one that no issue has and no facet words, or that stands for more than ten.
    """
    is_range = facet in NUMBER_FIELDS and number_range(facet, typed)
    if typed == UNKNOWN or is_range or vocabulary.has(facet, typed):
        return (typed,)
    found = resolve(vocabulary, facet, typed)
    is_known = found[0] in FACETS[facet].labels or vocabulary.has(facet, found[0])
    return found if is_known and len(found) <= MOST_CHOSEN else ()


def nearest(vocabulary: Vocabulary, field: str, typed: str) -> tuple[str, ...]:
    """The values of ``field`` most like one that no issue has: those with a name of nearly the same
    spelling (``lumbr`` is the low back), then those that share a part with it."""
    known = {value: value.lower() for value in vocabulary.values(field)}
    other_names = _OTHER_NAMES.get(field, _no_names)
    names = {name.lower(): value for value in known for name in other_names(value)}
    misspelt = (names[name] for name in closest(typed.lower(), names, _ALIKE_NAMES, MOST_NEAREST))
    akin = with_like_parts(typed.lower(), known, _ALIKE, MOST_NEAREST)
    near = dict.fromkeys((*misspelt, *akin))
    return tuple(islice(near, MOST_NEAREST))


def unknown_value(vocabulary: Vocabulary, field: str, typed: str) -> str:
    """What to tell of a value that no issue has: the nearest ones, else the most frequent."""
    title = FACETS[field].title if field in FACETS else field
    if several := vocabulary.with_words(field, typed):
        told = ", ".join(several[:MOST_NEAREST])
        return f"“{typed}” is more than one value of “{title}”. Most frequent: {told}."
    near = nearest(vocabulary, field, typed)
    some = near or tuple(islice(vocabulary.values(field), MOST_NEAREST))
    told = f" {'Nearest' if near else 'Most frequent'}: {', '.join(some)}." if some else ""
    return f"No issue has “{typed}” under “{title}”.{told}"


def _no_names(_: str) -> Iterable[str]:
    return ()


def _decisions(typed: str) -> Iterable[str]:
    """The decision of a word with the stem of a word of outcome: "overturn", "approval"."""
    stems = {stem(word): decision for word, decision in decision_words().items()}
    found = stems.get(stem(typed.lower()))
    return (found,) if found else ()


def _treatment_values(typed: str) -> Iterable[str]:
    return (name for concept in find_concepts(typed) for name in concept.treatments)


def _classes(typed: str) -> Iterable[str]:
    return (name for concept in find_concepts(typed) for name in concept.classes)


_OTHER_NAMES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "body": names_of_region,
    "treatment": names_of,
    "disputes": names_of,
}
"""The other names of a value, by its field."""

_VALUES_OF_NAME: Mapping[str, Callable[[str], Iterable[str]]] = {
    "decision": _decisions,
    "body": lambda typed: read_body_parts(typed, split_words(typed)).regions,
    "treatment": _treatment_values,
    "disputes": _treatment_values,
    "category": _classes,
    "subcategory": _classes,
    "state": lambda typed: (name for name, _, _ in split_states(typed)),
    "specialty": lambda typed: filter(None, (canonical_specialty(typed),)),
    "sex": lambda typed: (
        sex for sex, words in word_lists()["sex"].items() if typed.lower() in words
    ),
}
