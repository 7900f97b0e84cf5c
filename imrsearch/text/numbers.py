"""Numbers written as words: "twelve", "thirty-two"."""

from __future__ import annotations

_UP_TO_NINETEEN = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
ONES = {word: value for value, word in enumerate(_UP_TO_NINETEEN[:9], start=1)}
"""One to nine."""
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
"""Twenty to ninety by tens."""
NUMBER_WORDS = {
    **{word: value for value, word in enumerate(_UP_TO_NINETEEN, start=1)},
    **TENS,
    **{f"{ten}-{one}": TENS[ten] + ONES[one] for ten in TENS for one in ONES},
}
"""One to ninety-nine, the compound ones with a hyphen."""
