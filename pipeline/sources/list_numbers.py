"""Numbers as lists count: in digits, letters, Roman numerals; the ways have Word's names (ECMA-376-1, 17.18.59)."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def written(number: int, kind: str) -> str:
    """A number in a list's way of counting; in digits where we do not know it."""
    match kind:
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
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
    """A number in small Roman numerals; 0, which has none, as a digit."""
    made = ""
    for worth, sign in ROMAN:
        made += sign * (number // worth)
        number %= worth
    return made or "0"


def letter(number: int) -> str:
    """A number in letters as Word counts: a to z, then aa, bb."""
    times, at = divmod(number - 1, len(LETTERS))
    return LETTERS[at] * (times + 1) if number > 0 else "0"


def ordinal(number: int) -> str:
    """A number as one says it of a day: 1st, 2nd, 11th."""
    teens = range(11, 14)
    ending = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
