"""The rows of a sheet's table with their cells by field: those under the same headings in another order put
right, and ditto marks read as the cell above.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.columns import FIELDS, Columns, key
from pipeline.reading.later_headings import (
    heads_another_table,
    heads_unknown_table,
    other_order,
    repeats_headings,
)
from pipeline.reading.layout import Layout
from pipeline.reading.looks import cell_day
from pipeline.records import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.workbook import Sheet, SourceCell, SourceRow

ITEM_FIELDS = ("date", "title")
STARTERS = frozenset({"action", "reference", COMMITTEE_FIELD})  # on an action's first row alone
TOLD = frozenset({"action", "update", "status"})  # what an item's own row lacks
DITTO_FIELDS = ("title", "officers", "due", "status", COMMITTEE_FIELD)
DITTO = frozenset({"as above", "ditto", "see above", "same"})
DO = "do"  # short for ditto, but in a column of officers somebody's initials
DITTO_MARKS = frozenset({'"', "''", "”", "“", "″", "〃"})
Cells: TypeAlias = Mapping[str, SourceCell]  # by field


class TableRows(Struct, frozen=True):
    """The rows of the table below its headings, those that repeat its headings left out (`repeats` are
    their numbers); and the rows of what stands `below` it, from the headings of another table on. Rows
    under the same headings in another order have their cells in the table's own; `moved` says where.
    """

    rows: tuple[SourceRow, ...]
    repeats: tuple[int, ...] = ()
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}


class Filled(Struct, frozen=True):
    """A row with words: its cells by field, those that are its `own` and not merged from above, and
    whether rows without words stand between it and the one before (`apart`). `unmeant` are ditto marks below
    nothing.
    """

    row: SourceRow
    held: dict[str, SourceCell]
    own: dict[str, SourceCell]
    apart: bool = False
    unmeant: tuple[SourceCell, ...] = ()

    @property
    def begins(self) -> bool:
        """Whether the row has an item's date or title."""
        return not self.own.keys().isdisjoint(ITEM_FIELDS)

    @property
    def starts(self) -> bool:
        """Whether the row has what only an action's first row has."""
        return self.begins or not self.own.keys().isdisjoint(STARTERS)


def table_rows(sheet: Sheet, layout: Layout, known: Columns) -> TableRows:
    """The rows of a sheet's table."""
    here = [row for row in sheet.rows if row.number > layout.heading_row]
    heads = [
        {number: cell.words for number, cell in row.cells.items()}
        for row in sheet.rows
        if layout.first_row <= row.number <= layout.heading_row
    ]
    rows: list[SourceRow] = []
    repeats: list[int] = []
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}
    order: dict[int, int] = {}
    for index, row in enumerate(here):
        is_same = {number: cell.words for number, cell in row.cells.items()} in heads
        anew = other_order(row, heads[-1])
        if anew or is_same or repeats_headings(row, known, layout.columns):
            order = anew
            repeats.append(row.number)
            continue
        is_other = 0 < index < len(here) - 1 and heads_unknown_table(
            here[index - 1 : index + 2], layout, known
        )
        if is_other or heads_another_table(row, known):
            below = tuple(here[index:])
            break
        rows.append(in_order(row, order) if order else row)
        if order:
            moved[row.number] = {name: order.get(at, at) for name, at in layout.columns.items()}
    return TableRows(tuple(rows), tuple(repeats), below, moved)


def in_order(row: SourceRow, order: Mapping[int, int]) -> SourceRow:
    """A row with its cells in the columns of the headings further up; what stands beside them stays."""
    others = row.cells.keys() - set(order.values())
    pairs = {**{number: number for number in others}, **order}
    return replace(
        row,
        cells={here: row.cells[at] for here, at in sorted(pairs.items()) if at in row.cells},
        fills={here: row.colour(at) for here, at in pairs.items()},
    )


def filled_rows(table: TableRows, layout: Layout) -> list[Filled]:
    """The rows with words in the table's columns. A date that only repeats the one above is none, and
    other ditto marks stand for the cell above, as if merged; rows between which the headings come again, as
    on a new page, are not apart.
    """
    found: list[Filled] = []
    above: Cells = {}
    before = layout.heading_row
    for row in table.rows:
        given = {name: layout.cell(name, row) for name in layout.columns}
        held = {name: cell for name, cell in given.items() if cell is not None}
        said = held["date"].words if "date" in held else ""
        if found and (is_ditto(said) or key(said) == DO):
            del held["date"]
        dittos = {n for n in DITTO_FIELDS if n in held and is_ditto(held[n].words)}
        unmeant = tuple(held.pop(name) for name in sorted(dittos - above.keys()))
        held |= {name: above[name] for name in dittos & above.keys()}
        own = {name: cell for name, cell in held.items() if cell.anchor_row == row.number}
        if own:
            is_new_page = any(before < number < row.number for number in table.repeats)
            is_apart = row.number > before + 1 and not is_new_page
            found.append(Filled(row, held, own, is_apart, unmeant))
            kept = ("title", COMMITTEE_FIELD) if found[-1].starts else FIELDS
            above = {**{name: cell for name, cell in above.items() if name in kept}, **held}
        if row.cells:
            before = row.number
    return found


def is_ditto(words: str) -> bool:
    """Whether words only say that what stands above holds."""
    return key(words) in DITTO or words.strip() in DITTO_MARKS


def has_day(own: Cells) -> bool:
    """Whether a row has a day in a column of days."""
    return any(cell_day(own[name]) is not None for name in DATE_FIELDS if name in own)
