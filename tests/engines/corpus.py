"""A small collection of invented issues, and ways to make random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.schema import NUMBER_FIELDS, IssueDocument


def document(
    name: str,
    rationale: str = "",
    *,
    service: str = "",
    summary: str = "",
    decided: int | None = None,
    age: int | None = None,
    **values: str | tuple[str, ...],
) -> IssueDocument:
    texts = {"rationale": rationale, "service": service, "summary": summary}
    numbers = {"decided": decided, "age": age}
    return IssueDocument(
        name,
        {field: text for field, text in texts.items() if text},
        {field: (given,) if isinstance(given, str) else given for field, given in values.items()},
        {field: number for field, number in numbers.items() if number is not None},
    )


CORPUS = (
    document(
        "a#1",
        "Manual therapy is recommended for chronic pain. Improvements in function were shown.",
        service="Chiropractic treatment, 6 visits",
        summary="The worker hurt his lower back; range of motion is limited.",
        decided=20160302,
        age=41,
        decision="overturned",
        body=("low back",),
        category="Rehabilitation",
        cites=("mtus-chronic-pain:58", "mtus-chronic-pain:59"),
    ),
    document(
        "a#2",
        "There is no functional improvement. Treatment beyond 24 visits is not supported.",
        service="Chiropractors' follow-up visits",
        summary="The worker hurt his lower back; range of motion is limited.",
        decided=20160302,
        age=41,
        decision="upheld",
        body=("low back", "neck"),
        category="Rehabilitation",
        cites=("mtus-chronic-pain:58",),
    ),
    document(
        "b#1",
        "Pain, pain and more pain: ibuprofen 800 mg helps. MTUS allows it.",
        service="Ibuprofen 800mg #60",
        summary="A nurse with a painful knee.",
        decided=20150711,
        age=33,
        decision="overturned",
        body=("knee",),
        category="Pharmaceuticals",
    ),
    document(
        "c#1",
        "The motion range was normal, so that imaging is not needed.",
        service="MRI of the knee",
        summary="Painful knees after a fall from a ladder.",
        age=58,
        decision="upheld",
        body=("knee", "knee"),
        category="Diagnostic Testing",
    ),
    document("d#1", "To be or not to be.", decided=20170101, decision="upheld"),
    document("e#1", decided=20160302),
)

# Words that share stems, stop words, and words that begin alike; few, so that random texts meet.
WORDS = ("pain", "pains", "painful", "treat", "treated", "treatment", "the", "of", "not", "knee")
VALUES = {
    "decision": ("upheld", "overturned"),
    "body": ("knee", "neck", "low back"),
    "cites": ("g:1", "g:2", "g:10"),
}

_text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
_fields = st.sampled_from([(), ("service",), ("rationale", "summary")])
_number = st.integers(1, 5)


@st.composite
def random_document(draw: st.DrawFn) -> IssueDocument:
    return IssueDocument(
        "",
        {name: draw(_text) for name in ("service", "rationale", "summary")},
        {
            name: tuple(draw(st.lists(st.sampled_from(values), max_size=3)))
            for name, values in VALUES.items()
        },
        {name: draw(_number) for name in NUMBER_FIELDS if draw(st.booleans())},
    )


def _numbered(documents: list[IssueDocument]) -> list[IssueDocument]:
    return [
        IssueDocument(f"case#{number}", one.texts, one.values, one.numbers)
        for number, one in enumerate(documents)
    ]


random_documents = st.lists(random_document(), max_size=12).map(_numbered)

_value = st.sampled_from([(field, value) for field, held in VALUES.items() for value in held])
_leaf: st.SearchStrategy[Query] = st.one_of(
    st.just(MatchAll()),
    st.just(MatchNone()),
    st.builds(Term, st.sampled_from((*WORDS, "absent")), _fields, st.booleans()),
    st.builds(
        Phrase,
        st.lists(st.sampled_from(WORDS), max_size=4).map(tuple),
        _fields,
        st.booleans(),
        st.integers(0, 4),
    ),
    st.builds(Prefix, st.sampled_from(["pain", "tr", "treatm", "o", "x"]), _fields),
    _value.map(lambda given: FieldEquals(*given)),
    st.builds(FieldEquals, st.just("body"), st.just("elbow")),
    st.builds(FieldMissing, st.sampled_from(["decision", "body", "cites"])),
    st.builds(
        Range,
        st.sampled_from(NUMBER_FIELDS),
        st.none() | _number,
        st.none() | _number,
    ),
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, parts),
        st.builds(Filtered, parts, parts),
        st.builds(MinShouldMatch, several, st.integers(0, 4)),
        st.builds(DisMax, several),
        st.builds(Boost, parts, st.floats(0, 3)),
        st.builds(ConstantScore, parts, st.floats(0, 3)),
        st.builds(Boosted, parts, several),
    )


def queries_of(leaf: st.SearchStrategy[Query], max_leaves: int = 8) -> st.SearchStrategy[Query]:
    """Query trees with these leaves."""
    return st.recursive(leaf, _joined, max_leaves=max_leaves)


random_query = queries_of(_leaf)
