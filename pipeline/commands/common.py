"""What the commands share: their options, the workbooks they are given, and how they speak."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.progress import progress
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.data import Records
    from pipeline.history import LastPaper
    from pipeline.line import Checked, Council
    from pipeline.verdict import Verdict

INPUTS = Path("inputs")
FINDINGS_EXIT = 1


class Day(click.ParamType[date]):
    """A date, written as in the workbook."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that a text is."""
        from pipeline.dates import written_day

        day = value if isinstance(value, date) else written_day(value)
        if day is None:
            self.fail(f"'{value}' is no date. Write it as 28/03/2027 or 2027-03-28.", param, ctx)
        return day


workbooks_argument = click.argument("workbooks", nargs=-1, type=click.Path(path_type=Path))
style_option = click.option(
    "--style", default="wexmouth", envvar="PAPERS_STYLE", show_default=True, metavar="NAME",
    help="The council: a folder of templates/.",
)  # fmt: skip
meeting_option = click.option(
    "--meeting", type=Day(), metavar="DATE", help="The meeting's date, if not the workbook's."
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    metavar="DIR",
    help="Where the papers are.",
)
since_option = click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="PAPER",
    help="The paper to compare with: a made PDF, DOCX or HTML, or its records.json. "
    "Else the committee's last final one in the output folder.",
)
today_option = click.option(
    "--today", type=Day(), metavar="DATE", help="Count the days from this one, not from today."
)
fail_on_option = click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), default="error",
    show_default=True, help="The least serious finding that keeps a paper from being ready.",
)  # fmt: skip
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but errors.")


def chosen(workbooks: tuple[Path, ...]) -> list[Path]:
    """The workbooks given, or those of `inputs/`. Raises `PipelineError` where there is none."""
    if workbooks:
        return list(workbooks)
    from pipeline.sources import SUFFIXES

    found = sorted(
        path
        for path in INPUTS.glob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))
    )
    if not found:
        raise PipelineError(
            f"There is no workbook in {INPUTS.resolve()}.", "Put one there, or give its name."
        )
    return found


def checked_workbooks(
    workbooks: tuple[Path, ...],
    council: Council,
    meeting: date | None,
    last_paper: LastPaper,
    *,
    quiet: bool,
) -> list[Checked]:
    """Every tracker of the workbooks given, or of those in `inputs/`, checked."""
    from pipeline import line

    return [
        made
        for path in progress(chosen(workbooks), "Reading the workbooks", quiet=quiet)
        for made in line.checked(path, council, meeting, last_paper)
    ]


def last_paper(output: Path, since: Path | None) -> LastPaper:
    """Where the paper before is found: `since`, else the last final one of the committee in `output`.

    Raises `PipelineError` where `since` holds no records.
    """
    from pipeline import readback
    from pipeline.data import RECORDS_NAME
    from pipeline.output import file_name

    given = readback.records(since) if since is not None else None

    def found(committee: str, meeting: str) -> Records | None:
        if given is not None:
            return given
        kept = (output / file_name(committee)).glob(f"*/{RECORDS_NAME}")
        earlier = sorted(path for path in kept if path.parent.name < meeting)
        made = [readback.records(path) for path in earlier]
        return next((one for one in reversed(made) if one.paper.final), None)

    return found


def verdicts(
    checked: list[Checked], council: Council, today: date | None, fail_on: str
) -> list[Verdict]:
    """The verdict on each checked workbook, as on a day; without one, as of now."""
    from pipeline.checks import Severity
    from pipeline.verdict import verdict

    least = Severity[fail_on.upper()]
    return [verdict(made, council.house, clerks_day(today), least) for made in checked]


def clerks_day(today: date | None) -> date:
    """The day given, or the clock's. No other function reads the clock."""
    return today or date.today()


def say(line: str) -> None:
    """Print a line; a console that lacks a character shows a question mark, and nothing breaks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(line.encode(encoding, "replace").decode(encoding))
