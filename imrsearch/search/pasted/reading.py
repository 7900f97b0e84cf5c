"""What a pasted text asks for: its requests in dispute, each with its reasons and citations.

The text may be a denial, a request for authorization (DWC Form RFA), a report or plain words.
History, and what was certified, is kept apart unless the text denies it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from imrsearch.search.from_text import LONGEST
from imrsearch.search.pasted.body_parts import with_body_parts
from imrsearch.search.pasted.decisions_ahead import with_decisions_behind
from imrsearch.search.pasted.drafts import is_same_service
from imrsearch.search.pasted.form.cleaning import without_form_name
from imrsearch.search.pasted.form.footnotes import with_footnotes
from imrsearch.search.pasted.form.pieces import ROW_REASON, TextPiece, pieces
from imrsearch.search.pasted.likely_requests import (
    LikelyRequest,
    likely_requests,
    missed_lines,
    with_missed,
)
from imrsearch.search.pasted.lines import (
    as_meant,
    begins_with_decision,
    decided_whole,
    decision_told,
    greets,
    heads_fields,
    is_bare_decision,
    is_bare_entry,
    is_decided_by,
    is_entry,
    is_headed,
    is_headed_denial,
    is_labelled_decision,
    is_list_heading,
    is_title,
    opened_list,
    tells,
)
from imrsearch.search.pasted.passages import Subject, subject_of
from imrsearch.search.pasted.request import Reading, Request
from imrsearch.search.pasted.section import Section
from imrsearch.search.pasted.sentence_reading import SentenceReader
from imrsearch.search.pasted.told import MOST_REQUESTS
from imrsearch.search.pasted.wording.cited import begins_with_citation
from imrsearch.search.pasted.wording.clauses import decided_parts, without_decision_ahead
from imrsearch.search.pasted.wording.headings import decides
from imrsearch.search.pasted.wording.labels import (
    is_plan,
    is_report,
    is_subject,
    is_why,
    label_manner,
    lists_medications,
    tells_amount,
)
from imrsearch.search.pasted.wording.manners import (
    CERTIFIED,
    DECISIONS,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    QUOTED,
    WHY,
    manner_of,
    undecided_part,
)
from imrsearch.search.pasted.wording.prose import asks_nothing, asks_whether, is_held, says_why
from imrsearch.search.pasted.wording.quotes import Quotes, without_quoted_guidelines
from imrsearch.search.pasted.wording.services import (
    BEGINNING,
    names_treatment,
    services,
    treatments_in_earnest,
)

_NEXT = {
    one: other
    for row in (map(str, range(1, MOST_REQUESTS + 1)), "abcdefgh", "ABCDEFGH")
    for one, other in pairwise(row)
}
"""The number or letter that comes after each in a list."""
_HELD = (WHY, HISTORY, QUOTED)
"""The manners in which everything below a heading is read."""
_FEWEST_HEADED = 2
"""Paragraphs headed by a service; a single one may begin so by chance."""
_FIRST = ("1", "a", "A")


def read_requests(text: str) -> tuple[Request, ...]:
    """The requests in dispute, in the order named; empty for a text that asks for nothing known."""
    return read_text(text).requests


def read_text(text: str) -> Reading:
    """The requests of a text, and what is not in dispute.

    The time is linear in the length of the text, of which ``LONGEST`` characters are read. No
    sentence of it is kept behind that.
    """
    text = with_footnotes(text[:LONGEST])[:LONGEST]
    try:
        told = pieces_of(text)
        kind, likely = _kind_of(told), likely_requests(told)
        reading = _read(told, kind, Quotes(text), likely)
        if subject := subject_of(told, reading, likely):
            again = _read(told, kind, Quotes(text), likely, subject=subject)
            reading = again if again.requests else reading
        elif not kind.is_denial:
            missed = missed_lines(likely, reading).difference(_lines_of_the_past(told))
            again = _read(told, kind, Quotes(text), likely, missed) if missed else reading
            reading = with_missed(reading, again, likely)
    finally:
        manner_of.cache_clear()
        treatments_in_earnest.cache_clear()
    return replace(reading, requests=with_body_parts(reading.requests, text))


def pieces_of(text: str) -> list[TextPiece]:
    """The pieces of a text as they are read, without guidelines quoted at length."""
    told = pieces(without_form_name(without_quoted_guidelines(text)))
    return with_decisions_behind(list(told))


@dataclass(frozen=True, slots=True)
class _TextKind:
    """What a text is as a whole.

    ``is_denial``: it denies the service that it begins with. ``is_report``: it is a physician's
    report: what its history denies was denied before. ``is_headed``: paragraphs have services for
    their headings. ``has_plan``: it has a section of requests. ``denies_below``: a field denies
    what was asked for: what comes before it is no report's.
    """

    is_denial: bool
    is_report: bool
    is_headed: bool
    has_plan: bool
    denies_below: bool


def _kind_of(told: Sequence[TextPiece]) -> _TextKind:
    meant = list(map(as_meant, told))
    labels = {piece.label for piece in meant}
    return _TextKind(
        is_denial=is_headed_denial(told),
        is_report=is_report(labels),
        is_headed=sum(map(is_headed, told)) >= _FEWEST_HEADED,
        has_plan=any(map(is_plan, labels)),
        denies_below=any(decides(one.label) and decision_told(one) == DENIED for one in meant),
    )


def _read(
    told: Sequence[TextPiece],
    kind: _TextKind,
    quotes: Quotes,
    likely: Mapping[str, LikelyRequest],
    asking: frozenset[str] = frozenset(),
    subject: Subject | None = None,
) -> Reading:
    """What the pieces ask for; ``asking`` are lines that name requests, whatever their manner, and
    ``subject`` is what a passage speaks of from its first sentence on."""
    reader = _PieceReader(kind, quotes, asking, subject)
    for piece, below in zip(told, (*told[1:], None), strict=False):
        reader.read(piece, below)
    return reader.reading(likely)


class _PieceReader:
    """Goes through the pieces: which requests the text speaks of now, and in what manner.

    ``asking`` and ``subject`` are those of ``_read``.
    """

    def __init__(
        self, kind: _TextKind, quotes: Quotes, asking: frozenset[str], subject: Subject | None
    ) -> None:
        self._kind = kind
        self._quotes = quotes
        self._asking = asking
        self._sentences = SentenceReader(quotes)
        self._sentences.denies = kind.is_denial
        self._sentences.is_report = kind.is_report
        self._sentences.denies_below = kind.denies_below
        if subject:
            self._sentences.begin_with(subject.treatment, subject.line)
        self._section = Section()
        self._manner = self._opened = NONE
        self._was_listed = self._was_row = self._was_named_item = self._is_open = False
        self._was_decided = False
        self._last_item = self._mark = ""
        self._is_entry = self._is_decided_below = False

    def reading(self, likely: Mapping[str, LikelyRequest]) -> Reading:
        """All that was read, complete, but for requests that are not ``likely``."""
        is_certified = self._section.title == CERTIFIED
        return self._sentences.reading(likely, is_certified=is_certified)

    def read(self, piece: TextPiece, below: TextPiece | None) -> None:
        """Take in one piece: a field, an item of a list, a row of a table, or sentences; ``below``
        comes next."""
        if not self._sentences.drafts:
            self._section.read_title(piece)
        piece = as_meant(piece)
        if below and is_bare_decision(piece) and self._heads_list(below):
            piece = TextPiece(piece.text.lower(), "", is_item=False)
        if self._section.passes_by(piece) or (below and greets(below) and is_title(piece)):
            return
        manner = self._turn_to_piece(piece)
        if below and not manner and heads_fields(piece, below):
            manner = FIELD
        if piece.label and self._is_named_by_label(piece):
            manner = self._name_label(piece, manner)
        elif piece.label and self._sentences.turn_to_label(piece.label):
            manner = manner or WHY
        elif piece.text and is_subject(piece.label) and not manner:
            self._sentences.name(piece.printed_label, NONE)  # decided further down
            manner = WHY
        if piece.label and not piece.text and not tells_amount(piece.label):
            self._manner = manner
        known = self._sentences.drafts.numbers()
        self._quotes.begin(piece.label)
        is_head = self._has_head(piece)
        is_headed = is_head or self._kind.is_denial
        told = piece.sentences()
        for number, (sentence, after) in enumerate(zip(told, (*told[1:], ""), strict=False)):
            is_past = self._kind.is_report and manner == HISTORY
            is_first = number == 0 or is_past or (not is_head and is_held(manner, sentence))
            is_field = sentence in self._asking or asks_whether(sentence)
            is_field = is_field or (not is_headed and is_decided_by(sentence, after))
            own = FIELD if is_field else manner if is_first else NONE
            for part, decided in self._parts(sentence):
                self._sentences.read(part, decided or own)
            self._sentences.note_grant(sentence)
        has_named = piece.is_item and self._sentences.drafts.numbers() != known
        self._was_named_item = piece.is_item and (has_named or self._was_named_item)
        if has_named:
            self._last_item, self._mark = piece.number, piece.mark
        self._sentences.complete(piece)
        self._open_list(piece)
        self._was_listed, self._was_row = piece.is_listed, piece.is_row
        self._was_decided = is_labelled_decision(piece)
        is_decision = self._sentences.is_decision or (
            not piece.label and begins_with_decision(piece)
        )
        if is_decision and self._is_entry and decision_told(piece):
            self._is_decided_below = True
        self._is_entry = is_bare_entry(piece)

    def _parts(self, sentence: str) -> Iterator[tuple[str, str]]:
        """The parts of a sentence with the manner of each, if it has one of its own."""
        reason = self._sentences.drafts and without_decision_ahead(sentence)
        if not reason:
            yield from decided_parts(sentence)
            return
        yield sentence.removesuffix(reason), NONE
        yield reason, WHY

    def _heads_list(self, below: TextPiece) -> bool:
        """Whether a decision on a line of its own is on the list below it, not on what is above:
        "APPROVED" before "- Cane"."""
        is_line = below.is_listed and not below.label
        is_named = is_line and names_treatment(below.text)
        is_reason = tells(below) and manner_of(below.text) not in DECISIONS
        is_service = is_named and (below.is_item or is_entry(below)) and not is_reason
        if not self._sentences.drafts.undecided():
            return is_service
        return is_service and not self._was_listed and below.number in ("", *_FIRST)

    def _open_list(self, piece: TextPiece) -> None:
        """Note the manner of a list that a piece opens: "The following were denied."."""
        is_known = bool(self._sentences.drafts)
        if piece.label and not piece.text:
            self._opened = self._manner
        elif label_manner(piece.label) in DECISIONS and piece.text.endswith(";"):
            self._manner = self._opened = label_manner(piece.label)
        elif piece.text and (
            manner := opened_list(piece, is_known=is_known)
            or (not is_known and decided_whole(piece))
        ):
            self._manner = self._opened = manner
            self._is_open = True

    def _turn_to_piece(self, piece: TextPiece) -> str:
        """Which requests a piece goes on about, and its manner."""
        if asks_whether(piece.text):
            self._manner = self._section.manner = NONE  # the history above it is over
        is_alone = not piece.is_listed or not (piece.is_item or piece.is_row or self._was_listed)
        # "• Cane", a paragraph, "• Walker": the list of what was denied goes on
        is_alone = is_alone or (
            bool(piece.mark) and piece.mark == self._mark and not self._was_listed
        )
        begins = bool(self._opened) and not piece.label and is_alone and is_entry(piece)
        if begins:
            self._manner = self._opened
        # A piece that is the reason in a row of a table: the next row goes on.
        elif not (
            piece.is_listed
            or self._is_open
            or (self._was_row and piece.label == ROW_REASON)
            or (self._was_decided and is_labelled_decision(piece))
        ):
            self._manner = NONE
            self._sentences.leave_list()
        is_first = piece.is_item and piece.number in _FIRST
        if begins or is_first or (piece.is_listed and not self._was_listed):
            self._sentences.listed = []
        if is_list_heading(piece):
            self._manner = FIELD
        if not piece.label and len(piece.text) < BEGINNING and is_why(piece.text):
            self._sentences.listed = []
        self._is_open = piece.text.endswith(":") or not piece.text
        self._sentences.begin(piece)
        if piece.label:
            is_history = self._kind.has_plan and lists_medications(piece.label)
            manner = HISTORY if is_history else label_manner(piece.label)
            is_kept = manner in _HELD and (not piece.text or manner == self._section.manner)
            self._section.manner = manner if is_kept else NONE
            is_told = len(piece.label) == 1 or (manner == FIELD and tells(piece))
            if self._sentences.is_numbered and is_told:
                return WHY  # "Service two. It is not explained why …", "B: …" below the list
            return manner or (self._manner if piece.is_item else NONE)
        if self._sentences.drafts and (self._is_below(piece) or begins_with_citation(piece.text)):
            return WHY
        own = manner_of(piece.decision or piece.text) if piece.is_row else NONE
        if own in DECISIONS:
            return own
        of_row = FIELD if piece.about or self._has_head(piece) else NONE
        return self._manner or self._section.manner or of_row or self._going_on(piece)

    def _has_head(self, piece: TextPiece) -> bool:
        """Whether the first sentence of a piece is a service, and the others tell of it."""
        if self._kind.is_denial:
            return not self._sentences.drafts and is_entry(piece)
        return self._kind.is_headed and is_headed(piece)

    def _is_below(self, piece: TextPiece) -> bool:
        """Whether a bullet of another form tells of the item above it: "• Norco: denied" and below
        "◦ The dose is too high"."""
        is_bullet_below = self._was_named_item and piece.mark not in ("", self._mark)
        return is_bullet_below and tells(piece)

    def _going_on(self, piece: TextPiece) -> str:
        """The manner of an item that goes on with a list of requests: "2) Cane" after the decision
        on "1) Norco", a line "Nexium 40 mg #30" after "Status: denied" below such a line."""
        if self._is_decided_below and is_bare_entry(piece):
            return FIELD
        follows = piece.is_item and _NEXT.get(self._last_item) == piece.number
        is_begun = self._sentences.denies and not self._sentences.drafts.are_general()
        if piece.number in _FIRST and not is_begun and is_entry(piece):
            return FIELD
        if piece.is_item and self._was_named_item and not piece.number and not tells(piece):
            follows = True
            for draft in self._sentences.current:
                draft.tentative = False
        return FIELD if follows else NONE

    def _is_named_by_label(self, piece: TextPiece) -> bool:
        """Whether a label is itself a request: "Gym membership x 12 months: denied."."""
        is_open = label_manner(piece.label) not in DECISIONS
        asks_none = is_open and any(map(asks_nothing, piece.sentences()[:1]))
        if piece.printed_label in self._asking and not asks_none:
            return True
        is_aside = is_why(piece.label) or asks_none
        if is_aside or not names_treatment(piece.label):
            return False
        known = [
            one
            for _, facts in services(piece.label)
            for one in self._sentences.drafts
            if is_same_service(one.request, facts)
        ]
        is_decided = decision_told(piece)
        is_heading = names_treatment(piece.text) and not says_why(piece.text)
        return (piece.is_item and not is_heading) or (not known and bool(is_decided))

    def _name_label(self, piece: TextPiece, manner: str) -> str:
        """Note the request of a label; the text after it decides it, or tells why."""
        decided = decision_told(piece)
        named = self._sentences.name(piece.printed_label, decided or manner)
        if named and decided and piece.text:
            self._sentences.complete_amount(undecided_part(piece.sentences()[0]))
        return WHY if decided or not names_treatment(piece.text) else manner


def _lines_of_the_past(told: Sequence[TextPiece]) -> set[str]:
    """The sentences of the history's fields that ask for nothing: "Surgical hx: laminectomy"; in a
    report, all of them."""
    meant = list(map(as_meant, told))
    is_told = is_report(piece.label for piece in meant)
    past = (piece for piece in meant if piece.label and label_manner(piece.label) == HISTORY)
    lines = (line for piece in past for line in piece.sentences())
    return {line for line in lines if is_told or manner_of(line) == NONE}
