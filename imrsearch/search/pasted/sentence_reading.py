"""What the sentences of a pasted text make of its requests: which they name, decide or tell of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.treatments import is_class_name
from imrsearch.letters.service import read_service
from imrsearch.model import Quantity
from imrsearch.search.pasted.drafts import Draft, Drafts, earnest
from imrsearch.search.pasted.form.item_numbers import numbers_begun, numbers_told
from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.held_field import HeldField
from imrsearch.search.pasted.likely_requests import LikelyRequest
from imrsearch.search.pasted.naming import names_request
from imrsearch.search.pasted.paragraph import Paragraph
from imrsearch.search.pasted.request import Reading
from imrsearch.search.pasted.told import MOST_NOTED, Told
from imrsearch.search.pasted.wording.amounts import cut_from, written_anew
from imrsearch.search.pasted.wording.cited import is_of_sources, source_clauses
from imrsearch.search.pasted.wording.clauses import asked_clauses, goes_on, is_decided_entry
from imrsearch.search.pasted.wording.days import dates
from imrsearch.search.pasted.wording.headings import decides
from imrsearch.search.pasted.wording.labels import tells_amount, tells_share
from imrsearch.search.pasted.wording.manners import (
    ASKED,
    CERTIFIED,
    DECISIONS,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    QUOTED,
    WHY,
    begins_with_all,
    is_of_all,
    is_of_rest,
    manner_of,
    points_on,
    undecided_part,
    without_condition,
)
from imrsearch.search.pasted.wording.prose import (
    asked_also,
    asked_part,
    asks_whether,
    is_instruction,
    is_medical,
    is_notice,
    is_of_associated,
    is_question,
    is_refused_by_guideline,
    is_same_reason,
    opens_list_with_why,
    says_why,
    tells_history,
)
from imrsearch.search.pasted.wording.quotes import Quotes
from imrsearch.search.pasted.wording.services import (
    BEGINNING,
    LONGEST_REQUEST,
    diagnosis_codes,
    names_treatment,
    procedure_codes,
    services,
    tells_follow_up,
    treatments_in_earnest,
)

_PATTERNS = patterns("sentence_reading")

_QUOTE_MARKS = ' "“”'
_ANY_NUMBER = _PATTERNS["any_number"]
_CODE_LINE = _PATTERNS["code_line"]
# "72148/72131:", "L1832:"
_LABEL_CODE = re.compile(r"\b(?:\d{5}|[A-V]\d{4})\b")
_MORE_VISITS = _PATTERNS["more_visits"]
_OF_IT = _PATTERNS["of_it"]
_COUNTS_REQUESTS = _PATTERNS["counts_requests"]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, its ``place`` among all, its ``own`` manner and the one that it is read in.

    ``asked``: the amount that a decision tells to have been asked for and not granted whole.
    """

    sentence: str
    place: int
    own: str
    manner: str
    asked: Quantity | None
    is_quoted: bool


class SentenceReader:
    """Goes through the sentences of a text: ``current`` are the requests that they speak of now,
    ``listed`` those that the list read now has named, ``denies`` tells that something was denied.

    Of the piece that holds the sentence: ``number`` is the item's, ``is_numbered`` tells that a
    request has this number, ``is_decision`` that its field holds the decision.
    """

    def __init__(self, quotes: Quotes) -> None:
        self.drafts = Drafts()
        self.told = Told()
        self.current: list[Draft] = []
        self.listed: list[Draft] = []
        self.denies = self.is_numbered = self.is_decision = False
        self.is_report = self.denies_below = False
        self._is_of_heading = self._is_of_one = False
        self._field = HeldField()
        self._paragraph = Paragraph()
        self._begins_source = True
        self._opening: tuple[str, int] | None = None
        self.number = ""
        self._last = ""
        self._quotes = quotes

    def reading(self, likely: Mapping[str, LikelyRequest], *, is_certified: bool) -> Reading:
        """All that was read, complete; ``is_certified``: as the text's title says."""
        return self.told.reading(self.drafts, likely, denies=self.denies, is_certified=is_certified)

    def begin_with(self, treatment: str, line: str) -> None:
        """Speak of a treatment, which is denied, and of no class of others, from the first sentence
        on; a later ``line`` names it."""
        self.name(line, FIELD)
        meant = [one for one in self.drafts if one.request.treatment == treatment]
        self.drafts[:] = self.current = (meant or self.drafts)[:1]
        self.listed, self.denies, self._is_of_one = [], True, True

    def begin(self, piece: TextPiece) -> None:
        """A new piece: its number may turn to a request, its label may deny."""
        whole = piece.whole
        self.told.is_medical = self.told.is_medical or is_medical(whole)
        self.told.dates += dates(whole)
        self.denies = self.denies or manner_of(piece.label) == DENIED
        self.number = piece.number
        numbered = self.drafts.numbered(piece.numbers)
        self.current = numbered or self.current
        is_below_heading = self._is_of_heading and not (piece.label or piece.numbers)
        self.is_numbered = bool(numbered) or is_below_heading
        self._is_of_heading = is_below_heading or (bool(numbered) and not piece.text)
        self.is_decision = decides(piece.label)
        self._begins_source = self._begins_source or not self._field.is_source
        self._field = self._field.before(piece)
        self._opening = self._opening if piece.is_listed else None
        self._paragraph = Paragraph()

    def leave_list(self) -> None:
        """A list ends: what comes next speaks of all that it named, but for what it grants."""
        listed = earnest(self.listed)
        disputed = [one for one in listed if one.denied or not one.certified]
        self.current, self.listed = disputed or listed or self.current, []

    def read(self, sentence: str, manner: str) -> None:
        """Take in a sentence of a piece, in the manner that the piece gives it."""
        is_decided = manner_of(sentence) in DECISIONS
        if self._field.is_source or (is_of_sources(sentence) and not is_decided):
            for clause in source_clauses(sentence):
                self.told.note_source(self.drafts.named_in(clause), begins=self._begins_source)
                self._begins_source = False
                self._read_one(clause, manner)
        else:
            self._read_one(sentence, manner)

    def _read_one(self, sentence: str, manner: str) -> None:
        place = len(self.told.sentences)
        self.told.sentences.append(sentence.strip(_QUOTE_MARKS))
        is_quoted = self._quotes.reads(sentence)
        if manner == QUOTED:
            self.turn_to(sentence)
            for draft in self.current:
                draft.places.append(place)
        elif is_question(sentence) and self.drafts:
            self.turn_to(sentence)  # "Why was the brace not approved?" above the reason
        elif not is_instruction(sentence) and (
            names_treatment(sentence) or not is_notice(sentence)
        ):
            self._take_in(self._said(sentence, place, manner, is_quoted))

    def note_grant(self, sentence: str) -> None:
        """Note how much a sentence, read in its parts, grants of the request spoken of."""
        if len(self.current) == 1 and manner_of(sentence) in DECISIONS:
            self.current[0].grant(sentence)

    def _said(self, sentence: str, place: int, manner: str, is_quoted: bool) -> _Said:
        """The sentence, its own manner weighed against that of its piece."""
        own = manner_of(sentence)
        asked = cut_from(sentence) if own in (CERTIFIED, DENIED) else None
        if asked and own == CERTIFIED:
            own, manner = DENIED, DENIED if manner == CERTIFIED else manner
        if is_quoted and self.drafts and not (own == DENIED and self._names_another(sentence)):
            manner, own = WHY, NONE
        if manner == HISTORY and (self.is_report or tells_history(sentence)):
            own = NONE  # "Background: the injection was denied in May 2019"
        refused = not self.is_report and is_refused_by_guideline(sentence)
        self.denies = self.denies or refused or DENIED in (own, manner)
        is_report = manner == WHY and own == ASKED and not (self.denies or self.denies_below)
        is_entry = manner == WHY and is_decided_entry(sentence)
        is_own = is_entry or (own == DENIED and not (manner == WHY and self.drafts))
        if not manner or is_report or is_own or (manner in (FIELD, DENIED) and own in DECISIONS):
            manner = own
        return _Said(sentence, place, own, manner, asked, is_quoted)

    def _names_another(self, sentence: str) -> bool:
        """Whether a sentence names, ahead of its reason, what no request is for yet: "They denied
        the massage too, the letter said …"."""
        known = {draft.request.treatment for draft in self.drafts}
        return not known.issuperset(treatments_in_earnest(asked_part(sentence)))

    def _take_in(self, said: _Said) -> None:
        sentence, own, manner = said.sentence, said.own, said.manner
        if items := self.drafts.numbered(numbers_begun(sentence)):
            self.current, self.is_numbered = items, True
        is_meant = False
        is_naming = names_request(sentence, manner, denies=self.denies, is_first=not self.drafts)
        named = not items and is_naming and self.name(sentence, manner)
        if not named:
            is_meant = not self.is_numbered and self.turn_to(sentence)
            decided = self._decided_by(sentence, own)
            for draft in decided:
                less = own == CERTIFIED and draft.grants_less(sentence)
                draft.decide(DENIED if less else own)
            if begins_with_all(sentence) and not self.is_numbered:
                self.current = decided or self.current
        if not (named or items) and len(self.current) == 1 and _OF_IT.match(sentence):
            self.complete_amount(undecided_part(sentence))
        if not (named or items) and own in (ASKED, DENIED):
            named = self._name_again(sentence, own)
        for draft in self.current if said.asked else ():
            amount = draft.request.quantity or said.asked
            draft.request = replace(draft.request, quantity=amount)
        self._note_aside(sentence, manner, named)
        if named or items or is_meant:
            self._paragraph.name(sentence, self.current, denies=own == DENIED)
        elif own in DECISIONS:
            self._paragraph.decide()
        if is_same_reason(sentence):
            self._repeat(sentence)
        is_told = says_why(sentence) or goes_on(sentence) if named else manner != HISTORY
        if is_told and (said.is_quoted or not self._quotes.is_appeal):
            self._tell(said, named, is_meant)
        elif named:
            for draft in self.current:
                draft.places.append(said.place)  # "Norco is denied (CPMTG, p. 78)" cites

    def _tell(self, said: _Said, named: bool, is_meant: bool) -> None:
        """Keep a sentence for the requests that it is about, or for those that follow."""
        if said.own == DENIED and opens_list_with_why(said.sentence):
            self._opening = self.told.sentences[said.place], said.place
            return
        about = self.drafts[1:] if is_of_associated(said.sentence) else self.current
        is_meant = is_meant or (named and len(about) < len(self.drafts))
        is_shared = len(about) > 1 and not (self.is_numbered or is_meant)
        for draft in about:
            draft.tell(self.told.sentences[said.place], said.place, is_shared)
        if about:
            self._paragraph.tell(self.told.sentences[said.place], said.place, about)
        is_reason = said.manner == WHY and " " in said.sentence
        if is_reason and not any(one.is_disputed for one in self.drafts):
            self.told.told_before.append(said.place)

    def _repeat(self, sentence: str) -> None:
        """The reasons of the request whose number is told, else of the one before, hold again."""
        numbered = self.drafts.numbered(numbers_told(sentence))
        for draft in self.current:
            for earlier in (numbered or self.drafts.before(draft))[:1]:
                draft.repeat(earlier)

    def _decided_by(self, sentence: str, manner: str) -> list[Draft]:
        """The requests that a decision without a name is on: those spoken of, or all undecided."""
        if manner not in DECISIONS:
            return self.current
        if told := self.drafts.numbered(numbers_told(sentence)):
            return told
        if points_on(sentence) or self._tells_why_after_grant(sentence):
            return []
        if is_of_rest(sentence):
            # "A month's supply is certified, the rest is denied"
            rest = [one for one in self.drafts if not one.is_decided]
            return earnest(rest) or (self.current if self._is_of_one else [])
        if is_of_all(sentence) or (self.is_decision and not self.is_numbered):
            return self.drafts.undecided() or self.current
        return self.current

    def _tells_why_after_grant(self, sentence: str) -> bool:
        """Whether only what a reviewer wrote denies, and what was just named is certified: "They
        approved the MRI. They wrote that there is no evidence of instability"."""
        is_granted = all(one.certified and not one.denied for one in self.current)
        return is_granted and manner_of(asked_part(sentence)) not in DECISIONS

    def name(self, sentence: str, manner: str) -> bool:
        """Note the requests that a sentence names; false where it names none."""
        room = max(MOST_NOTED - len(self.drafts), 0)
        meant = sentence if asks_whether(sentence) else without_condition(sentence)
        behind = meant[len(asked_part(meant)) :]
        told = asked_part(asked_clauses(meant) if manner in (ASKED, *DECISIONS) else meant)
        if names_treatment(asked := undecided_part(told)) and _ANY_NUMBER.search(asked):
            told = asked
        parts = (told, *(asked_part(one) for one in asked_also(behind)))
        named = (
            (text, facts)
            for part in parts
            for text, facts in services(part, is_field=self._field.is_service)
            # not "Opioids are denied beyond 80 MED" in a passage on one of them
            if not (self._is_of_one and is_class_name(facts.treatment or ""))
        )
        known = len(self.drafts)
        found = [
            self.drafts.note(text, facts, manner, self.number)
            for text, facts in islice(named, room)
        ]
        if self._opening:
            for draft in found:
                draft.tell(*self._opening, is_shared=False)
        for draft in found[-1:]:
            codes = (*draft.request.codes, *procedure_codes(told, is_row=False))
            draft.request = replace(draft.request, codes=codes)
        if not self.is_numbered or len(self.drafts) > known:
            # "2. The surgery is not certified, so this is not needed" still speaks of item 2.
            self.current = found or self.current
        self.listed += found
        return bool(found)

    def _name_again(self, sentence: str, manner: str) -> bool:
        """Note a request that leaves its treatment to the sentence before: "another 8 sessions"."""
        counts = _MORE_VISITS.search(sentence) and _ANY_NUMBER.search(sentence)
        is_count = _COUNTS_REQUESTS.search(sentence) is not None
        if not self._last or not counts or is_count or names_treatment(sentence):
            return False
        facts = read_service(f"{self._last}: {sentence[:LONGEST_REQUEST]}")
        if facts.treatment != self._last or facts.quantity is None:
            return False
        told = sentence.strip(" ,;.")
        self.current = [self.drafts.note(told, facts, manner, self.number)]
        return True

    def _note_aside(self, sentence: str, manner: str, named: bool) -> None:
        """What a sentence names beside the requests: the treatment last named, history, visits."""
        treatments = treatments_in_earnest(sentence)
        self._last = treatments[-1] if treatments else self._last
        if CERTIFIED in (manner, manner_of(sentence)) and tells_follow_up(sentence):
            self.told.certified.append("office visit")
        if not named and (
            manner == HISTORY or (manner in (NONE, CERTIFIED, WHY) and tells_history(sentence))
        ):
            self.told.history += treatments[: max(MOST_NOTED - len(self.told.history), 0)]

    def turn_to(self, sentence: str) -> bool:
        """A sentence that begins with a request's treatment speaks of that request."""
        return self._turn_to(self.drafts.begun_by(sentence))

    def turn_to_label(self, label: str) -> bool:
        """A label speaks of the requests that it names: "LABS, HAND THERAPY", "J1885"."""
        codes = set(_LABEL_CODE.findall(label.upper()))
        of_code = [one for one in self.drafts if not codes.isdisjoint(one.request.codes)]
        return self._turn_to(of_code or self.drafts.named_in(label) or self.drafts.begun_by(label))

    def _turn_to(self, named: list[Draft]) -> bool:
        self.current = named or self.current
        for draft in named:
            self._last = draft.request.treatment or self._last
        return bool(named)

    def complete(self, piece: TextPiece) -> None:
        """The codes, sources, diagnosis and amount of a piece, for the request named last."""
        self._paragraph.settle()
        is_row = piece.is_row and names_treatment(piece.text)
        if not is_row:
            self.told.diagnoses += diagnosis_codes(piece.whole)
        for draft in self.current[-1:]:
            others = () if is_row else {code for one in self.drafts for code in one.request.codes}
            told = (one for one in procedure_codes(piece.whole, is_row) if one not in others)
            draft.request = replace(draft.request, codes=(*draft.request.codes, *told))
            if piece.decision or manner_of(piece.label) == CERTIFIED:
                draft.grant(f"{piece.decision} {piece.label}: {piece.text}")
            if piece.about and names_treatment(piece.text):
                parts = draft.request.body_parts or read_service(piece.about).body_parts
                draft.request = replace(draft.request, body_parts=parts)
        is_share = tells_share(piece.label) and not names_treatment(piece.text)
        is_of_code = not piece.label and _CODE_LINE.match(piece.text)
        if is_share or is_of_code or tells_amount(piece.label):
            self.complete_amount(piece.text)

    def complete_amount(self, told: str) -> None:
        """The amount of the request named last, where its own words tell none."""
        for draft in self.current[-1:]:
            request = f"{draft.request.treatment}, {written_anew(told[:BEGINNING])}"
            draft.complete(read_service(request))
