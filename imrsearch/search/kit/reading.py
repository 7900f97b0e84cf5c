"""What a pasted text asks for: its requests in dispute, each with its reasons and citations.

A denial, a request for authorization (DWC Form RFA), a report or plain words. What is only history
and what was certified is told apart, unless the text denies it as well.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from imrsearch.letters.service import read_service
from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.amounts import written_anew
from imrsearch.search.kit.body_parts import with_body_parts
from imrsearch.search.kit.clauses import decided_parts
from imrsearch.search.kit.drafts import Draft, Drafts, begins_with_why, is_same_service
from imrsearch.search.kit.labels import is_why, label_manner, tells_amount, tells_sources
from imrsearch.search.kit.lines import (
    as_meant,
    begins_with_decision,
    decision_told,
    is_decided_by,
    is_entry,
    is_list_heading,
    numbers_told,
    opened_list,
    tells,
)
from imrsearch.search.kit.manners import (
    ASKED,
    CERTIFIED,
    DECIDED,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    WHY,
    is_of_all,
    is_of_rest,
    manner_of,
    points_on,
    undecided_part,
    without_condition,
)
from imrsearch.search.kit.pieces import TextPiece, pieces, without_form_name
from imrsearch.search.kit.prose import (
    asked_part,
    asks_nothing,
    is_held,
    is_instruction,
    is_medical,
    is_notice,
    is_of_associated,
    is_of_guideline,
    is_question,
    says_why,
    tells_history,
)
from imrsearch.search.kit.quotes import Quotes, without_quoted_guidelines
from imrsearch.search.kit.request import Reading, Request
from imrsearch.search.kit.section import Section
from imrsearch.search.kit.sections import asks_for_service, decides
from imrsearch.search.kit.services import (
    BEGINNING,
    LONGEST_REQUEST,
    begins_with_citation,
    dates,
    diagnosis_codes,
    names_chronic_pain,
    names_treatment,
    procedure_codes,
    services,
    tells_follow_up,
    treatments_in_earnest,
)
from imrsearch.search.kit.told import MOST_NOTED, MOST_REQUESTS, Told
from imrsearch.text.numbers import NUMBER_WORDS

_NEXT = {
    one: other
    for row in (map(str, range(1, MOST_REQUESTS + 1)), "abcdefgh", "ABCDEFGH")
    for one, other in pairwise(row)
}
"""The number or letter of the item behind each."""
_QUOTE_MARKS = ' "“”'
_FIRST = ("1", "a", "A")
_ANY_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(NUMBER_WORDS)}|dozen)\b", re.IGNORECASE)
_MORE_VISITS = re.compile(r"\b(?:sessions?|visits?|treatments?|injections?)\b", re.IGNORECASE)


def read_requests(text: str) -> tuple[Request, ...]:
    """The requests in dispute, in the order named; empty for a text that asks for nothing known."""
    return read_text(text).requests


def read_text(text: str) -> Reading:
    """The requests of a text, and what is not in dispute.

    The time is linear in the length of the text, of which ``LONGEST`` characters are read. No
    sentence of it is kept behind that.
    """
    reader = _PieceReader(names_chronic_pain(text), Quotes(text[:LONGEST]))
    try:
        for piece in pieces(without_form_name(without_quoted_guidelines(text[:LONGEST]))):
            reader.read(piece)
        reading = reader.reading()
    finally:
        manner_of.cache_clear()
        treatments_in_earnest.cache_clear()
    return replace(reading, requests=with_body_parts(reading.requests, text[:LONGEST]))


class _PieceReader:
    """Goes through the pieces: which requests the text speaks of now, and in what manner."""

    def __init__(self, names_chronic_pain: bool, quotes: Quotes) -> None:
        self._quotes = quotes
        self._drafts = Drafts()
        self._current: list[Draft] = []
        self._listed: list[Draft] = []
        self._section = Section()
        self._manner = self._opened = NONE
        self._was_listed = self._was_named_item = self._is_decision = self._is_service = False
        self._number = ""
        self._last = self._last_item = self._mark = ""
        self._denies = self._is_numbered = self._is_open = False
        self._is_entry = self._is_decided_below = False
        self._told = Told(names_chronic_pain)

    def reading(self) -> Reading:
        """All that was read, complete."""
        is_certified = self._section.title == CERTIFIED
        return self._told.reading(self._drafts, denies=self._denies, is_certified=is_certified)

    def read(self, piece: TextPiece) -> None:
        """Take in one piece: a field, an item of a list, a row of a table, or sentences."""
        if not self._drafts:
            self._section.read_title(piece)
        piece = as_meant(piece)
        if self._section.passes_by(piece):
            return
        whole = f"{piece.label}: {piece.text} {piece.about}"
        self._told.is_medical = self._told.is_medical or is_medical(whole)
        self._told.dates += dates(whole)
        manner = self._turn_to_piece(piece)
        if piece.label and self._is_named_by_label(piece):
            manner = self._name_label(piece, manner)
        elif piece.label and self._turn_to(piece.label):
            manner = manner or WHY
        if piece.label and not piece.text and not tells_amount(piece.label):
            self._manner = manner
        known = len(self._drafts)
        self._quotes.begin(piece.label)
        told = piece.sentences()
        for number, (sentence, after) in enumerate(zip(told, (*told[1:], ""), strict=False)):
            is_first = number == 0 or is_held(manner, sentence)
            own = FIELD if is_decided_by(sentence, after) else manner if is_first else NONE
            for part, decided in decided_parts(sentence):
                self._read_sentence(part, decided or own)
        has_named = piece.is_item and len(self._drafts) > known
        self._was_named_item = piece.is_item and (has_named or self._was_named_item)
        if has_named:
            self._last_item, self._mark = piece.number, piece.mark
        self._read_codes(piece, whole)
        if tells_sources(piece.label):
            self._told.sources.append(piece.text)
        if piece.about and names_treatment(piece.text):
            self._read_diagnosis(piece.about)
        if tells_amount(piece.label):
            self._read_amount(piece.text)
        self._open_list(piece)
        self._was_listed = piece.is_listed
        is_decision = self._is_decision or (not piece.label and begins_with_decision(piece))
        if is_decision and self._is_entry and decision_told(piece):
            self._is_decided_below = True
        self._is_entry = _is_bare_entry(piece)

    def _open_list(self, piece: TextPiece) -> None:
        """Note the manner of a list that a piece opens: "The following were denied."."""
        if piece.label and not piece.text:
            self._opened = self._manner
        elif piece.text and (manner := opened_list(piece)):
            self._manner = self._opened = manner
            self._is_open = True

    def _turn_to_piece(self, piece: TextPiece) -> str:
        """Which requests a piece goes on about, and its manner."""
        is_alone = not piece.is_listed or not (piece.is_item or piece.is_row or self._was_listed)
        begins = bool(self._opened) and not piece.label and is_alone and is_entry(piece)
        if begins:
            self._manner = self._opened
        elif not piece.is_listed and not self._is_open:
            self._manner = NONE
            self._current, self._listed = self._listed or self._current, []
        is_first = piece.is_item and piece.number in _FIRST
        if begins or is_first or (piece.is_listed and not self._was_listed):
            self._listed = []
        if is_list_heading(piece):
            self._manner = FIELD
        if not piece.label and len(piece.text) < BEGINNING and is_why(piece.text):
            self._listed = []
        self._is_open = piece.text.endswith(":") or not piece.text
        self._denies = self._denies or manner_of(piece.label) == DENIED
        self._number = piece.number
        numbered = self._drafts.numbered(piece.numbers)
        self._current = numbered or self._current
        self._is_numbered = bool(numbered)
        self._is_decision = decides(piece.label)
        self._is_service = piece.is_row or asks_for_service(piece.label)
        if piece.label:
            manner = label_manner(piece.label)
            self._section.manner = manner if manner in (WHY, HISTORY) and not piece.text else NONE
            return manner or (self._manner if piece.is_item else NONE)
        if self._drafts and (self._is_below(piece) or begins_with_citation(piece.text)):
            return WHY
        own = manner_of(piece.decision or piece.text) if piece.is_row else NONE
        if own in DECIDED:
            return own
        of_row = FIELD if piece.about else NONE
        return self._manner or self._section.manner or of_row or self._going_on(piece)

    def _is_below(self, piece: TextPiece) -> bool:
        """Whether a bullet of another form tells of the item above it: "• Norco: denied" and below
        "◦ The dose is too high"."""
        is_bullet_below = self._was_named_item and piece.mark not in ("", self._mark)
        return is_bullet_below and tells(piece)

    def _going_on(self, piece: TextPiece) -> str:
        """The manner of an item that goes on with a list of requests: "2) Cane" after the decision
        on "1) Norco", a line "Nexium 40 mg #30" after "Status: denied" below such a line."""
        if self._is_decided_below and _is_bare_entry(piece):
            return FIELD
        follows = piece.is_item and _NEXT.get(self._last_item) == piece.number
        if piece.number in _FIRST and not self._denies and is_entry(piece):
            return FIELD
        if piece.is_item and self._was_named_item and not piece.number and not tells(piece):
            follows = True
            for draft in self._current:
                draft.tentative = False
        return FIELD if follows else NONE

    def _is_named_by_label(self, piece: TextPiece) -> bool:
        """Whether a label is itself a request: "Gym membership x 12 months: denied."."""
        if is_why(piece.label) or not names_treatment(piece.label):
            return False
        known = [
            one
            for _, facts in services(piece.label)
            for one in self._drafts
            if is_same_service(one.request, facts)
        ]
        is_decided = decision_told(piece)
        is_heading = names_treatment(piece.text) and not says_why(piece.text)
        return (piece.is_item and not is_heading) or (not known and bool(is_decided))

    def _name_label(self, piece: TextPiece, manner: str) -> str:
        """Note the request of a label; the text after it decides it, or tells why."""
        decided = decision_told(piece)
        self._name(piece.printed_label, decided or manner)
        return WHY if decided or not names_treatment(piece.text) else manner

    def _read_sentence(self, sentence: str, manner: str) -> None:
        is_quoted = self._quotes.reads(sentence)
        if is_instruction(sentence) or (is_notice(sentence) and not names_treatment(sentence)):
            return
        if self._drafts and is_question(sentence):
            return
        own = manner_of(sentence)
        if is_quoted and self._drafts:
            manner, own = WHY, NONE
        if manner == HISTORY and tells_history(sentence):
            own = NONE  # "Background: the injection was denied in May 2019"
        self._denies = self._denies or DENIED in (own, manner)
        is_report = manner == WHY and own == ASKED and not self._denies
        is_own = own == DENIED and not (manner == WHY and self._drafts)
        if not manner or is_report or is_own or (manner in (FIELD, DENIED) and own in DECIDED):
            manner = own
        is_meant = False
        named = self._is_naming(sentence, manner) and self._name(sentence, manner)
        if not named:
            is_meant = not self._is_numbered and self._turn_to(sentence)
            for draft in self._decided_by(sentence, own):
                draft.decide(own)
        if not named and own in (ASKED, DENIED):
            named = self._name_again(sentence, own)
        self._note_aside(sentence, manner, named)
        is_told = says_why(sentence) if named else manner != HISTORY
        if is_told and (is_quoted or not self._quotes.is_appeal):
            about = self._drafts[1:] if is_of_associated(sentence) else self._current
            is_meant = is_meant or (named and len(about) < len(self._drafts))
            is_shared = len(about) > 1 and not (self._is_numbered or is_meant)
            for draft in about:
                draft.tell(sentence.strip(_QUOTE_MARKS), is_shared)
            if (
                manner == WHY
                and " " in sentence
                and not any(one.is_disputed for one in self._drafts)
            ):
                self._told.told_before.append(sentence)

    def _decided_by(self, sentence: str, manner: str) -> list[Draft]:
        """The requests that a decision without a name is on: those spoken of, or all undecided."""
        if manner not in DECIDED:
            return self._current
        if told := self._drafts.numbered(numbers_told(sentence)):
            return told
        if points_on(sentence):
            return []
        if is_of_rest(sentence):
            return [one for one in self._drafts if not one.is_decided]
        if is_of_all(sentence) or (self._is_decision and not self._is_numbered):
            return self._drafts.undecided() or self._current
        return self._current

    def _is_naming(self, sentence: str, manner: str) -> bool:
        """Whether what a sentence names is a request.

        What a denial's reasons name, or a history, is none. Where no request is known yet, a
        sentence in no manner may be one: "Physical therapy 12 visits for the shoulder."
        """
        is_why_first = self._denies and begins_with_why(sentence)
        if self._drafts and (is_why_first or is_of_associated(sentence)):
            return False
        if manner in DECIDED or asks_nothing(sentence):
            return manner in DECIDED
        if manner == FIELD:
            return True
        if is_of_guideline(sentence):
            return False
        if manner == ASKED:
            return not (self._denies and self._drafts)
        return not manner and not self._drafts and not tells_history(sentence)

    def _name(self, sentence: str, manner: str) -> bool:
        """Note the requests that a sentence names; false where it names none."""
        room = max(MOST_NOTED - len(self._drafts), 0)
        told = asked_part(without_condition(sentence))
        if names_treatment(asked := undecided_part(told)) and _ANY_NUMBER.search(asked):
            told = asked
        named = islice(services(told, is_field=self._is_service), room)
        found = [self._drafts.note(text, facts, manner, self._number) for text, facts in named]
        self._current = found or self._current
        self._listed += found
        return bool(found)

    def _name_again(self, sentence: str, manner: str) -> bool:
        """Note a request that leaves its treatment to the sentence before: "another 8 sessions"."""
        counts = _MORE_VISITS.search(sentence) and _ANY_NUMBER.search(sentence)
        if not self._last or not counts or names_treatment(sentence):
            return False
        facts = read_service(f"{self._last}: {sentence[:LONGEST_REQUEST]}")
        if facts.treatment != self._last or facts.quantity is None:
            return False
        told = sentence.strip(" ,;.")
        self._current = [self._drafts.note(told, facts, manner, self._number)]
        return True

    def _note_aside(self, sentence: str, manner: str, named: bool) -> None:
        """What a sentence names beside the requests: the treatment last named, history, visits."""
        treatments = treatments_in_earnest(sentence)
        self._last = treatments[-1] if treatments else self._last
        if CERTIFIED in (manner, manner_of(sentence)) and tells_follow_up(sentence):
            self._told.certified.append("office visit")
        if not named and (
            manner == HISTORY or (manner in (NONE, CERTIFIED, WHY) and tells_history(sentence))
        ):
            self._told.history += treatments[: max(MOST_NOTED - len(self._told.history), 0)]

    def _turn_to(self, sentence: str) -> bool:
        """A sentence that begins with a request's treatment speaks of that request."""
        named = self._drafts.begun_by(sentence)
        self._current = named or self._current
        return bool(named)

    def _read_amount(self, text: str) -> None:
        for draft in self._current[-1:]:
            facts = read_service(f"{draft.request.treatment}, {written_anew(text[:BEGINNING])}")
            draft.complete(facts)

    def _read_diagnosis(self, text: str) -> None:
        """The diagnosis of a table's row tells the body part where the service does not."""
        for draft in self._current[-1:]:
            parts = draft.request.body_parts or read_service(text).body_parts
            draft.request = replace(draft.request, body_parts=parts)

    def _read_codes(self, piece: TextPiece, whole: str) -> None:
        is_row = piece.is_row and names_treatment(piece.text)
        if not is_row:
            self._told.diagnoses += diagnosis_codes(whole)
        for draft in self._current[-1:]:
            codes = (*draft.request.codes, *procedure_codes(whole, is_row))
            draft.request = replace(draft.request, codes=codes)


def _is_bare_entry(piece: TextPiece) -> bool:
    """Whether a line is a service and no more: "Nexium 40 mg #30"."""
    return piece.is_listed and not piece.label and is_entry(piece) and not tells(piece)
