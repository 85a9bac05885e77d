"""The papers of a build: made, or refused, and what is said of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import line
from pipeline.chase import deadlines
from pipeline.chase.deadlines import day_name
from pipeline.commands import guard
from pipeline.commands.answers import say_verdict
from pipeline.commands.common import (
    FINDINGS_EXIT,
    again,
    clerks_council,
    clerks_day,
    meeting_folders,
    published,
    readable_workbooks,
    verdicts,
)
from pipeline.commands.progress import watch
from pipeline.commands.saying import say
from pipeline.council.rules import Severity
from pipeline.line import Job
from pipeline.model.errors import PipelineError
from pipeline.model.words import listed
from pipeline.published import kept
from pipeline.published.folder import file_name
from pipeline.published.putting import one_writer, put
from pipeline.published.records_csv import closed_csv

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipeline.chase.verdict import Verdict
    from pipeline.check.checked import Checked, Council
    from pipeline.commands.options import Request
    from pipeline.council.house import HouseStyle
    from pipeline.render import Drawn
    from pipeline.render.studio import Studio


def make(
    request: Request,
    *,
    workbooks: tuple[Path, ...],
    formats: list[str],
    final: bool,
    replace: bool,
    engine: str,
    jobs: int,
    fail_on: str,
    today: date | None,
    studio: Studio,
) -> None:
    """Make the papers, put them in place, and say what was made. Exits with what went wrong, if anything did."""
    council, output = clerks_council(request.style).drawn_by(engine), request.output
    checked, faults = readable_workbooks(workbooks, council, request)
    if final or not checked:
        guard.say_faults(faults)
    folders = meeting_folders(checked, output)
    said = verdicts(checked, council, today, fail_on, output) if final else []
    if not all(one.ready for one in said):
        _say_not_ready(checked, said, output)
        sys.exit(FINDINGS_EXIT)
    papers = []
    for folder, made in folders.items():
        with guard.around(made.book.name, faults):
            papers.append(Job(made, folder, line.paper_of(made, council, final=final)))
    before = {job.folder: kept.final(job.folder) for job in papers}
    changed = [job for job in papers if before[job.folder] not in ("", job.paper.records)]
    if final and not replace:
        _refuse_other(changed, papers)
    studio.load(engine, min(jobs, len(papers)))
    drawings = {}
    for job in (one for one in papers if final or not before[one.folder]):
        with guard.around(job.made.book.name, faults):
            drawings[job] = studio.draw(job.paper, council.house, formats)
    # While they are drawn: the calendar takes its time to load.
    said = said or verdicts(checked, council, today, fail_on, output)
    watch(
        [one for drawing in drawings.values() for one in drawing.values()],
        studio,
        quiet=request.quiet,
    )
    drawn = _results(drawings, faults)
    if final or not drawn:
        guard.say_faults(faults)
    late = [
        finding
        for job, editions in drawn.items()
        for finding in line.undrawable(job.made, council, _lacking(editions))
    ]
    if final and any(one.severity >= Severity[fail_on.upper()] for one in late):
        _say_all(late)
        say("Nothing was made: a PDF with boxes instead of letters is not to be published.")
        sys.exit(FINDINGS_EXIT)
    with one_writer(output, [job.folder.parent.name for job in drawn]):
        _refuse_meanwhile(job for job in drawn if kept.final(job.folder) != before[job.folder])
        gone, superseded = _put_all(
            drawn, changed if final else [], output, council.house, final=final
        )
    if not request.quiet:
        _say_verdicts(said)
        _say_all(late)
        _say_all(f"Took away {path}: it was of another paper." for path in gone)
        _say_all(f"Kept in {folder}: the paper that was published before." for folder in superseded)
        verdict_of = dict(zip(folders, said, strict=True))
        for job in (one for one in papers if one in drawn or before[one.folder]):
            todo, day = verdict_of[job.folder].todo, clerks_day(today)
            _say_all(_last_lines(job, todo, formats, council, day, is_made=job in drawn))
    guard.say_faults(faults)


def _results(
    drawings: dict[Job, dict[str, Future[Drawn]]], faults: list[PipelineError]
) -> dict[Job, dict[str, Drawn]]:
    """The editions of each paper that could be drawn; what went wrong with the others is kept among the faults."""
    drawn = {}
    for job, drawing in drawings.items():
        with guard.around(job.made.book.name, faults):
            drawn[job] = {name: one.result() for name, one in drawing.items()}
    return drawn


def _put_all(
    drawn: dict[Job, dict[str, Drawn]],
    changed: list[Job],
    output: Path,
    house: HouseStyle,
    *,
    final: bool,
) -> tuple[list[Path], list[Path]]:
    """Put the editions in place. Returns what was taken away, and where papers published before are kept."""
    files = {
        job.path(name): one.data
        for job, editions in drawn.items()
        for name, one in editions.items()
    }
    gone = [
        path for job in drawn if final for path in kept.others(job.folder, job.paper.records, files)
    ]
    superseded = {
        path: data for job in changed for path, data in kept.superseded(job.folder).items()
    }
    lists = _closed_lists(drawn, output, house) if final else {}
    put(output, files | superseded | lists, gone)
    return gone, list(dict.fromkeys(path.parent for path in superseded))


def _refuse_meanwhile(others: Iterable[Job]) -> None:
    """Raise `PipelineError` where papers were published while these were drawn."""
    if names := [str(job.stem) for job in others]:
        raise PipelineError(
            f"{listed(names)}: another command has published it meanwhile, and nothing was made.",
            "Look at what is there, and run it again.",
        )


def _lacking(editions: dict[str, Drawn]) -> frozenset[str]:
    """The characters that no font had for the editions of a paper."""
    return frozenset().union(*(drawn.undrawable for drawn in editions.values()))


def _say_verdicts(said: list[Verdict]) -> None:
    """Say verdicts, without what to do next."""
    for one in said:
        say_verdict(one, with_next=False)


def _say_all(lines: Iterable[object]) -> None:
    """Print some lines."""
    for words in lines:
        say(str(words))


def _say_not_ready(checked: list[Checked], said: list[Verdict], output: Path) -> None:
    """Say the verdicts, which papers are not ready, and how to publish the others."""
    _say_verdicts(said)
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


def _refuse_other(changed: list[Job], jobs: list[Job]) -> None:
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
    job: Job, todo: str, formats: list[str], council: Council, today: date, *, is_made: bool
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


def _closed_lists(making: Iterable[Job], output: Path, house: HouseStyle) -> dict[Path, bytes]:
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
