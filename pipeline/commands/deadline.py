"""`papers deadline`: say when a meeting's papers must be published."""

from __future__ import annotations

from datetime import date
from functools import partial

import click
import msgspec

from pipeline.chase import deadlines
from pipeline.chase.deadlines import is_working, named_day
from pipeline.commands import options
from pipeline.commands.saying import give_json, say
from pipeline.council import house
from pipeline.model.words import counted


@click.command()
@click.argument("meeting", type=options.a_day)
@options.today
@options.shape("text", "json", said="How to say it.")
@options.style
def command(meeting: date, today: date, shape: str, style: str) -> None:
    """Say by when the papers of a MEETING must be published, and when to chase for them.

    The council's nation, closed days and chasing days stand in its house.toml, under [calendar].

    \b
    papers deadline 14/01/2027
    papers deadline "14 January 2027" --today 18/12/2026 --format json
    """

    known = house.house_of(style)
    due = deadlines.deadline(meeting, known.calendar)
    left = deadlines.days_left(today, due, known.calendar)
    if shape == "json":
        passed = {"today": today, "days_left": left, "passed": today > due.publish_by}
        off = [{"day": day, "why": why} for day, why in due.not_counted]
        give_json({**msgspec.structs.asdict(due), **passed, "not_counted": off})
        return
    named = partial(named_day, house=known)
    unusual = (
        [] if is_working(meeting, known.calendar) else ["Not a working day: is the date right?"]
    )
    clear = counted(due.clear_days, "clear working day")
    if today > due.publish_by:
        there_is = f"none: the day has passed (today is {named(today)})"
    elif left:
        there_is = f"{counted(left, 'working day')} after today, {named(today)}"
    else:
        there_is = f"today is the last day ({named(today)})"
    rows = {
        "Meeting": [named(meeting), *unusual],
        "Publish by": [f"{named(due.publish_by)}, {clear} before it"],
        "Updates by": [named(due.updates_by)],
        "Days left": [there_is],
        "Chase on": [f"{named(day)}{' (past)' if day < today else ''}" for day in due.chase],
        "Not counted": [f"{named(day)}: {why}" for day, why in due.not_counted],
    }
    for label, lines in rows.items():
        for number, words in enumerate(lines):
            say(f"{'' if number else f'{label}:':13}{words}")
