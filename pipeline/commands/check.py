"""`papers check`: say what is missing."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.check import account
from pipeline.commands import guard, options
from pipeline.commands.answers import say_verdict
from pipeline.commands.common import (
    FINDINGS_EXIT,
    clerks_council,
    meeting_folders,
    readable_workbooks,
    verdicts,
)
from pipeline.commands.saying import give, say
from pipeline.ingest.read import file_bytes
from pipeline.model.errors import PipelineError
from pipeline.model.words import listed, quoted
from pipeline.normalise.layout import explained
from pipeline.normalise.tracker import Ground
from pipeline.published.folder import NOT_PUBLISHED
from pipeline.published.putting import one_writer, put
from pipeline.published.records import as_csv

if TYPE_CHECKING:
    from pipeline.chase.verdict import Verdict
    from pipeline.check.checked import Checked, Council
    from pipeline.check.rule import Entry, Finding
    from pipeline.normalise.tracker import Part, Tracker


_GROUNDS = {
    Ground.GIVEN: ", as given",
    Ground.LINE: ", from a line that says so",
    Ground.PLACE: ", from a line that does not say so for certain",
    Ground.INSTEAD: ", as given for want of another",
    Ground.SHEET: ", from the sheet's name",
    Ground.ELSEWHERE: ", from another sheet",
    Ground.HOUSE: ", from the house style",
}


_FIELDS = "workbook sheet cell check severity message remedy officer reference".split()  # noqa: SIM905


@click.command()
@options.workbooks
@options.shape(
    "text", "json", "csv", "html",
    said="How to say it; html is a page to send, made in the output folder.",
)  # fmt: skip
@click.option(
    "--explain", is_flag=True,
    help="Say how each column, row and line was read and what became of the cells (of each, with --format json); "
    "stop there.",
)  # fmt: skip
@click.option(
    "--annotate", is_flag=True, help="Also make a copy of each workbook with the faults as notes on their cells."
)  # fmt: skip
@options.fail_on
@options.today
@options.request
def command(
    request: options.Request,
    *,
    workbooks: tuple[Path, ...],
    shape: str,
    explain: bool,
    annotate: bool,
    fail_on: str,
    today: date | None,
) -> None:
    """Say whether the paper of each WORKBOOK is ready, and if not, whom to ring (of every one in
    inputs/ if none is given).

    Exit code 0: ready; 1: not ready; 2: could not run.

    \b
    papers check
    papers check inputs/panel.xlsx --format csv
    papers check --format html --fail-on warning
    papers check tracker.xlsx --explain
    papers check inputs/panel.xlsx --annotate
    """
    council, output = clerks_council(request.style), request.output
    checked, faults = readable_workbooks(workbooks, council, request, today)
    if explain:
        _explain(checked, faults, shape)
        guard.say_faults(faults)
        return
    if len(faults) == 1 and not checked:
        raise faults[0]
    if not checked:
        guard.say_faults(faults)
    said = verdicts(checked, council, today, fail_on, output)
    made_files = _annotated_copies(checked, said, output) if annotate else {}
    if shape == "html":
        made_files |= _pages(checked, said, council, output)
    if made_files:
        with one_writer(output, {path.relative_to(output).parts[0] for path in made_files}):
            put(output, made_files)
    if shape in ("json", "csv"):
        findings = [_record(made, finding) for made in checked for finding in made.findings]
        give(
            as_csv([_FIELDS, *(one.values() for one in findings)]).decode("utf-8-sig")
            if shape == "csv"
            else json.dumps(
                {"verdicts": [_summary(one) for one in said], "findings": findings},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif not request.quiet:
        for one in said:
            say_verdict(one)
        for path in made_files:
            say(f"Made {path}.")
    guard.say_faults(faults)
    if not all(one.ready for one in said):
        sys.exit(FINDINGS_EXIT)


def _pages(
    checked: list[Checked], said: list[Verdict], council: Council, output: Path
) -> dict[Path, bytes]:
    """Each verdict as a page that one can send."""
    from pipeline.chase.letters import verdict_page  # with Jinja2, which only pages need

    return {
        folder / NOT_PUBLISHED / "ready-or-not.html": verdict_page(one, council.house).encode()
        for folder, one in zip(meeting_folders(checked, output), said, strict=True)
    }


def _annotated_copies(
    checked: list[Checked], said: list[Verdict], output: Path
) -> dict[Path, bytes]:
    """A copy of each workbook with its faults."""
    from pipeline.officers.annotate import annotated  # with openpyxl, which only copies need

    copies = {}
    for (folder, made), one in zip(meeting_folders(checked, output).items(), said, strict=True):
        book = made.book
        data = file_bytes(Path(book.given))
        if hashlib.sha256(data).hexdigest() != book.sha256:
            raise PipelineError(f"{book.name} was saved meanwhile.", "Run it again.")
        copies[folder / NOT_PUBLISHED / "to-do.xlsx"] = annotated(
            data, book.name, made.findings, book.modified, (one.title, one.answer, one.deadline)
        )
    return copies


def _explain(checked: list[Checked], faults: list[PipelineError], shape: str) -> None:
    """Say how some trackers were read, and the columns of those that could not be; as JSON, what became of each of
    the workbooks' cells.
    """
    if shape == "json":
        accounts = [_account_record(made, one) for made in checked for one in made.account]
        give(json.dumps({"account": accounts}, ensure_ascii=False, indent=2))
        return
    for words in chain(*map(_explanation, checked), *(fault.explained for fault in faults)):
        say(words)


def _explanation(made: Checked) -> Iterator[str]:
    """How a tracker was read: its names, and the columns of its sheets, a line each."""
    tracker = made.tracker
    yield _headings_line(made, tracker)
    names: list[tuple[Part, str]] = [
        ("committee", tracker.committee),
        ("paper", tracker.paper),
        ("meeting", tracker.meeting.isoformat()),
    ]
    for part, words in names:
        is_given = part == "meeting" and tracker.titles.meeting != tracker.meeting
        name = None if is_given else tracker.titles.names.get(part)
        place = name.place if name else None
        guessed = "".join(_GROUNDS[one.ground] for one in tracker.taken if one.part == part)
        lost = [one for one in tracker.lost if one.part == part and one.words != words]
        others = listed([f"{quoted(one.words)}{_GROUNDS[one.ground]}" for one in lost])
        not_those = f"; and not {others}" if lost else ""
        yield f"  {part}: {words}{f' ({place.cell})' if place else ''}{guessed}{not_those}"
    for one in tracker.sheets:
        if one is not tracker:
            yield f"{_headings_line(made, one)}; joined to {tracker.sheet.name}"
        yield from _title_lines(one)
        yield from explained(one.layout)
        yield from _row_lines(one)
    yield f"  {account.summary(made.account)}"


def _headings_line(made: Checked, tracker: Tracker) -> str:
    """Where the headings of a sheet were found."""
    layout = tracker.layout
    return f"{made.book.name}, sheet {layout.sheet}: headings in row {layout.heading_row}"


def _title_lines(tracker: Tracker) -> Iterator[str]:
    """The lines above a sheet's table that were not used, or not wholly."""
    head = tracker.layout.first_row
    for cell in tracker.titles.unused:
        if cell.place in tracker.withheld:
            became = f"withheld, as {tracker.withheld[cell.place]}"
        else:
            became = "no name of the paper"
        if cell.place.row < head and cell.words:
            yield f"  {cell.place.cell}: {quoted(cell.words)} is {became}"


def _row_lines(tracker: Tracker) -> Iterator[str]:
    """What the rows of a sheet's table were read as, and why; rows of one kind in a line."""
    for (kind, why), group in groupby(tracker.kinds, key=lambda row: (row.kind, row.why)):
        rows = list(group)
        first, last = rows[0].place, rows[-1].place.row
        which = f"rows {first.row} to {last}" if len(rows) > 1 else f"row {last}"
        kept = ", and is withheld" if first in tracker.withheld else ""
        yield f"  {which}: {kind}, for {why}{kept}"


def _summary(said: Verdict) -> dict[str, object]:
    """A verdict as `--format json` gives it; its findings stand beside it."""
    return {
        "title": said.title, "ready": said.ready, "answer": said.answer, "compared": said.compared,
        "deadline": said.deadline, "repeated": said.repeated,
        "waived": list(said.waived), "lowered": said.lowered, "next": said.todo,
        "waive": said.waive, "plans": list(said.plans),
    }  # fmt: skip


def _record(made: Checked, finding: Finding) -> dict[str, str]:
    """A finding as `--format json` and `csv` give it."""
    place = finding.place
    values = (
        made.book.name, place.sheet, place.cell, finding.check, str(finding.severity), finding.message,
        finding.remedy, finding.officer, finding.reference,
    )  # fmt: skip
    return dict(zip(_FIELDS, values, strict=True))


def _account_record(made: Checked, entry: Entry) -> dict[str, str]:
    """What became of a cell, as `--explain --format json` gives it."""
    return {
        "workbook": made.book.name, "sheet": entry.place.sheet, "cell": entry.place.cell,
        "became": entry.kind, "by": entry.what, "lost": entry.lost,
    }  # fmt: skip
