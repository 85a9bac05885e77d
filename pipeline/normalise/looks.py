"""What stands in the cells of a column, and which field that can be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import CLOSED, COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.text import FEWEST_WORDS, is_sentence
from pipeline.model.words import key

REFERENCE = re.compile(r"[A-Za-z]{0,8}[\W_]*\d[\w\W]{0,18}")  # such as CR17-64, SR (25/26) 01, 14
_FIGURES = re.compile(r"[\d\W_]+")  # such as 50%
_LONGEST_POST = 6  # words
SENTENCE_ENDS = (".", "!", "?")
LOST = frozenset({"action", "update"})  # of what was asked and what was done no words may be lost


def can_be(field: str, cells: list[SourceCell], columns: Columns) -> bool:
    """Whether what stands in a column can be a field's: days in one of dates, none in one of texts,
    references where two are never the same, and some committee's name. One day tells a column of days of
    completion from statuses. When an action is due may be said in words; what was asked and done is no
    figure, and no officer's post; what was done is more than a status.
    """
    if not cells:
        return True
    if field == COMMITTEE_FIELD:
        return any(columns.can_be_committee(cell.words) for cell in cells)
    if field == "reference":
        return all(REFERENCE.fullmatch(cell.words) for cell in cells)
    times = sum(_is_time(cell, field, columns) for cell in cells)
    if field in ("status", "completed"):
        return (times > 0) == (field == "completed")
    if field in DATE_FIELDS:
        return 2 * times >= len(cells)
    if field == "update" and are_statuses(cells, columns):
        return False
    days = sum(cell_day(cell) is not None for cell in cells)
    odd = sum(_is_figure_or_post(cell.words, columns) for cell in cells) if field in LOST else 0
    return 2 * days < len(cells) and 3 * odd < 2 * len(cells)


def _is_time(cell: SourceCell, field: str, columns: Columns) -> bool:
    """Whether a cell is a day, or was meant as one; or when an action is due, in words. TRUE and FALSE, as
    a box holds that one ticks, are none.
    """
    if isinstance(cell.value, bool):
        return False
    said = date_text(cell.value, cell.words)
    return (
        said.day is not None or said.unreadable or (field == "due" and columns.is_time(cell.words))
    )


def _is_figure_or_post(words: str, columns: Columns) -> bool:
    """Whether words are a number, a share or a sign alone, or what an officer is called."""
    is_short = len(words.split()) <= _LONGEST_POST and not words.endswith(SENTENCE_ENDS)
    return _FIGURES.fullmatch(words) is not None or (is_short and columns.is_post(words))


def are_statuses(cells: list[SourceCell], columns: Columns) -> bool:
    """Whether the cells of a column, more than one, say only how its actions stand, in words that are statuses."""
    return len(cells) > 1 and all(columns.status(cell.words) != "unknown" for cell in cells)


def cell_day(cell: SourceCell) -> date | None:
    """The day that a cell is, if it is one."""
    return date_text(cell.value, cell.words).day


def are_sentences(cells: list[SourceCell]) -> bool:
    """Whether most cells of a column are sentences."""
    return 2 * sum(is_sentence(cell.words) for cell in cells) > len(cells)


def are_wordy(cells: list[SourceCell]) -> bool:
    """Whether most cells of a column have as many words as a sentence."""
    return 2 * sum(len(cell.words.split()) >= FEWEST_WORDS for cell in cells) > len(cells)


def are_numbered(cells: list[SourceCell]) -> bool:
    """Whether the cells of a column are numbers of one form, each its own, such as *Action 1*."""
    said = [cell.words for cell in cells]
    return (
        1 < len(said) == len(set(said))
        and all(REFERENCE.fullmatch(words) for words in said)
        and len(set(map(shape, said))) == 1
    )


def shape(reference: str) -> str:
    """A reference without its numbers' values: `HP/12` and `HP/7` have one shape."""
    return re.sub(r"\d+", "0", reference)


class DayRow(Struct, frozen=True):
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


def signs(rows: Iterable[DayRow], meeting: date | None, known: Columns) -> Signs:
    """What the rows of a table tell of a column that may be either."""
    every = list(rows)
    return Signs(
        are_due=any(_is_due(row, meeting, known) for row in every),
        gaps=any(row.cell is None and row.status not in CLOSED for row in every),
    )


def _is_due(row: DayRow, meeting: date | None, known: Columns) -> bool:
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
