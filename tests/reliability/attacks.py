"""Searches and addresses that a stranger could send to slow a server down or to break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from benchmarks.corpus import Corpus
from imrsearch.schema import VALUE_FIELDS
from tests.web.routes import addresses

_WORDS = Corpus().words
_COMMON = _WORDS[:14]
_TREATMENTS = (
    "physical therapy chiropractic acupuncture MRI EMG/NCV hydrocodone cyclobenzaprine naproxen "
    "TENS unit arthroscopy lumbar fusion psychotherapy epidural steroid injection low back knee "
    "shoulder neck wrist hip ankle "
)
_RARE = _WORDS[3_000:3_400]

QUERIES: dict[str, str] = {
    # What brings a stock parser to its knees.
    "one letter and a star": "a*",
    "stars around a letter": "*a*",
    "star": "*",
    "question mark and star": "?*",
    "ten words with stars around": " ".join(f"*{letter}*" for letter in "abcdefghij"),
    "range of words": "[a TO z]",
    "range of words in a field": "rationale:[a TO z]",
    "open range": "[* TO *]",
    "range with braces": "year:{0 TO 99999}",
    "fuzzy, two letters": "ab~9",
    "fuzzy": "therapy~5",
    "five fuzzy words": "therapy~3 injection~3 lumbar~3 request~3 patient~3",
    "regular expression": 'r"(.*)*x"',
    "regular expression between slashes": "/(a+)+$/",
    "boost": "pain^9999999999 therapy^-1 knee^1e999",
    "word of 100,000 letters": "a" * 100_000,
    "word of 1,000 letters": "chiro" * 200,
    "5,000 parentheses open": "(" * 5_000,
    "5,000 parentheses closed": ")" * 5_000,
    "400 pairs of parentheses": "(" * 400 + "pain" + ")" * 400,
    "parentheses in turn": "()" * 500,
    "field before each parenthesis": "rationale:(" * 80 + "pain",
    "NOT, a thousand times": "NOT " * 1_000,
    "NOT NOT before a word": "NOT " * 150 + "pain",
    "minus signs": "-" * 900 + "pain",
    "minus before each word": " ".join(f"-{word}" for word in _COMMON * 10),
    "AND, a thousand times": "AND " * 1_000,
    "OR, 150 words": " OR ".join(_WORDS[:150]),
    "OR, 150 rare words": " OR ".join(_RARE[:150]),
    "3,000 OR": "pain OR " * 3_000,
    "wide phrase": '"manual therapy"~1000000',
    "wide phrase of common words": '"the of and to is"~50',
    "widest phrase of twelve words": f'"{" ".join(_COMMON[:12])}"~50',
    "phrase of 150 common words": f'"{" ".join(_COMMON * 11)}"',
    "forty wide phrases": " ".join(f'"the {word}"~50' for word in _COMMON * 3),
    "phrase of one word, repeated": f'"{"the " * 150}"~50',
    "chain of connectors": " /50 ".join(_COMMON),
    "connectors alone": "/5 " * 300,
    "connector between groups": "(a OR b OR c) /50 (d OR e OR f)",
    "4,000 words": "pain therapy " * 2_000,
    "160 words, each once": " ".join(_WORDS[:160]),
    "160 rare words": " ".join(_RARE[:160]),
    "160 words that nobody has": " ".join(f"zzq{number}xv" for number in range(160)),
    "160 misspelt words": " ".join(f"{word[:3]}x{word[3:]}" for word in _RARE[:160]),
    "treatments, many": _TREATMENTS * 4,
    "treatments, joined by OR": " OR ".join(_TREATMENTS.split() * 4),
    "three frequent beginnings": "the* not* for*",
    "beginnings joined": " OR ".join(f"{word}*" for word in ("con", "pro", "ban", "den", "per")),
    "beginning in each field": "service:con* rationale:con* summary:con*",
    "beginning beside NOT": "NOT con* NOT pro* NOT ban*",
    "5,000 quotation marks": '"' * 5_000,
    "quotation marks, odd": '"pain "therapy "knee',
    "5,000 colons": ":" * 5_000,
    "unknown fields": "foo:bar " * 80,
    "field of a field": "service:rationale:summary:pain",
    "field and nothing": "service: rationale: body: year:",
    "years": "year:0..99999999999999999999 OR year:-5..-1 OR year:..",
    "every field": " ".join(f"{name}:x" for name in VALUE_FIELDS),
    "every field is unknown": " ".join(f"{name}:~unknown" for name in VALUE_FIELDS),
    "cited pages": "MTUS 1-9999, ACOEM p. 1-9999, ODG p. 0-0",
    "cited pages, many": "MTUS " + ", ".join(f"{n}-{n + 999}" for n in range(1, 1_000, 10)),
    "case numbers": "CM16-0000101 " * 60,
    "case and blanks": "case" + " " * 5_000 + "CM",
    "case, case, case": "case no. : " * 90 + "CM16-0000101",
    "digits": "9" * 5_000,
    "money and units": "10mg/325mg #90 x3 " * 50,
    "NUL": "pain\x00therapy\x00",
    "control characters": "".join(map(chr, range(32))) * 20,
    "right-to-left": "\u202eniap\u202c \u2066x\u2069 " * 30,
    "lone surrogate": "pain \ud83d",
    "byte order mark": "\ufeffpain\ufeff",
    "combining marks": "a" + "\u0301" * 5_000,
    "one letter with three hundred marks, thrice": ("e" + "\u0302" * 300 + " ") * 3,
    "ligatures and full width": "ﬁﬀﬃ ＰＡＩＮ ⅷ ½ " * 20,
    "emoji": "👩‍⚕️" * 200,
    "Greek, which grows in upper case": "ΐ" * 900,
    "dotted capital I": "İ" * 900,
    "sharp s": "ß" * 900,
    "ten alphabets": "疼痛 боль ألم כאב ปวด ពិបាក வலி दर्द 통증 πόνος " * 15,
    "slashes": "/".join("abcdefghij" * 45),
    "hyphens": "-".join("abcdefghij" * 45),
    "dots": "." * 900,
    "apostrophes": "o'o'o'o' " * 100,
    "markup": "<script>alert(1)</script>" * 40,
    "SQL": "'; DROP TABLE letters; -- \" OR 1=1",
    "template": "{{7*7}} ${7*7} #{7*7} %{7*7} {% raw %}",
    "path": "../../../../etc/passwd",
    "line breaks": "pain\r\nSet-Cookie: a=b\r\n\r\n",
    "percent signs": "%00%0a%ff%%%" * 80,
    "question": "why " * 150 + "?",
    "stop words": "the of and to is was in it that " * 17,
}
"""Texts for the search box, each with the reason that it is here."""

_MANY = "&".join(f"body=part{number}" for number in range(90))
_FACETS = ("decision", "category", "treatment", "body", "guideline", "cites", "state", "year")

ADDRESSES: dict[str, str] = {
    "deep page": "/search?page=100000",
    "deepest page of most": "/search?page=100&per_page=50",
    "page nought": "/search?page=0",
    "page below nought": "/search?page=-7",
    "page of 4,000 digits": f"/search?page={'9' * 4_000}",
    "page of 5,000 digits": f"/search?page={'9' * 5_000}",
    "page in other digits": "/search?page=٣&per_page=²",
    "page size of a million": "/search?per_page=1000000",
    "order that there is not": "/search?sort=score;DROP",
    "all cases together": "/search?group=case&page=99",
    "90 values of one filter": f"/search?q=pain&{_MANY}",
    "90 values left out": f"/search?{_MANY.replace('body', 'not.body')}",
    "10,000 values": "/search?" + "&".join(f"body={number}" for number in range(10_000)),
    "10,000 parameters": "/search?" + "&".join(f"p{number}=1" for number in range(10_000)),
    "a filter of each kind": "/search?" + "&".join(f"{name}=~unknown" for name in _FACETS),
    "a filter of each kind, left out": "/search?" + "&".join(f"not.{name}=x" for name in _FACETS),
    "value of 60,000 letters": f"/search?body={'x' * 60_000}",
    "year of many digits": f"/search?year={'9' * 4_500}..{'9' * 4_500}",
    "export of everything": "/search.csv",
    "export of everything as a feed": "/search.atom",
    "export of everything as JSON": "/search/all.json",
    "export of everything as references": "/search.bib?q=the&sort=overturned",
    "every value of the largest facet": "/facet/cites",
    "every value, filtered": f"/facet/cites?find={'a ' * 2_000}&order=rate",
    "facet deep down": "/facet/cites?page=99999999999999999999",
    "suggestion for much": f"/suggest.json?q={'in ' * 500}",
    "suggestion for one letter": "/suggest.json?q=a",
    "what is covered": "/coverage",
    "guidelines": "/guidelines",
    "sitemap": "/sitemap/1.xml",
}

SENT: dict[str, str] = {
    "hard words": f"q={quote_plus(' OR '.join(_RARE[:60]) + ' con* /50 pro*')}&page=99&sort=newest",
    "every parameter": f"{_MANY}&year=0..{'9' * 400}&find={'a+' * 400}&from=-1&to=x&format=json",
}
"""What every route is sent whose answer depends on what is sent."""

PASTED: dict[str, str] = {
    "parentheses": "(" * 20_000,
    "one word": "a" * 20_000,
    "page ranges": "MTUS pages " + "1-99, " * 3_000,
    "statement without end": "Decision based on MTUS " * 850,
    "statement, comma by comma": "MTUS (Effective July 18, 2009), " * 600,
    "guideline names": "ACOEM Chapter 12 Low Back Complaints " * 540,
    "treatments": _TREATMENTS * 60,
    "digits": "9" * 20_000,
    "blanks": "page" + " " * 19_000 + "x",
    "line breaks": "\n" * 20_000,
    "chapters": "chapter " * 2_500,
    "markup": "<p>" * 6_000,
}


@dataclass(frozen=True, slots=True)
class Attack:
    """One request: its name, its address, and the text of the form that is sent, if any."""

    name: str
    url: str
    pasted: str | None = None


def attacks() -> Iterator[Attack]:
    """All of the table."""
    for name, text in QUERIES.items():
        yield Attack(name, f"/search?q={quote_plus(text, errors='surrogatepass')}")
    yield from (Attack(name, address) for name, address in ADDRESSES.items())
    for address in addresses(lambda declared: declared.attacked):
        yield from (
            Attack(f"{name} at {address}", f"{address}?{sent}") for name, sent in SENT.items()
        )
    for page in ("/like", "/like.json"):
        yield from (Attack(f"pasted {name} at {page}", page, text) for name, text in PASTED.items())
