"""`papers check`: say what is missing."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from pathlib import Path

import click

from pipeline.chase.verdict import Verdict
from pipeline.check import account
from pipeline.check.checked import Checked
from pipeline.check.rule import Finding
from pipeline.check.seen import Entry
from pipeline.commands import common, guard, options
from pipeline.commands.answers import say_verdict
from pipeline.commands.saying import give, give_json, say
from pipeline.ingest.read import file_bytes
from pipeline.model.errors import PipelineError
from pipeline.model.words import listed, quoted
from pipeline.normalise.layout import explained
from pipeline.normalise.names import NAME_PARTS
from pipeline.normalise.tracker import Tracker
from pipeline.published.folder import NOT_PUBLISHED
from pipeline.published.putting import one_writer, put
from pipeline.published.records import as_csv

_FIELDS = "workbook sheet cell check severity message remedy officer reference".split()  # noqa: SIM905
_VERDICT = "title ready answer compared deadline repeated waived lowered next waive plans".split()  # noqa: SIM905


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
    today: date,
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
    council, output = common.clerks_council(request.style), request.output
    checked, faults = common.readable_workbooks(workbooks, council, request, today)
    if explain:
        _explain(checked, faults, shape)
        guard.say_faults(faults)
        return
    if not checked:
        guard.say_faults(faults)
    said = common.verdicts(checked, council, today, fail_on, output)
    made_files = {}
    if annotate or shape == "html":
        for (folder, made), one in zip(
            common.meeting_folders(checked, output).items(), said, strict=True
        ):
            beside = folder / NOT_PUBLISHED
            if annotate:
                made_files[beside / "to-do.xlsx"] = _annotated_copy(made, one)
            if shape == "html":
                from pipeline.chase.letters import verdict_page  # with what only pages need

                page = verdict_page(one, council.house)
                made_files[beside / "ready-or-not.html"] = page.encode()
        with one_writer(output, {path.relative_to(output).parts[0] for path in made_files}):
            put(output, made_files)
    findings = [_record(made, finding) for made in checked for finding in made.findings]
    if shape == "json":
        stated = [{name: getattr(one, name) for name in _VERDICT} for one in said]
        give_json({"verdicts": stated, "findings": findings})
    elif shape == "csv":
        give(as_csv([_FIELDS, *(one.values() for one in findings)]).decode("utf-8-sig"))
    elif not request.quiet:
        for one in said:
            say_verdict(one)
        say(*(f"Made {path}." for path in made_files))
    guard.say_faults(faults)
    if not all(one.ready for one in said):
        sys.exit(common.FINDINGS_EXIT)


def _annotated_copy(made: Checked, said: Verdict) -> bytes:
    """A copy of a workbook with its faults. Raises `PipelineError` where it was saved since it was read."""
    from pipeline.officers.annotate import annotated  # with openpyxl, which only copies need

    book, top = made.book, (said.title, said.answer, said.deadline)
    data = file_bytes(Path(book.given))
    if hashlib.sha256(data).hexdigest() != book.sha256:
        raise PipelineError(f"{book.name} was saved meanwhile.", "Run it again.")
    return annotated(data, book.name, made.findings, book.modified, top)


def _explain(checked: list[Checked], faults: list[PipelineError], shape: str) -> None:
    """Say how some trackers were read, and the columns of those that could not be; as JSON, what became of each of
    the workbooks' cells.
    """
    if shape == "json":
        accounts = [_account_record(made, one) for made in checked for one in made.account]
        give_json({"account": accounts})
        return
    say(*chain(*map(_explanation, checked), *(fault.explained for fault in faults)))


def _explanation(made: Checked) -> Iterator[str]:
    """How a tracker was read: its names, and the columns of its sheets, a line each."""
    tracker = made.tracker
    yield _headings_line(made, tracker)
    names = (tracker.committee, tracker.paper, f"{tracker.meeting:%d/%m/%Y}")
    for part, words in zip(NAME_PARTS, names, strict=True):
        is_given = part == "meeting" and tracker.titles.meeting != tracker.meeting
        name = None if is_given else tracker.titles.names.get(part)
        place = name.place if name else None
        guessed = "".join(f", {one.ground.value}" for one in tracker.taken if one.part == part)
        lost = [one for one in tracker.lost if one.part == part and one.words != words]
        others = listed([f"{quoted(one.words)}, {one.ground.value}" for one in lost])
        not_those = f"; and not {others}" if lost else ""
        yield f"  {part}: {words}{f' ({place.cell})' if place else ''}{guessed}{not_those}"
    for one in tracker.sheets:
        if one is not tracker:
            yield f"{_headings_line(made, one)}; joined to {tracker.sheet.name}"
        for cell in one.titles.unused:  # above its table, or not wholly
            if cell.place.row < one.layout.first_row and cell.words:
                withheld = one.withheld.get(cell.place)
                became = f"withheld, as {withheld}" if withheld else "no name of the paper"
                yield f"  {cell.place.cell}: {quoted(cell.words)} is {became}"
        yield from explained(one.layout)
        for (kind, why), group in groupby(one.kinds, key=lambda row: (row.kind, row.why)):
            first, *further = group
            which = f"row {first.place.row}"
            if further:
                which = f"rows {first.place.row} to {further[-1].place.row}"
            yield f"  {which}: {kind}, for {why}{', and is withheld' * first.is_withheld}"
    yield f"  {account.summary(made.account)}"


def _headings_line(made: Checked, tracker: Tracker) -> str:
    """Where the headings of a sheet were found."""
    layout = tracker.layout
    return f"{made.book.name}, sheet {layout.sheet}: headings in row {layout.heading_row}"


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
