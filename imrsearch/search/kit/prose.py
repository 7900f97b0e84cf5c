"""What a sentence is about: history, a reason, a question, or what every letter tells."""

from __future__ import annotations

import re

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.search.kit.labels import label_manner
from imrsearch.search.kit.manners import DECISIONS, FIELD, HISTORY, QUOTED, WHY, manner_of
from imrsearch.search.kit.services import asks_in_words, names_treatment
from imrsearch.text.phrases import split_words

_HISTORY = re.compile(
    r"\b(?:histor(?:y|ies)|had(?! (?:sent|submitted|asked|requested|ordered|put in|sought))"
    r"|previous(?:ly)?|prior|past|years? ago|completed|underwent|on file"
    r"|last|first|was tried|s/p|(?:we|they) (?:have )?paid for|(?:was|were) paid(?: for)?"
    r"|status post|took part|finished|in (?:[a-z]+ )?(?:19|20)\d\d)\b"
    # "He has therapy at home now", "I am getting chiropractic at present"
    r"|\b(?:has|have|gets?|getting|does|do|doing|is in|am in|goes to|go to) [^.;:]{0,40}"
    r"\b(?:now|currently|at (?:present|the moment)|these days|already)\b"
    # "2014-2015: physical therapy, 18 visits"
    r"|\A\W*(?:[a-z]+\.? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?:",
    re.IGNORECASE,
)
# What every letter tells of rights and of the procedure: it decides nothing and is no reason.
_NOTICE = re.compile(
    r"\byou (?:may|must|need not|are entitled|do not have to|have (?:the|a) right)\b"
    r"|\bif you (?:disagree|do not agree|believe|wish|want|would like)\b"
    r"|\bindependent (?:medical )?(?:review|organization)\b|\bIMR\b|\battorney\b"
    r"|\b(?:dispute|appeal) (?:resolution|rights|process)\b|\binformation (?:and|&) assistance\b"
    r"|\bdays (?:of|after|from) the (?:date|receipt)\b|\bnothing in this notice\b"
    # "Bills for services already certified will be paid", "may not collect from the employee"
    r"|\b(?:bills?|invoices?|payments?)\b[^.]{0,80}\b(?:(?:will|can|shall) be paid|withheld)\b"
    r"|\b(?:collect|payment) from the (?:employee|worker|patient)\b"
    r"|\bservices (?:have been|were) (?:given|provided|rendered)(?: already)?, the\b"
    # "This report may not be used to determine whether a body part is accepted"
    r"|\bthis (?:report|letter|review|notice|document|decision|determination)"
    r" (?:(?:may|must|should|shall|can) not be (?:used|copied|shared|disclosed|relied|construed"
    r"|taken)|(?:is|does) not (?:an? |the )?(?:guarantee|admission|acceptance|decide|determine"
    r"|address whether|constitute|mean that))\b"
    r"|\bphysicians for (?:denying|making)|\bfree of charge\b",
    re.IGNORECASE,
)
# What a form tells whoever fills it in: "Specify consultation/referral, surgery, and
# hospitalization."
_INSTRUCTION = re.compile(
    r"\W*(?:include|list|specify|identify|describe|attach|check|state|explain|indicate|use of)\b"
    r"(?=[^:]{1,200}[.)]*\Z)(?!.*\b(?:i|we) (?:request|ask|recommend))"
    # "REQUESTED TREATMENT (see instructions for guidance)"
    r"|[\w /]{1,60}\(see (?:the )?instructions\b"
    # "Up to five (5) procedures may be entered"
    r"|\W*(?:please )?do not (?:write|type|mark|fill)\b"
    r"|\W*(?:for )?(?:office|carrier|official) use only\b"
    r"|\W*(?:up to|no more than|at most) .{1,40} (?:may|can) be (?:entered|listed|requested)\b",
    re.IGNORECASE,
)
# "Need for surgery: NO", "She has enough ibuprofen at home, none prescribed today"
_ASKS_NOTHING = re.compile(
    r"\bneed for [^:]{1,60}: ?(?:no|none|n/a)\b"
    # "Boot - dispensed in the ER, no authorization needed", "needs no authorization"
    r"|\bno (?:prior |further |pre-?)?auth(?:orization)? (?:is |was )?"
    r"(?:needed|required|necessary|req['’]?d)\b"
    r"|\b(?:needs?|requires?) no (?:prior )?auth(?:orization)?\b"
    r"|\bfor (?:your|the) (?:information|records?) only\b|\bFYI only\b"
    r"|(?:\bnot|n['’]t) (?:need|require) (?:prior |an? )?auth(?:orization)?\b"
    r"|\bnot (?:needed|requested|ordered)(?: now| today| at (?:this time|present))?\W*\Z"
    r"|\b(?:none|nothing|no refills?) (?:(?:is|are|was|were) )?"
    r"(?:prescribed|requested|ordered|needed)\b"
    # "He may need a fusion in the future", "a second opinion may be sought later"
    r"|\b(?:may|might|could|would)\b[^.;]{0,80}\b(?:in the future|later|eventually|down the (?:road"
    r"|line)|some ?day|at some point|in due (?:course|time)|in time)\b"
    r"|\A\W*(?:there is )?no (?:need|indication) (?:for|of)\b|\A\W*there is nothing\b"
    r"|\b(?:was|were|has been|have been) reimbursed\b"
    r"|\b(?:neither|nothing|none of (?:this|these|them)) is (?:being )?(?:requested|asked for)\b"
    # "Patient previously had therapy, declined surgery"
    r"|\A\W*(?:the )?(?:patient|pt|he|she|worker) (?:has |have )?(?:previously |already )?"
    r"(?:had|completed|tried|underwent|received|declined)\b"
    # "I do not recommend these", "He asks about stem cells"
    r"|\bI (?:do not|don['’]t|did not|cannot) (?:\w+ )?(?:recommend|agree|advise|request|order"
    r"|prescribe|ask for)\b"
    r"|\b(?:he|she|patient|worker) (?:asks|asked|wonders) (?:\w+ )?about\b"
    # "If surgery is advised, clearance will be requested"
    r"|\A\W*(?:if|once|when|should)\b[^.]{1,160}\b(?:will|may|might|can|would)\b[^.]{0,60}"
    r"\b(?:requested|sought|considered|ordered|needed|recommended)\b"
    r"|\b(?:enough|plenty of) [^.;]{1,40} at home\b"
    # "Please resubmit with X-rays", "Acetaminophen is suggested instead"
    r"|\bre-?(?:submit|apply)\b"
    r"|\b(?:suggested|proposed|offered|available) (?:instead|in its place|as an alternative|to the"
    r" (?:provider|doctor|physician|patient))\b"
    # "The mileage has yet to be paid", "Mileage of $41 was reimbursed"
    r"|\b(?:bills?|invoices?|mileage|copay\w*|checks?)\b[^.;]{0,80}\b(?:paid|reimbursed|owed|mailed)\b"
    r"|\b(?:(?:be|been|was|were) (?:paid|reimbursed)|owed) for\b"
    # "d/c tramadol"
    r"|\A\W*(?:d/c|dc|stop|discontinue|hold(?: off)?|wean off|taper off)\b"
    # "A release is anticipated if he agrees", "I will consider a block"
    # "Please let me know whether an interpreter is needed"
    r"|\b(?:let (?:me|us) know|tell (?:me|us)|confirm|advise) (?:if|whether) [^.;?]{1,80}"
    r"\b(?:needed|required|wanted)\b"
    # "Ibuprofen OTC as needed"
    r"|\A(?!.*#\d).*\b(?:OTC|over[- ]the[- ]counter)\b"
    r"|\b(?:is|are) (?:anticipated|foreseen|contemplated|being considered|a possibility)\b"
    r"|\b(?:I|we) (?:(?:will|may|might|would) consider|anticipate|foresee"
    r"|(?:am|are) considering)\b",
    re.IGNORECASE,
)
# "Injections were offered, she does not want any needles", "still has a supply"; not "Surgery was
# discussed and I request authorization"
_NOT_WANTED = re.compile(
    r"(?!.*\b(?:request|recommend|order|prescrib|authoriz)\w*).*?"
    r"(?:\b(?:was|were|is|are) (?:also )?(?:offered|discussed|declined by)\b"
    r"|\b(?:I|we) (?:have )?(?:discussed|spoke of|talked (?:about|over)|went over|reviewed"
    r"|offered)\b"
    r"|\b(?:does|do|did) not want\b|\bwants? no\b|\b(?:doesn|didn|don)['’]t want\b"
    r"|\b(?:still |already )?has (?:an? |some |enough |plenty )(?:\w+ )?"
    r"(?:supply|supplies|left|at home)\b"
    r"|\b(?:already |still )?has (?:them|it|one|(?:his|her) own)(?: already| at home)?\W*\Z"
    r"|\b(?:he|she|patient|pt|worker|claimant) (?:\w+ )?(?:declines|declined|refuses)\b)",
    re.IGNORECASE,
)
# What is reviewed: "Are crutches medically necessary?", "Should the brace be certified?"
_ASKS_WHETHER = re.compile(
    r"\W*(?:is|are|was|were|would|could|can|should|do|does|did)\b[^?]{3,200}?"
    r"\b(?:necessary|necessity|appropriate|indicated|warranted|reasonable|supported"
    r"|be (?:certified|approved|authorized|allowed))\b[^?]{0,60}\?",
    re.IGNORECASE,
)
# What the writer wants to know: "Do you still want the brace?"
_QUESTION = re.compile(
    r"\W*(?:do|did|would|could|can|have|has|was|were|are|what|why|how|when|who|where)\b[^?]*\?\W*\Z",
    re.IGNORECASE,
)
# Who the reviewer is, as the law has every letter say.
_CREDENTIALS = re.compile(
    r"\bcompetent to evaluate\b|\bscope of (?:\w+ )?practice\b"
    # "Our reviewer is an orthopedic surgeon with an active practice."
    r"|\b(?:reviewer|physician|advis[eo]r|doctor|who) (?:is|was) (?:an?|the) (?:[\w-]+ ){0,4}"
    r"(?:surgeon|physician|psychiatrist|psychologist|chiropractor|specialist|internist)\b",
    re.IGNORECASE,
)
# In a field that tells: "The only request under review is a hospital bed."
_UNDER_REVIEW = re.compile(
    r"\brequest(?:s|ed|ing)? (?:is|for|authorization)\b|\bunder review\b"
    r"|\bI (?:request|recommend)",
    re.IGNORECASE,
)
# "She also sees a psychologist", "He went back to his Percocet"
_OF_PATIENT = re.compile(
    r"\W*(?:he|she|(?:(?:the|this) )?(?:patient|claimant|worker|employee|pt))\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|not|no|does|did|would|should|must|cannot|contains"
    r"|states|requires|reads|shows|recommends|exceeds|includes|remains|complains|suggests)\b|n['’]t\b",
    re.IGNORECASE,
)
# "She gets out of the bed she owns", not "Knee brace, right"
_BEGINS_TO_TELL = re.compile(
    r"(?:he|she|they|it|this|that|these|there|here|no|mrs?|ms|dr|i|we|your?|his|her|the) ?\b",
    re.IGNORECASE,
)
_GREETING = 12
"""A dash within so many characters follows a greeting: "Hi - UR denied Fioricet"."""
# The reason begins here; what is named behind it is not what was denied.
_SAYS_BECAUSE = re.compile(
    # "given the findings", not "Ketorolac 60 mg IM given today"
    r"\b(?:because|since|due to|given(?= [a-z])(?! (?:today|in|at)\b)"
    r"(?! (?:an? )?(?:\w+ )?(?:chance|trial|try)\b)"
    r"|(?:for (?:lack|want)|in (?:the absence|view|light)) of|owing to"
    r"|sa(?:ys?|id)(?! no(?: to\b|[.,;:!?]|$))|saying"
    # "They wrote that there is no instability on EMG"
    r"|(?:wrote|writes|stated|states|stating|claims?|claimed|argue[sd]|felt|told (?:me|us|him|her))"
    r"(?=,? (?:that |because )?(?:there|no|not|it|he|she|they|we|I) )"
    r"|bcuz|bc|(?:on|for) (?:the following|these|two|three|several) (?:grounds?|reasons?)"
    # "You rejected the injections to the knee, citing ODG, Knee & Leg"
    # "denied - Lunesta #30, he hasn't tried any sleep hygiene"
    r"|(?<=, )(?:he|she|they|it|there|patient|pt|claimant|worker)(?= (?:(?:is|was|has|have|had|does"
    r"|did|are|were) (?:not|no|never|already)\b|(?:is|was|has|have|had|does|did|are|were)n['’]t))"
    r"|(?<=, )(?:citing|quoting|invoking|relying (?:up)?on|pointing to|referring to)"
    r"|without evidence"
    r"|as (?:the|there|no|it|he|she)|(?<=, )as|(?<=, )for (?:the|an?|no|he|she))\b"
    r"|\s[-–—]\s(?=[^.]{0,80}\b(?:not|no|without|never|only|isn['’]t|lack|den|adverse|is|are|was"
    r"|were|has|have|recommended|indicated|modified|habit|second|already)\b)",
    re.IGNORECASE,
)
_BEGINS_WITH_WHY = re.compile(r"\W*(?:because|since|as|now that)\b", re.IGNORECASE)
# "I request authorization for a fusion, for an assistant surgeon, for a walker"
_ASKED_FOR_IT = re.compile(
    r"\b(?:request\w*|authoriz\w*|ask\w*|refer\w*|order\w*|prescri\w*)(?: \w+){0,2} for\b",
    re.IGNORECASE,
)
# "…, for the neck": a place, not a clause
_FOR_PART = re.compile(r"for (?:the|an?|his|her) [^,.;:()]{1,40}", re.IGNORECASE)
_ALSO = re.compile(
    r",? (?:and |plus )?also (?:(?:asked|wrote|ordered) )?(?=for (?:an?|the|some|\d)\b)",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(
    r"\b(?:not|no|none|neither|nor|without|never|exceed\w*|beyond|lack\w*|fail\w*|insufficient|only|nothing|weaning"
    r"|taper\w*|already|wants? to see|follows? (?:from )?the|with (?:it|them))\b|n['’]t\b",
    re.IGNORECASE,
)
# "none of the associated services are medically necessary"
_ASSOCIATED = re.compile(r"\bassociated (?:\w+ )?(?:services?|items?|requests?)\b", re.IGNORECASE)
# "It was requested for the operation", "Both are needed only after it"
_REFERS = re.compile(
    r"\W*(?:it|they|both|these) (?:is|was|are|were) (?:\w+ )?(?:requested|ordered|asked for|meant"
    r"|needed|wanted|prescribed|tied|linked|intended|required) (?:only |solely |just )?"
    r"(?:for|to|with|by|after|because)\b"
    # "The naproxen it was meant to go with is denied"
    r"|[^.;,]{0,60}\bthe [\w -]{1,40} (?:(?:for|with) which )?(?:it|they|this) (?:is|was|are|were)"
    r" (?:\w+ )?(?:requested|ordered|asked for|meant|needed|wanted|prescribed|intended)\b",
    re.IGNORECASE,
)
# "Same as above", "Ditto.", "Denied for the same reason as item 1"
_SAME_REASON = re.compile(
    r"\b(?:same (?:as (?:above|before|for|under|with|item|request|no)|reasons?|rationale|grounds?"
    r"|applies|holds|goes)|ditto|idem|likewise"
    r"|(?:see|as) (?:stated |explained |noted |said |given |set out )?(?:above|before)"
    r"|(?:above|foregoing|aforementioned|previous) (?:reasons?|rationale|grounds?))\b"
    # "See item 1", "as under A"
    r"|\A\W*(?:see|as (?:for|under|in)) (?:(?:item|request|no\.?|#) ?)?(?:\d{1,2}|(?-i:[A-H]))\b",
    re.IGNORECASE,
)
_GUIDELINE_SAYS = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?|chapter)\b[^.,;]{0,40}"
    r"(?:,? (?:chapter|pages?|pp?\.?) [\d-]+,?){0,2}[^.,;]{0,40}"
    r"\b(?:recommends?|requires?|asks? for"
    r"|supports?|allows?|suggests?|wants?|needs?)\b|\brecommended as an option\b"
    r"|\brecommended by (?:the )?(?:MTUS|ODG|ACOEM|guidelines?)\b",
    re.IGNORECASE,
)
# "The guideline does not support it", "This is outside the guideline"
_GUIDELINE_REFUSES = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?)\b[^.,;]{0,40}?\b(?:(?:do|does|did) not|don['’]t|doesn['’]t"
    r"|never) (?:\w+ )?(?:recommend|support|allow|endorse|sanction|favou?r)"
    r"|\b(?:outside|beyond|contrary to|at odds with|not (?:recommended|supported) by)"
    r" (?:of )?(?:the |any )?(?:MTUS|ODG|ACOEM|guidelines?)\b",
    re.IGNORECASE,
)
# "lumbar facet syndrome, M47.816": a condition
_CONDITION = re.compile(
    r"\b(?:syndrome|\w{2,}opathy|\w{3,}itis|\w{3,}osis|disease|disorder|sprain|strain|hypertrophy"
    r"|tear)\b|\b[A-TV-Z]\d\d\.\w+",
    re.IGNORECASE,
)
# Without a word of any patient, "the fence repair" is no surgery.
_MEDICAL = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|doctor|dr|physician|provider['’]s|medical\w*|clinic\w*"
    r"|surg\w*|injur\w*|pain|exam\w*|diagnos\w*|therap\w*|mg|my)\b",
    re.IGNORECASE,
)


def is_notice(sentence: str) -> bool:
    """Whether a sentence only tells of rights and of the procedure, as every letter does."""
    return _NOTICE.search(sentence) is not None


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells how a form is filled in, or who may decide."""
    return bool(_INSTRUCTION.match(sentence) or _CREDENTIALS.search(sentence))


def asks_nothing(sentence: str) -> bool:
    """Whether a sentence says of what it names that nobody asks for it."""
    return bool(_ASKS_NOTHING.search(sentence) or _NOT_WANTED.match(sentence))


def is_question(sentence: str) -> bool:
    """Whether a sentence wants to know something of its reader: it asks for no treatment."""
    return _QUESTION.match(sentence) is not None and not asks_whether(sentence)


def asks_whether(sentence: str) -> bool:
    """Whether a sentence asks of a request what its review is to tell."""
    return _ASKS_WHETHER.match(sentence) is not None


def has_verb(text: str) -> bool:
    """Whether a text tells something, as headings and names of services do not."""
    return _VERB.search(text) is not None


def begins_to_tell(sentence: str) -> bool:
    """Whether a sentence tells something of somebody: "She walks a mile without one."."""
    return has_verb(sentence) or _BEGINS_TO_TELL.match(sentence) is not None


def is_of_patient(sentence: str) -> bool:
    """Whether a sentence tells what the patient has or does."""
    return _OF_PATIENT.match(sentence) is not None


def is_medical(text: str) -> bool:
    """Whether a text speaks of a patient or of treatment at all."""
    return _MEDICAL.search(text) is not None


def tells_history(sentence: str) -> bool:
    """Whether a sentence speaks of what was done before."""
    return _HISTORY.search(sentence) is not None


def tells_condition(sentence: str) -> bool:
    """Whether a sentence tells a diagnosis and names no treatment but by a word of it."""
    return _CONDITION.search(sentence) is not None and not names_treatment(sentence)


def is_held(manner: str, sentence: str) -> bool:
    """Whether the manner of a field holds for a sentence that is not its first."""
    if manner == HISTORY:
        is_decided = manner_of(sentence) in DECISIONS and not tells_history(sentence)
        return not (is_decided or _UNDER_REVIEW.search(sentence))
    head, colon, _ = sentence.partition(":")
    is_field = colon and label_manner(head.lower()) == HISTORY
    return manner in (WHY, QUOTED) or (
        manner == FIELD and not (is_field or begins_to_tell(asked_part(sentence)))
    )


def asked_part(sentence: str) -> str:
    """The sentence up to where its reason begins: "X is denied because …"."""
    for because in _SAYS_BECAUSE.finditer(sentence):
        start = because.start()
        if start < _GREETING and not names_treatment(sentence[:start]) and because[0][:1].isspace():
            continue
        if _is_no_reason(sentence, start):
            continue
        is_asked = because[0].lower().startswith("for ") and _ASKED_FOR_IT.search(sentence[:start])
        if start and not (is_asked and not because[0].lower().startswith("for lack")):
            return sentence[:start]
    return sentence


def _is_no_reason(sentence: str, start: int) -> bool:
    """Whether what looks like a reason's beginning tells what is asked for: ", for the neck" says
    where, "My doctor said that I need a release" whose wish it is."""
    asked = asks_in_words(sentence)
    part = _FOR_PART.match(sentence, start)
    if part and not has_verb(part[0]):
        return bool(read_body_parts(part[0], split_words(part[0])).regions)
    return asked is not None and asked[0] < start < asked[1]


def asked_also(behind: str) -> list[str]:
    """What a sentence asks for once more behind a reason: "… because he limps, also for a lift
    chair"."""
    return _ALSO.split(behind)[1:]


def is_of_associated(sentence: str) -> bool:
    """Whether a sentence speaks of what goes with a request, so of all requests but the first."""
    return _ASSOCIATED.search(sentence) is not None


def refers_to_request(sentence: str) -> bool:
    """Whether a sentence tells what the request spoken of is for: it names no other."""
    return _REFERS.match(sentence) is not None


def is_same_reason(sentence: str) -> bool:
    """Whether a sentence has no reason of its own: "Same as above"."""
    return _SAME_REASON.search(sentence) is not None


def opens_list_with_why(sentence: str) -> bool:
    """Whether a sentence tells why what is listed below it is denied: "As the surgery is not
    certified, neither are:"."""
    is_named = names_treatment(asked_part(sentence)) and not _BEGINS_WITH_WHY.match(sentence)
    return sentence.endswith(":") and not is_named and _SAYS_BECAUSE.search(sentence) is not None


def is_of_guideline(sentence: str) -> bool:
    """Whether a guideline recommends, not a physician: "MTUS recommends acupuncture"."""
    return _GUIDELINE_SAYS.search(sentence) is not None


def is_refused_by_guideline(sentence: str) -> bool:
    """Whether a guideline speaks against a request, which denies it where nothing else does."""
    return _GUIDELINE_REFUSES.search(sentence) is not None


def says_why(sentence: str) -> bool:
    """Whether a sentence that names a request may tell a reason too."""
    return bool(_SAYS_BECAUSE.search(sentence) or _SAYS_WHY.search(sentence))
