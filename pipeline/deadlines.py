"""When a meeting's papers must be published, and when to chase for them: days in, days out.

The law asks for so many *clear days* before the meeting. Neither the day of publication nor the
day of the meeting counts, and the courts count working days only; docs/clerk.md names the sources.
No clock is read here: today is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.errors import PipelineError
from pipeline.house import Calendar, Nation

CLEAR_DAYS: dict[Nation, int] = {"England": 5, "Wales": 3, "Scotland": 3}
SUBDIVISIONS: dict[Nation, str] = {
    "England": "ENG",
    "Wales": "WLS",
    "Scotland": "SCT",
    "Northern Ireland": "NIR",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 5
DAY = timedelta(days=1)
CLOSED = "the council is closed"
LONGEST_CLOSURE = 366  # days; a calendar without any working day is a slip in house.toml


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday that does not count, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """`publish_by` is the last day on which the paper can be published in time for the meeting, and
    `updates_by` the day by which officers are asked to have written.

    `chase` are the days to ask officers again, earliest first; `days_off` the weekdays from the
    first of them to the meeting that were passed over.
    """

    meeting: date
    nation: Nation
    clear_days: int
    publish_by: date
    updates_by: date
    chase: tuple[date, ...]
    days_off: tuple[DayOff, ...]


def deadline(meeting: date, calendar: Calendar) -> Deadline:
    """When the papers of a meeting are due. Raises `PipelineError` where the rule is not known."""
    clear = clear_days(calendar)
    publish_by = working_days_before(meeting, clear + 1, calendar)
    chase = sorted({working_days_before(publish_by, days, calendar) for days in calendar.chase})
    return Deadline(
        meeting=meeting,
        nation=calendar.nation,
        clear_days=clear,
        publish_by=publish_by,
        updates_by=working_days_before(publish_by, calendar.updates, calendar),
        chase=tuple(chase),
        days_off=tuple(days_off([*chase, publish_by][0], meeting - DAY, calendar)),
    )


def clear_days(calendar: Calendar) -> int:
    """How many clear days a council gives. Raises `PipelineError` where its nation has no one rule."""
    if calendar.clear_days is not None:
        return calendar.clear_days
    if calendar.nation not in CLEAR_DAYS:
        raise PipelineError(
            f"house.toml does not say how many clear days' notice a council in {calendar.nation} gives.",
            "Write clear_days = … under [calendar], as your standing orders have it.",
        )
    return CLEAR_DAYS[calendar.nation]


def working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The working day that is `count` working days before a day, which itself does not count."""
    rest = count
    shut = 0
    while rest:
        day -= DAY
        is_open = is_working(day, calendar)
        rest -= is_open
        shut = 0 if is_open else shut + 1
        if shut > LONGEST_CLOSURE:
            raise PipelineError(
                f"house.toml closes the council for more than {LONGEST_CLOSURE} days on end.",
                "Mend closed_days under [calendar].",
            )
    return day


def days_left(today: date, due: Deadline, calendar: Calendar) -> int:
    """How many working days there are after today, the last day included; less than 0 once it is over."""
    if today > due.publish_by:
        return -len(working_days(due.publish_by + DAY, today, calendar))
    return len(working_days(today + DAY, due.publish_by, calendar))


def working_days(first: date, last: date, calendar: Calendar) -> list[date]:
    """The working days from one day to another, both included."""
    return [day for day in days(first, last) if is_working(day, calendar)]


def days_off(first: date, last: date, calendar: Calendar) -> Iterator[DayOff]:
    """The weekdays from one day to another that do not count."""
    for day in days(first, last):
        if day.weekday() < SATURDAY:
            why = bank_holidays(day.year, calendar.nation).get(day) or (
                CLOSED if day in calendar.closed_days else ""
            )
            if why:
                yield DayOff(day, why)


def is_working(day: date, calendar: Calendar) -> bool:
    """Whether the council works on a day: no weekend, no bank holiday, no day of its own."""
    return (
        day.weekday() < SATURDAY
        and day not in calendar.closed_days
        and day not in bank_holidays(day.year, calendar.nation)
    )


@cache
def bank_holidays(year: int, nation: Nation) -> dict[date, str]:
    """The bank holidays of a year by their names."""
    from holidays import country_holidays  # slow to load

    subdivision = SUBDIVISIONS[nation]
    return dict(
        country_holidays("GB", subdiv=subdivision, years=year, expand=False, language="en_GB")
    )


def days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def day_name(day: date) -> str:
    """The name of a day's weekday, whatever the machine's language."""
    return WEEKDAYS[day.weekday()]
