"""Letters as the signs that people see: type that is an alphabet of its own (Symbol, Wingdings, Webdings), and numbers
above and below the line.
"""

from __future__ import annotations

import tomllib
from functools import cache

from pipeline.council.settings import TEMPLATES

_FIRST = 0x20
_PRIVATE = 0xF000  # Word and Excel also store such letters as U+F020 to U+F0FF
_SCRIPTS = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
UNMAPPED = "\N{REPLACEMENT CHARACTER}"


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """The signs of each typeface from letter 32 on: `templates/symbol_type.toml`."""
    known = tomllib.loads((TEMPLATES / "symbol_type.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(UNMAPPED if code == "-" else chr(int(code, 16)) for code in codes.split())
        for name, codes in known.items()
    }


def as_signs(words: str, typeface: str) -> str:
    """Some words as a typeface shows them: in Symbol `m` is µ. A letter that its table has no sign for is
    U+FFFD, so that it can be reported; words in any other typeface stay as they are.
    """
    table = tables().get(typeface.strip().casefold())
    return words if table is None else "".join(_sign(letter, table) for letter in words)


def raised(words: str, place: str) -> str:
    """Words above the line (`place` is `sup...`) or below it (`sub...`): a number in the signs that stand there,
    for 10³ is not 103; any other words, as in 1st, as they are.
    """
    table = next((signs for name, signs in _SCRIPTS.items() if place.startswith(name)), {})
    is_number = bool(words.strip()) and all(ord(one) in table for one in words.strip())
    return words.translate(table) if is_number else words


def _sign(letter: str, table: tuple[str, ...]) -> str:
    """A letter as its typeface shows it; one beyond the typeface is shown in another, as itself."""
    code = ord(letter)
    if _PRIVATE + _FIRST <= code < _PRIVATE + _FIRST + len(table):
        return table[code - _PRIVATE - _FIRST]
    if not letter.isascii():  # typed on Windows, where – is letter 150
        code = (letter.encode("cp1252", "ignore") or b"\0")[0]
    return table[code - _FIRST] if _FIRST <= code < _FIRST + len(table) else letter
