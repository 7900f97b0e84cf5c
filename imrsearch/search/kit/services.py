"""The services that a sentence or an item names, and the codes beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imrsearch.catalogue.treatments import find_treatments, resembling
from imrsearch.letters.service import ServiceFacts, read_service
from imrsearch.search.kit.amounts import written_anew
from imrsearch.text.phrases import split_words
from imrsearch.text.words import Stretch

BEGINNING = 80
"""Characters at the beginning of a sentence that hold its subject."""
LONGEST_REQUEST = 1500
MOST_KEPT = 256
"""Sentences whose treatments are kept while a text is read."""
# Words of amounts and of every letter, which name no request: "the remaining 6 visits are denied"
_KINDS_OF_VISIT = ("office visit", "therapy", "medication", "medical report")
# "they denied my doctor's request for surgery" asks for no doctor.
_ASKED_FOR = re.compile(
    r"\b(?:requests?|asked|wrote|script|prescription|orders?|authorization|referral|denied) for\b",
    re.I,
)
# "my back surgeon wants to do a fusion" names what the surgeon asks for, no surgeon; nor does "My
# orthopedist told me that I need a release".
_ASKS = re.compile(
    r"\b(?:surgeon|doctor|physician|specialist|psychiatrist|psychologist|chiropractor|therapist"
    r"|provider)s?\b,?(?: [\w.]+,?){0,3}? (?:wants?|propos\w*|recommend\w*|order\w*|prescrib\w*"
    r"|requests|requested|asks?|asked|put in|faxed|sent|submitted|filed|wrote|forwarded)\b"
    r"|\b(?:surgeon|doctor|dr\.?(?: \w+)?|physician|clinic|provider|therapist|\w+(?:ist|actor)"
    r"|(?<!and )s?he)\b(?: (?!not\b)\w+){0,4}?"
    r" (?:sa(?:ys?|id)|thinks?|tells? \w+|told \w+),?(?: that)?"
    r" (?:I|he|she|we|(?:my|the) \w+) (?:\w+ )?"
    r"(?:needs?|should (?:have|get)(?! (?:had|been|tried))|must have|would benefit from)\b",
    re.IGNORECASE,
)
# "a program that was requested by the pain physician" asks for no pain physician.
_ASKED_BY = re.compile(
    r",? ?\b(?:that |which )?(?:(?:was|were|is|are|has been|as) )?(?:requested|ordered|prescribed"
    r"|recommended|submitted|signed|proposed) by (?:the |your |his |her |my |our |an? )?"
    r"(?:[\w.,'’&-]+ ){0,4}?(?:physician|doctor|provider|surgeon|specialist|psychiatrist"
    r"|psychologist"
    r"|neurologist|podiatrist|chiropractor|therapist|internist|dr\.?(?: [A-Z]\w+)?)\b",
    re.IGNORECASE,
)
_SPECIALTY = (
    r"\(?\b(?:(?:interventional |addiction )?pain (?:medicine|management)|PM ?& ?R"
    r"|(?:physical|rehabilitation|occupational|internal|emergency|family|sports|sleep"
    r"|preventive) medicine(?: (?:and|&) rehabilitation)?|(?:orthop(?:a?edic|edics)|hand|spine"
    r"|spinal|general|plastic|neurological|foot and ankle) surgery|neurosurgery|neurology"
    r"|psychiatry|psychology|chiropractic|acupuncture|podiatry|physical therapy"
    r"|anesthesiology)\b\)?"
)
# "I am the treating spine surgeon and appeal the denial of …"
_ROLE = re.compile(
    r"\b(?:I am|I['’]m|we are) (?:an?|the|his|her|your|their) (?:[\w-]+ ){0,5}?(?:surgeon|physician"
    r"|doctor|psychiatrist|psychologist|chiropractor|therapist|specialist|provider|attorney)s?\b"
    # "After review by a pain specialist"
    r"|\b(?:review(?:ed)?|decided|decision|determination)(?: was made)? by (?:an?|our|the)"
    r" (?:[\w-]+ ){0,4}?(?:surgeon|physician|doctor|psychiatrist|psychologist|chiropractor"
    r"|specialist)\b"
    # "Peer Review - Psychology"
    r"|\b(?:peer|utilization|physician|medical|clinical) review(?: report)?"
    rf"\W{{1,3}}{_SPECIALTY}\W*\Z"
    # "To: A. Sample, MD, hand surgery"
    r"|\b(?-i:MD|M\.D\.|DO|D\.O\.|DPM|DC),? \(?(?:board[- ]certified,? )?(?:in )?(?:orthop\w+|hand"
    r"|spine|spinal|plastic|general|vascular|foot and ankle|pain|sports) (?:surgery|management"
    r"|medicine)\b"
    # "signed by a reviewer licensed in California (Pain Medicine)"
    r"|\b(?:review\w*|signed|undersigned|advis[eo]r|capacity|determination|decision)\b[^.;]{0,60}?"
    r"\b(?:licensed|licen[sc]e|certified|boarded|trained|qualified|practi[cs]ing|practi[cs]es"
    r"|specializ\w+|diplomate|as (?:an? |your |the )?(?:consultant|specialist|physician|expert)"
    rf"|specialty)\b[^.;]{{0,40}}?{_SPECIALTY}(?:(?:,| and|,? &) {_SPECIALTY}){{0,3}}",
    re.IGNORECASE,
)
# Words that are names only elsewhere: "which reached us", "depends on the operation", "nurse
# reviewer"; letters of a number: "HW-TEST-2021-0553"
_NO_NAME = re.compile(
    r"\b(?:[Nn]urse|[Pp]hysician|[Pp]eer) (?:reviewer|case manager|advis[eo]r)s?\b"
    r"(?: \([^()]{1,40}\))?"
    # "Letter to pt and atty", "Example Podiatry, tel 555 …"
    r"|\b(?:to|by|this|that|tell|told) pt\b(?=,? (?:and|or|by|today)\b|[,.;]|\Z)"
    r"|(?i:(?:\b[\w-]{1,30} ){0,3}\b[\w-]{1,30},? (?:tel|phone|fax)\b\.?:? ?(?=\(?\d{3}))"
    # "a request from Marigold Pain Specialists"
    r"|(?<=from )(?:[A-Z][\w'’&-]* ){1,4}(?:Specialists|Associates|Group|Clinic|Center|Institute"
    r"|Partners|Practice|Physicians)\b"
    # "pt Birdie Example, neck strain"; not "pt Lumbar Spine"
    r"|\bpt\b(?= (?!(?:Right|Left|Bilateral|Lumbar|Cervical|Thoracic|Neck|Back|Low|Upper|Shoulder"
    r"|Knee|Hip|Wrist|Hand|Elbow|Ankle|Foot)\b)[A-Z][a-z]+,? [A-Z][a-z]+)"
    # "Pt to continue Naproxen", "PT DENIES PAIN"
    r"|\bPt\b(?= (?:is|was|has|had|does|did|can|will|may|to|should|would)\b)"
    r"|\b[Pp][Tt]\b(?= (?i:denies|reports?|states|needs|wants|lives|walks|complains|presents"
    r"|tolerat\w+|c/o|s/p|is (?:an?|not|now|in|on|able|unable)|has (?:an?|pain|had|failed|tried"
    r"|been taking))\b)"
    # "should be well versed in exercises"
    r"|\b[Vv]ersed(?= (?:in|with)\b)"
    # "the specialty of the panel", "UR referral 77"
    r"|\bMedical Unit\b|\b(?:specialty of the|QME|AME|three[- ]member|replacement) panel\b"
    r"|\b(?:UR|[Rr]eview) referral\b"
    # "I'd like to know" names no I&D
    r"|\b[Ii]['’]d\b"
    # "ATTN: REFERRAL COORDINATOR"
    r"|\b(?i:referrals?) (?i:coordinators?|clerks?|desk|department|dept|office|specialists?|staff"
    r"|team)\b"
    # "Progress note by A. Sample, PA-C"
    r"|(?<=[a-z]),? PA-C\b"
    r"|\b[Tt]hank you for (?:the|this|your) (?:[\w-]+ )?(?:referral|consultation)\b"
    # "after your hand operation of June 3"
    r"|\b(?:[Aa]fter|[Ss]ince|[Ff]ollowing) (?:your|his|her|my|the|an?) (?:[\w-]+ ){0,3}?"
    r"(?i:operation|surgery)(?= (?:of|on|in) (?:(?:19|20)?\d|[A-Z][a-z]+ \d))"
    # "One month's supply" is no supplies
    r"|\b(?i:(?:day|week|month)(?:['’]?s)? supply)\b"
    # "Same as above" names no SAMe
    r"|\b(?:[Ss]ame|SAME)(?= (?:[a-z]|AS\b))|(?<=\b[Tt]he )same\b"
    r"|\b(?i:advisory|expert|peer) (?i:opinions?)\b"
    # "request of Dr. T. Sample, psychologist", "A. Sample, PhD, psychologist"
    r"|(?:\bDr\.? (?:[A-Z][\w.'’-]* ?){1,3},? |, (?:MD|M\.D\.|PhD|Ph\.D\.|PsyD|DO|DC|DPM),? )"
    r"(?i:\(?(?:an? |the )?(?:(?!and\b)[\w-]+ )?(?:psychologist|psychiatrist|surgeon|chiropractor"
    r"|neurologist|podiatrist|acupuncturist|therapist|physiatrist)\b)"
    # "the reviewing psychiatrist", "the extent and scope of treatment"
    r"|\b(?i:reviewing (?:[\w-]+ ){0,3}?)"
    r"(?i:surgeon|psychiatrist|psychologist|chiropractor|specialist)"
    r"|\bscope(?= of\b)"
    r"|\b(?<=[a-z] )us\b(?! guid)|\b[Dd]epends (?=(?:up)?on\b)"
    r"|(?<![\w-])(?=[A-Z\d-]*\d{3})(?=[A-Z\d-]*[A-Z]{2})(?:[A-Z\d]+-){2,}[A-Z\d]+(?![\w-])"
)
# "Because he has had a stent he needs medical clearance" asks for what comes behind "needs".
_WHY_FIRST = re.compile(
    r"\W*(?:because|since|as|given|due to)\b.{1,300}?\b(?:needs?|requires?|request(?:ing)?"
    r"|recommend(?:ing)?"
    r"|wants?|would like|order(?:ing)?|ask(?:ing)? for|authorize)\b",
    re.IGNORECASE,
)
# "Your letter of August 9, 2016 non-certified six visits" asks for no 2016 visits.
_LONG_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? (?:19|20)\d\d\b",
    re.IGNORECASE,
)
# Each part keeps what parts it from the one before; "to and from the clinic" is one.
_BETWEEN_KEPT = re.compile(
    r"(?=[;,+]\s)(?!,\s(?:19|20)\d\d\b)|(?<!\bto)"
    r"(?=\s(?:and|plus|n?or (?:for )?(?:the|an?)|with (?:an?|\d+|assistant|post-?op\w*))\s)",
    re.IGNORECASE,
)
# "Cold therapy unit, for use after the arthroscopy", "Celebrex, instead of Naprosyn"
_BESIDE = re.compile(
    r"\b(?:after|(?<!the )following|before|prior to|during|instead of|rather than"
    r"|compared (?:with|to)|on top of|as an? (?:adjunct|alternative|substitute) (?:to|for))\b[^;]*",
    re.IGNORECASE,
)
# "Soma #90, and"
_LOOSE_JOINT = re.compile(
    r"[,;\s]+(?:and|or|plus|as well as)\Z|\A(?:and|plus|with)\s+", re.IGNORECASE
)
# "Shoulder arthroscopy with decompression and distal clavicle resection" is one operation.
_WITH = re.compile(r"(?<!ahead )(?<!proceed )\b(?:with|w/)(?=\s)", re.IGNORECASE)
_OPERATIONS = ("Arthroscopic", "Non-arthroscopic", "Spine")
# "EMG positive, splint and injection failed" tells of what was done.
_DONE = re.compile(
    r"\b(?:wants? to|would rather|tr(?:y|ies|ying) to) avoid\b|\b(?:does not|doesn['’]t) want\b"
    r"|\b(?:positive|negative|failed|normal|tried|done|having|finished|exhausted|showed|completed"
    r"|status post|s/p|had not)\b"
    # "Gabapentin has not been given a chance"
    r"|\bgiven (?:an? )?(?:\w+ )?(?:chance|trial|try)\b"
    # "MRI of the neck reviewed, shows a herniation"
    r"|\b(?:shows|reveals|demonstrates"
    r"|(?:noted|said|reported|read) to (?:show|reveal|demonstrate))\b"
    # "Gave a Toradol injection today", "the left knee was injected", "tolerated well"
    r"|\b(?:gave|given|performed|administered|provided|received|dispensed|issued|fitted|applied)\b"
    r".{0,60}\b(?:today|this visit"
    r"|in (?:(?:the|my|our) )?office)\b"
    r"|\btoday\b.{0,30}\b(?:gave|given|performed|administered|received)\b"
    r"|\bdispensed\W*\Z"
    r"|(?<!reason )(?<!explanation )\b(?:given|administered)\W*\Z|\bwas injected\b"
    r"|\btolerated (?:well|the)\b",
    re.I,
)
# "Service: Omeprazole #60 (dispensed in office)"
_DISPENSED = re.compile(r"\(dispensed[^()]*\)", re.IGNORECASE)
# "DOS 9/4/2014 - Omeprazole #60 (dispensed)" is reviewed after it was given.
_OF_SERVICE = re.compile(r"\W*(?:DOS|dates? of service|retrospective)\b", re.IGNORECASE)
# "Finish the remaining 4 sessions" asks for no more of them.
_REST = re.compile(r"\W*(?:finish|complet)\w* (?:the |his |her )?remaining\b", re.IGNORECASE)
# "Continue home exercise", "He is to keep wearing the brace", "refilled today" ask for nothing.
_GOES_ON = re.compile(
    rf"{_REST.pattern}"
    r"|\W*(?:(?:i|he|she|we|they|(?:the )?(?:patient|worker)) )?(?:(?:will|may|should|can|is|are"
    r"|to) ){0,2}"
    r"(?:continu\w+|cont\b|keep|goes on|go on|refilled|dispensed|wearing|no change)\b"
    r"|.{1,60}\bto be continued\b"
    # "begin the day after manipulation" tells when
    r"|\W*(?:to )?(?:begin|start)(?:ning|ing|s)? (?:\w+ ){0,3}(?:after|following|upon)\b"
    r"|\W*home (?:exercises?|[a-z]+(?:ing|ization))\b(?! kit).{0,40}(?:daily|taught|\Z)",
    re.IGNORECASE,
)
# "Follow-up office visit after the procedure", where a form asks for services
_OFFICE_VISIT = re.compile(
    r"\b(?:office|follow[- ]?up|f/u|return|re-?check)\b(?: \w+)? (?:visit"
    r"|appointment)s?\b"
    r"|\A\W*(?:follow[- ]?up|f/u|re-?check)(?=,|\W*\Z| in \d| with (?:dr|the|his|her)\b)",
    re.IGNORECASE,
)
# "Refill of medications", where a form asks for services
_MEDICATIONS = re.compile(
    r"\b(?:refill|renew\w*|unspecified|unnamed|various|topical|compound\w*|all|current|oral|pain)s?\b"
    r"(?: \w+){0,3} (?:medications?|meds|drugs|prescriptions?)\b|^\W*medications?\b.{0,30}\Z",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"\boffice visit|\bfollow[ -]?up\b", re.IGNORECASE)
# "surgery for my rotator cuff", "release of the right ring trigger finger"
_SURGERY_FOR = re.compile(
    r"\b(?P<what>surgery|operation|release|repair) (?:for|on|of|to (?:fix|repair))"
    r" (?:(?:my|the|his|her|an?|torn|right|left|index|long|middle|ring|small) ){0,4}"
    r"(?P<of>rotator cuff|carpal tunnel|meniscus|trigger (?:finger|thumb)|cubital tunnel|hernia)\b",
    re.IGNORECASE,
)
# "my neck surgery (fusion C5-6)"
_SURGERY_MEANT = re.compile(
    r"\b(?:surgery|operation|procedure|test) ?\((?P<of>[^()]{3,60})\)", re.IGNORECASE
)
# "Compounded cream - flurbiprofen 20%, baclofen 5%" is one request.
_PERCENTAGE = re.compile(r"\d ?%")
_BETWEEN_ITEMS = re.compile(r"(?=;\s)")
# "CPT/HCPCS Code (If known): 72141", "CPT 97110, 97140", "E0730"; "ICD-Code (Required): M54.12"
_PROCEDURE = re.compile(
    r"\b(?:CPT|HCPCS)\b\D{0,40}?(?P<codes>[A-V]?\d{4,5}T?(?:\s?[,;/&]\s?[A-V]?\d{4,5}T?)*)",
    re.IGNORECASE,
)
# "Custom orthotics (L3000)", "EMG/NCS (95886, 95911)"
_BRACKETED_CODES = re.compile(
    r"\((?P<codes>(?:\d{5}|[A-V]\d{4})(?:\s?[,;/&]\s?(?:\d{5}|[A-V]\d{4})){0,9})\)"
)
# "Synvisc-One, left knee. J7325": only of supplies and drugs, as five digits may be a town's
_LOOSE_CODES = re.compile(r"(?<=[.,;:–—-] )(?P<codes>[AEJKLQ]\d{4})(?=[.,;]|\s*\Z)")
_DIAGNOSIS = re.compile(
    r"\bICD\b(?:-?(?:9|10)(?:-CM)?\b)?[^\d\n]{0,30}?(?P<codes>(?:[A-TV-Z]\d\w|\d{3})(?:\.\w{1,4})?"
    r"(?:\s?[,;/&]\s?(?:[A-TV-Z]\d\w|\d{3})(?:\.\w{1,4})?)*)",
    re.IGNORECASE,
)
_DIAGNOSIS_FIELD = re.compile(
    r"[\w ]{0,30}\b(?:diagnos[ie]s|dx|impression|assessment)\b", re.IGNORECASE
)
_CODE_OF_FIELD = re.compile(r"\b(?:[A-TV-Z]\d[\dA-Z]\.\w{1,4}|(?<=\()\d{3}\.\d{1,2}(?=\)))\b")
_SERVICE_CODE = re.compile(r"[A-Z]?\d[\w.]*\w")
# Codes of a table's row, which names them in its heading.
_ROW_CODE = re.compile(r"(?<![\w.])(?:[A-TV-Z]\d\d(?:\.\w{1,4})?|\d{5}|[A-V]\d{4})(?![\w.]\w)")


def services(text: str, *, is_field: bool = False) -> Iterator[tuple[str, ServiceFacts]]:
    """The services of a request, taken apart where both sides name a treatment of their own.

    ``is_field``: the text stands where services are asked for, so that an office visit is one.
    """
    text = without_people(text)
    if (why := _WHY_FIRST.match(text)) and names_treatment(text[why.end() :]):
        text = text[why.end() :]
    asks = _ASKS.search(text)
    if asks and names_treatment(text[asks.end() :]) and not names_treatment(text[: asks.start()]):
        text = text[asks.end() :]
    if len(_PERCENTAGE.findall(text)) > 1:
        for one in _compounds_apart(text):
            yield from _service(one, is_field)
        return
    whole, is_named = "", False
    for part in _BETWEEN_KEPT.split(text):
        # "Manipulation, 12 visits (98941 x 12)": a code alone is no second service
        is_of_whole = is_named and names_treatment(_ROW_CODE.sub(" ", whole))
        told = _ROW_CODE.sub(" ", part) if is_of_whole else part
        names = names_treatment(_BESIDE.sub(" ", told) if is_named else told)
        if is_named and names and not _is_of_operation(whole, part):
            yield from _service(whole, is_field)
            whole = ""
        whole += part
        is_named = is_named or names
    yield from _service(whole, is_field)


def asks_in_words(sentence: str) -> Stretch | None:
    """Where a sentence tells that somebody who treats asks: "Dr. Lee said that I need"."""
    asks = _ASKS.search(sentence)
    return asks.span() if asks else None


def without_people(text: str) -> str:
    """A text without who asks and decides, and other words that are names only elsewhere."""
    return _NO_NAME.sub("", _ROLE.sub("", _ASKED_BY.sub("", text[:LONGEST_REQUEST])))


def _compounds_apart(text: str) -> Iterator[str]:
    """What stands between semicolons, the drugs of one compound together: "Soma #90" and "Cream
    (gabapentin 10%; baclofen 2%)"."""
    whole = ""
    for part in _BETWEEN_ITEMS.split(text):
        is_compound = _PERCENTAGE.search(whole) and _PERCENTAGE.search(part)
        if names_treatment(whole) and names_treatment(part) and not is_compound:
            yield whole
            whole = ""
        whole += part
    yield whole


def _is_of_operation(whole: str, part: str) -> bool:
    """Whether a part belongs to the operation named ahead of it, which is done with more."""
    if not _WITH.search(whole):
        return False
    named = find_treatments(split_words(f"{whole} {part}"))
    kinds = {one.value.treatment.subcategory for one in named if not one.value.weakness}
    return kinds.issubset(_OPERATIONS)


def _service(text: str, is_field: bool) -> Iterator[tuple[str, ServiceFacts]]:
    words = split_words(text)
    names = {one.value.treatment.name for one in find_treatments(words)}
    if not (is_field or names.difference(_KINDS_OF_VISIT) or resembling(words)):
        return  # without a name there is no service; reading one costs far more
    asks = _ASKS.search(text)
    told = text[asks.end() :] if asks and names_treatment(text[asks.end() :]) else text
    told = _SURGERY_FOR.sub(_operation_named, told)
    told = _SURGERY_MEANT.sub(lambda one: one["of"] if names_treatment(one["of"]) else one[0], told)
    facts = read_service(written_anew(_LONG_DATE.sub(" ", told)))
    if facts.treatment in _KINDS_OF_VISIT and (asked := _ASKED_FOR.search(text)):
        facts = read_service(written_anew(text[asked.end() :]))
    is_asked = not _GOES_ON.match(text) or (facts.quantity is not None and not _REST.match(text))
    is_visit = is_field and _OFFICE_VISIT.search(text) is not None
    is_kind = (is_visit and facts.treatment == "office visit") or (
        is_field and _MEDICATIONS.search(text) is not None and facts.treatment == "medication"
    )
    is_named = facts.treatment not in _KINDS_OF_VISIT or is_kind
    is_known = facts.category or (is_field and facts.treatment)  # an interpreter is of none
    rest = _DISPENSED.sub("", text) if is_field else text
    is_done = tells_done(rest) and not _OF_SERVICE.match(text)
    if is_asked and is_known and is_named and not is_done:
        yield _LOOSE_JOINT.sub("", text.strip(" ,;.")), facts


def _operation_named(found: re.Match[str]) -> str:
    """ "release of the trigger finger" as "trigger finger release"."""
    what = found["what"].lower()
    return f"{found['of']} {'surgery' if what == 'operation' else what}"


def tells_done(text: str) -> bool:
    """Whether a text tells what was done, tried or found: "Therapy and a brace have failed"."""
    return _DONE.search(text) is not None


def names_treatment(text: str) -> bool:
    """Whether a treatment is named in earnest: "12 visits" alone are none."""
    return bool(treatments_in_earnest(text))


@lru_cache(maxsize=MOST_KEPT)
def treatments_in_earnest(text: str) -> tuple[str, ...]:
    """The treatments that a text names in earnest, in order, each once.

    Cached, as a sentence is asked about several times; whoever reads a text clears the cache.
    """
    told = _SURGERY_FOR.sub(_operation_named, text[:LONGEST_REQUEST])
    found = [one for one in find_treatments(split_words(told)) if not one.value.weakness]
    # "Chiropractic, 12 visits (CPT 98940, 97140)": codes beside a name are no other treatments
    by_words = [one for one in found if not _ROW_CODE.fullmatch(told, one.start, one.end)]
    return tuple(dict.fromkeys(one.value.treatment.name for one in by_words or found))


def tells_follow_up(sentence: str) -> bool:
    """Whether a sentence speaks of an office visit or of following up."""
    return _FOLLOW_UP.search(sentence) is not None


def procedure_codes(text: str, is_row: bool) -> tuple[str, ...]:
    """CPT and HCPCS codes behind their names, in brackets or alone; of a table's row all codes."""
    if is_row:
        return tuple(_ROW_CODE.findall(text))
    return tuple(
        code
        for pattern in (_PROCEDURE, _BRACKETED_CODES, _LOOSE_CODES)
        for code in _codes(pattern, text)
    )


def diagnosis_codes(text: str) -> tuple[str, ...]:
    """ICD codes behind their name, and in the field of a diagnosis."""
    told = _codes(_DIAGNOSIS, text)
    return told or tuple(_CODE_OF_FIELD.findall(text) if _DIAGNOSIS_FIELD.match(text) else ())


def _codes(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(
        code for found in pattern.finditer(text) for code in _SERVICE_CODE.findall(found["codes"])
    )
