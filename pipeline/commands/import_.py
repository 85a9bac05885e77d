"""`papers import`: start the officers' workbook from last meeting's paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline import line
from pipeline.commands.common import CLOSE_IT, refuse_existing
from pipeline.commands.options import Day, Words, paper_argument, quiet_option, style_option
from pipeline.commands.saying import say
from pipeline.model.errors import PipelineError
from pipeline.model.words import counted, key, listed
from pipeline.officers import next_meeting
from pipeline.officers.workbook import made
from pipeline.published import paper_book
from pipeline.published.putting import write

_PLACES = frozenset({
    "struck-out-text", "left-out-text", "stray-text", "unpublished-column", "left-out-link", "guessed-heading",
    "unread-sheet",
})  # fmt: skip


@click.command()
@paper_argument("paper")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--meeting", type=Day(), metavar="DATE", help="The meeting's date, if not the paper's."
)
@click.option(
    "--committee",
    type=Words(),
    metavar="NAME",
    help="The committee, if the paper names none; or which one, where it has several.",
)
@click.option(
    "--prefix",
    type=Words(),
    metavar="LETTERS",
    help="What references begin with, where there are none.",
)
@click.option("--force", is_flag=True, help="Write over a WORKBOOK that is there.")
@style_option
@quiet_option
def command(
    *,
    paper: Path,
    workbook: Path,
    meeting: date | None,
    committee: str | None,
    prefix: str | None,
    style: str,
    force: bool,
    quiet: bool,
) -> None:
    """Make WORKBOOK, for officers to fill in, from a PAPER: a Word table (.docx), a web page, a text
    with tabs or commas, or any edition that `papers build` made.

    Every action of the paper is in it, closed ones too. What could not be placed is listed. PDFs of
    others cannot be read: open them in Word, which makes a document of them.

    \b
    papers import last-paper.docx inputs/panel.xlsx
    papers import pasted.txt inputs/panel.xlsx --committee "Harbour Panel" --meeting 28/03/2027
    """

    refuse_existing(workbook, paper, force=force)
    council = line.council(style)
    book = paper_book.book(paper)
    found = [
        one
        for one in line.checked_book(book, council, meeting, committee=committee or "")
        if committee is None or key(one.tracker.committee) == key(committee)
    ]
    if len(found) != 1:
        names = ", ".join(one.tracker.committee for one in found) or "none of that name"
        raise PipelineError(
            f"{paper.name} has {len(found)} committees' tables: {names}.",
            "Choose one with --committee.",
        )
    start = next_meeting.imported(found[0], prefix)
    write(
        workbook,
        made(start, council.columns, council.rules.placeholders, council.house),
        CLOSE_IT,
    )
    if not quiet:
        count = len(start.actions)
        say(
            f"Made {workbook}: {start.committee}, {start.paper}, "
            f"{council.house.long_day(start.meeting)}; {counted(count, 'action')}."
        )
        if book.passed_over:
            parts = listed(list(book.passed_over))
            say(
                f"{paper.name}: this could not be read: {parts}. Compare the workbook with the paper."
            )
        for finding in found[0].findings:
            if finding.check in _PLACES:
                say(str(finding))
