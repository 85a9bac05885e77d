"""How wide a table's columns are: the house style's shares, but none so narrow that a word is cut in two. And how
high its rows may be: which can be taller than a page, what they are called where they go on, and where they start.

Letters are measured as Arial has them, which the house styles' fonts have in common; a style whose font
is broader has to give its narrow columns more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from pipeline.council.house import HouseStyle
from pipeline.model.document import (
    BulletList,
    Cell,
    NumberedList,
    Paragraph,
    Row,
    Table,
    flow_lines,
    runs_of,
)

MM_PER_PT = 25.4 / 72
# Widths in em of Arial's letters, none narrower than they are; any other letter is a full em.
_LETTERS_OF_WIDTH = {
    0.28: "I", 0.29: "iljtf.,:;'’/!", 0.34: "r", 0.5: "cksvxyzJ", 0.56: "abdeghnopqu0123456789-–\"“”()?L",
    0.62: "FTZ", 0.67: "ABEKPSVXY", 0.73: "wCDHNRU", 0.78: "GOQ", 0.84: "mM", 0.95: "W",
}  # fmt: skip
_LETTER_WIDTHS = {letter: width for width, said in _LETTERS_OF_WIDTH.items() for letter in said}
_WIDEST = repeat(1.0)
BOLD_WIDTH = 1.12  # how much wider
# Millimetres, as paper.css.j2 and Word have.
INDENTS = {Paragraph: 0.0, BulletList: 5.0, NumberedList: 8.0}
LONGEST_WHOLE = 20  # letters; what is longer, such as an address, may be cut
_SPARE = 0.2  # millimetres, for what is rounded
_LEAST_START = 4  # lines of a tall row at the foot of a page
_HEADING_LINES = 3
_LONGEST_NAME = 60  # characters of a row's name at the head of a page
_SPACE = 0.28
_PARTS = re.compile(r"[^\s\-–—]+[\-–—]*")  # a line may end after a hyphen


@lru_cache(20_000)  # most words of a paper come again
def length(word: str) -> float:
    """The width of a word, in em."""
    return sum(map(_LETTER_WIDTHS.get, word, _WIDEST))


def fitted(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    house: HouseStyle,
    shares: Sequence[float],
) -> tuple[float, ...]:
    """Widths in millimetres, together as many as `shares`: columns in which a word would be cut take what
    they lack from the others. Where not all can have it, each has its part of what all need.
    """
    columns = zip(*rows, strict=True) if rows else repeat((), len(headings))
    needs = [
        max(_need([heading], house, BOLD_WIDTH), *(0.0, *_needs_of(cells, house)))
        for heading, cells in zip(headings, columns, strict=True)
    ]
    return shared(shares, needs)


def _needs_of(cells: Iterable[Cell], house: HouseStyle) -> Iterator[float]:
    """How wide a column has to be for its paragraphs, its lists, and the bold words of each."""
    said: dict[tuple[float, float], set[str]] = {}
    for block in (block for cell in cells for block in cell.blocks):
        indent = INDENTS[type(block)]
        for run in runs_of((block,)):
            weight = BOLD_WIDTH if run.bold or run.role == "missing" else 1.0
            said.setdefault((indent, weight), set()).update(run.text.split())
    for (indent, weight), words in said.items():
        yield _need(words, house, weight) + indent


def _need(words: Iterable[str], house: HouseStyle, weight: float) -> float:
    """How wide a column has to be for some words, in millimetres."""
    parts = {part for word in words for part in _PARTS.findall(word)}
    longest = max((length(part) for part in parts if len(part) <= LONGEST_WHOLE), default=0.0)
    return longest * weight * house.font.size * MM_PER_PT + cell_edges(house) + _SPARE


def cell_edges(house: HouseStyle) -> float:
    """The most millimetres of a cell's width, or of its height, that are no room for words."""
    return 2 * (house.table.padding + house.table.rule * MM_PER_PT)


def shared(shares: Sequence[float], needs: Sequence[float]) -> tuple[float, ...]:
    """Widths that are as the shares where these are enough."""
    lack = [max(0.0, need - share) for share, need in zip(shares, needs, strict=True)]
    spare = [max(0.0, share - need) for share, need in zip(shares, needs, strict=True)]
    if sum(lack) > sum(spare):
        return tuple(need * sum(shares) / sum(needs) for need in needs)
    taken = sum(lack) / sum(spare) if sum(lack) else 0.0
    return tuple(
        share + more - taken * room for share, more, room in zip(shares, lack, spare, strict=True)
    )


def room_to_start(row: Row, table: Table, house: HouseStyle) -> float:
    """The millimetres without which a tall row does not start on a page: some lines, and all of any cell
    that is less than half a page.
    """
    heights = [_most_height(*pair, house) for pair in zip(row.cells, table.widths, strict=True)]
    short = [height for height in heights if height < _text_height(house) / 2]
    return round(max(_LEAST_START * _line_height(house), *short, 0), 2)


def row_name(row: Row, table: Table, house: HouseStyle) -> str:
    """What a row is called on the pages on which it goes on: its reference and title, if it has any."""
    is_titled = any(column.field == "title" for column in table.columns)
    words = ": ".join(filter(None, (row.reference, row.title if is_titled else "")))
    item = words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1].rstrip()}…"
    return item and house.wording.continued.format(item=item)


def may_be_tall(row: Row, table: Table, house: HouseStyle) -> bool:
    """Whether a row could be taller than a page: its words are wrapped at no less than their widths."""
    heading = _HEADING_LINES * _line_height(house) + cell_edges(house)
    room = row_room(house) - heading
    return any(
        _most_height(cell, width, house) > room
        for cell, width in zip(row.cells, table.widths, strict=True)
    )


def row_room(house: HouseStyle) -> float:
    """The millimetres of a page that the heading row and a row which may not break can take. WeasyPrint keeps
    the edge of a cell that is cut free once more, below the cell's own.
    """
    return _text_height(house) - house.table.padding - house.table.rule * MM_PER_PT


def _text_height(house: HouseStyle) -> float:
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
    inside = width - cell_edges(house)
    letter = house.font.size * MM_PER_PT * (BOLD_WIDTH if _has_bold(cell) else 1)
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
    return lines * _line_height(house) + len(said) + cell_edges(house)
