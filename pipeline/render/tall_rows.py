"""Rows that may be taller than a page: which, what they are called where they go on, and where they start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compose.measure import BOLD, INDENTS, MM_PER_PT, length
from pipeline.model.document import Cell, Row, Table, flow_lines, runs_of

if TYPE_CHECKING:
    from pipeline.council.house import HouseStyle


_LEAST_START = 4  # lines of a tall row at the foot of a page
_HEADING_LINES = 3
_LONGEST_NAME = 60  # characters of a row's name at the head of a page
_SPACE = 0.28


def room_to_start(row: Row, table: Table, house: HouseStyle) -> float:
    """The millimetres without which a tall row does not start on a page: some lines, and all of any cell
    that is less than half a page.
    """
    heights = [_most_height(*pair, house) for pair in zip(row.cells, table.widths, strict=True)]
    short = [height for height in heights if height < text_height(house) / 2]
    return round(max(_LEAST_START * _line_height(house), *short, 0), 2)


def row_name(row: Row, table: Table, house: HouseStyle) -> str:
    """What a row is called on the pages on which it goes on: its reference and title, if it has any."""
    said = {
        column.field: " ".join(flow_lines(cell.blocks))
        for column, cell in zip(table.columns, row.cells, strict=True)
    }
    words = ": ".join(filter(None, (said.get("reference"), said.get("title"))))
    item = words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1].rstrip()}…"
    return item and house.wording.continued.format(item=item)


def may_be_tall(row: Row, table: Table, house: HouseStyle) -> bool:
    """Whether a row could be taller than a page: its words are wrapped at no less than their widths."""
    heading = _HEADING_LINES * _line_height(house) + 2 * house.table.padding
    room = row_room(house) - heading
    return any(
        _most_height(cell, width, house) > room
        for cell, width in zip(row.cells, table.widths, strict=True)
    )


def row_room(house: HouseStyle) -> float:
    """The millimetres of a page that the heading row and a row which may not break can take. WeasyPrint keeps
    the edge of a cell that is cut free once more, below the cell's own.
    """
    return text_height(house) - house.table.padding - house.table.rule * MM_PER_PT


def text_height(house: HouseStyle) -> float:
    """Millimetres between the margins at head and foot."""
    return house.page.height - house.page.margins.top - house.page.margins.bottom


def _line_height(house: HouseStyle) -> float:
    """Millimetres from line to line in the table."""
    return house.font.size * MM_PER_PT * house.font.line_height


def _has_bold(cell: Cell) -> bool:
    """Whether any words of a cell are bold."""
    return any(run.bold or run.role == "missing" for run in runs_of(cell.blocks))


def _most_height(cell: Cell, width: float, house: HouseStyle) -> float:
    """More millimetres than a cell of ordinary text can be high."""
    inside = width - 2 * house.table.padding
    letter = house.font.size * MM_PER_PT * (BOLD if _has_bold(cell) else 1)
    said = [(line, INDENTS[type(block)]) for block in cell.blocks for line in flow_lines((block,))]
    lines = len(said)
    for line, indent in said:
        room = left = inside - indent
        for word in line.split(" "):
            size = letter * length(word)
            if size > left:
                lines += 1 + int(size / room)
                left = room - size % room
            else:
                left -= size
            left -= letter * _SPACE
    return lines * _line_height(house) + len(said) + 2 * house.table.padding
