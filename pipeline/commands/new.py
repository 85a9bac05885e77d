"""`papers new`: make the workbook that officers fill in."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.common import Day, quiet_option, say, style_option
from pipeline.errors import PipelineError
from pipeline.phrases import counted

if TYPE_CHECKING:
    from pipeline.line import Checked, Council
    from pipeline.next_meeting import Start
    from pipeline.records import Action

LEFT_OUT = frozenset({"struck-out-text", "stray-text", "unpublished-column", "left-out-link"})


@click.command(short_help="Make the workbook that officers fill in.")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--committee", metavar="NAME", help="The committee; asked for if not given.")
@click.option("--paper", metavar="TITLE", help="The paper's title; asked for if not given.")
@click.option(
    "--meeting", type=Day(), metavar="DATE", help="The meeting's date; asked for if not given."
)
@click.option(
    "--prefix", metavar="LETTERS", help="What references begin with, if not the committee's initials."
)  # fmt: skip
@click.option(
    "--from",
    "before",
    type=click.Path(path_type=Path),
    metavar="WORKBOOK",
    help="The last meeting's workbook, whose open actions are carried forward.",
)
@click.option("--force", is_flag=True, help="Write over a WORKBOOK that is there.")
@style_option
@quiet_option
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

    from pipeline import line, next_meeting, officers_workbook

    refuse(workbook, before, force=force)
    council = line.council(style)
    last = None
    if before is None:
        committee = given(committee, "Committee", "--committee")
        paper = given(paper, "Paper", "--paper", council.house.wording.paper)
        start = next_meeting.blank(committee, paper, meeting or asked_meeting(), prefix)
    else:
        meeting = meeting or asked_meeting()
        last = tracker_of(before, council, committee, meeting)
        start = next_meeting.carried(last, meeting, prefix, council.columns)
        start = replace(start, paper=paper or start.paper)
    put(
        workbook,
        officers_workbook.made(start, council.columns, council.rules.placeholders, council.house),
    )
    if not quiet:
        for words in summary(workbook, start, last, council):
            say(words)


def refuse(workbook: Path, before: Path | None, *, force: bool) -> None:
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


def given(value: str | None, label: str, option: str, usual: str | None = None) -> str:
    """What an option says, on one line; else what the clerk answers, or what is usual.

    Raises `PipelineError` where nobody can be asked and nothing is usual.
    """
    if value is None and sys.stdin.isatty():
        value = click.prompt(label, default=usual, err=True)
    words = " ".join((value or usual or "").split())
    if not words:
        raise PipelineError(f"The workbook needs {option}.", f"Give it, such as {option} Name.")
    return words


def asked_meeting() -> date:
    """The meeting's date as the clerk answers. Raises `PipelineError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise PipelineError(
            "The workbook needs --meeting.", "Give it, such as --meeting 28/03/2027."
        )
    answer: Any = click.prompt("Meeting (such as 28/03/2027)", type=Day(), err=True)
    assert isinstance(answer, date)
    return answer


def tracker_of(before: Path, council: Council, committee: str | None, meeting: date) -> Checked:
    """The one tracker of a workbook, or that of a committee. Raises `PipelineError` where there is none."""
    from pipeline import line
    from pipeline.columns import key

    found = list(line.checked(before, council, meeting))
    mine = [
        one for one in found if committee is None or key(one.tracker.committee) == key(committee)
    ]
    names = ", ".join(f"'{one.tracker.committee}' ({one.tracker.sheet.name})" for one in found)
    if not mine:
        raise PipelineError(
            f"{before.name} has no actions of '{committee}'; it has those of {names}.",
            "Give the name as it is there.",
        )
    if len(mine) > 1:
        raise PipelineError(
            f"{before.name} has {len(mine)} trackers to start from, and one is needed: {names}.",
            "Choose one with --committee.",
        )
    own = mine[0].tracker.titles.meeting
    if own is not None and meeting <= own:
        raise PipelineError(
            f"{before.name} is of the meeting of {own:%d/%m/%Y}, and the next cannot be on {meeting:%d/%m/%Y}.",
            "Give the date of the next meeting with --meeting.",
        )
    return mine[0]


def put(workbook: Path, data: bytes) -> None:
    """Put the file in place. Raises `PipelineError` where it cannot be."""
    from pipeline import output

    try:
        output.put({workbook: data})
    except PipelineError as fault:
        raise PipelineError(
            fault.message, "Close it if it is open, or give another name or folder."
        ) from None


def summary(workbook: Path, start: Start, last: Checked | None, council: Council) -> list[str]:
    """What was made, what was carried forward, and what was not."""
    from pipeline.checks.actions import quoted
    from pipeline.next_meeting import closed
    from pipeline.records import plain

    def told(action: Action) -> str:
        return plain(action.reference) or quoted(plain(action.action) or plain(action.title))

    day = council.house.long_day(start.meeting)
    made = f"Made {workbook}: {start.committee}, {start.paper}, {day}"
    if last is None:
        return [f"{made}."]
    count = len(start.actions)
    lines = [f"{made}; {counted(count, 'open action')} carried forward."]
    left = [f"{told(action)} ({plain(action.status.words)})" for action in closed(last)]
    if left:
        lines.append(f"Closed, and left out: {'; '.join(left)}.")
    lines.extend(str(finding) for finding in last.findings if finding.check in LEFT_OUT)
    return lines
