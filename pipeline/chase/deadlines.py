"""When a meeting's papers must be published, and when to chase for them: days in, days out.

The law asks for so many *clear days* before the meeting. Neither the day of publication nor the
day of the meeting counts, and the courts count working days only; docs/clerk.md names the sources.
No clock is read here: today is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from pipeline.council import settings
from pipeline.council.house import Calendar, HouseStyle, Nation
from pipeline.model.errors import PipelineError
from pipeline.model.months import WEEKDAYS
from pipeline.model.words import counted

_CLEAR_DAYS: dict[Nation, int] = {"England": 5, "Wales": 3, "Scotland": 3}
_SATURDAY = 5
_DAY = timedelta(days=1)
_LONGEST_CLOSURE = 366  # days; a calendar without any working day is a slip in house.toml


class Deadline(msgspec.Struct, frozen=True):
    """`publish_by` is the last day on which the paper can be published in time for the meeting, and
    `updates_by` the day by which officers are asked to have written.

    `chase` are the days to ask officers again, earliest first; `not_counted` the weekdays from the
    first of them to the meeting that were passed over, each with the reason.
    """

    meeting: date
    nation: Nation
    clear_days: int
    publish_by: date
    updates_by: date
    chase: tuple[date, ...]
    not_counted: tuple[tuple[date, str], ...]


def deadline(meeting: date, calendar: Calendar) -> Deadline:
    """When the papers of a meeting are due. Raises `PipelineError` where the rule is not known."""
    clear = calendar.clear_days or _CLEAR_DAYS.get(calendar.nation)
    if clear is None:
        raise PipelineError(
            f"house.toml does not say how many clear days' notice a council in {calendar.nation} gives.",
            "Write clear_days = … under [calendar], as your standing orders have it.",
        )
    publish_by = _working_days_before(meeting, clear + 1, calendar)
    chase = sorted({_working_days_before(publish_by, days, calendar) for days in calendar.chase})
    return Deadline(
        meeting=meeting,
        nation=calendar.nation,
        clear_days=clear,
        publish_by=publish_by,
        updates_by=_working_days_before(publish_by, calendar.updates, calendar),
        chase=tuple(chase),
        not_counted=tuple(
            (day, why)
            for day in days([*chase, publish_by][0], meeting - _DAY)
            if day.weekday() < _SATURDAY and (why := _why_off(day, calendar))
        ),
    )


def _working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The working day that is `count` working days before a day, which itself does not count."""
    shut = 0
    while count:
        day -= _DAY
        is_open = is_working(day, calendar)
        count -= is_open
        shut = 0 if is_open else shut + 1
        if shut > _LONGEST_CLOSURE:
            raise PipelineError(
                f"house.toml closes the council for more than {_LONGEST_CLOSURE} days on end.",
                "Fix closed_days under [calendar].",
            )
    return day


def days_left(today: date, due: Deadline, calendar: Calendar) -> int:
    """How many working days there are after today, the last day included; less than 0 once it is over."""
    first, last = sorted((today, due.publish_by))
    left = sum(is_working(day, calendar) for day in days(first + _DAY, last))
    return -left if today > due.publish_by else left


def is_working(day: date, calendar: Calendar) -> bool:
    """Whether the council works on a day: no weekend, no bank holiday, no day of its own."""
    return day.weekday() < _SATURDAY and not _why_off(day, calendar)


def _why_off(day: date, calendar: Calendar) -> str:
    """Why a weekday does not count; nothing where it does. The table of bank holidays is from 2000 to 2060."""
    closed = "the council is closed" if day in calendar.closed_days else ""
    return _bank_holidays()[calendar.nation].get(str(day.year), {}).get(day, closed)


@cache
def _bank_holidays() -> dict[Nation, dict[str, dict[date, str]]]:
    """The bank holidays by nation and year."""
    return msgspec.json.decode(
        (settings.TEMPLATES / "bank_holidays.json").read_bytes(),
        type=dict[Nation, dict[str, dict[date, str]]],
    )


def days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def named_day(day: date, house: HouseStyle) -> str:
    """A day with its weekday, whatever the machine's language; without it where months are not English."""
    weekday = f"{WEEKDAYS[day.weekday()]} " if house.council.is_english else ""
    return weekday + house.long_day(day)


def deadline_words(due: Deadline, house: HouseStyle, today: date | None) -> str:
    """By when a paper has to be published, and on a day how long that is, and when to chase next."""
    named = named_day(due.publish_by, house)
    if today is None:
        return f"Publish by {named}."
    if today > due.publish_by:
        return f"It was to be published by {named}, which has passed."
    left = days_left(today, due, house.calendar)
    said = f"Publish by {named}: {counted(left, 'working day')} left."
    if today <= due.updates_by:
        said += f" Updates by {named_day(due.updates_by, house)}."
    upcoming = next((day for day in due.chase if day >= today), None)
    if upcoming:
        when = "today" if upcoming == today else f"on {named_day(upcoming, house)}"
        said += f" Chase {when}."
    return said
