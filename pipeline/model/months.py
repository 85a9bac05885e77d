"""The months and weekdays by their English names, and a day written in a pattern, or as records write it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip  # strftime's %B follows the machine's locale, and a paper must not

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def plain_day(day: datetime.date) -> str:
    """A day in English, as one says it: `28 March 2027`."""
    return date_words("{d} {month} {yyyy}", day)


def iso_day(words: str) -> datetime.date | None:
    """The day that words are, written as records write one: `2027-03-28`; None where they are anything else."""
    try:
        day = datetime.date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.isoformat() == words else None


def date_words(pattern: str, day: datetime.date, months: Sequence[str] = MONTHS) -> str:
    """`day` in a pattern of {d} {dd} {m} {mm} {month} {mon} {yy} {yyyy}."""
    month = months[day.month - 1]
    return pattern.format(
        d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}", month=month,
        mon=month[:3], yy=f"{day.year % 100:02}", yyyy=f"{day.year:04}",
    )  # fmt: skip
