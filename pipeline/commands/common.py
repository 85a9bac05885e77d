"""What the commands share: their options, the workbooks they are given, and how they speak."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.checks import Finding
    from pipeline.line import Checked, Council

INPUTS = Path("inputs")
BAR = "error"
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
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but errors.")


def chosen(workbooks: tuple[Path, ...]) -> list[Path]:
    """The workbooks given, or those of `inputs/`. Raises `PipelineError` where there is none."""
    if workbooks:
        return list(workbooks)
    found = sorted(path for path in INPUTS.glob("*.xlsx") if not path.name.startswith(("~$", ".")))
    if not found:
        raise PipelineError(
            f"There is no workbook in {INPUTS.resolve()}.", "Put one there, or give its name."
        )
    return found


def checked_workbooks(
    workbooks: tuple[Path, ...], council: Council, meeting: date | None
) -> list[Checked]:
    """Every tracker of the workbooks given, or of those in `inputs/`, checked."""
    from pipeline import line

    return [made for path in chosen(workbooks) for made in line.checked(path, council, meeting)]


def is_error(finding: Finding) -> bool:
    """Whether a finding keeps the paper a draft."""
    return str(finding.severity) == BAR


def say_findings(checked: Iterable[Checked], *, quiet: bool) -> None:
    """Print every finding, workbook by workbook."""
    if quiet:
        return
    colours = {"error": "red", "warning": "yellow", "note": "cyan"}
    for made in checked:
        if made.findings:
            say(click.style(made.book.name, bold=True))
        for finding in made.findings:
            severity = click.style(str(finding.severity), fg=colours[str(finding.severity)])
            say(
                f"  {finding.place}: {severity}: {finding.message} {finding.remedy} [{finding.check}]"
            )


def summary(findings: list[Finding]) -> str:
    """How many errors and warnings there are, and whether the paper can be published."""
    errors = sum(is_error(finding) for finding in findings)
    warnings = sum(str(finding.severity) == "warning" for finding in findings)
    verdict = "not ready to publish" if errors else "ready to publish"
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}; {verdict}."


def say(line: str) -> None:
    """Print a line; a console that lacks a character shows a question mark, and nothing breaks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(line.encode(encoding, "replace").decode(encoding))
