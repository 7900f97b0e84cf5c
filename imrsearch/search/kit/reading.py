"""What a pasted text asks for: its requests in dispute, each with its reasons and citations.

A denial, a request for authorization (DWC Form RFA), a report or plain words. What is only history
and what was certified is left out, unless the text denies it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from imrsearch.catalogue.treatments import find_treatments
from imrsearch.citations.rationale import read_rationale
from imrsearch.letters.service import ServiceFacts, read_service
from imrsearch.model import Citation, DecisionReason, Quantity
from imrsearch.reasons.denial import read_sentences
from imrsearch.search.kit.pieces import TextPiece, pieces
from imrsearch.text.phrases import split_words

MOST_REQUESTS = 20
_MOST_NAMED = 60
"""So many treatments are noted, those certified or asked for in doubt included."""
_DENIED = re.compile(
    r"\b(?:den(?:y|ied|ying|ial)|non-? ?cert\w*|non-? ?authoriz\w*|adverse determination|modified"
    r"|(?:not|unable to|cannot be|never|declined? to) (?:be )?"
    r"(?:certif|authoriz|approv)\w*"
    r"|not medically (?:necessary|appropriate)|no authorization|turned down|refus\w+|reject\w+"
    r"|(?:wo|do|does)n?['’]?t (?:pay|cover|approve)|(?:not|never) (?:pay|cover|approve)\w*"
    r"|said no)\b",
    re.IGNORECASE,
)
_CERTIFIED = re.compile(
    r"(?<!not )(?<!non-)(?<!be )\b(?:certified|approved|authorized)\b"
    r"|\bnot (?:in dispute|disputed|asked for)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|authorization|authorize|asks? for|asking for|prescribe[ds]?"
    r"|order(?:ed|ing)?|recommend(?:ing)?|want(?:s|ed)?|needs?|under review)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:histor(?:y|ies)|had|previous(?:ly)?|prior|past|years? ago|completed|underwent|on file"
    r"|last|was tried|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# What a field of a form, or the heading of a list, holds.
_ASKING_LABEL = re.compile(
    r"\b(?:requested|requests?|services?|treatments?|items?|procedures?|plan|recommendations?|orders?"
    r"|medications? prescribed|disputed)\b|^(?:re|psych)$",
    re.IGNORECASE,
)
_TELLING_LABEL = re.compile(
    r"\b(?:histor(?:y|ies)|diagnos[ie]s|exam\w*|rationale|reasons?|why|source|reference|guidelines?"
    r"|subjective|objective|current|past|prior|findings?|complaints?|physician|employee|employer|date|name)\b",
    re.IGNORECASE,
)
# The reason begins here; what is named behind it is not what was denied.
_BECAUSE = re.compile(
    r"\b(?:because|since|due to|given|for lack of|says?|as (?:the|there|no|it|he|she)"
    r"|without evidence)\b|\s[-–—]\s",
    re.IGNORECASE,
)
# Each part keeps what parts it from the one before.
_BETWEEN_KEPT = re.compile(r"(?=[;,+]\s)|(?=\s(?:and|plus)\s)", re.IGNORECASE)
_BLANK = re.compile(r"(?<=[A-Za-z]) (?=[a-z])")
_BEGINNING = 80
"""So far into a sentence its subject stands."""
_LONGEST_REQUEST = 1500
# Words of amounts and of every letter, which name no request: "the remaining 6 visits are denied"
_VISITS = ("office visit", "therapy", "medication", "medical report")
# "… none of the associated services are medically necessary" speaks of all but the first request.
_ASSOCIATED = re.compile(r"\bassociated (?:\w+ )?(?:services?|items?|requests?)\b", re.IGNORECASE)
_SAYS_WHY = re.compile(
    r"\b(?:not|no|without|exceed\w*|beyond|lack\w*|fail\w*|insufficient|only)\b", re.IGNORECASE
)
# "EMG positive, splint and injection failed" tells of what was done.
_DONE = re.compile(r"\b(?:positive|negative|failed|normal|tried|done|showed|completed)\b", re.I)
# "RFA" is a form's name where the text speaks of one and of no nerve.
_FORM = re.compile(r"request for authori[sz]ation|DWC form|RFA form|form RFA", re.IGNORECASE)
_ABLATION = re.compile(r"ablation|radiofrequency|medial branch|facet", re.IGNORECASE)
_RFA = re.compile(r"\bRFA\b")
# "CPT/HCPCS Code (If known): 72141", "CPT 97110, 97140", "E0730"; "ICD-Code (Required): M54.12"
_PROCEDURE = re.compile(
    r"\b(?:CPT|HCPCS)\b\D{0,40}?(?P<codes>[A-V]?\d{4,5}(?:\s?[,;/&]\s?[A-V]?\d{4,5})*)",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\bICD\b(?:-?(?:9|10)(?:-CM)?\b)?[^\d\n]{0,30}?"
    r"(?P<codes>(?:[A-TV-Z]\d\w|\d{3})(?:\.\w{1,4})?(?:\s?[,;/&]\s?(?:[A-TV-Z]\d\w|\d{3})(?:\.\w{1,4})?)*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]?\d[\w.]*\w")
_CHRONIC_PAIN, _CHRONIC_PAIN_PAGES = "mtus-chronic-pain", range(1, 128)


@dataclass(frozen=True, slots=True)
class Request:
    """A request in dispute. ``text`` is where the pasted text first names it; ``codes`` are CPT,
    HCPCS and ICD codes as printed; ``reasons`` those of its denial, with their sentences."""

    text: str
    treatment: str | None
    category: str | None
    body_parts: tuple[str, ...]
    quantity: Quantity | None
    citations: tuple[Citation, ...] = ()
    codes: tuple[str, ...] = ()
    reasons: tuple[DecisionReason, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A request while the text is read, with the sentences about it."""

    request: Request
    denied: bool = False
    certified: bool = False
    tentative: bool = False
    told: list[str] = field(default_factory=list)


def read_requests(text: str) -> tuple[Request, ...]:
    """The requests in dispute, in the order named; empty for a text that asks for nothing known.

    The time is linear in the length of the text, of which ``LONGEST`` characters are read.
    """
    if _FORM.search(text) and not _ABLATION.search(text):
        text = _RFA.sub("", text)
    reader = _Reader()
    for piece in pieces(text):
        reader.read(piece)
    return reader.finished()


class _Reader:
    """Goes through the pieces: which requests the text speaks of now, and in what manner."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._current: list[_Draft] = []
        self._listed: list[_Draft] = []
        self._manner = ""
        self._denies = False
        self._diagnoses: tuple[str, ...] = ()

    def read(self, piece: TextPiece) -> None:
        """Take in one piece: as a field, an item of a list, or sentences."""
        if not piece.is_listed:
            self._manner = ""
            self._current, self._listed = self._listed or self._current, []
        manner = self._manner_of(piece)
        self._read_codes(f"{piece.label}: {piece.text}")
        if piece.is_item and piece.label and read_service(piece.label).treatment:
            self._name(piece.label, manner)
        elif piece.label:
            self._turn_to(piece.label)
        if piece.label and not piece.text:
            self._manner = manner
        for number, sentence in enumerate(piece.sentences()):
            self._read_sentence(sentence, manner if number == 0 else "")
        if piece.text.endswith(":"):
            self._manner = "denied" if _DENIED.search(piece.text) else "field"

    def _manner_of(self, piece: TextPiece) -> str:
        if not piece.label:
            return self._manner
        if _TELLING_LABEL.search(piece.label) and not _ASKING_LABEL.search(piece.label):
            return "history"
        by_label = _manner(piece.label)
        if by_label in ("denied", "certified"):
            return by_label
        return "field" if _ASKING_LABEL.search(piece.label) else ""

    def _read_sentence(self, sentence: str, manner: str) -> None:
        own = _manner(sentence)
        self._denies = self._denies or own == "denied" or manner == "denied"
        if own == "denied" or not manner:
            manner = own
        named = self._is_naming(sentence, manner) and self._name(sentence, manner)
        if not named:
            self._turn_to(sentence)
            self._decide(own)
        if not named or _BECAUSE.search(sentence) or _SAYS_WHY.search(sentence):
            for draft in self._drafts[1:] if _ASSOCIATED.search(sentence) else self._current:
                draft.told.append(sentence)

    def _is_naming(self, sentence: str, manner: str) -> bool:
        """Whether what a sentence names is a request.

        What a denial's reasons name, or a history, is none. Where no request is known yet, a
        sentence in no manner may be one: "Physical therapy 12 visits for the shoulder."
        """
        if _ASSOCIATED.search(sentence) and self._drafts:
            return False
        if manner in ("denied", "certified", "field"):
            return True
        if manner == "asked":
            return not (self._denies and self._drafts)
        return not manner and not self._drafts and not _HISTORY.search(sentence)

    def _name(self, sentence: str, manner: str) -> bool:
        """Note the requests that a sentence names; false where it names none."""
        because = _BECAUSE.search(sentence)
        asked = sentence[: because.start()] if because and because.start() else sentence
        room = _MOST_NAMED - len(self._drafts)
        named = islice(_services(asked), max(room, 0))
        found = [self._note(text, facts, manner) for text, facts in named]
        self._current = found or self._current
        self._listed += found
        return bool(found)

    def _note(self, text: str, facts: ServiceFacts, manner: str) -> _Draft:
        draft = next((one for one in self._drafts if _is_same(one.request, facts)), None)
        if draft is None:
            draft = _Draft(
                Request(text, facts.treatment, facts.category, facts.body_parts, facts.quantity)
            )
            draft.tentative = not manner
            self._drafts.append(draft)
        elif manner != "certified":
            draft.request = _completed(draft.request, facts)
        draft.denied = draft.denied or manner == "denied"
        draft.certified = draft.certified or manner == "certified"
        draft.tentative = draft.tentative and not manner
        return draft

    def _turn_to(self, sentence: str) -> None:
        """A sentence that begins with a request's treatment speaks of that request."""
        found = find_treatments(split_words(sentence[:_BEGINNING]))
        names = {one.value.treatment.name for one in found[:1]}
        self._current = [
            one for one in self._drafts if one.request.treatment in names
        ] or self._current

    def _decide(self, manner: str) -> None:
        """A decision on its own line is that of the requests named before it."""
        for draft in self._current:
            draft.denied = draft.denied or manner == "denied"
            draft.certified = draft.certified or manner == "certified"

    def _read_codes(self, text: str) -> None:
        self._diagnoses += _codes(_DIAGNOSIS, text)
        for draft in self._current[-1:]:
            draft.request = replace(
                draft.request, codes=(*draft.request.codes, *_codes(_PROCEDURE, text))
            )

    def finished(self) -> tuple[Request, ...]:
        """The requests in dispute, complete."""
        disputed = [one for one in self._drafts if one.denied or not one.certified]
        certain = [one for one in disputed if not one.tentative]
        kept = (certain or disputed)[:MOST_REQUESTS]
        reasons = read_sentences([draft.told if self._denies else () for draft in kept])
        return tuple(map(self._finish, kept, reasons))

    def _finish(self, draft: _Draft, reasons: tuple[DecisionReason, ...]) -> Request:
        return replace(
            draft.request,
            citations=_citations(" ".join(dict.fromkeys(draft.told))),
            codes=tuple(dict.fromkeys((*draft.request.codes, *self._diagnoses))),
            reasons=reasons,
        )


def _manner(text: str) -> str:
    """What a label or a sentence says of the services in it."""
    if _DENIED.search(text):
        return "denied"
    if _CERTIFIED.search(text):
        return "certified"
    if _ASKED.search(text):
        return "asked"
    return ""


def _services(text: str) -> Iterator[tuple[str, ServiceFacts]]:
    """The services of a request, taken apart where both sides name a treatment of their own."""
    text = text[:_LONGEST_REQUEST]
    whole, is_named = "", False
    for part in _BETWEEN_KEPT.split(text if _names_treatment(text) else _mended(text)):
        names = _names_treatment(part)
        if is_named and names:
            yield from _service(whole)
            whole = ""
        whole += part
        is_named = is_named or names
    yield from _service(whole)


def _service(text: str) -> Iterator[tuple[str, ServiceFacts]]:
    facts = read_service(text)
    if facts.category and facts.treatment not in _VISITS and not _DONE.search(text):
        yield text.strip(" ,;."), facts


def _names_treatment(text: str) -> bool:
    """Whether a treatment is named in earnest: "12 visits" alone are none."""
    return any(not found.value.weakness for found in find_treatments(split_words(text)))


def _mended(text: str) -> str:
    """A name that a scanner broke in two: "Cyclo benzaprine 7.5 mg"."""
    for blank in _BLANK.finditer(text, 0, _BEGINNING):
        joined = text[: blank.start()] + text[blank.end() :]
        if _names_treatment(joined):
            return joined
    return text


def _is_same(request: Request, facts: ServiceFacts) -> bool:
    if request.treatment != facts.treatment:
        return False
    one, other = set(request.body_parts), set(facts.body_parts)
    return not one or not other or not one.isdisjoint(other)


def _completed(request: Request, facts: ServiceFacts) -> Request:
    return replace(
        request,
        body_parts=request.body_parts or facts.body_parts,
        quantity=request.quantity or facts.quantity,
    )


def _codes(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(code for found in pattern.finditer(text) for code in _CODE.findall(found["codes"]))


def _citations(told: str) -> tuple[Citation, ...]:
    """The places cited. A page of the MTUS at large is one of the guideline that is cited so."""
    return tuple(map(_placed, (found.citation for found in read_rationale(told))))


def _placed(citation: Citation) -> Citation:
    is_bare = citation.guideline is None and citation.family == "mtus" and citation.pages
    if is_bare and all(page in _CHRONIC_PAIN_PAGES for page in citation.pages):
        return replace(citation, guideline=_CHRONIC_PAIN)
    return citation
