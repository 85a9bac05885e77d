"""Dates as people in the UK write them: read where they are certain, else kept as words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pipeline.house import MONTHS
from pipeline.records import DateText

MONTH = {
    name[:length].casefold(): n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))
} | {"sept": 9}
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
NUMERIC = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})\s?[/.\-]\s?(\d{{1,2}})\s?[/.\-]\s?(\d{{4}}|\d{{2}})", re.I
)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
WORDED = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+([a-z]+)\.?,?[\s\-]+(\d{{4}}|\d{{2}})",
    re.I,
)
MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
MEANT_AS_DAY = re.compile(
    rf"\d{{1,4}}\s?[/.\-]+\s?\d{{1,2}}\s?[/.\-]+\s?\d{{1,4}}|\b\d{{5,}}\b|^{WORDED.pattern}$", re.I
)
SERIALS = range(32874, 73051)  # 1 January 1990 to 31 December 2099: other numbers are not dates
PIVOT = 69  # two-digit years from 69 on are of the last century, as in POSIX


def date_text(value: object, words: str, epoch: date = date(1899, 12, 30)) -> DateText:
    """What a date cell says: a real date, a serial number (counted from `epoch`), or words."""
    match value:
        case datetime() if value.time() == time():
            return DateText(day=value.date())
        case datetime():
            return DateText(text=words)
        case date():
            return DateText(day=value)
        case bool():
            return DateText(text=words, unreadable=True)
        case int() | float() if int(value) in SERIALS:
            return DateText(day=epoch + timedelta(days=int(value)))
    day = written_day(words)
    return DateText(words, day, unreadable=day is None and MEANT_AS_DAY.search(words) is not None)


def written_day(words: str) -> date | None:
    """The day that a text is, whole: None where it is anything else, or no day of the calendar."""
    words = " ".join(words.split()).rstrip(".,;")
    if found := ISO.fullmatch(words):
        return calendar_day(found[1], int(found[2]), found[3])
    if found := NUMERIC.fullmatch(words):
        return calendar_day(found[3], int(found[2]), found[1])
    if found := WORDED.fullmatch(words):
        return calendar_day(found[3], MONTH.get(found[2].casefold(), 0), found[1])
    if found := MONTH_FIRST.fullmatch(words):
        return calendar_day(found[3], MONTH.get(found[1].casefold(), 0), found[2])
    return None


def calendar_day(year: str, month: int, day: str) -> date | None:
    """The day of a year (of two digits or four), a month and a day, or None where there is none."""
    full = int(year)
    if full < 100:  # noqa: PLR2004  # written with two digits
        full += 1900 if full >= PIVOT else 2000
    try:
        return date(full, month, int(day))
    except ValueError:
        return None


def day_at_end(words: str) -> tuple[str, date] | None:
    """The words before a date that ends a line, and that date: `Monitoring – 28 March 2019`."""
    pieces = words.split()
    for start in range(max(0, len(pieces) - 5), len(pieces)):
        day = written_day(" ".join(pieces[start:]))
        if day is not None:
            return " ".join(pieces[:start]).rstrip(" –—-:,("), day
    return None
