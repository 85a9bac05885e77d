"""The line from a workbook to its papers, put together: read, normalised, checked, composed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import UNSET
from msgspec.structs import asdict, replace

from pipeline.check import run
from pipeline.check.checked import Checked, Council
from pipeline.check.rule import Finding
from pipeline.check.seen import Context
from pipeline.compose import paper
from pipeline.council import house, settings
from pipeline.council.clerk import VANISHED, Decisions, Merged, Renamed, Waiver
from pipeline.council.own_words import columns_of
from pipeline.council.rules import Severity
from pipeline.ingest import read
from pipeline.ingest.workbook import Workbook
from pipeline.model.document import Paper
from pipeline.model.errors import PipelineError
from pipeline.model.words import forget, key
from pipeline.normalise import officers_list, trackers
from pipeline.normalise.tracker import Tracker
from pipeline.normalise.trackers import Asked
from pipeline.published import history, plans, records
from pipeline.published.history import History
from pipeline.published.kept import Archive
from pipeline.published.records import (
    ActionRecord,
    ClosedRecord,
    PaperRecord,
    Records,
    Revision,
)


def council(style: str, decided: Decisions | None = None) -> Council:
    """A council's settings, and what its clerk has decided. Raises `PipelineError` where they are wrong."""
    rules = run.rules_of(style)
    decided = decided or Decisions()
    return Council(
        style,
        settings.digest(style),
        house.house_of(style),
        columns_of(style),
        replace(rules, waiver=[*decided.waiver, *rules.waiver]),
        decided,
    )


def checked(
    source: Path | Workbook,
    known: Council,
    meeting: date | None = None,
    archive: Archive | None = None,
    committee: str = "",
) -> Iterator[Checked]:
    """Each tracker of a workbook, checked, with the name and the day that the clerk has decided; `committee`
    stands in where it names none, and without an `archive` there was no paper before. Where that has none, what the
    workbook itself keeps of the committee's last meeting, on a sheet of its own, stands for it.

    Raises `PipelineError` where it cannot be read, or has no tracker.
    """
    forget()
    book = source if isinstance(source, Workbook) else read.workbook_at(source)
    try:
        asked = Asked(meeting, committee, known.house.wording.paper)
        found = trackers.trackers_of(book, known.columns, asked)
    except PipelineError as fault:
        raise type(fault)(f"{book.name}: {fault.message}", fault.remedy, fault.explained) from None
    directory = officers_list.directory(book)
    held = [_as_decided(one, known) for one in found]
    said = [records.action_records(one.actions, known.house) for one in held]
    sheets = [_records(*pair, book, known) for pair in zip(held, said, strict=True)]
    contexts, records_kept = [], []
    for whole, stated in zip(held, said, strict=True):
        now = whole.committee, whole.meeting
        last = (archive.last(*now) or _sheet_before(whole, sheets)) if archive else None
        past = history.history(stated, last, known.reading) if last else None
        new = [one.now for one in past.pairs if one.before is None] if past else stated
        beside = archive.beside(*now, new) if archive else []
        proposed = tuple(plans.proposed(stated, past, beside, now, known.reading))
        tracker, left = _without_reported(whole, past) if past else (whole, stated)
        undrawable = partial(known.undrawable, known.house)
        contexts.append(
            Context(
                tracker, known.columns, known.rules, past, directory, undrawable, proposed=proposed
            )
        )
        records_kept.append(left)
    if archive:
        contexts[0] = replace(contexts[0], left_out=_left_out(contexts, archive))
    accounted = run.accounted(book, found, contexts)
    for (context, findings), kept in zip(accounted, records_kept, strict=True):
        opened, waived, idle = run.settled(findings, context)
        yield Checked(
            **asdict(context),
            book=book,
            findings=opened,
            stated=kept,
            waived=waived,
            idle=idle,
            withdrawn=list(_withdrawn(context.past, waived)) if context.past else [],
        )


def _left_out(contexts: list[Context], archive: Archive) -> tuple[Records, ...]:
    """The last papers of committees that the file of the last ones had beside those of a workbook, unless these seem
    to have their actions now.
    """
    here = {key(one.tracker.committee) for one in contexts}
    for plan in (plan for one in contexts for plan in one.proposed):
        here.update(map(key, plan.names) if isinstance(plan, Renamed | Merged) else ())
    pasts = ((one.past.last, one.tracker.meeting) for one in contexts if one.past)
    found = (made for past in pasts for made in archive.left_out(*past, here))
    return tuple({one.paper.committee: one for one in found}.values())


def _as_decided(tracker: Tracker, known: Council) -> Tracker:
    """A tracker with what its committee is called, and the day of its meeting, as the clerk has decided."""
    committee, meeting = known.decided.now(tracker.committee, tracker.meeting)
    return replace(tracker, committee=committee, meeting=meeting)


def _records(
    tracker: Tracker, stated: list[ActionRecord], book: Workbook, known: Council
) -> Records:
    """A tracker's actions as the records of a paper that was not compared with any."""
    paper = PaperRecord(
        committee=tracker.committee,
        title=tracker.paper,
        meeting=tracker.meeting.isoformat(),
        final=False,
        draft=False,
        workbook=book.name,
        sha256=book.sha256,
        style=known.style,
        style_sha256=known.house_sha256,
    )
    return Records(paper, stated, history.closed_records(stated, paper.meeting, None))


def _sheet_before(tracker: Tracker, sheets: list[Records]) -> Records | None:
    """Of what a workbook keeps of its meetings, the last one of a tracker's committee before its own."""
    named, meeting = key(tracker.committee), tracker.meeting
    earlier = [
        one for one in sheets if key(one.paper.committee) == named and one.paper.day < meeting
    ]
    return max(earlier, key=lambda one: one.paper.day, default=None)


def _withdrawn(past: History, waived: dict[Finding, Waiver]) -> Iterator[tuple[ActionRecord, str]]:
    """The actions that have vanished from the workbook and that the clerk lets go, each with the reason."""
    reasons = {
        key(finding.reference): waiver.reason
        for finding, waiver in waived.items()
        if finding.check == VANISHED
    }
    for gone in past.vanished:
        if key(history.called(gone)) in reasons:
            yield gone, reasons[key(history.called(gone))]


def _without_reported(tracker: Tracker, past: History) -> tuple[Tracker, list[ActionRecord]]:
    """A tracker without the actions that an earlier paper reported as closed, and its records."""
    kept = [
        (action, pair.marked)
        for action, pair in zip(tracker.actions, past.pairs, strict=True)
        if not pair.is_reported
    ]
    return replace(tracker, actions=tuple(action for action, _ in kept)), [one for _, one in kept]


def records_of(
    made: Checked, known: Council, *, final: bool = False, revisions: tuple[Revision, ...] = ()
) -> Records:
    """What the paper of a checked tracker is made of."""
    stated = _records(made.tracker, made.stated, made.book, known)
    paper = replace(
        stated.paper,
        final=final,
        draft=any(finding.severity is Severity.ERROR for finding in made.findings),
        since=made.last.paper.meeting if made.last else "",
        revisions=revisions or UNSET,
        since_revision=len(made.last.paper.revised) or UNSET if made.last else UNSET,
    )
    return replace(stated, paper=paper, closed=closed(made))


def closed(made: Checked) -> list[ClosedRecord]:
    """Every action of a committee that was ever closed, those that a checked tracker closes included."""
    meeting = made.tracker.meeting.isoformat()
    return history.closed_records(made.stated, meeting, made.past, made.withdrawn)


def paper_of(
    made: Checked, known: Council, *, final: bool = False, revisions: tuple[Revision, ...] = ()
) -> Paper:
    stated = records_of(made, known, final=final, revisions=revisions)
    return paper.monitoring_paper(
        made.tracker, stated, known.rules, known.house, made.book.modified
    )
