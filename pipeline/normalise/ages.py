"""How old a heading says that its column is: *Revised target date*, *Update (Jan 27)*, *Q2 progress*."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.council.dates import MONTH, day_within
from pipeline.model.action import DATE_FIELDS
from pipeline.model.words import key

_NEWER = frozenset(
    {"latest", "revised", "current", "new", "updated", "this", "amended", "extended"}
)
_OLDER = frozenset({"original", "previous", "earlier", "first", "old", "initial", "prior"})
_MONTH_AND_YEAR = re.compile(
    rf"\b({'|'.join(sorted(MONTH, key=len, reverse=True))})\b\.?[\s,/–'’-]*(?:20)?(\d\d)\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\bq(?:tr|uarter)?\.?\s*([1-4])\b(?:[\s,/–-]*(?:20)?(\d\d)(?:\s?[/–-]\s?(?:20)?\d\d)?\b)?",
    re.IGNORECASE,
)
_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b|\b\d$", re.IGNORECASE)  # such as Update 2
_LATER = re.compile(r"\b(\d{1,2})[\s-]?(month|year)s?\b", re.IGNORECASE)  # such as 6 month update
_HAS_NUMBER = re.compile(rf"\d|{'|'.join(_NUMBERS)}", re.IGNORECASE)
_YEAR = re.compile(r"\b20(\d\d)(?:\s?[/–-]\s?(?:20)?\d\d)?\b")
_AS_AT = re.compile(  # before a day
    r"(?:\b(?:as|at|on|of|for|to|in|by|since|from|until|the|meeting|held)\b\s*)+$", re.IGNORECASE
)
_MEETING = re.compile(r"^\s*meeting\b", re.IGNORECASE)  # after it
NO_DAY = (0, 0, 0)
_LONGEST = 1000  # characters of a heading in which a time is looked for
AGING = frozenset({"update", *DATE_FIELDS})  # fields that have newer columns and older ones


def age(heading: str) -> tuple[int, tuple[int, int, int]]:
    """Sorts headings, the newer first: by words such as *revised*, then by a day, month or quarter in them."""
    said = set(key(heading).split())
    _, (year, month, day) = when(heading)
    return 1 - bool(said & _NEWER) + bool(said & _OLDER), (-year, -month, -day)


@lru_cache(4096)
def when(heading: str) -> tuple[str, tuple[int, int, int]]:
    """A heading without the time in it; and its year (of two digits), its month, and its day. Of a quarter, or
    a heading that is only numbered (*Second update*, *6 month update*), the number stands for the month.
    """
    if len(heading) > _LONGEST:
        return heading, NO_DAY
    if alone := MONTH.get(key(heading)):
        return "", (0, alone, 0)
    if not _HAS_NUMBER.search(heading):
        return heading, NO_DAY
    found = day_within(heading)
    if found:
        before, day, after = found
        return _undated(before, after), (day.year % 100, day.month, day.day)
    if dated := _MONTH_AND_YEAR.search(heading):
        at = (int(dated[2]), MONTH[dated[1].casefold()], 0)
    elif dated := _QUARTER.search(heading):
        year = dated[2] or next(iter(_YEAR.findall(heading)), 0)
        at = (int(year), int(dated[1]), 0)
    elif dated := _YEAR.search(heading):
        at = (int(dated[1]), 1, 0)
    elif dated := _LATER.search(heading):
        at = (0, int(dated[1]) * (12 if dated[2].casefold() == "year" else 1), 0)
    elif dated := _NUMBER.search(heading):
        at = (0, _NUMBERS.get(dated[0].casefold()) or int(dated[0]), 0)
    else:
        return heading, NO_DAY
    return _undated(heading[: dated.start()], heading[dated.end() :]), at


def is_number(at: tuple[int, int, int]) -> bool:
    """Whether a heading has only a number, of a quarter or its own."""
    return at != NO_DAY and at[0] == 0


def is_only_a_time(heading: str) -> bool:
    """Whether a heading is a month, a quarter or a day, and no words; a number alone is none."""
    words, at = when(heading)
    return at != NO_DAY and not key(words) and (at[0] > 0 or any(map(str.isalpha, heading)))


def _undated(before: str, after: str) -> str:
    """What stands before and after a time in a heading."""
    return f"{_AS_AT.sub('', before)} {_MEETING.sub('', after)}".strip()


def is_newer(one: str, other: str, *, is_right: bool) -> bool:
    """Whether two headings tell that the first is newer. Quarters without a year, and numbers, tell it where
    the later one stands on the right.
    """
    (newness, dated), (older, past) = age(one), age(other)
    if newness != older:
        return newness < older
    is_dated = dated != NO_DAY != past and bool(dated[0]) == bool(past[0])
    return is_dated and (bool(dated[0]) or is_right) and dated < past
