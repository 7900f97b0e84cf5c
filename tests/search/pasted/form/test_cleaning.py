"""What scanners, printers, mail programs and forms put into a text; each row is another's."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.cleaning import (
    cleaned_text,
    without_form_name,
    without_running_heads,
)

TEXTS = {
    "a sentence goes on over two pages": (
        "Example Review\nPage 1 of 2\n\nThere is no\n\nExample Review\nPage 2 of 2\n\nred flag.",
        "\nThere is no\nred flag.",
    ),
    "a paragraph stays one": (
        "Case 1   Page 1\n\nDenied.\n\nCase 1   Page 2\n\nNo red flag.",
        "\nDenied.\n\n\nNo red flag.",
    ),
    "the pages of a guideline are kept": (
        "Cane\nMTUS, Opioids - page 46\n\nCane\nMTUS, Opioids - page 47",
        "Cane\nMTUS, Opioids - page 46\n\nCane\nMTUS, Opioids - page 47",
    ),
}


@pytest.mark.parametrize(("text", "kept"), TEXTS.values(), ids=TEXTS)
def test_running_heads(text: str, kept: str) -> None:
    assert without_running_heads(text) == kept


SCANNED = {
    "blanks around a decimal point": ("Soma 7 . 5 mg", "Soma 7.5 mg"),
    "a small l among capitals": ("DENlED", "DENIED"),
    "a one among letters": ("he cannot wa1k", "he cannot walk"),
    "letters in numbers": ("#l2, 1O visits, #9O, l0 mg", "#12, 10 visits, #90, 10 mg"),
    "an hour is no number": ("at 5 O'clock", "at 5 O'clock"),
    "a brace for a bracket": ("1} Cane\n(2} Bed\n3] Wedge", "1) Cane\n(2) Bed\n3) Wedge"),
    "a hyphen between blanks": ("non - certified, H - wave", "non-certified, H-wave"),
    "an item's letter keeps its dash": ("A - not certified", "A - not certified"),
    "words with a blank or a letter too few": ("epi dural injec ion", "epidural injection"),
}
PRINTED = {
    "the number of a page": ("Page 1 of 2 cane", " cane"),
    "a drawn line": ("Why\n ----*\nHe fell.", "Why\n\nHe fell."),
    "points that lead to a field": ("Decision . . . . : DENIED", "Decision: DENIED"),
    "points for what is left out": ("He fell ........ and rose", "He fell ... and rose"),
    "what is said beside a form's name": ("DWC FORM RFA (page 2)", "DWC FORM RFA "),
    "how a form is filled in": ("Plan (Include what (to date) was done.): cane", "Plan: cane"),
    "what may be left out": ("Name (Required)  Phone (if known)", "Name  Phone"),
    "two colons": ("Why: : he fell", "Why: he fell"),
}
MAILED = {
    "a text that is quoted": ("> > Cane\n>Bed", "Cane\nBed"),
    "bold and italic words": ("__Cane__ and *bed*", "Cane and bed"),
    "a bold service ahead of its decision is an item": ("**Cane** - denied", "• Cane - denied"),
    "stars of an amount": ("2*3*4 visits", "2*3*4 visits"),
    "what a page has to click on": ("[Print] [Message nurse]\nCane", "\nCane"),
    "a word in brackets": ("[Denied]\nCane", "[Denied]\nCane"),
}
TICKED = {
    "the box before its words": ("[ ] Approved [X] Denied", " [X] Denied"),
    "the box behind its words": ("Approved [ ]  Denied [X]", "   Denied [X]"),
    "round boxes": ("( ) Approved (x) Denied", " (x) Denied"),
    "drawn boxes": ("☐ Approved ☑ Denied", " ☑ Denied"),
    "up to a wide blank": ("[ ] Denied or Modified   Cane", "    Cane"),
    "marks that grant and refuse": (
        "✔ X-ray\n✘ cane - he walks",
        "- X-ray - CERTIFIED\n- cane - DENIED - he walks",
    ),
    "marks of a list alike": ("✔ X-ray\n✔ cane", "✔ X-ray\n✔ cane"),
}
WRITTEN = {
    "the answer below its question": (
        "Is the cane medically necessary?\nNo. He walks.",
        "Is the cane medically necessary?\nAnswer: No. He walks.",
    ),
    "a sentence that begins with no": (
        "Is it warranted?\nNo film was made.",
        "Is it warranted?\nNo film was made.",
    ),
    "no ultrasound": ("They asked us to approve a cane.", "They asked to approve a cane."),
    "an ultrasound": ("We sent him to US.", "We sent him to US."),
    "management in short": ("pain mgmt. visit", "pain management visit"),
    "a stop that ends no sentence": (
        "Req inj. R elbow, eval. a knee",
        "Req inj R elbow, eval a knee",
    ),
    "a stop that ends one": ("He had an inj. The elbow hurts.", "He had an inj. The elbow hurts."),
}
CODED = {
    "a code is told in words": ("2. E0730 purchase", "2. TENS E0730 purchase"),
    "a code beside its name": ("TENS unit E0730", "TENS unit E0730"),
    "the end of an address": ("Sample City, CA 98941", "Sample City, CA 98941"),
    "… and of another": ("Sample City, California 98941", "Sample City, California 98941"),
    "a code that is not known": ("CPT 00000", "CPT 00000"),
    "a number of a file": ("File 98941-26", "File 98941-26"),
}
ADDED = SCANNED | PRINTED | MAILED | TICKED | WRITTEN | CODED


@pytest.mark.parametrize(("text", "meant"), ADDED.values(), ids=ADDED)
def test_what_a_text_was_meant_to_say(text: str, meant: str) -> None:
    assert cleaned_text(text) == meant


def test_what_is_dictated_without_a_stop_gets_one_where_a_request_begins() -> None:
    told = "so he fell and his knee " * 9
    assert cleaned_text(f"{told}i am requesting an mri patient will return") == (
        f"{told.strip()}.\ni am requesting an mri.\npatient will return"
    )
    short = "his knee hurts i am requesting an mri"
    assert cleaned_text(short) == short


FORMS = {
    "asked for with an article": ("he faxed an RFA for a fusion", "he faxed request for a fusion"),
    "a title": ("RFA: Nucynta #60", "request Nucynta #60"),
    "sent again": ("RFA / RESUBMISSION", "request / RESUBMISSION"),
    "with its day": ("RFA dated May 1 for a knee", "request dated May 1 for a knee"),
    "named in full elsewhere": (
        "DWC Form RFA. RFA of the knee",
        "DWC Form request. request of the knee",
    ),
}
ABLATIONS = [
    "RFA of the knee",
    "lumbar RFA",
    "genicular RFA",
    "RFA at L4-5",
    "L4-5 RFA. An RFA for it was sent.",
    "a facet block, then an RFA for a fusion",
]


@pytest.mark.parametrize(("text", "meant"), FORMS.values(), ids=FORMS)
def test_the_form_s_name_is_a_request(text: str, meant: str) -> None:
    assert without_form_name(text) == meant


@pytest.mark.parametrize("text", ABLATIONS)
def test_an_ablation_is_none(text: str) -> None:
    assert without_form_name(text) == text


ASKED_WHETHER = [
    *("appropriate", "indicated", "supported", "certified", "approved", "authorized"),
    *("warranted", "reasonable", "necessary"),
]


@pytest.mark.parametrize("word", ASKED_WHETHER)
def test_the_answer_to_each_question(word: str) -> None:
    assert cleaned_text(f"Was it {word}?\nYes") == f"Was it {word}?\nAnswer: Yes"


@pytest.mark.parametrize(
    "short", ["vis", "sess", "consult", "surg", "tab", "cap", "lat", "bilat", "lumb", "cerv"]
)
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    assert cleaned_text(f"One {short}. #2") == f"One {short} #2"


@pytest.mark.parametrize(
    "hint",
    [
        *(
            "optional",
            "if assigned",
            "if any",
            "if applicable",
            "frequency, duration quantity etc.",
        ),
        *("list all", "specify it", "identify it", "describe it", "attach one", "check one"),
        *("state why", "indicate why", "use ink"),
    ],
)
def test_a_hint_of_a_form_is_left_out(hint: str) -> None:
    assert cleaned_text(f"Plan ({hint}): cane") == "Plan: cane"


@pytest.mark.parametrize("told", ["tells", "told", "sent", "gave", "lets", "required", "allowed"])
def test_what_was_told_to_us_names_no_ultrasound(told: str) -> None:
    assert cleaned_text(f"He {told} us one.") == f"He {told} one."
