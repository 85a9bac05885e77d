"""When a paper must be published: counted on the calendars of four nations."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from pipeline.chase import deadlines
from pipeline.commands.cli import main
from pipeline.council import settings
from pipeline.council.house import Nation, house_of
from pipeline.model.errors import PipelineError
from scripts.make_bank_holidays import table

ROOT = Path(__file__).parents[2]
COMMAND = "pipeline/commands/options.py"
USUAL = replace(house_of("wexmouth").calendar, closed_days=frozenset())


def publish_by(meeting: str, nation: Nation, *closed: str, clear_days: int | None = None) -> str:
    """The last day to publish, as weekday and date."""
    days = frozenset(map(date.fromisoformat, closed))
    calendar = replace(USUAL, nation=nation, clear_days=clear_days, closed_days=days)
    day = deadlines.deadline(date.fromisoformat(meeting), calendar).publish_by
    return f"{day:%a} {day}"


@pytest.mark.parametrize(
    ("meeting", "nation", "expected"),
    [
        ("2026-10-15", "England", "Wed 2026-10-07"),  # Thu 8, Fri 9, Mon 12, Tue 13, Wed 14
        ("2026-10-15", "Wales", "Fri 2026-10-09"),
        ("2026-10-15", "Scotland", "Fri 2026-10-09"),
        ("2027-04-01", "England", "Mon 2027-03-22"),  # Good Friday and Easter Monday lie between
        ("2027-04-01", "Scotland", "Thu 2027-03-25"),  # where Easter Monday is a working day
        ("2027-01-04", "England", "Tue 2026-12-22"),  # 28 December stands in for Boxing Day
        ("2027-01-07", "England", "Tue 2026-12-29"),
        ("2026-01-06", "Scotland", "Mon 2025-12-29"),  # 1 and 2 January
        ("2026-01-06", "Wales", "Tue 2025-12-30"),
        ("2027-01-06", "Scotland", "Tue 2026-12-29"),  # 2 January is a Saturday: Monday the 4th
        ("2027-01-06", "Wales", "Wed 2026-12-30"),
        ("2026-11-30", "Scotland", "Tue 2026-11-24"),  # a meeting on a bank holiday
        ("2027-05-03", "England", "Fri 2027-04-23"),
        ("2026-10-18", "England", "Fri 2026-10-09"),  # a meeting on a Sunday
    ],
)
def test_neither_the_day_of_publication_nor_the_meetings_counts(
    meeting: str, nation: Nation, expected: str
) -> None:
    assert publish_by(meeting, nation) == expected


def test_the_councils_own_closed_days_do_not_count() -> None:
    closed = ("2026-12-29", "2026-12-30", "2026-12-31")
    assert publish_by("2027-01-11", "England") == "Thu 2026-12-31"
    assert publish_by("2027-01-11", "England", *closed) == "Thu 2026-12-24"
    due = deadlines.deadline(
        date(2027, 1, 11), replace(USUAL, closed_days=frozenset({date(2027, 1, 6)}))
    )
    assert (date(2027, 1, 6), "the council is closed") in due.not_counted


def test_northern_ireland_has_to_say_how_many() -> None:
    with pytest.raises(PipelineError, match="clear days' notice a council in Northern Ireland"):
        publish_by("2027-03-22", "Northern Ireland")
    # St Patrick's Day, 17 March, is a bank holiday there.
    assert publish_by("2027-03-22", "Northern Ireland", clear_days=5) == "Thu 2027-03-11"
    assert publish_by("2027-03-22", "England") == "Fri 2027-03-12"


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2026-10-01", 4),  # a Thursday; 2, 5, 6 and 7 October
        ("2026-10-03", 3),  # a Saturday
        ("2026-10-07", 0),
        ("2026-10-08", -1),
        ("2026-10-12", -3),
    ],
)
def test_how_many_working_days_are_left(today: str, left: int) -> None:
    due = deadlines.deadline(date(2026, 10, 15), USUAL)
    assert deadlines.days_left(date.fromisoformat(today), due, USUAL) == left


def test_officers_are_chased_working_days_before() -> None:
    due = deadlines.deadline(date(2027, 4, 1), replace(USUAL, chase=[0, 2, 6, 2]))
    assert [day.isoformat() for day in due.chase] == ["2027-03-12", "2027-03-18", "2027-03-22"]
    assert deadlines.deadline(date(2027, 4, 1), replace(USUAL, chase=[])).chase == ()


def test_a_calendar_without_working_days_is_refused() -> None:
    every = frozenset(deadlines.days(date(2025, 1, 1), date(2026, 12, 31)))
    with pytest.raises(PipelineError, match="closes the council for more than"):
        deadlines.deadline(date(2026, 10, 15), replace(USUAL, closed_days=every))


def test_the_command_says_when_and_how_long() -> None:
    said = CliRunner().invoke(main, ["deadline", "14/01/2027", "--today", "18/12/2026"]).output
    assert "Publish by:  Wednesday 6 January 2027, 5 clear working days before it" in said
    assert "7 working days after today, Friday 18 December 2026" in said
    assert "Tuesday 15 December 2026 (past)" in said
    assert "Friday 25 December 2026: Christmas Day" in said


def test_the_command_speaks_json() -> None:
    arguments = ["deadline", "14 January 2027", "--today", "2027-01-07", "--format", "json"]
    said = json.loads(CliRunner().invoke(main, arguments).output)
    assert (said["publish_by"], said["days_left"], said["passed"]) == ("2027-01-06", -1, True)


def test_the_clock_is_read_in_one_place() -> None:
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        reads = "date.today(" in path.read_text(encoding="utf-8")
        assert reads == path.as_posix().endswith(COMMAND), path


def test_the_bank_holidays_are_those_of_the_library() -> None:
    made = (settings.TEMPLATES / "bank_holidays.json").read_text(encoding="utf-8")
    assert made == table(), "run `make docs`"
