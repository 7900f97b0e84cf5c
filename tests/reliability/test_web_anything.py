"""Whatever is sent to whichever address: an answer, with the headers that every answer has."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from imrsearch.schema import FACETS
from imrsearch.web.middleware.security import HEADERS
from tests.reliability.attacks import QUERIES
from tests.reliability.sites import FEW, shared_app

ANSWERS = frozenset((200, 303, 304, 308, 400, 403, 404, 405, 413))
"""What strangers may be answered: never 500."""
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "BREW")
_CASE, _GUIDELINE = "CM16-5000001", "mtus-chronic-pain"
_PARAMETERS = (
    *("q", "sort", "page", "per_page", "match", "group", "expand", "intent", "spell"),
    *("format", "fact", "find", "order", "from", "to", "v", "text", "Q", "q[]", "__proto__", ""),
    *FACETS,
    *(f"not.{name}" for name in FACETS),
)
_VALUES = (
    *("", "0", "1", "2", "-1", "10", "50", "100", "1e9", "²", "٣", "newest", "overturned", "case"),
    *("most", "json", "all", "2013", "2013..2016", "..", "~unknown", "low back", "dates.injury"),
    *("true", "null", "[]", "{}", "\x00", "\ud800", "%", "&", "=", "#", "?", "'", '"', "<b>"),
    *("../../etc/passwd", "..%2f..", "\r\nX: y", _CASE, _GUIDELINE, f"{_GUIDELINE}:58"),
)
_HEADERS: dict[str, tuple[str, ...]] = {
    "Host": ("localhost", "evil.example", "a b", "[::1", "localhost:99999", ""),
    "Accept-Encoding": ("gzip", "gzip;q=0", "*", "br;q=x", "\xff"),
    "Accept": ("*/*", "application/json", "x"),
    "If-None-Match": ("*", '"x"', "x"),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "Range": ("bytes=0-10", "bytes=-1", "bytes=9999999-", "lines=1", "bytes=5-1"),
    "Content-Type": ("application/x-www-form-urlencoded", "multipart/form-data", "text/x; a"),
    "Content-Length": ("0", "5", "99999999999", "-1", "x"),
    "Cookie": ("a=b", "\xff=\xff"),
    "Origin": ("null", "http://localhost", "https://elsewhere.example", "http://[::1"),
    "Sec-Fetch-Site": ("same-origin", "cross-site", "none", "x"),
    "X-Forwarded-For": ("203.0.113.9", "127.0.0.1, x", "'"),
    "X-Forwarded-Host": ("evil.example",),
    "X-HTTP-Method-Override": ("DELETE",),
    "Transfer-Encoding": ("chunked",),
    "User-Agent": ("", "x" * 5_000),
}


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """A small site, its faults as strangers see them."""
    app = shared_app("whoosh", FEW)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    app.config["PROPAGATE_EXCEPTIONS"] = None


def encoded(text: str) -> str:
    """The text as a part of an address, halves of surrogate pairs included."""
    return quote_plus(text, errors="surrogatepass")


class Stranger:
    """Makes requests for every route, with likely and unlikely parts; a seed decides all."""

    def __init__(self, app: Flask, seed: int) -> None:
        self._chance = random.Random(seed)
        self._rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
        self._texts = [*QUERIES.values(), *_VALUES]

    def requests(self, count: int) -> Iterator[dict[str, object]]:
        """Arguments for a test client's ``open``."""
        for _ in range(count):
            chance = self._chance
            rule = chance.choice(self._rules)
            form = f"text={encoded(self._text())}".encode()
            names = chance.sample(sorted(_HEADERS), chance.choice((0, 0, 1, 2, 4)))
            yield {
                "path": f"{self._path(rule)}?{self._query()}",
                "method": chance.choice(METHODS),
                "headers": {name: chance.choice(_HEADERS[name]) for name in names},
                "data": chance.choice((None, None, form, b"\xff\x00{" * 9)),
            }

    def _path(self, rule: Rule) -> str:
        """The route's address, something in the place of each of its variables."""
        pieces = (self._piece(part) if name else part for name, part in rule._trace)
        return "/" + "".join(pieces).partition("|/")[2]

    def _piece(self, name: str) -> str:
        chance = self._chance
        usual = {
            "case_id": _CASE,
            "guideline_id": _GUIDELINE,
            "name": chance.choice((*FACETS, "nothing")),
            "suffix": chance.choice(("csv", "atom", "ris", "bib", "xls")),
            "page": str(chance.choice((0, 1, 58, 9999, 10_000))),
            "part": str(chance.choice((0, 1, 2, 10**9))),
            "section": "gabapentin",
        }
        if chance.random() < 0.7:
            return usual.get(name, "x")
        return quote(chance.choice(_VALUES).encode(errors="surrogatepass"), safe="%./")

    def _query(self) -> str:
        count = self._chance.choice((0, 1, 1, 2, 3, 8, 40, 150))
        return "&".join(
            f"{encoded(self._chance.choice(_PARAMETERS))}={encoded(self._text())}"
            for _ in range(count)
        )

    def _text(self) -> str:
        return self._chance.choice(self._texts)[: self._chance.choice((5, 50, 500))]


def test_every_route_answers_whatever_it_is_sent(
    app: Flask, rounds: Callable[[int, int], int], times: int
) -> None:
    client = app.test_client()
    statuses: Counter[int] = Counter()
    for asked in Stranger(app, seed=6).requests(rounds(250, 20_000 * times)):
        answer = client.open(**asked)  # type: ignore[arg-type]
        statuses[answer.status_code] += 1
        assert answer.status_code in ANSWERS, asked
        assert HEADERS.items() <= dict(answer.headers).items(), asked
        assert "Set-Cookie" not in answer.headers
        answer.close()
    sys.stdout.write(f"\n{statuses.total()} requests: {dict(sorted(statuses.items()))}\n")
    assert statuses[200] > statuses.total() / 10


ANY_TEXT = st.text(st.characters(), max_size=200)


def test_any_search_any_parameters_any_id(app: Flask, rounds: Callable[[int, int], int]) -> None:
    client = app.test_client()

    @hypothesis_settings(
        max_examples=rounds(40, 3_000),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        q=ANY_TEXT,
        parameters=st.dictionaries(
            st.sampled_from(_PARAMETERS) | ANY_TEXT, ANY_TEXT | st.sampled_from(_VALUES), max_size=6
        ),
        case_id=ANY_TEXT,
    )
    def ask(q: str, parameters: dict[str, str], case_id: str) -> None:
        pairs = [("q", q), *parameters.items()]
        query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs)
        assert client.get(f"/search?{query}").status_code in (200, 400)
        path = quote(case_id, safe="", errors="surrogatepass")
        for page in ("", ".json", ".ris", "/letter", "/original"):
            assert client.get(f"/case/{path}{page}?{query}").status_code in (200, 308, 400, 404)

    ask()
