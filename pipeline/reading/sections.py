"""Rows that part a table into sections: the day of the meeting that the rows below are of, a section's name,
a line across the table.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from pipeline.columns import Columns, key
from pipeline.dates import date_text, day_within
from pipeline.document import Run
from pipeline.reading.looks import cell_day, shape
from pipeline.reading.table_rows import TOLD, Filled, has_day
from pipeline.reading.title_words import ENDS, LEAD, ends_with, is_bare, parted
from pipeline.workbook import SourceCell

ACROSS = 2  # columns more than its own, over which a cell is a line across the table
TOWARDS = re.compile(
    r"\b(?:to|by|with)\b", re.IGNORECASE
)  # such as `Referred to Planning Committee`
DUE = re.compile(r"\b(?:by|due)\b", re.IGNORECASE)


def section_day(
    one: Filled, following: Filled | None, shapes: set[str], known: Columns, committee: str
) -> SourceCell | None:
    """The day of the rows below, where a row says nothing else: they are of that meeting."""
    if len(one.own) != 1 or following is None or "date" in following.own:
        return None
    (name, cell), *_ = one.own.items()
    if name == "reference" and shape(cell.words) in shapes:
        return None
    if name == "date" and has_day(one.own):
        return cell if "title" in following.own else None
    return day_of_meeting(cell, known, committee) if is_section(one, following) else None


def section_committee(one: Filled, known: Columns, committee: str) -> SourceCell | None:
    """The committee of the rows below a line that names one, in a table of a council's: in that of a committee
    the line may name any other body.
    """
    titles = known.title_block
    (cell,) = one.own.values()
    before, _, after = day_within(cell.words) or (cell.words, None, "")
    said = parted(LEAD.sub("", before).strip(ENDS), titles)
    is_name = said.is_body and ends_with(said.committee, titles.bodies)
    is_whole = not said.left and not after.strip(ENDS) and not is_bare(said.committee, titles)
    if not is_name or not is_whole or TOWARDS.search(before) or parted(committee, titles).is_body:
        return None
    return replace(cell, runs=(Run(said.committee),))


def is_section(one: Filled, following: Filled | None) -> bool:
    """Whether a row is no action: a line across the table, or a section's name."""
    if len(one.own) != 1:
        return False
    (name, cell), *_ = one.own.items()
    if name == "reference":
        return True
    if name == "date" and cell_day(cell) is None:
        return True
    if name == "title":
        return following is not None and "title" in following.own
    is_across = cell.last_column - cell.place.column >= ACROSS
    return one.row.spanned and (name not in TOLD or (name == "action" and is_across))


def day_of_meeting(cell: SourceCell, known: Columns, committee: str = "") -> SourceCell | None:
    """A cell that says the day of a meeting, as the date of what was considered there; None where it says
    something else too.
    """
    if DUE.search(cell.words):
        return None
    value = cell.value if isinstance(cell.value, date) else None  # a number may be a reference
    if date_text(value, cell.words).day is not None:
        return cell
    found = day_within(cell.words)
    if found is None:
        return None
    before, day, after = found
    rest = set(key(f"{before} {after}").split())
    if not rest <= known.section_words | set(key(committee).split()):
        return None
    return replace(cell, value=day)


def is_lone_day(one: Filled, following: Filled | None) -> bool:
    """Whether a row is a day by itself, and no item's whose action stands on the next row: that row is an
    item of its own.
    """
    return (
        one.own.keys() == {"date"} and has_day(one.own) and (following is None or following.begins)
    )
