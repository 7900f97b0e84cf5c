"""What a paragraph of a denial says before it names the request that it is about.

Below a list of requests, a reviewer often ends with the name: "There is no deficit in a dermatome.
Therefore, the injection is not medically necessary."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.drafts import Draft

_CONCLUDES = patterns("paragraph")["concludes"]


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """A sentence that names no request, its place among all, and the requests it was told of."""

    sentence: str
    place: int
    about: tuple[Draft, ...]


@dataclass(slots=True)
class Paragraph:
    """The sentences of a piece before it names a request, and the requests that it then denies."""

    _unnamed: list[_Unnamed] = field(default_factory=list)
    _denied: list[Draft] = field(default_factory=list)
    _is_concluded: bool = False
    _is_named: bool = False

    def tell(self, sentence: str, place: int, about: Sequence[Draft]) -> None:
        """Note a sentence that names no request, by those that it was told of."""
        if not self._is_named:
            self._unnamed.append(_Unnamed(sentence, place, tuple(about)))

    def name(self, sentence: str, named: Sequence[Draft], *, denies: bool) -> None:
        """Note the requests that a sentence names, and whether it ``denies`` them."""
        self._is_named = True
        if denies and self._unnamed:
            self._denied += named
            self._is_concluded = self._is_concluded or _CONCLUDES.match(sentence) is not None

    def decide(self) -> None:
        """Note a decision without a name: it is on all requests told of, and nothing is left."""
        self._unnamed, self._is_named = [], True

    def settle(self) -> None:
        """Tell the requests denied by name what was told of others.

        Where no "therefore" says so, the first request told of must be among them: what only goes
        with an operation is denied for other reasons than those told before.
        """
        meant = {id(one): one for one in self._denied}
        for told in self._unnamed:
            if meant and (self._is_concluded or id(told.about[0]) in meant):
                known = {id(one): one for one in told.about}
                for draft in told.about:
                    draft.shared.discard(told.sentence)
                for place in known.keys() - meant.keys():
                    known[place].told.remove(told.sentence)
                    known[place].places.remove(told.place)
                for place in meant.keys() - known.keys():
                    meant[place].tell(told.sentence, told.place, is_shared=False)
