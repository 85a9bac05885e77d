"""The line from a workbook to its papers, put together: read, normalised, checked, composed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from pipeline import checks, columns, compose, data, history, house, officers, settings, workbook
from pipeline.checks import Finding, Rules, Severity, Waiver
from pipeline.clerk import VANISHED, Decisions
from pipeline.columns import Columns, key
from pipeline.data import ActionRecord, ClosedRecord, PaperRecord, Records
from pipeline.document import Paper
from pipeline.errors import PipelineError
from pipeline.history import History, LastPaper, Reading
from pipeline.house import HouseStyle
from pipeline.reading import trackers
from pipeline.reading.normalise import Tracker
from pipeline.reading.whose import Asked
from pipeline.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Council:
    """A council's settings; `style` is the name of their folder, `house_sha256` its `house.toml`'s."""

    style: str
    house_sha256: str
    house: HouseStyle
    columns: Columns
    rules: Rules

    @property
    def reading(self) -> Reading:
        """How two papers of the council are compared."""
        return Reading(
            self.columns.behind_status, lambda words: checks.says_nothing(words, self.rules)
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """A tracker with its findings, and the workbook that it came from.

    `stated` are its actions as data, marked with what has become of them since the paper before, which `past`
    lays beside them. Actions that it had reported as closed are in neither. `waived` are the findings that
    the clerk lets pass, and `idle` the waivers that let none; `withdrawn` are the actions of the paper before
    that are gone and are let pass, each with the reason; `rules` are what it was checked by.
    """

    book: Workbook
    tracker: Tracker
    findings: list[Finding]
    stated: list[ActionRecord]
    rules: Rules
    past: History | None = None
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    idle: tuple[Waiver, ...] = ()
    withdrawn: tuple[tuple[ActionRecord, str], ...] = ()

    @property
    def last(self) -> Records | None:
        """The records of the paper before, if there was one."""
        return self.past.last if self.past else None


def council(style: str, decided: Decisions | None = None) -> Council:
    """A council's settings, and what its clerk has decided. Raises `PipelineError` where they are wrong."""
    rules = checks.load(style)
    waivers = decided.waiver if decided else []
    return Council(
        style,
        settings.digest(settings.folder(style) / "house.toml"),
        house.load(style),
        columns.load(style),
        replace(rules, waiver=[*waivers, *rules.waiver]),
    )


def no_paper(committee: str, meeting: str) -> None:
    """There was no paper before."""


def checked(
    path: Path, known: Council, meeting: date | None = None, last_paper: LastPaper = no_paper
) -> Iterator[Checked]:
    """Each tracker of a workbook, checked. Raises `PipelineError` where it cannot be read."""
    yield from checked_book(workbook.read(path), known, meeting, last_paper)


def checked_book(
    book: Workbook,
    known: Council,
    meeting: date | None = None,
    last_paper: LastPaper = no_paper,
    committee: str = "",
) -> Iterator[Checked]:
    """Each tracker of a workbook as read, checked; `committee` stands in where it names none.

    Raises `PipelineError` where it has no tracker.
    """
    try:
        asked = Asked(meeting, committee, known.house.wording.paper)
        found = trackers.read(book, known.columns, asked)
    except PipelineError as fault:
        raise type(fault)(f"{book.name}: {fault.message}", fault.remedy) from None
    directory = officers.directory(book)
    for whole in found:
        stated = data.action_records(whole.actions, known.house)
        last = last_paper(whole.committee, whole.meeting.isoformat())
        past = history.history(stated, last, known.reading) if last else None
        tracker, kept = without_reported(whole, past) if past else (whole, stated)
        context = checks.Context(tracker, known.columns, known.rules, past, directory)
        said = checks.settled(checks.run(context), context)
        waived, idle = tuple(said.waived), tuple(said.idle)
        gone = tuple(withdrawn(past, waived)) if past else ()
        yield Checked(book, tracker, said.open, kept, known.rules, past, waived, idle, gone)


def withdrawn(
    past: History, waived: tuple[tuple[Finding, Waiver], ...]
) -> Iterator[tuple[ActionRecord, str]]:
    """The actions that have vanished from the workbook and that the clerk lets go, each with the reason."""
    reasons = {
        key(finding.reference): waiver.reason
        for finding, waiver in waived
        if finding.check == VANISHED
    }
    for gone in past.vanished:
        if key(history.called(gone)) in reasons:
            yield gone, reasons[key(history.called(gone))]


def undrawable(made: Checked, known: Council, characters: frozenset[str]) -> list[Finding]:
    """What is wrong with a paper once it is drawn: the characters that no font had, in their cells."""
    context = checks.Context(made.tracker, known.columns, known.rules, undrawable=characters)
    found = (
        [one for one in checks.run(context) if one.check == checks.ON_DRAWING] if characters else []
    )
    return checks.settled(found, context).open


def without_reported(tracker: Tracker, past: History) -> tuple[Tracker, list[ActionRecord]]:
    """A tracker without the actions that an earlier paper reported as closed, and its records."""
    kept = [
        (action, pair.marked)
        for action, pair in zip(tracker.actions, past.pairs, strict=True)
        if not pair.is_reported
    ]
    return replace(tracker, actions=tuple(action for action, _ in kept)), [one for _, one in kept]


def records(made: Checked, known: Council, *, final: bool = False) -> Records:
    """What the paper of a checked tracker is made of."""
    tracker = made.tracker
    meeting = tracker.meeting.isoformat()
    return Records(
        paper=PaperRecord(
            committee=tracker.committee,
            title=tracker.paper,
            meeting=meeting,
            final=final,
            draft=any(finding.severity is Severity.ERROR for finding in made.findings),
            workbook=made.book.name,
            sha256=made.book.sha256,
            style=known.style,
            style_sha256=known.house_sha256,
            since=made.last.paper.meeting if made.last else "",
        ),
        actions=made.stated,
        closed=closed(made),
    )


def closed(made: Checked) -> list[ClosedRecord]:
    """Every action of a committee that was ever closed, those that a checked tracker closes included."""
    meeting = made.tracker.meeting.isoformat()
    return history.closed(made.stated, meeting, made.past, made.withdrawn)


def paper(made: Checked, known: Council, *, final: bool = False) -> Paper:
    """The paper of a checked tracker."""
    stated = records(made, known, final=final)
    return compose.paper(made.tracker, stated, known.rules, known.house, made.book.modified)
