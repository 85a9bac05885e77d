"""`papers new`: make the workbook that officers fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import line
from pipeline.commands import options
from pipeline.commands.common import CLOSE_IT, clerks_council, refuse_existing
from pipeline.commands.saying import say
from pipeline.model.action import plain
from pipeline.model.errors import PipelineError
from pipeline.model.words import counted, key, quoted
from pipeline.officers import next_meeting
from pipeline.officers.next_meeting import not_carried
from pipeline.officers.workbook import made
from pipeline.published.putting import write

if TYPE_CHECKING:
    from pipeline.check.checked import Checked, Council
    from pipeline.model.action import Action
    from pipeline.officers.next_meeting import Start


_LEFT_OUT = frozenset({"struck-out-text", "stray-text", "unpublished-column", "left-out-link"})


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
        committee = options.asked(committee, "Committee", "--committee", options.Words())
        paper = options.asked(
            paper, "Paper", "--paper", options.Words(), council.house.wording.paper
        )
        start = next_meeting.blank(committee, paper, options.asked_meeting(meeting), prefix)
    else:
        meeting = options.asked_meeting(meeting)
        last = _tracker_of(before, council, committee, meeting)
        start = next_meeting.carried(last, meeting, prefix, council.columns)
        start = replace(start, paper=paper or start.paper)
    data = made(start, council.columns, council.rules.placeholders, council.house)
    write(workbook, data, CLOSE_IT)
    if not quiet:
        for words in _summary(workbook, start, last, council):
            say(words)


def _tracker_of(before: Path, council: Council, committee: str | None, meeting: date) -> Checked:
    """The one tracker of a workbook, or that of a committee. Raises `PipelineError` where there is none."""

    found = list(line.checked(before, council, meeting, committee=committee or ""))
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
    if own is not None and council.decided.is_cancelled(mine[0].tracker.committee, own):
        raise PipelineError(
            f"{before.name} is of the meeting of {own:%d/%m/%Y}, which is cancelled: no one has seen its closures.",
            "Go on with that workbook: write the next meeting's date into it.",
        )
    return mine[0]


def _summary(workbook: Path, start: Start, last: Checked | None, council: Council) -> list[str]:
    """What was made, what was carried forward, and what was not."""

    def told(action: Action) -> str:
        return plain(action.reference) or quoted(plain(action.action) or plain(action.title))

    day = council.house.long_day(start.meeting)
    made = f"Made {workbook}: {start.committee}, {start.paper}, {day}"
    if last is None:
        return [f"{made}."]
    count = len(start.actions)
    lines = [f"{made}; {counted(count, 'open action')} carried forward."]
    left = [f"{told(action)} ({plain(action.status.words)})" for action in not_carried(last)]
    if left:
        lines.append(f"Closed, and left out: {'; '.join(left)}.")
    lines.extend(str(finding) for finding in last.findings if finding.check in _LEFT_OUT)
    return lines
