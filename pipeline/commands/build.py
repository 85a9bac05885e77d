"""`papers build`: make the papers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import line, render
from pipeline.chase import deadlines
from pipeline.chase.deadlines import day_name
from pipeline.commands.answers import say, say_verdict
from pipeline.commands.common import (
    FINDINGS_EXIT,
    again,
    checked_workbooks,
    clerks_council,
    clerks_day,
    fail_on_option,
    last_paper,
    meeting_folders,
    meeting_option,
    output_option,
    published,
    quiet_option,
    since_option,
    style_option,
    today_option,
    verdicts,
    workbooks_argument,
)
from pipeline.commands.progress import is_shown, watch
from pipeline.council.house import house_of
from pipeline.council.rules import Severity
from pipeline.model.errors import PipelineError
from pipeline.model.words import listed
from pipeline.published import kept
from pipeline.published.folder import file_name, paper_name, put
from pipeline.published.records import RECORDS_NAME
from pipeline.published.records_csv import closed_csv
from pipeline.render import FORMATS, PDF_ENGINES

if TYPE_CHECKING:
    from pipeline.chase.verdict import Verdict
    from pipeline.check.checked import Checked, Council
    from pipeline.council.house import HouseStyle
    from pipeline.model.document import Paper
    from pipeline.render import Drawn


class _Formats(click.ParamType[list[str]]):
    """Names of editions with commas between them."""

    name = "pdf,docx,html,json,csv"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """What help shows: the names as they are typed."""
        return self.name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[str]:
        """The names, each known and none twice."""

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
    type=_Formats(),
    default="docx,pdf,html",
    show_default=True,
    help="Which editions to make.",
)
@click.option(
    "--final", is_flag=True, help="Make it for publication, and only if it is ready (else exit 1)."
)
@click.option(
    "--replace", is_flag=True, help="With --final: make a paper again that is published already."
)
@click.option(
    "--engine",
    type=click.Choice(list(PDF_ENGINES)),
    help="What draws the PDF, for this once; else what the council's house.toml says.",
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
    replace: bool,
    engine: str | None,
    fail_on: str,
    today: date | None,
    quiet: bool,
) -> None:
    """Make the paper of each WORKBOOK (of every one in inputs/ if none is given).

    The paper is stamped DRAFT while errors are open. One that is published already is left as it is.
    Exit code 0: made; 1: --final, and it is not ready; 2: could not run, nothing written.

    \b
    papers build
    papers build inputs/panel.xlsx --output papers --meeting 28/03/2027
    papers build --to pdf --style aldermere
    papers build --engine typst
    """

    if replace and not final:
        raise PipelineError(
            "--replace makes a published paper again, which only --final does.", "Give --final too."
        )
    formats = [*formats, "json"] if final and "json" not in formats else formats
    # The studio first, for it starts up while the rest is read.
    drawer = engine or house_of(style).pdf.engine
    with render.studio(formats, engine=drawer, counted=is_shown(quiet=quiet)) as studio:
        council = clerks_council(style).drawn_by(drawer)
        past = last_paper(output, since)
        checked = checked_workbooks(workbooks, council, meeting, past, quiet=quiet)
        folders = meeting_folders(checked, output)
        said = verdicts(checked, council, today, fail_on, output) if final else []
        if not all(one.ready for one in said):
            _say_not_ready(checked, said, output)
            sys.exit(FINDINGS_EXIT)
        jobs = [
            _Job(made, folder, line.paper_of(made, council, final=final))
            for folder, made in folders.items()
        ]
        before = {job.folder: kept.final(job.folder) for job in jobs}
        changed = [job for job in jobs if before[job.folder] not in ("", job.paper.records)]
        if final and not replace:
            _refuse_other(changed, jobs)
        making = [job for job in jobs if final or not before[job.folder]]
        drawings = [studio.draw(job.paper, council.house) for job in making]
        # While they are drawn: the calendar takes its time to load.
        said = said or verdicts(checked, council, today, fail_on, output)
        watch([drawn for drawing in drawings for drawn in drawing.values()], studio, quiet=quiet)
        drawn = [{name: one.result() for name, one in drawing.items()} for drawing in drawings]
    late = [
        finding
        for job, editions in zip(making, drawn, strict=True)
        for finding in line.undrawable(job.made, council, _lacking(editions))
    ]
    if final and any(one.severity >= Severity[fail_on.upper()] for one in late):
        _say_all(late)
        say("Nothing was made: a PDF with boxes instead of letters is not to be published.")
        sys.exit(FINDINGS_EXIT)
    files = {
        job.path(name): one.data
        for job, editions in zip(making, drawn, strict=True)
        for name, one in editions.items()
    }
    gone = [
        path
        for job in making
        if final
        for path in kept.others(job.folder, job.paper.records, files)
    ]
    superseded = {
        path: data for job in changed if final for path, data in kept.superseded(job.folder).items()
    }
    lists = _closed_lists(making, output, council.house) if final else {}
    put(files | superseded | lists, gone)
    if quiet:
        return
    for one in said:
        say_verdict(one, with_next=False)
    _say_all(late)
    _say_all(f"Took away {path}: it was of another paper." for path in gone)
    kept_in = dict.fromkeys(path.parent for path in superseded)
    _say_all(f"Kept in {folder}: the paper that was published before." for folder in kept_in)
    for job, verdict in zip(jobs, said, strict=True):
        for words in _last_lines(
            job, verdict.todo, formats, council, clerks_day(today), is_made=job in making
        ):
            say(words)


@dataclass(frozen=True, slots=True)
class _Job:
    """A paper to make: what it is made from, and the folder that it goes to."""

    made: Checked
    folder: Path
    paper: Paper

    @property
    def stem(self) -> Path:
        """Where its editions go, without their suffixes."""

        tracker = self.made.tracker
        return self.folder / paper_name(tracker.committee, tracker.paper, tracker.meeting)

    def path(self, edition: str) -> Path:
        """Where an edition goes."""

        if edition == "json":
            return self.folder / RECORDS_NAME
        return self.stem.with_name(f"{self.stem.name}.{edition}")


def _lacking(editions: dict[str, Drawn]) -> frozenset[str]:
    """The characters that no font had for the editions of a paper."""
    return frozenset().union(*(drawn.undrawable for drawn in editions.values()))


def _say_all(lines: Iterable[object]) -> None:
    """Print some lines."""
    for words in lines:
        say(str(words))


def _say_not_ready(checked: list[Checked], said: list[Verdict], output: Path) -> None:
    """Say the verdicts, which papers are not ready, and how to publish the others."""
    for one in said:
        say_verdict(one, with_next=False)
    open_names = list(
        dict.fromkeys(
            made.book.name for made, one in zip(checked, said, strict=True) if not one.ready
        )
    )
    are = "are" if len(open_names) > 1 else "is"
    others = [
        made for made in checked if made.book.name not in open_names and not published(made, output)
    ]
    rest = f" To publish the others: {again('--final', others)}" if others else ""
    say(f"Nothing was made: {listed(open_names)} {are} not ready.{rest}")


def _refuse_other(changed: list[_Job], jobs: list[_Job]) -> None:
    """Raise `PipelineError` where papers are published already, with other records."""
    if not changed:
        return
    names = listed([str(job.stem) for job in changed])
    is_published = (
        "are published already, and their" if len(changed) > 1 else "is published already, and its"
    )
    others = [job.made for job in jobs if job not in changed]
    rest = f" To publish the others: {again('--final', others)}" if others else ""
    raise PipelineError(
        f"{names} {is_published} workbook, its settings or the paper before it have changed since.",
        f"To make it again: {again('--final --replace', [job.made for job in changed])}{rest}",
    )


def _last_lines(
    job: _Job, todo: str, formats: list[str], council: Council, today: date, *, is_made: bool
) -> Iterator[str]:
    """What was made of a paper, and what the clerk does next."""

    if not is_made:
        replace = again("--final --replace", [job.made])
        yield f"Left as published: {job.stem}. To make it again: {replace}"
        return
    record = job.made.tracker
    is_final = "json" in formats and '"final": true' in job.paper.records
    state = "" if is_final else ", stamped DRAFT" if job.paper.draft else ", not final"
    yield f"Made {job.stem}: {', '.join(formats)}{state}."
    if not is_final:
        yield todo
        return
    due = deadlines.deadline(record.meeting, council.house.calendar).publish_by
    named = f"{day_name(due)} {council.house.long_day(due)}"
    when = f"by {named}" if today <= due else f"at once, for it was to be there by {named}"
    yield (
        f"Next: put the editions on the website {when}. Keep {job.folder}: "
        "the next paper is compared with it."
    )


def _closed_lists(making: list[_Job], output: Path, house: HouseStyle) -> dict[Path, bytes]:
    """For each committee the list of all actions that were ever closed, which is kept for ever; not of an
    older paper made again, which knows fewer.
    """

    found = {}
    for job in making:
        tracker, meeting = job.made.tracker, job.made.tracker.meeting.isoformat()
        if kept.is_latest(output, tracker.committee, meeting):
            path = output / file_name(tracker.committee) / "closed.csv"
            found[path] = closed_csv(line.closed(job.made), house)
    return found
