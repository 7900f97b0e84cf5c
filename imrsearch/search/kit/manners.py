"""In what manner a pasted text speaks of a treatment: denied, certified, withdrawn, asked for,
history, why, quoted from a guideline, or aside: in a list of records, or in what every letter
tells.

The manner of a field's label (``labels``) holds for its text; a sentence may have its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imrsearch.reasons.wording import with_apostrophes
from imrsearch.search.kit.services import asks_in_words, names_treatment
from imrsearch.text.numbers import NUMBER_WORDS

DENIED, CERTIFIED, WITHDRAWN, ASKED = "denied", "certified", "withdrawn", "asked"
DEFERRED = "deferred"
FIELD, HISTORY, WHY, QUOTED = "field", "history", "why", "quoted"
RECORDS, NOTICE = "records", "notice"
NONE = ""
DECISIONS = (DENIED, CERTIFIED, WITHDRAWN, DEFERRED)
ASIDE = (RECORDS, NOTICE)
"""What is named here is neither asked for, nor a reason, nor the patient's history."""
_BE = r"(?:is|are|was|were|be|has been|have been|can be|could be|will be)"
_GRANTED = r"(?:certified|approved|authorized|allowed|granted|covered)"
_NOTED = r"(?:\s[-–—=]{1,2}>?|=>?|→)\s?"
"""A dash behind a service, where a note tells the answer next: "SCS trial - "."""
_DENIED = re.compile(
    # "We cannot say the same of the rest", "Not so the remaining requests"
    r"\b(?:(?:not|cannot) (?:be )?(?:able to )?(?:sa(?:y|id) the same|(?:go|went) along)|not so"
    r"|(?:otherwise|different(?:ly)?) with) (?:of|for|about|with)? ?(?:the )?"
    r"(?:rest|others|remain\w+)\b|"
    # "None of the above has been certified", "Neither the cane nor the brace is approved"
    r"\b(?:(?:none|neither|nothing|not one|no \w+)"
    r"(?: of [^.;,]{1,40}| [^.;,]{1,40}? nor [^.;,]{1,40}"
    # "Neither item is certified"
    r"| (?:one|(?:[a-z]+ )?(?:item|request|service|treatment|procedure|drug|medication)s?))?"
    rf" {_BE} (?:{_GRANTED}|medically (?:necessary|appropriate)|supported|recommended)"
    # "they turned that down"
    r"|(?:turn|shot|shut|knock)\w* (?:it|that|this|them|those|me|him|her|us|both"
    r"|(?:my|his|her|the) \w+) down"
    r"|den(?:y|ied|ying|ial)|dis-?approv\w*|non-? ?cert\w*|non-? ?auth(?:oriz\w*|['’]?e?d|s)?\b"
    r"|modified"
    r"|adverse(?: determination)?|not auth\b|modify|modification|no authorization"
    r"|(?:cut|knock(?:ed)?|trimmed|lowered|reduced?) (?:it |that |them )?(?:down )?to #?\d+"
    r"|(?:cut|knock(?:ed)?|trimmed|lowered|reduced?) [^.;]{1,40} from #?\d+ (?:\w+ )?(?:down )?to"
    r" #?\d+"
    r"|(?:got|gets|was|were|is|been) (?:cut|reduced)(?: down)? (?:to|from|by)"
    # not "The range of motion is reduced by a third"
    r"(?! (?:an? )?(?:third|half|quarter|\d+ ?(?:%|percent|degrees)))|reduce to|(?:is"
    r"|was) a no\b"
    # "#2 and #3 went down with it", "the brace fell with the surgery"
    r"|(?:went down|fell) (?:along |together )?with"
    r" (?:it|them|that|this|the (?:surgery|operation|procedure|first|primary|fusion))"
    r"|stopped paying|turned down|refus\w+|reject\w+|disallow\w*|withheld|(?:was|were|been|is"
    r"|are) (?:\w+ly |hereby |likewise |also |therefore ){0,2}declined"
    # "It cannot be endorsed", "I recommend against authorizing it", "no to both"
    r"|(?:not|cannot|never) (?:be )?endorse\w*|(?:recommend|advise)\w* against"
    r"|not concur with (?!(?:the|your|this) (?:denial|decision|determination|review))"
    # "insurance wrote back he does not need one"
    r"|(?:wrote|writes?|sa(?:y|ys|id)|told|tells?|replied|answered|claims?|claimed|thinks?|decided)\b"
    r"(?: (?!the\b)\w+){0,3} (?:I|he|she|they|we|mom|dad) (?:do(?:es)? not|don['’]t|doesn['’]t|did"
    r" not|didn['’]t|never) (?:really |actually )?need"
    # "what they say is, quote, no need for assistance"
    r"|(?:sa(?:y|ys|id)|wrote|writes?|told (?:us|me|him|her)|answer(?:ed)?|repl(?:y|ied))"
    r"(?: (?:is|was|that|me|us|back))?[,:]?(?: quote)?[,:]? [\"“‘']?(?:there (?:is|was) )?"
    r"no (?:need|reason|evidence|proof|indication)"
    r"|nixed|vetoed|axed|no to (?:both|all|it|this|these|any|each)|unfavou?rable"
    # "Prior decision UPHELD on both items", "we affirm our denial"
    r"|(?:decisions?|determinations?|denials?)"
    r" (?:is |are |was |were |has been |have been |hereby )*"
    r"(?:upheld|affirmed|sustained|maintained|confirmed|stands?)"
    r"|(?:uph[oe]ld|affirm|sustain|maintain|confirm|stand by)\w* (?:the|our|its|this|that|both)"
    r" (?:\w+ ){0,2}(?:decision|determination|denial)s?"
    r"|decided against|ruled against|voted down|(?:UR|review(?:er)?|carrier|insur\w+|adjuster|they)"
    r" (?:killed|nixed|axed|bounced|tossed|vetoed|struck|shot down|knocked (?:back|out)|balked at"
    r"|threw out|would not hear of)"
    # "the doctor asked for 120 and they say only 60"
    r"|(?:say|says|said|gave|give|gives|allow|allows|left) (?:(?:me|him|her|us) )?only #?\d+"
    r"(?! (?:percent|%|of|days?|weeks?|months?|years?)\b)"
    r"|only (?:pay for|approve|allow|authorize|certify|cover|grant)\w* #?\d+"
    r"|declined by (?:the )?(?:insur\w+|carrier|adjuster|company)"
    r"|(?:not(?: (?:able|willing|prepared|inclined|in a position) to)?|unable to|unwilling to"
    r"|cannot|never|declined? to|fail(?:ed)? to|without"
    r"|no (?:basis|grounds?|reason|cause) (?:to|for)"
    # "could not see his way to certifying the brace"
    r"|not (?:see|find) (?:\w+ )?(?:way (?:clear )?|fit |it possible )?to) (?:to )?(?:be |been )?"
    r"(?:recommend(?:ed)? (?:for )?)?(?:certif|authoriz|approv|cover|allow|grant|ok(?:ay)?\b)\w*"
    r"|(?:requests?|items?|services?|it|this|they|these) cannot be"
    r" (?:supported|recommended|justified)"
    r"|cannot pay\b|(?:not|never) pay\b(?! (?:for )?(?:that|the) review| physicians)"
    r"|not going to (?:certify|authorize|approve|cover|allow|pay)"
    r"|(?:certification|authorization|approval) (?:is|was|cannot be|could not be) not"
    r" (?!a guarantee)\w+"
    r"|partial(?:ly)?[- ](?:certif|approv|authoriz|allow|grant)\w*"
    r"|(?:certified|approved|authorized|certify|approve|authorize|approval|certification)"
    r" (?:in part|as modified|with (?:a )?(?:modif|chang)\w*)"
    r"|(?:not|never) (?:be |been )?(?:considered |deemed |found |felt |shown )?(?:to be )?medically"
    r" (?:necessary|appropriate|indicated)|lacks? medical necessity"
    r"|(?:not|never) (?:meet|met) (?:the )?(?:criteria|medical necessity|guidelines?)"
    r"|medical necessity (?:is|was|has|of [^.;]{1,80}(?:is|was|has)) not"
    r"|sa(?:y|ys|id|ying) no(?= to\b| because\b| bc\b| cuz\b| since\b|[.,;:!?]|$)"
    r"|cut (?:my|his|her|the|me|off)|cut (?:it |that |them )?down|stopped (?:my|paying|covering))\b"
    r"|n['’]t (?:be )?(?:certif|authoriz|approv|cover|allow|pay|ok)\w*"
    r"|n['’]t medically (?:necessary|appropriate)|n['’]t meet (?:the )?(?:criteria|medical)"
    r"|(?:->|=>|→|\s[-–—:=])\s?(?-i:NC)\b|\b(?-i:NC)['’]?d\b"
    # "Xanax 1 mg #60 = no.", "SCS trial - NO", "PT x12 -> 6 OK, other 6 no"
    rf"|{_NOTED}(?:no|nope|nay)\b(?=[.,;!(]|\s*\Z|\s[-–—])"
    rf"|{_NOTED}#?\d+ (?:visits? |sessions? )?(?:ok(?:ay)?|yes|fine)\b",
    re.IGNORECASE,
)
_DECIDED_WORD = (
    r"(?:denied|delayed|modified|refused|deferred|(?:non-?)?certified|approved|authorized)"
)
# Words of a decision that decide nothing: "Nothing was denied", "No part of the request has been
# denied or modified"; what may be decided some day ("services beyond this may be denied"), or was
# decided on another day ("previously denied requests").
_NONE_DECIDED = re.compile(
    r"\b(?:nothing|none(?: \w+){0,5}|no(?: \w+){1,5}) (?:is|was|were|has been|have been)"
    r" (?:denied|modified)"
    r"(?:,? or (?:denied|modified))?"
    # "If a page is missing do not deny"
    r"|\b(?:do|does|did|please|to) not (?:be )?den(?:y|ied)\b"
    rf"|\b(?:may|might|could|can|would) (?:(?!not\b)\w+ )?be {_DECIDED_WORD}(?:(?:,"
    rf"|,? or) {_DECIDED_WORD})*"
    # "PT 2x6 if the injection is approved"
    rf"|\b(?:if|once|unless) (?:\w+ ){{0,4}}?(?:(?:is|are|was|were|gets?) )?{_DECIDED_WORD}\b"
    rf"|\b(?:previously|formerly|earlier|later|subsequently) {_DECIDED_WORD}"
    rf"|\b{_DECIDED_WORD} (?:in the (?:future|past)|later|(?:last|an? \w+|\w+) (?:month|week"
    rf"|year)s? ago)"
    # "The patient reports that UR denied a discogram last year"
    rf"|\b{_DECIDED_WORD}\b[^.;,]{{0,60}}\b(?:last year|years? ago)\b"
    # "Depends on the release, which is not certified": why another thing is not
    r"|\bdepends (?:up)?on [^.;]{1,80}"
    r"|\bname (?:is |was )?withheld\b"
    # "Ketoprofen is not approved for use on the skin", "not FDA approved"
    r"|\b(?:not (?:\w+ )?)?(?:FDA[- ])?approved (?:for (?:use|topical|oral|human|this|that|the"
    r" (?:skin|treatment|management))|by (?:the )?FDA)\b|\bnot FDA[- ]approved\b"
    # "Ambien is approved for the short-term treatment of insomnia"
    r"|\b(?:is|are) approved (?:only )?for (?:the |use in )?(?:(?:short|long)[- ]term"
    r"|treatment|management|relief)\b"
    # "The certified operation is at a single level"
    r"|\b(?:the|his|her|your) (?:already |previously )?(?:certified|approved|authorized)"
    r" (?:\w+ )?(?:operation|surgery|procedure|fusion|repair|release|replacement|arthroscopy)\b"
    # "a manual chair, should he ever want one"
    r"|,? (?:should|if) (?:he|she|they|the (?:patient|claimant|worker)) (?:ever |later |still )?"
    r"(?:wants?|needs?|asks?|requests?)\b[^,;.]{0,80}"
    r"|\bno (?:prior |further |pre-?)?auth(?:orization)? (?:is |was )?(?:needed|required|necessary"
    r"|req['’]?d)\b"
    # "Treatment has consisted of medication and activity modification"
    r"|\b(?:activity|lifestyle|work(?:place|site)?|duty|job|behaviou?r(?:al)?|ergonomic|diet(?:ary)?"
    r"|postural) modifications?\b"
    # "He has cut down on Tylenol"
    r"|\bcut(?:ting)? (?:down|back) on\b"
    # "We will cut down after the procedure"
    r"|\b(?:will|shall|would|may|might|to|['’]ll) (?:then )?cut (?:(?:it|that|them) )?"
    r"(?:down|back)\b"
    # "Therapy was approved for six visits, of which she has attended two"
    rf"|\b{_DECIDED_WORD}\b(?=[^.;]{{0,60}}\b(?:of which|and|but) (?:\w+ )?(?:has|have|had) "
    r"(?:so far )?(?:attended|completed|used|had|finished|begun|started)\b)"
    # "The patient refuses surgery"
    r"|\b(?:patient|pt|worker|claimant) (?:has |had )?(?:refuse[sd]?|declined|rejected)\b"
    # "until a claim is accepted or rejected"
    r"|\b(?:accepted|admitted) or (?:rejected|denied)\b"
    r"|\bboard[- ](?:certified|eligible)\b|\bcertified (?:mail|copy|interpreter|hand therapist"
    r"|public)\b"
    r"|\bauthorized (?:agent|representative|signature|user|person)\b"
    # "on top of the ibuprofen certified on 7/22"
    rf"|\b(?:on top of|besides?|next to|in addition to|than|beyond|with) the"
    rf" (?:(?!{_BE}\b)[\w./-]+ ){{1,6}}{_GRANTED} (?:on|in|last|earlier)\b"
    # "has attended three of twelve authorized physical therapy visits"
    rf"|\b(?:of|attended|completed|used|had) (?:(?!{_BE}\b)[\w-]+ ){{0,2}}{_DECIDED_WORD} "
    r"(?:[\w-]+ ){0,3}"
    r"(?:visits?|sessions?|treatments?)\b"
    r"|\bmodified (?:dut(?:y|ies)|work|activit(?:y|ies)|schedule|barthel|job)\b"
    r"|\b(?:services?|treatments?|items?|requests?) that (?:is|are|was|were) (?:not )?"
    rf"{_DECIDED_WORD}",
    re.IGNORECASE,
)
# "If a later request is denied, a letter will explain why", "should surgery be denied, …": up to
# the comma, nothing is said of this request.
_CONDITIONAL_CLAUSE = re.compile(
    r"\A\W*(?:if|should|unless|whenever|in case|in the event)\b"
    rf"(?:[^,;.]|,(?= (?:(?:or|and) )?{_DECIDED_WORD})){{1,200}}(?:[,;.]|\Z)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\bwithdr(?:aw|aws|awn|ew|awing)\b|\b(?:takes?|taking|took|taken) back\b|\brescind\w*"
    r"|\b(?:is|are) no longer (?:requested|asked|wanted|sought)\b"
    r"|\brequest (?:was |is |has been )?cancell?ed\b",
    re.IGNORECASE,
)
# Not reviewed until somebody decides whether the injury is covered
_DEFERRED = re.compile(
    r"\bdeferr(?:ed|al)\b|\b(?:we|reviewer) needs? more (?:info\w*|records|notes)\b", re.IGNORECASE
)
# The decision is on what comes next: "The following were not approved", "we deny the items below".
_POINTS_ON = re.compile(
    r"\bfollowing\b(?! (?:the|this|an?|that|his|her)\b)|\b(?:items?|services?|requests?"
    r"|treatments?)? ?"
    r"(?:listed |named |given |shown )?below\b|\bthese(?: \w+)?\W*\Z"
    # "your adverse decision of July 25 on two treatments"
    rf"|\b(?:{'|'.join(NUMBER_WORDS)}|several|\d{{1,2}}) (?:of (?:the|your|his|her|my) )?(?:\w+ )?"
    r"(?:treatments|services|items|requests|things|procedures|medications)\W*\Z"
    # "We are not able to say the same of the rest, for the reasons that follow"
    r"|\b(?:reasons?|grounds?) (?:that follow|as follows|set out below)\b|\bas follows\b"
    r"|\bwhat follows\b",
    re.IGNORECASE,
)
# "Both things on your RFA of August 12 were approved": the form's name may be taken out
_OF_WHOLE = re.compile(
    r"\b(?:both|all|everything|every|each|none|nothing|neither)\b[^.;:]{0,30}"
    r"\b(?:on|in|from|of|with) (?:your|his|her|the|this|that) (?:[\w-]+ )?"
    r"(?:RFA|form|fax|request|order|list|submission|e?mail|letter|application|(?=(?:of|dated|from)\b))"
    r"|\b(?:all|everything|both|all of it) (?:you|he|she|they|(?:the|your|his|her) \w+)"
    r" (?:had |have |has )?(?:asked|requested|wanted|sent|submitted|ordered|prescribed)\b",
    re.IGNORECASE,
)
_OF_REST = re.compile(
    r"\b(?:the (?:rest|others)|everything else|(?:the|all|both) (?:other|remaining) (?:\w+ )?"
    r"(?:requests|services|items|treatments|procedures|medications|drugs))\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:all|none|neither|both|every(?:thing)?|each|they|these"
    r"|(?:the|your|above) (?:\w+ )?(?:requests|services|items|treatments))\b",
    re.IGNORECASE,
)
_BEGINS_WITH_ALL = re.compile(r"\W*(?:all|none|neither|both|each|any)\b", re.IGNORECASE)
_CERTIFIED = re.compile(
    r"\b(?:(?<!not )(?<!non-)(?<!be )(?:certified|approved|authorized|certif\w+ as requested)\b"
    r"|(?:did|do|can|could|have) (?:certify|approve|authorize|allow|ok(?:ay)?)\b"
    r"|not (?:in dispute|disputed|asked for|under review)\b"
    r"|(?:ok(?:ay)?|(?<!went )(?<!did )(?<!doing )(?<!feels )(?<!feel )fine)\b[.!]?$"
    r"|ok['’]?(?:d|ed|ayed)\b"
    rf"|{_NOTED}(?:yes|yep|ok(?:ay)?|fine|go ahead)\b(?=[.,;!(]|\s*\Z|\s[-–—])"
    r"|(?<!not )concur with (?!(?:the|your|this) (?:denial|decision|determination|review))"
    # "Recommend certification."
    r"|(?<!not )(?<!cannot )recommend\w* (?:(?:full|its|their|for|that) )?"
    r"(?:certification|approval|authorization)\b(?! (?:of|for) less)"
    r"|(?<!non-)(?<!non )(?<!no )(?:certification|approval|authorization) (?:is|was)"
    r" (?:hereby )?(?:recommended|advised|granted|given)"
    r"|signed off on|(?:gave|given|got) the green light|let (?:me|him|her|us) have"
    r"|(?:will|do|does|did|can|still) (?:pay for|cover)|still paying for"
    # "He asked for a consult too, which was allowed"
    r"|(?:was|were|been) (?:allowed|granted)(?=\W*\Z)"
    r"|(?:always|already|still) (?:pays?|paid|covers?|covered)\b"
    r"|(?:is|are|was|were) (?:still )?covered"
    r"|(?:are|is|am) (?:certifying|approving|authorizing)\b"
    r"|(?:happy|pleased|glad|able) to (?:certify|approve|authorize|allow)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|authorization|authorize|ask(?:s|ed|ing)? (?:for|us|to)"
    # "my doctor asked work comp for a bed", "doctor ask oxycodone"
    r"|asked (?:[\w'’]+ ){1,3}for|(?:doctor|dr|physician|surgeon) ask"
    # "his doctor wrote for a ride", "she wrote me a script for"
    r"|wr(?:ote|itten|ites) (?:(?:me|him|her|us|up|out) )?"
    r"(?:(?:an?|the) (?:script|prescription|order|rx) )?for\b"
    r"|prescribe[ds]?|prescribing|order(?:ed|ing)?|recommend(?:ing)?|want(?:s|ed)?|needs?"
    r"|under review|disputed (?:items?|treatments?|services?"
    r"|requests?)|in dispute|refer(?:ral)?|obtain|would (?:also )?like|wish(?:es)? to|benefit from"
    r"|candidate for|(?:proceed|go ahead) with"
    # "Restart Lyrica 75 mg #60", "Add a lumbar brace"
    r"|(?<![^.:;\s] )(?<!\w )(?:re-?start|start|resume|refill|renew|add|increase|dispense"
    r"|switch (?:him |her )?to|schedule|set up|arrange)(?= [^.;]{2,40})"
    # "He had sent in a cane", "the provider seeks"; not "submitted the report"
    r"|(?:he|she|they|you|doctor|physician|provider|office|dr\.? [\w.]+) (?:(?:has|had|have) )?"
    r"(?:also )?(?:submitted|sent (?:in|over|us)|put in|seeks|sought|is seeking)"
    r"(?! (?:(?:the|his|her|your|an?) )?(?:report|record|note|document|chart|letter|file|bill)))\b",
    re.IGNORECASE,
)
# Decisions that are such only where a field or an item begins or ends: "Collar: not supported."
_EDGE_DENIED = re.compile(
    r"\A\W*not (?:supported|recommended|indicated|warranted|appropriate|established)\b"
    r"|\A\W*declined\b"
    r"|\bnot supported\W*\Z",
    re.IGNORECASE,
)
_EDGE_CERTIFIED = re.compile(
    r"(?:\A|[-–—:,>→]\s)\W{0,20}(?:allow(?:ed)?|favou?rable|supported|granted|recommended|pay"
    r"|cert|appr|certify|approve|authorize|certification|approval)\W*\Z"
    # "and to approve:" above a list
    r"|\A\W*(?:and )?to (?:approve|certify|authorize|allow)\W*\Z"
    # "Medically necessary.", "The request is medically necessary."
    r"|\A\W*(?:(?:yes|it|this|(?:the )?(?:\w+ ){0,3}(?:requests?|items?|services?|treatments?))\b"
    r"[,.:]? (?:(?:it )?(?:is|are) )?)?medically (?:necessary|appropriate)\W*\Z"
    # "The request for a TENS unit is medically necessary."
    r"|\A\W*(?:the|this) (?:\w+ ){0,2}request (?:for|of) [^?;]{3,200} (?<!not )is medically"
    r" (?:necessary|appropriate)[.! ]*\Z"
    # "Naproxen 550 mg  Qty 90  ALLOW"
    r"|(?-i:\s(?:ALLOW(?:ED)?|APPROVE|CERTIFY|AUTHORIZE|PAY))\W*\Z",
    re.IGNORECASE,
)


# "6 visits" of "… 2x6 - 6 visits approved": how much is decided on, not what was asked for
_SHARE = re.compile(r"\s?(?:[-–—:;]|, ?)\s?(?:only )?#?\d{1,3}(?: [a-z]+)?\W*\Z", re.IGNORECASE)
_HAS_AMOUNT = re.compile(
    r"#\d|\bx ?\d|\d ?x ?\d|\d (?:visits?|sessions?|tablets?|days?|hours?)\b", re.IGNORECASE
)
# "The H-wave unit was" of "… was denied"
_OPEN_END = re.compile(r"(?:\s(?:was|were|is|are|has|have|been|be|to|not))+\W*\Z", re.IGNORECASE)


@lru_cache(maxsize=256)
def manner_of(text: str) -> str:
    """What a label or a sentence says of the treatments in it."""
    text = with_apostrophes(_decisive(text))
    if _WITHDRAWN.search(text):
        return WITHDRAWN
    if _DENIED.search(text) or _EDGE_DENIED.search(text):
        return DENIED
    if _CERTIFIED.search(text) or _EDGE_CERTIFIED.search(text):
        return CERTIFIED
    if _DEFERRED.search(text):
        return DEFERRED
    return ASKED if _ASKED.search(text) or asks_in_words(text) else NONE


def _decisive(text: str) -> str:
    """The text, with blanks in place of words of a decision that decide nothing here."""
    for pattern in (_CONDITIONAL_CLAUSE, _NONE_DECIDED):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def without_condition(sentence: str) -> str:
    """The sentence without the condition that it begins with, if it has one."""
    return _CONDITIONAL_CLAUSE.sub("", sentence)


def undecided_part(sentence: str) -> str:
    """The sentence up to its decision: "Acupuncture 6 more" of "… : approved in part, 3 visits";
    all of it where it decides on something else as well: "…, and would not authorize the cane"."""
    decided = list(decisions_told(sentence))
    start = decided[0][0] if decided else 0
    if not start or (len(decided) > 1 and names_treatment(sentence[decided[-1][1] :])):
        return sentence
    told = _OPEN_END.sub("", sentence[:start])
    whole = _SHARE.sub("", told)
    return whole if _HAS_AMOUNT.search(whole) else told


def points_on(sentence: str) -> bool:
    """Whether a sentence speaks of what comes next: "The following were not approved"."""
    return _POINTS_ON.search(sentence) is not None


def is_of_whole(sentence: str) -> bool:
    """Whether a sentence speaks of all that was asked for: "All you asked for is approved"."""
    return _OF_WHOLE.search(sentence) is not None


def is_of_rest(sentence: str) -> bool:
    """Whether a decision is on all requests that are not yet decided: "and denied the rest"."""
    return _OF_REST.search(sentence) is not None


def is_of_all(sentence: str) -> bool:
    """Whether a decision is on all requests before it: "Both are approved"."""
    return _OF_ALL.search(sentence) is not None


def begins_with_all(sentence: str) -> bool:
    """Whether what a decision is on stands first, and is all: what comes next speaks of all, too,
    as in "None of the three is certified. They are …"."""
    return _BEGINS_WITH_ALL.match(sentence) is not None


def decisions_told(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text decides, and what: one of ``DECISIONS``, in its order."""
    if manner_of(text) not in DECISIONS:  # kept, while each pattern takes a pass over the text
        return
    text = _decisive(text)
    denied = [found.span() for found in _DENIED.finditer(text)]
    others = [
        (*found.span(), manner)
        for manner, pattern in ((WITHDRAWN, _WITHDRAWN), (DEFERRED, _DEFERRED))
        for found in pattern.finditer(text)
    ]
    certified = (found.span() for found in _CERTIFIED.finditer(text))
    granted = [
        (start, end)
        for start, end in certified
        if not any(start < other_end and other < end for other, other_end in denied)
    ]
    decided = [(*at, DENIED) for at in denied] + [(*at, CERTIFIED) for at in granted]
    yield from sorted(decided + others)
