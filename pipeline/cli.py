"""The commands. Only here are arguments read, and only from here is anything written."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.checks import Finding, Rules
    from pipeline.columns import Columns
    from pipeline.house import HouseStyle
    from pipeline.normalise import Tracker

INPUTS = Path("inputs")
BAR = "error"
FINDINGS_EXIT = 1


class Day(click.ParamType[date]):
    """A meeting's date, written as in the workbook."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that a text is."""
        from pipeline.dates import written_day

        day = value if isinstance(value, date) else written_day(value)
        if day is None:
            self.fail(f"'{value}' is no date. Write it as 28/03/2027 or 2027-03-28.", param, ctx)
        return day


class Formats(click.ParamType[list[str]]):
    """Names of editions with commas between them."""

    name = "docx,pdf"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[str]:
        """The names, each known and none twice."""
        from pipeline.render import FORMATS

        names = (
            value
            if isinstance(value, list)
            else [name.strip().lower() for name in value.split(",")]
        )
        for name in names:
            if name not in FORMATS:
                self.fail(
                    f"There is no edition '{name}'. Choose from {', '.join(FORMATS)}.", param, ctx
                )
        return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Council:
    """A council's settings, read."""

    house: HouseStyle
    columns: Columns
    rules: Rules


@dataclass(frozen=True, slots=True)
class Checked:
    """A tracker with its findings, and the workbook that it came from."""

    workbook: Path
    modified: str
    tracker: Tracker
    findings: list[Finding]


workbooks_argument = click.argument("workbooks", nargs=-1, type=click.Path(path_type=Path))
style_option = click.option(
    "--style", default="wexmouth", envvar="PAPERS_STYLE", show_default=True, metavar="NAME",
    help="The council: a folder of templates/.",
)  # fmt: skip
meeting_option = click.option(
    "--meeting", type=Day(), metavar="DATE", help="The meeting's date, if not the workbook's."
)
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but errors.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="committee-papers", prog_name="papers")
def main() -> None:
    """Make a committee's monitoring paper from the officers' workbook.

    \b
    papers check                      say what is missing in the workbooks of inputs/
    papers build                      make their papers in outputs/
    papers build panel.xlsx --final   make the paper to publish, if nothing is missing
    """


@main.command()
@workbooks_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    metavar="DIR",
    help="Where the papers go.",
)
@click.option(
    "--to",
    "formats",
    type=Formats(),
    default="docx,pdf",
    show_default=True,
    help="Which editions to make.",
)
@click.option("--final", is_flag=True, help="Make it only if no error is open (else exit 1).")
@style_option
@meeting_option
@quiet_option
def build(
    workbooks: tuple[Path, ...],
    output: Path,
    formats: list[str],
    style: str,
    meeting: date | None,
    *,
    final: bool,
    quiet: bool,
) -> None:
    """Make the paper of each WORKBOOK (of every one in inputs/ if none is given).

    The paper is stamped DRAFT while errors are open. Exit code 0: made; 1: --final, and errors are
    open; 2: could not run, nothing written.

    \b
    papers build
    papers build inputs/panel.xlsx --output papers --meeting 28/03/2027
    papers build --to pdf --style aldermere
    """
    from pipeline import render

    with render.studio(formats) as studio:  # first, for it starts up while the rest is read
        from pipeline import compose
        from pipeline.output import put

        council = council_of(style)
        checked = [
            made for path in chosen(workbooks) for made in check_workbook(path, council, meeting)
        ]
        folders = paper_folders(checked, output)
        if final and any(is_error(finding) for made in checked for finding in made.findings):
            say_findings(checked, quiet=False)
            say("NOT READY: nothing was written. Mend the errors, then run it again.")
            sys.exit(FINDINGS_EXIT)
        papers = [
            compose.paper(made.tracker, made.findings, council.rules, council.house, made.modified)
            for made in checked
        ]
        drawings = [studio.draw(paper, council.house) for paper in papers]
        files: dict[Path, bytes] = {}
        undrawn: list[Finding] = []
        for made, stem, drawing in progress(
            list(zip(checked, folders, drawings, strict=True)), quiet=quiet
        ):
            for name, drawn in drawing.items():
                files[stem.with_suffix(f".{name}")] = drawn.result().data
                undrawn.extend(undrawable(made, drawn.result().undrawable))
    put(files)
    if not quiet:
        say_findings(checked, quiet=quiet)
        for finding in undrawn:
            say(str(finding))
        for made, stem, paper in zip(checked, folders, papers, strict=True):
            stamp = ", stamped DRAFT" if paper.draft else ""
            say(f"Made {stem}: {', '.join(formats)}{stamp}; {summary(made.findings)}")


@main.command()
@workbooks_argument
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to say it.",
)
@style_option
@meeting_option
@quiet_option
def check(
    workbooks: tuple[Path, ...], shape: str, style: str, meeting: date | None, *, quiet: bool
) -> None:
    """Say what is missing in each WORKBOOK (in every one in inputs/ if none is given).

    Exit code 0: ready; 1: errors are open; 2: could not run.

    \b
    papers check
    papers check inputs/panel.xlsx --format csv
    """
    council = council_of(style)
    checked = [
        made for path in chosen(workbooks) for made in check_workbook(path, council, meeting)
    ]
    if shape == "text":
        say_findings(checked, quiet=quiet)
        if not quiet:
            for made in checked:
                actions = f"{len(made.tracker.actions)} actions"
                say(f"{made.workbook.name}: {actions}: {summary(made.findings)}")
    else:
        records = [record(made, finding) for made in checked for finding in made.findings]
        say(
            json.dumps({"findings": records}, ensure_ascii=False, indent=2)
            if shape == "json"
            else table_text(records)
        )
    if any(is_error(finding) for made in checked for finding in made.findings):
        sys.exit(FINDINGS_EXIT)


def council_of(style: str) -> Council:
    """A council's settings. Raises `PipelineError` where they are wrong."""
    from pipeline import checks, columns, house

    return Council(house.load(style), columns.load(style), checks.load(style))


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


def check_workbook(path: Path, council: Council, meeting: date | None) -> Iterator[Checked]:
    """Each tracker of a workbook, checked. Raises `PipelineError` where it cannot be read."""
    from pipeline import checks, normalise, workbook

    book = workbook.read(path)
    try:
        found = normalise.trackers(book, council.columns, meeting, council.house.wording.paper)
    except PipelineError as fault:
        raise PipelineError(f"{path.name}: {fault.message}", fault.remedy) from None
    for tracker in found:
        context = checks.Context(tracker, council.columns, council.rules)
        yield Checked(path, book.modified, tracker, checks.run(context))


def paper_folders(checked: list[Checked], output: Path) -> list[Path]:
    """Where each paper goes, without its suffix. Raises `PipelineError` where two would be one."""
    from pipeline.output import file_name

    stems: dict[Path, Checked] = {}
    for made in checked:
        tracker = made.tracker
        name = file_name(f"{tracker.committee} {tracker.paper}")
        stem = output / file_name(tracker.committee) / f"{tracker.meeting:%Y-%m-%d}" / name
        if stem in stems:
            raise PipelineError(
                f"{stems[stem].workbook.name} and {made.workbook.name} are both "
                f"{tracker.committee}, {tracker.meeting:%d/%m/%Y}.",
                "Keep one of them, or give each its own meeting.",
            )
        stems[stem] = made
    return list(stems)


def undrawable(made: Checked, characters: frozenset[str]) -> Iterator[Finding]:
    """A finding for each cell with a character that no installed font has."""
    from pipeline.checks import Finding, Severity
    from pipeline.records import OWED_FIELDS, plain

    for action in made.tracker.actions if characters else ():
        for name in set(action.cells) & {*OWED_FIELDS[1:], "reference", "officers"}:
            lacking = sorted(set(plain(action.text(name))) & characters)
            if lacking:
                codes = ", ".join(f"U+{ord(character):04X}" for character in lacking)
                what = f"No font on this machine has {codes}; the PDF shows a box there."
                yield Finding(
                    action.cells[name],
                    Severity.WARNING,
                    what,
                    "Install a font that has it, or write it another way.",
                    "missing-glyph",
                )


def progress(papers: list[Any], *, quiet: bool) -> Iterator[Any]:
    """The papers one by one, with a bar on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from papers
    else:
        with click.progressbar(papers, label="Making the papers", file=sys.stderr) as bar:
            yield from bar


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
            say(click.style(made.workbook.name, bold=True))
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


def record(made: Checked, finding: Finding) -> dict[str, str]:
    """A finding as `--format json` and `csv` give it."""
    return {
        "workbook": made.workbook.name, "sheet": finding.place.sheet, "cell": finding.place.cell,
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


def say(line: str) -> None:
    """Print a line; a console that lacks a character shows a question mark, and nothing breaks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(line.encode(encoding, "replace").decode(encoding))
