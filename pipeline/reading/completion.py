"""Which a column called *Completion date* is: when its actions are due, or when they were completed.

Told by what stands on its rows: what lies after the meeting, or stands on an open action, is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pipeline.columns import Columns, key
from pipeline.reading.looks import cell_day
from pipeline.records import CLOSED
from pipeline.workbook import SourceCell


class Row(Struct, frozen=True):
    """A row of the table: its cell with words in the column, if it has one, and its canonical status."""

    cell: SourceCell | None
    status: str = "unknown"


class Signs(Struct, frozen=True):
    """What some rows tell of their column: that actions `are_due` then, and that open ones have `gaps`, as
    they do where a day is only written when an action is completed.
    """

    are_due: bool
    gaps: bool

    @property
    def are_sure(self) -> bool:
        """Whether one of the two alone is told."""
        return self.are_due != self.gaps


def signs(rows: Iterable[Row], meeting: date | None, known: Columns) -> Signs:
    """What the rows of a table tell of a column that may be either."""
    every = list(rows)
    return Signs(
        are_due=any(is_due(row, meeting, known) for row in every),
        gaps=any(row.cell is None and row.status not in CLOSED for row in every),
    )


def is_due(row: Row, meeting: date | None, known: Columns) -> bool:
    """Whether a row says when its action is due: a day after the meeting or of an open action, or words for a
    time that are no status (*Ongoing*) and more than a placeholder.
    """
    if row.cell is None:
        return False
    day = cell_day(row.cell)
    if day is not None:
        is_open = row.status not in CLOSED | {"unknown", "recommended for closure"}
        return is_open or (meeting is not None and day > meeting)
    words = row.cell.words
    is_bare = key(words) in map(key, known.title_block.marks)
    return known.is_time(words) and known.status(words) == "unknown" and not is_bare
