"""`papers import`: start the officers' workbook from last meeting's paper."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from pipeline import line
from pipeline.commands import options
from pipeline.commands.common import clerks_council, one_tracker
from pipeline.commands.new import not_carried_over, refuse_existing, write_start
from pipeline.commands.saying import say
from pipeline.model.errors import PipelineError
from pipeline.model.words import counted, listed
from pipeline.officers import next_meeting
from pipeline.officers.workbook import made
from pipeline.published import kept, paper_book, readback
from pipeline.published.folder import meeting_folder
from pipeline.published.putting import one_writer, put
from pipeline.published.records import RECORDS_NAME, Records, as_json


@click.command()
@options.paper("paper")
@click.argument("workbook", type=options.PATH)
@options.day("--meeting", help="The meeting's date, if not the paper's.")
@options.words(
    "--committee", metavar="NAME", help="The committee, if the paper names none; or which one, where it has several."
)  # fmt: skip
@options.words(
    "--prefix", metavar="LETTERS", help="What references begin with, where there are none."
)
@click.option(
    "--published", "is_published", is_flag=True,
    help="Also keep it in the output folder as what was published, for the next paper to be compared with.",
)  # fmt: skip
@options.output
@options.force
@options.style
@options.quiet
def command(
    *,
    paper: Path,
    workbook: Path,
    meeting: date | None,
    committee: str | None,
    prefix: str | None,
    is_published: bool,
    output: Path,
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
    papers import last-paper.docx inputs/panel.xlsx --published
    papers import pasted.txt panel.xlsx --committee Quays --meeting 28/03/2027
    """

    refuse_existing(workbook, paper, force=force)
    council = clerks_council(style)
    book = paper_book.book(paper)
    found = line.checked(book, council, meeting, committee=committee or "")
    read = one_tracker(found, paper.name, committee)
    start = next_meeting.imported(read, prefix)
    data = made(start, council)
    kept_in = _keep(paper, line.records_of(read, council), output) if is_published else None
    said = write_start(workbook, data, start, council)
    if quiet:
        return
    say(f"{said}; {counted(len(start.actions), 'action')}.")
    if kept_in:
        say(f"Kept in {kept_in} as it was published: the next paper is compared with it.")
    if book.passed_over:
        parts = listed(list(book.passed_over))
        say(f"{paper.name}: this could not be read: {parts}. Compare the workbook with the paper.")
    say(*not_carried_over(read))


def _keep(paper: Path, read: Records, output: Path) -> Path:
    """Keep the records of a published paper, those that it carries or else those `read`. Returns its meeting's folder.

    Raises `PipelineError` where there is a published paper of that meeting.
    """
    with suppress(PipelineError):
        read = readback.records(paper)
    whole = replace(read, paper=replace(read.paper, final=True, draft=False))
    folder = meeting_folder(output, whole.paper.committee, whole.paper.day)
    json = as_json(whole)
    with one_writer(output, [folder.parent.name]):
        if kept.final(folder) not in ("", json):
            raise PipelineError(
                f"There is a published paper in {folder} already, and it says otherwise.",
                "Leave out --published, or choose another folder with --output.",
            )
        put(output, {folder / RECORDS_NAME: f"{json}\n".encode()})
    return folder
