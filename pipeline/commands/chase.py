"""`papers chase`: draft e-mails to the officers who owe something, and the clerk's list to ring by."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.chase import deadlines, letters, owing
from pipeline.commands import options
from pipeline.commands.common import checked_workbooks, clerks_council, meeting_folders
from pipeline.commands.saying import say
from pipeline.model.words import counted
from pipeline.published.folder import NOT_PUBLISHED
from pipeline.published.putting import one_writer, put

if TYPE_CHECKING:
    from pipeline.chase.deadlines import Deadline
    from pipeline.chase.owing import Chase, Person
    from pipeline.check.checked import Checked
    from pipeline.check.rule import Finding
    from pipeline.council.house import HouseStyle


_LIST = "to-ring.html"


@click.command()
@options.workbooks
@options.day(
    "--today",
    help="Date the drafts, and say how many days are left. Without it they carry no date.",
)
@options.request
def command(request: options.Request, *, workbooks: tuple[Path, ...], today: date | None) -> None:
    """Write a draft e-mail to each officer who owes something in each WORKBOOK (in inputs/ if none).

    Nothing is sent: open a draft in Outlook or Thunderbird, read it, and send it yourself. Addresses
    come from the workbook's sheet of officers. Beside the drafts stands a list to ring by; drafts of
    an earlier run are taken away.

    \b
    papers chase
    papers chase inputs/panel.xlsx --today 18/12/2026
    """

    council, output = clerks_council(request.style), request.output
    files: dict[Path, bytes] = {}
    gone: list[Path] = []
    summary: list[str] = []
    checked = checked_workbooks(workbooks, council, request, today)
    meetings = meeting_folders(checked, output)
    for meeting_folder, made in meetings.items():
        folder = meeting_folder / NOT_PUBLISHED
        due = deadlines.deadline(made.tracker.meeting, council.house.calendar)
        owed = owing.chase(made)
        drafts = letters.drafts(owed, made, due, council.house, today)
        page = letters.to_ring(owed, made, due, council.house)
        new = {folder / name: data for name, data in drafts.items()}
        gone.extend(path for path in sorted(folder.glob("*.eml")) if path not in new)
        files |= {**new, folder / _LIST: page.encode()}
        summary.append(_heading(made, due, council.house, today))
        summary.extend(f"  {words}" for words in _summary_lines(owed))
        summary.append(f"  Made {folder}: {counted(len(drafts), 'draft')} and {_LIST}.")
    with one_writer(output, [made.parent.name for made in meetings]):
        put(output, files, gone)
    if not request.quiet:
        for words in summary:
            say(words)
        say("Nothing was sent.")


def _heading(made: Checked, due: Deadline, house: HouseStyle, today: date | None) -> str:
    """The line over a meeting's people: what it is, and when it must be published."""

    publish_by = deadlines.named_day(due.publish_by, house)
    said = f"{made.book.name}: {made.tracker.committee}: publish by {publish_by}"
    if today is None:
        return f"{said}."
    if today > due.publish_by:
        return f"{said}, which has passed."
    left = deadlines.days_left(today, due, house.calendar)
    return f"{said}, {counted(left, 'working day')} left."


def _summary_lines(owed: Chase) -> list[str]:
    """Who owes how much, a line a person, worst first; then what is the clerk's own."""

    lines = [
        " ".join(
            (f"{person.officer.name}: {_amount(person.findings)}.", _way(person), *person.doubts)
        )
        for person in owed.people
    ]
    nobodys = [finding for one in owed.unassigned for finding in one.findings]
    if nobodys:
        lines.append(f"No officer named: {_amount(nobodys)}. On the list.")
    if owed.others:
        lines.append(f"For the clerk: {_amount(list(owed.others))}. On the list.")
    return lines or ["Nothing is missing."]


def _way(person: Person) -> str:
    """How a person will be reached."""
    if person.officer.email:
        return f"Draft to {person.officer.email}."
    return "No e-mail address known: on the list."


def _amount(findings: list[Finding]) -> str:
    """How many errors and warnings there are."""
    errors = sum(str(finding.severity) == "error" for finding in findings)
    parts = [(errors, "error"), (len(findings) - errors, "warning")]
    return ", ".join(counted(number, word) for number, word in parts if number)
