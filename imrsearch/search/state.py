"""A search as a person left it, and its one canonical address.

``SearchState`` alone knows the URL's parameters: the same key again means OR, different keys mean
AND, ``not.body=knee`` leaves a value out, ``body=~unknown`` asks for a missing one and
``year=2013..2016`` for a range. How freely the words are read is told by ``match=all`` or ``most``,
and by ``expand=0``, ``intent=0`` and ``spell=0``, which switch off other names, the reading of
citations and words of outcome, and the mending of misspellings. ``mentions=1`` asks for the issues
that only mention a treatment as well as for those that dispute it. ``group=case`` puts the issues
of a case together, ``group=wording`` shows of issues with the same rationale only the first,
``view=compact`` shows each row in one line. States never change: every step
makes a new one, and every step but turning the page starts again at page 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl, urlencode

from imrsearch.query.required import MatchMode as MatchMode  # for callers of a search
from imrsearch.schema import FACETS

SORTS = ("relevance", "newest", "oldest", "overturned", "quantity", "visits_so_far")
PAGE_SIZES = (10, 20, 50)
MATCHES: tuple[MatchMode, ...] = ("", "all", "most")
GROUPS = ("", "case", "wording")
VIEWS = ("", "compact")
SWITCHES = ("expand", "intent", "spell")
_CHOICES_OF = {"sort": SORTS, "match": MATCHES, "group": GROUPS, "view": VIEWS}
_PLAIN = ("q", "sort", "page", "per_page", "match", "group", "view")

_EXCLUDE = "not."
# Control characters and lone halves of surrogate pairs: nothing that can be searched for.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class MultiDict(Protocol):
    """A parsed query string as web frameworks provide it."""

    def items(self, multi: bool = ...) -> Iterable[tuple[str, str]]:
        """Pairs of key and value; with ``multi``, repeated keys too."""


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """A facet's value that is asked for, or ``excluded``."""

    facet: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class SearchState:
    """The words and everything chosen beside them; always in canonical form.

    Blanks in ``q`` are single, ``choices`` are sorted and unique, a sort that does not exist or a
    page longer than the longest of ``PAGE_SIZES`` is the default one. ``match`` is empty where the
    search's form decides.
    """

    q: str = ""
    choices: tuple[Choice, ...] = ()
    sort: str = SORTS[0]
    page: int = 1
    per_page: int = PAGE_SIZES[0]
    match: MatchMode = ""
    group: str = ""
    view: str = ""
    expand: bool = True
    intent: bool = True
    spell: bool = True
    mentions: bool = False

    def __post_init__(self) -> None:
        """Bring every field into canonical form."""
        put = object.__setattr__
        put(self, "q", _clean(self.q))
        clean = {replace(choice, value=_clean(choice.value)) for choice in self.choices}
        put(self, "choices", tuple(sorted(choice for choice in clean if choice.value)))
        put(self, "page", max(self.page, 1))
        if not 1 <= self.per_page <= PAGE_SIZES[-1]:
            put(self, "per_page", PAGE_SIZES[0])
        for name, known in _CHOICES_OF.items():
            if getattr(self, name) not in known:
                put(self, name, known[0])

    # ------------------------------------------------------------------------ from and to URLs

    @classmethod
    def from_url(cls, source: str | MultiDict) -> SearchState:
        """The state that a query string, an address beginning with "/" or a multidict asks for.

        Unknown keys are ignored; unknown values are kept, so that a link never silently means
        something else. Never raises.
        """
        pairs = _parameter_pairs(source)
        last = dict(pairs)
        return cls(
            q=last.get("q", ""),
            choices=tuple(
                Choice(facet, value, excluded=facet != key)
                for key, value in pairs
                if (facet := key.removeprefix(_EXCLUDE)) in FACETS
            ),
            sort=last.get("sort", ""),
            page=_number_or(last.get("page", ""), 1),
            per_page=_number_or(last.get("per_page", ""), PAGE_SIZES[0]),
            match=cast("MatchMode", last.get("match", "")),
            group=last.get("group", ""),
            view=last.get("view", ""),
            **{switch: last.get(switch) != "0" for switch in SWITCHES},
            mentions=last.get("mentions") == "1",
        )

    def to_url(self, path: str = "/search") -> str:
        """The canonical address: keys sorted, empty and default ones dropped."""
        query = self.query_string()
        return f"{path}?{query}" if query else path

    def query_string(self) -> str:
        """The canonical address's part after the question mark, possibly empty."""
        return _query_string(self)

    def parameters(self) -> list[tuple[str, str]]:
        """Keys and values of the canonical address, in order: also a form's hidden fields."""
        plain = [
            (name, str(getattr(self, name)))
            for name in _PLAIN
            if getattr(self, name) != getattr(_DEFAULT, name)
        ]
        plain += [(switch, "0") for switch in SWITCHES if not getattr(self, switch)]
        plain += [("mentions", "1")] if self.mentions else []
        chosen = [
            (_EXCLUDE * choice.excluded + choice.facet, choice.value) for choice in self.choices
        ]
        return sorted(plain + chosen)

    def value_urls(self) -> Callable[[str], Callable[[str], str]]:
        """A function of a facet that returns a function of a value: the address with the value
        added, or taken away where it is chosen.

        It is the address that ``with_value`` or ``without_value`` leads to, but no state is made
        for each of a page's many values.
        """
        base = {pair: _encoded_pair(pair) for pair in self.with_page(1).parameters()}
        return partial(_value_url, base)

    # ------------------------------------------------------------------------------- questions

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The values asked for, by facet."""
        return self._by_facet(excluded=False)

    @property
    def excluded(self) -> dict[str, tuple[str, ...]]:
        """The values left out, by facet."""
        return self._by_facet(excluded=True)

    def _by_facet(self, excluded: bool) -> dict[str, tuple[str, ...]]:
        chosen = (choice for choice in self.choices if choice.excluded == excluded)
        by_facet = groupby(chosen, attrgetter("facet"))
        return {facet: tuple(choice.value for choice in some) for facet, some in by_facet}

    # ----------------------------------------------------------------------------------- steps

    def with_query(self, q: str) -> SearchState:
        """The same choices for other words."""
        return replace(self, q=q, page=1)

    def with_value(self, facet: str, value: str) -> SearchState:
        """One more value asked for; it is no longer left out."""
        return self._with(Choice(facet, value))

    def with_excluded(self, facet: str, value: str) -> SearchState:
        """One more value left out; it is no longer asked for."""
        return self._with(Choice(facet, value, excluded=True))

    def without_value(self, facet: str, value: str) -> SearchState:
        """The value neither asked for nor left out."""
        kept = (c for c in self.choices if (c.facet, c.value) != (facet, value))
        return replace(self, choices=tuple(kept), page=1)

    def without_facet(self, facet: str) -> SearchState:
        """Nothing chosen of this facet."""
        kept = (choice for choice in self.choices if choice.facet != facet)
        return replace(self, choices=tuple(kept), page=1)

    def without_choices(self) -> SearchState:
        """The words alone."""
        return replace(self, choices=(), page=1)

    def with_sort(self, sort: str) -> SearchState:
        """Another order."""
        return replace(self, sort=sort, page=1)

    def with_per_page(self, per_page: int) -> SearchState:
        """Another page size."""
        return replace(self, per_page=per_page, page=1)

    def with_page(self, page: int) -> SearchState:
        """Another page of the same search."""
        return self if page == self.page else replace(self, page=page)

    def with_match(self, match: MatchMode) -> SearchState:
        """The same words, all or most of them asked for."""
        return replace(self, match=match, page=1)

    def with_group(self, group: str) -> SearchState:
        """Rows one by one, or those of a case together."""
        return replace(self, group=group, page=1)

    def with_mentions(self, mentions: bool) -> SearchState:
        """The issues that dispute what is named, or all that mention it."""
        return replace(self, mentions=mentions, page=1)

    def with_view(self, view: str) -> SearchState:
        """The same page of results, each row at length or in one line."""
        return replace(self, view=view)

    def without(self, *switches: str) -> SearchState:
        """Some of ``SWITCHES`` off."""
        off: dict[str, Any] = dict.fromkeys(switches, False)
        return replace(self, page=1, **off)

    def _with(self, choice: Choice) -> SearchState:
        others = self.without_value(choice.facet, choice.value)
        return replace(others, choices=(*others.choices, choice))


def compare_url(a: str, b: str, beside: SearchState | None = None, suffix: str = "") -> str:
    """The address of a comparison; the filters of ``beside`` apply to both searches."""
    kept = beside.with_query("").parameters() if beside else []
    return f"/compare{suffix}?{urlencode([('a', a), ('b', b), *kept], safe=':~,')}"


def _value_url(base: Mapping[tuple[str, str], str], facet: str) -> Callable[[str], str]:
    def url(value: str) -> str:
        own, opposite = (facet, _clean(value)), (_EXCLUDE + facet, _clean(value))
        pairs = {pair: text for pair, text in base.items() if pair not in (own, opposite)}
        if own not in base:
            pairs[own] = _encoded_pair(own)
        query = "&".join(pairs[pair] for pair in sorted(pairs))
        return f"/search?{query}" if query else "/search"

    if any(key in (facet, _EXCLUDE + facet) for key, _ in base):
        return url
    # Nothing of this facet is chosen: every value stands between the same neighbours.
    before = "".join(f"{text}&" for (key, _), text in base.items() if key < facet)
    after = "".join(f"&{text}" for (key, _), text in base.items() if key > facet)
    return lambda value: f"/search?{before}{_encoded_value(facet, value)}{after}"


@lru_cache(maxsize=1_000)
def _query_string(state: SearchState) -> str:
    """Cached, as a page links to each search a dozen times, from different paths."""
    return "&".join(map(_encoded_pair, state.parameters()))


def _encoded_pair(pair: tuple[str, str]) -> str:
    return urlencode([pair], safe=":~,")


@lru_cache(maxsize=10_000)
def _encoded_value(facet: str, value: str) -> str:
    return _encoded_pair((facet, _clean(value)))


def _parameter_pairs(source: str | MultiDict) -> list[tuple[str, str]]:
    if not isinstance(source, str):
        return list(source.items(multi=True))
    query = source.partition("?")[2] if source.startswith("/") else source
    return parse_qsl(query.removeprefix("?"))


def _clean(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _number_or(text: str, otherwise: int) -> int:
    """``page=3`` is 3; anything that is no number is ``otherwise``."""
    try:
        return int(text)
    except ValueError:
        return otherwise


_DEFAULT = SearchState()

CountFound = Callable[[SearchState], int]
"""How many issues a search finds."""
