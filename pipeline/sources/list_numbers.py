"""Numbers as lists count: in digits, letters, Roman numerals; the ways have Word's names (ECMA-376-1, 17.18.59)."""

from __future__ import annotations

import re

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_ROMAN = 3999  # CSS Counter Styles 3, 7.1.1; Word too goes on in digits
MOST_LETTERS = 30 * len(LETTERS)  # as far as Word doubles them
MOST_DIGITS = 9
NUMBER = re.compile(rf"\s*([+-]?\d{{1,{MOST_DIGITS}}})(?!\d)")


def written(number: int, kind: str) -> str:
    """A number in a list's way of counting; in digits where we do not know it."""
    match kind:
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "alphabetic":
            return alphabetic(number)
        case "upperAlphabetic":
            return alphabetic(number).upper()
        case "lowerLetter":
            return letter(number)
        case "upperLetter":
            return letter(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return ordinal(number)
        case "none":
            return ""
    return str(number)


def roman(number: int) -> str:
    """A number in small Roman numerals; in digits those that have none."""
    if not 0 < number <= MOST_ROMAN:
        return str(number)
    made = ""
    for worth, sign in ROMAN:
        made += sign * (number // worth)
        number %= worth
    return made


def letter(number: int) -> str:
    """A number in letters as Word counts: a to z, then aa, bb; in digits beyond those."""
    if not 0 < number <= MOST_LETTERS:
        return str(number)
    times, at = divmod(number - 1, len(LETTERS))
    return LETTERS[at] * (times + 1)


def alphabetic(number: int) -> str:
    """A number in letters as web pages count: a to z, then aa, ab; in digits below 1."""
    made = ""
    left = number
    while left > 0:
        left, at = divmod(left - 1, len(LETTERS))
        made = LETTERS[at] + made
    return made or str(number)


def whole(given: str | None, usual: int) -> int:
    """The whole number that an attribute of a list begins with; the usual where it has none, or one of too
    many digits.
    """
    found = NUMBER.match(given or "")
    return int(found[1]) if found else usual


def ordinal(number: int) -> str:
    """A number as one says it of a day: 1st, 2nd, 11th."""
    teens = range(11, 14)
    ending = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
