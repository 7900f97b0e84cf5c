"""Close matches: issues that match part of a search, are about the same class of treatment, or are
about what its words describe (``imrsearch.catalogue.glosses``).

They fill a results page that full matches leave short, and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from imrsearch.catalogue.glosses import meant_by
from imrsearch.catalogue.treatments import class_of
from imrsearch.query.compose import in_class
from imrsearch.query.required import in_words, treatments_in
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Term,
    asks_for_words,
    positive_leaves,
    walk,
)
from imrsearch.text.words import words

CITATION_FIELDS = frozenset({"cites", "rationale_cites", "guideline"})
SAME_CLASS = 7.0
"""Score for a treatment of the same class as the one searched for: an opioid."""
CITED, CITED_FAMILY = 8.0, 2.0
"""Score for citing what the words of a search cite: a place, or any part of ODG."""
MOST_PLACES = 10
"""More places than this come from a family of guidelines."""
SAME_NUMBER = 3.0
"""Score for having the number that was read from words, such as "#120"."""
MEANT, MEANT_BESIDE = 6.0, 1.0
"""Score for being about what words describe; less beside a treatment that is named."""
AKIN = 0.5
"""Weight of a treatment's class, relative to the treatment that words describe."""
MOST_TYPED = 25
"""A search with more words tells a story, which shares words with any gloss."""
_WORDS_OF_PHRASE = 0.5
"""Weight of the single words of a quoted phrase, relative to the phrase."""


def close_to(
    query: Query,
    described: Sequence[FieldEquals] = (),
    cited_in_words: bool = False,
    numbers_in_words: bool = False,
) -> Query | None:
    """What matches some of ``query`` but not all, or is ``described`` by its words (``meant``); the
    more it matches, the better it scores.

    What was typed as a field's value, or left out, still holds; so do citations and numbers, unless
    they were read from words (``cited_in_words``, ``numbers_in_words``). A number alone makes
    nothing close: another Norco is close to "Norco #120", a home aide for 120 hours is not.
    ``None`` for a search that has nothing to give up.
    """
    parts = list(_asked_parts(in_words(query)))
    cited = [
        part
        for part in parts
        if cited_in_words
        and (values := _values_in(part))
        and all(value.field in CITATION_FIELDS for value in values)
    ]
    wordy = [part for part in parts if asks_for_words(part)]
    numbers = [part for part in parts if numbers_in_words and isinstance(part, Range)]
    firm = [part for part in parts if part not in (*wordy, *cited, *numbers)]
    some = (
        *map(_softened, wordy),
        *(ConstantScore(in_class(name), SAME_CLASS, "class") for name in classes_in(query)),
        *chain.from_iterable(map(_citation_wishes, cited)),
        *wishes_meant(query, described),
    )
    if not some:
        return None
    close: Query = MinShouldMatch(some, 1)
    if numbers:
        close = Boosted(close, tuple(ConstantScore(part, SAME_NUMBER) for part in numbers))
    return And((*firm, close, Not(query)))


def asked_for(query: Query) -> tuple[Query, ...]:
    """The words, phrases and treatments of a search that an issue can match one by one."""
    return tuple(part for part in _asked_parts(in_words(query)) if asks_for_words(part))


def classes_in(query: Query) -> tuple[str, ...]:
    """The classes of the treatments that a search names, as "category > subcategory"."""
    names = dict.fromkeys(
        class_of(value.value)
        for one in treatments_in(query)
        for value in _values_in(one.filter)
        if value.field == "disputes"
    )
    return tuple(name for name in names if name)


def meant(query: Query) -> tuple[FieldEquals, ...]:
    """The treatments and classes that the plain words of a search mean without naming them."""
    parts = list(_asked_parts(in_words(query)))
    plain = (part for part in parts if isinstance(part, Term) and not (part.fields or part.exact))
    typed = [word for part in plain for word in words(part.word)]
    regions = [word for part in parts for word in _region_words(part)]
    if len(typed) > MOST_TYPED:
        return ()
    return tuple(
        in_class(gloss.name) if gloss.is_class else FieldEquals("treatment", gloss.name)
        for gloss in meant_by(typed, regions)
    )


def wishes_meant(query: Query, described: Iterable[FieldEquals]) -> tuple[Query, ...]:
    """What an issue gains that is ``described`` by the words of a search (``meant``)."""
    weight = MEANT_BESIDE if any(treatments_in(query)) else MEANT
    meant = tuple(described)
    return (
        *(ConstantScore(value, weight, "gloss") for value in meant),
        *(ConstantScore(value, weight * AKIN, "gloss") for value in _classes_beside(meant)),
    )


def about_what_is_meant(query: Query, described: Sequence[FieldEquals]) -> Query:
    """``query``, which requires most of its words, for what they mean alone: any issue shares some
    of the words."""
    return Filtered(query, Or((*described, *_classes_beside(described))), "meant")


def _classes_beside(meant: Sequence[FieldEquals]) -> list[FieldEquals]:
    """The classes of the treatments that are meant, without those that are meant themselves."""
    names = (class_of(value.value) for value in meant if value.field == "treatment")
    classes = dict.fromkeys(in_class(name) for name in names if name)
    return [one for one in classes if one not in meant]


def _region_words(part: Query) -> Sequence[str]:
    """The typed word of a part that names a body part and no treatment."""
    if {value.field for value in _values_in(part)} != {"body"}:
        return ()
    leaves = positive_leaves(part)
    return words(leaves[0].word) if leaves and isinstance(leaves[0], Term) else ()


def _asked_parts(query: Query) -> Iterator[Query]:
    match query:
        case And(parts) | MinShouldMatch(parts):
            for part in parts:
                yield from _asked_parts(part)
        case Boosted(And() | MinShouldMatch() as part, wishes):
            yield from _asked_parts(part)
            yield from wishes
        case _:
            yield query


def _citation_wishes(part: Query) -> Iterator[Query]:
    """Who cites it, and what is akin to citing it; a family of guidelines says little."""
    is_family = len(_values_in(part)) > MOST_PLACES
    yield ConstantScore(part, CITED_FAMILY if is_family else CITED, "citation")
    if isinstance(part, Boosted):
        yield from part.wishes


def _softened(part: Query) -> Query:
    """A quoted phrase comes first, its words in other forms or places after it."""
    match part:
        case Phrase(words, fields):
            single = tuple(Boost(Term(word, fields), _WORDS_OF_PHRASE) for word in words)
            return Or((Phrase(words, fields, exact=False), *single))
        case Term(word, fields):
            return Term(word, fields)
        case _:
            return part


def _values_in(query: Query) -> Sequence[FieldEquals]:
    return [node for node in walk(query) if isinstance(node, FieldEquals)]
