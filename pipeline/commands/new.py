"""`papers new`: make the workbook that officers fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline import line
from pipeline.check.checked import Checked, Council
from pipeline.commands import options
from pipeline.commands.common import clerks_council, one_tracker
from pipeline.commands.saying import complain, say
from pipeline.model.action import CLOSED, Action, plain
from pipeline.model.errors import PipelineError
from pipeline.model.words import counted, quoted
from pipeline.officers import next_meeting
from pipeline.officers.next_meeting import Start
from pipeline.officers.workbook import made
from pipeline.published.putting import write

# These leave out what is in no cell, or say what the clerk should look at beside the words.
_DOUBTFUL = frozenset({
    "exempt-row", "exempt-sheet", "guessed-heading", "left-out-link", "left-out-object", "left-out-text", "lost-words",
    "passed-over-part", "unaccounted-cell",
})  # fmt: skip


@click.command()
@click.argument("workbook", type=options.PATH)
@options.words("--committee", metavar="NAME", help="The committee; asked for if not given.")
@options.words("--paper", metavar="TITLE", help="The paper's title; asked for if not given.")
@options.day("--meeting", help="The meeting's date; asked for if not given.")
@options.words(
    "--prefix",
    metavar="LETTERS",
    help="What references begin with, if not the committee's initials.",
)
@options.file(
    "--from", "before", metavar="WORKBOOK",
    help="The last meeting's workbook, whose open actions are carried forward.",
)  # fmt: skip
@options.force
@options.style
@options.quiet
def command(
    workbook: Path,
    committee: str | None,
    paper: str | None,
    meeting: date | None,
    *,
    prefix: str | None,
    before: Path | None,
    style: str,
    force: bool,
    quiet: bool,
) -> None:
    """Make WORKBOOK, an empty one for officers to fill in.

    With --from it holds the open actions of the last meeting's workbook, in its committee's name;
    that one is only read.

    \b
    papers new inputs/panel.xlsx
    papers new inputs/panel.xlsx --committee "Harbour Panel" --meeting 28/03/2027
    papers new inputs/panel-may.xlsx --from inputs/panel.xlsx --meeting 23/05/2027
    """
    from msgspec.structs import replace

    refuse_existing(workbook, before, force=force)
    council = clerks_council(style)
    last = None
    if before is None:
        committee = options.asked(committee, "Committee", "--committee")
        paper = options.asked(paper, "Paper", "--paper", usual=council.house.wording.paper)
        start = next_meeting.blank(committee, paper, options.asked_meeting(meeting), prefix)
    else:
        meeting = options.asked_meeting(meeting)
        last = _tracker_of(before, council, committee, meeting)
        start = next_meeting.carried(last, meeting, prefix)
        start = replace(start, paper=paper or start.paper)
    lines = [write_start(workbook, made(start, council), start, council)]
    if last is not None:
        lines[0] += f"; {counted(len(start.actions), 'open action')} carried forward"
        closed = [one for one in last.tracker.actions if one.status.canonical in CLOSED]
        if closed:
            lines.append(f"Closed, and left out: {'; '.join(map(_called, closed))}")
    if quiet:
        return
    if start.meeting < options.clock():
        complain(
            f"The meeting of {council.house.long_day(start.meeting)} is past: is the date right?"
        )
    say(*(f"{words}." for words in lines), *(not_carried_over(last) if last else ()))


def refuse_existing(workbook: Path, before: Path | None, *, force: bool) -> None:
    """Raise `PipelineError` where the workbook must not be written."""
    if workbook.suffix.lower() != ".xlsx":
        raise PipelineError(
            f"{workbook} has no name of an Excel workbook.", f"Call it {workbook.stem}.xlsx."
        )
    if before is not None and workbook.exists() and before.exists() and workbook.samefile(before):
        raise PipelineError(
            f"{workbook} is the workbook to start from, which is only read.",
            "Give the new one another name.",
        )
    if workbook.is_dir() or (workbook.exists() and not force):
        raise PipelineError(
            f"{workbook} is there already.",
            "Give another name (with make: WORKBOOK=inputs/name.xlsx), or --force to write over it.",
        )


def write_start(workbook: Path, data: bytes, start: Start, council: Council) -> str:
    """Write a workbook that officers start with. Returns what it is, for the clerk."""
    write(workbook, data, "Close it if it is open, or give another name or folder.")
    day = council.house.long_day(start.meeting)
    return f"Made {workbook}: {start.committee}, {start.paper}, {day}"


def not_carried_over(read: Checked) -> list[str]:
    """What of a tracker is not in the workbook that was made from it, or may not be right."""
    return [str(one) for one in read.findings if one.leaves_out or one.check in _DOUBTFUL]


def _tracker_of(before: Path, council: Council, committee: str | None, meeting: date) -> Checked:
    """The one tracker of a workbook, or that of a committee. Raises `PipelineError` where there is none, or where
    its meeting is not before `meeting`, or cancelled.
    """
    try:  # by its own days, since it may keep a sheet for each meeting
        found = list(line.checked(before, council, committee=committee or ""))
    except PipelineError:  # one without any day
        found = list(line.checked(before, council, meeting, committee=committee or ""))
    last = one_tracker(found, before.name, committee)
    own = last.tracker.titles.meeting
    if own is not None and meeting <= own:
        raise PipelineError(
            f"{before.name} is of the meeting of {own:%d/%m/%Y}, and the next cannot be on {meeting:%d/%m/%Y}.",
            "Give the date of the next meeting with --meeting.",
        )
    if own is not None and council.decided.is_cancelled(last.tracker.committee, own):
        raise PipelineError(
            f"{before.name} is of the meeting of {own:%d/%m/%Y}, which is cancelled: no one has seen its closures.",
            "Go on with that workbook: write the next meeting's date into it.",
        )
    return last


def _called(action: Action) -> str:
    """How an action that is not carried forward is called, and its status."""
    name = plain(action.reference) or quoted(plain(action.action) or plain(action.title))
    return f"{name} ({plain(action.status.words)})"
