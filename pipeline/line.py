"""The line from a workbook to its papers, put together: read, normalised, checked, composed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import checks, columns, compose, data, house, normalise, workbook
from pipeline.checks import Finding, Rules
from pipeline.columns import Columns
from pipeline.data import Records
from pipeline.document import Paper
from pipeline.errors import PipelineError
from pipeline.house import HouseStyle
from pipeline.normalise import Tracker
from pipeline.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Council:
    """A council's settings; `style` is the name of their folder."""

    style: str
    house: HouseStyle
    columns: Columns
    rules: Rules


@dataclass(frozen=True, slots=True)
class Checked:
    """A tracker with its findings, and the workbook that it came from."""

    book: Workbook
    tracker: Tracker
    findings: list[Finding]


def council(style: str) -> Council:
    """A council's settings. Raises `PipelineError` where they are wrong."""
    return Council(style, house.load(style), columns.load(style), checks.load(style))


def checked(path: Path, known: Council, meeting: date | None = None) -> Iterator[Checked]:
    """Each tracker of a workbook, checked. Raises `PipelineError` where it cannot be read."""
    book = workbook.read(path)
    try:
        found = normalise.trackers(book, known.columns, meeting, known.house.wording.paper)
    except PipelineError as fault:
        raise PipelineError(f"{path.name}: {fault.message}", fault.remedy) from None
    for tracker in found:
        context = checks.Context(tracker, known.columns, known.rules)
        yield Checked(book, tracker, checks.run(context))


def records(made: Checked, known: Council, *, final: bool = False) -> Records:
    """What the paper of a checked tracker is made of."""
    return data.records(
        made.tracker,
        made.findings,
        known.house,
        workbook=made.book.name,
        sha256=made.book.sha256,
        style=known.style,
        final=final,
    )


def paper(made: Checked, known: Council, *, final: bool = False) -> Paper:
    """The paper of a checked tracker."""
    stated = records(made, known, final=final)
    return compose.paper(made.tracker, stated, known.rules, known.house, made.book.modified)
