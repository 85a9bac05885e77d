"""Whose a table is: its committee, its paper and its meeting, from the lines above it, from elsewhere in the
workbook, or from what the clerk gives.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import COMMITTEE_FIELD, Place
from pipeline.model.document import Run
from pipeline.model.errors import PipelineError
from pipeline.normalise import title_words
from pipeline.normalise.layout import ActionTable
from pipeline.normalise.looks import day_of_meeting
from pipeline.normalise.names import Ground, Name, Part, TitleBlock, choose
from pipeline.normalise.tracker import cells_above, quoted_lines

_MISSING: dict[Part, tuple[str, str]] = {
    "committee": ("names the committee", "'Committee: Harbour Panel'"),
    "meeting": ("gives the meeting's date", "'Meeting date: 28 March 2027'"),
}


class Asked(Struct, frozen=True):
    """What the clerk gives: the `meeting` overrules the workbook's; `committee` and `paper` stand in
    where it has none.
    """

    meeting: date | None = None
    committee: str = ""
    paper: str = ""


def names(
    table: ActionTable, known: Columns, asked: Asked, usual: list[TitleBlock], *, is_told: bool
) -> list[Name]:
    """The names that a table could have: those that its own lines claim, those of the `usual` title blocks, and what
    is asked; the committee is empty where a column names it, or each action's `is_told`.

    Raises `PipelineError` where committee or meeting is nowhere said.
    """
    sheet = Place(table.sheet.name, 1, 1)
    found = [*table.titles.claims]
    for titles in usual:
        for name in titles.names.values() if titles is not table.titles else ():
            if name.part != "paper" or name.is_sure(titles.claims):
                found.append(replace(name, ground=Ground.ELSEWHERE, rank=()))
    if asked.meeting:
        words = f"{asked.meeting:%d/%m/%Y}"
        found.append(Name("meeting", words, None, Ground.GIVEN, asked.meeting))
    if asked.committee or is_told or COMMITTEE_FIELD in table.layout.columns:
        found.append(Name("committee", asked.committee, None, Ground.INSTEAD))
    named = title_words.parts_of(table.sheet.name, known.title_block)
    if named.is_body:
        found.append(Name("committee", named.committee, sheet, Ground.SHEET))
    found.append(Name("paper", asked.paper, sheet if asked.paper else None, Ground.HOUSE))
    missing = [part for part in _MISSING if choose(found, part) is None]
    if missing:
        what, shown = zip(*(_MISSING[part] for part in missing), strict=True)
        raise PipelineError(
            f"{table.sheet.name}: no line above the headings (row {table.layout.heading_row}) "
            f"{' or '.join(what)}{quoted_lines(cells_above(table.sheet, table.layout))}.",
            f"Write {' and '.join(shown)} there, or give --{' and --'.join(missing)}.",
        )
    return found


def day_above(titles: TitleBlock, known: Columns) -> SourceCell | None:
    """The day of the one meeting from which the actions are, where a line above the table says only that."""
    said = [day_of_meeting(cell, known, titles.committee) for cell in titles.unused]
    days = [cell for cell in said if cell is not None]
    return days[0] if len(days) == 1 else None


def name_cells(titles: TitleBlock, part: Literal["committee", "paper"]) -> list[SourceCell]:
    """The committee or the paper's title above a table, as a cell that says no more; none without one."""
    name = titles.names.get(part)
    if name is None or name.place is None:
        return []
    return [SourceCell(name.place, (Run(name.words),), anchor_row=name.place.row)]
