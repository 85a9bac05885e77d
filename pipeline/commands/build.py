"""`papers build`: make the papers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.answers import say_verdict
from pipeline.commands.common import (
    FINDINGS_EXIT,
    checked_workbooks,
    fail_on_option,
    last_paper,
    meeting_option,
    output_option,
    quiet_option,
    say,
    since_option,
    style_option,
    today_option,
    verdicts,
    workbooks_argument,
)
from pipeline.commands.progress import is_shown, watch
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.checks import Finding
    from pipeline.house import HouseStyle
    from pipeline.line import Checked


class Formats(click.ParamType[list[str]]):
    """Names of editions with commas between them."""

    name = "docx,pdf,html"

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


@click.command(short_help="Make the papers.")
@workbooks_argument
@output_option
@since_option
@click.option(
    "--to",
    "formats",
    type=Formats(),
    default="docx,pdf,html",
    show_default=True,
    help="Which editions to make.",
)
@click.option(
    "--final", is_flag=True, help="Make it for publication, and only if it is ready (else exit 1)."
)
@fail_on_option
@today_option
@style_option
@meeting_option
@quiet_option
def command(
    *,
    workbooks: tuple[Path, ...],
    output: Path,
    since: Path | None,
    formats: list[str],
    style: str,
    meeting: date | None,
    final: bool,
    fail_on: str,
    today: date | None,
    quiet: bool,
) -> None:
    """Make the paper of each WORKBOOK (of every one in inputs/ if none is given).

    The paper is stamped DRAFT while errors are open. Exit code 0: made; 1: --final, and it is not
    ready; 2: could not run, nothing written.

    \b
    papers build
    papers build inputs/panel.xlsx --output papers --meeting 28/03/2027
    papers build --to pdf --style aldermere
    """
    from pipeline import render

    formats = [*formats, "json"] if final and "json" not in formats else formats
    with render.studio(
        formats, counted=is_shown(quiet=quiet)
    ) as studio:  # first, for it starts up while the rest is read
        from pipeline import line
        from pipeline.data import RECORDS_NAME
        from pipeline.output import put

        council = line.council(style)
        past = last_paper(output, since)
        checked = checked_workbooks(workbooks, council, meeting, past, quiet=quiet)
        folders = paper_folders(checked, output)
        files: dict[Path, bytes] = {}
        said = verdicts(checked, council, today, fail_on)
        if final and not all(one.ready for one in said):
            for one in said:
                say_verdict(one)
            say("Nothing was made.")
            sys.exit(FINDINGS_EXIT)
        if final:
            files |= closed_lists(checked, output, council.house)
        papers = [line.paper(made, council, final=final) for made in checked]
        drawings = [studio.draw(paper, council.house) for paper in papers]
        undrawn: list[Finding] = []
        watch([drawn for drawing in drawings for drawn in drawing.values()], studio, quiet=quiet)
        for made, stem, drawing in zip(checked, folders, drawings, strict=True):
            for name, drawn in drawing.items():
                path = (
                    stem.with_name(RECORDS_NAME) if name == "json" else stem.with_suffix(f".{name}")
                )
                files[path] = drawn.result().data
                undrawn.extend(undrawable(made, drawn.result().undrawable))
    put(files)
    if not quiet:
        for one in said:
            say_verdict(one)
        for finding in undrawn:
            say(str(finding))
        for stem, paper in zip(folders, papers, strict=True):
            stamp = ", stamped DRAFT" if paper.draft else ""
            say(f"Made {stem}: {', '.join(formats)}{stamp}.")


def paper_folders(checked: list[Checked], output: Path) -> list[Path]:
    """Where each paper goes, without its suffix. Raises `PipelineError` where two would be one."""
    from pipeline.output import file_name

    stems: dict[Path, Checked] = {}
    for made in checked:
        tracker = made.tracker
        folder = output / file_name(tracker.committee) / f"{tracker.meeting:%Y-%m-%d}"
        if folder in stems:
            raise PipelineError(
                f"{stems[folder].book.name} and {made.book.name} are both "
                f"{tracker.committee}, {tracker.meeting:%d/%m/%Y}.",
                "Keep one of them, or give each its own meeting.",
            )
        stems[folder] = made
    return [
        folder / file_name(f"{made.tracker.committee} {made.tracker.paper}")
        for folder, made in stems.items()
    ]


def closed_lists(checked: list[Checked], output: Path, house: HouseStyle) -> dict[Path, bytes]:
    """For each committee the list of all actions that were ever closed, which is kept for ever."""
    from pipeline import history
    from pipeline.output import file_name
    from pipeline.render.records_csv import closed_csv

    return {
        output / file_name(made.tracker.committee) / "closed.csv": closed_csv(
            history.closed(made.stated, made.tracker.meeting.isoformat(), made.last),
            house.wording.closing,
        )
        for made in checked
    }


def undrawable(made: Checked, characters: frozenset[str]) -> Iterator[Finding]:
    """A finding for each cell with a character that no installed font has."""
    from pipeline import text
    from pipeline.checks import Finding, Severity
    from pipeline.records import OWED_FIELDS, plain

    for action in made.tracker.actions if characters else ():
        for name in set(action.cells) & {*OWED_FIELDS[1:], "reference", "officers"}:
            lacking = sorted(text.characters(plain(action.text(name))) & characters)
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
