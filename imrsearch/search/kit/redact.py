"""A pasted text without what names a person: what is shown back, kept in a form or quoted.

Names, numbers of claims and accounts, dates of birth, social security numbers, telephone numbers
and addresses each become a word in brackets, such as ``[name]``. Dates of treatment and codes stay:
they belong to the request. This lowers a risk; readers are warned to leave such things out.
"""

from __future__ import annotations

import re
from functools import cache

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.guidelines import all_guidelines
from imrsearch.catalogue.treatments import treatments
from imrsearch.text.words import is_stop_word, words

NAME = "[name]"

_DATE = r"(?:\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})"
# "12 North Elm Street, Apt. 4", "4100 W. SHAW AVE"; not "2 Visits Dr. Roe"
_STREET = re.compile(
    r"\b\d{1,6}\s(?:[\w.'’-]{1,20}\s){1,3}?"
    r"(?:[Ss]treet|[Aa]venue|[Bb]oulevard|[Rr]oad|STREET|AVENUE|BOULEVARD|ROAD"
    r"|(?:St|Ave|Rd|Blvd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Circle|Cir|Terrace|Parkway|Pkwy"
    r"|Highway|Hwy|ST|AVE|RD|BLVD|DRIVE|DR|LANE|LN|WAY|COURT|CT|PLACE|PL|CIRCLE|CIR|HWY)"
    r"(?!\.? [A-Z][a-z]{1,20}\b(?! [A-Z]{2}\b)))\b\.?"
    r"(?:,?\s(?:[Aa]pt|[Ss]uite|[Ss]te|[Uu]nit|APT|SUITE|STE|UNIT|#)\.?\s?[\w-]{1,6})?",
)
# One form a row; what a label says stays, its value goes.
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (shown, re.compile(pattern, re.IGNORECASE))
    for shown, pattern in (
        # "SSN: 123-45-6789", "xxx-xx-6789"
        ("[social security number]", r"(?<![\w-])[\dx*]{3}[- ][\dx*]{2}[- ]\d{4}(?![\w-])"),
        (
            "[social security number]",
            r"(?P<label>\b(?:SSN|social security)\b[^\d\n]{0,12})\d{9}\b",
        ),
        # "Date of Birth (MM/DD/YYYY): 1/2/1970", "DOB 01-02-70", "born on May 4, 1970"
        (
            "[date of birth]",
            (
                r"(?P<label>\b(?:DOB|D\.O\.B\.?|birth ?date|date of birth|born)\b[^\d\n]{0,24}?)"
                rf"{_DATE}"
            ),
        ),
        ("[e-mail]", r"\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}\b"),
        ("[telephone]", r"(?<![\w-])(?:\+?1[- .])?\(?\d{3}\)?[- .]{1,2}\d{3}[- .]\d{4}(?![\w-])"),
        # "Claim No.: 0815-4711", "ADJ1234567", "Member ID# W123", "NPI Number: 1234567890"
        (
            "[number]",
            (
                r"(?P<label>\b(?:claim|case|file|member|policy|account|medical record|MRN|EAMS|WCAB"
                r"|ADJ|license|NPI|TIN|tax|UR|referral|tracking|authorization|reference|invoice"
                r"|employee|patient)\s?"
                r"(?:ID|number|num|no\.?|#|ID number|ID no\.?)\s?#?[ .:#]{0,4})"
                r"(?=[\w-]{0,12}\d)[A-Z\d][\w/-]{2,30}"
            ),
        ),
        (
            "[number]",
            r"(?P<label>\b(?:MRN|NPI|claim)\b\s?[:#]\s?)(?=[\w-]{0,12}\d)[A-Z\d][\w/-]{3,30}",
        ),
        ("[number]", r"\bADJ\s?\d{5,10}\b"),
        ("[address]", r"\bP\.?\s?O\.?\s?Box\s\d{1,8}\b"),
        (
            "[address]",
            (
                r"(?<![\w.'’-])(?>(?-i:[A-Z])[\w.'’-]{1,20})"
                r"(?: (?>(?-i:[A-Z])[\w.'’-]{1,20})){0,2}?"
                r",?\s(?:CA|California)\.?,?\s\d{5}(?:-\d{4})?\b"
            ),
        ),
    )
)

# Atomic: "A'A'A'…" would else be taken apart in every way.
_TITLED_WORD = r"(?>[A-Z][A-Za-z'’-]{1,24})"
_NAME_WORDS = rf"{_TITLED_WORD}(?: [A-Z]\.?)?(?: {_TITLED_WORD}){{0,2}}"
# The value of a form's field; where two fields stand on a line, the next one's label is behind it.
# The first letters spare most words the forty labels.
_NAME_FIELD = re.compile(
    r"(?P<label>\b(?=[aceimnprstw])(?:(?:patient|employee|applicant|claimant|member|insured"
    r"|injured worker|worker|employer|contact|practice|provider|physician|reviewer|adjuster"
    r"|examiner|attorney|company|requesting physician|treating physician"
    r"|claims administrator company)(?:['’]s)? names?"
    r"|name ?\((?:last|first)[^)\n]{0,30}\)|patient|employee|applicant|claimant|injured worker|name"
    r"|employer|requesting physician|treating physician|requesting provider|attention|attn|adjuster"
    r"|claims examiner|signed by|signature)\s?:[ \t]*+)(?!\[name\])"
    r"(?P<name>[^\n:;|]{2,60})",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(
    r"(?:[ \t]{2,}|[ \t]+(?:DOB|D\.O\.B|Date|Claim|Address|Phone|Fax|Contact|SSN|Specialty|NPI|City"
    r"|Employer|Employee|Case|ID|MRN|Sex|Age|E-?mail|Company)\b).*|[ \t]+$",
    re.IGNORECASE,
)
# "Dear Ms. Roe", "Dr. R. Roe-Doe", "My name is Ann Roe"
_TITLED = re.compile(
    r"(?P<label>\b(?:(?:[Mm][Rr][Ss]?|[Mm][Ss]|[Dd][Rr])\.?|Miss|MISS|Doctor|DOCTOR|[Mm]y name is)"
    rf" (?:[A-Z]\.? )?)(?P<name>{_NAME_WORDS})"
)
# "Richard Roe, M.D.", "RICHARD ROE, DC"
_CREDENTIALED = re.compile(
    rf"(?<![\w'’-])(?P<name>{_TITLED_WORD}(?: [A-Z]\.?)? {_TITLED_WORD})"
    r"(?=,? (?:M\.?D|D\.?O|D\.?C|DPM|P\.?A|PA-C|N\.?P|R\.?N|Ph\.?D|PsyD|Esq|Q\.?M\.?E)\b)"
)
# "Re: Ann Roe", "the patient, Ann Roe," "RE: ROE, ANN", "Sincerely, Ann Roe"
_MENTIONED = re.compile(
    r"(?P<label>\b(?:(?:[Rr][Ee]|[Cc][Cc]|[Tt]o|TO|[Ff]rom|FROM)\s?:\s{0,3}"
    r"|(?:[Pp]atient|[Aa]pplicant|[Cc]laimant|[Ee]mployee|[Ww]orker),? "
    r"|(?:[Ss]incerely|[Rr]egards|[Rr]espectfully|[Yy]ours truly),?\s{1,6}))"
    rf"(?P<name>{_TITLED_WORD},? (?:[A-Z]\.? )?{_TITLED_WORD})(?![\w'’-])"
)
_AMOUNT_WORD = re.compile(
    r"\b(?:visits?|sessions?|mg|units?|tablets?|weeks?|months?|days?)\b", re.IGNORECASE
)
_SHORTEST_NAME = 3
_MOST_NAMES, _MOST_PARTS = 60, 4

# Words of letters that begin with a capital and are nobody's name.
_SURNAMES = frozenset(
    words("walker cane hand foot head neck back bone bell elm palm ring way long")
)
"""Words of requests that are surnames as well."""
_ORDINARY = frozenset(
    words(
        "request requested treatment treating medical utilization review reviewer denial denied"
        " decision determination guideline guidelines letter notice authorization services service"
        " physician doctor provider patient employee employer applicant claimant claims claim"
        " administrator adjuster insurance company group health care center clinic injury injured"
        " date name number workers compensation california state fund department division form"
        " progress report history exam chronic acute pain left right bilateral lower upper"
        " approved certified modified january february march april may june july august september"
        " october november december monday tuesday wednesday thursday friday saturday sunday"
        " male female year old has had was will may can reports states complains continues presents"
        " unknown none same see attached above below"
    )
)


def redacted(text: str) -> str:
    """The text with bracketed words in place of what names a person; redacting it again changes
    nothing."""
    text = _STREET.sub(_without_street, text)
    for shown, pattern in _NUMBERS:
        label = r"\g<label>" if "label" in pattern.groupindex else ""
        text = pattern.sub(label + shown, text)
    names: dict[str, None] = {}
    # Twice for fields: two may share a line.
    for pattern in (_NAME_FIELD, _NAME_FIELD, _TITLED, _CREDENTIALED, _MENTIONED):
        text = pattern.sub(lambda found: _without_name(found, names), text)
    return _without_names(text, list(names)[:_MOST_NAMES])


def _without_street(found: re.Match[str]) -> str:
    is_request = any(map(_is_request, words(found[0]))) or _AMOUNT_WORD.search(found[0])
    return found[0] if is_request else "[address]"


def _is_request(word: str) -> bool:
    """Whether a word tells what is asked for, and is no surname: "Ann Walker"."""
    is_word = len(word) >= _SHORTEST_NAME and word.isalpha()
    return is_word and word in _request_words() and word not in _SURNAMES


def _without_name(found: re.Match[str], names: dict[str, None]) -> str:
    """A name replaced, and its words noted: a letter goes on with the last name alone."""
    label, name, rest = found.groupdict().get("label") or "", found["name"], ""
    if found.re is _NAME_FIELD and (behind := _NEXT_LABEL.search(name)):
        name, rest = name[: behind.start()], name[behind.start() :]
    is_certain = found.re is _TITLED or "name" in label.lower()
    # Behind "Ms." or "Name:" whatever is not a word of forms, "Walker" included.
    certain = is_certain and any(one.isalpha() and one not in _ORDINARY for one in words(name))
    if NAME in name or not (certain if is_certain else _is_likely_name(name)):
        return found.group()
    for word in re.findall(r"[A-Za-z'’-]+", name):
        if _may_be_name(word.lower()):
            names[word] = None
    return f"{label}{NAME}{rest}"


def _is_likely_name(name: str) -> bool:
    """Elsewhere, as behind "Patient:": a few words that begin with capitals and are no request."""
    parts = name.split()
    is_written_so = len(parts) <= _MOST_PARTS and all(part[0].isupper() for part in parts)
    told = words(name)
    return is_written_so and any(map(_may_be_name, told)) and not any(map(_is_request, told))


def _may_be_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST_NAME
        and word.isalpha()
        and word not in _ORDINARY
        and word not in _request_words()
        and not is_stop_word(word)
    )


def _without_names(text: str, names: list[str]) -> str:
    """Wherever else a name's words begin with a capital; "roe" in small letters stays a word."""
    if not names:
        return text
    forms = {form for name in names for form in (name, name.title(), name.upper())}
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    text = re.sub(rf"(?<![\w\[])(?:{either})(?:['’]s)?(?![\w\]])", NAME, text)
    return re.sub(rf"{re.escape(NAME)}(?:[ ,]{{1,2}}(?:[A-Z]\.? )?{re.escape(NAME)})+", NAME, text)


@cache
def _request_words() -> frozenset[str]:
    """Words of treatments, body parts and guidelines: to take one out would change the request."""
    named = [phrase for _, phrases in treatments() for phrase in phrases]
    cited = [one.title for one in all_guidelines()]
    return frozenset(word for text in (*named, *regions(), *cited) for word in words(text))
