"""`papers check`: say what is missing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from openpyxl.utils import get_column_letter

from pipeline.commands.common import (
    FINDINGS_EXIT,
    checked_workbooks,
    chosen,
    is_error,
    last_paper,
    meeting_option,
    output_option,
    quiet_option,
    say,
    say_findings,
    since_option,
    style_option,
    summary,
    workbooks_argument,
)
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.checks import Finding
    from pipeline.line import Checked


@click.command()
@workbooks_argument
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to say it.",
)
@click.option("--explain", is_flag=True, help="Say how each column was read, and stop there.")
@click.option(
    "--annotate",
    is_flag=True,
    help="Also make a copy of each workbook with the faults as notes on their cells.",
)
@output_option
@since_option
@style_option
@meeting_option
@quiet_option
def command(
    *,
    workbooks: tuple[Path, ...],
    shape: str,
    output: Path,
    since: Path | None,
    style: str,
    meeting: date | None,
    explain: bool,
    annotate: bool,
    quiet: bool,
) -> None:
    """Say what is missing in each WORKBOOK (in every one in inputs/ if none is given).

    Exit code 0: ready; 1: errors are open; 2: could not run.

    \b
    papers check
    papers check inputs/panel.xlsx --format csv
    papers check tracker.xlsx --explain
    papers check inputs/panel.xlsx --annotate
    """
    from pipeline import line

    council = line.council(style)
    checked = checked_workbooks(workbooks, council, meeting, last_paper(output, since))
    if explain:
        for made in checked:
            for words in explanation(made):
                say(words)
        return
    copies = annotated_copies(workbooks, checked, output) if annotate else {}
    if copies:
        from pipeline.output import put

        put(copies)
    if shape == "text":
        say_findings(checked, quiet=quiet)
        if not quiet:
            for made in checked:
                actions = f"{len(made.tracker.actions)} actions"
                say(f"{made.book.name}: {actions}: {summary(made.findings)}")
            for copy in copies:
                say(f"Made {copy}: to read; correct the officers' own workbook.")
    else:
        records = [record(made, finding) for made in checked for finding in made.findings]
        say(
            json.dumps({"findings": records}, ensure_ascii=False, indent=2)
            if shape == "json"
            else table_text(records)
        )
    if any(is_error(finding) for made in checked for finding in made.findings):
        sys.exit(FINDINGS_EXIT)


def annotated_copies(
    workbooks: tuple[Path, ...], checked: list[Checked], output: Path
) -> dict[Path, bytes]:
    """A copy of each workbook with its faults, beside where its paper goes."""
    from pipeline import annotate
    from pipeline.commands.build import paper_folders
    from pipeline.workbook import file_bytes

    data = {hashlib.sha256(read).hexdigest(): read for read in map(file_bytes, chosen(workbooks))}
    copies = {}
    for made, stem in zip(checked, paper_folders(checked, output), strict=True):
        book = made.book
        if book.sha256 not in data:
            raise PipelineError(f"{book.name} was saved meanwhile.", "Run it again.")
        copies[stem.with_name(f"{stem.name}-to-do.xlsx")] = annotate.annotated(
            data[book.sha256], book.name, made.findings, book.modified
        )
    return copies


def explanation(made: Checked) -> Iterator[str]:
    """How the columns of a tracker were read, a line each."""
    layout = made.tracker.layout
    yield f"{made.book.name}, sheet {layout.sheet}: headings in row {layout.heading_row}"
    lines = {
        number: f"{match.heading or '(no heading)'} is read as {match.field}, "
        + (
            "by its name"
            if match.score == 1
            else f"by {', '.join(match.words)} ({match.score:.0%})"
        )
        for number, match in layout.matches.items()
    }
    lines |= {
        number: f"{heading} is read as nothing, and not published"
        for number, heading in layout.unknown.items()
    }
    for number, words in sorted(lines.items()):
        yield f"  {get_column_letter(number)}: {words}"
    for name in layout.lacking:
        yield f"  No column is read as {name}"


def record(made: Checked, finding: Finding) -> dict[str, str]:
    """A finding as `--format json` and `csv` give it."""
    return {
        "workbook": made.book.name, "sheet": finding.place.sheet, "cell": finding.place.cell,
        "check": finding.check, "severity": str(finding.severity), "message": finding.message,
        "remedy": finding.remedy, "officer": finding.officer, "reference": finding.reference,
    }  # fmt: skip


def table_text(records: list[dict[str, str]]) -> str:
    """Findings as CSV, with a heading row."""
    written = io.StringIO()
    names = [
        "workbook",
        "sheet",
        "cell",
        "check",
        "severity",
        "message",
        "remedy",
        "officer",
        "reference",
    ]
    writer = csv.DictWriter(written, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return written.getvalue().rstrip("\n")
