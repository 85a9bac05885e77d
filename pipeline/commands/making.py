"""The papers of a build: made, or refused, and what is said of them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import line
from pipeline.chase import deadlines
from pipeline.chase.deadlines import named_day
from pipeline.check.conduct import MISSING_GLYPH
from pipeline.commands import guard
from pipeline.commands.answers import say_verdict
from pipeline.commands.common import (
    FINDINGS_EXIT,
    REPLACE,
    again,
    clerks_council,
    clerks_day,
    meeting_folders,
    readable_workbooks,
    verdicts,
)
from pipeline.commands.progress import watch
from pipeline.commands.saying import say
from pipeline.line import Job
from pipeline.model.errors import PipelineError
from pipeline.model.text import codes
from pipeline.model.words import listed
from pipeline.published import kept
from pipeline.published.folder import file_name
from pipeline.published.kept import Archive
from pipeline.published.putting import one_writer, put
from pipeline.published.records import Revision, closed_csv, from_json

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipeline.chase.verdict import Verdict
    from pipeline.check.checked import Checked, Council
    from pipeline.commands.options import Order, Request
    from pipeline.render import Drawn
    from pipeline.render.studio import Studio


_BATCH = 4  # workbooks for each PDF that is drawn at once


def make(request: Request, order: Order, workbooks: tuple[Path, ...], studio: Studio) -> None:
    """Make the papers, put them in place, and say what was made. Exits with what went wrong, if anything did.

    Drafts of many workbooks are made in batches, one read while the one before is drawn, so that a thousand take no
    more memory than a few; papers to publish are made all together, or none.
    """
    council = clerks_council(request.style)
    council = council.drawn_by(order.engine) if order.engine else council
    press = _Press(request, order, council, studio)
    size = max(1, len(workbooks)) if order.final else _BATCH * order.jobs
    begun: _Batch | None = None
    for some in [workbooks[at : at + size] for at in range(0, len(workbooks), size)] or [()]:
        before, begun = begun, None
        with guard.around("", press.faults):  # of one batch, which stops no other
            begun = press.begin(some)
        if before:
            press.finish(before)
            gc.collect()  # which `papers` leaves for the end of the process
    if begun:
        press.finish(begun)
    guard.say_faults(press.faults)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Papers that are being drawn, each with its verdict; and what is published of each (`before`)."""

    jobs: dict[Job, Verdict]
    before: dict[Path, str]
    changed: list[Job]
    drawings: dict[Job, dict[str, Future[Drawn]]]


@dataclass(frozen=True, slots=True)
class _Press:
    """Makes papers, in batches. `faults` is what went wrong so far, `books` which workbook each folder is of."""

    request: Request
    order: Order
    council: Council
    studio: Studio
    faults: list[PipelineError] = field(default_factory=list)
    books: dict[Path, str] = field(default_factory=dict)

    def begin(self, workbooks: tuple[Path, ...]) -> _Batch:
        """Read some workbooks, and have their papers drawn. To publish, all must be ready."""
        order, council, output = self.order, self.council, self.request.output
        checked, faults = readable_workbooks(workbooks, council, self.request, order.today)
        self.faults.extend(faults)
        if order.final:
            guard.say_faults(self.faults)
        folders = meeting_folders(checked, output, self.books)
        said = self._verdicts(checked) if order.final else []
        if not all(one.ready for one in said):
            _say_not_ready(folders, said)
            sys.exit(FINDINGS_EXIT)
        before = {folder: kept.final(folder) for folder in folders}
        jobs, changed = [], []
        for folder, made in folders.items():
            with guard.around(made.book.name, self.faults):
                job, is_other = self._job(made, folder, before[folder])
                jobs.append(job)
                changed += [job] if is_other else []
        if order.final and not order.replace:
            _refuse_other(changed, jobs)
        self.studio.load(council.house.pdf.engine, min(order.jobs, len(jobs)))
        drawings = {}
        for job in (one for one in jobs if order.final or not before[one.folder]):
            with guard.around(job.made.book.name, self.faults):
                drawings[job] = self.studio.draw(job.paper, council.house, order.formats)
        # While they are drawn.
        verdict_of = dict(zip(folders, said or self._verdicts(checked), strict=True))
        return _Batch({job: verdict_of[job.folder] for job in jobs}, before, changed, drawings)

    def _verdicts(self, checked: list[Checked]) -> list[Verdict]:
        """The verdict on each checked workbook."""
        order = self.order
        return verdicts(checked, self.council, order.today, order.fail_on, self.request.output)

    def _job(self, made: Checked, folder: Path, before: str) -> tuple[Job, bool]:
        """A paper to draw, and whether another is published, of which it is then a revision if it is to replace it."""
        revised = from_json(before).paper.revised if before else ()
        paper = line.paper_of(made, self.council, final=self.order.final, revisions=revised)
        is_other = before not in ("", paper.records)
        if is_other and self.order.replace:
            day = clerks_day(self.order.today).isoformat()
            anew = (*revised, Revision(day=day, reason=self.order.reason))
            paper = line.paper_of(made, self.council, final=self.order.final, revisions=anew)
        return Job(made, folder, paper), is_other

    def finish(self, batch: _Batch) -> None:
        """Put the papers of a batch in place when they are drawn, and say what was made."""
        order, council, output = self.order, self.council, self.request.output
        awaited = [one for drawing in batch.drawings.values() for one in drawing.values()]
        watch(awaited, self.studio, quiet=self.request.quiet)
        drawn = _results(batch.drawings, self.faults)
        if order.final:
            guard.say_faults(self.faults)
        if not drawn and not any(batch.before.values()):
            return
        if order.final:
            _refuse_boxes(drawn, council)
        day = clerks_day(order.today)
        with one_writer(output, [job.folder.parent.name for job in drawn]):
            _refuse_meanwhile(
                job for job in drawn if kept.final(job.folder) != batch.before[job.folder]
            )
            changed = {job: day for job in batch.changed if order.final}
            gone, superseded = _put_all(drawn, changed, output, council, final=order.final)
        if self.request.quiet:
            return
        _say_verdicts(batch.jobs.values())
        _say_all(f"Took away {path}: it was of another paper." for path in gone)
        _say_all(f"Kept in {folder}: the paper that was published before." for folder in superseded)
        for job, said in batch.jobs.items():
            if job in drawn or batch.before[job.folder]:
                is_made = job in drawn
                _say_all(_last_lines(job, said.todo, order.formats, council, day, is_made=is_made))


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
    changed: dict[Job, date],
    output: Path,
    council: Council,
    *,
    final: bool,
) -> tuple[list[Path], list[Path]]:
    """Put the editions in place; of those `changed`, the day. Returns what was taken away, and where papers published
    before are kept.
    """
    files = {
        job.path(name): one.data
        for job, editions in drawn.items()
        for name, one in editions.items()
    }
    gone = [
        path for job in drawn if final for path in kept.others(job.folder, job.paper.records, files)
    ]
    superseded = {
        path: data
        for job, day in changed.items()
        for path, data in kept.superseded(job.folder, day).items()
    }
    lists = _closed_lists(drawn, output, council) if final else {}
    put(output, files | superseded | lists, gone)
    return gone, list(dict.fromkeys(path.parent for path in superseded))


def _refuse_meanwhile(others: Iterable[Job]) -> None:
    """Raise `PipelineError` where papers were published while these were drawn."""
    if names := [str(job.stem) for job in others]:
        raise PipelineError(
            f"{listed(names)}: another command has published it meanwhile, and nothing was made.",
            "Look at what is there, and run it again.",
        )


def _refuse_boxes(drawn: dict[Job, dict[str, Drawn]], council: Council) -> None:
    """Raise `PipelineError` where a PDF shows boxes instead of letters that stand in no action."""
    if council.rules.severity.get(MISSING_GLYPH) == "off":
        return
    for job, editions in drawn.items():
        boxes = frozenset().union(*(one.undrawable for one in editions.values()))
        found = {one.check for one in (*job.made.findings, *(one for one, _ in job.made.waived))}
        if boxes and MISSING_GLYPH not in found:
            raise PipelineError(
                f"{job.made.book.name}: no font has {codes(boxes)}, and nothing was made.",
                "Install a font that has it, or write the paper's name or the house style's words another way.",
            )


def _say_verdicts(said: Iterable[Verdict]) -> None:
    """Say verdicts, without what to do next."""
    for one in said:
        say_verdict(one, with_next=False)


def _say_all(lines: Iterable[object]) -> None:
    """Print some lines."""
    for words in lines:
        say(str(words))


def _say_not_ready(folders: dict[Path, Checked], said: list[Verdict]) -> None:
    """Say the verdicts, which papers are not ready, and how to publish the others."""
    _say_verdicts(said)
    verdict_of = zip(folders.values(), said, strict=True)
    open_names = list(dict.fromkeys(made.book.name for made, one in verdict_of if not one.ready))
    are = "are" if len(open_names) > 1 else "is"
    others = [
        made
        for folder, made in folders.items()
        if made.book.name not in open_names and not kept.final(folder)
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
        f"To make it again: {again(REPLACE, [job.made for job in changed])}{rest}",
    )


def _last_lines(
    job: Job, todo: str, formats: list[str], council: Council, today: date, *, is_made: bool
) -> Iterator[str]:
    """What was made of a paper, and what the clerk does next."""

    if not is_made:
        yield f"Left as published: {job.stem}. To make it again: {again(REPLACE, [job.made])}"
        return
    record = job.made.tracker
    is_final = "json" in formats and '"final": true' in job.paper.records
    state = "" if is_final else ", stamped DRAFT" if job.paper.draft else ", not final"
    yield f"Made {job.stem}: {', '.join(formats)}{state}."
    if not is_final:
        yield todo
        return
    due = deadlines.deadline(record.meeting, council.house.calendar).publish_by
    named = named_day(due, council.house)
    when = f"by {named}" if today <= due else f"at once, for it was to be there by {named}"
    yield (
        f"Next: put the editions on the website {when}. Keep {job.folder}: "
        "the next paper is compared with it."
    )


def _closed_lists(making: Iterable[Job], output: Path, council: Council) -> dict[Path, bytes]:
    """For each committee the list of all actions that were ever closed, which is kept for ever; not of an
    older paper made again, which knows fewer.
    """

    found = {}
    for job in making:
        tracker = job.made.tracker
        if Archive(output, council.decided).is_latest(tracker.committee, tracker.meeting):
            path = output / file_name(tracker.committee) / "closed.csv"
            found[path] = closed_csv(line.closed(job.made), council.house)
    return found
