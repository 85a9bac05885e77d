"""The papers of a build: made, or refused, and what is said of them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pipeline import line
from pipeline.chase import deadlines
from pipeline.chase.deadlines import named_day
from pipeline.chase.verdict import Verdict
from pipeline.check.checked import Checked, Council
from pipeline.check.conduct import MISSING_GLYPH
from pipeline.commands import common, guard
from pipeline.commands.answers import say_verdict
from pipeline.commands.options import Order, Request
from pipeline.commands.progress import watch
from pipeline.commands.saying import say
from pipeline.model.document import Paper
from pipeline.model.errors import PipelineError
from pipeline.model.text import codes
from pipeline.model.words import listed
from pipeline.published import kept
from pipeline.published.folder import SUMS_NAME, paper_name
from pipeline.published.kept import Archive
from pipeline.published.putting import one_writer, put
from pipeline.published.records import RECORDS_NAME, Revision, closed_csv, from_json
from pipeline.render import Drawn
from pipeline.render.studio import Studio

_BATCH = 4  # workbooks for each PDF that is drawn at once


def make(request: Request, order: Order, workbooks: tuple[Path, ...], studio: Studio) -> None:
    """Make the papers, put them in place, and say what was made. Exits with what went wrong, if anything did.

    Drafts of many workbooks are made in batches, one read while the one before is drawn, so that a thousand take no
    more memory than a few; papers to publish are made all together, or none.
    """
    council = common.clerks_council(request.style, studio if "pdf" in order.formats else None)
    council = council.drawn_by(order.engine) if order.engine else council
    press = _Press(request, order, council, studio)
    size = max(1, len(workbooks)) if order.final else _BATCH * order.jobs
    begun: _Batch = {}
    for some in [workbooks[at : at + size] for at in range(0, len(workbooks), size)] or [()]:
        before, begun = begun, {}
        with guard.around("", press.faults):  # of one batch, which stops no other
            begun = press.begin(some)
        if before:
            press.finish(before)
            gc.collect()  # which `papers` leaves for the end of the process
    press.finish(begun)
    guard.say_faults(press.faults)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A paper to make, the folder that it goes to, and the records of what is published there (`before`), which it
    `revises` if it is another.
    """

    made: Checked
    folder: Path
    before: str
    paper: Paper
    revises: bool

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


_Batch: TypeAlias = "dict[_Job, dict[str, Future[Drawn]]]"  # what is being drawn of each paper


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
        order, house = self.order, self.council.house
        checked, faults = common.readable_workbooks(
            workbooks, self.council, self.request, order.today
        )
        self.faults.extend(faults)
        folders = common.meeting_folders(checked, self.request.output, self.books)
        if order.final:
            guard.say_faults(self.faults)
            self._refuse_not_ready(folders)
        batch: _Batch = {}
        for folder, made in folders.items():
            with guard.around(made.book.name, self.faults):
                batch[self._job(made, folder)] = {}
        if order.final and not order.replace:
            _refuse_other(list(batch))
        self.studio.load(house.pdf.engine, min(order.jobs, len(batch)))
        for job in batch:
            if order.final or not job.before:
                with guard.around(job.made.book.name, self.faults):
                    batch[job] = self.studio.draw(job.paper, house, order.formats)
        return batch

    def _verdicts(self, checked: Iterable[Checked]) -> list[Verdict]:
        """The verdict on each checked workbook."""
        order = self.order
        return common.verdicts(
            list(checked), self.council, order.today, order.fail_on, self.request.output
        )

    def _job(self, made: Checked, folder: Path) -> _Job:
        """A paper to draw, which is a revision where it is to replace another."""
        order, before = self.order, kept.final(folder)
        revisions = from_json(before).paper.revised if before else ()
        paper = line.paper_of(made, self.council, final=order.final, revisions=revisions)
        lacks_reason = bool(revisions and order.reason and not revisions[-1].reason)
        is_other = before not in ("", paper.records) or lacks_reason
        if is_other and order.replace:
            day = order.today.isoformat()
            revisions = (*revisions, Revision(day=day, reason=order.reason))
            paper = line.paper_of(made, self.council, final=order.final, revisions=revisions)
        return _Job(made, folder, before, paper, is_other)

    def finish(self, batch: _Batch) -> None:
        """Put the papers of a batch in place when they are drawn, and say what was made."""
        order, output = self.order, self.request.output
        said = self._verdicts(job.made for job in batch)  # while they are drawn
        watch(
            [one for drawing in batch.values() for one in drawing.values()],
            self.studio,
            quiet=self.request.quiet,
        )
        drawn = {}
        for job, drawing in batch.items():
            with guard.around(job.made.book.name, self.faults):
                drawn[job] = {name: one.result() for name, one in drawing.items()}
        drawn = {job: editions for job, editions in drawn.items() if editions}
        if order.final:
            guard.say_faults(self.faults)
        if not drawn and not any(job.before for job in batch):
            return
        if order.final:
            self._refuse_boxes(drawn)
        with one_writer(output, [job.folder.parent.name for job in drawn]):
            gone, superseded = self._put(drawn)
        if self.request.quiet:
            return
        for one in said:
            say_verdict(one, with_next=False)
        say(*(f"Took away {path}: it was of another paper." for path in gone))
        say(*(f"Kept in {folder}: the paper that was published before." for folder in superseded))
        for job, one in zip(batch, said, strict=True):
            if job in drawn:
                say(*self._last_lines(job, one.next))
            elif job.before:
                say(
                    f"Left as published: {job.stem}. To make it again: {common.again(common.REPLACE, [job.made])}"
                )

    def _refuse_boxes(self, drawn: dict[_Job, dict[str, Drawn]]) -> None:
        """Raise `PipelineError` where a PDF shows boxes instead of letters that stand in no action."""
        is_off = self.council.rules.severity.get(MISSING_GLYPH) == "off"
        for job, editions in drawn.items():
            boxes = frozenset().union(*(one.undrawable for one in editions.values()))
            found = {one.check for one in (*job.made.findings, *job.made.waived)}
            if boxes and not is_off and MISSING_GLYPH not in found:
                raise PipelineError(
                    f"{job.made.book.name}: no font has {codes(boxes)}, and nothing was made.",
                    "Install a font that has it, or write it another way.",
                )

    def _put(self, drawn: dict[_Job, dict[str, Drawn]]) -> tuple[list[Path], list[Path]]:
        """Put the editions in place. Returns what was taken away, and where papers published before are kept.

        Raises `PipelineError` where papers were published while these were drawn.
        """
        if names := [str(job.stem) for job in drawn if kept.final(job.folder) != job.before]:
            raise PipelineError(
                f"{listed(names)}: another command has published it meanwhile, and nothing was made.",
                "Look at what is there, and run it again.",
            )
        archive, gone = Archive(self.request.output, self.council.decided), list[Path]()
        files, superseded = dict[Path, bytes](), dict[Path, bytes]()
        for job, editions in drawn.items():
            own = {job.path(name): one.data for name, one in editions.items()}
            files |= own
            if not self.order.final:
                continue
            gone += kept.others(job.folder, job.paper.records, own)
            files[job.folder / SUMS_NAME] = kept.with_sums(job.folder, own, gone)
            if job.revises:
                superseded |= kept.superseded(job.folder, self.order.today)
            tracker = job.made.tracker
            # An older paper made again knows fewer of the actions that were ever closed.
            if archive.is_latest(tracker.committee, tracker.meeting):
                rows = closed_csv(line.closed(job.made), self.council.house)
                files[job.folder.parent / "closed.csv"] = rows
        put(archive.output, files | superseded, gone)
        return gone, list(dict.fromkeys(path.parent for path in superseded))

    def _refuse_not_ready(self, folders: dict[Path, Checked]) -> None:
        """Say the verdicts, which papers are not ready, and how to publish the others; and exit, where one is not."""
        said = self._verdicts(folders.values())
        if all(one.ready for one in said):
            return
        for one in said:
            say_verdict(one, with_next=False)
        verdict_of = zip(folders.values(), said, strict=True)
        names = list(dict.fromkeys(made.book.name for made, one in verdict_of if not one.ready))
        are = "are" if len(names) > 1 else "is"
        others = [
            made
            for folder, made in folders.items()
            if made.book.name not in names and not kept.final(folder)
        ]
        say(f"Nothing was made: {listed(names)} {are} not ready.{_rest(others)}")
        sys.exit(common.FINDINGS_EXIT)

    def _last_lines(self, job: _Job, todo: str) -> Iterator[str]:
        """What was made of a paper, and what the clerk does next."""
        order, house = self.order, self.council.house
        state = "" if order.final else ", stamped DRAFT" if job.paper.draft else ", not final"
        if job.before and not job.revises:
            yield f"{job.stem} is as published: {', '.join(order.formats)}."
            return
        yield f"Made {job.stem}: {', '.join(order.formats)}{state}."
        if not order.final:
            yield todo
            return
        due = deadlines.deadline(job.made.tracker.meeting, house.calendar).publish_by
        named = named_day(due, house)
        when = (
            f"by {named}" if order.today <= due else f"at once, for it was to be there by {named}"
        )
        yield (
            f"Next: put the editions on the website {when}. Keep {job.folder}: "
            "the next paper is compared with it."
        )


def _rest(others: list[Checked]) -> str:
    """How the other papers are published, if there are any."""
    return f" To publish the others: {common.again('--final', others)}" if others else ""


def _refuse_other(jobs: list[_Job]) -> None:
    """Raise `PipelineError` where papers are published already, with other records."""
    changed = [job for job in jobs if job.revises]
    if not changed:
        return
    names = listed([str(job.stem) for job in changed])
    is_published = (
        "are published already, and their" if len(changed) > 1 else "is published already, and its"
    )
    rest = _rest([job.made for job in jobs if not job.revises])
    raise PipelineError(
        f"{names} {is_published} workbook, its settings or the paper before it have changed since.",
        f"To make it again: {common.again(common.REPLACE, [job.made for job in changed])}{rest}",
    )
