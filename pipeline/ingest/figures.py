"""Numbers and times as files write them; numbers as lists count them, in digits, letters, Roman numerals: the ways have
Word's names (ECMA-376-1, 17.18.59).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_ROMAN = 3999  # CSS Counter Styles 3, 7.1.1; Word too goes on in digits
_MOST_LETTERS = 30 * len(_LETTERS)  # as far as Word doubles them
_MOST_DIGITS = 9
_NUMBER = re.compile(rf"\s*([+-]?\d{{1,{_MOST_DIGITS}}})(?!\d)")


@lru_cache(1024)
def whole_number(given: str | None, usual: int = 0) -> int:
    """The whole number that an attribute begins with; the usual where it has none, or one of too many digits."""
    found = _NUMBER.match(given or "")
    return int(found[1]) if found else usual


def plain_number(given: str | float | None) -> int | float | None:
    """A number, whole where it can be; None where there is none, or an infinite one."""
    try:
        made = float("" if given is None else given)
    except ValueError:
        return None
    return None if not math.isfinite(made) else int(made) if made.is_integer() else made


def moment(given: str | None) -> datetime | None:
    """A day and time (ISO 8601); None where it is none."""
    try:
        return datetime.fromisoformat((given or "").strip().removesuffix("Z"))
    except ValueError:
        return None


def written_number(number: int, kind: str) -> str:
    """A number in a list's way of counting; in digits where we do not know it."""
    if kind.startswith("upper"):
        return written_number(number, kind.replace("upper", "lower")).upper()
    return _WAYS.get(kind, str)(number)


def _roman(number: int) -> str:
    """A number in small Roman numerals; in digits those that have none."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    made = ""
    for worth, sign in _ROMAN:
        made += sign * (number // worth)
        number %= worth
    return made


def _letter(number: int) -> str:
    """A number in letters as Word counts: a to z, then aa, bb; in digits beyond those."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    times, at = divmod(number - 1, len(_LETTERS))
    return _LETTERS[at] * (times + 1)


def _alphabetic(number: int) -> str:
    """A number in letters as web pages count: a to z, then aa, ab; in digits below 1."""
    made = ""
    left = number
    while left > 0:
        left, at = divmod(left - 1, len(_LETTERS))
        made = _LETTERS[at] + made
    return made or str(number)


def _ordinal(number: int) -> str:
    """A number as one says it of a day: 1st, 2nd, 11th."""
    teens = range(11, 14)
    ending = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_WAYS: dict[str, Callable[[int], str]] = {
    "lowerRoman": _roman, "lowerAlphabetic": _alphabetic, "lowerLetter": _letter, "ordinal": _ordinal,
    "decimalZero": "{:02}".format, "none": "".format,
}  # fmt: skip
