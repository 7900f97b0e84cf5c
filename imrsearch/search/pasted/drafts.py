"""The requests of a text while it is read: what is named twice is one request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.reasons import ruled_out
from imrsearch.catalogue.treatments import PHARMACEUTICALS, find_treatments, subcategory_of
from imrsearch.letters.service import ServiceFacts, read_service
from imrsearch.search.pasted.request import Request
from imrsearch.search.pasted.wording.amounts import cut_from, granted_in, written_anew
from imrsearch.search.pasted.wording.clauses import depends_on_another, reason_ahead
from imrsearch.search.pasted.wording.manners import (
    CERTIFIED,
    DECISIONS,
    DEFERRED,
    DENIED,
    WITHDRAWN,
    manner_of,
)
from imrsearch.search.pasted.wording.services import (
    BEGINNING,
    LONGEST_REQUEST,
    treatments_in_earnest,
)
from imrsearch.text.phrases import split_words
from imrsearch.text.quantities import unit_of

_PATTERNS = patterns("drafts")

GENERAL = (
    *("surgery", "supplies", "injection", "brace", "exercise program", "decompression"),
    *("nerve block", "arthroscopy", "ergonomic equipment", "transportation", "consultation"),
    "home health care",
)
"""Treatments that ordinary words name: "repair", "block"."""
_OF_MANY_KINDS = ("surgery", "durable medical equipment")
"""Names for any treatment of their category: "The purchase is denied"."""
_KINDS = ("surgery", "injection", "medication", "supplies")
"""Kinds of treatment; a list below may say which ones are meant."""
_VISIT = "office visit"
"""What "physical examination" is read as, in a sentence about something else."""
_BARE = 5
"""Fewest blanks of a sentence that says more than its decision."""
_LABEL = 4
"""Words that stand for a request, and no more, have fewer blanks: "The patches"."""
_SUBJECT = _PATTERNS["subject"]
_IN_PART = _PATTERNS["in_part"]
_NO_REFILLS = _PATTERNS["no_refills"]
_ANY_COUNT = _PATTERNS["any_count"]
_AND = re.compile(r" and |, ", re.IGNORECASE)
_THE_WORD = _PATTERNS["the_word"]
_WORD = re.compile(r"[a-z]{4,}")
_OF_MANY = frozenset(
    ("injection", "therapy", "treatment", "unit", "program", "surgery", "care", "visit", "study")
)
"""Last words of so many names that alone they tell none."""
_DEFINITE = _PATTERNS["definite"]
_PLURAL = re.compile(r"(?:(?<=ch)es|(?<=sh)es|s)\Z")
_THAT_ONE = _PATTERNS["that_one"]


@dataclass(slots=True)
class Draft:
    """A request while the text is being read, with the sentences about it.

    ``shared`` are those of the sentences that were said of several requests, ``places`` the numbers
    of all that speak of it, in the order of the text.

    ``granted``: how much of it was certified, where that is less than what was asked for;
    ``is_part``: a decision says that some of it was.

    ``repeats``: its reasons are those of an earlier request, "Same as above".

    ``tentative``: named in no manner, so it counts only where nothing is named in earnest.
    """

    request: Request
    denied: bool = False
    certified: bool = False
    withdrawn: bool = False
    deferred: bool = False
    tentative: bool = False
    repeats: bool = False
    granted: int | None = None
    is_part: bool = False
    number: str = ""
    told: list[str] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    def tell(self, sentence: str, place: int, is_shared: bool) -> None:
        """Note a sentence about it; ``is_shared``: it was said of several requests at once."""
        self.told.append(sentence)
        self.places.append(place)
        if is_shared:
            self.shared.add(sentence)

    def repeat(self, earlier: Draft) -> None:
        """Take over what was said of an earlier request, the first time that a text says so."""
        if not self.repeats and earlier is not self:
            self.repeats = True
            self.told += earlier.own()

    def own(self) -> list[str]:
        """What was said of it alone, bare decisions left out."""
        return [
            one
            for one in self.told
            if one not in self.shared
            and (one.count(" ") >= _BARE or manner_of(one) not in DECISIONS)
        ]

    def reasons_told(self, shares: bool) -> list[str]:
        """The sentences that may be reasons; where the others share (``shares``), only its own.

        "Reason: …" after a list, and then "Items 2 and 3: …", is the reason for item 1. What a text
        tells of the patient before the first request's own paragraph is no reason.
        """
        own = self.own()
        if shares or not own:
            return own or self.told
        telling = (one for one in own if manner_of(one) not in DECISIONS)
        first = self.told.index(next(telling, own[0]))
        decided = [one for one in self.told[:first] if manner_of(one) in DECISIONS]
        return [*decided, *self.told[first:]]

    def grants_less(self, sentence: str) -> bool:
        """Whether what a sentence grants is less than what was asked for: four of ten sessions."""
        asked = self.request.quantity
        if _NO_REFILLS.search(sentence) and "refill" in self.request.text.lower():
            return True
        if asked is None or not _ANY_COUNT.search(sentence):
            return False
        if granted := granted_in(sentence):
            return granted < asked.amount
        told = written_anew(sentence[:LONGEST_REQUEST])
        amount = read_service(f"{self.request.treatment}, {told}").quantity
        return amount is not None and amount.amount < asked.amount

    def grant(self, told: str) -> None:
        """Note how much of it a decision grants, where that is less than what was asked for."""
        asked = self.request.quantity
        named = treatments_in_earnest(told)
        is_its = not named or self.request.treatment in named
        granted = granted_in(told) if is_its else None
        if asked and granted and granted < asked.amount:
            self.granted = granted
        self.is_part = self.is_part or _IN_PART.search(told) is not None

    def note(self) -> str:
        """What of it was certified, "6 of 12 visits certified"; empty where that is nothing."""
        asked = self.request.quantity
        if not self.granted and not (self.denied and self.is_part):
            return ""
        if not self.granted or not asked:
            return "Certified in part."
        unit = "" if asked.unit == "units" else f" {unit_of(asked.amount, asked.unit)}"
        return f"{self.granted} of {asked.amount:g}{unit} certified."

    def decide(self, manner: str) -> None:
        """Note a decision; ``manner`` may be none. What is denied was asked for."""
        self.denied = self.denied or manner == DENIED
        self.tentative = self.tentative and manner != DENIED
        self.certified = self.certified or manner == CERTIFIED
        self.withdrawn = self.withdrawn or manner == WITHDRAWN
        self.deferred = self.deferred or manner == DEFERRED

    @property
    def is_decided(self) -> bool:
        """Whether the text said what became of it."""
        return self.denied or self.certified or self.withdrawn or self.deferred

    @property
    def is_disputed(self) -> bool:
        """Whether it is asked for still, or was denied."""
        is_open = not (self.certified or self.deferred)
        return not self.withdrawn and (self.denied or is_open)

    @property
    def is_of_kind(self) -> bool:
        """Whether it names only a kind of treatment, and no item of a list."""
        return self.request.treatment in _KINDS and not self.number

    def ruled_out(self) -> frozenset[str]:
        """The criteria that never decide a request of its kind."""
        return ruled_out(self.request.category, subcategory_of(self.request.treatment))

    def short_names(self) -> frozenset[str]:
        """Words that name it in short behind "the": "chair" of an ergonomic chair."""
        told = self.request.text[:LONGEST_REQUEST]
        printed = (
            told[one.start : one.end].lower()
            for one in find_treatments(split_words(told))
            if one.value.treatment.name == self.request.treatment
        )
        names = (self.request.treatment or "", *printed)
        return frozenset(_singular(name.split()[-1]) for name in names if name)

    def complete(self, facts: ServiceFacts | Request) -> None:
        """Fill in the body part and amount where they are not known."""
        self.request = _completed(self.request, facts)


class Drafts(list[Draft]):
    """All requests that a text has named so far, in its order."""

    def note(self, text: str, facts: ServiceFacts, manner: str, number: str) -> Draft:
        """The request that a text names: an earlier one, completed, or a new one."""
        draft = self._known(text, facts)
        if draft is None and number and (kind := self._kind_of(facts)):
            kind.request, kind.number = _drafted_request(text, facts), number
            draft = kind
        if draft is None:
            draft = Draft(_drafted_request(text, facts), tentative=not manner, number=number)
            self.append(draft)
        elif manner and draft.tentative and draft.request.treatment == facts.treatment:
            draft.request = _completed(_drafted_request(text, facts), draft.request)
        elif manner not in (CERTIFIED, WITHDRAWN, DEFERRED):
            draft.complete(facts)
        is_less = manner == CERTIFIED and draft.grants_less(text)
        draft.decide(DENIED if is_less else manner)
        draft.tentative = draft.tentative and not manner
        return draft

    def _known(self, text: str, facts: ServiceFacts) -> Draft | None:
        """The earlier request that is meant: the same one, or "the fusion" of a lumbar fusion."""
        same = (one for one in self if is_same_service(one.request, facts))
        return (
            next(same, None)
            or self._of_brand(text, facts)
            or self._in_short(text, facts)
            or self._spoken_of(text, facts)
        )

    def _of_brand(self, text: str, facts: ServiceFacts) -> Draft | None:
        """The drug whose request prints the name that a text begins with: "Terocin" of "Terocin
        patches #30", which alone is another of its forms."""
        if facts.category != PHARMACEUTICALS:
            return None
        found = find_treatments(split_words(text[:BEGINNING]))
        name = next((text[: one.end].lower() for one in found if one.start == 0), "")
        of_brand = (one for one in self if one.request.text.lower().startswith(name))
        return next(of_brand, None) if name else None

    def _in_short(self, text: str, facts: ServiceFacts) -> Draft | None:
        """The request that a text begins to name in short: "The evaluation is certified"."""
        short = _THAT_ONE.match(text)
        if short is None:
            return None
        name = _singular((short["name"] or short["alone"]).lower())
        of_name = (one for one in self if name in one.short_names())
        return next((one for one in of_name if _may_be_one(one.request, facts)), None)

    def _spoken_of(self, text: str, facts: ServiceFacts) -> Draft | None:
        """The request of its category that a service spoken of before, or a general one, is."""
        if not _is_definite(text, facts) and facts.treatment not in (*GENERAL, *_OF_MANY_KINDS):
            return None
        alike = (one for one in self if one.request.category == facts.category)
        if facts.treatment not in _OF_MANY_KINDS:
            alike = (one for one in alike if _last_word(one.request) == _last_word(facts))
        return next(alike, None)

    def are_general(self) -> bool:
        """Whether all requests so far name only kinds of treatment: "your proposal for surgery"."""
        return all(one.is_of_kind for one in self)

    def _kind_of(self, facts: ServiceFacts) -> Draft | None:
        """The kind named ahead of a list whose item is of that kind: the surgery that "1) Lumbar
        fusion" is."""
        last = (one for one in self[-1:] if one.request.category == facts.category)
        return next((one for one in last if one.is_of_kind), None)

    def numbers(self) -> list[str]:
        """The numbers of their items: the list changes once one more request is named."""
        return [one.number for one in self]

    def numbered(self, numbers: Sequence[str]) -> list[Draft]:
        """The requests of the numbers of items."""
        return [one for one in self if one.number and one.number in numbers]

    def named_in(self, text: str) -> list[Draft]:
        """The requests that a text names, also in short: "page 340 for the brace"."""
        names = treatments_in_earnest(text)
        short = set(map(_singular, _WORD.findall(text[:LONGEST_REQUEST].lower()))) - _OF_MANY
        return [
            one
            for one in self
            if one.request.treatment in names
            or one.short_names() & short
            or one.request.text.lower().startswith(text.lower())
        ]

    def before(self, draft: Draft) -> list[Draft]:
        """The request named right before another."""
        place = next(place for place, one in enumerate(self) if one is draft)
        return self[place - 1 : place] if place else []

    def undecided(self) -> list[Draft]:
        """The last requests of which nothing was said: those that "Decision: approved" is on. What
        stands in a letterhead ("Review, a unit of …") is among them only where nothing else is."""
        return earnest(list(takewhile(lambda one: not one.is_decided, reversed(self))))

    def begun_by(self, sentence: str) -> list[Draft]:
        """The requests whose treatment a sentence begins with.

        "Because the surgery is denied, the therapy is denied" begins behind its comma. "With regard
        to the chair, …" names it in short; "The surgery is denied", if it was, may be why no
        therapy follows.
        """
        if depends_on_another(sentence):
            return []
        begins = reason_ahead(sentence)
        beginning = sentence[begins:][:BEGINNING]
        subject = _SUBJECT.match(beginning)
        names = _named_first(beginning, subject)
        named = [one for one in self if one.request.treatment in names]
        is_reason = not named and manner_of(sentence) in DECISIONS
        told = subject[0] if subject else beginning if beginning.count(" ") < _LABEL else ""
        short = set(map(_singular, _THE_WORD.findall(told.lower())))
        other = (one for one in self if not (one in named or (is_reason and one.is_decided)))
        named += [one for one in other if one.short_names() & short]
        if begins and not named:
            last = {name.split(" ")[-1] for name in names}
            named = [one for one in self if str(one.request.treatment).split()[-1] in last]
        return named


def _named_first(beginning: str, subject: re.Match[str] | None) -> set[str]:
    """The treatment that a sentence begins with, and the others of its subject: "The assistant
    surgeon and the clearance were denied"."""
    found = find_treatments(split_words(beginning))
    end = subject.end() if subject and _AND.search(subject[0]) else 0
    meant = (one for place, one in enumerate(found) if place == 0 or one.start < end)
    return {one.value.treatment.name for one in meant} - {_VISIT}


def earnest(told: list[Draft]) -> list[Draft]:
    """Those that are not tentative, if there are any."""
    return [one for one in told if not one.tentative] or told


def is_same_service(request: Request, facts: ServiceFacts) -> bool:
    """Whether a service is that of a request: one treatment, and no other body part."""
    return request.treatment == facts.treatment and _may_be_one(request, facts)


def _may_be_one(request: Request, facts: ServiceFacts) -> bool:
    """Whether service and request share a body part, or one of them names none."""
    one, other = set(request.body_parts), set(facts.body_parts)
    return not one or not other or not one.isdisjoint(other)


def _singular(word: str) -> str:
    """ "patches" as "patch", "braces" as "brace"."""
    return _PLURAL.sub("", word)


def _is_definite(text: str, facts: ServiceFacts) -> bool:
    """Whether a service is one spoken of before: "The fusion …", "no reason for this fusion"."""
    last = re.escape(_last_word(facts))
    return bool(
        _DEFINITE.match(text)
        or (last and re.search(rf"\b(?:the|this|such|said) (?:[\w-]+ )?{last}\b", text, re.I))
    )


def _last_word(service: Request | ServiceFacts) -> str:
    """What the treatment is at all: the injection of "trigger point injection"."""
    return (service.treatment or "").split(" ")[-1]


def _drafted_request(text: str, facts: ServiceFacts) -> Request:
    amount = cut_from(text) or facts.quantity
    return Request(text, facts.treatment, facts.category, facts.body_parts, amount)


def _completed(request: Request, facts: ServiceFacts | Request) -> Request:
    return replace(
        request,
        body_parts=request.body_parts or facts.body_parts,
        quantity=request.quantity or facts.quantity,
    )
