"""What someone who types may be about to search for: services and drugs, body parts, guidelines and
their sections.

Only what the index holds is suggested, the more frequent first, so that nothing leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from imrsearch.catalogue.body_parts import names_of_region
from imrsearch.catalogue.synonyms import expansions
from imrsearch.query.tree import And, FieldEquals, Query
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS
from imrsearch.search.results import treatment_url
from imrsearch.search.state import SearchState
from imrsearch.text.words import words

MIN_TYPED = 2
"""Letters that must be typed before anything is suggested."""
MAX_SUGGESTIONS = 8
_KIND_TITLES = {
    "treatment": "Treatment or drug",
    "body": "Body part",
    "reason": "Reason",
    "guideline": "Guideline",
    "cites": "Page or section",
}
"""The fields suggestions come from, with the word for each."""
_THINGS = ("treatment", "body")
_MOST_TYPED = 100
_NAMES_OF_VALUE = 3
_MOST_WORDS_OF_BOTH = 6
_MOST_COUNTED = 8

Counts = Callable[[Sequence[Query]], Sequence[int]]
"""How many issues each of some queries finds."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be meant: its ``label`` and ``kind`` in words, ``url`` the search or page itself."""

    label: str
    kind: str
    count: int
    url: str


class Suggester:
    """The values of one build, each with the words by which it is found; ``counts`` asks it."""

    def __init__(self, vocabulary: Vocabulary, counts: Counts) -> None:
        self._entries: list[tuple[frozenset[str], str, str]] = []
        for field in _KIND_TITLES:
            for value in vocabulary.values(field):
                others = names_of_region(value) if field == "body" else ()  # lumbar
                told = " ".join((FACETS[field].label(value), value, *others))
                self._entries.append((frozenset(words(told)), field, value))
        self._vocabulary = vocabulary
        self._counted = counts

    def suggest(self, text: str, limit: int = MAX_SUGGESTIONS) -> tuple[Suggested, ...]:
        """The values whose words begin with those typed, in any order: treatments and body parts
        before what is said of them, the more frequent first.

        Other names lead to a treatment as well: Norco to hydrocodone. The last one is the page of
        the most frequent treatment among them. Words that are together no value's are tried as a
        treatment and a body part: "mri lum". Never raises.
        """
        typed = words(text[:_MOST_TYPED])
        if len("".join(typed)) < MIN_TYPED:
            return ()
        found = dict.fromkeys((*self._beginning(typed), *self._named(text)))
        if not found:
            return tuple(self._both(typed))[:limit]
        ordered = sorted(
            found, key=lambda each: (each[0] not in _THINGS, -self._vocabulary.count(*each))
        )
        leading = next((value for field, value in ordered[:limit] if field == "treatment"), None)
        pages = [self._page(leading)] if leading else []
        searches = ordered[: limit - len(pages)]
        return (*(self._suggested(field, value) for field, value in searches), *pages)

    def _beginning(self, typed: Sequence[str]) -> Iterator[tuple[str, str]]:
        for label, field, value in self._entries:
            if all(any(word.startswith(start) for word in label) for start in typed):
                yield field, value

    def _named(self, text: str) -> Iterator[tuple[str, str]]:
        for name in expansions(text)[:_NAMES_OF_VALUE]:
            for found in self._beginning(words(name)):
                if found[0] == "treatment":
                    yield found

    def _both(self, typed: Sequence[str]) -> Iterator[Suggested]:
        pairs = dict.fromkeys(islice(self._pairs(typed), _MOST_COUNTED))
        counts = self._counted(
            [And((FieldEquals("treatment", one), FieldEquals("body", part))) for one, part in pairs]
        )
        for count, (one, part) in sorted(zip(counts, pairs, strict=True), reverse=True):
            if count:
                label = f"{FACETS['treatment'].label(one)}, {FACETS['body'].label(part).lower()}"
                url = SearchState().with_value("treatment", one).with_value("body", part).to_url()
                yield Suggested(label, "Treatment and body part", count, url)

    def _pairs(self, typed: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Treatments by some of the words and body parts by the others, whichever come first."""
        for cut in range(1, min(len(typed), _MOST_WORDS_OF_BOTH)):
            for some, others in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                named = (*self._beginning(some), *self._named(" ".join(some)))
                treatments = [value for field, value in named if field == "treatment"]
                parts = [value for field, value in self._beginning(others) if field == "body"]
                yield from product(treatments[:_NAMES_OF_VALUE], parts[:_NAMES_OF_VALUE])

    def _page(self, treatment: str) -> Suggested:
        return Suggested(
            label=f"{FACETS['treatment'].label(treatment)}: what won, what lost",
            kind="Page of the treatment",
            count=self._vocabulary.count("treatment", treatment),
            url=treatment_url(treatment),
        )

    def _suggested(self, field: str, value: str) -> Suggested:
        return Suggested(
            label=FACETS[field].label(value),
            kind=_KIND_TITLES[field],
            count=self._vocabulary.count(field, value),
            url=SearchState().with_value(field, value).to_url(),
        )
