"""`papers deadline`: say when a meeting's papers must be published."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from pipeline.chase import deadlines
from pipeline.chase.deadlines import is_working, named_day
from pipeline.commands import options
from pipeline.commands.common import clerks_day
from pipeline.commands.saying import give, say
from pipeline.council import house
from pipeline.model.words import counted

if TYPE_CHECKING:
    from pipeline.chase.deadlines import Deadline
    from pipeline.council.house import HouseStyle


@click.command()
@click.argument("meeting", type=options.Day())
@options.today
@options.shape("text", "json", said="How to say it.")
@options.style
def command(meeting: date, today: date | None, shape: str, style: str) -> None:
    """Say by when the papers of a MEETING must be published, and when to chase for them.

    The council's nation, closed days and chasing days stand in its house.toml, under [calendar].

    \b
    papers deadline 14/01/2027
    papers deadline "14 January 2027" --today 18/12/2026 --format json
    """

    known = house.house_of(style)
    due = deadlines.deadline(meeting, known.calendar)
    today = clerks_day(today)
    left = deadlines.days_left(today, due, known.calendar)
    if shape == "json":
        give(json.dumps(_record(due, today, left), ensure_ascii=False, indent=2))
    else:
        for line in _lines(due, today, left, known):
            say(line)


def _lines(due: Deadline, today: date, left: int, known: HouseStyle) -> list[str]:
    """A deadline as the clerk reads it."""

    def named(day: date) -> str:
        return named_day(day, known)

    clear = counted(due.clear_days, "clear working day")
    is_usual = is_working(due.meeting, known.calendar)
    unusual = [] if is_usual else ["Not a working day: is the date right?"]
    chase = [f"{named(day)}{' (past)' if day < today else ''}" for day in due.chase]
    rows = [
        ("Meeting", [named(due.meeting), *unusual]),
        ("Publish by", [f"{named(due.publish_by)}, {clear} before it"]),
        ("Updates by", [named(due.updates_by)]),
        ("Days left", [_days_left_words(due, today, left, named(today))]),
        ("Chase on", chase),
        ("Not counted", [f"{named(off)}: {why}" for off, why in due.days_off]),
    ]
    return [
        f"{'' if number else f'{label}:':13}{words}"
        for label, said in rows
        for number, words in enumerate(said)
    ]


def _days_left_words(due: Deadline, today: date, left: int, now: str) -> str:
    """How long there is, in words."""
    if today > due.publish_by:
        return f"none: the day has passed (today is {now})"
    if not left:
        return f"today is the last day ({now})"
    return f"{counted(left, 'working day')} after today, {now}"


def _record(due: Deadline, today: date, left: int) -> dict[str, object]:
    """A deadline as `--format json` gives it."""
    return {
        "meeting": due.meeting.isoformat(),
        "nation": due.nation,
        "clear_days": due.clear_days,
        "publish_by": due.publish_by.isoformat(),
        "updates_by": due.updates_by.isoformat(),
        "today": today.isoformat(),
        "days_left": left,
        "passed": today > due.publish_by,
        "chase": [day.isoformat() for day in due.chase],
        "not_counted": [{"day": off.isoformat(), "why": why} for off, why in due.days_off],
    }
