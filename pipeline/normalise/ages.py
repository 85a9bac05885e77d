"""How old a heading says that its column is: by words such as *revised*, and by the day, month or quarter in it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from pipeline.council.dates import MONTH, day_within
from pipeline.model.words import key

LONGEST_READ = 1000  # characters; what is longer is no heading, and brackets in it explain nothing
_NEWER = frozenset({
    "latest", "revised", "current", "new", "updated", "this", "amended", "extended", "since", "further", "additional",
})  # fmt: skip
_OLDER = frozenset({"original", "previous", "earlier", "first", "old", "initial", "prior"})
_MONTH = "|".join(sorted(MONTH, key=len, reverse=True))
_MONTH_AND_YEAR = re.compile(rf"\b({_MONTH})\b\.?[\s,/–'’-]*(?:20)?(\d\d)\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"\b({_MONTH})(?= meeting\b|\)?$)", re.IGNORECASE)
_QUARTER = re.compile(
    r"\bq(?:tr|uarter)?\.?\s*([1-4])\b(?:[\s,/–-]*(?:20)?(\d\d)(?:\s?[/–-]\s?(?:20)?\d\d)?\b)?",
    re.IGNORECASE,
)
_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBERED = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b|\b\d$", re.IGNORECASE)  # such as Update 2
_LATER = re.compile(r"\b(\d{1,2})[\s-]?(month|year)s?\b", re.IGNORECASE)  # such as 6 month update
_HAS_NUMBERED = re.compile(rf"\d|{'|'.join(_NUMBERS)}", re.IGNORECASE)
_YEAR = re.compile(r"\b20(\d\d)(?:\s?[/–-]\s?(?:20)?\d\d)?\b")
_AS_AT = re.compile(  # before a day
    r"(?:\b(?:as|at|on|of|for|to|in|by|since|from|until|the|meeting|held|given)\b\s*)+$",
    re.IGNORECASE,
)
_MEETING = re.compile(r"^\s*meeting\b", re.IGNORECASE)  # after it
NO_TIME = (0, 0, 0)
Age: TypeAlias = tuple[int, tuple[int, int, int]]


def age(heading: str, meeting: date | None = None) -> Age:
    """Sorts headings, the newer first: by words such as *revised*, then by a day, month or quarter in them. A month
    without a year is the last one up to the `meeting`.
    """
    _, (year, month, day) = time_in(heading)
    if meeting and day and not (year or month):
        year, month, day = meeting.year % 100 - (day > meeting.month), day, 0
    is_newer = bool(_NEWER.intersection(key(heading).split()))
    return 1 - is_newer + is_older(heading), (-year, -month, -day)


def is_older(heading: str) -> bool:
    """Whether a heading calls what stands under it older than what others have."""
    said = set(key(heading).split())
    return "since" not in said and (bool(said & _OLDER) or {"last", "meeting"} <= said)


@lru_cache(4096)
def time_in(heading: str) -> tuple[str, tuple[int, int, int]]:
    """A heading without the time in it; and its year (of two digits), its month, and its day. Of a quarter, or
    a heading that is only numbered (*Second update*, *6 month update*), the number stands for the month; of a month
    without a year (*Update for January meeting*), it stands for the day.
    """
    if len(heading) > LONGEST_READ:
        return heading, NO_TIME
    if alone := MONTH.get(key(heading)):
        return "", (0, 0, alone)
    if dated := _MONTH_ALONE.search(heading):
        month = MONTH[dated[1].casefold()]
        return _undated(heading[: dated.start()], heading[dated.end() :]), (0, 0, month)
    if not _HAS_NUMBERED.search(heading):
        return heading, NO_TIME
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
    elif dated := _NUMBERED.search(heading):
        at = (0, _NUMBERS.get(dated[0].casefold()) or int(dated[0]), 0)
    else:
        return heading, NO_TIME
    return _undated(heading[: dated.start()], heading[dated.end() :]), at


def is_only_a_time(heading: str) -> bool:
    """Whether a heading is a month, a quarter or a day, and no words; a number alone is none."""
    words, at = time_in(heading)
    return at != NO_TIME and not key(words) and (at[0] > 0 or any(map(str.isalpha, heading)))


def _undated(before: str, after: str) -> str:
    """What stands before and after a time in a heading."""
    return f"{_AS_AT.sub('', before)} {_MEETING.sub('', after)}".strip()


def is_newer(one: Age, other: Age, *, is_right: bool) -> bool:
    """Whether the ages of two headings tell that the first is newer. Quarters without a year, and numbers, tell it
    where the later one stands on the right; months without a year, of a table for no day, never do.
    """
    (newness, dated), (older, past) = one, other
    if newness != older:
        return newness < older
    is_dated = dated != NO_TIME != past and bool(dated[0]) == bool(past[0])
    return is_dated and (bool(dated[0]) or (is_right and bool(dated[1]))) and dated < past
