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
from pipeline.normalise import row_kinds, title_words
from pipeline.normalise.tables import ActionTable, cells_above
from pipeline.normalise.tracker import LONGEST_QUOTED, MOST_QUOTED, Taken, TitleBlock


class Asked(Struct, frozen=True):
    """What the clerk gives: the `meeting` overrules the workbook's; `committee` and `paper` stand in
    where it has none.
    """

    meeting: date | None = None
    committee: str = ""
    paper: str = ""


class _Names(Struct, frozen=True):
    """Whose a table is, and what of that was `taken` from no line above it that says so."""

    committee: str
    paper: str
    meeting: date
    taken: tuple[Taken, ...]


def names(
    table: ActionTable, known: Columns, asked: Asked, usual: list[TitleBlock], *, is_told: bool
) -> _Names:
    """Whose a table is. Names that its own lines do not say are those of the first of the `usual` title
    blocks that says them; the committee is empty where a column names it, or each action's `is_told`.

    Raises `PipelineError` where committee or meeting is nowhere said.
    """
    is_told = is_told or COMMITTEE_FIELD in table.layout.columns
    committee, whose = _committee_of(table, known, asked, usual, is_told=is_told)
    meeting, when = _meeting_of(table, asked, usual)
    paper, what = _paper_of(table, asked, usual)
    return _Names(committee, paper, meeting, (*whose, *what, *when))


def _committee_of(
    table: ActionTable, known: Columns, asked: Asked, usual: list[TitleBlock], *, is_told: bool
) -> tuple[str, list[Taken]]:
    """The committee of a sheet, and from where it was taken if not from a line that says so: the sheet's
    name, or another sheet's lines. Empty where the actions themselves have it.

    Raises `PipelineError` where there is none.
    """
    sheet, titles = table.sheet, table.titles
    if titles.committee:
        place = titles.places["committee"]
        guessed = [Taken("committee", titles.committee, place)] * ("committee" in titles.guessed)
        return titles.committee, guessed
    if asked.committee or is_told:
        return asked.committee, []
    named = title_words.parts_of_line(sheet.name, known.title_block)
    if named.is_body:
        place = Place(sheet.name, 1, 1)
        return named.committee, [Taken("committee", named.committee, place, "sheet")]
    other = next((one for one in usual if one.committee), None)
    if other is not None:
        return other.committee, [Taken("committee", other.committee, other.places["committee"])]
    raise PipelineError(
        f"{sheet.name}: no line above the headings (row {table.layout.heading_row}) names the "
        f"committee{_quoted_lines(table)}.",
        "Write the committee in the first line and the paper's title and meeting date in the line below it; "
        "for papers import, give --committee.",
    )


def _meeting_of(
    table: ActionTable, asked: Asked, usual: list[TitleBlock]
) -> tuple[date, list[Taken]]:
    """The meeting's day, and from where it was taken if that is not certain.

    Raises `PipelineError` where it is nowhere said.
    """
    if asked.meeting:
        return asked.meeting, []
    titles = table.titles
    said = titles if titles.meeting else next((one for one in usual if one.meeting), None)
    if said is None or said.meeting is None:
        raise PipelineError(
            f"{table.sheet.name}: no line above the headings (row {table.layout.heading_row}) gives the "
            f"meeting's date{_quoted_lines(table)}.",
            "Write it after the paper's title, such as 'Scrutiny Monitoring – 28 March 2027', or give --meeting.",
        )
    place = said.places["meeting"]
    is_sure = said is titles and "meeting" not in titles.guessed
    return said.meeting, [] if is_sure else [Taken("meeting", f"{said.meeting:%d/%m/%Y}", place)]


def _paper_of(table: ActionTable, asked: Asked, usual: list[TitleBlock]) -> tuple[str, list[Taken]]:
    """The paper's title, and from where it was taken if not from a line that says so."""
    titles = table.titles
    others = (one for one in usual if one.paper and "paper" not in one.guessed)
    said = titles if titles.paper else next(others, None)
    if said is None:
        place = Place(table.sheet.name, 1, 1)
        taken = [Taken("paper", asked.paper, place, "house")] if asked.paper else []
        return asked.paper, taken
    is_sure = said is titles and "paper" not in titles.guessed
    return said.paper, [] if is_sure else [Taken("paper", said.paper, said.places["paper"])]


def _quoted_lines(table: ActionTable) -> str:
    """The lines above a table's headings, as a message quotes them; nothing where there is none."""
    lines = [
        f"'{cell.words[:LONGEST_QUOTED]}{'…' if len(cell.words) > LONGEST_QUOTED else ''}'"
        for cell in cells_above(table)
    ]
    more = ", …" if len(lines) > MOST_QUOTED else ""
    return f": {', '.join(lines[:MOST_QUOTED])}{more}" if lines else ""


def day_above(titles: TitleBlock, known: Columns) -> SourceCell | None:
    """The day of the one meeting from which the actions are, where a line above the table says only that."""
    said = [row_kinds.day_of_meeting(cell, known, titles.committee) for cell in titles.unused]
    days = [cell for cell in said if cell is not None]
    return days[0] if len(days) == 1 else None


def named_by(titles: TitleBlock, place: Place) -> TitleBlock:
    """A title block whose committee a cell of the table names."""
    return replace(titles, places={**titles.places, "committee": place})


def name_cells(titles: TitleBlock, part: Literal["committee", "paper"]) -> list[SourceCell]:
    """The committee or the paper's title above a table, as a cell that says no more; none without one."""
    place = titles.places.get(part)
    words = titles.committee if part == "committee" else titles.paper
    return [SourceCell(place, (Run(words),), anchor_row=place.row)] if place else []
