"""How words look, and what people see of them: their signs in type that is an alphabet of its own (Symbol, Wingdings,
Webdings), numbers above and below the line, and whether they can be seen at all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from pipeline.council.contrast import contrast
from pipeline.council.settings import TEMPLATES, table
from pipeline.ingest.letters import UNKNOWN

WHITE = "#FFFFFF"  # looks like no fill
BOLD_WEIGHT = 600  # of 400 for usual type and 700
# Below it nobody reads words of the same hue, which have no more between them in red, green or blue, of 255: yellow is
# seen on white.
_LEAST_CONTRAST, _FARTHEST = 1.1, 64
_LEAST_SIZE = 3.0  # points
_SIX_DIGITS = re.compile("[0-9A-Fa-f]{6}")
_FIRST = 0x20
_PRIVATE = 0xF000  # Word and Excel also store such letters as U+F020 to U+F0FF
_SCRIPTS = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}


class Face(Struct, frozen=True):
    """The type of some words; `colour` is empty where it is the reader's own or not known. `place`: `super...` or
    `sub...` where they stand above or below the line. `size` is in points, 0 where it is not known.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    typeface: str = ""
    colour: str = ""
    place: str = ""
    size: float = 0.0


class Look(Struct, frozen=True):
    """How a cell looks. `ground` is what its words stand on, empty where that is not known."""

    number_format: str = "General"
    face: Face = Face()
    ground: str = WHITE

    @property
    def fill(self) -> str:
        """The colour that fills it; empty without one."""
        return "" if self.ground == WHITE else self.ground


def known_colour(said: str) -> str:
    """A colour whose last six digits are red, green and blue, as #RRGGBB; empty where it is none."""
    return f"#{said[-6:].upper()}" if _SIX_DIGITS.fullmatch(said[-6:]) else ""


def escapement(number: int) -> str:
    """Where words stand by the number that old and binary Excel files have for it; see `Face.place`."""
    return ("", "super", "sub")[number % 3]


@lru_cache(1024)
def why_unseen(colour: str, ground: str, size: float) -> str:
    """Why type cannot be seen, or nothing: also where its colour, or what is behind it, is not known, which is
    empty, or its size (0), which is in points.
    """
    if 0 < size < _LEAST_SIZE:
        return "is too small to read"
    if not (colour and ground) or contrast(colour, ground) >= _LEAST_CONTRAST:
        return ""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    is_alike = all(abs(one - other) <= _FARTHEST for one, other in parts)
    return "has the colour of what is behind it" if is_alike else ""


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """The signs of each typeface from letter 32 on: `templates/symbol_type.toml`."""
    return {
        name: tuple(UNKNOWN if code == "-" else chr(int(code, 16)) for code in codes.split())
        for name, codes in table(TEMPLATES / "symbol_type.toml").items()
    }


def as_signs(words: str, typeface: str, place: str = "") -> str:
    """Some words as a typeface shows them: in Symbol `m` is µ. A letter that its table has no sign for is
    U+FFFD, so that it can be reported; words in any other typeface stay as they are. A number above the line
    (`place` is `sup...`) or below it (`sub...`) is in the signs that stand there, for 10³ is not 103; any other
    words, as in 1st, are not.
    """
    known = tables().get(typeface.strip().casefold()) if typeface else None
    if known is not None:
        words = "".join(_sign(letter, known) for letter in words)
    signs = _SCRIPTS.get(place[:3], {})
    is_number = signs and words.strip() and all(ord(one) in signs for one in words.strip())
    return words.translate(signs) if is_number else words


def _sign(letter: str, known: tuple[str, ...]) -> str:
    """A letter as its typeface shows it; one beyond the typeface is shown in another, as itself."""
    code = ord(letter)
    if _PRIVATE + _FIRST <= code < _PRIVATE + _FIRST + len(known):
        return known[code - _PRIVATE - _FIRST]
    if not letter.isascii():  # typed on Windows, where – is letter 150
        code = (letter.encode("cp1252", "ignore") or b"\0")[0]
    return known[code - _FIRST] if _FIRST <= code < _FIRST + len(known) else letter
