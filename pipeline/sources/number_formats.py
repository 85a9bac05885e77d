"""Numbers as Excel shows them, for the plain formats that officers meet: noughts in front, decimals, money.

Excel's formats are a language (ECMA-376-1, 18.8.31); of those that colour, choose or spell, a number is
given as it is stored.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.house import MONTHS

LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|_(?:.)|\*(?:.)|\[[A-Za-z]+\]')
FIGURES = re.compile(r"[#0?,]*[#0?](?:\.[0#?]+)?")
DAY_TOKEN = re.compile(LITERAL.pattern + "|(d{1,4}|m{1,4})", re.IGNORECASE)
DAY_SIGNS = frozenset("/-., ")
PLAIN_SIGNS = frozenset("£$€%+-()/: ")


@lru_cache(512)
def parts(number_format: str) -> tuple[str, str, str] | None:
    """What a format puts before a number, its figures, and what after it; None for any other format."""
    section = number_format.split(";", maxsplit=1)[0]
    if section.casefold() in ("", "general", "@"):
        return None
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or found[3] or "")
        return "\0"

    bare = LITERAL.sub(kept, section)
    figures = list(FIGURES.finditer(bare))
    if len(figures) != 1:
        return None
    before, after = bare[: figures[0].start()], bare[figures[0].end() :]
    if not set(before + after) <= PLAIN_SIGNS | {"\0"}:
        return None
    words = iter(literals)
    lead, trail = (
        "".join(next(words) if sign == "\0" else sign for sign in side) for side in (before, after)
    )
    return lead, figures[0][0], trail


def shown(value: float, number_format: str) -> str | None:
    """A number as its cell shows it, or None where the format says nothing, or more than we know."""
    known = parts(number_format)
    if known is None:
        return None
    before, figures, after = known
    if "%" in before + after:
        value *= 100
    whole, _, decimals = figures.partition(".")
    digits = (
        f"{abs(value):,.{len(decimals)}f}" if "," in whole else f"{abs(value):.{len(decimals)}f}"
    )
    ahead, dot, behind = digits.partition(".")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    behind = behind[: len(behind) - optional] + behind[len(behind) - optional :].rstrip("0")
    ahead = ahead.rjust(whole.count("0"), "0") if "," not in whole else ahead
    sign = "-" if value < 0 and float(digits.replace(",", "")) else ""
    return f"{sign}{before}{ahead}{dot if behind else ''}{behind}{after}"


def day_shown(day: date, number_format: str) -> str | None:
    """A day as its cell shows it where that is without a year, as what was typed as 14/3 is; None where the
    format says more, or more than we know.
    """
    section = number_format.split(";", maxsplit=1)[0]
    if not section or not set(DAY_TOKEN.sub("", section)) <= DAY_SIGNS:
        return None
    month = MONTHS[day.month - 1]
    said = {
        "d": f"{day.day}", "dd": f"{day.day:02}", "ddd": f"{day:%a}", "dddd": f"{day:%A}",
        "m": f"{day.month}", "mm": f"{day.month:02}", "mmm": month[:3], "mmmm": month,
    }  # fmt: skip

    def put(found: re.Match[str]) -> str:
        return said[found[4].lower()] if found[4] else found[1] or found[2] or found[3] or ""

    return DAY_TOKEN.sub(put, section).strip()
