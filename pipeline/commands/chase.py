"""`papers chase`: draft e-mails to the officers who owe something, and the clerk's list to ring by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.chase import deadlines, letters, owing
from pipeline.chase.owing import Chase
from pipeline.check.rule import Finding
from pipeline.commands import options
from pipeline.commands.common import checked_workbooks, clerks_council, meeting_folders
from pipeline.commands.saying import say
from pipeline.model.words import counted
from pipeline.published import kept
from pipeline.published.folder import NOT_PUBLISHED
from pipeline.published.putting import one_writer, put

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

    Nobody is chased for a paper that is published. Nothing is sent: open a draft in Outlook or Thunderbird, read it,
    and send it yourself. Addresses come from the workbook's sheet of officers. Beside the drafts stands a list to
    ring by; drafts of an earlier run are taken away.

    \b
    papers chase
    papers chase inputs/panel.xlsx --today 18/12/2026
    """

    council, output = clerks_council(request.style), request.output
    files: dict[Path, bytes] = {}
    gone: list[Path] = []
    lines: list[str] = []
    checked = checked_workbooks(workbooks, council, request, today)
    meetings = meeting_folders(checked, output)
    for meeting_folder, made in meetings.items():
        folder = meeting_folder / NOT_PUBLISHED
        gone.extend(sorted(folder.glob("*.eml")))
        if kept.final(meeting_folder):
            lines += [f"{made.book.name}: its paper is published, and no draft was made."]
            continue
        due = deadlines.deadline(made.tracker.meeting, council.house.calendar)
        owed = owing.chase(made)
        drafts = letters.drafts(owed, made, due, council.house, today)
        page = letters.to_ring(owed, made, due, council.house)
        files |= {folder / name: data for name, data in drafts.items()}
        files[folder / _LIST] = page.encode()
        lines += [
            f"{made.book.name}: {made.tracker.committee}",
            f"  {deadlines.deadline_words(due, council.house, today)}",
            *(f"  {words}" for words in _owing_lines(owed)),
            f"  Made {folder}: {counted(len(drafts), 'draft')} and {_LIST}.",
        ]
    with one_writer(output, [made.parent.name for made in meetings]):
        put(output, files, gone)
    if not request.quiet:
        say(*lines, "Nothing was sent.")


def _owing_lines(owed: Chase) -> Iterator[str]:
    """Who owes how much, a line a person, worst first; then what is the clerk's own."""
    for person in owed.people:
        email = person.officer.email
        way = f"Draft to {email}." if email else "No e-mail address known: on the list."
        amount = _amount(person.findings)
        yield " ".join((f"{person.officer.name}: {amount}.", way, *person.doubts))
    nobodys = [finding for one in owed.unassigned for finding in one.findings]
    if nobodys:
        yield f"No officer named: {_amount(nobodys)}. On the list."
    if owed.others:
        yield f"For the clerk: {_amount(owed.others)}. On the list."
    if not (owed.people or nobodys or owed.others):
        yield "Nothing is missing."


def _amount(findings: Iterable[Finding]) -> str:
    """How many errors and warnings there are."""
    of_each = Counter(str(one.severity) for one in sorted(findings, key=lambda one: -one.severity))
    return ", ".join(counted(number, name) for name, number in of_each.items())
